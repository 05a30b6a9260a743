use crate::error::CliError;
use crate::{ExitCode, Streams};

/// Prints every rule with its summary.
pub(crate) fn list(streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let rules = gomapcheck_rules::all();
    let width = rules.iter().map(|rule| rule.metadata().name.len()).max().unwrap_or_default();
    let lines = rules.iter().map(|rule| {
        let metadata = rule.metadata();
        let note = match metadata.status {
            gomapcheck_rules::Status::Stable => "",
            gomapcheck_rules::Status::Preview => " (preview)",
        };
        format!("{:width$}  {}{note}\n", metadata.name, metadata.summary())
    });
    streams.print(&lines.collect::<String>())?;
    Ok(ExitCode::CLEAN)
}

/// Prints a rule's documentation.
pub(crate) fn explain(name: &str, streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let Some(rule) = gomapcheck_rules::find(name) else {
        return Err(CliError::Usage(format!("there is no rule {name}; `gomapcheck rules` lists them")));
    };
    let metadata = rule.metadata();
    let (name, status, since) = (metadata.name, metadata.status.as_str(), metadata.since);
    let head = format!("# {name}\n\n{status} since {since}, severity {}\n\n", metadata.severity);
    streams.print(&format!("{head}{}", metadata.markdown()))?;
    Ok(ExitCode::CLEAN)
}
