use std::fs;
use std::path::Path;

use crate::program::{module, run, run_with, write};
use crate::repository::{self, Repository};
use crate::{RACY_USE, STORE, USE, found, places, racy_file, warning};

#[test]
fn only_changed_lines_are_reported_since_a_revision() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["Old"]))]) else { return };
    let root = repository.path();
    write(root, "a.go", &racy_file(&["Old", "New"]));
    assert_eq!(found(root, "--new-from-rev HEAD"), ["a.go:16"]);
    let outcome = run(root, "--new-from-rev HEAD");
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("not shown: 1 in unchanged code"), "{}", outcome.err);
    assert_eq!(found(root, "--new-from-rev HEAD --whole-files"), ["a.go:7", "a.go:16"]);
    assert_eq!(found(root, "--new-from-rev="), ["a.go:7", "a.go:16"]);
    repository.commit();
    let outcome = run(root, "--new-from-rev HEAD");
    assert_eq!((outcome.code, &*outcome.out), (0, ""), "{}", outcome.err);
    assert_eq!(found(root, "--new-from-rev HEAD~"), ["a.go:16"]);
}

#[test]
fn json_tells_where_in_the_diff_a_new_line_stands() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["Old"]))]) else { return };
    let root = repository.path();
    write(root, "a.go", &racy_file(&["Old", "New"]));
    write(root, "untracked.go", &racy_file(&["Untracked"]));
    let diff = repository.told_by_git(&["diff", "-U3", "HEAD", "--", "a.go"]);
    let changed = racy_file(&["Old", "New"]).lines().nth(15).map(str::to_owned).unwrap();
    let body: Vec<&str> = diff.lines().skip_while(|line| !line.starts_with("@@")).collect();
    let expected = body.iter().rposition(|line| line.strip_prefix('+') == Some(&changed)).unwrap();
    let positions = |flags: &str| {
        let json = run(root, &format!("--output.json.path stdout --show-stats=false {flags}")).out;
        let report: serde_json::Value = serde_json::from_str(&json).unwrap();
        let position = |issue: &serde_json::Value| (issue["Pos"]["Line"].as_u64(), issue["HunkPos"].as_u64());
        report["Issues"].as_array().unwrap().iter().map(position).collect::<Vec<_>>()
    };
    let line = |line: u64, position: Option<u64>| (Some(line), position);
    assert_eq!(positions("--new-from-rev HEAD"), [line(16, Some(expected as u64)), line(7, None)]);
    assert_eq!(
        positions("--new-from-rev HEAD --whole-files"),
        [line(7, Some(7)), line(16, Some(16)), line(7, None)]
    );
    assert_eq!(positions(""), [line(7, None), line(16, None), line(7, None)]);
}

#[test]
fn a_race_is_new_when_any_step_on_the_way_to_it_is() {
    let Some(repository) = Repository::of(&[("store.go", STORE), ("use.go", USE)]) else { return };
    assert_eq!(found(repository.path(), ""), Vec::<String>::new());
    write(repository.path(), "use.go", RACY_USE);
    // Both accesses are old; that they meet is new.
    assert_eq!(found(repository.path(), "--new-from-rev HEAD"), ["store.go:6"]);
    repository.commit();
    write(repository.path(), "other.go", "package m\n");
    assert_eq!(found(repository.path(), "--new-from-rev HEAD"), Vec::<String>::new());
}

#[test]
fn new_looks_at_what_is_not_staged_then_at_the_last_commit() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    let root = repository.path();
    write(root, "b.go", &racy_file(&["B"]));
    assert_eq!(found(root, "--new"), ["b.go:7"], "an untracked file is new");
    repository.git(&["add", "b.go"]);
    let outcome = run(root, "--new");
    // Nothing is unstaged, and the only commit has none before it: the question has no answer.
    assert_eq!(places(&outcome), ["a.go:7", "b.go:7"]);
    insta::assert_snapshot!(warning(&outcome), @"--new: bad revision 'HEAD~'; findings in unchanged code are reported, too");
    repository.commit();
    assert_eq!(found(root, "-n"), ["b.go:7"], "the last commit");
    write(root, "a.go", &racy_file(&["A", "C"]));
    assert_eq!(found(root, "--new"), ["a.go:16"], "what is not staged");
}

#[test]
fn a_branch_is_compared_with_where_it_left_the_other() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    let root = repository.path();
    repository.git(&["checkout", "-q", "-b", "topic"]);
    write(root, "topic.go", &racy_file(&["Topic"]));
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    write(root, "a.go", "package m\n");
    repository.commit();
    repository.git(&["checkout", "-q", "topic"]);
    assert_eq!(found(root, "--new-from-merge-base main"), ["topic.go:7"]);
    // Since main's last revision, everything of A is new as well.
    assert_eq!(found(root, "--new-from-rev main"), ["a.go:7", "topic.go:7"]);
    assert_eq!(found(root, "--new-from-rev main --new-from-merge-base main"), ["topic.go:7"]);
    repository.git(&["checkout", "-q", "--orphan", "lonely"]);
    repository.commit();
    let outcome = run(root, "--new-from-merge-base main");
    insta::assert_snapshot!(warning(&outcome), @"--new-from-merge-base main: main and HEAD have no common ancestor; findings in unchanged code are reported, too");
    assert_eq!(outcome.code, 1);
}

#[cfg(unix)]
#[test]
fn moved_and_oddly_named_files_are_followed() {
    let Some(repository) = Repository::of(&[("old.go", &racy_file(&["A", "B"]))]) else { return };
    let root = repository.path();
    fs::rename(root.join("old.go"), root.join("fä \"x\".go")).unwrap();
    repository.git(&["add", "-A"]);
    assert_eq!(found(root, "--new-from-rev HEAD"), Vec::<String>::new());
    write(root, "fä \"x\".go", &racy_file(&["A", "B", "C"]));
    assert_eq!(found(root, "--new-from-rev HEAD"), ["fä \"x\".go:25"]);
}

#[test]
fn the_users_own_settings_for_diffs_do_not_matter() {
    let Some(repository) = Repository::of(&[("sub/a.go", &racy_file(&["A"]))]) else { return };
    let settings = [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("color.ui", "always"),
        ("diff.external", "false"),
        ("diff.relative", "true"),
        ("core.quotePath", "false"),
    ];
    for (key, value) in settings {
        repository.git(&["config", key, value]);
    }
    write(repository.path(), "sub/a.go", &racy_file(&["A", "B"]));
    assert_eq!(found(repository.path(), "--new-from-rev HEAD"), ["sub/a.go:16"]);
}

#[test]
fn runs_below_the_top_and_in_further_working_trees_see_the_same() {
    let Some(repository) = Repository::of(&[("sub/a.go", &racy_file(&["A"]))]) else { return };
    let root = repository.path();
    let elsewhere = tempfile::tempdir().unwrap();
    let tree = elsewhere.path().join("tree");
    repository.git(&["worktree", "add", "-q", &tree.to_string_lossy()]);
    for top in [root, &tree] {
        write(top, "sub/a.go", &racy_file(&["A", "B"]));
        assert_eq!(found(&top.join("sub"), "--new-from-rev HEAD"), ["a.go:16"]);
    }
    #[cfg(unix)]
    {
        let link = elsewhere.path().join("link");
        std::os::unix::fs::symlink(root.join("sub"), &link).unwrap();
        write(root, "sub/go.mod", "module example.com/sub\n\ngo 1.24\n");
        assert_eq!(found(&link, "--new-from-rev HEAD"), ["a.go:16"]);
        assert_eq!(found(&link.join("../sub"), "--new-from-rev HEAD"), ["a.go:16"]);
        assert_eq!(found(&link.join("../sub"), "a.go"), ["a.go:7", "a.go:16"]);
    }
}

#[test]
fn changes_in_submodules_count() {
    let Some(inner) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    let Some(outer) = Repository::of(&[("m.go", "package m\n")]) else { return };
    let url = inner.path().to_string_lossy().into_owned();
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "sub"]);
    outer.commit();
    write(&outer.path().join("sub"), "a.go", &racy_file(&["A", "B"]));
    assert_eq!(found(&outer.path().join("sub"), "--new-from-rev HEAD"), ["a.go:16"]);
    assert_eq!(found(outer.path(), "--new-from-rev HEAD ./sub/..."), ["sub/a.go:16"]);
}

#[test]
fn a_git_that_cannot_answer_hides_nothing() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    let root = repository.path();
    let told = |directory: &Path, line: &str| {
        let outcome = run(directory, line);
        assert_eq!((outcome.code, places(&outcome).len()), (1, 1), "{}", outcome.err);
        warning(&outcome).replace(&*directory.to_string_lossy(), "DIR")
    };
    insta::assert_snapshot!(told(root, "--new-from-rev nowhere"), @"--new-from-rev nowhere: bad revision 'nowhere'; findings in unchanged code are reported, too");
    insta::assert_snapshot!(told(root, "--new-from-rev=--output=x"), @"--new-from-rev --output=x: --output=x is no revision; findings in unchanged code are reported, too");
    assert!(!root.join("x").exists());
    insta::assert_snapshot!(told(root, "--new-from-merge-base nowhere"), @"--new-from-merge-base nowhere: Not a valid object name nowhere; findings in unchanged code are reported, too");

    let plain = module(&[("a.go", &racy_file(&["A"]))]);
    insta::assert_snapshot!(told(plain.path(), "--new-from-rev HEAD"), @"--new-from-rev HEAD: not a git repository (or any of the parent directories): .git; findings in unchanged code are reported, too");

    let unborn = module(&[("a.go", &racy_file(&["A"]))]);
    repository::git_in(unborn.path(), &["init", "-q"]);
    insta::assert_snapshot!(told(unborn.path(), "--new-from-rev HEAD"), @"--new-from-rev HEAD: bad revision 'HEAD'; findings in unchanged code are reported, too");

    let bare = module(&[("a.go", &racy_file(&["A"]))]);
    repository::git_in(bare.path(), &["init", "-q", "--bare", "."]);
    insta::assert_snapshot!(told(bare.path(), "--new"), @"--new: this operation must be run in a work tree; findings in unchanged code are reported, too");

    let damaged = module(&[("a.go", &racy_file(&["A"]))]);
    repository::git_in(damaged.path(), &["init", "-q"]);
    write(damaged.path(), ".git/config", "[core\n");
    insta::assert_snapshot!(told(damaged.path(), "--new"), @"--new: bad config line 1 in file .git/config; findings in unchanged code are reported, too");
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    write(repository.path(), "b.go", "package m\n");
    repository.commit();
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.path().display());
    repository::git_in(clone.path(), &["clone", "-q", "--depth", "1", &url, "."]);
    let outcome = run(clone.path(), "--new-from-rev HEAD~");
    assert_eq!(places(&outcome), ["a.go:7"]);
    insta::assert_snapshot!(warning(&outcome), @"--new-from-rev HEAD~: bad revision 'HEAD~'; this clone is shallow, so fetch more of its history first (fetch-depth: 0, or git fetch --unshallow); findings in unchanged code are reported, too");
}

#[test]
fn a_patch_says_what_is_new() {
    let module = module(&[("a.go", &racy_file(&["A", "B"]))]);
    let patch = "--- a/a.go\n+++ b/a.go\n@@ -10,0 +11,9 @@\n+1\n+2\n+3\n+4\n+5\n+6\n+7\n+8\n+9\n";
    write(module.path(), "p.diff", patch);
    assert_eq!(found(module.path(), "--new-from-patch p.diff"), ["a.go:16"]);
    let of_variable = |text: &str| {
        let text = text.to_owned();
        run_with(module.path(), "", &move |name| {
            (name == "GOLANGCI_DIFF_PROCESSOR_PATCH").then(|| text.clone().into())
        })
    };
    assert_eq!(places(&of_variable(patch)), ["a.go:16"]);
    insta::assert_snapshot!(warning(&of_variable("what?")), @"GOLANGCI_DIFF_PROCESSOR_PATCH: it holds no unified diff, as `git diff` writes them; findings in unchanged code are reported, too");
    let told = |line: &str| {
        let outcome = run(module.path(), line);
        assert_eq!(places(&outcome).len(), 2, "{}", outcome.err);
        warning(&outcome).to_owned()
    };
    assert!(told("--new-from-patch none.diff").starts_with("--new-from-patch none.diff: "));
    write(module.path(), "torn.diff", &patch[..patch.len() - 6]);
    insta::assert_snapshot!(told("--new-from-patch torn.diff"), @"--new-from-patch torn.diff: line 10 does not belong to the change that it stands in; is the diff cut off?; findings in unchanged code are reported, too");
}

#[cfg(unix)]
#[test]
fn a_hook_sees_what_is_being_committed() {
    let Some(repository) = Repository::of(&[("sub/a.go", &racy_file(&["A"]))]) else { return };
    let root = repository.path();
    let hook = |flags: &str| {
        let program = env!("CARGO_BIN_EXE_gomapcheck");
        write(root, ".git/hooks/pre-commit", &format!("#!/bin/sh\n'{program}' {flags} > hook.txt 2>&1\n"));
        make_executable(&root.join(".git/hooks/pre-commit"));
        repository.git(&["add", "sub"]);
        let is_committed = repository.try_git(&["commit", "-q", "-m", "x", "sub"]);
        (is_committed, fs::read_to_string(root.join("hook.txt")).unwrap())
    };
    write(root, "sub/b.go", &racy_file(&["B"]));
    for flags in ["--new-from-rev HEAD", "-C sub --new-from-rev HEAD ./..."] {
        let (is_committed, told) = hook(flags);
        assert!(!is_committed && told.contains("b.go:7:") && !told.contains("a.go:7:"), "{told}");
    }
    // Another repository is asked about, whose own index counts.
    let Some(other) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    write(other.path(), "a.go", &racy_file(&["A", "C"]));
    let (is_committed, told) = hook(&format!("-C '{}' --new-from-rev HEAD", other.path().display()));
    assert!(!is_committed && told.contains("a.go:16:") && !told.contains("a.go:7:"), "{told}");
    write(root, "sub/b.go", &racy_file(&["B"]).replace("go func()", "func()"));
    let (is_committed, told) = hook("--new-from-rev HEAD");
    assert!(is_committed, "{told}");
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_configuration_may_ask_for_new_findings_alone() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    let root = repository.path();
    write(root, ".golangci.yml", "version: '2'\nissues: {new-from-rev: HEAD}\n");
    write(root, "a.go", &racy_file(&["A", "B"]));
    assert_eq!(found(root, ""), ["a.go:16"]);
    assert_eq!(found(root, "--whole-files"), ["a.go:7", "a.go:16"]);
    assert_eq!(found(root, "--new-from-rev="), ["a.go:7", "a.go:16"]);
}

#[cfg(unix)]
#[test]
fn a_git_that_refuses_or_is_missing_is_told() {
    let Some(repository) = Repository::of(&[("a.go", &racy_file(&["A"]))]) else { return };
    let told = |variable: &str, value: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_gomapcheck"))
            .args(["--new-from-rev", "HEAD", "--goroot=", "--show-stats=false"])
            .current_dir(repository.path())
            .env(variable, value)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "the finding is reported");
        let told = String::from_utf8(output.stderr).unwrap();
        told.trim_end().replace(&*fs::canonicalize(repository.path()).unwrap().to_string_lossy(), "DIR")
    };
    // Git's own way to test what it says of repositories that belong to somebody else.
    insta::assert_snapshot!(told("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), @"gomapcheck: warning: --new-from-rev HEAD: detected dubious ownership in repository at 'DIR'; findings in unchanged code are reported, too");
    insta::assert_snapshot!(told("PATH", "/nowhere"), @"gomapcheck: warning: --new-from-rev HEAD: git is not installed, or not on the PATH; findings in unchanged code are reported, too");
}
