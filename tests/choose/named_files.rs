use crate::program::{module, run, write};
use crate::{RACY_USE, STORE, found, places, racy_file};

#[test]
fn named_files_are_analysed_with_their_module() {
    let module = module(&[
        ("store/store.go", &STORE.replace("package m", "package store")),
        (
            "use/use.go",
            &RACY_USE
                .replace("package m\n", "package use\n\nimport \"example.com/m/store\"\n")
                .replace("*Store", "*store.Store"),
        ),
        ("other/other.go", &racy_file(&["Other"]).replace("package m", "package other")),
    ]);
    let root = module.path();
    // The race shows only with the caller, which is in another package.
    assert_eq!(found(root, "store/store.go"), ["store/store.go:6"]);
    assert_eq!(found(root, "store/store.go other/other.go"), ["other/other.go:7", "store/store.go:6"]);
    assert_eq!(found(&root.join("store"), "store.go ../other"), ["../other/other.go:7", "store.go:6"]);
    let outcome = run(root, "use/use.go");
    assert_eq!(outcome.code, 0, "no access is in there: {}", outcome.err);
    assert!(outcome.err.contains("not shown: 2 away from the given files"), "{}", outcome.err);
    let outcome = run(root, "store/nowhere.go other/other.go");
    assert_eq!(places(&outcome), ["other/other.go:7"]);
    assert!(outcome.err.contains("error: store/nowhere.go: "), "{}", outcome.err);
}

#[test]
fn named_files_that_no_build_takes_are_passed_over() {
    let race = racy_file(&["A"]);
    let module = module(&[
        ("a.go", "package m\n"),
        ("plan9.go", &format!("//go:build plan9\n\n{race}")),
        ("testdata/t.go", &race),
        ("vendor/example.com/v/v.go", &race),
    ]);
    for file in ["plan9.go", "testdata/t.go", "vendor/example.com/v/v.go"] {
        let outcome = run(module.path(), file);
        assert_eq!((outcome.code, &*outcome.out), (0, ""), "{file}: {}", outcome.err);
        assert!(!outcome.err.contains("error"), "{file}: {}", outcome.err);
        assert!(outcome.err.contains("1 given file that no build takes"), "{file}: {}", outcome.err);
    }
}

#[test]
fn a_file_outside_any_module_is_analysed_alone() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "a.go", &racy_file(&["A"]));
    write(scratch.path(), "b.go", "package other\n");
    assert_eq!(found(scratch.path(), "a.go"), ["a.go:7"]);
}
