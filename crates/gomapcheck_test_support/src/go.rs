//! The Go toolchain that tests compare with, where there is one.

use std::path::PathBuf;
use std::process::Command;

/// The oldest minor version that the fixtures compile with, and whose `go list` does what ours does.
const OLDEST: u32 = 25;

/// The GOROOT of the `go` on the PATH. Where there is none, or one too old for the tests, `None`: the reason is told on
/// standard error.
#[must_use]
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn go_root() -> Option<PathBuf> {
    let output = Command::new("go").args(["env", "GOVERSION", "GOROOT"]).output().ok();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let mut lines = text.lines();
    let (version, root) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    if minor_version(version).is_some_and(|minor| minor < OLDEST) {
        eprintln!("skipped: {version} is too old for this test, which asks for go1.{OLDEST}");
        return None;
    }
    let root = PathBuf::from(root);
    if root.join("src").is_dir() {
        return Some(root);
    }
    eprintln!("skipped: there is no `go` on the PATH");
    None
}

/// 27 of `go1.27.3`; nothing for versions that are not released.
fn minor_version(version: &str) -> Option<u32> {
    let digits = version.strip_prefix("go1.")?;
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart() {
        assert_eq!(minor_version("go1.27.3"), Some(27));
        assert_eq!(minor_version("go1.26rc1"), Some(26));
        assert_eq!(minor_version("devel go1.28-abc"), None);
    }
}
