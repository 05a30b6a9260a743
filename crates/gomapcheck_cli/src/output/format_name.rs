use gomapcheck_report::{Format, JsonShape, TabStyle, TextStyle};

use crate::error::CliError;
use crate::output::looks::Looks;

/// A format by its name in golangci-lint 2's flags and settings, or by one of its own kind that golangci-lint 2 lacks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum FormatName {
    Text,
    Json,
    Tab,
    Checkstyle,
    CodeClimate,
    JunitXml,
    TeamCity,
    Sarif,
    GithubActions,
    Rdjson,
    Rdjsonl,
}

impl FormatName {
    /// All formats with their names, in the order in which reports are written.
    const ALL: [(Self, &'static str); 11] = [
        (Self::Text, "text"),
        (Self::Json, "json"),
        (Self::Tab, "tab"),
        (Self::Checkstyle, "checkstyle"),
        (Self::CodeClimate, "code-climate"),
        (Self::JunitXml, "junit-xml"),
        (Self::TeamCity, "teamcity"),
        (Self::Sarif, "sarif"),
        (Self::GithubActions, "github-actions"),
        (Self::Rdjson, "rdjson"),
        (Self::Rdjsonl, "rdjsonl"),
    ];

    /// The names of all formats.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(_, name)| name)
    }

    /// The format with this name; `None` for one that we do not write.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(format, _)| format)
    }

    /// The format in these looks. Colours mean that they may be used, not that they are.
    pub(crate) fn in_looks(self, looks: Looks) -> Format {
        let colors = looks.colors.unwrap_or(true);
        let linter_name = looks.linter_name.unwrap_or(true);
        match self {
            Self::Text => {
                Format::Text(TextStyle { colors, linter_name, details: looks.issued_lines.unwrap_or(true) })
            }
            Self::Json => Format::Json(JsonShape::V2),
            Self::Tab => Format::Tab(TabStyle { colors, linter_name }),
            Self::Checkstyle => Format::Checkstyle,
            Self::CodeClimate => Format::CodeClimate,
            Self::JunitXml => Format::JunitXml { extended: looks.extended.unwrap_or(false) },
            Self::TeamCity => Format::TeamCity,
            Self::Sarif => Format::Sarif,
            Self::GithubActions => Format::GithubActions,
            Self::Rdjson => Format::Rdjson,
            Self::Rdjsonl => Format::Rdjsonl,
        }
    }
}

/// The names of golangci-lint 1 that mean a format with its looks.
const FIRST_SERIES: [(&str, FormatName, Looks); 4] = [
    ("line-number", FormatName::Text, Looks { colors: Some(false), ..Looks::NONE }),
    ("colored-line-number", FormatName::Text, Looks::NONE),
    ("colored-tab", FormatName::Tab, Looks::NONE),
    ("junit-xml-extended", FormatName::JunitXml, Looks { extended: Some(true), ..Looks::NONE }),
];

/// The format that golangci-lint 1 knows by this name, in `looks` as far as the name leaves them open.
///
/// # Errors
/// For a name that is none.
pub(crate) fn of_first_series(name: &str, looks: Looks) -> Result<Format, CliError> {
    let special = FIRST_SERIES.into_iter().find(|(known, ..)| *known == name);
    if let Some((_, format, named)) = special {
        return Ok(format.in_looks(named.or(looks)));
    }
    match FormatName::parse(name) {
        Some(FormatName::Json) => Ok(Format::Json(JsonShape::V1)),
        Some(FormatName::Tab) => {
            Ok(FormatName::Tab.in_looks(Looks { colors: Some(false), ..Looks::NONE }.or(looks)))
        }
        Some(format) if format != FormatName::Text => Ok(format.in_looks(looks)),
        _ => {
            let names = FormatName::names().filter(|name| *name != "text");
            let known: Vec<&str> = FIRST_SERIES.iter().map(|(name, ..)| *name).chain(names).collect();
            let known = known.join(", ");
            Err(CliError::Usage(format!("{name} is no value for --out-format; it takes {known}")))
        }
    }
}
