//! Our settings, as written to as meant.

use gomapcheck_diagnostics::Confidence;
use gomapcheck_engine::{UserEffect, UserRow};
use serde_json::Value;

use crate::config::Config;

/// Lists of functions, and what each list says of its functions.
const FUNCTIONS: [(&str, UserEffect); 6] = [
    ("launchers", UserEffect::Launcher),
    ("handlers", UserEffect::Handler),
    ("waits", UserEffect::Joins),
    ("locks", UserEffect::Lock),
    ("unlocks", UserEffect::Unlock),
    ("calls-now", UserEffect::CallsNow),
];

/// The golangci-lint plugin's keys, which stand in our part of its file.
const PLUGIN_KEYS: [&str; 4] = ["binary", "args", "expect-version", "timeout"];

/// Every key.
const KEYS: [&str; 14] = [
    "min-confidence",
    "preview",
    "enable",
    "disable",
    "launchers",
    "handlers",
    "waits",
    "locks",
    "unlocks",
    "calls-now",
    "binary",
    "args",
    "expect-version",
    "timeout",
];

/// Reads our settings; a key or value that is not understood is an error that says what would be.
pub(super) fn read(settings: &Value) -> Result<Config, String> {
    let mut config = Config::default();
    let entries = match settings {
        Value::Null => return Ok(config),
        Value::Object(entries) => entries,
        _ => return Err("the settings are no table of keys".to_owned()),
    };
    for (key, value) in entries {
        match &**key {
            "min-confidence" => config.min_confidence = Some(confidence(value)?),
            "preview" => config.preview = Some(value.as_bool().ok_or_else(|| wrong(key, "true or false"))?),
            "enable" => config.enable = rules(key, value)?,
            "disable" => config.disable = rules(key, value)?,
            key if PLUGIN_KEYS.contains(&key) => {}
            _ => match FUNCTIONS.iter().find(|(name, _)| name == key) {
                Some((_, effect)) => config.rows.extend(rows(key, value, *effect)?),
                None => return Err(unknown("setting", key, &KEYS)),
            },
        }
    }
    Ok(config)
}

fn confidence(value: &Value) -> Result<Confidence, String> {
    let levels = "certain, likely or possible";
    let text = value.as_str().ok_or_else(|| wrong("min-confidence", levels))?;
    text.parse().map_err(|_| wrong("min-confidence", levels))
}

fn rules(key: &str, value: &Value) -> Result<Vec<String>, String> {
    let known: Vec<&str> = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name).collect();
    let names = strings(key, value, "a list of rules")?;
    for name in &names {
        if !known.contains(&&**name) {
            return Err(unknown("rule", name, &known));
        }
    }
    Ok(names)
}

fn rows(key: &str, value: &Value, effect: UserEffect) -> Result<Vec<UserRow>, String> {
    let functions = strings(key, value, "a list of functions")?;
    let row = |function: String| {
        let row = UserRow { function, effect };
        row.check().map_err(|error| format!("{key}: {error}"))?;
        Ok(row)
    };
    functions.into_iter().map(row).collect()
}

fn strings(key: &str, value: &Value, expected: &str) -> Result<Vec<String>, String> {
    let list = value.as_array().ok_or_else(|| wrong(key, expected))?;
    list.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(|| wrong(key, expected))).collect()
}

fn wrong(key: &str, expected: &str) -> String {
    format!("{key} takes {expected}")
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let likeness = |known: &str| strsim::jaro_winkler(name, known);
    let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|known| likeness(known) > 0.8) {
        Some(nearest) => format!("there is no {what} {name}; did you mean {nearest}?"),
        None => format!("there is no {what} {name}; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_key_is_understood() {
        let config = read(&json!({
            "min-confidence": "possible",
            "preview": true,
            "enable": ["sync-map-check-then-act"],
            "disable": ["mixed-map-locks"],
            "launchers": ["example.org/pool.Pool.Go"],
            "handlers": ["example.org/bus.Subscribe"],
            "waits": ["example.org/pool.Pool.Drain"],
            "locks": ["example.org/sema.Sema.Take"],
            "unlocks": ["example.org/sema.Sema.Give"],
            "calls-now": ["example.org/try.Do"],
            "binary": "gomapcheck",
            "args": [],
            "expect-version": "0.1.0",
            "timeout": "5m",
        }))
        .unwrap();
        assert_eq!(config.min_confidence, Some(Confidence::Possible));
        assert!(config.wants("sync-map-check-then-act", true, false));
        assert!(!config.wants("mixed-map-locks", false, true));
        let rows: Vec<_> = config.rows.iter().map(|row| (&*row.function, row.effect)).collect();
        assert_eq!(rows.len(), 6);
        assert!(rows.contains(&("example.org/pool.Pool.Drain", UserEffect::Joins)));
        assert_eq!(read(&Value::Null), Ok(Config::default()));
    }

    #[test]
    fn every_key_is_listed() {
        assert!(FUNCTIONS.iter().all(|(key, _)| KEYS.contains(key)));
        for key in KEYS {
            let message = read(&json!({ key: 1 })).err().unwrap_or_default();
            assert!(!message.contains("there is no"), "{message}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_what_is_right() {
        let message = |settings: Value| read(&settings).unwrap_err();
        insta::assert_snapshot!(message(json!({"min-confidense": 1})), @"there is no setting min-confidense; did you mean min-confidence?");
        insta::assert_snapshot!(message(json!({"min-confidence": "high"})), @"min-confidence takes certain, likely or possible");
        insta::assert_snapshot!(message(json!({"preview": "yes"})), @"preview takes true or false");
        insta::assert_snapshot!(message(json!({"disable": "mixed-map-locks"})), @"disable takes a list of rules");
        insta::assert_snapshot!(message(json!({"disable": ["mixed-locks"]})), @"there is no rule mixed-locks; did you mean mixed-map-locks?");
        insta::assert_snapshot!(message(json!({"launchers": ["Go"]})), @"launchers: `Go` is no function: write `import/path.Function` or `import/path.Type.Method`");
        insta::assert_snapshot!(message(json!([])), @"the settings are no table of keys");
    }
}
