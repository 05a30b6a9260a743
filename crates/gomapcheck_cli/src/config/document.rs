//! The three formats as one kind of value.

use std::path::Path;

use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Map, Value};

/// The keys under which golangci-lint keeps our settings.
const IN_GOLANGCI: [&str; 5] = ["linters", "settings", "custom", LINTER, "settings"];

/// The name under which golangci-lint knows this linter.
pub(super) const LINTER: &str = "map-concurrency";

/// Reads a document by its file's extension: JSON, TOML, or else YAML. All keys are in lower case, as golangci-lint reads
/// them.
pub(super) fn parse(path: &Path, text: &str) -> Result<Value, String> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let value = match extension.as_deref() {
        Some("json") => serde_json::from_str(text).map_err(|error| error.to_string())?,
        Some("toml") => toml::from_str::<Value>(text).map_err(|error| in_one_line(&error.to_string()))?,
        _ => from_yaml(text)?,
    };
    Ok(with_lower_case_keys(value))
}

/// Whether a file named on the command line is golangci-lint's: by its name, or by the keys that every such file has.
pub(super) fn is_golangci(path: &Path, document: &Value) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with(".golangci") || document.get("version").is_some() || document.get("linters").is_some()
}

/// Our part of a file of golangci-lint's, if it has one.
pub(super) fn of_golangci(document: &Value) -> Option<&Value> {
    IN_GOLANGCI.iter().try_fold(document, |value, key| value.get(key))
}

fn from_yaml(text: &str) -> Result<Value, String> {
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    Ok(documents.first().map_or(Value::Null, value_of))
}

fn value_of(yaml: &Yaml<'_>) -> Value {
    if let Some(text) = yaml.as_str() {
        return Value::from(text);
    }
    if let Some(value) = yaml.as_bool() {
        return Value::from(value);
    }
    if let Some(number) = yaml.as_integer() {
        return Value::from(number);
    }
    match yaml {
        Yaml::Sequence(items) => Value::Array(items.iter().map(value_of).collect()),
        Yaml::Mapping(entries) => {
            let entry =
                |(key, value): (&Yaml<'_>, &Yaml<'_>)| Some((key.as_str()?.to_owned(), value_of(value)));
            Value::Object(entries.iter().filter_map(entry).collect())
        }
        Yaml::Tagged(_, inner) => value_of(inner),
        _ => yaml.as_floating_point().map_or(Value::Null, Value::from),
    }
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

/// What is wrong and where, without the excerpt that some parsers draw.
fn in_one_line(message: &str) -> String {
    let is_excerpt = |line: &&str| line.contains('|') || line.trim().is_empty();
    message.lines().filter(|line| !is_excerpt(line)).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_formats_say_the_same() {
        let expected = json!({"linters": {"settings": {"custom": {"map-concurrency": {"settings": {
            "disable": ["mixed-map-locks"]
        }}}}}});
        let texts = [
            (
                ".golangci.yml",
                "linters:\n  Settings:\n    custom:\n      map-concurrency:\n        settings: {disable: [mixed-map-locks]}\n",
            ),
            (
                ".golangci.json",
                r#"{"linters":{"settings":{"custom":{"map-concurrency":{"settings":{"disable":["mixed-map-locks"]}}}}}}"#,
            ),
            (
                ".golangci.toml",
                "[linters.settings.custom.map-concurrency.settings]\ndisable = ['mixed-map-locks']\n",
            ),
        ];
        for (name, text) in texts {
            let document = parse(Path::new(name), text).unwrap();
            assert_eq!(document, expected, "{name}");
            assert_eq!(of_golangci(&document), Some(&json!({"disable": ["mixed-map-locks"]})));
        }
    }

    #[test]
    fn what_others_write_does_not_matter() {
        let text = "version: 2\nrun: &r\n  1: [x, 2.5, ~]\n  timeout: 5m\nx: *r\n? [complex, key]\n: {}\nlinters: []\n";
        let document = parse(Path::new("c"), text).unwrap();
        assert!(is_golangci(Path::new("c"), &document));
        assert_eq!(of_golangci(&document), None);
        assert_eq!(of_golangci(&parse(Path::new(".golangci.yml"), "").unwrap()), None);
    }

    #[test]
    fn broken_documents_are_errors_in_one_line() {
        for (name, text) in [("a.yml", "a: [b"), ("a.toml", "a = ["), ("a.json", "{")] {
            let message = parse(Path::new(name), text).unwrap_err();
            assert!(!message.is_empty() && !message.contains('\n'), "{name}: {message}");
        }
    }
}
