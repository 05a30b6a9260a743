/// How a report looks; `None` where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Looks {
    /// Whether the linter's name is printed.
    pub(crate) linter_name: Option<bool>,
    /// Whether source lines, evidence and advice are printed.
    pub(crate) issued_lines: Option<bool>,
    /// Whether colours may be used.
    pub(crate) colors: Option<bool>,
    /// Whether JUnit's tests have file and line in attributes.
    pub(crate) extended: Option<bool>,
}

impl Looks {
    /// Nothing is said.
    pub(crate) const NONE: Self =
        Self { linter_name: None, issued_lines: None, colors: None, extended: None };

    /// These looks, and where they say nothing, the others.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            linter_name: self.linter_name.or(other.linter_name),
            issued_lines: self.issued_lines.or(other.issued_lines),
            colors: self.colors.or(other.colors),
            extended: self.extended.or(other.extended),
        }
    }
}
