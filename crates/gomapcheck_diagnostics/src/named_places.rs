use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::Diagnostic;

/// The files and directories that were named one by one: what is reported has an access in one of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct NamedPlaces {
    /// Files, absolute.
    pub files: BTreeSet<PathBuf>,
    /// Directories whose own files count, absolute.
    pub directories: BTreeSet<PathBuf>,
    /// Directories that count with all below them, absolute.
    pub trees: BTreeSet<PathBuf>,
}

impl NamedPlaces {
    /// Whether one of the accesses is in a named place.
    #[must_use]
    pub fn touch(&self, diagnostic: &Diagnostic) -> bool {
        let others = diagnostic.other.iter().chain(&diagnostic.also).map(|related| &related.location);
        let mut accesses = std::iter::once(&diagnostic.location).chain(others);
        accesses.any(|location| self.hold(Path::new(&*location.absolute)))
    }

    fn hold(&self, path: &Path) -> bool {
        self.files.contains(path)
            || path.parent().is_some_and(|directory| self.directories.contains(directory))
            || path.ancestors().skip(1).any(|directory| self.trees.contains(directory))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Related;
    use crate::diagnostic::tests::finding;

    #[test]
    fn an_access_at_either_end_is_enough() {
        let set = |path: &str| BTreeSet::from([PathBuf::from(path)]);
        let mut race = finding("a/a.go", 3, "concurrent-map-write");
        race.other = Some(Related { location: finding("b/c/c.go", 7, "").location, text: String::new() });
        let none = NamedPlaces::default;
        assert!(NamedPlaces { files: set("/module/b/c/c.go"), ..none() }.touch(&race));
        assert!(NamedPlaces { directories: set("/module/a"), ..none() }.touch(&race));
        assert!(NamedPlaces { trees: set("/module/b"), ..none() }.touch(&race));
        assert!(
            !NamedPlaces { directories: set("/module/b"), files: set("/module/a"), ..none() }.touch(&race)
        );
        assert!(!none().touch(&race));
    }
}
