use std::fmt;
use std::str::FromStr;

/// How well a finding is shown; ordered from weak to strong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    /// The type looks shared, but the object may differ.
    Possible,
    /// The map's own discipline is broken, or a server's callbacks run in parallel.
    Likely,
    /// Both accesses and what makes them parallel are shown.
    Certain,
}

/// How much a finding weighs; ordered from light to heavy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth changing.
    Warning,
    /// Ends the program when it happens.
    Error,
}

/// A word that names no level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseLevelError {
    given: String,
    known: &'static str,
}

impl fmt::Display for ParseLevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not one of {}", self.given, self.known)
    }
}

impl std::error::Error for ParseLevelError {}

impl Confidence {
    /// The level in lower case, as flags and reports write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl Severity {
    /// The level in lower case, as flags and reports write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One level lighter.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Confidence {
    type Err = ParseLevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Possible, Self::Likely, Self::Certain]
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or_else(|| ParseLevelError { given: text.to_owned(), known: "certain, likely, possible" })
    }
}

impl FromStr for Severity {
    type Err = ParseLevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Info, Self::Warning, Self::Error]
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or_else(|| ParseLevelError { given: text.to_owned(), known: "error, warning, info" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_as_they_are_written() {
        for level in [Confidence::Possible, Confidence::Likely, Confidence::Certain] {
            assert_eq!(level.as_str().parse(), Ok(level));
        }
        let error = "sure".parse::<Confidence>().unwrap_err();
        assert_eq!(error.to_string(), "\"sure\" is not one of certain, likely, possible");
    }

    #[test]
    fn certain_is_stronger_than_possible() {
        assert!(Confidence::Certain > Confidence::Likely && Confidence::Likely > Confidence::Possible);
        assert_eq!(Severity::Error.lowered(), Severity::Warning);
    }
}
