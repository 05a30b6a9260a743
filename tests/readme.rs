//! What README.md shows is what the program prints.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod support;

use std::process::Command;

#[test]
fn the_sample_is_what_the_first_command_prints() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once("<!-- sample: begin -->\n```text\n").unwrap();
    let (sample, _) = rest.split_once("```\n<!-- sample: end -->").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gomapcheck"))
        .arg("-C")
        .arg(support::testdata().join("quickstart"))
        .arg("./...")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let here = printed.lines().skip_while(|line| Some(*line) != sample.lines().next());
    let here: String = here.take(sample.lines().count()).map(|line| format!("{line}\n")).collect();
    assert_eq!(here, sample, "README.md's sample is not what is printed:\n{printed}");
    assert_eq!(output.status.code(), Some(1));
}
