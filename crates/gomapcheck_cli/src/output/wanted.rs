//! Which reports the flags and the configuration ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use gomapcheck_report::Format;

use crate::config::{self, Config, Dialect};
use crate::error::CliError;
use crate::output::flags::OutputFlags;
use crate::output::format_name::{FormatName, of_first_series};
use crate::output::looks::Looks;

/// A report to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Report {
    /// Its format; colours in it may be used, if the destination shows them.
    pub(super) format: Format,
    /// Where it goes.
    pub(super) destination: Destination,
}

/// Where a report goes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Destination {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
    /// A file.
    File(PathBuf),
}

/// What is said of one format.
struct Wish {
    path: Option<String>,
    looks: Looks,
}

/// The reports that are asked for; text on standard output where there are none. A flag that says where a report goes makes
/// the file's list void, so that what a program asks for is all that it gets; looks are merged one by one.
///
/// # Errors
/// If there is no such format, or one file is to hold two reports.
pub(crate) fn reports(flags: &OutputFlags, config: &Config) -> Result<Vec<Report>, CliError> {
    let is_first_series = config.dialect() == Dialect::Golangci1;
    let mut wishes = if is_first_series { BTreeMap::new() } else { wishes_of_file(&config.output.formats) };
    if flags.say_where() {
        wishes.values_mut().for_each(|wish| wish.path = None);
    }
    for (name, path, looks) in flags.formats() {
        let wish = wishes.entry(name).or_insert(Wish { path: None, looks: Looks::NONE });
        wish.path = path.cloned().or(wish.path.take());
        wish.looks = looks.or(wish.looks).or(flags.common_looks());
    }
    let mut reports = Vec::new();
    for (name, wish) in &wishes {
        // An empty path takes back what the file says.
        if let Some(path) = wish.path.as_deref().filter(|path| !path.is_empty()) {
            reports.push(Report::new(name.in_looks(wish.looks), path));
        }
    }
    reports.extend(of_list(flags, config)?);
    if reports.is_empty() {
        let common = flags.common_looks().or(looks_of_list(config));
        let looks = wishes.get(&FormatName::Text).map_or(common, |wish| wish.looks.or(common));
        reports.push(Report::new(FormatName::Text.in_looks(looks), "stdout"));
    }
    each_file_once(&reports)?;
    Ok(reports)
}

/// golangci-lint writes more formats than we do; those are for it alone.
fn wishes_of_file(formats: &[config::Format]) -> BTreeMap<FormatName, Wish> {
    let wish = |format: &config::Format| {
        let name = FormatName::parse(&format.name)?;
        Some((name, Wish { path: format.path.clone(), looks: looks_of(format) }))
    };
    formats.iter().filter_map(wish).collect()
}

fn looks_of(format: &config::Format) -> Looks {
    Looks {
        linter_name: format.print_linter_name,
        issued_lines: format.print_issued_lines,
        colors: format.colors,
        extended: format.extended,
    }
}

/// The reports of `--out-format`, or else of the list that golangci-lint 1's file has.
fn of_list(flags: &OutputFlags, config: &Config) -> Result<Vec<Report>, CliError> {
    let common = flags.common_looks();
    if let Some(list) = flags.out_format() {
        let entries = list.split(',').filter(|entry| !entry.is_empty());
        let looks = common.or(looks_of_list(config));
        return entries.map(|entry| of_entry(entry, looks)).collect();
    }
    if config.dialect() != Dialect::Golangci1 || flags.say_where() {
        return Ok(Vec::new());
    }
    let listed = config.output.formats.iter().filter_map(|format| Some((format, format.path.as_ref()?)));
    Ok(listed
        .filter_map(|(format, path)| {
            let shape = of_first_series(&format.name, common.or(looks_of(format))).ok()?;
            Some(Report::new(shape, path))
        })
        .collect())
}

fn of_entry(entry: &str, looks: Looks) -> Result<Report, CliError> {
    let (name, path) = entry.split_once(':').unwrap_or((entry, ""));
    let path = if path.is_empty() { "stdout" } else { path };
    Ok(Report::new(of_first_series(name, looks)?, path))
}

/// The looks that golangci-lint 1's file gives to all formats.
fn looks_of_list(config: &Config) -> Looks {
    match config.output.formats.first() {
        Some(format) if config.dialect() == Dialect::Golangci1 => looks_of(format),
        _ => Looks::NONE,
    }
}

fn each_file_once(reports: &[Report]) -> Result<(), CliError> {
    let mut seen = BTreeSet::new();
    for report in reports {
        if let Destination::File(path) = &report.destination
            && !seen.insert(path)
        {
            let path = path.display();
            return Err(CliError::Usage(format!("{path} cannot hold two reports; give each a file")));
        }
    }
    Ok(())
}

impl Report {
    fn new(format: Format, path: &str) -> Self {
        let destination = match path {
            "stdout" => Destination::Out,
            "stderr" => Destination::Err,
            path => Destination::File(path.into()),
        };
        Self { format, destination }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use gomapcheck_report::{JsonShape, TabStyle, TextStyle};

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: OutputFlags,
    }

    fn flags(line: &str) -> OutputFlags {
        let words = std::iter::once("gomapcheck").chain(line.split_whitespace());
        let matches = crate::flags::command::<Line>().try_get_matches_from(words).unwrap();
        <Line as clap::FromArgMatches>::from_arg_matches(&matches).unwrap().flags
    }

    fn wanted(line: &str, config: &Config) -> Vec<(Format, String)> {
        let shown = |destination: &Destination| match destination {
            Destination::Out => "stdout".to_owned(),
            Destination::Err => "stderr".to_owned(),
            Destination::File(path) => path.display().to_string(),
        };
        let reports = reports(&flags(line), config).unwrap();
        reports.iter().map(|report| (report.format, shown(&report.destination))).collect()
    }

    fn text(colors: bool, linter_name: bool, details: bool) -> Format {
        Format::Text(TextStyle { colors, linter_name, details })
    }

    fn at(format: Format, path: &str) -> (Format, String) {
        (format, path.to_owned())
    }

    fn second_series(formats: Vec<config::Format>) -> Config {
        let output = config::Output { formats, ..config::Output::default() };
        Config { output, ..Config::default() }
    }

    #[test]
    fn text_on_standard_output_unless_something_else_is_asked_for() {
        let none = Config::default();
        assert_eq!(wanted("", &none), [at(text(true, true, true), "stdout")]);
        assert_eq!(wanted("--output.sarif.path s.sarif", &none), [at(Format::Sarif, "s.sarif")]);
        let plain =
            wanted("--output.text.print-issued-lines=false --output.text.print-linter-name=false", &none);
        assert_eq!(plain, [at(text(true, false, false), "stdout")]);
    }

    #[test]
    fn several_reports_go_to_several_places() {
        let line = "--output.text.path stderr --output.text.colors=false --output.json.path stdout \
                    --output.junit-xml.path j.xml --output.junit-xml.extended --output.tab.path t --output.tab.print-linter-name=false";
        let expected = [
            at(text(false, true, true), "stderr"),
            at(Format::Json(JsonShape::V2), "stdout"),
            at(Format::Tab(TabStyle { colors: true, linter_name: false }), "t"),
            at(Format::JunitXml { extended: true }, "j.xml"),
        ];
        assert_eq!(wanted(line, &Config::default()), expected);
    }

    #[test]
    fn the_first_series_names_are_known() {
        let line = "--out-format=json:j.json,colored-line-number,line-number:stderr,tab:t,colored-tab:c,junit-xml-extended:x \
                    --print-issued-lines=false";
        let expected = [
            at(Format::Json(JsonShape::V1), "j.json"),
            at(text(true, true, false), "stdout"),
            at(text(false, true, false), "stderr"),
            at(Format::Tab(TabStyle { colors: false, linter_name: true }), "t"),
            at(Format::Tab(TabStyle { colors: true, linter_name: true }), "c"),
            at(Format::JunitXml { extended: true }, "x"),
        ];
        assert_eq!(wanted(line, &Config::default()), expected);
        let names = "checkstyle:a,code-climate:b,junit-xml:c,github-actions:d,teamcity:e,sarif:f";
        assert_eq!(wanted(&format!("--out-format {names}"), &Config::default()).len(), 6);
        let error = reports(&flags("--out-format html"), &Config::default()).unwrap_err();
        insta::assert_snapshot!(error, @"html is no value for --out-format; it takes line-number, colored-line-number, colored-tab, junit-xml-extended, json, tab, checkstyle, code-climate, junit-xml, teamcity, sarif, github-actions, rdjson, rdjsonl");
    }

    #[test]
    fn where_reports_go_is_for_the_flags_to_say_and_looks_are_merged() {
        let format = |name: &str, path: &str| config::Format {
            name: name.to_owned(),
            path: Some(path.to_owned()),
            colors: Some(false),
            ..config::Format::default()
        };
        let file = second_series(vec![format("html", "h"), format("json", "j"), format("text", "stdout")]);
        let text_and_json = [at(text(false, true, true), "stdout"), at(Format::Json(JsonShape::V2), "j")];
        assert_eq!(wanted("", &file), text_and_json);
        assert_eq!(wanted("--output.text.path t", &file), [at(text(false, true, true), "t")]);
        assert_eq!(
            wanted("--output.sarif.path stdout --output.text.colors=true", &file),
            [at(Format::Sarif, "stdout")]
        );
        let no_json = wanted("--output.json.path= --output.text.colors=true", &file);
        assert_eq!(no_json, [at(text(true, true, true), "stdout")]);
    }

    #[test]
    fn a_file_holds_one_report() {
        let error =
            reports(&flags("--output.json.path f --output.tab.path f"), &Config::default()).unwrap_err();
        insta::assert_snapshot!(error, @"f cannot hold two reports; give each a file");
    }
}
