//! A configuration file as a tree of keys, whatever its format and dialect.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::config::section::Section;
use crate::config::{discover, yaml};
use crate::error::CliError;

/// The keys under which golangci-lint keeps our settings, in its version 2 and in version 1.
const IN_GOLANGCI_2: &str = "linters.settings.custom.map-concurrency.settings";
const IN_GOLANGCI_1: &str = "linters-settings.custom.map-concurrency.settings";

/// Keys that only version 2 of golangci-lint has: a file with one of them and without `version` has lost it.
const ONLY_IN_GOLANGCI_2: [&str; 5] =
    ["linters.settings", "linters.exclusions", "linters.default", "formatters", "output.formats.text"];

/// Nobody writes larger configurations; a device or a log file may be one by mistake.
const LARGEST: u64 = 1 << 20;

/// Whose keys a file has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Dialect {
    /// Our own, strict: unknown keys and inexact types are errors. Also that of a run without a file.
    #[default]
    Ours,
    /// golangci-lint 1: no `version`.
    Golangci1,
    /// golangci-lint 2: `version: "2"`.
    Golangci2,
}

/// A configuration file, read and known to be a tree of keys; empty where there is no file.
///
/// To read a part of it, ask for its [`section`](Self::section) by the name that the part has in this file's
/// [`dialect`](Self::dialect), and take each key from the section by its type: `section.text("default")?`,
/// `section.switch("warn-unused")?`, `section.texts("paths")?`, `section.sections("rules")?`. Absent keys give `None` or
/// nothing, wrong types an error that names file and key. What else may be wrong with a value, the reader tells with
/// `section.wrong("generated", "takes strict, lax or disable, not loose")`. Keys that nobody knows need no care: `keys.rs`
/// lists all that exist, and [`check`](crate::config::keys::check) has compared ours with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Document {
    path: Option<PathBuf>,
    dialect: Dialect,
    root: Map<String, Value>,
}

impl Document {
    /// Reads a file by its extension: JSON, TOML, or else YAML. All keys are in lower case, as golangci-lint reads them.
    ///
    /// # Errors
    /// If the file cannot be read, is no tree of keys, or says a version that does not exist.
    pub(crate) fn read(path: &Path) -> Result<Self, CliError> {
        let text = text_of(path)?;
        let wrong = |message: String| CliError::Config { path: path.to_owned(), message };
        let root = match parse(path, &text).map_err(wrong)? {
            Value::Object(entries) => entries,
            Value::Null => Map::new(),
            other => return Err(wrong(format!("holds {} where keys are wanted", kind_of(&other)))),
        };
        let mut document = Self { path: Some(path.to_owned()), dialect: Dialect::Ours, root };
        if !document.is_ours() {
            document.dialect = document.golangci_dialect().map_err(wrong)?;
        }
        Ok(document)
    }

    /// The file, where there is one.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whose keys the file has.
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether the file has this key at its top.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.root.contains_key(key)
    }

    /// The part with this name, its keys joined by dots; `""` is the whole. A part that is not there has no entries.
    ///
    /// # Errors
    /// If there is something else than a table of keys.
    pub(crate) fn section(&self, dotted: &str) -> Result<Section<'_>, CliError> {
        let whole = Section::new(self, &self.root);
        dotted.split('.').filter(|key| !key.is_empty()).try_fold(whole, |section, key| section.section(key))
    }

    /// The part with our own settings: the whole of our file, a corner of golangci-lint's.
    ///
    /// # Errors
    /// If there is something else than a table of keys.
    pub(crate) fn settings(&self) -> Result<Section<'_>, CliError> {
        match self.dialect {
            Dialect::Ours => self.section(""),
            Dialect::Golangci1 => self.section(IN_GOLANGCI_1),
            Dialect::Golangci2 => self.section(IN_GOLANGCI_2),
        }
    }

    /// Whether the file is ours: by its name, or, where it has another one, by the lack of keys that golangci-lint's has.
    fn is_ours(&self) -> bool {
        let path = self.path.as_deref().unwrap_or(Path::new(""));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let foreign = ["version", "linters", "linters-settings", "formatters"];
        discover::is_ours(path)
            || !name.starts_with(".golangci") && !foreign.iter().any(|key| self.root.contains_key(*key))
    }

    fn golangci_dialect(&self) -> Result<Dialect, String> {
        let version = match self.root.get("version") {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(version)) => version.clone(),
            // TOML and YAML tell 2 from 2.0; golangci-lint does not.
            Some(Value::Number(number)) if number.as_f64() == Some(2.0) => "2".to_owned(),
            Some(other) => other.to_string(),
        };
        let has = |dotted: &&str| {
            let pointer = format!("/{}", dotted.replace('.', "/"));
            Value::Object(self.root.clone()).pointer(&pointer).is_some()
        };
        match &*version {
            "2" => Ok(Dialect::Golangci2),
            "1" => Ok(Dialect::Golangci1),
            "" => match ONLY_IN_GOLANGCI_2.iter().find(|key| has(key)) {
                None => Ok(Dialect::Golangci1),
                Some(key) => Err(format!(
                    "version: unsupported version of the configuration: \"\"; {key} belongs to version 2, so write `version: \"2\"`"
                )),
            },
            other => Err(format!(
                "version: unsupported version of the configuration: {other:?}; write \"2\", or nothing for a file of golangci-lint 1"
            )),
        }
    }
}

/// The file's text.
fn text_of(path: &Path) -> Result<String, CliError> {
    let wrong = |message: String| CliError::Config { path: path.to_owned(), message };
    let unreadable = |source| CliError::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(wrong("is a directory; name the file in it".to_owned()));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(wrong(format!("is larger than {} MiB; is it a configuration?", LARGEST >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        wrong(format!("is not UTF-8 text (byte {at}); save it in that encoding"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The text as a value with keys in lower case.
fn parse(path: &Path, text: &str) -> Result<Value, String> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let value = match extension.as_deref() {
        Some("json") if text.trim().is_empty() => Value::Null,
        Some("json") => serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?,
        Some("toml") => toml::from_str::<Value>(text)
            .map_err(|error| format!("is no TOML: {}", in_one_line(&error.to_string())))?,
        _ => yaml::parse(text).map_err(|error| format!("is no YAML: {error}"))?,
    };
    Ok(with_lower_case_keys(value))
}

fn with_lower_case_keys(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries =
                entries.into_iter().map(|(key, value)| (key.to_lowercase(), with_lower_case_keys(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(with_lower_case_keys).collect()),
        other => other,
    }
}

/// What a value is, in words.
pub(super) fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.chars().count() <= 40 => format!("{text:?}"),
        Value::String(_) => "a long text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a table of keys".to_owned(),
    }
}

/// What is wrong and where, without the excerpt that some parsers draw.
fn in_one_line(message: &str) -> String {
    let is_excerpt = |line: &&str| line.contains('|') || line.trim().is_empty();
    message.lines().filter(|line| !is_excerpt(line)).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The document of a text, as if read from a file of this name.
    pub(in crate::config) fn document(name: &str, text: &str) -> Result<Document, String> {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join(name);
        std::fs::write(&path, text).unwrap();
        let short =
            |error: CliError| error.to_string().replace(&format!("{}/", scratch.path().display()), "");
        let document = Document::read(&path).map_err(short)?;
        Ok(Document { path: Some(PathBuf::from(name)), ..document })
    }

    fn disabled(document: &Document) -> Vec<String> {
        document.settings().unwrap().texts("disable").unwrap()
    }

    #[test]
    fn the_formats_say_the_same() {
        let texts = [
            (
                ".golangci.yml",
                "version: '2'\nlinters:\n  Settings:\n    custom:\n      map-concurrency:\n        settings: {disable: [mixed-map-locks]}\n",
            ),
            (
                ".golangci.json",
                r#"{"version":"2","linters":{"settings":{"custom":{"map-concurrency":{"settings":{"disable":["mixed-map-locks"]}}}}}}"#,
            ),
            (
                ".golangci.toml",
                "version = '2'\n[linters.settings.custom.map-concurrency.settings]\ndisable = ['mixed-map-locks']\n",
            ),
        ];
        let documents = texts.map(|(name, text)| document(name, text).unwrap());
        for document in &documents {
            assert_eq!(document.dialect(), Dialect::Golangci2);
            assert_eq!(disabled(document), ["mixed-map-locks"]);
            assert_eq!(document.root, documents[0].root);
        }
    }

    #[test]
    fn the_first_version_of_golangci_lint_keeps_our_settings_elsewhere() {
        let text = "linters-settings:\n  custom:\n    map-concurrency:\n      settings:\n        disable: [mixed-map-locks]\n";
        let document = document(".golangci.yml", text).unwrap();
        assert_eq!(document.dialect(), Dialect::Golangci1);
        assert_eq!(disabled(&document), ["mixed-map-locks"]);
    }

    #[test]
    fn the_version_says_which_keys_a_file_has() {
        let dialect = |text: &str| document(".golangci.yml", text).map(|document| document.dialect());
        assert_eq!(dialect("version: \"2\"\n"), Ok(Dialect::Golangci2));
        assert_eq!(dialect("version: 2\n"), Ok(Dialect::Golangci2));
        assert_eq!(dialect("version: 2.0\n"), Ok(Dialect::Golangci2));
        assert_eq!(dialect("version: 1\n"), Ok(Dialect::Golangci1));
        assert_eq!(dialect(""), Ok(Dialect::Golangci1));
        assert_eq!(dialect("run: {timeout: 5m}\n"), Ok(Dialect::Golangci1));
        insta::assert_snapshot!(dialect("version: \"3\"\n").unwrap_err(), @r#".golangci.yml: version: unsupported version of the configuration: "3"; write "2", or nothing for a file of golangci-lint 1"#);
        insta::assert_snapshot!(dialect("linters: {default: none}\n").unwrap_err(), @r#".golangci.yml: version: unsupported version of the configuration: ""; linters.default belongs to version 2, so write `version: "2"`"#);
    }

    #[test]
    fn a_file_of_another_name_is_told_by_its_keys() {
        assert_eq!(document("lint.toml", "preview = true\n").unwrap().dialect(), Dialect::Ours);
        assert_eq!(document("gomapcheck.toml", "version = '2'\n").unwrap().dialect(), Dialect::Ours);
        assert_eq!(document("lint.yml", "version: '2'\n").unwrap().dialect(), Dialect::Golangci2);
        assert_eq!(document("lint.yml", "linters: {}\n").unwrap().dialect(), Dialect::Golangci1);
        assert_eq!(document("no-extension", "preview: true\n").unwrap().dialect(), Dialect::Ours);
    }

    #[test]
    fn broken_documents_are_errors_in_one_line() {
        let message = |name: &str, text: &str| document(name, text).unwrap_err();
        insta::assert_snapshot!(message("a.yml", "a: [b"), @"a.yml: is no YAML: did not find expected ',' or ']' at line 2 column 1, while parsing a flow sequence at line 1 column 4");
        insta::assert_snapshot!(message("a.yml", "a: 1\na: 2\n"), @r#"a.yml: is no YAML: duplicate entry with key "a""#);
        insta::assert_snapshot!(message("a.yml", "a:\n\t- b\n"), @"a.yml: is no YAML: found character that cannot start any token at line 2 column 1, while scanning for the next token; lines are indented with blanks, not with tabs");
        insta::assert_snapshot!(message("a.yml", "- a\n"), @"a.yml: holds a list where keys are wanted");
        insta::assert_snapshot!(message("a.toml", "a = ["), @"a.toml: is no TOML: TOML parse error at line 1, column 6: unclosed array, expected `]`");
        insta::assert_snapshot!(message("a.toml", "a = 1\na = 2\n"), @"a.toml: is no TOML: TOML parse error at line 2, column 1: duplicate key");
        insta::assert_snapshot!(message("a.json", "{"), @"a.json: is no JSON: EOF while parsing an object at line 1 column 1");
        insta::assert_snapshot!(message("a.json", "\"text\""), @r#"a.json: holds "text" where keys are wanted"#);
    }
}
