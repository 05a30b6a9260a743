use serde::Serialize;

use crate::config::nearest;
use crate::error::CliError;
use crate::flags::ListFormat;
use crate::{ExitCode, Streams};

/// A rule as programs want to know it.
#[derive(Serialize)]
struct Entry {
    name: &'static str,
    summary: &'static str,
    status: &'static str,
    severity: String,
    since: &'static str,
    docs: String,
}

/// Prints every rule with its summary.
pub(crate) fn list(format: ListFormat, streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let text = match format {
        ListFormat::Text => as_text(),
        ListFormat::Json => as_json()?,
    };
    streams.print(&text)?;
    Ok(ExitCode::CLEAN)
}

fn as_text() -> String {
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
    lines.collect()
}

fn as_json() -> Result<String, CliError> {
    let entry = |rule: &&dyn gomapcheck_rules::Rule| {
        let metadata = rule.metadata();
        Entry {
            name: metadata.name,
            summary: metadata.summary(),
            status: metadata.status.as_str(),
            severity: metadata.severity.to_string(),
            since: metadata.since,
            docs: metadata.markdown(),
        }
    };
    let entries: Vec<Entry> = gomapcheck_rules::all().iter().map(entry).collect();
    let text = serde_json::to_string(&entries).map_err(|error| CliError::Internal(error.to_string()))?;
    Ok(format!("{text}\n"))
}

/// Prints a rule's documentation.
pub(crate) fn explain(name: &str, streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let Some(rule) = gomapcheck_rules::find(name) else {
        let known: Vec<&str> = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name).collect();
        let near = nearest(name, &known).map(|rule| format!("did you mean {rule}?"));
        let near = near.unwrap_or_else(|| "`gomapcheck rules` lists them".to_owned());
        return Err(CliError::Usage(format!("there is no rule {name}; {near}")));
    };
    let metadata = rule.metadata();
    let (name, status, since) = (metadata.name, metadata.status.as_str(), metadata.since);
    let head = format!("# {name}\n\n{status} since {since}, severity {}\n\n", metadata.severity);
    streams.print(&format!("{head}{}", metadata.markdown()))?;
    Ok(ExitCode::CLEAN)
}
