use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Fingerprint};

/// The number of the format that is written, and the highest that is read.
const VERSION: u32 = 1;

/// Findings that are known and not to be reported again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Baseline {
    /// The directory that paths are relative to.
    base: PathBuf,
    known: BTreeMap<u128, Known>,
}

/// A finding of a baseline; what is in it beside the count tells people what was accepted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
struct Known {
    path: String,
    rule: String,
    message: String,
    fingerprint: String,
    count: u32,
}

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Deserialize)]
struct Head {
    version: Option<serde_json::Value>,
}

/// A text that is no baseline.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is no JSON, or JSON of something else.
    #[error("this is no baseline: {0}")]
    Malformed(String),
    /// A later release wrote it.
    #[error(
        "this baseline has the format {0}, which a newer gomapcheck wrote; update gomapcheck or write it anew with --write-baseline"
    )]
    TooNew(u64),
}

impl Baseline {
    /// A baseline of these findings, which are sorted; paths in it are relative to `base`, an absolute directory.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], base: &Path) -> Self {
        let mut known = BTreeMap::new();
        for (diagnostic, fingerprint) in diagnostics.iter().zip(Fingerprint::of_all(diagnostics, base)) {
            match known.entry(fingerprint.hash) {
                Entry::Vacant(entry) => {
                    entry.insert(Known {
                        path: crate::fingerprint::relative(Path::new(&*diagnostic.location.absolute), base),
                        rule: diagnostic.rule.to_owned(),
                        message: without_positions(&diagnostic.message),
                        fingerprint: format!("{:032x}", fingerprint.hash),
                        count: 1,
                    });
                }
                Entry::Occupied(mut entry) => entry.get_mut().count += 1,
            }
        }
        Self { base: base.to_owned(), known }
    }

    /// Reads a baseline whose file lies in `base`, an absolute directory.
    ///
    /// # Errors
    /// If the text is no baseline, or one of a later format.
    pub fn parse(text: &str, base: &Path) -> Result<Self, BaselineError> {
        let malformed = |error: serde_json::Error| BaselineError::Malformed(error.to_string());
        // A later format may say more or otherwise: its number is looked at before anything else.
        let head: Option<Head> = match serde_json::from_str(text) {
            Err(error) if error.is_data() => None,
            head => Some(head.map_err(malformed)?),
        };
        match head.and_then(|head| head.version).as_ref().map(serde_json::Value::as_u64) {
            Some(Some(version)) if version > u64::from(VERSION) => {
                return Err(BaselineError::TooNew(version));
            }
            Some(Some(1..)) => {}
            _ => return Err(BaselineError::Malformed("it has no version".to_owned())),
        }
        let document: Document = serde_json::from_str(text).map_err(malformed)?;
        let mut known = BTreeMap::new();
        for finding in document.findings {
            let hash = hash(&finding.fingerprint).ok_or_else(|| {
                BaselineError::Malformed(format!("{:?} is no fingerprint", finding.fingerprint))
            })?;
            // Two sides of a merge may both have added a finding: what either accepted stays accepted.
            let count = finding.count;
            let entry: &mut Known = known.entry(hash).or_insert(finding);
            entry.count = entry.count.max(count);
        }
        Ok(Self { base: base.to_owned(), known })
    }

    /// The baseline as JSON, sorted by path, rule and message. Line numbers are left out, so that moved code changes nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut findings: Vec<Known> = self.known.values().cloned().collect();
        findings.sort();
        let document = Document { version: VERSION, findings };
        // Neither maps with odd keys nor failing writers are involved.
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.values().map(|known| known.count as usize).sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Adds what `older` holds of files that this run did not look at.
    pub fn keep_unseen(&mut self, older: &Self, was_seen: impl Fn(&Path) -> bool) {
        for (hash, known) in &older.known {
            if !was_seen(&joined(&older.base, &known.path)) {
                self.known.entry(*hash).or_insert_with(|| known.clone());
            }
        }
    }

    /// Whether each of these findings is known, in their order; they are sorted. Of equal findings as many are known as the
    /// baseline counts.
    #[must_use]
    pub fn knows(&self, diagnostics: &[Diagnostic]) -> Vec<bool> {
        let is_known = |fingerprint: Fingerprint| {
            self.known.get(&fingerprint.hash).is_some_and(|known| fingerprint.occurrence <= known.count)
        };
        Fingerprint::of_all(diagnostics, &self.base).into_iter().map(is_known).collect()
    }

    /// How many of its findings are not among these, although the run looked at their files.
    #[must_use]
    pub fn gone(&self, diagnostics: &[Diagnostic], was_seen: impl Fn(&Path) -> bool) -> usize {
        let mut present: BTreeMap<u128, u32> = BTreeMap::new();
        for fingerprint in Fingerprint::of_all(diagnostics, &self.base) {
            *present.entry(fingerprint.hash).or_default() += 1;
        }
        let missing = |(hash, known): (&u128, &Known)| {
            let missing = known.count.saturating_sub(present.get(hash).copied().unwrap_or(0));
            if missing > 0 && was_seen(&joined(&self.base, &known.path)) { missing as usize } else { 0 }
        };
        self.known.iter().map(missing).sum()
    }
}

/// An absolute path from one that may lead upwards first.
fn joined(base: &Path, relative: &str) -> PathBuf {
    let mut path = base.to_owned();
    for part in relative.split('/') {
        match part {
            ".." => drop(path.pop()),
            _ => path.push(part),
        }
    }
    path
}

fn hash(fingerprint: &str) -> Option<u128> {
    let is_whole = fingerprint.len() == 32 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_whole.then(|| u128::from_str_radix(fingerprint, 16).ok()).flatten()
}

/// The message without line and column behind file names.
fn without_positions(message: &str) -> String {
    static POSITION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\.go):\d+(:\d+)?").ok());
    match &*POSITION {
        Some(position) => position.replace_all(message, "$1").into_owned(),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::tests::finding;

    const BASE: &str = "/module/ci";

    fn findings(places: &[(&str, u32)]) -> Vec<Diagnostic> {
        places.iter().map(|(path, line)| finding(path, *line, "mixed-map-locks")).collect()
    }

    fn baseline(places: &[(&str, u32)]) -> Baseline {
        Baseline::of(&findings(places), Path::new(BASE))
    }

    #[test]
    fn it_is_readable_and_read_as_it_was_written() {
        let mut races = findings(&[("a.go", 3), ("a.go", 9), ("b/b.go", 1)]);
        races[2].message = "map m is written here and read at b/b.go:7:2 (started at a.go:3)".into();
        let written = Baseline::of(&races, Path::new(BASE));
        insta::assert_snapshot!(written.to_json(), @r#"
        {
          "version": 1,
          "findings": [
            {
              "path": "../a.go",
              "rule": "mixed-map-locks",
              "message": "map m is written here",
              "fingerprint": "2b71d987971df8b9e39fc17e98f12194",
              "count": 2
            },
            {
              "path": "../b/b.go",
              "rule": "mixed-map-locks",
              "message": "map m is written here and read at b/b.go (started at a.go)",
              "fingerprint": "9b3755bf2ea93da4999ef9ba8ac4f0a4",
              "count": 1
            }
          ]
        }
        "#);
        assert_eq!(Baseline::parse(&written.to_json(), Path::new(BASE)), Ok(written.clone()));
        assert_eq!(written.len(), 3);
    }

    #[test]
    fn moved_findings_stay_known_and_one_more_is_new() {
        let baseline = baseline(&[("a.go", 3), ("a.go", 9)]);
        assert_eq!(baseline.knows(&findings(&[("a.go", 13), ("a.go", 70)])), [true, true]);
        assert_eq!(baseline.knows(&findings(&[("a.go", 3), ("a.go", 4), ("a.go", 5)])), [true, true, false]);
        assert_eq!(baseline.knows(&findings(&[("b.go", 3)])), [false]);
    }

    #[test]
    fn what_is_gone_is_counted_where_the_run_looked() {
        let baseline = baseline(&[("a.go", 3), ("a.go", 9), ("b.go", 1)]);
        let now = findings(&[("a.go", 9)]);
        assert_eq!(baseline.gone(&now, |_| true), 2);
        assert_eq!(baseline.gone(&now, |path| path == Path::new("/module/a.go")), 1);
    }

    #[test]
    fn files_that_a_run_did_not_look_at_stay_in_the_baseline() {
        let older = baseline(&[("a.go", 3), ("b.go", 1)]);
        let mut newer = baseline(&[("c.go", 3)]);
        newer.keep_unseen(&older, |path| path.ends_with("a.go"));
        assert_eq!(newer.knows(&findings(&[("a.go", 3), ("b.go", 1), ("c.go", 3)])), [false, true, true]);
    }

    #[test]
    fn two_sides_of_a_merge_add_up() {
        let one = r#"{"path":"a.go","rule":"r","message":"m","fingerprint":"01a11cb35d399fdfc2f9a81b695afcbb","count":1}"#;
        let text = format!(r#"{{"version":1,"findings":[{one},{one}]}}"#);
        assert_eq!(Baseline::parse(&text, Path::new(BASE)).unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        let message = |text: &str| Baseline::parse(text, Path::new(BASE)).unwrap_err().to_string();
        insta::assert_snapshot!(message(""), @"this is no baseline: EOF while parsing a value at line 1 column 0");
        insta::assert_snapshot!(message("[]"), @"this is no baseline: it has no version");
        insta::assert_snapshot!(message("{}"), @"this is no baseline: it has no version");
        insta::assert_snapshot!(message(r#"{"version": "1"}"#), @"this is no baseline: it has no version");
        insta::assert_snapshot!(message(r#"{"version": 1}"#), @"this is no baseline: missing field `findings` at line 1 column 14");
        insta::assert_snapshot!(message(r#"{"version": 2, "entries": {}}"#), @"this baseline has the format 2, which a newer gomapcheck wrote; update gomapcheck or write it anew with --write-baseline");
        insta::assert_snapshot!(message(r#"{"version":1,"findings":[{"path":"","rule":"","message":"","fingerprint":"12","count":1}]}"#), @r#"this is no baseline: "12" is no fingerprint"#);
    }
}
