use std::fmt;

use ustr::Ustr;

/// An interned string: an identifier, an import path, a label.
///
/// Copying and comparing for equality cost one word; [`Name::as_str`] takes no lock. Names order by their text, so that
/// nothing printed depends on the order in which threads interned them. Interned text lives until the process ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name(Ustr);

impl Name {
    /// Interns `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Ustr::from(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.as_str()
    }

    /// Whether this is Go's blank identifier `_`.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self.as_str() == "_"
    }

    /// Whether Go exports an identifier of this name: it begins with an upper-case letter.
    #[must_use]
    pub fn is_exported(self) -> bool {
        self.as_str().chars().next().is_some_and(char::is_uppercase)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
