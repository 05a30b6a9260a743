use std::fmt;

/// A place in a file as people and Go's tools write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, counted in bytes as Go counts.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where each line of a text begins. Building takes one pass over the text, a look-up a binary search.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

impl LineIndex {
    /// Indexes a text of less than 4 GiB. Only `\n` ends a line, as in Go.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| to_u32(i + 1)));
        Self { starts, length: to_u32(text.len()) }
    }

    /// The position of a byte offset; one past the end counts as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.length);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Position { line: to_u32(line), column: offset - start + 1 }
    }

    /// The column of a byte offset, from 1, counted in UTF-16 code units as SARIF, editors and web pages count. `text` is the
    /// indexed text; in any other one the bytes are counted.
    #[must_use]
    pub fn utf16_column(&self, text: &str, offset: u32) -> u32 {
        let column = self.position(offset).column;
        let offset = offset.min(self.length);
        let before = text.get((offset - (column - 1)) as usize..offset as usize);
        before.map_or(column, |before| to_u32(before.encode_utf16().count() + 1))
    }

    /// The number of lines; an unfinished last one counts, an empty one does not.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        let lines = to_u32(self.starts.len());
        if self.starts.last() == Some(&self.length) { lines - 1 } else { lines }
    }

    /// The byte range of a line (from 1) without its line feed; empty for a line that does not exist.
    #[must_use]
    pub fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        let Some(start) = (line as usize).checked_sub(1).and_then(|i| self.starts.get(i)) else {
            return 0..0;
        };
        let end = self.starts.get(line as usize).map_or(self.length, |next| next - 1);
        *start as usize..end as usize
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_columns_count_code_units() {
        let text = "a\n\u{1F600}é b\n";
        let index = LineIndex::new(text);
        let columns =
            ["a", "é", "b"].map(|needle| text.find(needle).map(|at| index.utf16_column(text, to_u32(at))));
        assert_eq!(columns, [Some(1), Some(3), Some(5)]);
        assert_eq!(index.utf16_column(text, 99), 1, "one past the end counts as the end");
        assert_eq!(index.utf16_column(text, 3), 2, "inside a character, bytes count");
    }

    #[test]
    fn positions_count_bytes_from_one() {
        let index = LineIndex::new("a\né b\n");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(5), Position { line: 2, column: 4 });
        assert_eq!(index.position(99), Position { line: 3, column: 1 });
        assert_eq!(index.line_count(), 2);
        assert_eq!(index.line_range(2), 2..6);
    }
}
