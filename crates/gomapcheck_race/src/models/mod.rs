//! What library calls mean: tables of import path, receiver, name and effect. No other module of the analysis names a library.

mod effect;

pub use effect::{Effect, Joined, LaunchKind, LaunchModel, LockOperation, MapEffect, Models};
