//! Summaries, contexts, guards and pairs: from typed IR to conflicts with evidence.

mod analyse;
mod conflict;
mod contexts;
pub mod domain;
mod evidence;
mod guards;
pub mod models;
mod pair;
mod print;
pub mod summaries;
pub mod summarise;
pub mod summary;

pub use analyse::{Analysis, Options, analyse, analyse_summaries};

pub use conflict::{
    AccessEvidence, Confidence, Conflict, ConflictKind, GuardEvidence, HeldLock, Location, LockMode, MapName,
    Operation, Step,
};
pub use print::print_summary;
