//! `extends`: our file on top of golangci-lint's.

use std::path::Path;

use crate::config::{Config, Dialect, Document, read};
use crate::error::CliError;

/// Completes what our file says with what the file that it extends says.
///
/// A table of ours takes the place of the other file's part of that name; settings do so one by one, and lists add up. Whether
/// golangci-lint's own run leaves this linter out does not matter here: who writes a file of ours wants it.
pub(super) fn complete(own: Config) -> Result<Config, CliError> {
    let settings = own.document.settings()?;
    let Some(name) = settings.text("extends")?.filter(|_| own.document.dialect() == Dialect::Ours) else {
        return Ok(own);
    };
    let directory = own.path().and_then(Path::parent).unwrap_or(Path::new(""));
    let document = Document::read(&directory.join(&name))?;
    if document.dialect() == Dialect::Ours {
        return Err(settings.wrong("extends", format!("takes a file of golangci-lint's, and {name} is none")));
    }
    Ok(on_top(own, read(document)?))
}

fn on_top(own: Config, base: Config) -> Config {
    let has = |table: &str| own.document.has(table);
    let (has_run, has_output, has_issues) = (has("run"), has("output"), has("issues"));
    let (has_exclusions, has_severity) = (has("exclusions"), has("severity"));
    let exclusions =
        if has_exclusions { (own.generated, own.exclusions) } else { (base.generated, base.exclusions) };
    Config {
        run: if has_run { own.run } else { base.run },
        output: if has_output { own.output } else { base.output },
        issues: if has_issues { own.issues } else { base.issues },
        generated: exclusions.0,
        exclusions: exclusions.1,
        severity: if has_severity { own.severity } else { base.severity },
        disabled_by: None,
        min_confidence: own.min_confidence.or(base.min_confidence),
        preview: own.preview.or(base.preview),
        enable: [base.enable, own.enable].concat(),
        disable: [base.disable, own.disable].concat(),
        guard_comments: own.guard_comments.or(base.guard_comments),
        rows: [base.rows, own.rows].concat(),
        baseline: own.baseline.or(base.baseline),
        document: own.document,
    }
}
