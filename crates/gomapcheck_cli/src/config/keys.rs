//! Every key of ours: what it takes, its default, what it means. The check for unknown keys, the JSON schema and the
//! documentation's tables are held against this list.

use crate::config::document::{Dialect, Document};
use crate::config::section::Section;
use crate::error::CliError;
use crate::output::FormatName;

/// What a key takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// True or false.
    Switch,
    /// A whole number from 0.
    Count,
    /// A time such as `"5m"`.
    Duration,
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A list of rules' names.
    Rules,
    /// A list of functions, as `import/path.Type.Method`.
    Functions,
    /// A list of types, as `import/path.Type`.
    Types,
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// The name, its tables before it; `[]` behind a list of tables.
    pub(crate) name: &'static str,
    /// What it takes.
    pub(crate) kind: Kind,
    /// What holds without it, as documented.
    pub(crate) default: &'static str,
    /// What it means, in one line.
    pub(crate) about: &'static str,
}

const fn key(name: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Key {
    Key { name, kind, default, about }
}

/// Our own settings: at the top level of `gomapcheck.toml`, and under
/// `linters.settings.custom.map-concurrency.settings` in golangci-lint's file.
pub(crate) const SETTINGS: &[Key] = &[
    key("min-confidence", Kind::Word(&["certain", "likely", "possible"]), "likely", "Report nothing weaker."),
    key("preview", Kind::Switch, "false", "Report the findings of all preview rules."),
    key("enable", Kind::Rules, "[]", "Preview rules that are reported."),
    key("disable", Kind::Rules, "[]", "Rules that are not reported."),
    key(
        "baseline",
        Kind::Text,
        "",
        "A file of known findings, which are not reported; relative to this file. --write-baseline writes it.",
    ),
    key(
        "launchers",
        Kind::Functions,
        "[]",
        "Functions that run each function among their arguments on a goroutine, once.",
    ),
    key(
        "waits",
        Kind::Functions,
        "[]",
        "Methods that return when everything is over that their receiver has launched.",
    ),
    key(
        "handlers",
        Kind::Functions,
        "[]",
        "Functions whose function arguments are called for every event, several at a time.",
    ),
    key("locks", Kind::Functions, "[]", "Methods that take their receiver as a lock."),
    key("unlocks", Kind::Functions, "[]", "Methods that release their receiver as a lock."),
    key(
        "calls-now",
        Kind::Functions,
        "[]",
        "Functions that call the functions among their arguments before they return, on the same goroutine.",
    ),
    key(
        "containers",
        Kind::Types,
        "[]",
        "Struct types that order access to the maps in their fields by themselves: no race on these is reported.",
    ),
    key("guard-comments", Kind::Switch, "true", "Believe comments on locks: guarded by mu, mu must be held."),
];

/// Settings that only golangci-lint's file has: those of the plugin, which shares our part of it.
pub(crate) const PLUGIN: &[Key] = &[
    key("binary", Kind::Text, "gomapcheck", "The program that the golangci-lint plugin starts."),
    key("args", Kind::Texts, "[]", "Flags that the golangci-lint plugin adds."),
    key("expect-version", Kind::Text, "", "The version that the golangci-lint plugin insists on."),
    key("timeout", Kind::Text, "", "How long the golangci-lint plugin waits, as a time such as 5m."),
];

/// golangci-lint's own exclusions.
const PRESETS: &[&str] = &["comments", "std-error-handling", "common-false-positives", "legacy"];

/// What `gomapcheck.toml` has besides: the tables that it shares with golangci-lint's file.
pub(crate) const TABLES: &[Key] = &[
    key(
        "extends",
        Kind::Text,
        "",
        "golangci-lint's file, whose parts hold where this file has no table of that name; relative to this file.",
    ),
    key("run.timeout", Kind::Duration, "0s", "Stop after this time; 0 for never."),
    key("run.concurrency", Kind::Count, "0", "Threads to work with; 0 for one for each processor."),
    key("run.tests", Kind::Switch, "true", "Analyse _test.go files, too."),
    key("run.build-tags", Kind::Texts, "[]", "Build tags; those of the command line are added."),
    key(
        "run.modules-download-mode",
        Kind::Word(&["mod", "readonly", "vendor"]),
        "",
        "Checked, but without effect: nothing is ever downloaded.",
    ),
    key("run.issues-exit-code", Kind::Count, "1", "The exit code when there are findings, up to 255."),
    key(
        "run.relative-path-mode",
        Kind::Word(&["cfg", "wd", "gomod", "gitroot"]),
        "cfg",
        "Where reported paths begin: the directory of this file, the working directory, that of go.mod, of .git.",
    ),
    key(
        "output.sort-order",
        Kind::Words(&["linter", "file", "severity"]),
        "[\"linter\", \"file\"]",
        "What findings are sorted by, first things first.",
    ),
    key("output.show-stats", Kind::Switch, "true", "Print a summary line on standard error."),
    key("output.path-prefix", Kind::Text, "", "Stands before every reported path."),
    key("output.path-mode", Kind::Word(&["abs"]), "", "abs: report absolute paths."),
    key("issues.max-issues-per-linter", Kind::Count, "0", "Report at most so many findings; 0 for all."),
    key(
        "issues.max-same-issues",
        Kind::Count,
        "0",
        "Report at most so many findings with the same text; 0 for all.",
    ),
    key("issues.uniq-by-line", Kind::Switch, "false", "Report one finding a line."),
    key(
        "issues.new",
        Kind::Switch,
        "false",
        "Report only findings in changes that are not staged yet, in untracked files, or else in the last commit.",
    ),
    key(
        "issues.new-from-rev",
        Kind::Text,
        "",
        "Report only findings in code that changed since this revision.",
    ),
    key(
        "issues.new-from-merge-base",
        Kind::Text,
        "",
        "Report only findings in code that changed since this branch and that one parted.",
    ),
    key(
        "issues.new-from-patch",
        Kind::Text,
        "",
        "Report only findings in code that this diff adds; a path from the working directory.",
    ),
    key(
        "issues.whole-files",
        Kind::Switch,
        "false",
        "With one of the above: findings anywhere in changed files.",
    ),
    key("issues.fix", Kind::Switch, "false", "Make suggested edits; no rule suggests any yet."),
    key(
        "exclusions.generated",
        Kind::Word(&["strict", "lax", "disable"]),
        "strict",
        "Which files count as generated and are left out.",
    ),
    key("exclusions.warn-unused", Kind::Switch, "false", "Warn about rules and paths that match nothing."),
    key("exclusions.presets", Kind::Words(PRESETS), "[]", "golangci-lint's presets; none concerns maps."),
    key(
        "exclusions.paths",
        Kind::Texts,
        "[]",
        "Regular expressions: findings in matching paths are left out.",
    ),
    key(
        "exclusions.paths-except",
        Kind::Texts,
        "[]",
        "Regular expressions: only findings in matching paths are kept.",
    ),
    key("exclusions.rules[].path", Kind::Text, "", "A regular expression for the finding's path."),
    key(
        "exclusions.rules[].path-except",
        Kind::Text,
        "",
        "A regular expression that the path must not match.",
    ),
    key("exclusions.rules[].text", Kind::Text, "", "A regular expression for the finding's text."),
    key("exclusions.rules[].source", Kind::Text, "", "A regular expression for the finding's source line."),
    key("exclusions.rules[].linters", Kind::Texts, "[]", "map-concurrency or names of rules."),
    key("severity.default", Kind::Text, "", "The severity of every finding; @linter for the rule's own."),
    key("severity.rules[].severity", Kind::Text, "", "The severity of the findings that this rule matches."),
    key("severity.rules[].path", Kind::Text, "", "A regular expression for the finding's path."),
    key("severity.rules[].path-except", Kind::Text, "", "A regular expression that the path must not match."),
    key("severity.rules[].text", Kind::Text, "", "A regular expression for the finding's text."),
    key("severity.rules[].source", Kind::Text, "", "A regular expression for the finding's source line."),
    key("severity.rules[].linters", Kind::Texts, "[]", "map-concurrency or names of rules."),
];

/// The keys of each format below `output.formats`.
pub(crate) const FORMAT_KEYS: &[Key] = &[
    key("path", Kind::Text, "", "Where the report goes: stdout, stderr or a file."),
    key("print-linter-name", Kind::Switch, "true", "text and tab: print the linter's name."),
    key("print-issued-lines", Kind::Switch, "true", "text: print source lines, evidence and advice."),
    key("colors", Kind::Switch, "true", "text and tab: allow colours on a terminal."),
    key("extended", Kind::Switch, "false", "junit-xml: file and line as attributes."),
];

/// Compares our keys in the document with those that exist, and their values with what they take.
///
/// # Errors
/// For the first key that does not exist, with the nearest that does; for the first value of another type.
pub(crate) fn check(document: &Document) -> Result<(), CliError> {
    let settings = document.settings()?;
    let own = SETTINGS.iter().map(|key| (key.name.to_owned(), key.kind));
    let keys: Vec<(String, Kind)> = match document.dialect() {
        Dialect::Ours => own.chain(of_tables()).collect(),
        Dialect::Golangci1 | Dialect::Golangci2 => {
            own.chain(PLUGIN.iter().map(|key| (key.name.to_owned(), key.kind))).collect()
        }
    };
    check_table(&settings, "", &keys)
}

/// The keys of our file's tables, those of each format among them.
fn of_tables() -> impl Iterator<Item = (String, Kind)> {
    let of_format = |format: &'static str| {
        FORMAT_KEYS.iter().map(move |key| (format!("output.formats.{format}.{}", key.name), key.kind))
    };
    let tables = TABLES.iter().map(|key| (key.name.to_owned(), key.kind));
    tables.chain(FormatName::names().flat_map(of_format))
}

/// Compares the keys of one table, `prefix` being its name in the list, and those of the tables in it.
fn check_table(section: &Section<'_>, prefix: &str, keys: &[(String, Kind)]) -> Result<(), CliError> {
    let below = || keys.iter().filter_map(|(name, kind)| Some((name.strip_prefix(prefix)?, *kind)));
    let mut known: Vec<&str> = Vec::new();
    for key in below().filter_map(|(name, _)| name.split(['.', '[']).next()) {
        if !known.contains(&key) {
            known.push(key);
        }
    }
    for key in section.keys() {
        if !known.contains(&key) {
            let known: Vec<String> = known.iter().map(|key| section.name_of(key)).collect();
            return Err(section.unknown("setting", &section.name_of(key), &known));
        }
        let holds = |mark: &str| {
            below().any(|(name, _)| name.strip_prefix(key).is_some_and(|rest| rest.starts_with(mark)))
        };
        if holds(".") {
            check_table(&section.section(key)?, &format!("{prefix}{key}."), keys)?;
        } else if holds("[].") {
            for entry in section.sections(key)? {
                check_table(&entry, &format!("{prefix}{key}[]."), keys)?;
            }
        } else if let Some((_, kind)) = below().find(|(name, _)| *name == key) {
            kind.check(section, key)?;
        }
    }
    Ok(())
}

impl Kind {
    /// Whether the value of a key is of this kind.
    fn check(self, section: &Section<'_>, key: &str) -> Result<(), CliError> {
        match self {
            Self::Switch => section.switch(key).map(drop),
            Self::Count => section.count(key).map(drop),
            Self::Duration => section.duration(key).map(drop),
            Self::Text => section.text(key).map(drop),
            Self::Word(words) => section.word(key, words).map(drop),
            Self::Texts | Self::Words(_) | Self::Rules | Self::Functions | Self::Types => {
                section.texts(key).map(drop)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    fn told(name: &str, text: &str) -> String {
        let document = document(name, text).unwrap();
        check(&document).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn unknown_keys_of_ours_are_errors_with_a_suggestion() {
        let ours = |text: &str| told("gomapcheck.toml", text);
        insta::assert_snapshot!(ours("launcher = []"), @"gomapcheck.toml: there is no setting launcher; did you mean launchers?");
        insta::assert_snapshot!(ours("[run]\ntimeuot = '5m'"), @"gomapcheck.toml: there is no setting run.timeuot; did you mean run.timeout?");
        insta::assert_snapshot!(ours("[output.formats.jsn]\npath = 'stdout'"), @"gomapcheck.toml: there is no setting output.formats.jsn; did you mean output.formats.json?");
        insta::assert_snapshot!(ours("[output.formats.json]\npth = 'stdout'"), @"gomapcheck.toml: there is no setting output.formats.json.pth; did you mean output.formats.json.path?");
        insta::assert_snapshot!(ours("[[exclusions.rules]]\npath = 'a'\n[[exclusions.rules]]\nlinter = ['x']"), @"gomapcheck.toml: there is no setting exclusions.rules[1].linter; did you mean exclusions.rules[1].linters?");
        insta::assert_snapshot!(ours("[severity]\nxyz = 1"), @"gomapcheck.toml: there is no setting severity.xyz; did you mean severity.rules?");
        insta::assert_snapshot!(ours("binary = 'x'"), @"gomapcheck.toml: there is no setting binary; there are min-confidence, preview, enable, disable, baseline, launchers, waits, handlers, locks, unlocks, calls-now, containers, guard-comments, extends, run, output, issues, exclusions, severity");
        assert_eq!(ours("preview = true\n[run]\ntests = true\n[output.formats.json]\npath = 'stdout'"), "");
    }

    #[test]
    fn unknown_keys_of_others_are_left_alone() {
        let settings = "linters: {settings: {custom: {map-concurrency: {settings: {launcher: []}}}}}\n";
        insta::assert_snapshot!(told(".golangci.yml", &format!("version: 2\n{settings}")), @".golangci.yml: there is no setting linters.settings.custom.map-concurrency.settings.launcher; did you mean linters.settings.custom.map-concurrency.settings.launchers?");
        let foreign = "version: 2\nrunn: 1\nrun: {timeuot: 1}\nlinters: {settings: {errcheck: {x: 1}}}\n";
        assert_eq!(told(".golangci.yml", foreign), "");
    }
}
