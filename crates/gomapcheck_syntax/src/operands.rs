//! Operands that the grammar takes for types, under names that it does not.
//!
//! At `a.b` or `f(` the parser does not know whether a variable or a type is named, and reads on both ways until it does:
//! a tenth of the time of a parse. Where what stands around it tells that no type can be meant (a conversion is a call
//! too), the name is replaced by that of a constant. Other bytes become names or blanks, so that no offset changes; the
//! IR's names come from the file's own text.
//!
//! Where a name is declared or a type stands after all, the constant is an error, and the file is parsed as it is.

use crate::lexical::{is_identifier_byte, marks};

/// The operand that no type can be.
const OPERAND: &[u8] = b"nil";

/// What ends an operand, and the braces around it.
static MARKS: [bool; 256] = marks(b".({}");

/// Renames operands. Linear.
pub(crate) fn rename_operands(text: &mut [u8]) {
    let mut renaming = Renaming { text, at: 0, interfaces: Vec::new() };
    while renaming.step() {}
}

struct Renaming<'text> {
    text: &'text mut [u8],
    at: usize,
    /// For each open brace whether methods are declared behind it.
    interfaces: Vec<bool>,
}

impl Renaming<'_> {
    /// Passes over all up to the next mark and what belongs to it; `false` at the end of the text.
    fn step(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(offset) = rest.iter().position(|byte| MARKS[usize::from(*byte)]) else { return false };
        let mark = self.at + offset;
        self.at = mark + 1;
        match self.text[mark] {
            b'.' => self.selector(mark),
            b'(' => self.call(mark),
            brace if !self.is_quoted(mark) => self.brace(brace, mark),
            _ => {}
        }
        true
    }

    /// Whether the byte at `at` is a character.
    fn is_quoted(&self, at: usize) -> bool {
        at > 0 && self.text[at - 1] == b'\'' && self.text.get(at + 1) == Some(&b'\'')
    }

    fn brace(&mut self, brace: u8, at: usize) {
        if brace == b'{' {
            self.interfaces.push(self.text[..at].trim_ascii_end().ends_with(b"interface"));
        } else {
            self.interfaces.pop();
        }
    }

    /// Where the name before `end` begins, if there is one and nothing before it that it belongs to.
    fn name_before(&self, end: usize) -> Option<usize> {
        let before = &self.text[..end];
        let start = before.iter().rposition(|byte| !is_identifier_byte(*byte)).map_or(0, |last| last + 1);
        let is_name = before.get(start).is_some_and(|first| !first.is_ascii_digit());
        // A star may be part of a type: `[]*T(x)`. A selector's dot may stand on the line before.
        let around = before[..start].iter().rfind(|byte| **byte != b'*');
        let is_first = around.is_none_or(|byte| !matches!(byte, b'.' | b')' | b']'))
            && !before[..start].trim_ascii_end().ends_with(b".");
        (is_name && is_first).then_some(start)
    }

    /// At the dot of `a.b`.
    fn selector(&mut self, dot: usize) {
        let Some(start) = self.name_before(dot) else { return };
        let member = self.text[self.at..].iter().take_while(|byte| is_identifier_byte(**byte)).count();
        let end = self.at + member;
        if member == 0 || end - start < OPERAND.len() + 2 || !self.is_expression(start, end) {
            return;
        }
        let (operand, member) = self.text[start..end].split_at_mut(OPERAND.len());
        operand.copy_from_slice(OPERAND);
        member.fill(b'x');
        member[0] = b'.';
        self.at = end;
    }

    /// Whether a selector, the first of its chain, can be no type: it is called, selected from, computed with or assigned to.
    fn is_expression(&self, start: usize, end: usize) -> bool {
        match self.text[end..] {
            [b'(' | b'.', ..] | [b'+', b'+', ..] | [b'-', b'-', ..] => true,
            [b' ', b'=', b' ', ..] => {
                // Else it may be the type of a variable.
                let before = &self.text[..start];
                before.iter().rfind(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b'\n')
            }
            [b' ', b'<' | b'>' | b'+' | b'-' | b'/' | b'%', b' ' | b'=', ..]
            | [b' ', b'=' | b'!', b'=', ..]
            | [b' ', b'&', b'&', ..]
            | [b' ', b'|', b'|', ..] => true,
            _ => false,
        }
    }

    /// At the parenthesis of `f(`.
    fn call(&mut self, parenthesis: usize) {
        if self.interfaces.last() == Some(&true) {
            return;
        }
        let Some(start) = self.name_before(parenthesis) else { return };
        if parenthesis - start < OPERAND.len() || self.is_declared_or_keyword(start, parenthesis) {
            return;
        }
        let (operand, rest) = self.text[start..parenthesis].split_at_mut(OPERAND.len());
        operand.copy_from_slice(OPERAND);
        rest.fill(b' ');
    }

    /// Whether a name before a parenthesis is that of a function's declaration, or takes something other than operands.
    fn is_declared_or_keyword(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].trim_ascii_end();
        before.ends_with(b")")
            || before.ends_with(b"func")
            || matches!(
                &self.text[start..end],
                b"func"
                    | b"make"
                    | b"new"
                    | b"case"
                    | b"for"
                    | b"return"
                    | b"switch"
                    | b"range"
                    | b"defer"
                    | b"select"
                    | b"import"
                    | b"const"
                    | b"var"
                    | b"type"
                    | b"map"
                    | b"chan"
                    | b"struct"
                    | b"interface"
                    | b"else"
                    | b"package"
                    | b"goto"
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(text: &str) -> String {
        let mut text = text.as_bytes().to_vec();
        rename_operands(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    #[test]
    fn operands_that_can_be_no_type_are_renamed() {
        assert_eq!(renamed("t.Errorf(a.b.c)"), "nil.xxxx(a.b.c)");
        assert_eq!(renamed("server.mu.Lock()"), "nil.xxxxx.Lock()");
        assert_eq!(renamed("if s.size == s.limit {"), "if nil.xx == s.limit {");
        assert_eq!(renamed("{\n\ts.size = 1\n"), "{\n\tnil.xx = 1\n");
        assert_eq!(renamed("x := append(x, string(y))"), "x := nil   (x, nil   (y))");
    }

    #[test]
    fn what_may_be_a_type_stays() {
        for text in [
            "var x a.Type",
            "var x a.Type = y",
            "type U interface{ a.Type | b.Type }",
            "func(a.Type, b.Type)",
            "a.Type{}",
            "[]a.Type(x)",
            "[]*Type(x)",
            "f(x).name(y)",
            "f(x).\n\t\tname(y)",
            "1.e5(",
            "a.b(",
        ] {
            assert_eq!(renamed(text), text);
        }
    }

    #[test]
    fn what_is_declared_stays() {
        for text in [
            "func name(x int) (err error) {}",
            "func (t T) name(x int) {}",
            "type I interface {\n\tname(x int)\n\tother(func(y int))\n}",
            "var r = '{'; type I interface { name() }",
            "import (\n)\nvar (\n)",
        ] {
            assert_eq!(renamed(text), text);
        }
        assert_eq!(
            renamed("type I interface { name() }\nvar x = name()"),
            "type I interface { name() }\nvar x = nil ()"
        );
    }
}
