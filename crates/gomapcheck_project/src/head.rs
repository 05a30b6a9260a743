//! The head of a source file (constraints, package clause, imports), found without parsing the rest.

use memchr::memchr;
use std::ops::Range;

/// What the head of a file says.
#[derive(Debug, Default)]
pub(crate) struct Head<'t> {
    /// The name in the package clause, if there is one.
    pub(crate) package: Option<&'t str>,
    /// The path in a comment `// import "path"` behind the package clause, which old trees carry.
    pub(crate) import_comment: Option<&'t str>,
    /// Where the import paths stand, quotes included.
    pub(crate) imports: Vec<Range<usize>>,
    /// Whether a comment before the package clause says `// Code generated … DO NOT EDIT.`
    pub(crate) generated: bool,
    /// What must hold for the file to be built.
    pub(crate) constraint: Constraint<'t>,
}

/// A file's build constraint as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Constraint<'t> {
    /// None.
    #[default]
    Absent,
    /// The expression behind `//go:build`, which makes `// +build` lines void.
    Expression(&'t str),
    /// What stands behind `// +build`; every line must hold.
    PlusBuild(Vec<&'t str>),
    /// Go forbids several `//go:build` lines.
    SeveralExpressions,
}

/// Scans the head of `text`.
pub(crate) fn scan(text: &str) -> Head<'_> {
    let mut scanner = Scanner { text, offset: 0 };
    let mut head = Head { constraint: constraint(text), ..Head::default() };
    scanner.skip_blanks(|comment| head.generated |= says_generated(comment));
    if scanner.word() != "package" {
        return head;
    }
    scanner.skip_blanks(|_| ());
    let name = scanner.word();
    if name.is_empty() {
        return head;
    }
    head.package = Some(name);
    head.import_comment = import_comment(scanner.rest());
    scan_imports(&mut scanner, &mut head.imports);
    head
}

fn scan_imports(scanner: &mut Scanner<'_>, imports: &mut Vec<Range<usize>>) {
    loop {
        scanner.skip_separators();
        if scanner.word() != "import" {
            return;
        }
        scanner.skip_blanks(|_| ());
        if !scanner.take('(') {
            if !scan_import(scanner, imports) {
                return;
            }
            continue;
        }
        loop {
            scanner.skip_separators();
            if scanner.take(')') {
                break;
            }
            if !scan_import(scanner, imports) {
                return;
            }
        }
    }
}

/// Scans `"path"`, `name "path"`, `. "path"` or `_ "path"`.
fn scan_import(scanner: &mut Scanner<'_>, imports: &mut Vec<Range<usize>>) -> bool {
    if !scanner.take('.') {
        scanner.word();
    }
    scanner.skip_blanks(|_| ());
    let start = scanner.offset;
    let found = scanner.skip_string();
    if found {
        imports.push(start..scanner.offset);
    }
    found
}

struct Scanner<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    /// Skips blanks, line ends and comments, showing each comment to `visit`.
    fn skip_blanks(&mut self, mut visit: impl FnMut(&'t str)) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
            self.offset += rest.len() - trimmed.len();
            let length = comment_length(trimmed);
            if length == 0 {
                return;
            }
            visit(&trimmed[..length]);
            self.offset += length;
        }
    }

    fn skip_separators(&mut self) {
        self.skip_blanks(|_| ());
        while self.take(';') {
            self.skip_blanks(|_| ());
        }
    }

    fn take(&mut self, token: char) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.offset += token.len_utf8();
        }
        found
    }

    /// Takes an identifier or keyword; empty if none stands here.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        self.offset += end;
        &rest[..end]
    }

    fn skip_string(&mut self) -> bool {
        let rest = self.rest().as_bytes();
        let Some(quote @ (b'"' | b'`')) = rest.first().copied() else { return false };
        let Some(length) = memchr(quote, &rest[1..]) else { return false };
        let is_broken = quote == b'"' && memchr(b'\n', &rest[1..=length]).is_some();
        if !is_broken {
            self.offset += length + 2;
        }
        !is_broken
    }
}

/// The length of the comment at the start of `text`, without a line comment's line feed; 0 if there is none.
fn comment_length(text: &str) -> usize {
    if text.starts_with("//") {
        memchr(b'\n', text.as_bytes()).unwrap_or(text.len())
    } else if let Some(inside) = text.strip_prefix("/*") {
        inside.find("*/").map_or(text.len(), |length| length + 4)
    } else {
        0
    }
}

fn says_generated(comment: &str) -> bool {
    // The text between may be empty, but then both blanks around it are needed.
    let says = |line: &str| {
        line.strip_prefix("// Code generated ").is_some_and(|rest| rest.ends_with(" DO NOT EDIT."))
    };
    comment.split('\n').any(|line| says(line.trim_end_matches('\r')))
}

/// Reads `// import "path"` or `/* import "path" */` on the rest of the package clause's line.
fn import_comment(rest: &str) -> Option<&str> {
    let line = rest.lines().next()?.trim_start_matches([' ', '\t', ';']);
    let comment = line.strip_prefix("//").or_else(|| line.strip_prefix("/*"))?;
    let quoted = comment.trim_start().strip_prefix("import")?.trim_start();
    let path = quoted.strip_prefix('"')?;
    path.split_once('"').map(|(path, _)| path).filter(|path| !path.is_empty())
}

/// Finds the constraint among the leading comments.
///
/// A `//go:build` line counts anywhere before the package clause; a `// +build` line only among the leading `//` comments,
/// and only where a blank line divides it from what follows, lest a package comment be taken for a constraint.
fn constraint(text: &str) -> Constraint<'_> {
    let mut expression = None;
    let mut plus_build = Vec::new();
    let mut settled = 0;
    let mut only_line_comments = true;
    let mut in_block = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            if only_line_comments {
                settled = plus_build.len();
            }
            continue;
        }
        only_line_comments &= line.starts_with("//");
        if !in_block && let Some(found) = go_build_line(line) {
            if expression.is_some() {
                return Constraint::SeveralExpressions;
            }
            expression = Some(found);
        }
        if only_line_comments {
            plus_build.extend(plus_build_line(line));
        } else if !is_comment_to_its_end(line, &mut in_block) {
            break;
        }
    }
    if let Some(expression) = expression {
        return Constraint::Expression(expression);
    }
    plus_build.truncate(settled);
    if plus_build.is_empty() { Constraint::Absent } else { Constraint::PlusBuild(plus_build) }
}

fn go_build_line(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("//go:build")?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

fn plus_build_line(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("//")?.trim_start().strip_prefix("+build")?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// Whether the line holds nothing but comments; `in_block` says whether a block comment is open before and after it.
fn is_comment_to_its_end(mut line: &str, in_block: &mut bool) -> bool {
    loop {
        if *in_block {
            let Some((_, behind)) = line.split_once("*/") else { return true };
            *in_block = false;
            line = behind.trim_start();
        } else if line.is_empty() || line.starts_with("//") {
            return true;
        } else if let Some(inside) = line.strip_prefix("/*") {
            *in_block = true;
            line = inside;
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Constraint, scan};

    fn imports(text: &str) -> Vec<&str> {
        scan(text).imports.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn finds_the_package_and_its_imports() {
        let text = "// Package a is.\npackage a // why\n\nimport \"fmt\"\nimport (\n\tx \"net/http\"; . \"os\" // c\n\t_ `embed`\n\n)\nimport \"C\"\nvar import_ = 1\n";
        assert_eq!(scan(text).package, Some("a"));
        assert_eq!(imports(text), ["\"fmt\"", "\"net/http\"", "\"os\"", "`embed`", "\"C\""]);
    }

    #[test]
    fn copes_with_any_layout() {
        assert_eq!(scan("\r\n/* a */ package /* b */ x;import\"fmt\"").package, Some("x"));
        assert_eq!(imports("package x;import\"fmt\";import\r\n(\"os\")"), ["\"fmt\"", "\"os\""]);
        assert_eq!(scan("   package \u{e4}\u{f6}").package, Some("\u{e4}\u{f6}"));
        assert_eq!(scan("func main() {}").package, None);
        assert_eq!(scan("package").package, None);
        assert_eq!(scan("/* package a").package, None);
        assert_eq!(imports("package a\nimport \"x"), Vec::<&str>::new());
        assert_eq!(imports("package a\nimport (\"x\""), ["\"x\""]);
    }

    #[test]
    fn generated_code_says_so_before_the_package_clause() {
        assert!(scan("// Code generated by x. DO NOT EDIT.\r\n\npackage a").generated);
        assert!(scan("// Code generated  DO NOT EDIT.\npackage a").generated);
        assert!(!scan("// Code generated DO NOT EDIT.\npackage a").generated);
        assert!(!scan("// Code generated by x; DO NOT EDIT\npackage a").generated);
        assert!(!scan("package a\n// Code generated by x. DO NOT EDIT.\n").generated);
    }

    #[test]
    fn go_build_counts_anywhere_before_the_package_clause() {
        assert_eq!(scan("//go:build a && b\n\npackage a").constraint, Constraint::Expression("a && b"));
        assert_eq!(scan("/* c */\n//go:build a\npackage a").constraint, Constraint::Expression("a"));
        assert_eq!(scan("/*\n//go:build a\n*/\npackage a").constraint, Constraint::Absent);
        assert_eq!(scan("package a\n//go:build b\n").constraint, Constraint::Absent);
        assert_eq!(scan("//go:build a\n//go:build b\n").constraint, Constraint::SeveralExpressions);
        assert_eq!(scan("//go:builder a\npackage a").constraint, Constraint::Absent);
    }

    #[test]
    fn plus_build_needs_a_blank_line_behind() {
        let text = "// Copyright\n\n// +build a,!b\n//+build c d\n\npackage a";
        assert_eq!(scan(text).constraint, Constraint::PlusBuild(vec!["a,!b", "c d"]));
        assert_eq!(scan("// +build a\npackage a").constraint, Constraint::Absent);
        assert_eq!(scan("/* c */\n// +build a\n\npackage a").constraint, Constraint::Absent);
        assert_eq!(scan("//go:build a\n// +build b\n\npackage a").constraint, Constraint::Expression("a"));
    }

    #[test]
    fn import_comments_name_the_path() {
        assert_eq!(scan("package a // import \"x.org/a\"\n").import_comment, Some("x.org/a"));
        assert_eq!(scan("package a /* import \"x.org/a\" */\n").import_comment, Some("x.org/a"));
        assert_eq!(scan("package a // imports nothing\n").import_comment, None);
    }
}
