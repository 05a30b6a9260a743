//! What library calls mean: tables of import path, receiver, name and effect. No other module of the analysis names a library.
//!
//! One file per area (`sync`, `http`, …), one line per entry; `row` has the words that the lines are written in.
//! [`Models`] compiles them once into hash maps. Adding a library is a line in an area's table and a fixture.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")
)]

mod caches;
mod catalogue;
mod commands;
mod decoding;
mod effect;
mod encoding;
mod http;
mod import_path;
mod index;
mod kubernetes;
mod maps;
mod messaging;
mod others;
mod pools;
mod row;
mod rpc;
mod standard;
mod sync;
mod telemetry;
#[cfg(test)]
mod testing;
mod user;

pub(crate) use caches::{cached, lister_effect, metadata};
pub use catalogue::{Entry, Qualified};
pub(crate) use decoding::is_decoder;
pub use effect::{Effect, FlagOperation, Joined, LaunchKind, LaunchModel, LockOperation, MapEffect};
pub(crate) use encoding::is_encoder;
pub use index::Models;
pub use user::{UserEffect, UserRow, UserRowError};

/// All that the tables know, by area.
const AREAS: &[row::Area] = &[
    sync::AREA,
    standard::AREA,
    maps::AREA,
    http::AREA,
    rpc::AREA,
    pools::AREA,
    kubernetes::AREA,
    caches::AREA,
    messaging::AREA,
    telemetry::AREA,
    others::AREA,
];
