use clap::{ArgAction, Args};

use crate::flags::{Color, SWITCH};
use crate::output::format_name::FormatName;
use crate::output::looks::Looks;

/// Which reports are written, where, and how they look.
#[derive(Args, Debug)]
#[command(next_help_heading = "Findings and reports")]
pub(crate) struct OutputFlags {
    #[command(flatten)]
    destinations: DestinationFlags,
    #[command(flatten)]
    looks: LooksFlags,
}

/// The flags that say where a report goes, by their fields, for flags that exclude them.
pub(crate) const DESTINATIONS: [&str; 12] = [
    "text_path",
    "json_path",
    "tab_path",
    "checkstyle_path",
    "code_climate_path",
    "junit_xml_path",
    "teamcity_path",
    "sarif_path",
    "github_actions_path",
    "rdjson_path",
    "rdjsonl_path",
    "out_format",
];

/// Where reports go.
#[derive(Args, Debug)]
struct DestinationFlags {
    /// Write text; PATH is stdout, stderr or a file [default: stdout, unless another format is chosen]
    #[arg(long = "output.text.path", value_name = "PATH")]
    text_path: Option<String>,
    /// Write golangci-lint JSON
    #[arg(long = "output.json.path", value_name = "PATH")]
    json_path: Option<String>,
    /// Write a line for each finding, in columns
    #[arg(long = "output.tab.path", value_name = "PATH")]
    tab_path: Option<String>,
    /// Write Checkstyle XML
    #[arg(long = "output.checkstyle.path", value_name = "PATH")]
    checkstyle_path: Option<String>,
    /// Write Code Climate JSON, GitLab's code quality report
    #[arg(long = "output.code-climate.path", value_name = "PATH")]
    code_climate_path: Option<String>,
    /// Write JUnit XML
    #[arg(long = "output.junit-xml.path", value_name = "PATH")]
    junit_xml_path: Option<String>,
    /// Write TeamCity service messages
    #[arg(long = "output.teamcity.path", value_name = "PATH")]
    teamcity_path: Option<String>,
    /// Write SARIF, for GitHub code scanning
    #[arg(long = "output.sarif.path", value_name = "PATH")]
    sarif_path: Option<String>,
    /// Write GitHub workflow commands, which become annotations
    #[arg(long = "output.github-actions.path", value_name = "PATH")]
    github_actions_path: Option<String>,
    /// Write reviewdog's rdjson
    #[arg(long = "output.rdjson.path", value_name = "PATH")]
    rdjson_path: Option<String>,
    /// Write reviewdog's rdjsonl
    #[arg(long = "output.rdjsonl.path", value_name = "PATH")]
    rdjsonl_path: Option<String>,
    /// golangci-lint 1's way to choose formats: json, line-number, sarif and so on, each with :PATH
    #[arg(long, value_name = "FORMATS")]
    out_format: Option<String>,
}

/// How reports look.
#[derive(Args, Debug)]
struct LooksFlags {
    /// Print the linter's name in text [default: true]
    #[arg(long = "output.text.print-linter-name", value_name = SWITCH, action = ArgAction::Set)]
    text_linter_name: Option<bool>,
    /// Print source lines, traces and advice in text [default: true]
    #[arg(long = "output.text.print-issued-lines", value_name = SWITCH, action = ArgAction::Set)]
    text_issued_lines: Option<bool>,
    /// Allow colours in text [default: true]
    #[arg(long = "output.text.colors", value_name = SWITCH, action = ArgAction::Set)]
    text_colors: Option<bool>,
    /// Print the linter's name in columns [default: true]
    #[arg(long = "output.tab.print-linter-name", value_name = SWITCH, action = ArgAction::Set)]
    tab_linter_name: Option<bool>,
    /// Allow colours in columns [default: true]
    #[arg(long = "output.tab.colors", value_name = SWITCH, action = ArgAction::Set)]
    tab_colors: Option<bool>,
    /// File and line as attributes in JUnit XML [default: false]
    #[arg(long = "output.junit-xml.extended", value_name = SWITCH, action = ArgAction::Set)]
    junit_extended: Option<bool>,
    /// golangci-lint 1's name for both print-linter-name
    #[arg(long, value_name = SWITCH, action = ArgAction::Set, hide = true)]
    print_linter_name: Option<bool>,
    /// golangci-lint 1's name for print-issued-lines
    #[arg(long, value_name = SWITCH, action = ArgAction::Set, hide = true)]
    print_issued_lines: Option<bool>,
    /// Colours in text and columns: auto, always, never
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", hide_possible_values = true)]
    color: Color,
    /// Sort by these, divided by commas: linter, file, severity [default: linter,file]
    #[arg(
        long = "output.sort-order",
        visible_alias = "sort-order",
        value_name = "ORDERS",
        value_delimiter = ','
    )]
    sort_order: Vec<String>,
    /// golangci-lint 1 sorts when asked to; we always do
    #[arg(long, value_name = SWITCH, action = ArgAction::Set, hide = true)]
    sort_results: Option<bool>,
    /// Put this before every reported path
    #[arg(long, visible_alias = "output.path-prefix", value_name = "PREFIX")]
    path_prefix: Option<String>,
    /// abs: report absolute paths; repository: relative to the git repository [default: relative to the configuration, or to
    /// where the run started]
    #[arg(long, visible_alias = "output.path-mode", value_name = "MODE", value_parser = ["abs", "repository", ""], hide_possible_values = true)]
    path_mode: Option<String>,
}

impl OutputFlags {
    /// golangci-lint 1's list of formats.
    pub(super) fn out_format(&self) -> Option<&str> {
        self.destinations.out_format.as_deref()
    }

    /// Whether some flag says where a report goes.
    pub(super) fn say_where(&self) -> bool {
        let is_path = |path: Option<&String>| path.is_some_and(|path| !path.is_empty());
        self.destinations.out_format.is_some() || self.formats().iter().any(|(_, path, _)| is_path(*path))
    }

    /// When colours are used.
    pub(super) fn color(&self) -> Color {
        self.looks.color
    }

    /// What reported paths begin with.
    pub(super) fn path_prefix(&self) -> Option<&str> {
        self.looks.path_prefix.as_deref()
    }

    /// How reported paths begin, if a flag says so.
    pub(super) fn path_mode(&self) -> Option<&str> {
        self.looks.path_mode.as_deref()
    }

    /// What findings are sorted by; empty for the default.
    pub(super) fn sort_order(&self) -> &[String] {
        &self.looks.sort_order
    }

    /// What is said of each format.
    pub(super) fn formats(&self) -> [(FormatName, Option<&String>, Looks); 11] {
        let (paths, looks) = (&self.destinations, &self.looks);
        let text = Looks {
            linter_name: looks.text_linter_name,
            issued_lines: looks.text_issued_lines,
            colors: looks.text_colors,
            ..Looks::NONE
        };
        let tab = Looks { linter_name: looks.tab_linter_name, colors: looks.tab_colors, ..Looks::NONE };
        let junit = Looks { extended: looks.junit_extended, ..Looks::NONE };
        [
            (FormatName::Text, paths.text_path.as_ref(), text),
            (FormatName::Json, paths.json_path.as_ref(), Looks::NONE),
            (FormatName::Tab, paths.tab_path.as_ref(), tab),
            (FormatName::Checkstyle, paths.checkstyle_path.as_ref(), Looks::NONE),
            (FormatName::CodeClimate, paths.code_climate_path.as_ref(), Looks::NONE),
            (FormatName::JunitXml, paths.junit_xml_path.as_ref(), junit),
            (FormatName::TeamCity, paths.teamcity_path.as_ref(), Looks::NONE),
            (FormatName::Sarif, paths.sarif_path.as_ref(), Looks::NONE),
            (FormatName::GithubActions, paths.github_actions_path.as_ref(), Looks::NONE),
            (FormatName::Rdjson, paths.rdjson_path.as_ref(), Looks::NONE),
            (FormatName::Rdjsonl, paths.rdjsonl_path.as_ref(), Looks::NONE),
        ]
    }

    /// The looks of all formats, as golangci-lint 1 says them.
    pub(super) fn common_looks(&self) -> Looks {
        Looks {
            linter_name: self.looks.print_linter_name,
            issued_lines: self.looks.print_issued_lines,
            ..Looks::NONE
        }
    }
}
