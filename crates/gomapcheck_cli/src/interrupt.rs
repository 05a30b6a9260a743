//! What happens when the user has had enough: unfinished report files go, and the program says so.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files that are being written.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file that is to go unless it is finished.
pub(crate) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// Makes a file by `create` and keeps its path in mind. An interrupt waits until that is done.
    pub(crate) fn begin<F: AsRef<Path>>(create: impl FnOnce() -> io::Result<F>) -> io::Result<(F, Self)> {
        let mut files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let file = create()?;
        let path = file.as_ref().to_owned();
        files.push(path.clone());
        Ok((file, Self { path }))
    }

    /// Gives the file its name by `rename`. An interrupt waits until that is done.
    pub(crate) fn finish(self, rename: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let mut files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let renamed = rename();
        files.retain(|path| *path != self.path);
        renamed
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|path| *path != self.path);
    }
}

/// Ends the process with a message and [`INTERRUPTED`](crate::ExitCode::INTERRUPTED) or
/// [`TERMINATED`](crate::ExitCode::TERMINATED) when a signal asks for it; report files that are not finished are removed.
///
/// For a process of its own: whoever calls [`run`](crate::run) as a library keeps its own signals. Where there are no signals
/// as on Unix, the process ends as the system has it.
pub fn stop_when_interrupted() {
    #[cfg(unix)]
    signals::listen();
}

#[cfg(unix)]
mod signals {
    use std::io::{IsTerminal, Write};
    use std::sync::{Arc, mpsc};
    use std::thread;
    use std::time::Duration;
    use std::{fs, io};

    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    use super::{PoisonError, UNFINISHED};
    use crate::ExitCode;

    /// How long a message may take to be written: whoever does not read it shall not keep the process alive.
    const PATIENCE: Duration = Duration::from_millis(200);

    pub(super) fn listen() {
        // A file that grows too large is an error of the write then, and no end without a word.
        let _: io::Result<_> = flag::register(SIGXFSZ, Arc::default());
        // Without these signals the process still ends, only less politely.
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
        let _: io::Result<_> = thread::Builder::new().name("signals".to_owned()).spawn(move || {
            if let Some(signal) = signals.forever().next() {
                stop(signal);
            }
        });
    }

    #[allow(clippy::exit, reason = "nothing else ends the threads that are at work")]
    fn stop(signal: i32) -> ! {
        // Kept until the end: no file is begun or finished any more.
        let files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        for file in files.iter() {
            let _: io::Result<()> = fs::remove_file(file);
        }
        let (told, is_told) = mpsc::channel();
        let _: io::Result<_> = thread::Builder::new().spawn(move || {
            let mut stream = io::stderr();
            // The progress line makes room.
            let clear = if stream.is_terminal() { "\r\x1b[K" } else { "" };
            let text = "interrupted; reports that were not finished are not written";
            let _: io::Result<()> = writeln!(stream, "{clear}gomapcheck: error: {text}");
            told.send(())
        });
        let _: Result<(), _> = is_told.recv_timeout(PATIENCE);
        let code = if signal == SIGTERM { ExitCode::TERMINATED } else { ExitCode::INTERRUPTED };
        std::process::exit(i32::from(code.number()))
    }
}
