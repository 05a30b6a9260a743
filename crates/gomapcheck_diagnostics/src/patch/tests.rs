use proptest::prelude::*;

use super::*;

/// The changed files and their new lines: `x.go 2-3 7`.
fn shown(text: &str) -> Vec<String> {
    let patch = Patch::parse(text).unwrap();
    let range = |range: &LineRange| match range.first == range.last {
        true => format!(" {}", range.first),
        false => format!(" {}-{}", range.first, range.last),
    };
    patch
        .files()
        .map(|(path, lines)| path.to_owned() + &lines.iter().map(range).collect::<String>())
        .collect()
}

#[test]
fn added_lines_are_counted_in_the_new_file() {
    let text = "\
diff --git a/store/store.go b/store/store.go
index 1111111..2222222 100644
--- a/store/store.go
+++ b/store/store.go
@@ -1,5 +1,6 @@ func Put
 package store
-var a int
+var b int
+var c int
 
 func Put() {}
 
@@ -20 +21,2 @@
 last
+new
diff --git a/z.go b/z.go
--- a/z.go
+++ b/z.go
@@ -3 +2,0 @@
-gone
";
    assert_eq!(shown(text), ["store/store.go 2-3 22", "z.go"]);
    let patch = Patch::parse(text).unwrap();
    let added: Vec<u32> = (1..30).filter(|line| patch.adds("store/store.go", *line)).collect();
    assert_eq!(added, [2, 3, 22]);
    assert!(patch.changes("z.go") && !patch.adds("z.go", 2) && !patch.changes("store.go"));
}

#[test]
fn what_looks_like_a_header_within_a_change_is_a_line() {
    let text = "--- a/x.go\n+++ b/x.go\n@@ -1,2 +1,2 @@\n--- a comment of SQL\n+++ counter\n \n--- a/y.go\n+++ b/y.go\n@@ -0,0 +1 @@\n+x\n";
    assert_eq!(shown(text), ["x.go 1", "y.go 1"]);
}

#[test]
fn new_deleted_renamed_and_binary_files() {
    let text = "\
diff --git a/new.go b/new.go
new file mode 100644
--- /dev/null
+++ b/new.go
@@ -0,0 +1,2 @@
+package a
+var b int
\\ No newline at end of file
diff --git a/gone.go b/gone.go
deleted file mode 100644
--- a/gone.go
+++ /dev/null
@@ -1,2 +0,0 @@
-package a
-var b int
diff --git a/old.go b/moved.go
similarity index 90%
rename from old.go
rename to moved.go
--- a/old.go
+++ b/moved.go
@@ -4,0 +5 @@
+added
diff --git a/same.go b/elsewhere.go
similarity index 100%
rename from same.go
rename to elsewhere.go
diff --git a/logo.png b/logo.png
index 1..2 100644
Binary files a/logo.png and b/logo.png differ
";
    assert_eq!(shown(text), ["moved.go 5", "new.go 1-2"]);
}

#[test]
fn a_line_end_at_the_end_of_the_file_may_come_and_go() {
    let text = "--- a/x.go\n+++ b/x.go\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n";
    assert_eq!(shown(text), ["x.go 2"]);
}

#[test]
fn names_may_be_quoted_dated_unmarked_or_marked_with_other_letters() {
    let with_names = |old: &str, new: &str| shown(&format!("--- {old}\n+++ {new}\n@@ -0,0 +1 @@\n+x\n"));
    assert_eq!(with_names(r#""a/f\303\244.go""#, r#""b/f\303\244.go""#), ["fä.go 1"]);
    assert_eq!(with_names(r#""a/a\"\t\\.go""#, r#""b/a\"\t\\.go""#), ["a\"\t\\.go 1"]);
    assert_eq!(with_names("a/with blank.go\t", "b/with blank.go\t"), ["with blank.go 1"]);
    assert_eq!(with_names("x.go\t2026-01-01 10:00:00", "x.go\t2026-01-02 10:00:00"), ["x.go 1"]);
    assert_eq!(with_names("i/x.go", "w/x.go"), ["x.go 1"]);
    assert_eq!(with_names("pkg/b/x.go", "pkg/b/x.go"), ["pkg/b/x.go 1"]);
    assert_eq!(with_names("./b/x.go", "./b/x.go"), ["b/x.go 1"]);
    assert_eq!(with_names("/dev/null", "b/x.go"), ["x.go 1"]);
}

#[test]
fn carriage_returns_do_not_matter() {
    let text = "diff --git a/x.go b/x.go\r\n--- a/x.go\r\n+++ b/x.go\r\n@@ -1,2 +1,3 @@\r\n a\r\n+b\r\n\r\n";
    assert_eq!(shown(text), ["x.go 2"]);
    // In a diff with line feeds of a file with carriage returns, these belong to the lines.
    assert_eq!(shown("--- a/x.go\n+++ b/x.go\n@@ -1 +1,2 @@\n a\r\n+b\r\n"), ["x.go 2"]);
}

#[test]
fn a_merge_has_a_column_for_each_parent() {
    let text = "\
diff --cc x.go
index 1,2..3
--- a/x.go
+++ b/x.go
@@@ -1,2 -1,3 +1,3 @@@ func F
  same
- of the first
 -of the second
++of neither
+ not in the first
";
    assert_eq!(shown(text), ["x.go 2-3"]);
}

#[test]
fn several_diffs_of_one_file_add_up() {
    let one = |at: u32| format!("--- a/x.go\n+++ b/x.go\n@@ -{at},0 +{at} @@\n+x\n");
    assert_eq!(shown(&(one(9) + &one(3))), ["x.go 3 9"]);
}

#[test]
fn mail_around_a_diff_is_passed_over() {
    let text = "From 1 Mon Sep 17\nSubject: [PATCH] x\n\n---\n x.go | 1 +\n\ndiff --git a/x.go b/x.go\n--- a/x.go\n+++ b/x.go\n@@ -1 +1,2 @@\n a\n+b\n-- \n2.47\n";
    assert_eq!(shown(text), ["x.go 2"]);
}

#[test]
fn an_empty_diff_changes_nothing_and_no_diff_is_an_error() {
    assert!(Patch::parse("").unwrap().is_empty() && Patch::parse("\n \n").unwrap().is_empty());
    assert_eq!(Patch::parse("hello\n"), Err(PatchError::NoDiff));
    assert_eq!(Patch::parse("{\"a\": 1}"), Err(PatchError::NoDiff));
}

#[test]
fn a_damaged_diff_is_an_error() {
    let parse =
        |hunk: &str| Patch::parse(&format!("--- a/x.go\n+++ b/x.go\n{hunk}")).unwrap_err().to_string();
    insta::assert_snapshot!(parse("@@ -1 +x @@\n+a\n"), @"line 3 begins no change that can be read: @@ -1 +x @@");
    insta::assert_snapshot!(parse("@@ -1,3 +1,4 @@\n a\n"), @"line 4 does not belong to the change that it stands in; is the diff cut off?");
    insta::assert_snapshot!(parse("@@ -1,3 +1,4 @@\n a\ndiff --git a/y.go b/y.go\n"), @"line 5 does not belong to the change that it stands in; is the diff cut off?");
}

#[test]
fn wholly_new_files_add_all_their_lines() {
    let mut patch = Patch::default();
    patch.add_new_file("a.go");
    let patch = patch.with_paths(|path| format!("/m/{path}"));
    assert!(patch.adds("/m/a.go", 1) && patch.adds("/m/a.go", 4_000_000) && !patch.adds("a.go", 1));
}

/// Lines as diffs have them, whole and damaged, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("diff --git a/x.go b/x.go".to_owned()),
        Just("--- a/x.go".to_owned()),
        Just("+++ b/x.go".to_owned()),
        Just("+++ \"b/\\3\\77x\\".to_owned()),
        "@@@? -[0-9]{0,11}(,[0-9]{0,2})? [+-][0-9]{0,11}(,[0-9]{0,2})? @@@?",
        "[ +-]{0,3}[a-z]{0,3}\r?",
        ".{0,8}",
    ]
}

proptest! {
    #[test]
    fn no_text_is_too_odd(lines in prop::collection::vec(line(), 0..20)) {
        if let Ok(patch) = Patch::parse(&lines.join("\n")) {
            for (path, ranges) in patch.files() {
                prop_assert!(ranges.iter().all(|range| range.first <= range.last));
                prop_assert!(ranges.iter().all(|range| patch.adds(path, range.first) && patch.adds(path, range.last)));
            }
        }
    }
}
