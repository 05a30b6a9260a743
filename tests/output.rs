//! Reports: every format at once, where they go, and what happens when they cannot.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;

use std::fs;
use std::path::Path;

use program::{module, run, write};
use tempfile::TempDir;

const RACE: &str = "package m\n\nvar seen = map[string]int{}\n\nfunc Count(words []string) {\n\tfor _, word := range words {\n\t\tgo func() { /* é */ seen[word]++ }()\n\t}\n}\n";

/// A module with a race in `sub dir/a.go`.
fn racy() -> TempDir {
    module(&[("sub dir/a.go", RACE)])
}

fn entries(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn all_formats_may_be_written_at_once() {
    let module = racy();
    let formats = [
        "json",
        "tab",
        "checkstyle",
        "code-climate",
        "junit-xml",
        "teamcity",
        "sarif",
        "github-actions",
        "rdjson",
        "rdjsonl",
    ];
    let flags: Vec<String> = formats.iter().map(|name| format!("--output.{name}.path out/{name}")).collect();
    let outcome =
        run(module.path(), &format!("{} --output.text.path stderr --show-stats=false", flags.join(" ")));
    assert_eq!((outcome.code, &*outcome.out), (1, ""));
    assert!(outcome.err.starts_with("sub dir/a.go:7:24: concurrent-map-write: "), "{}", outcome.err);
    for format in formats {
        let report = fs::read_to_string(module.path().join("out").join(format)).unwrap();
        assert!(report.contains("concurrent-map-write"), "{format}: {report}");
    }
    assert_eq!(entries(&module.path().join("out")).len(), formats.len(), "and nothing else");
}

#[test]
fn the_first_series_way_to_ask_for_reports() {
    let module = racy();
    let flags = "--out-format=colored-line-number,code-climate:gl.json,github-actions --show-stats=false";
    let outcome = run(module.path(), flags);
    let out = outcome.out.lines().collect::<Vec<_>>();
    assert!(out[0].starts_with("sub dir/a.go:7:24: "), "{}", outcome.out);
    assert!(
        out.last().unwrap().starts_with("::error file=sub dir/a.go,line=7,endLine=7,col=23,"),
        "{}",
        outcome.out
    );
    assert!(fs::read_to_string(module.path().join("gl.json")).unwrap().starts_with("[{\"description\":"));
}

#[test]
fn colours_are_for_terminals_unless_they_are_asked_for() {
    let module = racy();
    let colored =
        |flags: &str| run(module.path(), &format!("--show-stats=false {flags}")).out.contains('\u{1b}');
    assert!(!colored(""));
    assert!(colored("--color always"));
    assert!(colored("--color always --output.tab.path stdout"));
    assert!(!colored("--color always --output.text.colors=false"));
    assert!(!colored("--color always --out-format line-number"));
}

#[test]
fn paths_may_have_a_prefix_or_be_absolute() {
    let module = racy();
    let first_line = |flags: &str| {
        let outcome = run(module.path(), &format!("--show-stats=false --output.tab.path stdout {flags}"));
        outcome.out.lines().next().unwrap_or_default().to_owned()
    };
    let prefixed = first_line("--path-prefix services/api");
    assert!(prefixed.starts_with("services/api/sub dir/a.go:7:24  map-concurrency  "), "{prefixed}");
    let absolute = format!("{}/sub dir/a.go:7:24  ", fs::canonicalize(module.path()).unwrap().display());
    for flags in ["--path-mode abs", "--output.path-mode=abs --output.path-prefix ignored"] {
        let line = first_line(flags);
        assert!(line.starts_with(&absolute), "{flags}: {line}");
    }
}

#[test]
fn paths_may_be_those_of_the_repository() {
    let repository = tempfile::tempdir().unwrap();
    let module = repository.path().join("services/api");
    write(&module, "go.mod", "module example.com/m\n\ngo 1.24\n");
    write(&module, "gomapcheck.toml", "run.relative-path-mode = 'wd'\n");
    write(&module, "a/a.go", &fs::read_to_string(racy().path().join("sub dir/a.go")).unwrap());
    let begins = |path: &str| {
        let flags =
            "--show-stats=false --output.tab.path stdout --path-mode=repository --path-prefix ignored";
        let outcome = run(&module, flags);
        assert!(outcome.out.starts_with(path), "{path}: {}", outcome.out);
    };
    begins("a/a.go:7:24  ");
    fs::create_dir(repository.path().join(".git")).unwrap();
    begins("services/api/a/a.go:7:24  ");
}

#[test]
fn findings_may_be_sorted_by_severity() {
    let steps = "package m\n\nimport \"sync\"\n\nvar byUser sync.Map\n\nfunc Open(user string) {\n\t\
                 if _, ok := byUser.Load(user); !ok {\n\t\tbyUser.Store(user, 1)\n\t}\n}\n";
    let module = module(&[("a.go", RACE), ("b.go", steps)]);
    let files = |order: &str| {
        let line =
            format!("--preview --show-stats=false --output.tab.path stdout --output.sort-order {order}");
        let out = run(module.path(), &line).out;
        out.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(files("linter,file"), ["a.go", "b.go"]);
    assert_eq!(files("severity"), ["b.go", "a.go"], "warnings come before errors, as with golangci-lint");
    assert_eq!(files("file,severity"), ["a.go", "b.go"]);
}

#[test]
fn findings_keep_their_fingerprints_wherever_they_are_told() {
    let module = racy();
    let fingerprints = |flags: &str| {
        let outcome = run(module.path(), &format!("--output.code-climate.path stdout {flags}"));
        let issues: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
        issues[0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let plain = fingerprints("");
    assert_eq!(plain, fingerprints("--path-mode abs"));
    assert_eq!(plain, fingerprints("--path-prefix x --output.sort-order severity"));
}

#[test]
fn what_cannot_be_asked_for_is_told_before_the_work() {
    let module = racy();
    let told = |flags: &str| {
        let outcome = run(module.path(), flags);
        assert_eq!((outcome.code, &*outcome.out, outcome.err.lines().count()), (3, "", 1), "{}", outcome.err);
        outcome.shown(module.path())
    };
    assert!(
        told("--output.json.path .")
            .contains("cannot write to DIR/.: it is a directory; give the path of a file")
    );
    assert!(told("--out-format pdf").contains("pdf is no value for --out-format; it takes line-number,"));
    assert!(told("--output.sort-order file,file").contains("--output.sort-order names file several times"));
    assert!(told("--output.sort-order size").contains("size is no value for --output.sort-order"));
    assert!(
        told("--path-mode relative")
            .contains("relative is no value for --path-mode; it takes abs, repository")
    );
    assert!(told("--raw --output.json.path x").contains("--output.json.path"));
    assert!(told("--output.sarf.path x").contains("did you mean --output.sarif.path?"));
}

#[test]
fn one_report_that_fails_does_not_keep_the_others_from_being_written() {
    let module = racy();
    let outcome =
        run(module.path(), "--output.tab.path go.mod/x --output.json.path stdout --output.sarif.path s");
    assert_eq!(outcome.code, 3, "{}", outcome.err);
    assert!(
        outcome.err.contains("error: cannot write to ")
            && outcome.err.contains("go.mod/x: a part of the path is a file"),
        "{}",
        outcome.err
    );
    assert!(outcome.out.starts_with("{\"Issues\":[{"), "{}", outcome.out);
    assert!(module.path().join("s").is_file());
}

#[test]
fn a_run_without_findings_writes_reports_and_one_that_ran_out_of_time_none() {
    let module = module(&[("a.go", "package m\n")]);
    assert_eq!(run(module.path(), "--output.code-climate.path gl.json --timeout 1ns").code, 4);
    assert!(!module.path().join("gl.json").exists());
    assert_eq!(run(module.path(), "--output.code-climate.path gl.json").code, 0);
    assert_eq!(fs::read_to_string(module.path().join("gl.json")).unwrap(), "[]\n");
}

/// What stands between the first line with `from` and the next with `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).unwrap().1.split_once(to).unwrap().0
}

#[test]
fn the_documentation_shows_what_is_written() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md")).unwrap();
    let module = module(&[("store/store.go", between(&page, "```go\n", "```"))]);
    for section in page.split("\n### ").skip(1) {
        let format = section.split([' ', '\n']).next().unwrap();
        let report = run(module.path(), &format!("--output.{format}.path stdout --show-stats=false")).out;
        let fence = section.lines().find(|line| line.starts_with("```")).unwrap();
        let shown = between(section, &format!("{fence}\n"), "\n```");
        // Long documents are broken between their keys.
        let shown = if fence == "```json" { shown.replace("\n ", "") } else { shown.to_owned() };
        let mut rest = &*report;
        for piece in shown.split('…').map(str::trim_start) {
            let found = rest.split_once(piece);
            rest = found.unwrap_or_else(|| unreachable!("{format}: {piece:?} is not in {rest}")).1;
        }
    }
}

#[cfg(unix)]
mod process {
    use std::io::Read;
    use std::process::{Child, Command, Output, Stdio};

    use super::*;

    fn program(directory: &Path, flags: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gomapcheck"));
        command.arg("--no-config").args(flags).current_dir(directory);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
        command
    }

    #[test]
    fn a_reader_that_leaves_is_no_failure() {
        let module = racy();
        let mut command = program(module.path(), &["--output.text.path=stdout", "--output.json.path=j.json"]);
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        let told = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "there are findings all the same: {told}");
        assert!(told.starts_with("gomapcheck: 1 package") && told.lines().count() == 1, "{told}");
        assert!(module.path().join("j.json").is_file());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told() {
        let module = racy();
        let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program(module.path(), &[]).stdout(full()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3));
        let expected = "error: cannot write to standard output: the disk is full; make room and run again";
        assert!(told.contains(expected), "{told}");
        let output = program(module.path(), &["--output.json.path=/dev/full"]).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        let nobody_to_tell = program(module.path(), &["--nosuch"]).stderr(full()).output().unwrap();
        assert_eq!(nobody_to_tell.status.code(), Some(3));
    }

    #[test]
    fn a_file_that_grows_too_large_is_told() {
        let module = racy();
        fs::write(module.path().join("report"), "old").unwrap();
        let program = env!("CARGO_BIN_EXE_gomapcheck");
        let line = format!("ulimit -f 1; exec {program} --show-stats=false --output.sarif.path report");
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &line]).current_dir(module.path()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{told}");
        assert!(
            told.contains("report: it would be larger than the system allows; see `ulimit -f`"),
            "{told}"
        );
        assert_eq!(fs::read_to_string(module.path().join("report")).unwrap(), "old");
        assert_eq!(entries(module.path()), ["go.mod", "report", "sub dir"]);
    }

    /// A process that waits for someone to read a pipe.
    fn waiting(directory: &Path) -> Child {
        assert!(Command::new("mkfifo").arg(directory.join("pipe")).status().unwrap().success());
        let flags = ["--output.tab.path=t", "--output.text.path=t2", "--output.sarif.path=pipe"];
        let child = program(directory, &flags).spawn().unwrap();
        while !directory.join("t").exists() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        child
    }

    #[test]
    fn an_interrupt_is_told_and_leaves_only_whole_files() {
        for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
            let module = racy();
            let mut child = waiting(module.path());
            let kill = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
            assert!(kill.success());
            assert_eq!(child.wait().unwrap().code(), Some(code));
            let mut told = String::new();
            child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
            assert_eq!(
                told,
                "gomapcheck: error: interrupted; reports that were not finished are not written\n"
            );
            assert_eq!(entries(module.path()), ["go.mod", "pipe", "sub dir", "t", "t2"]);
        }
    }
}
