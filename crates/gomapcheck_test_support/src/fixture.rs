//! Reading what a Go file expects of the analysis.

use regex::Regex;
use thiserror::Error;

/// The name of the case that holds everything outside functions.
const OUTSIDE_FUNCTIONS: &str = "package";

/// Where the finding that meets an expectation may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// `// want`: on this line, or naming this line as the other access.
    Line,
    /// `// want-map`: anywhere in the file, exactly once.
    File,
}

/// At which confidence the expectation holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strength {
    /// Reported by default.
    Default,
    /// `// want-possible`: reported with `--min-confidence possible` at the latest.
    Possible,
}

/// One expected finding.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The line of the comment, counted from 1.
    pub line: u32,
    /// Where the finding may stand.
    pub scope: Scope,
    /// At which confidence it is expected.
    pub strength: Strength,
    /// The rule's name, if the comment gives one.
    pub rule: Option<String>,
    /// What the finding's text must match.
    pub pattern: Regex,
}

/// A Go file with its expectations.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The path as reports give it: relative to the module, with slashes.
    pub path: String,
    /// The expectations, by line.
    pub expectations: Vec<Expectation>,
    functions: Vec<Function>,
}

#[derive(Clone, Debug)]
struct Function {
    name: String,
    first_line: u32,
    last_line: u32,
}

/// A comment that looks like an expectation and is none.
#[derive(Debug, Error)]
pub enum FixtureError {
    /// No quoted pattern where one must stand.
    #[error("{path}:{line}: a pattern in quotes or backquotes must follow, not `{rest}`")]
    NoPattern {
        /// The fixture.
        path: String,
        /// The line of the comment.
        line: u32,
        /// What stands there instead.
        rest: String,
    },
    /// The pattern is not a regular expression.
    #[error("{path}:{line}: {source}")]
    BadPattern {
        /// The fixture.
        path: String,
        /// The line of the comment.
        line: u32,
        /// What is wrong with it.
        source: regex::Error,
    },
}

impl Fixture {
    /// Reads the expectations of one Go file.
    ///
    /// # Errors
    /// When a `// want` comment cannot be read: a fixture that expects nothing by mistake would prove nothing.
    pub fn parse(path: &str, text: &str) -> Result<Self, FixtureError> {
        let mut expectations = Vec::new();
        for (line, content) in (1..).zip(text.lines()) {
            expectations.extend(parse_line(path, line, content)?);
        }
        Ok(Self { path: path.to_owned(), expectations, functions: functions(text) })
    }

    /// The case a line belongs to: `Function`, `Type.Method`, or `package` outside functions.
    #[must_use]
    pub fn case(&self, line: u32) -> &str {
        let after = self.functions.partition_point(|function| function.first_line <= line);
        match after.checked_sub(1).and_then(|index| self.functions.get(index)) {
            Some(function) if line <= function.last_line => &function.name,
            _ => OUTSIDE_FUNCTIONS,
        }
    }

    /// The cases in the order of the file.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(|function| function.name.as_str())
    }
}

/// The forms of the comment, longest first, since one begins with the other.
const MARKERS: [(&str, Scope, Strength); 3] = [
    ("// want-possible ", Scope::Line, Strength::Possible),
    ("// want-map ", Scope::File, Strength::Default),
    ("// want ", Scope::Line, Strength::Default),
];

fn parse_line(path: &str, line: u32, content: &str) -> Result<Vec<Expectation>, FixtureError> {
    let found = MARKERS
        .iter()
        .find_map(|(marker, scope, strength)| Some((content.split_once(marker)?.1, *scope, *strength)));
    let Some((mut rest, scope, strength)) = found else { return Ok(Vec::new()) };
    let mut expectations = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with("//") {
            return Ok(expectations);
        }
        let (rule, after_rule) = leading_rule(rest);
        let (pattern, after_pattern) = quoted(after_rule).ok_or_else(|| FixtureError::NoPattern {
            path: path.to_owned(),
            line,
            rest: rest.to_owned(),
        })?;
        let pattern = Regex::new(&pattern).map_err(|source| FixtureError::BadPattern {
            path: path.to_owned(),
            line,
            source,
        })?;
        expectations.push(Expectation { line, scope, strength, rule, pattern });
        rest = after_pattern;
    }
}

fn leading_rule(text: &str) -> (Option<String>, &str) {
    let end = text.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(text.len());
    let (rule, rest) = text.split_at(end);
    ((!rule.is_empty()).then(|| rule.to_owned()), rest.trim_start())
}

/// A string in Go's quotes (with `\"` and `\\` only) or backquotes, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix('`') {
        let (pattern, rest) = rest.split_once('`')?;
        return Some((pattern.to_owned(), rest));
    }
    let body = text.strip_prefix('"')?;
    let mut pattern = String::new();
    let mut characters = body.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((pattern, &body[index + 1..])),
            '\\' => pattern.push(characters.next()?.1),
            other => pattern.push(other),
        }
    }
    None
}

/// The functions of a gofmt'ed file: they begin with `func` and end with `}` in the first column.
fn functions(text: &str) -> Vec<Function> {
    let mut functions = Vec::<Function>::new();
    let mut open = false;
    for (line, content) in (1..).zip(text.lines()) {
        if let Some(header) = content.strip_prefix("func ") {
            functions.push(Function { name: function_name(header), first_line: line, last_line: line });
            open = !content.ends_with('}');
        } else if open && let Some(function) = functions.last_mut() {
            function.last_line = line;
            open = !content.starts_with('}');
        }
    }
    functions
}

/// `(s *Store[K]) Get(k K)` is `Store.Get`, `Get[K any](k K)` is `Get`.
fn function_name(header: &str) -> String {
    let name_of = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some((receiver, rest)) = header.strip_prefix('(').and_then(|text| text.split_once(')')) else {
        return name_of(header);
    };
    let receiver_type = match receiver.split_once(' ') {
        Some((name, ty)) if !name.contains('[') => ty,
        _ => receiver,
    };
    let receiver_type = receiver_type.trim_start_matches('*');
    format!("{}.{}", name_of(receiver_type), name_of(rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

    use super::*;

    #[test]
    fn a_comment_names_rule_and_pattern() {
        let fixture =
            Fixture::parse("a.go", "m[k] = v // want concurrent-map-write \"m\" `a \"b\"`").unwrap();
        let seen: Vec<_> =
            fixture.expectations.iter().map(|e| (e.line, e.rule.as_deref(), e.pattern.as_str())).collect();
        assert_eq!(seen, [(1, Some("concurrent-map-write"), "m"), (1, None, "a \"b\"")]);
    }

    #[test]
    fn a_comment_may_stand_behind_another() {
        let fixture = Fixture::parse("a.go", "x int // guarded by mu // want-map \"x\"").unwrap();
        assert_eq!(fixture.expectations[0].scope, Scope::File);
    }

    #[test]
    fn escapes_in_quotes_are_taken_off_once() {
        let fixture = Fixture::parse("a.go", r#"f() // want "a\\.b \"c\"""#).unwrap();
        assert_eq!(fixture.expectations[0].pattern.as_str(), r#"a\.b "c""#);
    }

    #[test]
    fn a_comment_without_pattern_is_an_error() {
        let error = Fixture::parse("a.go", "\n// want concurrent-map-write").unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.go:2: a pattern in quotes or backquotes must follow, not `concurrent-map-write`"
        );
    }

    #[test]
    fn lines_belong_to_functions_and_methods() {
        let text = "var m = 1\nfunc A() {\n\tx()\n}\n\nfunc (s *Store[K, V]) Get(k K) V {\n\ty()\n}\nfunc one() {}\nvar n = 2\n";
        let fixture = Fixture::parse("a.go", text).unwrap();
        let cases: Vec<_> = (1..=10).map(|line| fixture.case(line)).collect();
        assert_eq!(
            cases,
            ["package", "A", "A", "A", "package", "Store.Get", "Store.Get", "Store.Get", "one", "package"]
        );
    }
}
