//! `exclusions`, and what golangci-lint calls it: which findings are left out whatever they say.

use gomapcheck_diagnostics::{Exclusions, Generated, Pattern, WarnUnused};

use crate::config::conditions::{self, Case};
use crate::config::document::{Dialect, Document};
use crate::config::section::Section;
use crate::error::CliError;

/// What golangci-lint 1 leaves out unless it is told otherwise.
const DIRECTORIES_OF_FIRST: [&str; 6] =
    ["vendor", "third_party", "testdata", "examples", "Godeps", "builtin"];

/// What golangci-lint's presets are called; all are about other linters.
const PRESETS: [&str; 4] = ["comments", "std-error-handling", "common-false-positives", "legacy"];

/// Reads which files count as generated, and what else is left out.
pub(super) fn read(document: &Document) -> Result<(Generated, Exclusions), CliError> {
    match document.dialect() {
        Dialect::Ours => of_second(&document.section("exclusions")?, true),
        Dialect::Golangci2 => of_second(&document.section("linters.exclusions")?, false),
        Dialect::Golangci1 => of_first(document),
    }
}

fn of_second(section: &Section<'_>, is_ours: bool) -> Result<(Generated, Exclusions), CliError> {
    if is_ours {
        section.word("generated", &["strict", "lax", "disable"])?;
        let presets = section.texts("presets")?;
        if let Some(unknown) = presets.iter().find(|name| !PRESETS.contains(&name.as_str())) {
            return Err(section.unknown("preset", unknown, &PRESETS));
        }
    }
    let mut rules = Vec::new();
    for rule in section.sections("rules")? {
        rules.extend(conditions::read(&rule, Case::Sensitive, 2)?);
    }
    let warn_unused = match section.switch("warn-unused")?.unwrap_or(false) {
        true if is_ours => WarnUnused::All,
        true => WarnUnused::Named,
        false => WarnUnused::Never,
    };
    let exclusions = Exclusions {
        paths: patterns(section, "paths")?,
        directories: Vec::new(),
        paths_except: patterns(section, "paths-except")?,
        rules,
        warn_unused,
    };
    Ok((generated(section.text("generated")?, Generated::Strict), exclusions))
}

/// The same from the places where golangci-lint 1 had it.
fn of_first(document: &Document) -> Result<(Generated, Exclusions), CliError> {
    let (issues, run) = (document.section("issues")?, document.section("run")?);
    let case = Case::of(issues.switch("exclude-case-sensitive")?.unwrap_or(false));
    let mut rules = Vec::new();
    for text in issues.texts("exclude")? {
        rules.push(conditions::of_text(&issues, "exclude", &text, case)?);
    }
    for rule in issues.sections("exclude-rules")? {
        rules.extend(conditions::read(&rule, case, 2)?);
    }
    let mut paths = patterns(&issues, "exclude-files")?;
    paths.extend(patterns(&run, "skip-files")?);
    let mut directories = patterns(&issues, "exclude-dirs")?;
    directories.extend(patterns(&run, "skip-dirs")?);
    let by_default = issues.switch("exclude-dirs-use-default")?.or(run.switch("skip-dirs-use-default")?);
    if by_default.unwrap_or(true) {
        let customary = format!("(^|/)({})($|/)", DIRECTORIES_OF_FIRST.join("|"));
        directories.extend(Pattern::new(&customary, true).ok());
    }
    let exclusions = Exclusions { paths, directories, rules, ..Exclusions::default() };
    Ok((generated(issues.text("exclude-generated")?, Generated::Lax), exclusions))
}

fn generated(word: Option<String>, default: Generated) -> Generated {
    word.filter(|word| !word.is_empty()).and_then(|word| word.parse().ok()).unwrap_or(default)
}

fn patterns(section: &Section<'_>, key: &str) -> Result<Vec<Pattern>, CliError> {
    let texts = section.texts(key)?;
    texts.iter().map(|text| conditions::pattern(section, key, text, Case::Sensitive)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    fn of(name: &str, text: &str) -> Result<(Generated, Exclusions), String> {
        read(&document(name, text)?).map_err(|error| error.to_string())
    }

    fn written(patterns: &[Pattern]) -> Vec<&str> {
        patterns.iter().map(Pattern::written).collect()
    }

    #[test]
    fn the_second_version_and_ours_say_the_same_in_other_places() {
        let ours = "[exclusions]\ngenerated = 'lax'\nwarn-unused = true\npaths = ['a']\npaths-except = ['b']\npresets = ['comments']\n\
                    [[exclusions.rules]]\npath = 'c'\nlinters = ['map-concurrency']\n";
        let theirs = "version: '2'\nlinters:\n  exclusions:\n    generated: lax\n    warn-unused: true\n    paths: [a]\n    paths-except: [b]\n    \
                      presets: [comments]\n    rules:\n      - {path: c, linters: [map-concurrency]}\n      - {text: d, linters: [errcheck]}\n";
        let (generated, mut exclusions) = of("gomapcheck.toml", ours).unwrap();
        assert_eq!(generated, Generated::Lax);
        assert_eq!((written(&exclusions.paths), written(&exclusions.paths_except)), (vec!["a"], vec!["b"]));
        assert_eq!((exclusions.rules.len(), exclusions.warn_unused), (1, WarnUnused::All));
        exclusions.warn_unused = WarnUnused::Named;
        // The rule that names only other linters is theirs alone.
        assert_eq!(of(".golangci.yml", theirs), Ok((Generated::Lax, exclusions)));
    }

    #[test]
    fn nothing_is_left_out_by_default_but_what_the_first_version_left_out() {
        assert_eq!(of("gomapcheck.toml", ""), Ok((Generated::Strict, Exclusions::default())));
        assert_eq!(of(".golangci.yml", "version: '2'\n"), Ok((Generated::Strict, Exclusions::default())));
        let (generated, exclusions) = of(".golangci.yml", "run: {}\n").unwrap();
        assert_eq!(generated, Generated::Lax);
        assert_eq!(
            written(&exclusions.directories),
            ["(^|/)(vendor|third_party|testdata|examples|Godeps|builtin)($|/)"]
        );
    }

    #[test]
    fn the_first_version_had_many_places() {
        let text = "run: {skip-dirs: [d], skip-files: [f], skip-dirs-use-default: false}\nissues:\n  exclude: [Text]\n  exclude-files: [g]\n  \
                    exclude-dirs: [e]\n  exclude-generated: strict\n  exclude-rules: [{path: p, text: T}]\n";
        let (generated, exclusions) = of(".golangci.yml", text).unwrap();
        assert_eq!(generated, Generated::Strict);
        assert_eq!(written(&exclusions.paths), ["g", "f"]);
        assert_eq!(written(&exclusions.directories), ["e", "d"]);
        let texts: Vec<_> = exclusions.rules.iter().filter_map(|rule| rule.text.as_ref()).collect();
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().all(|text| text.is_match("TEXT")), "case does not count");
    }

    #[test]
    fn what_is_wrong_is_told() {
        let message = |text: &str| of("gomapcheck.toml", text).unwrap_err();
        insta::assert_snapshot!(message("exclusions.paths = ['(']"), @r#"gomapcheck.toml: exclusions.paths: "(" is no regular expression: unclosed group"#);
        insta::assert_snapshot!(message("exclusions.generated = 'loose'"), @r#"gomapcheck.toml: exclusions.generated takes strict, lax or disable, not "loose""#);
        insta::assert_snapshot!(message("exclusions.presets = ['comment']"), @"gomapcheck.toml: there is no preset comment; did you mean comments?");
        insta::assert_snapshot!(message("[[exclusions.rules]]\npath = 'a'"), @"gomapcheck.toml: exclusions.rules[0] needs at least 2 of linters, path, text and source");
        insta::assert_snapshot!(message("[[exclusions.rules]]\npath = 'a'\npath-except = 'b'\ntext = 'c'"), @"gomapcheck.toml: exclusions.rules[0] has path and path-except; take one out");
        insta::assert_snapshot!(message("[[exclusions.rules]]\ntext = '['\nsource = 'c'"), @r#"gomapcheck.toml: exclusions.rules[0].text: "[" is no regular expression: unclosed character class"#);
        let foreign = "version: '2'\nlinters: {exclusions: {rules: [{path: '(', linters: [errcheck]}]}}\n";
        assert!(of(".golangci.yml", foreign).is_ok());
    }
}
