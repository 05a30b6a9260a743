//! `output`: which reports are written, and how paths look in them.

use serde_json::Value;

use crate::config::document::{Dialect, Document};
use crate::config::section::Section;
use crate::error::CliError;

/// What a configuration says of reports; what it does not say is `None` or empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Output {
    /// Whose names the formats have.
    pub(crate) dialect: Dialect,
    /// The formats that the file speaks of.
    pub(crate) formats: Vec<Format>,
    /// What findings are sorted by, first things first; empty for the default.
    pub(crate) sort_order: Vec<String>,
    /// Whether a summary is told.
    pub(crate) show_stats: Option<bool>,
    /// What stands before every reported path.
    pub(crate) path_prefix: Option<String>,
    /// Whether reported paths are absolute.
    pub(crate) absolute_paths: bool,
}

/// What a configuration says of one format.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Format {
    /// golangci-lint's name of it, in its own version.
    pub(crate) name: String,
    /// Where it goes; `None` if only its looks are described.
    pub(crate) path: Option<String>,
    /// Whether the linter's name is printed.
    pub(crate) print_linter_name: Option<bool>,
    /// Whether source lines are printed.
    pub(crate) print_issued_lines: Option<bool>,
    /// Whether colours may be used.
    pub(crate) colors: Option<bool>,
    /// Whether junit-xml has files and lines as attributes.
    pub(crate) extended: Option<bool>,
}

/// Reads `output`.
pub(super) fn read(document: &Document) -> Result<Output, CliError> {
    let output = document.section("output")?;
    let formats = match document.dialect() {
        Dialect::Golangci1 => first_formats(&output)?,
        Dialect::Golangci2 | Dialect::Ours => formats(&output.section("formats")?)?,
    };
    let absolute_paths = output.word("path-mode", &["abs"])?.is_some();
    Ok(Output {
        dialect: document.dialect(),
        formats,
        sort_order: sort_order(&output)?,
        show_stats: output.switch("show-stats")?,
        path_prefix: output.text("path-prefix")?.filter(|prefix| !prefix.is_empty()),
        absolute_paths,
    })
}

fn formats(formats: &Section<'_>) -> Result<Vec<Format>, CliError> {
    let format = |name: &str| {
        let entry = formats.section(name)?;
        Ok(Format {
            name: name.to_owned(),
            path: entry.text("path")?.filter(|path| !path.is_empty()),
            print_linter_name: entry.switch("print-linter-name")?,
            print_issued_lines: entry.switch("print-issued-lines")?,
            colors: entry.switch("colors")?,
            extended: entry.switch("extended")?,
        })
    };
    formats.keys().map(format).collect()
}

/// Version 1: a list of formats with paths, or before that one text; the looks are the same for all.
fn first_formats(output: &Section<'_>) -> Result<Vec<Format>, CliError> {
    let mut named: Vec<(String, Option<String>)> = Vec::new();
    let is_text = output.value("formats").is_some_and(Value::is_string);
    let in_words = |key| Ok::<_, CliError>(output.text(key)?.unwrap_or_default());
    let words = in_words("format")? + "," + &if is_text { in_words("formats")? } else { String::new() };
    for word in words.split(',').filter(|word| !word.is_empty()) {
        let (name, path) = word.split_once(':').unwrap_or((word, ""));
        named.push((name.to_owned(), Some(path.to_owned())));
    }
    if !is_text {
        for entry in output.sections("formats")? {
            named.push((entry.text("format")?.unwrap_or_default(), entry.text("path")?));
        }
    }
    let print_linter_name = output.switch("print-linter-name")?;
    let print_issued_lines = output.switch("print-issued-lines")?;
    let has_looks = print_linter_name.is_some() || print_issued_lines.is_some();
    if named.is_empty() && has_looks {
        let name = "colored-line-number".to_owned();
        return Ok(vec![Format { name, print_linter_name, print_issued_lines, ..Format::default() }]);
    }
    let format = |(name, path): (String, Option<String>)| {
        let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| "stdout".to_owned());
        Format { name, path: Some(path), print_linter_name, print_issued_lines, ..Format::default() }
    };
    Ok(named.into_iter().map(format).collect())
}

fn sort_order(output: &Section<'_>) -> Result<Vec<String>, CliError> {
    let orders = output.texts("sort-order")?;
    for (index, order) in orders.iter().enumerate() {
        if !["linter", "file", "severity"].contains(&&**order) {
            return Err(output.wrong("sort-order", format!("takes linter, file and severity, not {order:?}")));
        }
        if orders.iter().take(index).any(|earlier| earlier == order) {
            return Err(output.wrong("sort-order", format!("names {order} several times")));
        }
    }
    Ok(orders)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    #[test]
    fn formats_of_the_second_version_are_tables() {
        let text = "version: '2'\noutput:\n  formats:\n    text: {colors: false, print-issued-lines: false}\n    json: {path: stdout}\n  \
                    sort-order: [severity, file]\n  show-stats: false\n  path-prefix: sub\n  path-mode: abs\n";
        let output = read(&document(".golangci.yml", text).unwrap()).unwrap();
        let json = Format { name: "json".to_owned(), path: Some("stdout".to_owned()), ..Format::default() };
        let text = Format {
            name: "text".to_owned(),
            colors: Some(false),
            print_issued_lines: Some(false),
            ..Format::default()
        };
        let expected = Output {
            dialect: Dialect::Golangci2,
            formats: vec![json, text],
            sort_order: vec!["severity".to_owned(), "file".to_owned()],
            show_stats: Some(false),
            path_prefix: Some("sub".to_owned()),
            absolute_paths: true,
        };
        assert_eq!(output, expected);
    }

    #[test]
    fn formats_of_the_first_version_are_a_list_or_a_text() {
        let formats = |text: &str| read(&document(".golangci.yml", text).unwrap()).unwrap().formats;
        let places = |text: &str| -> Vec<(String, String)> {
            formats(text).into_iter().map(|format| (format.name, format.path.unwrap_or_default())).collect()
        };
        let json = ("json".to_owned(), "out.json".to_owned());
        let tab = ("tab".to_owned(), "stdout".to_owned());
        let list = "output:\n  formats:\n  - {format: json, path: out.json}\n  - {format: tab}\n";
        assert_eq!(places(list), [json.clone(), tab.clone()]);
        for key in ["format", "formats"] {
            let both = [json.clone(), tab.clone()];
            assert_eq!(places(&format!("output: {{{key}: 'json:out.json,tab'}}\n")), both);
        }
        assert_eq!(formats("output: {print-issued-lines: false}\n")[0].print_issued_lines, Some(false));
        assert_eq!(formats(""), []);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let message = |text: &str| read(&document("gomapcheck.toml", text).unwrap()).unwrap_err().to_string();
        insta::assert_snapshot!(message("output.sort-order = ['line']"), @r#"gomapcheck.toml: output.sort-order takes linter, file and severity, not "line""#);
        insta::assert_snapshot!(message("output.sort-order = ['file', 'file']"), @"gomapcheck.toml: output.sort-order names file several times");
        insta::assert_snapshot!(message("output.path-mode = 'relative'"), @r#"gomapcheck.toml: output.path-mode takes abs, not "relative""#);
        insta::assert_snapshot!(message("output.formats = 'json'"), @r#"gomapcheck.toml: output.formats takes a table of keys, not "json""#);
        insta::assert_snapshot!(message("output.formats.json = 'stdout'"), @r#"gomapcheck.toml: output.formats.json takes a table of keys, not "stdout""#);
    }
}
