//! The examples of the rules' documentation are run: Bad gives what its `// want` says, Good gives nothing.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

use std::fs;

use gomapcheck_diagnostics::{Confidence, Filter};
use gomapcheck_engine::{Engine, Silent};
use gomapcheck_project::{Options, Workspace};
use gomapcheck_rules::Rule;
use gomapcheck_test_support::{Finding, Fixture, Strength, compare, missing};

/// Rules whose examples the analysis does not get right yet. A rule leaves this list when its detection is there.
const NOT_YET_DETECTED: &[&str] = &[];

#[test]
fn the_examples_give_what_they_promise() {
    let mut wrong = Vec::new();
    let mut explanation = String::new();
    for rule in gomapcheck_rules::all() {
        let problems = problems(*rule);
        if !problems.is_empty() {
            wrong.push(rule.metadata().name);
            explanation += &format!("{}:\n{problems}", rule.metadata().name);
        }
    }
    assert_eq!(wrong, NOT_YET_DETECTED, "left: rules with wrong examples\n{explanation}");
}

/// What is wrong with a rule's examples, a line each.
fn problems(rule: &dyn Rule) -> String {
    let docs = rule.metadata().markdown();
    let examples = docs.split("```go\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let of_example = |example: &str| {
        let text = as_file(example);
        let fixtures = [Fixture::parse("example.go", &text).unwrap()];
        let mut problems = compare(&fixtures, &findings(&text, Confidence::Likely));
        problems.extend(missing(&fixtures, &findings(&text, Confidence::Possible), Strength::Possible));
        problems.iter().map(|problem| format!("  {problem}\n")).collect::<String>()
    };
    examples.map(of_example).collect()
}

/// The example as a file of its own: with a package clause and the imports that it uses.
fn as_file(example: &str) -> String {
    let imports: String = ["maps", "slices", "strings", "sync"]
        .into_iter()
        .filter(|name| example.contains(&format!("{name}.")))
        .map(|name| format!("import \"{name}\"\n"))
        .collect();
    format!("package example\n\n{imports}\n{example}")
}

/// The findings in a module of this one file, with no library at hand.
fn findings(text: &str, minimum_confidence: Confidence) -> Vec<Finding> {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("go.mod"), "module example.com/example\n\ngo 1.24\n").unwrap();
    fs::write(directory.path().join("example.go"), text).unwrap();
    let workspace = Workspace::open(&Options::new(directory.path(), ["./..."])).unwrap();
    let analysis = Engine::new(&workspace, &Silent).analyse(&workspace.graph()).unwrap();
    let diagnostics = gomapcheck_rules::check(&analysis.conflicts, &workspace);
    let kept = Filter { minimum_confidence, ..Filter::default() }.apply(diagnostics, |_| &[]).diagnostics;
    let finding = |diagnostic: &gomapcheck_diagnostics::Diagnostic| {
        let (path, start) = (&diagnostic.location.path, diagnostic.location.start);
        Finding::new(path, start.line, start.column, &diagnostic.text())
    };
    kept.iter().map(finding).collect()
}
