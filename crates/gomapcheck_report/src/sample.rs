//! Findings for the printers' tests.

use gomapcheck_diagnostics::{Confidence, Diagnostic, Location, MapName, Related, Severity, TraceStep};
use gomapcheck_source::{LineIndex, Position};

use crate::RuleDescription;

const STORE: &str = "package store

func (s *Store) Count(k string) int {
	go s.refresh()
	/* é */ return s.items[k] // a < b && c
}

func (s *Store) refresh() { s.items[\"x\"] = 1 }
";

fn location(needle: &str) -> Location {
    let offset = STORE.find(needle).unwrap();
    let position = |at: usize| -> Position { LineIndex::new(STORE).position(u32::try_from(at).unwrap()) };
    let end = offset + needle.len();
    let utf16 = |at: usize| LineIndex::new(STORE).utf16_column(STORE, u32::try_from(at).unwrap());
    Location {
        path: "store/store.go".into(),
        absolute: "/module/store/store.go".into(),
        offset: u32::try_from(offset).unwrap(),
        start: position(offset),
        end_offset: u32::try_from(end).unwrap(),
        end: position(end),
        start_utf16: utf16(offset),
        end_utf16: utf16(end),
    }
}

fn line_of(location: &Location) -> String {
    STORE.lines().nth(location.start.line as usize - 1).unwrap().to_owned()
}

/// A race with all its evidence, and a plain finding.
pub(crate) fn findings() -> Vec<Diagnostic> {
    let read = location("s.items[k]");
    let write = location("s.items[\"x\"]");
    let launch = location("go s.refresh()");
    let step = |location: &Location, text: &str| TraceStep { location: location.clone(), text: text.into() };
    let race = Diagnostic {
        rule: "concurrent-map-read-write",
        message: format!(
            "map s.items (field Store.items) is read here and written at {write} by another goroutine, with no common lock"
        ),
        source_lines: vec![line_of(&read)],
        location: read.clone(),
        confidence: Confidence::Certain,
        severity: Severity::Error,
        severity_word: None,
        map: MapName { written: "s.items".into(), declared: "field Store.items".into() },
        other: Some(Related { location: write.clone(), text: "written".into() }),
        trace: vec![
            step(&launch, "a goroutine is started that runs (*Store).refresh"),
            step(&write, "s.items is written in (*Store).refresh, holding no lock"),
            step(&read, "s.items is read in (*Store).Count, holding no lock"),
        ],
        flows: vec![
            vec![step(&read, "s.items is read in (*Store).Count, holding no lock")],
            vec![
                step(&launch, "a goroutine is started that runs (*Store).refresh"),
                step(&write, "s.items is written in (*Store).refresh, holding no lock"),
            ],
        ],
        also: vec![Related { location: write.clone(), text: "s.items is written".into() }],
        advice: "guard both accesses with one mutex".into(),
        generated: false,
        diff_position: None,
    };
    let plain = Diagnostic {
        rule: "mixed-map-locks",
        message: "map s.items is written here under s.mu".into(),
        source_lines: vec![line_of(&write)],
        location: write,
        confidence: Confidence::Likely,
        severity: Severity::Warning,
        severity_word: None,
        other: None,
        trace: Vec::new(),
        flows: Vec::new(),
        also: Vec::new(),
        advice: String::new(),
        ..race.clone()
    };
    vec![race, plain]
}

/// Findings whose texts try to break out of every format.
pub(crate) fn hostile() -> Vec<Diagnostic> {
    let [race, plain] = findings().try_into().unwrap();
    let quotes = Diagnostic {
        message:
            "map \"m\" 'n' <k> & m[k](1) ]]> 100% |x| [see: a.go|13],\u{1b}[31m\u{0}\u{FFFE} é \u{1F600}"
                .into(),
        source_lines: vec!["\t/* é ]]> \u{1b}[0m */\tm[\"<&>\"]++ // 'x'".into()],
        advice: "say <why>, or \"stop\"".into(),
        severity: Severity::Info,
        ..plain.clone()
    };
    let mut lines = Diagnostic {
        message: "delete on map counts\r\nsecond line of the message\t\u{2028}end".into(),
        source_lines: vec!["\tgo func() {".into(), "\t\tdelete(counts, \"x\")".into(), "\t}()".into()],
        ..plain
    };
    lines.location.path = "a b/100%,é:[x]'|.go".into();
    lines.location.absolute = "/module/a b/100%,é:[x]'|.go".into();
    lines.location.end.line += 2;
    vec![race, quotes.clone(), quotes, lines]
}

/// What is known of the rules of these findings.
pub(crate) fn rules() -> Vec<RuleDescription> {
    let rule = |name, summary, severity, preview| RuleDescription {
        name,
        summary,
        markdown: format!("# {name}\n\n{summary}\n\n## Why\n\nThe runtime ends\nthe program.\n\n## Bad\n"),
        severity,
        preview,
    };
    vec![
        rule(
            "concurrent-map-read-write",
            "one goroutine writes a map, another reads it",
            Severity::Error,
            false,
        ),
        rule("mixed-map-locks", "different locks in different places", Severity::Warning, true),
    ]
}
