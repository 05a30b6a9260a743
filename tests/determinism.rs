//! The output depends on the code alone: not on the number of threads, nor on the order in which packages and files are named.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;
mod rows;
mod support;

use std::path::Path;

use gomapcheck_race::models::Models;

/// How many packages of the generated module are enough.
const PACKAGES: usize = 60;

/// What two runs over a directory print, reports and summaries of functions alike.
fn printed(directory: &Path, threads: usize, patterns: &[String]) -> [String; 2] {
    let patterns = patterns.join(" ");
    let report = "--min-confidence possible --preview --show-stats=false --output.json.path stderr";
    let check = program::run(directory, &format!("-j {threads} {report} {patterns}"));
    let dump = program::run(directory, &format!("dump summaries -j {threads} {patterns}"));
    [format!("{}{}{}", check.code, check.out, check.err), dump.out]
}

fn is_the_same_in_any_order(directory: &Path, patterns: &[String]) {
    let expected = printed(directory, 1, patterns);
    let mut reversed = patterns.to_vec();
    reversed.reverse();
    let mut rotated = patterns.to_vec();
    rotated.rotate_left(patterns.len() / 2);
    for threads in [1, 16] {
        for patterns in [patterns, &reversed, &rotated] {
            let found = printed(directory, threads, patterns);
            let is_same = found == expected;
            assert!(is_same, "{}, {threads} threads, {patterns:?}", directory.display());
        }
    }
}

/// The packages of a directory as patterns.
fn packages(directory: &Path) -> Vec<String> {
    let mut packages: Vec<String> = support::go_files(directory)
        .iter()
        .map(|file| file.parent().unwrap().strip_prefix(directory).unwrap().to_string_lossy().into_owned())
        .map(|path| if path.is_empty() { ".".to_owned() } else { format!("./{path}") })
        .collect();
    packages.sort();
    packages.dedup();
    packages
}

#[test]
fn the_fixtures_are_told_alike() {
    for module in support::modules() {
        let directory = support::testdata().join(&module);
        is_the_same_in_any_order(&directory, &packages(&directory));
    }
}

#[test]
fn the_files_of_a_package_are_told_alike() {
    let directory = support::testdata().join("closures");
    let files = support::go_files(&directory);
    let name = |file: &std::path::PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    let files: Vec<String> = files.iter().filter(|file| !support::is_test(file)).map(name).collect();
    assert!(files.len() >= 5, "{files:?}");
    is_the_same_in_any_order(&directory, &files);
}

#[test]
fn a_module_of_many_packages_is_told_alike() {
    let catalogue = Models::new().catalogue();
    let module = program::module(&[]);
    let packages = rows::packages(&catalogue);
    for (number, package) in packages.iter().enumerate().take(PACKAGES) {
        program::write(module.path(), &format!("p{number}/p.go"), &package.source(number).0);
    }
    for (path, stub) in rows::stubs(&catalogue) {
        program::write(module.path(), &format!("vendor/{path}/stub.go"), &stub);
    }
    let patterns: Vec<String> = (0..PACKAGES).map(|number| format!("./p{number}")).collect();
    is_the_same_in_any_order(module.path(), &patterns);
}
