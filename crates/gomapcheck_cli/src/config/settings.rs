//! Our own settings, as written to as meant.

use gomapcheck_engine::{UserEffect, UserRow};

use crate::config::{Config, Section};
use crate::error::CliError;

/// Lists of functions and types, and what each list says of them.
const FUNCTIONS: [(&str, UserEffect); 7] = [
    ("launchers", UserEffect::Launcher),
    ("handlers", UserEffect::Handler),
    ("waits", UserEffect::Joins),
    ("locks", UserEffect::Lock),
    ("unlocks", UserEffect::Unlock),
    ("calls-now", UserEffect::CallsNow),
    ("containers", UserEffect::Container),
];

/// Reads our settings into an otherwise empty configuration.
pub(super) fn read(settings: &Section<'_>) -> Result<Config, CliError> {
    let levels = ["certain", "likely", "possible"];
    let min_confidence = settings.word("min-confidence", &levels)?.and_then(|level| level.parse().ok());
    let mut rows = Vec::new();
    for (key, effect) in FUNCTIONS {
        rows.extend(read_rows(settings, key, effect)?);
    }
    Ok(Config {
        min_confidence,
        preview: settings.switch("preview")?,
        enable: rules(settings, "enable")?,
        disable: rules(settings, "disable")?,
        guard_comments: settings.switch("guard-comments")?,
        rows,
        baseline: settings.text("baseline")?.filter(|path| !path.is_empty()).map(Into::into),
        ..Config::default()
    })
}

fn rules(settings: &Section<'_>, key: &str) -> Result<Vec<String>, CliError> {
    let known: Vec<&str> = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name).collect();
    let names = settings.texts(key)?;
    match names.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(settings.unknown("rule", name, &known)),
        None => Ok(names),
    }
}

fn read_rows(settings: &Section<'_>, key: &str, effect: UserEffect) -> Result<Vec<UserRow>, CliError> {
    let row = |function: String| {
        let row = UserRow { function, effect };
        row.check().map_err(|error| settings.wrong(key, format!("is wrong: {error}")))?;
        Ok(row)
    };
    settings.texts(key)?.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use gomapcheck_diagnostics::Confidence;

    use super::*;
    use crate::config::document::tests::document;
    use crate::config::keys;

    fn settings(text: &str) -> Result<Config, String> {
        let document = document("gomapcheck.toml", text)?;
        read(&document.settings().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn every_key_is_understood() {
        let config = settings(
            "min-confidence = 'possible'\npreview = true\nbaseline = 'b.json'\nenable = ['sync-map-check-then-act']\n\
             disable = ['mixed-map-locks']\nlaunchers = ['example.org/pool.Pool.Go']\n\
             handlers = ['example.org/bus.Subscribe']\nwaits = ['example.org/pool.Pool.Drain']\n\
             locks = ['example.org/sema.Sema.Take']\nunlocks = ['example.org/sema.Sema.Give']\n\
             calls-now = ['example.org/try.Do']\ncontainers = ['example.org/store.Store']\nguard-comments = false\n",
        )
        .unwrap();
        assert_eq!(config.min_confidence, Some(Confidence::Possible));
        assert_eq!(config.baseline.as_deref(), Some(std::path::Path::new("b.json")));
        assert!(config.wants("sync-map-check-then-act", true, false));
        assert!(!config.wants("mixed-map-locks", false, true));
        let rows: Vec<_> = config.rows.iter().map(|row| (&*row.function, row.effect)).collect();
        assert_eq!((rows.len(), config.guard_comments), (7, Some(false)));
        assert!(rows.contains(&("example.org/pool.Pool.Drain", UserEffect::Joins)));
        assert_eq!(settings(""), Ok(Config::default()));
    }

    #[test]
    fn every_listed_key_is_read() {
        for key in keys::SETTINGS {
            let wrong = settings(&format!("{} = 1979-05-27", key.name));
            let message = wrong.err().unwrap_or_default();
            assert!(message.contains(&format!("{} takes ", key.name)), "{}: {message}", key.name);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_what_is_right() {
        let message = |text: &str| settings(text).unwrap_err();
        insta::assert_snapshot!(message("min-confidence = 'high'"), @r#"gomapcheck.toml: min-confidence takes certain, likely or possible, not "high""#);
        insta::assert_snapshot!(message("min-confidence = 1"), @"gomapcheck.toml: min-confidence takes a text, not 1");
        insta::assert_snapshot!(message("preview = 'yes'"), @r#"gomapcheck.toml: preview takes true or false, not "yes""#);
        insta::assert_snapshot!(message("disable = 'mixed-map-locks'"), @r#"gomapcheck.toml: disable takes a list of texts, not "mixed-map-locks""#);
        insta::assert_snapshot!(message("disable = ['mixed-locks']"), @"gomapcheck.toml: there is no rule mixed-locks; did you mean mixed-map-locks?");
        insta::assert_snapshot!(message("containers = ['a/b.T.M']"), @"gomapcheck.toml: containers is wrong: `a/b.T.M` is no type: write `import/path.Type`");
        insta::assert_snapshot!(message("launchers = ['Go']"), @"gomapcheck.toml: launchers is wrong: `Go` is no function: write `import/path.Function` or `import/path.Type.Method`");
    }
}
