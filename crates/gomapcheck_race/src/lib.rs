//! Summaries, contexts, guards and pairs: from typed IR to conflicts with evidence.

mod conflict;
pub mod domain;
pub mod models;
pub mod summary;

pub use conflict::{
    AccessEvidence, Confidence, Conflict, ConflictKind, GuardEvidence, HeldLock, Location, LockMode, MapName,
    Operation, Step,
};
