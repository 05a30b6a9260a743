use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::Diagnostic;

/// What is hashed begins with this: whoever changes what follows changes the number, and with it every stored fingerprint.
const VERSION: &str = "gomapcheck/1";

/// What a finding is known by in files that outlive the run: baselines, code scanning, code quality.
///
/// It is the same as long as rule, file, map and the text of the reported line are, whatever moves around it; blanks do not
/// count. Written as 32 hexadecimal digits, a colon and the [`occurrence`](Self::occurrence): `9a03…8555:1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fingerprint {
    /// The first 128 bits of a SHA-256.
    pub hash: u128,
    /// Which this is among the findings with the same hash, from 1, in the order of their places.
    pub occurrence: u32,
}

impl Fingerprint {
    /// The fingerprints of findings, one each; no two are the same, and the order of the findings does not count.
    ///
    /// Paths count relative to `base`, an absolute directory, so that they do not depend on where the code lies or on how the
    /// report writes them.
    #[must_use]
    pub fn of_all(diagnostics: &[Diagnostic], base: &Path) -> Vec<Self> {
        let hashes: Vec<u128> = diagnostics.iter().map(|diagnostic| hash(diagnostic, base)).collect();
        let mut fingerprints: Vec<Self> =
            hashes.iter().map(|hash| Self { hash: *hash, occurrence: 1 }).collect();
        let mut ordered: Vec<(u128, &Diagnostic, &mut Self)> = hashes
            .into_iter()
            .zip(diagnostics)
            .zip(&mut fingerprints)
            .map(|((hash, diagnostic), fingerprint)| (hash, diagnostic, fingerprint))
            .collect();
        ordered.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut last = None;
        for (hash, _, fingerprint) in ordered {
            fingerprint.occurrence = match last {
                Some((equal, occurrence)) if equal == hash => occurrence + 1,
                _ => 1,
            };
            last = Some((hash, fingerprint.occurrence));
        }
        fingerprints
    }
}

fn hash(diagnostic: &Diagnostic, base: &Path) -> u128 {
    let mut hasher = Sha256::new();
    let mut add = |field: &str| {
        // With its length in front, no field runs into the next.
        hasher.update((field.len() as u64).to_le_bytes());
        hasher.update(field.as_bytes());
    };
    add(VERSION);
    add(diagnostic.rule);
    add(&relative(Path::new(&*diagnostic.location.absolute), base));
    add(&diagnostic.map.declared);
    for line in &diagnostic.source_lines {
        add(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let digest = hasher.finalize();
    digest.iter().take(16).fold(0, |hash, byte| hash << 8 | u128::from(*byte))
}

/// The way from `base` to `path`, by their names alone, with `/` between the parts.
pub(crate) fn relative(path: &Path, base: &Path) -> String {
    let common = path.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(common).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(path.components().skip(common)).collect();
    let parts: Vec<_> = way.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}:{}", self.hash, self.occurrence)
    }
}

/// A text that is no fingerprint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseFingerprintError(String);

impl fmt::Display for ParseFingerprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no fingerprint: 32 hexadecimal digits, a colon and a number", self.0)
    }
}

impl std::error::Error for ParseFingerprintError {}

impl FromStr for Fingerprint {
    type Err = ParseFingerprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = || {
            let (hash, occurrence) = text.split_once(':')?;
            let hash = u128::from_str_radix(hash, 16).ok()?;
            Some(Self { hash, occurrence: occurrence.parse().ok()? })
        };
        // Only what we write ourselves is read: one spelling for one fingerprint.
        parsed()
            .filter(|fingerprint| fingerprint.to_string() == text && fingerprint.occurrence > 0)
            .ok_or_else(|| ParseFingerprintError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::tests::finding;

    fn shown(diagnostics: &[Diagnostic]) -> Vec<String> {
        Fingerprint::of_all(diagnostics, Path::new("/module")).iter().map(ToString::to_string).collect()
    }

    /// This value stands in people's baselines: a change that moves it breaks them all.
    #[test]
    fn a_fingerprint_is_the_same_in_every_release() {
        assert_eq!(shown(&[finding("a.go", 3, "mixed-map-locks")]), ["01a11cb35d399fdfc2f9a81b695afcbb:1"]);
    }

    #[test]
    fn moved_and_indented_lines_keep_their_fingerprint() {
        let old = finding("a.go", 3, "mixed-map-locks");
        let mut new = finding("a.go", 70, "mixed-map-locks");
        new.source_lines = vec!["\t\tm[k]  = v ".into()];
        new.message = "map m is written here, while it is read at b.go:71:2".into();
        assert_eq!(shown(&[old]), shown(&[new]));
    }

    #[test]
    fn another_rule_file_map_or_line_is_another_finding() {
        let first = finding("a.go", 3, "mixed-map-locks");
        let mut map = first.clone();
        map.map.declared = "field Store.items".into();
        let mut line = first.clone();
        line.source_lines = vec!["m[k]++".into()];
        let rule = finding("a.go", 3, "concurrent-map-write");
        let file = finding("b.go", 3, "mixed-map-locks");
        let mut all = shown(&[first, map, line, rule, file]);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 5);
        assert!(all.iter().all(|text| text.ends_with(":1")), "{all:?}");
    }

    #[test]
    fn equal_findings_are_told_apart_by_number() {
        let all = shown(&[9, 3].map(|line| finding("a.go", line, "mixed-map-locks")));
        assert_eq!(all[0].strip_suffix(":2"), all[1].strip_suffix(":1"), "{all:?}");
    }

    #[test]
    fn where_the_code_lies_does_not_count() {
        let here = finding("a.go", 3, "mixed-map-locks");
        let mut there = here.clone();
        there.location.absolute = "/elsewhere/copy/a.go".into();
        there.location.path = "prefix/a.go".into();
        let moved = Fingerprint::of_all(&[there], Path::new("/elsewhere/copy"));
        assert_eq!(moved, Fingerprint::of_all(&[here], Path::new("/module")));
        assert_eq!(relative(Path::new("/module/b/b.go"), Path::new("/module/a/x")), "../../b/b.go");
    }

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let text = "000102030405060708090a0b0c0d0e0f:12";
        assert_eq!(text.parse::<Fingerprint>().unwrap().to_string(), text);
        for wrong in
            ["", "12", "0:1", "000102030405060708090A0B0C0D0E0F:1", "000102030405060708090a0b0c0d0e0f:0"]
        {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
    }
}
