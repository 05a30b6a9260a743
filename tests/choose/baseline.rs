use std::fs;

use crate::program::{module, run, write};
use crate::{found, racy_file, racy_function};

#[test]
fn a_baseline_hides_what_it_knows_and_survives_moves() {
    let module = module(&[("a.go", &racy_file(&["A"]))]);
    let root = module.path();
    let outcome = run(root, "--baseline known.json --write-baseline");
    assert_eq!((outcome.code, &*outcome.out), (0, ""));
    insta::assert_snapshot!(outcome.shown(root), @r"
    exit 0
    --- out
    --- err
    gomapcheck: 1 known finding written to DIR/known.json
    gomapcheck: 1 package, 1 file, 10 lines: 0 findings in TIME; not shown: 1 in the baseline
    ");
    let written = fs::read_to_string(root.join("known.json")).unwrap();
    assert!(written.contains("\"path\": \"a.go\"") && !written.contains("a.go:7"), "{written}");

    // A new race above, and the old one moved and indented otherwise.
    let new = racy_function("New").replace("counts", "totals");
    let old = racy_function("A").replace("\t\t\tcounts", "\n    counts");
    write(root, "a.go", &format!("package m\n{new}{old}"));
    assert_eq!(found(root, "--baseline known.json"), ["a.go:7"]);
    assert_eq!(
        fs::read_to_string(root.join("known.json")).unwrap(),
        written,
        "it is written only when that is asked for"
    );

    write(root, "a.go", "package m\n");
    let outcome = run(root, "--baseline known.json");
    assert_eq!(outcome.code, 0);
    assert!(
        outcome.err.contains("1 finding of ") && outcome.err.contains("known.json is gone from the code"),
        "{}",
        outcome.err
    );
    run(root, "--baseline known.json --write-baseline");
    insta::assert_snapshot!(fs::read_to_string(root.join("known.json")).unwrap(), @r#"
    {
      "version": 1,
      "findings": []
    }
    "#);
}

#[test]
fn a_baseline_is_the_same_wherever_the_run_begins() {
    let module = module(&[("a/a.go", &racy_file(&["A"])), ("b/b.go", &racy_file(&["B"]))]);
    let root = module.path();
    write(root, "gomapcheck.toml", "baseline = 'ci/known.json'\n");
    run(root, "--write-baseline");
    let whole = fs::read_to_string(root.join("ci/known.json")).unwrap();
    assert_eq!(found(root, "./..."), Vec::<String>::new());
    assert_eq!(found(&root.join("a"), "./..."), Vec::<String>::new());
    let outcome = run(&root.join("a"), "--write-baseline ./...");
    assert!(
        outcome.err.contains("2 known findings written"),
        "what was not looked at stays: {}",
        outcome.err
    );
    assert_eq!(fs::read_to_string(root.join("ci/known.json")).unwrap(), whole);
    assert_eq!(found(root, "--baseline="), ["a/a.go:7", "b/b.go:7"]);
}

#[test]
fn a_baseline_that_cannot_be_used_is_a_failure() {
    let module = module(&[("a.go", &racy_file(&["A"]))]);
    let root = module.path();
    let told = |line: &str| {
        let outcome = run(root, line);
        assert_eq!((outcome.code, &*outcome.out), (3, ""), "{}", outcome.err);
        assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        let err = outcome.err.replace(&*fs::canonicalize(root).unwrap().to_string_lossy(), "DIR");
        err.trim_end().replace(&*root.to_string_lossy(), "DIR")
    };
    fs::create_dir(root.join("directory")).unwrap();
    fs::write(root.join("latin1.json"), b"\"\xe4\"").unwrap();
    write(root, "other.json", "{\"Issues\": []}");
    write(root, "torn.json", "{\"version\": 1, \"findings\": [");
    write(root, "later.json", "{\"version\": 7}");
    insta::assert_snapshot!(told("--baseline none.json"), @"gomapcheck: error: DIR/none.json: there is no such baseline; --write-baseline writes it");
    assert!(told("--baseline directory").starts_with("gomapcheck: error: cannot read DIR/directory: "));
    insta::assert_snapshot!(told("--baseline latin1.json"), @"gomapcheck: error: DIR/latin1.json: this is no baseline: it is not UTF-8");
    insta::assert_snapshot!(told("--baseline other.json"), @"gomapcheck: error: DIR/other.json: this is no baseline: it has no version");
    insta::assert_snapshot!(told("--baseline torn.json"), @"gomapcheck: error: DIR/torn.json: this is no baseline: EOF while parsing a list at line 1 column 28");
    insta::assert_snapshot!(told("--baseline later.json"), @"gomapcheck: error: DIR/later.json: this baseline has the format 7, which a newer gomapcheck wrote; update gomapcheck or write it anew with --write-baseline");
    // What is no baseline is not overwritten either: it may be something that is needed.
    insta::assert_snapshot!(told("--baseline other.json --write-baseline"), @"gomapcheck: error: DIR/other.json: this is no baseline: it has no version");
    assert!(told("--baseline a.go/known.json --write-baseline").starts_with("gomapcheck: error: cannot "));
    insta::assert_snapshot!(told("--write-baseline"), @"gomapcheck: error: --write-baseline needs --baseline FILE, or the key baseline in the configuration");
}
