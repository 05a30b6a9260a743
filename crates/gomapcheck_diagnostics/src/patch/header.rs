//! The lines of a diff that say what follows.

/// What is left of a stretch of changed and unchanged lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hunk {
    /// Lines still to come of each file that was changed; several in the diff of a merge.
    old: Vec<u32>,
    /// Lines still to come of the new file.
    new: u32,
    /// The number of the next line of the new file.
    line: u32,
}

impl Hunk {
    /// Reads `@@ -1,2 +3,4 @@ function`, and `@@@ -1,2 -1,2 +3,4 @@@` of a merge.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let marks = line.bytes().take_while(|byte| *byte == b'@').count();
        let (mark, rest) = line.split_at(marks);
        let inside = rest.strip_prefix(' ')?.split(mark).next()?;
        let mut ranges = inside.split_whitespace();
        let mut old = Vec::new();
        for _ in 1..marks {
            old.push(range(ranges.next()?.strip_prefix('-')?)?.1);
        }
        let (line, new) = range(ranges.next()?.strip_prefix('+')?)?;
        (ranges.next().is_none() && rest.contains(mark)).then_some(Self { old, new, line })
    }

    /// Whether all its lines were taken.
    pub(super) fn is_over(&self) -> bool {
        self.new == 0 && self.old.iter().all(|count| *count == 0)
    }

    /// Takes the next line. Gives the number of the line that it adds, if it adds one; nothing at all when the line does not
    /// belong here.
    pub(super) fn take(&mut self, line: &str) -> Option<Option<u32>> {
        // Mail programs drop the blank of a line that holds nothing else, and a file's carriage return may stand for it.
        let is_bare = line.trim_end_matches('\r').is_empty();
        let columns = if is_bare { b"" } else { line.as_bytes().get(..self.old.len())? };
        let column = |index: usize| columns.get(index).copied().unwrap_or(b' ');
        let marks = (0..self.old.len()).map(column);
        let (is_removed, is_added) =
            (marks.clone().any(|mark| mark == b'-'), marks.clone().any(|mark| mark == b'+'));
        if marks.clone().any(|mark| !matches!(mark, b' ' | b'+' | b'-')) {
            return None;
        }
        for (index, count) in self.old.iter_mut().enumerate() {
            let is_in_old = if is_removed { column(index) == b'-' } else { column(index) == b' ' };
            *count = count.checked_sub(u32::from(is_in_old))?;
        }
        if is_removed {
            return Some(None);
        }
        let number = self.line;
        self.new = self.new.checked_sub(1)?;
        self.line = self.line.saturating_add(1);
        Some(is_added.then_some(number))
    }
}

/// Reads `12,3` as a first line and a count; the count is one when it is left out.
fn range(text: &str) -> Option<(u32, u32)> {
    match text.split_once(',') {
        Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    }
}

/// The path of the changed file, from what stands behind `---` and `+++`; none for a file that was deleted.
pub(super) fn new_path(old: &str, new: &str) -> Option<String> {
    let (old, new) = (file_name(old), file_name(new));
    if new == "/dev/null" {
        return None;
    }
    // Git puts a letter before both names, as long as it is not told otherwise.
    let has_letter =
        |name: &str| matches!(name.as_bytes(), [b'a' | b'b' | b'c' | b'i' | b'o' | b'w', b'/', ..]);
    let is_prefixed = has_letter(&new) && (old == "/dev/null" || has_letter(&old));
    let path = if is_prefixed { new.get(2..).unwrap_or_default() } else { &new };
    let path = path.strip_prefix("./").unwrap_or(path);
    (!path.is_empty()).then(|| path.to_owned())
}

/// A name without its quotes, or without the time that may stand behind a tab.
fn file_name(text: &str) -> String {
    let text = text.trim_end_matches('\r');
    match text.strip_prefix('"') {
        Some(quoted) => unquoted(quoted),
        None => text.split('\t').next().unwrap_or_default().to_owned(),
    }
}

/// Reads a name in the way of C, up to the closing quote: bytes beyond ASCII are written `\303\244`.
fn unquoted(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => break,
            b'\\' => match rest.next() {
                Some(digit @ b'0'..=b'7') => {
                    let mut code = u32::from(digit - b'0');
                    for _ in 0..2 {
                        if let Some(digit) = rest.next_if(|digit| matches!(digit, b'0'..=b'7')) {
                            code = code * 8 + u32::from(digit - b'0');
                        }
                    }
                    bytes.push(u8::try_from(code & 0xff).unwrap_or(b'?'));
                }
                Some(escaped) => bytes.push(control(escaped)),
                None => {}
            },
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn control(escaped: u8) -> u8 {
    match escaped {
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        other => other,
    }
}
