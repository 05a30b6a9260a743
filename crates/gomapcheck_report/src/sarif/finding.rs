use gomapcheck_diagnostics::{Diagnostic, Fingerprint, Location, TraceStep};
use serde::Serialize;

use super::Message;
use super::place::PhysicalLocation;
use crate::evidence;
use crate::severity::Words;

const LEVELS: Words =
    Words { own: ["note", "warning", "error"], known: &["none", "note", "warning", "error"] };

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Place<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place<'a>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code_flows: Vec<CodeFlow<'a>>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

/// GitHub looks at the first alone.
#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "primaryLocationLineHash")]
    line_hash: String,
    #[serde(rename = "gomapcheck/v1")]
    own: String,
}

/// The ways that run side by side, one thread each.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CodeFlow<'a> {
    thread_flows: Vec<ThreadFlow<'a>>,
}

#[derive(Serialize)]
struct ThreadFlow<'a> {
    id: String,
    message: Message<'a>,
    locations: Vec<FlowLocation<'a>>,
}

#[derive(Serialize)]
struct FlowLocation<'a> {
    location: Place<'a>,
}

#[derive(Serialize)]
struct Properties<'a> {
    confidence: &'static str,
    map: &'a str,
}

impl<'a> Finding<'a> {
    pub(super) fn of(diagnostic: &'a Diagnostic, fingerprint: Fingerprint, rule: Option<usize>) -> Self {
        let related = evidence::related(diagnostic);
        let place = PhysicalLocation::on_one_line(&diagnostic.location, diagnostic.source_lines.first());
        Self {
            rule_id: diagnostic.rule,
            rule_index: rule,
            level: LEVELS.of(diagnostic),
            message: Message::new(with_links(&diagnostic.message, &related) + &help(&diagnostic.advice)),
            locations: [Place { id: None, physical_location: place, message: None }],
            related_locations: related
                .iter()
                .zip(1..)
                .map(|(place, id)| Place::of(*place, Some(id)))
                .collect(),
            partial_fingerprints: Fingerprints {
                line_hash: fingerprint.to_string(),
                own: fingerprint.to_string(),
            },
            code_flows: code_flows(&diagnostic.flows),
            properties: Properties {
                confidence: diagnostic.confidence.as_str(),
                map: &diagnostic.map.declared,
            },
        }
    }
}

impl<'a> Place<'a> {
    fn of((location, text): (&'a Location, &'a str), id: Option<usize>) -> Self {
        Self { id, physical_location: PhysicalLocation::of(location), message: Some(Message::new(text)) }
    }
}

fn code_flows(flows: &[Vec<TraceStep>]) -> Vec<CodeFlow<'_>> {
    if flows.is_empty() {
        return Vec::new();
    }
    let thread_flows = flows.iter().enumerate().map(|(index, steps)| ThreadFlow {
        id: format!("goroutine-{}", index + 1),
        // The access ends the way and names it best.
        message: Message::new(steps.last().map_or("", |step| &*step.text)),
        locations: steps
            .iter()
            .map(|step| FlowLocation { location: Place::of((&step.location, &step.text), None) })
            .collect(),
    });
    vec![CodeFlow { thread_flows: thread_flows.collect() }]
}

fn help(advice: &str) -> String {
    if advice.is_empty() { String::new() } else { format!(". Help: {advice}.") }
}

/// The message with the places that it names made links to related locations.
fn with_links(message: &str, related: &[(&Location, &str)]) -> String {
    // What is no link must not look like one: `handlers[k](1)`.
    let mut text = message.replace("](", "\\](");
    for ((location, _), id) in related.iter().zip(1..) {
        if let Some(range) = range_of_place(&text, location) {
            let place = text.get(range.clone()).unwrap_or_default();
            text.replace_range(range, &format!("[{place}]({id})"));
        }
    }
    text
}

/// Where a text names a place. The text was made before a prefix was put in front of paths, so what it says may be the path's
/// end alone.
fn range_of_place(text: &str, location: &Location) -> Option<std::ops::Range<usize>> {
    let place = location.to_string();
    let ends = std::iter::once(0).chain(place.match_indices('/').map(|(slash, _)| slash + 1));
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | ':' | '.' | '_' | '-' | '[');
    ends.filter_map(|from| place.get(from..)).find_map(|name| {
        let (start, _) = text.match_indices(name).find(|(start, _)| {
            let before = text.get(..*start).and_then(|before| before.chars().next_back());
            let behind = text.get(start + name.len()..).and_then(|behind| behind.chars().next());
            !before.is_some_and(is_part) && !behind.is_some_and(|c| c.is_ascii_digit() || c == ']')
        })?;
        Some(start..start + name.len())
    })
}
