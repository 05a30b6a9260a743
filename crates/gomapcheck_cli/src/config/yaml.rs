//! YAML as plain values: anchors, aliases and merge keys resolved, with limits on what a few lines can grow to.
//!
//! The parser descends from libyaml, as golangci-lint's does: files that people have pass both or neither.

use serde::Deserialize;
use serde_json::{Map, Number, Value};
use serde_yaml_ng::{Deserializer, Value as Yaml};

/// How many brackets may be open. The parser takes time by the square of their number; no one needs more than a few.
const OPEN_BRACKETS: usize = 1_000;

/// The first document of the text; `Null` for an empty one.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    check_brackets(text)?;
    let Some(document) = Deserializer::from_str(text).next() else { return Ok(Value::Null) };
    let yaml = Yaml::deserialize(document).map_err(|error| in_words(&error))?;
    value_of(yaml)
}

/// The parser's words, and what it does not say of tabs.
fn in_words(error: &serde_yaml_ng::Error) -> String {
    let message = error.to_string();
    if message.contains("cannot start any token") {
        format!("{message}; lines are indented with blanks, not with tabs")
    } else {
        message
    }
}

/// Counts brackets wherever they stand: in texts and comments they are rarely many, and mostly closed.
fn check_brackets(text: &str) -> Result<(), String> {
    let (mut open, mut line) = (0_usize, 1_usize);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b'\n' => line += 1,
            _ => {}
        }
        if open > OPEN_BRACKETS {
            return Err(format!("more than {OPEN_BRACKETS} brackets are open at line {line}"));
        }
    }
    Ok(())
}

fn value_of(yaml: Yaml) -> Result<Value, String> {
    match yaml {
        Yaml::Null => Ok(Value::Null),
        Yaml::Bool(value) => Ok(Value::from(value)),
        Yaml::Number(number) => Ok(number_of(&number)),
        Yaml::String(text) => Ok(Value::from(text)),
        Yaml::Sequence(items) => items.into_iter().map(value_of).collect::<Result<_, _>>().map(Value::Array),
        Yaml::Tagged(tagged) => value_of(tagged.value),
        Yaml::Mapping(entries) => {
            let mut own = Map::new();
            let mut merged = Vec::new();
            for (key, value) in entries {
                let value = value_of(value)?;
                match key_of(key) {
                    Some(key) if key == "<<" => merged.push(value),
                    Some(key) => drop(own.insert(key, value)),
                    // A list or table as a key belongs to nobody whom we read.
                    None => {}
                }
            }
            merged.into_iter().try_for_each(|value| merge(&mut own, value))?;
            Ok(Value::Object(own))
        }
    }
}

fn number_of(number: &serde_yaml_ng::Number) -> Value {
    let whole = number.as_i64().map(Number::from).or_else(|| number.as_u64().map(Number::from));
    let number = whole.or_else(|| number.as_f64().and_then(Number::from_f64));
    number.map_or(Value::Null, Value::Number)
}

fn key_of(key: Yaml) -> Option<String> {
    match key {
        Yaml::String(text) => Some(text),
        Yaml::Bool(value) => Some(value.to_string()),
        Yaml::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Adds what `<<` names where the table does not say otherwise.
fn merge(own: &mut Map<String, Value>, merged: Value) -> Result<(), String> {
    match merged {
        Value::Object(entries) => {
            for (key, value) in entries {
                own.entry(key).or_insert(value);
            }
            Ok(())
        }
        Value::Array(tables) => tables.into_iter().try_for_each(|table| merge(own, table)),
        _ => Err("the merge key << takes tables only".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn anchors_aliases_and_merge_keys_are_resolved() {
        let text = "base: &base {a: 1, b: 2}\nmore: &more {c: 3, a: 9}\nboth:\n  <<: [*base, *more]\n  b: own\nsame: *base\n";
        let expected = json!({
            "base": {"a": 1, "b": 2},
            "more": {"c": 3, "a": 9},
            "both": {"a": 1, "b": "own", "c": 3},
            "same": {"a": 1, "b": 2},
        });
        assert_eq!(parse(text), Ok(expected));
        assert_eq!(parse("a: {<<: 1}\n"), Err("the merge key << takes tables only".to_owned()));
    }

    #[test]
    fn keys_need_not_be_texts() {
        assert_eq!(parse("1: a\ntrue: b\n[x]: c\n"), Ok(json!({"1": "a", "true": "b"})));
    }

    #[test]
    fn only_the_first_document_counts() {
        assert_eq!(parse("---\na: 1\n---\na: 2\n"), Ok(json!({"a": 1})));
        assert_eq!(parse(""), Ok(Value::Null));
        assert_eq!(parse("# nothing\n"), Ok(Value::Null));
    }

    #[test]
    fn bombs_are_defused() {
        let deep = |levels: usize| format!("a: {}{}\n", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&deep(500)).is_err_and(|error| error.contains("recursion limit exceeded")));
        assert!(parse(&deep(100_000)).is_err_and(|error| error.contains("brackets are open")));
        let long = "[\n".repeat(100_000);
        assert_eq!(parse(&long), Err("more than 1000 brackets are open at line 1001".to_owned()));
        let open = "[".repeat(100_000);
        assert!(parse(&open).is_err());
        let block: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(parse(&block).unwrap_err().contains("recursion limit exceeded"));
        let mut laughs = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..30 {
            let alias = format!("*l{}", level - 1);
            laughs += &format!("l{level}: &l{level} [{}]\n", [&*alias; 10].join(", "));
        }
        assert!(parse(&laughs).is_err());
        let chain: String =
            (1..150).map(|level| format!("l{level}: &l{level} [*l{}]\n", level - 1)).collect();
        assert!(parse(&format!("l0: &l0 [x]\n{chain}")).unwrap_err().contains("recursion limit exceeded"));
    }
}
