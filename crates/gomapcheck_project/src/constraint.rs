//! Build constraint expressions: `//go:build a && !b` and the older `// +build a,!b`.

/// How deeply parentheses may nest; far beyond real constraints, and safely within any stack.
const DEEPEST: u32 = 200;

/// The value of the expression behind `//go:build`, or why it cannot be understood.
pub(crate) fn evaluate(expression: &str, is_set: &dyn Fn(&str) -> bool) -> Result<bool, &'static str> {
    let mut parser = Parser { rest: expression, depth: 0, is_set };
    let value = parser.alternatives()?;
    if parser.peek().is_empty() { Ok(value) } else { Err("unexpected text after the expression") }
}

/// The value of one `// +build` line: blanks mean or, commas and, `!` not. Malformed terms are never satisfied.
pub(crate) fn evaluate_plus_build(arguments: &str, is_set: &dyn Fn(&str) -> bool) -> bool {
    arguments.split_whitespace().any(|alternative| {
        alternative.split(',').all(|term| match term.strip_prefix('!') {
            Some(tag) => is_tag(tag) && !is_set(tag),
            None => is_tag(term) && is_set(term),
        })
    })
}

fn is_tag(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_tag_character)
}

fn is_tag_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

struct Parser<'t> {
    rest: &'t str,
    depth: u32,
    is_set: &'t dyn Fn(&str) -> bool,
}

impl<'t> Parser<'t> {
    fn alternatives(&mut self) -> Result<bool, &'static str> {
        let mut value = self.conjunction()?;
        while self.take("||") {
            value |= self.conjunction()?;
        }
        Ok(value)
    }

    fn conjunction(&mut self) -> Result<bool, &'static str> {
        let mut value = self.negation()?;
        while self.take("&&") {
            value &= self.negation()?;
        }
        Ok(value)
    }

    fn negation(&mut self) -> Result<bool, &'static str> {
        if !self.take("!") {
            return self.atom();
        }
        if self.peek().starts_with('!') {
            return Err("double negation is not allowed");
        }
        Ok(!self.atom()?)
    }

    fn atom(&mut self) -> Result<bool, &'static str> {
        if self.take("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err("too many nested parentheses");
            }
            let value = self.alternatives()?;
            self.depth -= 1;
            return if self.take(")") { Ok(value) } else { Err("missing closing parenthesis") };
        }
        let text = self.peek();
        let end = text.find(|c| !is_tag_character(c)).unwrap_or(text.len());
        let (tag, rest) = text.split_at(end);
        if tag.is_empty() {
            return Err("a tag is missing");
        }
        self.rest = rest;
        Ok((self.is_set)(tag))
    }

    fn take(&mut self, token: &str) -> bool {
        let Some(rest) = self.peek().strip_prefix(token) else { return false };
        self.rest = rest;
        true
    }

    fn peek(&mut self) -> &'t str {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::{evaluate, evaluate_plus_build};

    fn is_set(tag: &str) -> bool {
        ["linux", "amd64", "go1.21"].contains(&tag)
    }

    #[test]
    fn expressions_follow_the_usual_precedence() {
        assert_eq!(evaluate("linux && !cgo", &is_set), Ok(true));
        assert_eq!(evaluate("windows || linux && amd64", &is_set), Ok(true));
        assert_eq!(evaluate("(windows||linux)&&arm64", &is_set), Ok(false));
        assert_eq!(evaluate("!(windows || go1.21)", &is_set), Ok(false));
    }

    #[test]
    fn broken_expressions_say_why() {
        assert_eq!(evaluate("linux &&", &is_set), Err("a tag is missing"));
        assert_eq!(evaluate("(linux", &is_set), Err("missing closing parenthesis"));
        assert_eq!(evaluate("linux amd64", &is_set), Err("unexpected text after the expression"));
        assert_eq!(evaluate("!!linux", &is_set), Err("double negation is not allowed"));
        assert!(evaluate(&"(".repeat(100_000), &is_set).is_err());
    }

    #[test]
    fn the_older_form_reads_blanks_as_or_and_commas_as_and() {
        assert!(evaluate_plus_build("windows linux,amd64", &is_set));
        assert!(!evaluate_plus_build("linux,!amd64", &is_set));
        assert!(!evaluate_plus_build("!!windows", &is_set));
        assert!(!evaluate_plus_build("", &is_set));
    }
}
