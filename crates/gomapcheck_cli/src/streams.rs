use std::io::{self, Write};

use crate::error::CliError;

/// Where the program writes, and whether someone watches.
pub struct Streams<'a> {
    /// Standard output: reports and what commands print.
    pub out: &'a mut (dyn Write + Send),
    /// Standard error: warnings, errors, progress, the summary.
    pub err: &'a mut (dyn Write + Send),
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
}

impl Streams<'_> {
    /// Prints to standard output.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), CliError> {
        self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).map_err(CliError::stdout)
    }

    /// Tells of something that ends the run or fails a part of it.
    pub(crate) fn error(&mut self, text: &str) {
        self.tell(format_args!("gomapcheck: error: {text}"));
    }

    /// Tells of something that was passed over.
    pub(crate) fn warning(&mut self, text: &str) {
        self.tell(format_args!("gomapcheck: warning: {text}"));
    }

    /// A line on standard error. Nobody is left to be told when that fails.
    pub(crate) fn tell(&mut self, line: std::fmt::Arguments<'_>) {
        let _: io::Result<()> = writeln!(self.err, "{line}");
    }
}
