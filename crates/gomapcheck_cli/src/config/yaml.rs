//! YAML as plain values: anchors, aliases and merge keys resolved, with limits on what a few lines can grow to.

use saphyr::{LoadableYamlNode, Yaml};
use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

/// How deep tables and lists may stand in each other: values are walked by recursion.
const DEEPEST: usize = 100;

/// The first document of the text; `Null` for an empty one.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    check_depth(text)?;
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    documents.first().map_or(Ok(Value::Null), |document| value_of(document, 0))
}

/// Reads through the text without building anything, as what is built too deep cannot even be dropped safely.
fn check_depth(text: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| error.to_string())?;
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("more than {DEEPEST} levels at line {}", span.start.line()));
        }
    }
    Ok(())
}

fn value_of(yaml: &Yaml<'_>, depth: usize) -> Result<Value, String> {
    // Aliases may be deeper than the text that spells them.
    if depth > DEEPEST {
        return Err(format!("more than {DEEPEST} levels, by its aliases"));
    }
    if let Some(text) = yaml.as_str() {
        return Ok(Value::from(text));
    }
    if let Some(value) = yaml.as_bool() {
        return Ok(Value::from(value));
    }
    if let Some(number) = yaml.as_integer() {
        return Ok(Value::from(number));
    }
    match yaml {
        Yaml::Sequence(items) => {
            items.iter().map(|item| value_of(item, depth + 1)).collect::<Result<_, _>>().map(Value::Array)
        }
        Yaml::Mapping(entries) => {
            let mut own = Map::new();
            let mut merged = Vec::new();
            for (key, value) in entries {
                let value = value_of(value, depth + 1)?;
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
        Yaml::Tagged(_, inner) => value_of(inner, depth + 1),
        _ => Ok(yaml.as_floating_point().map_or(Value::Null, Value::from)),
    }
}

fn key_of(key: &Yaml<'_>) -> Option<String> {
    let text = key.as_str().map(str::to_owned);
    text.or_else(|| key.as_integer().map(|number| number.to_string()))
        .or_else(|| key.as_bool().map(|value| value.to_string()))
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
        let deep = format!("a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse(&deep).unwrap_err().contains("recursion limit exceeded"));
        let open = "[".repeat(100_000);
        assert!(parse(&open).is_err());
        let block: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(parse(&block).unwrap_err().contains("levels"));
        let mut laughs = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..30 {
            let alias = format!("*l{}", level - 1);
            laughs += &format!("l{level}: &l{level} [{}]\n", [&*alias; 10].join(", "));
        }
        assert!(parse(&laughs).is_err());
        let chain: String =
            (1..150).map(|level| format!("l{level}: &l{level} [*l{}]\n", level - 1)).collect();
        assert!(parse(&format!("l0: &l0 [x]\n{chain}")).unwrap_err().contains("levels"));
    }
}
