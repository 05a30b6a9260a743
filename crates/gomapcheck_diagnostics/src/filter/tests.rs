use std::path::Path;

use super::*;
use crate::diagnostic::tests::finding;
use crate::{Conditions, Patch, Pattern, Related, WarnUnused};

const RULE: &str = "mixed-map-locks";

fn none(_: &str) -> &'static [Nolint] {
    &[]
}

fn lines(kept: &Kept) -> Vec<u32> {
    kept.diagnostics.iter().map(|diagnostic| diagnostic.location.start.line).collect()
}

#[test]
fn weak_and_generated_findings_are_dropped_and_counted() {
    let mut weak = finding("a.go", 1, RULE);
    weak.confidence = Confidence::Possible;
    let mut generated = finding("a.pb.go", 1, RULE);
    generated.generated = true;
    let good = finding("b.go", 1, RULE);
    let kept = Filter::default().apply(vec![good.clone(), generated, weak], none);
    assert_eq!(kept.diagnostics, [good]);
    assert_eq!(kept.dropped, Dropped { confidence: 1, generated: 1, ..Dropped::default() });
}

#[test]
fn a_directive_at_either_access_silences_a_race() {
    let directives = [Nolint::parse("nolint:map-concurrency", 7, 7).unwrap()];
    let mut race = finding("a.go", 3, "concurrent-map-write");
    race.other = Some(Related { location: finding("b.go", 7, "").location, text: String::new() });
    let in_b = |path: &str| if path == "/module/b.go" { &directives[..] } else { &[] };
    assert_eq!(Filter::default().apply(vec![race.clone()], in_b).dropped.nolint, 1);
    assert_eq!(Filter::default().apply(vec![race], none).diagnostics.len(), 1);
}

#[test]
fn excluded_findings_are_counted_and_idle_exclusions_told() {
    let pattern = |written: &str| Pattern::new(written, true).unwrap();
    let rule =
        Conditions { text: Some(pattern("^mixed")), path: Some(pattern("b")), ..Conditions::default() };
    let exclusions = Exclusions {
        paths: vec![pattern("^a/"), pattern("^z/")],
        rules: vec![rule],
        warn_unused: WarnUnused::All,
        ..Exclusions::default()
    };
    let filter = Filter { exclusions, ..Filter::default() };
    let kept = filter.apply(["a/a.go", "b.go", "c.go"].map(|path| finding(path, 1, RULE)).to_vec(), none);
    assert_eq!(kept.diagnostics, [finding("c.go", 1, RULE)]);
    assert_eq!(kept.dropped, Dropped { excluded: 2, ..Dropped::default() });
    assert_eq!(kept.idle_exclusions, [r#"exclusions.paths: "^z/" matches no finding"#]);
}

#[test]
fn known_findings_do_not_count_against_a_limit() {
    let all = [1, 2, 3].map(|line| {
        let mut finding = finding("a.go", line, RULE);
        finding.source_lines = vec![format!("m[{line}] = 1")];
        finding
    });
    let baseline = Some(Baseline::of(&all[..1], Path::new("/module")));
    let limits = Limits { max_issues: 1, ..Limits::default() };
    let filter = Filter { baseline, limits, ..Filter::default() };
    let kept = filter.apply(all.to_vec(), none);
    assert_eq!(lines(&kept), [2]);
    assert_eq!(kept.dropped, Dropped { baseline: 1, too_many: 1, ..Dropped::default() });
}

#[test]
fn old_findings_are_dropped_when_changes_are_asked_for() {
    let mut patch = Patch::default();
    patch.add_new_file("/module/b.go");
    let filter = Filter { changes: Some(Changes { patch, whole_files: false }), ..Filter::default() };
    let kept = filter.apply(vec![finding("a.go", 1, RULE), finding("b.go", 2, RULE)], none);
    assert_eq!(lines(&kept), [2]);
    assert_eq!(kept.dropped, Dropped { unchanged: 1, ..Dropped::default() });
}

#[test]
fn findings_away_from_the_named_files_are_dropped() {
    let files = ["/module/b.go".into()].into();
    let named_places = Some(NamedPlaces { files, ..NamedPlaces::default() });
    let filter = Filter { named_places, ..Filter::default() };
    let kept = filter.apply(vec![finding("a.go", 1, RULE), finding("b.go", 2, RULE)], none);
    assert_eq!((lines(&kept), kept.dropped.elsewhere), (vec![2], 1));
}

#[test]
fn limits_act_on_sorted_findings() {
    let kept = |limits: Limits| {
        let findings = (1..=4).rev().map(|line| finding("a.go", line, RULE)).collect();
        Filter { limits, ..Filter::default() }.apply(findings, none)
    };
    let two = kept(Limits { max_issues: 2, ..Limits::default() });
    assert_eq!((lines(&two), two.dropped.too_many), (vec![1, 2], 2));
    let three = kept(Limits { max_same_issues: 3, ..Limits::default() });
    assert_eq!((lines(&three), three.dropped.same_text), (vec![1, 2, 3], 1));
    assert_eq!(lines(&kept(Limits::default())), [1, 2, 3, 4]);
}

#[test]
fn one_finding_a_line_when_asked() {
    let findings = vec![finding("a.go", 1, RULE), finding("a.go", 1, "concurrent-map-write")];
    let limits = Limits { unique_by_line: true, ..Limits::default() };
    let kept = Filter { limits, ..Filter::default() }.apply(findings, none);
    assert_eq!(kept.diagnostics.len(), 1);
    assert_eq!(kept.diagnostics[0].rule, "concurrent-map-write");
    assert_eq!(kept.dropped.same_line, 1);
}
