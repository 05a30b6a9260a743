use gomapcheck_diagnostics::Severity;
use serde::Serialize;

use super::Message;
use crate::RuleDescription;

/// How long a full description may be, in characters.
const LONGEST_DESCRIPTION: usize = 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    id: &'static str,
    name: String,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Help<'a>,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 2],
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    problem_severity: &'static str,
}

impl<'a> Rule<'a> {
    pub(super) fn of(rule: &'a RuleDescription) -> Self {
        let summary = as_sentence(rule.summary);
        let full = match why(&rule.markdown) {
            Some(why) => format!("{summary} {why}"),
            None => summary.clone(),
        };
        Self {
            id: rule.name,
            name: in_pascal_case(rule.name),
            short_description: Message::new(summary),
            full_description: Message::new(full.chars().take(LONGEST_DESCRIPTION).collect::<String>()),
            help: Help { text: &rule.markdown, markdown: &rule.markdown },
            default_configuration: Configuration { level: level(rule.severity) },
            properties: Properties {
                tags: ["concurrency", "correctness"],
                precision: if rule.preview { "medium" } else { "high" },
                problem_severity: problem_severity(rule.severity),
            },
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "recommendation",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn in_pascal_case(name: &str) -> String {
    name.split('-').map(capitalised).collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

fn as_sentence(text: &str) -> String {
    let text = capitalised(text);
    if text.ends_with('.') { text } else { text + "." }
}

/// The first paragraph of the documentation's section on why, on one line.
fn why(markdown: &str) -> Option<String> {
    let (_, section) = markdown.split_once("## Why\n")?;
    let paragraph = section.trim_start().split("\n\n").next()?;
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && !text.starts_with('#')).then_some(text)
}
