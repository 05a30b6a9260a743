//! The JSON schemas for editors, made from the list of keys.

use serde_json::{Map, Value, json};

use crate::config::keys::{FORMAT_KEYS, Key, Kind, PLUGIN, SETTINGS, TABLES};
use crate::output::FormatName;

/// Where the schemas are published.
const HOME: &str = "https://raw.githubusercontent.com/gomapcheck/gomapcheck/main/schema";

/// golangci-lint's own schema, which ours for its file extends.
const GOLANGCI: &str = "https://golangci-lint.run/jsonschema/golangci.jsonschema.json";

/// The schema of `gomapcheck.toml`.
pub(crate) fn of_our_file() -> Value {
    let mut root = table("gomapcheck.toml: what gomapcheck reports of races on Go's maps.");
    for key in SETTINGS.iter().chain(TABLES) {
        add(&mut root, key.name, key);
    }
    for format in FormatName::names() {
        for key in FORMAT_KEYS {
            add(&mut root, &format!("output.formats.{format}.{}", key.name), key);
        }
    }
    headed(root, "gomapcheck.schema.json")
}

/// The schema of golangci-lint's file: its own, and in it our settings.
pub(crate) fn of_golangci_file() -> Value {
    let mut settings = table("gomapcheck: what it reports of races on Go's maps.");
    for key in SETTINGS.iter().chain(PLUGIN) {
        add(&mut settings, key.name, key);
    }
    let nested = |names: &[&str]| {
        names.iter().rev().fold(settings.clone(), |inner, name| json!({ "properties": { *name: inner } }))
    };
    let second = nested(&["linters", "settings", "custom", "map-concurrency", "settings"]);
    headed(json!({ "allOf": [{ "$ref": GOLANGCI }, second] }), "golangci.schema.json")
}

fn headed(mut schema: Value, name: &str) -> Value {
    if let Value::Object(entries) = &mut schema {
        entries.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        entries.insert("$id".to_owned(), json!(format!("{HOME}/{name}")));
    }
    schema
}

fn table(description: &str) -> Value {
    json!({ "type": "object", "description": description, "additionalProperties": false, "properties": {} })
}

/// Puts a key into its table, which is made where it is missing.
fn add(table_schema: &mut Value, name: &str, key: &Key) {
    let Some(properties) = table_schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    match name.split_once('.') {
        None => drop(properties.insert(name.to_owned(), of_key(key))),
        Some((outer, rest)) => match outer.strip_suffix("[]") {
            Some(list) => {
                let entry = properties
                    .entry(list)
                    .or_insert_with(|| json!({ "type": "array", "items": table("A rule.") }));
                entry.get_mut("items").into_iter().for_each(|items| add(items, rest, key));
            }
            None => add(properties.entry(outer).or_insert_with(|| table(about_table(outer))), rest, key),
        },
    }
}

fn about_table(name: &str) -> &'static str {
    match name {
        "run" => "What is analysed, and how long.",
        "output" => "Which reports are written, and how paths look in them.",
        "formats" => "Where each report goes.",
        "issues" => "How many findings are reported, and whether only those of changed lines.",
        "exclusions" => "Which findings are left out.",
        "severity" => "How much findings weigh in reports.",
        _ => "A report.",
    }
}

fn of_key(key: &Key) -> Value {
    let mut schema = of_kind(key.kind);
    if key.name == "run.issues-exit-code" {
        schema.insert("maximum".to_owned(), json!(255));
    }
    schema.insert("description".to_owned(), json!(key.about));
    if let Some(default) = default_of(key) {
        schema.insert("default".to_owned(), default);
    }
    Value::Object(schema)
}

fn of_kind(kind: Kind) -> Map<String, Value> {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let schema = match kind {
        Kind::Switch => json!({ "type": "boolean" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Duration => {
            json!({ "type": "string", "pattern": "^(0|([0-9]+(\\.[0-9]*)?(ns|us|µs|ms|s|m|h))+)$" })
        }
        Kind::Text => json!({ "type": "string" }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Texts => list(json!({ "type": "string" })),
        Kind::Words(words) => {
            json!({ "type": "array", "items": { "type": "string", "enum": words }, "uniqueItems": true })
        }
        Kind::Rules => {
            let rules: Vec<&str> = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name).collect();
            list(json!({ "type": "string", "enum": rules }))
        }
        Kind::Functions | Kind::Types => list(json!({ "type": "string", "pattern": "^[^ ]+\\.[^ .]+$" })),
    };
    match schema {
        Value::Object(entries) => entries,
        _ => Map::new(),
    }
}

/// The default as a value; `None` where nothing is said.
pub(crate) fn default_of(key: &Key) -> Option<Value> {
    match key.kind {
        Kind::Text | Kind::Word(_) | Kind::Duration => {
            (!key.default.is_empty()).then(|| Value::from(key.default))
        }
        _ => serde_json::from_str(key.default).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;
    use crate::config::{keys, read};

    /// A value of this kind, other than most defaults.
    fn example(kind: Kind) -> Value {
        match kind {
            Kind::Switch => json!(true),
            Kind::Count => json!(3),
            Kind::Duration => json!("5m"),
            Kind::Text => json!("text"),
            Kind::Word(words) => json!(words[0]),
            Kind::Texts => json!(["text"]),
            Kind::Words(words) => json!(words),
            Kind::Rules => json!(["mixed-map-locks"]),
            Kind::Functions => json!(["example.org/pool.Pool.Go"]),
            Kind::Types => json!(["example.org/store.Store"]),
        }
    }

    /// Puts a value where the key's name says.
    fn place(into: &mut Value, name: &str, value: Value) {
        match name.split_once('.') {
            None => into[name] = value,
            Some((outer, rest)) => match outer.strip_suffix("[]") {
                Some(list) => {
                    if into[list].is_null() {
                        into[list] = json!([{}]);
                    }
                    place(&mut into[list][0], rest, value);
                }
                None => {
                    if into[outer].is_null() {
                        into[outer] = json!({});
                    }
                    place(&mut into[outer], rest, value);
                }
            },
        }
    }

    /// Keys that cannot stand beside others (a rule has a path or an exception, a run one filter for changed lines), or without
    /// another file.
    fn stands_alone(name: &str) -> bool {
        name.ends_with("path-except")
            || name.starts_with("issues.new")
            || name == "enable"
            || name == "extends"
    }

    #[test]
    fn every_key_is_read_and_its_example_is_right() {
        let mut whole = json!({});
        for key in SETTINGS.iter().chain(TABLES).filter(|key| !stands_alone(key.name)) {
            place(&mut whole, key.name, example(key.kind));
        }
        let document = document("all.json", &whole.to_string()).unwrap();
        assert_eq!(read(document).map(drop).map_err(|error| error.to_string()), Ok(()), "{whole}");
    }

    #[test]
    fn every_key_is_read_and_a_wrong_type_is_told() {
        for key in SETTINGS.iter().chain(TABLES) {
            let mut wrong = json!({});
            place(&mut wrong, key.name, json!({ "no": "such thing" }));
            let document = document("wrong.json", &wrong.to_string()).unwrap();
            let message = read(document).map(drop).unwrap_err().to_string();
            let name = key.name.replace("[]", "[0]");
            assert!(message.starts_with(&format!("wrong.json: {name} takes ")), "{}: {message}", key.name);
        }
    }

    #[test]
    fn defaults_are_of_their_kind() {
        for key in SETTINGS.iter().chain(TABLES).chain(FORMAT_KEYS) {
            let Some(default) = default_of(key) else {
                assert!(key.default.is_empty(), "{}", key.name);
                continue;
            };
            let is_same_kind = std::mem::discriminant(&default) == std::mem::discriminant(&example(key.kind));
            assert!(is_same_kind, "{}: {default}", key.name);
        }
    }

    #[test]
    fn the_schema_knows_what_the_reader_knows() {
        let schema = of_our_file();
        let at = |pointer: &str| schema.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(at("/properties/min-confidence/enum"), json!(["certain", "likely", "possible"]));
        assert_eq!(at("/properties/run/properties/tests/default"), json!(true));
        assert_eq!(at("/properties/exclusions/properties/rules/items/properties/path/type"), json!("string"));
        assert_eq!(
            at("/properties/output/properties/formats/properties/json/properties/path/type"),
            json!("string")
        );
        assert_eq!(at("/properties/run/additionalProperties"), json!(false));
        assert!(keys::check(&document("a.json", "{}").unwrap()).is_ok());
    }
}
