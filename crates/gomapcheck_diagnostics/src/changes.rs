use crate::{Diagnostic, Location, Patch};

/// Which code is new.
///
/// golangci-lint asks for the reported line alone. A race has two ends and a way to each: it may come into being by a new
/// access to an old map, by a new launch of an old function, or by a new call in between. So a finding is new when any place
/// of it is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changes {
    /// The changed files by their absolute paths.
    pub patch: Patch,
    /// Whether all lines of a changed file count as new.
    pub whole_files: bool,
}

impl Changes {
    /// Whether one of the finding's accesses, or a step on the way to one, is new.
    #[must_use]
    pub fn touch(&self, diagnostic: &Diagnostic) -> bool {
        let others = diagnostic.other.iter().chain(&diagnostic.also).map(|related| &related.location);
        let steps = diagnostic.trace.iter().map(|step| &step.location);
        std::iter::once(&diagnostic.location).chain(others).chain(steps).any(|location| self.is_new(location))
    }

    /// Where the finding's own line stands in the diff, as golangci-lint counts: with whole files, it is the line itself. None
    /// if it is not new, or stands in a file that no diff was made of.
    #[must_use]
    pub fn position(&self, location: &Location) -> Option<u32> {
        let line = location.start.line;
        match self.whole_files {
            true => self.patch.is_diff_of(&location.absolute).then_some(line),
            false => self.patch.position(&location.absolute, line),
        }
    }

    fn is_new(&self, location: &Location) -> bool {
        match self.whole_files {
            true => self.patch.changes(&location.absolute),
            false => self.patch.adds(&location.absolute, location.start.line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::tests::finding;
    use crate::{Related, TraceStep};

    fn changes(path: &str, line: u32) -> Changes {
        let text = format!("--- {path}\n+++ {path}\n@@ -{line},0 +{line} @@\n+x\n");
        Changes { patch: Patch::parse(&text).unwrap(), whole_files: false }
    }

    #[test]
    fn any_place_of_a_race_makes_it_new() {
        let mut race = finding("a.go", 3, "concurrent-map-write");
        let at = |path: &str, line| finding(path, line, "").location;
        race.other = Some(Related { location: at("b.go", 7), text: String::new() });
        race.also = vec![Related { location: at("c.go", 1), text: String::new() }];
        race.trace = vec![TraceStep { location: at("main.go", 5), text: "started here".into() }];
        for (path, line) in [("a.go", 3), ("b.go", 7), ("c.go", 1), ("main.go", 5)] {
            assert!(changes(&format!("/module/{path}"), line).touch(&race), "{path}");
            assert!(!changes(&format!("/module/{path}"), line + 1).touch(&race), "{path}");
        }
        assert!(!changes("/module/d.go", 3).touch(&race));
    }

    #[test]
    fn the_place_in_the_diff_is_that_of_the_reported_line() {
        let text = "--- /m/a.go\n+++ /m/a.go\n@@ -1,2 +1,3 @@\n a\n+b\n-x\n+c\n@@ -9,0 +10,2 @@\n+d\n+e\n";
        let mut changes = Changes { patch: Patch::parse(text).unwrap(), whole_files: false };
        changes.patch.add_new_file("/m/new.go");
        let position = |changes: &Changes, path: &str, line| {
            let mut location = finding("a.go", line, "").location;
            location.absolute = path.into();
            changes.position(&location)
        };
        let positions: Vec<_> = (1..=11).map(|line| position(&changes, "/m/a.go", line)).collect();
        assert_eq!(positions, [None, Some(2), Some(4), None, None, None, None, None, None, Some(6), Some(7)]);
        assert_eq!(position(&changes, "/m/new.go", 3), None);
        changes.whole_files = true;
        assert_eq!(position(&changes, "/m/a.go", 1), Some(1));
        assert_eq!(position(&changes, "/m/new.go", 3), None);
    }

    #[test]
    fn whole_files_count_when_asked() {
        let race = finding("a.go", 3, "concurrent-map-write");
        let whole = Changes { whole_files: true, ..changes("/module/a.go", 90) };
        assert!(whole.touch(&race));
        assert!(!Changes { whole_files: true, ..changes("/module/b.go", 3) }.touch(&race));
    }
}
