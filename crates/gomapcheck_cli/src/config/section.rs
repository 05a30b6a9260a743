//! Typed access to a part of a configuration, with errors that name file and key.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::config::document::{Dialect, Document, kind_of};
use crate::error::CliError;
use crate::settings::parse_duration;

/// A table of keys in a configuration file; without entries where the file does not have it.
///
/// In golangci-lint's dialects values are as flexible as it takes them: `"true"` is a switch, `"4"` a number, `a,b` a list. In
/// ours they are what they are.
#[derive(Clone, Debug)]
pub(crate) struct Section<'a> {
    document: &'a Document,
    name: String,
    entries: Option<&'a Map<String, Value>>,
}

impl<'a> Section<'a> {
    /// The whole document.
    pub(super) fn new(document: &'a Document, root: &'a Map<String, Value>) -> Self {
        Self { document, name: String::new(), entries: Some(root) }
    }

    /// The value of a key; `None` if it is absent or null.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Value> {
        self.entries?.get(key).filter(|value| !value.is_null())
    }

    /// The keys that are there, in their order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.entries.into_iter().flat_map(|entries| entries.keys().map(String::as_str))
    }

    /// The full name of the table.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The full name of a key.
    pub(crate) fn name_of(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// The error that `key` is wrong in the way that `message` says; it follows the key as in a sentence.
    pub(crate) fn wrong(&self, key: &str, message: impl AsRef<str>) -> CliError {
        self.fault(format!("{} {}", self.name_of(key), message.as_ref()))
    }

    /// The error that something is wrong in the file.
    pub(crate) fn fault(&self, message: String) -> CliError {
        CliError::Config { path: self.document.path().map(ToOwned::to_owned).unwrap_or_default(), message }
    }

    /// The error that there is no `what` of this name, with the nearest that exists.
    pub(crate) fn unknown(&self, what: &str, name: &str, known: &[impl AsRef<str>]) -> CliError {
        let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
        let near = match nearest(name, &known) {
            Some(nearest) => format!("did you mean {nearest}?"),
            None => format!("there are {}", known.join(", ")),
        };
        self.fault(format!("there is no {what} {name}; {near}"))
    }

    fn takes(&self, key: &str, expected: &str, value: &Value) -> CliError {
        self.wrong(key, format!("takes {expected}, not {}", kind_of(value)))
    }

    fn is_lenient(&self) -> bool {
        self.document.dialect() != Dialect::Ours
    }

    /// A text.
    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, CliError> {
        let read = |value: &Value| match value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) if self.is_lenient() => Ok(number.to_string()),
            Value::Bool(value) if self.is_lenient() => Ok(if *value { "1" } else { "0" }.to_owned()),
            _ => Err(self.takes(key, "a text", value)),
        };
        self.value(key).map(read).transpose()
    }

    /// One of a few words; an empty text counts as absent.
    pub(crate) fn word(&self, key: &str, known: &[&str]) -> Result<Option<String>, CliError> {
        match self.text(key)?.filter(|text| !text.is_empty()) {
            Some(text) if known.contains(&&*text) => Ok(Some(text)),
            Some(text) => Err(self.wrong(key, format!("takes {}, not {text:?}", alternatives(known)))),
            None => Ok(None),
        }
    }

    /// True or false.
    pub(crate) fn switch(&self, key: &str) -> Result<Option<bool>, CliError> {
        let read = |value: &Value| match value {
            Value::Bool(value) => Some(*value),
            Value::Number(number) if self.is_lenient() => Some(number.as_f64() != Some(0.0)),
            Value::String(text) if self.is_lenient() => match &**text {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
                "" | "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
                _ => None,
            },
            _ => None,
        };
        let read = |value| read(value).ok_or_else(|| self.takes(key, "true or false", value));
        self.value(key).map(read).transpose()
    }

    /// A number of things; golangci-lint reads negative numbers as 0.
    pub(crate) fn count(&self, key: &str) -> Result<Option<usize>, CliError> {
        let lenient = |value: &Value| match value {
            Value::String(text) if text.is_empty() => Some(0),
            Value::String(text) => text.parse::<i64>().ok(),
            Value::Bool(value) => Some(i64::from(*value)),
            Value::Number(number) => {
                number.as_f64().filter(|number| number.abs() < 1e15).map(|number| number as i64)
            }
            _ => None,
        };
        let read = |value: &Value| {
            let number = match value.as_i64() {
                None if self.is_lenient() => lenient(value),
                number => number,
            };
            match number {
                Some(..0) if self.is_lenient() => Ok(0),
                _ => number
                    .and_then(|number| usize::try_from(number).ok())
                    .ok_or_else(|| self.takes(key, "a whole number from 0", value)),
            }
        };
        self.value(key).map(read).transpose()
    }

    /// A time as Go writes it; a bare number counts nanoseconds in golangci-lint's file.
    pub(crate) fn duration(&self, key: &str) -> Result<Option<Duration>, CliError> {
        let read = |value: &Value| {
            let duration = match value {
                Value::String(text) => parse_duration(text),
                Value::Number(number) if self.is_lenient() => number.as_u64().map(Duration::from_nanos),
                _ => None,
            };
            duration.ok_or_else(|| self.takes(key, "a time such as \"90s\" or \"5m\"", value))
        };
        self.value(key).map(read).transpose()
    }

    /// A list of texts; empty if absent.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<String>, CliError> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) if self.is_lenient() => Some(value.to_string()),
            _ => None,
        };
        let wrong = |value: &Value| self.takes(key, "a list of texts", value);
        match self.value(key) {
            None => Ok(Vec::new()),
            Some(Value::String(texts)) if self.is_lenient() => {
                Ok(texts.split(',').filter(|_| !texts.is_empty()).map(str::to_owned).collect())
            }
            Some(Value::Array(items)) => {
                items.iter().map(|item| text(item).ok_or_else(|| wrong(item))).collect()
            }
            Some(other) => match text(other) {
                Some(text) if self.is_lenient() => Ok(vec![text]),
                _ => Err(wrong(other)),
            },
        }
    }

    /// A table of keys; without entries if absent.
    pub(crate) fn section(&self, key: &str) -> Result<Section<'a>, CliError> {
        let entries = match self.value(key) {
            None => None,
            Some(Value::Object(entries)) => Some(entries),
            Some(other) => return Err(self.takes(key, "a table of keys", other)),
        };
        Ok(Section { document: self.document, name: self.name_of(key), entries })
    }

    /// A list of tables; each is named by its place, from 0.
    pub(crate) fn sections(&self, key: &str) -> Result<Vec<Section<'a>>, CliError> {
        let items = match self.value(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(other) => return Err(self.takes(key, "a list of tables", other)),
        };
        let section = |(index, item): (usize, &'a Value)| {
            let name = self.name_of(&format!("{key}[{index}]"));
            match item {
                Value::Object(entries) => {
                    Ok(Section { document: self.document, name, entries: Some(entries) })
                }
                other => Err(self.takes(&format!("{key}[{index}]"), "a table of keys", other)),
            }
        };
        items.iter().enumerate().map(section).collect()
    }
}

/// The known name that is most like this one, if any is like it.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let likeness = |known: &str| strsim::jaro_winkler(name, known);
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    best.filter(|known| likeness(known) > 0.8)
}

/// `a, b or c`.
pub(super) fn alternatives(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [word] => (*word).to_owned(),
        [words @ .., last] => format!("{} or {last}", words.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    fn told<T>(result: Result<T, CliError>) -> String {
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn golangci_lints_values_are_as_flexible_as_it_takes_them() {
        let text = "run: {tests: 'false', concurrency: '4', build-tags: 'a,b', timeout: 5, go: 1.24, issues-exit-code: -1}\n";
        let document = document(".golangci.yml", text).unwrap();
        let run = document.section("run").unwrap();
        assert_eq!(run.switch("tests").unwrap(), Some(false));
        assert_eq!(run.count("concurrency").unwrap(), Some(4));
        assert_eq!(run.texts("build-tags").unwrap(), ["a", "b"]);
        assert_eq!(run.duration("timeout").unwrap(), Some(Duration::from_nanos(5)));
        assert_eq!(run.text("go").unwrap().as_deref(), Some("1.24"));
        assert_eq!(run.count("issues-exit-code").unwrap(), Some(0));
        assert_eq!(run.text("nothing").unwrap(), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_file_and_key() {
        let text = "run: {tests: maybe, concurrency: many, build-tags: {a: b}, timeout: 5 minutes, go: []}\nissues: 3\n";
        let document = document(".golangci.yml", text).unwrap();
        let run = document.section("run").unwrap();
        insta::assert_snapshot!(told(run.switch("tests")), @r#".golangci.yml: run.tests takes true or false, not "maybe""#);
        insta::assert_snapshot!(told(run.count("concurrency")), @r#".golangci.yml: run.concurrency takes a whole number from 0, not "many""#);
        insta::assert_snapshot!(told(run.texts("build-tags")), @".golangci.yml: run.build-tags takes a list of texts, not a table of keys");
        insta::assert_snapshot!(told(run.duration("timeout")), @r#".golangci.yml: run.timeout takes a time such as "90s" or "5m", not "5 minutes""#);
        insta::assert_snapshot!(told(run.text("go")), @".golangci.yml: run.go takes a text, not a list");
        insta::assert_snapshot!(told(run.word("tests", &["always", "never", "auto"])), @r#".golangci.yml: run.tests takes always, never or auto, not "maybe""#);
        insta::assert_snapshot!(told(document.section("issues")), @".golangci.yml: issues takes a table of keys, not 3");
    }

    #[test]
    fn our_values_are_what_they_are() {
        let text = "[run]\ntests = 'false'\nconcurrency = '4'\nbuild-tags = 'a,b'\ntimeout = 5\n[[rules]]\npath = 1\n";
        let document = document("gomapcheck.toml", text).unwrap();
        let run = document.section("run").unwrap();
        insta::assert_snapshot!(told(run.switch("tests")), @r#"gomapcheck.toml: run.tests takes true or false, not "false""#);
        insta::assert_snapshot!(told(run.count("concurrency")), @r#"gomapcheck.toml: run.concurrency takes a whole number from 0, not "4""#);
        insta::assert_snapshot!(told(run.texts("build-tags")), @r#"gomapcheck.toml: run.build-tags takes a list of texts, not "a,b""#);
        insta::assert_snapshot!(told(run.duration("timeout")), @r#"gomapcheck.toml: run.timeout takes a time such as "90s" or "5m", not 5"#);
        let rules = document.section("").unwrap().sections("rules").unwrap();
        insta::assert_snapshot!(told(rules[0].text("path")), @"gomapcheck.toml: rules[0].path takes a text, not 1");
    }
}
