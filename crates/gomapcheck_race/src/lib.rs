//! Summaries, contexts, guards and pairs: from typed IR to conflicts with evidence.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is"))]

mod analyse;
mod conflict;
mod contexts;
pub mod domain;
mod evidence;
mod guards;
mod lock_types;
mod misuse;
pub mod models;
mod pair;
mod print;
mod signal;
pub mod summaries;
pub mod summarise;
pub mod summary;
#[cfg(test)]
mod testing;

pub use analyse::{Analysis, Options, analyse, analyse_summaries};

pub use conflict::{
    AccessEvidence, Confidence, Conflict, ConflictKind, GuardEvidence, HeldLock, Location, LockMode, MapName,
    Operation, Step,
};
pub use contexts::names_test_code;
pub use print::print_summary;
