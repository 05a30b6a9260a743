//! The command line: flags, commands, messages, progress, exit codes.
//!
//! [`run`] is the whole program: it takes the arguments and the streams and gives back the exit code, so that tests and other
//! programs call it without a process of its own.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panicking"))]

mod arguments;
mod choose;
mod commands;
mod config;
mod error;
mod exit_code;
mod flags;
mod interrupt;
mod output;
mod progress;
mod settings;
mod streams;
mod summary;
mod whole_file;

pub use exit_code::ExitCode;
pub use interrupt::stop_when_interrupted;
pub use streams::Streams;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::arguments::Invocation;
use crate::error::CliError;

/// Runs the program: `arguments` are those behind its name, `variables` answers for the environment.
///
/// Never panics: a fault inside the analysis is told on standard error and gives [`ExitCode::FAILURE`].
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&arguments, variables, streams)));
    let result = outcome.unwrap_or_else(|payload| Err(CliError::internal(payload.as_ref())));
    match result {
        Ok(code) => code,
        Err(CliError::Write { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => {
            // Whoever reads has seen enough: `gomapcheck | head` is no failure.
            ExitCode::CLEAN
        }
        Err(error) => {
            streams.error(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(
    arguments: &[OsString],
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Result<ExitCode, CliError> {
    match arguments::parse(arguments)? {
        Invocation::Check(flags) => commands::check::run(flags, variables, streams),
        Invocation::Dump(dump) => commands::dump::run(dump, variables, streams),
        Invocation::Rules(flags) => commands::rules::list(flags.format, streams),
        Invocation::Explain(flags) => commands::rules::explain(&flags.rule, streams),
        Invocation::Config(flags) => commands::config::run(&flags, variables, streams),
        Invocation::Completion(flags) => commands::about::completion(flags.shell, streams),
        Invocation::Version(flags) => commands::about::version(&flags, streams),
        Invocation::Man => commands::about::man(streams),
        Invocation::Print(text) => streams.print(&text).map(|()| ExitCode::CLEAN),
    }
}
