//! Holds the choice of packages and files against Go's own, on trees that exercise every rule.
//!
//! Each test says so and passes where no `go` is on the PATH.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test reports by failing and by printing"
)]

mod tree;

use gomapcheck_project::{Environment, Options, Workspace};
use gomapcheck_source::{FileRole, Provider};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tree::Tree;

/// Import path to directory and the names of ordinary, in-package test and external test files.
type Packages = BTreeMap<String, (PathBuf, [Vec<String>; 3])>;

/// One question to both.
struct Question<'a> {
    directory: &'a Path,
    patterns: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
    tags: &'a str,
}

impl<'a> Question<'a> {
    fn new(directory: &'a Path, patterns: &'a [&'a str]) -> Self {
        Self { directory, patterns, variables: &[], tags: "" }
    }

    fn with(self, variables: &'a [(&'a str, &'a str)]) -> Self {
        Self { variables, ..self }
    }

    fn with_tags(self, tags: &'a str) -> Self {
        Self { tags, ..self }
    }

    /// Asks both and compares; returns the number of packages.
    fn check(&self) -> usize {
        if go_root().is_none() {
            return 0;
        }
        let theirs = self.ask_go();
        let ours = self.ask_workspace();
        let mut differences = Vec::new();
        for (path, package) in &theirs {
            if ours.get(path) != Some(package) {
                differences.push(format!("{path}\n  go list: {package:?}\n  ours:    {:?}", ours.get(path)));
            }
        }
        let surplus = ours.iter().filter(|(path, _)| !theirs.contains_key(*path));
        differences.extend(surplus.map(|(path, package)| format!("{path}: only ours: {package:?}")));
        assert!(
            differences.is_empty(),
            "{} of {} packages differ:\n{}",
            differences.len(),
            theirs.len(),
            differences[..differences.len().min(20)].join("\n")
        );
        theirs.len()
    }

    fn ask_go(&self) -> Packages {
        let mut command = Command::new("go");
        command.args([
            "list",
            "-e",
            "-find",
            "-json=Dir,ImportPath,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles",
        ]);
        command.arg(format!("-tags={}", self.tags)).args(self.patterns).current_dir(self.directory);
        for (name, value) in BASIC_VARIABLES.iter().chain(self.variables) {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        let mut packages = Packages::new();
        for package in serde_json::Deserializer::from_slice(&output.stdout).into_iter::<serde_json::Value>() {
            let package = package.unwrap();
            let names = |field: &str| -> Vec<String> {
                let names = package[field].as_array().into_iter().flatten();
                names.map(|name| name.as_str().unwrap().to_owned()).collect()
            };
            let mut ordinary = [names("GoFiles"), names("CgoFiles")].concat();
            ordinary.sort();
            let files = [ordinary, names("TestGoFiles"), names("XTestGoFiles")];
            if files.iter().all(Vec::is_empty) {
                continue;
            }
            let path = package["ImportPath"].as_str().unwrap();
            let path = path.rsplit_once("vendor/").map_or(path, |(_, vendored)| vendored);
            packages.insert(path.to_owned(), (package["Dir"].as_str().unwrap().into(), files));
        }
        let problem = String::from_utf8_lossy(&output.stderr);
        assert!(!packages.is_empty(), "go list found nothing: {problem}");
        packages
    }

    fn ask_workspace(&self) -> Packages {
        let variables = BASIC_VARIABLES.iter().chain(self.variables).rev();
        let environment = Environment::detect(|name| {
            let given = variables.clone().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
            given.or_else(|| (name == "GOROOT").then(|| go_root().map(Into::into)).flatten())
        });
        let mut options = Options::new(self.directory, self.patterns.iter().copied());
        options.environment = environment;
        options.tags = vec![self.tags.to_owned()];
        let workspace = Workspace::open(&options).unwrap();
        let mut packages = Packages::new();
        for id in workspace.graph().targets {
            let package = workspace.package(id);
            let is_external =
                package.name.as_str().ends_with("_test") && package.import_path.as_str().ends_with("_test");
            let path = package.import_path.as_str();
            let path = if is_external { path.strip_suffix("_test").unwrap() } else { path };
            let entry = packages
                .entry(path.to_owned())
                .or_insert_with(|| (package.directory.clone(), Default::default()));
            for file in &package.files {
                let file = workspace.file(*file);
                let name = file.path.file_name().unwrap().to_str().unwrap().to_owned();
                let part = match (file.role, is_external) {
                    (FileRole::Source, _) => 0,
                    (FileRole::Test, false) => 1,
                    (FileRole::Test, true) => 2,
                };
                entry.1[part].push(name);
            }
        }
        packages
    }
}

const BASIC_VARIABLES: [(&str, &str); 6] = [
    ("GOFLAGS", "-mod=mod"),
    ("GOPROXY", "off"),
    ("GOTOOLCHAIN", "local"),
    ("GOENV", "off"),
    ("GO111MODULE", ""),
    ("GOWORK", ""),
];

fn go_root() -> Option<&'static Path> {
    static ROOT: OnceLock<Option<PathBuf>> = OnceLock::new();
    ROOT.get_or_init(gomapcheck_test_support::go_root).as_deref()
}

#[test]
fn the_standard_library() {
    let Some(root) = go_root() else { return };
    let source = root.join("src");
    for variables in [
        [("CGO_ENABLED", "0"), ("GOOS", "linux"), ("GOARCH", "amd64")],
        [("CGO_ENABLED", "1"), ("GOOS", "linux"), ("GOARCH", "amd64")],
        [("CGO_ENABLED", "0"), ("GOOS", "windows"), ("GOARCH", "arm64")],
        [("CGO_ENABLED", "0"), ("GOOS", "js"), ("GOARCH", "wasm")],
        [("CGO_ENABLED", "1"), ("GOOS", "darwin"), ("GOARCH", "arm64")],
        [("CGO_ENABLED", "0"), ("GOOS", "android"), ("GOARCH", "386")],
    ] {
        let count = Question::new(&source, &["./..."]).with(&variables).check();
        eprintln!("{count} packages agree for {variables:?}");
    }
    Question::new(&source, &["./..."]).with_tags("race,purego,faketime").check();
    Question::new(&source, &["net/...", "./go/types", "encoding/json"]).check();
    Question::new(&source.join("cmd"), &["./..."]).with(&[("GOFLAGS", "")]).check();
}

#[test]
fn the_standard_library_seen_from_elsewhere() {
    let tree = Tree::new(&[("go.mod", "module m\ngo 1.27\n"), ("a.go", "package m\n")]);
    Question::new(tree.path(), &["std"]).check();
    Question::new(tree.path(), &["cmd"]).check();
    Question::new(tree.path(), &["net/...", "fmt", "m"]).check();
}

#[test]
fn debian_trees_in_the_old_mode() {
    let source = Path::new("/usr/share/gocode/src");
    if !source.is_dir() {
        return eprintln!("skipped: there are no Debian Go packages");
    }
    let variables = [("GO111MODULE", "off"), ("GOFLAGS", ""), ("GOPATH", "/usr/share/gocode")];
    let count = Question::new(source, &["./..."]).with(&variables).check();
    eprintln!("{count} packages agree");
    Question::new(&source.join("golang.org/x"), &["./net/...", "golang.org/x/sync/..."])
        .with(&variables)
        .check();
}

#[test]
fn a_module_with_every_kind_of_directory() {
    let tree = Tree::new(&[
        ("go.mod", "module example.com/m\n\ngo 1.25\n\nignore (\n\t./skipped\n\tnode_modules\n)\n"),
        ("a.go", "package m\n"),
        ("a_test.go", "package m\n"),
        ("x_test.go", "package m_test\n"),
        ("sub/deep/b.go", "package deep\n"),
        ("only_tests/b_test.go", "package only\n"),
        ("only_external/b_test.go", "package only_test\n"),
        ("nested/go.mod", "module example.com/nested\n"),
        ("nested/c.go", "package nested\n"),
        ("testdata/d.go", "package testdata\n"),
        ("_hidden/e.go", "package hidden\n"),
        (".hidden/f.go", "package hidden\n"),
        ("skipped/g.go", "package skipped\n"),
        ("sub/skipped/g.go", "package skipped\n"),
        ("sub/node_modules/x/g.go", "package x\n"),
        ("cmd/vendor/h.go", "package main\n"),
        ("cmd/vendor/x.org/y/h.go", "package y\n"),
        ("internal/i.go", "package internal\n"),
        ("empty/readme.txt", "nothing\n"),
        ("directory.go/j.go", "package directory\n"),
        ("mod_directory/go.mod/k.txt", "not a module file\n"),
        ("mod_directory/k.go", "package k\n"),
        ("documented/doc.go", "package documentation\n"),
        ("documented/l.go", "package documented\n"),
    ]);
    Question::new(tree.path(), &["./..."]).check();
    Question::new(tree.path(), &["./sub/...", "./internal"]).check();
    Question::new(tree.path(), &["example.com/m/sub/...", "example.com/m"]).check();
    Question::new(tree.path(), &["./s.../deep"]).check();
    Question::new(tree.path(), &["./testdata", "./_hidden", "./.hidden"]).check();
    Question::new(&tree.path().join("sub"), &["./..."]).check();
    Question::new(&tree.path().join("sub"), &["../only_tests", "./..."]).check();
    Question::new(&tree.path().join("nested"), &["./..."]).check();
}

#[test]
fn constraints_of_every_form() {
    let tree = Tree::new(&[
        ("go.mod", "module m\n"),
        ("a.go", "package m\n"),
        ("b.go", "//go:build ignore\n\npackage m\n"),
        ("c.go", "//go:build linux && (amd64 || arm64) && !custom\npackage m\n"),
        ("d.go", "// +build custom\n\npackage m\n"),
        ("e.go", "// +build custom\npackage m\n"),
        (
            "f.go",
            "// Copyright.\n\n// +build linux,!custom darwin\n// +build go1.5\n\n// Package m.\npackage m\n",
        ),
        ("g.go", "/* Copyright. */\n\n//go:build windows\n\npackage m\n"),
        ("h.go", "/*\n//go:build windows\n*/\n\npackage m\n"),
        ("i.go", "package m\n\n//go:build windows\n"),
        ("j_linux.go", "package m\n"),
        ("k_windows.go", "package m\n"),
        ("l_windows_amd64.go", "package m\n"),
        ("m_unix.go", "package m\n"),
        ("n_linux_test.go", "package m\n"),
        ("o_plan9_test.go", "package m_test\n"),
        ("p_linux_arm64.go", "package m\n"),
        ("q.go", "//go:build unix\r\n\r\npackage m\r\n"),
        ("r.go", "\u{feff}//go:build go1.99\n\npackage m\n"),
        ("s.go", "//go:build gc && !gccgo && cgo\n\npackage m\n"),
        ("t.go", "package m\n\n// #include <x.h>\nimport \"C\"\n"),
        ("u.go", "//go:build\tgo1.21\n\npackage m\n"),
        ("v.go", "//go:build custom\n// +build !custom\n\npackage m\n"),
        ("w.go", "// //go:build custom\n\npackage m\n"),
        ("x.go", "//go:build goexperiment.jsonv2 && !goexperiment.arenas\n\npackage m\n"),
        ("y.linux.go", "package m\n"),
        ("z_darwin.linux.go", "package m\n"),
        ("linux.go", "package m\n"),
        ("windows.go", "package m\n"),
        ("_ignored.go", "package m\n"),
        (".ignored.go", "package m\n"),
        ("none/a.go", "//go:build never\n\npackage none\n"),
    ]);
    for tags in ["", "custom", "ignore,windows", "custom never"] {
        for cgo in ["0", "1"] {
            for (system, architecture) in
                [("linux", "amd64"), ("windows", "amd64"), ("ios", "arm64"), ("plan9", "386")]
            {
                let variables = [("CGO_ENABLED", cgo), ("GOOS", system), ("GOARCH", architecture)];
                Question::new(tree.path(), &["./..."]).with(&variables).with_tags(tags).check();
            }
        }
    }
}

#[test]
fn odd_files() {
    let tree = Tree::new(&[
        ("go.mod", "module m\ngo 1.27\n"),
        ("crlf/a.go", "// Comment.\r\n\r\npackage crlf // c\r\n\r\nimport (\r\n\t\"fmt\"\r\n)\r\n"),
        ("mark/a.go", "\u{feff}package mark\n"),
        ("dense/a.go", "/**/package/**/dense;import\"fmt\";import(\"os\";x\"io\");var A=1"),
        ("broken/a.go", "package broken\n\nfunc (\n"),
        ("name/\u{fc} x.go", "package \u{e4}\u{f6}\n"),
        ("far/a.go", &format!("{}\npackage far\n", "// A long comment.\n".repeat(20_000))),
        ("real/a.go", "package real\n"),
        ("linked/b.go", "package linked\n"),
    ]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        std::fs::write(tree.path().join("linked/target"), "package linked\n").unwrap();
        symlink("target", tree.path().join("linked/d.go")).unwrap();
        symlink("../real", tree.path().join("linked/directory.go")).unwrap();
        symlink("../real", tree.path().join("linked/directory")).unwrap();
        symlink("..", tree.path().join("linked/cycle")).unwrap();
    }
    Question::new(tree.path(), &["./..."]).with(&[("GOFLAGS", "-mod=readonly")]).check();
}

#[test]
fn workspaces() {
    let tree = Tree::new(&[
        ("go.work", "go 1.27\n\nuse (\n\t./a\n\t./b\n)\nuse ./c/d\n"),
        ("a/go.mod", "module example.com/a\ngo 1.20\n"),
        ("a/a.go", "package a\n\nimport _ \"example.com/b/sub\"\n"),
        ("a/inner/a.go", "package inner\n"),
        ("b/go.mod", "module example.com/b\ngo 1.21\n"),
        ("b/sub/b.go", "package sub\n"),
        ("c/d/go.mod", "module example.com/d\n"),
        ("c/d/d.go", "package d\n"),
    ]);
    let variables = [("GOFLAGS", "")];
    Question::new(tree.path(), &["./a/...", "./b/..."]).with(&variables).check();
    Question::new(tree.path(), &["example.com/...", "./c/d"]).with(&variables).check();
    Question::new(&tree.path().join("a"), &["./...", "example.com/b/sub"]).with(&variables).check();
    Question::new(&tree.path().join("a"), &["./..."]).with(&[("GOWORK", "off")]).check();
}

#[test]
fn replaced_and_vendored_modules() {
    let tree = Tree::new(&[
        ("main/go.mod", "module m\ngo 1.20\n\nrequire x.org/y v1.0.0\n\nreplace x.org/y => ../y\n"),
        ("main/a.go", "package m\n\nimport _ \"x.org/y/z\"\n"),
        ("y/go.mod", "module x.org/y\ngo 1.20\n"),
        ("y/z/z.go", "package z\n"),
    ]);
    Question::new(&tree.path().join("main"), &["./...", "x.org/y/z"]).check();

    let tree = Tree::new(&[
        ("go.mod", "module m\ngo 1.20\n\nrequire x.org/y v1.0.0\n"),
        ("a.go", "package m\n\nimport _ \"x.org/y/z\"\n"),
        ("vendor/modules.txt", "# x.org/y v1.0.0\n## explicit; go 1.20\nx.org/y/z\n"),
        ("vendor/x.org/y/z/z.go", "package z\n"),
    ]);
    let variables = [("GOFLAGS", "-mod=vendor")];
    Question::new(tree.path(), &["./..."]).with(&variables).check();
    Question::new(tree.path(), &["./...", "x.org/y/z"]).with(&variables).check();
}

#[test]
fn old_trees_with_vendored_packages() {
    let tree = Tree::new(&[
        ("src/x.org/p/a.go", "package p\n\nimport _ \"y.org/q\"\n"),
        ("src/x.org/p/testdata/a.go", "package t\n"),
        ("src/x.org/p/vendor/y.org/q/a.go", "package q\n"),
        ("src/x.org/p/sub/go.mod", "module x.org/p/sub\n"),
        ("src/x.org/p/sub/a.go", "package sub\n"),
    ]);
    let path = tree.path().to_str().unwrap();
    let variables = [("GO111MODULE", "off"), ("GOFLAGS", ""), ("GOPATH", path)];
    let directory = tree.path().join("src/x.org/p");
    Question::new(&directory, &["./..."]).with(&variables).check();
    Question::new(&directory, &["./vendor/..."]).with(&variables).check();
    Question::new(&directory, &["x.org/..."]).with(&variables).check();
}
