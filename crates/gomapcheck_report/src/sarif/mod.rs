//! SARIF 2.1.0 for code scanning: rules with help, fingerprints, the other places of a finding, and a race as two threads.

mod finding;
mod place;
mod rule;

use std::io;

use serde::{Serialize, Serializer};

use crate::{Contents, Notices, PROGRAM, PROGRAM_URL};
use finding::Finding;
use rule::Rule;

/// Text as SARIF holds it.
#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

impl<'a> Message<'a> {
    fn new(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self { text: text.into() }
    }
}

/// Writes one run as one document on one line.
pub(crate) fn write_sarif(writer: &mut dyn io::Write, contents: &Contents<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *writer, &Log::of(contents))?;
    writer.write_all(b"\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    automation_details: AutomationDetails,
    invocations: [Invocation<'a>; 1],
    results: Results<'a>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule<'a>>,
}

/// What is before the last slash is GitHub's category.
#[derive(Serialize)]
struct AutomationDetails {
    id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Message<'a>,
}

impl<'a> Log<'a> {
    fn of(contents: &'a Contents<'a>) -> Self {
        let driver = Driver {
            name: PROGRAM,
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: PROGRAM_URL,
            rules: contents.rules.iter().map(Rule::of).collect(),
        };
        Self {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool { driver },
                column_kind: "utf16CodeUnits",
                automation_details: AutomationDetails { id: "gomapcheck/" },
                invocations: [Invocation::of(contents.notices)],
                results: Results(contents),
            }],
        }
    }
}

impl<'a> Invocation<'a> {
    fn of(notices: Notices<'a>) -> Self {
        let notification = |level, text: &'a str| Notification { level, message: Message::new(text) };
        let warnings = notices.warnings.iter().map(|text| notification("warning", text));
        let error = notices.error.map(|text| notification("error", text));
        Self {
            execution_successful: notices.error.is_none(),
            tool_execution_notifications: warnings.chain(error).collect(),
        }
    }
}

/// One result after the other, so that a long list is never held twice.
struct Results<'a>(&'a Contents<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(contents) = self;
        let findings = contents.with_fingerprints();
        serializer.collect_seq(findings.map(|(diagnostic, fingerprint)| {
            let rule = contents.rules.iter().position(|rule| rule.name == diagnostic.rule);
            Finding::of(diagnostic, fingerprint, rule)
        }))
    }
}

#[cfg(test)]
mod tests;
