use std::io::{BufWriter, Write};

use gomapcheck_diagnostics::{Confidence, Diagnostic};
use gomapcheck_report::{Notices, write_raw};

use crate::error::CliError;
use crate::{ExitCode, Streams};

/// Prints all findings that are strong enough, sorted; whoever reads them drops what is silenced.
pub(crate) fn write(
    mut diagnostics: Vec<Diagnostic>,
    minimum_confidence: Confidence,
    notices: Notices<'_>,
    streams: &mut Streams<'_>,
) -> Result<ExitCode, CliError> {
    diagnostics.retain(|diagnostic| diagnostic.confidence >= minimum_confidence);
    diagnostics.sort();
    diagnostics.dedup();
    let mut writer = BufWriter::new(&mut *streams.out);
    write_raw(&mut writer, env!("CARGO_PKG_VERSION"), &diagnostics, notices)
        .and_then(|()| writer.flush())
        .map_err(CliError::stdout)?;
    Ok(ExitCode::CLEAN)
}
