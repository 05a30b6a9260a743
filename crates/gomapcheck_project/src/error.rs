use std::path::PathBuf;

/// Why a run could not even start. Everything milder is a [`Problem`](gomapcheck_source::Problem).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The directory to run in is not there.
    #[error("directory {} does not exist; name an existing one with -C", .0.display())]
    MissingDirectory(PathBuf),
    /// What should be the directory to run in is something else.
    #[error("{} is not a directory; -C takes the directory to run in", .0.display())]
    NotADirectory(PathBuf),
    /// The directory to run in cannot be examined.
    #[error("directory {} cannot be examined: {cause}", .directory.display())]
    Inaccessible {
        /// The directory.
        directory: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
}
