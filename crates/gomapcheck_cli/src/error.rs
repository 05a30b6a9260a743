use std::any::Any;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// What ends a run. Each is one sentence that says what to do next.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// The command line cannot be understood.
    #[error("{0}")]
    Usage(String),
    /// The packages cannot be found out.
    #[error("{0}")]
    Project(String),
    /// A report cannot be written.
    #[error("cannot write to {destination}: {}", why_unwritten(source))]
    Write {
        /// The file or stream.
        destination: String,
        /// Why.
        source: io::Error,
    },
    /// A file named on the command line cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A configuration says something that is not understood.
    #[error("{}: {message}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What.
        message: String,
    },
    /// The worker threads cannot be started.
    #[error("cannot start worker threads: {0}; try a smaller --threads")]
    Threads(String),
    /// A fault of ours.
    #[error("internal error: {0}; please report it together with the code that was analysed")]
    Internal(String),
}

impl CliError {
    /// The error for a panic's payload.
    pub(crate) fn internal(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
        Self::Internal(text.unwrap_or_else(|| "an unknown fault".to_owned()))
    }

    /// The error for a failed write to standard output.
    pub(crate) fn stdout(source: io::Error) -> Self {
        Self::Write { destination: "standard output".to_owned(), source }
    }
}

/// Why something could not be written, and what helps. Other programs' words for it name error numbers and files of ours.
fn why_unwritten(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::IsADirectory => "it is a directory; give the path of a file",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a part of the path is a file and no directory; give another path"
        }
        io::ErrorKind::NotFound => "its directory cannot be made; give another path",
        io::ErrorKind::PermissionDenied => "permission denied; make it writable or give another path",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only; give another path",
        io::ErrorKind::FileTooLarge => "it would be larger than the system allows; see `ulimit -f`",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; make room and run again"
        }
        _ => return error.to_string(),
    };
    known.to_owned()
}
