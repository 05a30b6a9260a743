//! Unified diffs, read for the lines that they add.
//!
//! ```
//! use gomapcheck_diagnostics::Patch;
//! let patch = Patch::parse("--- a/x.go\n+++ b/x.go\n@@ -1,2 +1,3 @@\n a\n+b\n c\n").unwrap();
//! assert!(patch.adds("x.go", 2) && !patch.adds("x.go", 3));
//! ```

mod header;

use std::collections::BTreeMap;

use self::header::Hunk;

/// The files that a diff changes, and the lines that it adds to them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Patch {
    files: BTreeMap<String, Vec<LineRange>>,
}

/// Some lines of a file that follow one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LineRange {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
    /// Where the first stands in the file's part of the diff: the line behind its first `@@` is 1, and further `@@` count as
    /// lines. 0 in a file that no diff was made of.
    pub position: u32,
}

impl LineRange {
    fn continues_at(&self, line: u32, position: u32) -> bool {
        self.last.checked_add(1) == Some(line)
            && self.position.checked_add(line - self.first) == Some(position)
    }
}

/// A text that is no diff.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PatchError {
    /// Nothing in it looks like a diff.
    #[error("it holds no unified diff, as `git diff` writes them")]
    NoDiff,
    /// A line that begins a change cannot be read.
    #[error("line {line} begins no change that can be read: {text}")]
    Hunk {
        /// Which line, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// The text ends within a change, or a change holds what belongs to none.
    #[error("line {line} does not belong to the change that it stands in; is the diff cut off?")]
    Torn {
        /// Which line, from 1.
        line: usize,
    },
}

impl Patch {
    /// Reads a diff; an empty text changes nothing.
    ///
    /// # Errors
    /// If the text is no unified diff, or is damaged.
    pub fn parse(text: &str) -> Result<Self, PatchError> {
        let mut reader = Reader {
            lines: text.lines().zip(1..),
            number: 0,
            header: 0,
            patch: Self::default(),
            seen: false,
        };
        reader.read()?;
        match reader.seen || text.trim().is_empty() {
            true => Ok(reader.patch),
            false => Err(PatchError::NoDiff),
        }
    }

    /// Adds a file all of whose lines are new.
    pub fn add_new_file(&mut self, path: &str) {
        self.files.insert(path.to_owned(), vec![LineRange { first: 1, last: u32::MAX, position: 0 }]);
    }

    /// The changed files in order, each with the lines that it gained.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[LineRange])> {
        self.files.iter().map(|(path, lines)| (path.as_str(), lines.as_slice()))
    }

    /// The same with each path put into another form; later files win where two become one.
    #[must_use]
    pub fn with_paths(self, rename: impl Fn(&str) -> String) -> Self {
        Self { files: self.files.into_iter().map(|(path, lines)| (rename(&path), lines)).collect() }
    }

    /// Whether no file is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether the file is changed.
    #[must_use]
    pub fn changes(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the file is changed by a diff: it is no file that is new as a whole.
    #[must_use]
    pub fn is_diff_of(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|lines| lines.iter().all(|range| range.position > 0))
    }

    /// Whether the line of the file is new.
    #[must_use]
    pub fn adds(&self, path: &str, line: u32) -> bool {
        self.range_with(path, line).is_some()
    }

    /// Where a new line of the file stands in the diff, counted as for [`LineRange::position`]; none where it is not new, or no
    /// diff was made of its file.
    #[must_use]
    pub fn position(&self, path: &str, line: u32) -> Option<u32> {
        let range = self.range_with(path, line).filter(|range| range.position > 0)?;
        Some(range.position.saturating_add(line - range.first))
    }

    fn range_with(&self, path: &str, line: u32) -> Option<&LineRange> {
        let lines = self.files.get(path)?;
        let before = lines.partition_point(|range| range.first <= line);
        before.checked_sub(1).and_then(|index| lines.get(index)).filter(|range| line <= range.last)
    }

    fn add_line(&mut self, path: &str, line: u32, position: u32) {
        let Some(lines) = self.files.get_mut(path) else { return };
        match lines.last_mut() {
            Some(range) if range.continues_at(line, position) => range.last = line,
            _ => lines.push(LineRange { first: line, last: line, position }),
        }
    }
}

struct Reader<'t> {
    lines: std::iter::Zip<std::str::Lines<'t>, std::ops::RangeFrom<usize>>,
    /// The number of the line that was read last.
    number: usize,
    /// The number of the line with the path of the file that is being read.
    header: usize,
    patch: Patch,
    /// Whether anything of a diff was met.
    seen: bool,
}

impl<'t> Reader<'t> {
    fn next_line(&mut self) -> Option<&'t str> {
        let (line, number) = self.lines.next()?;
        self.number = number;
        Some(line)
    }

    fn read(&mut self) -> Result<(), PatchError> {
        let mut old_name = None;
        let mut file = None;
        while let Some(line) = self.next_line() {
            if let Some(name) = line.strip_prefix("--- ") {
                old_name = Some(name);
            } else if let (Some(name), Some(old)) = (line.strip_prefix("+++ "), old_name.take()) {
                (self.seen, self.header) = (true, self.number);
                file = header::new_path(old, name);
                if let Some(path) = &file {
                    self.patch.files.entry(path.clone()).or_default();
                }
            } else if line.starts_with("@@") {
                let wrong = PatchError::Hunk { line: self.number, text: line.to_owned() };
                let hunk = Hunk::parse(line).ok_or(wrong)?;
                self.read_hunk(hunk, file.as_deref())?;
            } else if is_file_header(line) {
                (self.seen, file) = (true, None);
            }
        }
        // Ranges of one file may come from several diffs in one text.
        for lines in self.patch.files.values_mut() {
            lines.sort_unstable();
        }
        Ok(())
    }

    fn read_hunk(&mut self, mut hunk: Hunk, path: Option<&str>) -> Result<(), PatchError> {
        while !hunk.is_over() {
            let torn = |reader: &Self| PatchError::Torn { line: reader.number };
            let line = self.next_line().ok_or_else(|| torn(self))?;
            if line.starts_with('\\') {
                continue;
            }
            let added = hunk.take(line).ok_or_else(|| torn(self))?;
            if let (Some(number), Some(path)) = (added, path) {
                let position = u32::try_from(self.number - self.header - 1).unwrap_or(u32::MAX);
                self.patch.add_line(path, number, position);
            }
        }
        Ok(())
    }
}

/// What a file without changed lines shows alone: a rename, a new mode, a binary file.
fn is_file_header(line: &str) -> bool {
    ["diff --git ", "diff --cc ", "diff --combined ", "Index: ", "Binary files ", "Submodule "]
        .iter()
        .any(|header| line.starts_with(header))
}

#[cfg(test)]
mod tests;
