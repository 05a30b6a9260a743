use std::io;
use std::path::Path;

use gomapcheck_diagnostics::{Diagnostic, Fingerprint, Severity};

use crate::{
    JsonShape, Notices, TabStyle, TextStyle, checkstyle, code_climate, github_actions, json, junit_xml,
    rdjson, sarif, tab, teamcity, text,
};

/// A shape for reports, with its choices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Lines for people, and for tools that read `FILE:LINE:COLUMN: TEXT`.
    Text(TextStyle),
    /// golangci-lint's JSON.
    Json(JsonShape),
    /// A line a finding, in columns.
    Tab(TabStyle),
    /// Checkstyle's XML.
    Checkstyle,
    /// Code Climate's JSON, which GitLab reads as code quality.
    CodeClimate,
    /// JUnit's XML: a test suite a file, a failed test a finding.
    JunitXml {
        /// Whether tests name file and line in attributes of their own.
        extended: bool,
    },
    /// TeamCity's service messages.
    TeamCity,
    /// SARIF 2.1.0 with what GitHub's code scanning asks for.
    Sarif,
    /// GitHub's workflow commands, which become annotations.
    GithubActions,
    /// reviewdog's diagnostics, one document.
    Rdjson,
    /// reviewdog's diagnostics, a document a line.
    Rdjsonl,
}

/// What reports are made of, whatever their format.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The findings, in the order to print.
    pub diagnostics: &'a [Diagnostic],
    /// What else is to be said.
    pub notices: Notices<'a>,
    /// What is known of each rule.
    pub rules: &'a [RuleDescription],
    /// The absolute directory that fingerprints see paths from.
    pub base: &'a Path,
}

/// A rule as reports describe it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleDescription {
    /// Its name.
    pub name: &'static str,
    /// What is wrong, in a line.
    pub summary: &'static str,
    /// Its documentation in Markdown, with a section `## Why`.
    pub markdown: String,
    /// How much its findings weigh.
    pub severity: Severity,
    /// Whether it is in preview.
    pub preview: bool,
}

impl Format {
    /// The same format without colours, unless `colors` says that they can be shown.
    #[must_use]
    pub fn with_colors(self, colors: bool) -> Self {
        match self {
            Self::Text(style) => Self::Text(TextStyle { colors: style.colors && colors, ..style }),
            Self::Tab(style) => Self::Tab(TabStyle { colors: style.colors && colors, ..style }),
            other => other,
        }
    }

    /// Writes a report.
    ///
    /// # Errors
    /// Those of `writer`.
    pub fn write(self, writer: &mut dyn io::Write, contents: &Contents<'_>) -> io::Result<()> {
        let diagnostics = contents.diagnostics;
        match self {
            Self::Text(style) => text::write_text(writer, diagnostics, style),
            Self::Json(shape) => json::write_json(writer, diagnostics, contents.notices, shape),
            Self::Tab(style) => tab::write_tab(writer, diagnostics, style),
            Self::Checkstyle => checkstyle::write_checkstyle(writer, diagnostics),
            Self::CodeClimate => code_climate::write_code_climate(writer, contents),
            Self::JunitXml { extended } => junit_xml::write_junit_xml(writer, diagnostics, extended),
            Self::TeamCity => teamcity::write_teamcity(writer, diagnostics),
            Self::Sarif => sarif::write_sarif(writer, contents),
            Self::GithubActions => github_actions::write_github_actions(writer, diagnostics),
            Self::Rdjson => rdjson::write_rdjson(writer, diagnostics),
            Self::Rdjsonl => rdjson::write_rdjsonl(writer, diagnostics),
        }
    }
}

impl<'a> Contents<'a> {
    /// The findings with their fingerprints.
    pub(crate) fn with_fingerprints(&self) -> impl Iterator<Item = (&'a Diagnostic, Fingerprint)> + use<'a> {
        self.diagnostics.iter().zip(Fingerprint::of_all(self.diagnostics, self.base))
    }
}
