//! `//nolint` comments of the analysed files, and those of them that hardly say what is meant.

use std::collections::BTreeMap;

use gomapcheck_diagnostics::{LINTER, Nolint};
use gomapcheck_engine::FileDirectives;
use gomapcheck_project::Workspace;
use gomapcheck_source::Provider;

/// How like a name must be to one of ours to be taken for a slip of the pen: linters of others are less like them.
const LIKENESS: f64 = 0.93;

/// The directives of each file, by its absolute path.
pub(super) fn by_path(directives: &[FileDirectives], workspace: &Workspace) -> BTreeMap<String, Vec<Nolint>> {
    let of_file = |file: &FileDirectives| {
        let path = workspace.file(file.file).path.to_string_lossy().into_owned();
        let parsed = file.directives.iter();
        let parsed = parsed.filter_map(|d| Nolint::parse(&d.text, d.first_line, d.last_line));
        (path, parsed.collect())
    };
    directives.iter().map(of_file).collect()
}

/// A sentence for each directive that silences nothing although it was meant for this linter: golangci-lint tells of unknown
/// names as well.
pub(super) fn doubts(directives: &[FileDirectives], workspace: &Workspace) -> Vec<String> {
    let mut doubts = Vec::new();
    for file in directives {
        for directive in &file.directives {
            let nolint = Nolint::parse(&directive.text, directive.first_line, directive.last_line);
            if let Some(doubt) = nolint.as_ref().and_then(|nolint| first_doubt(nolint.names())) {
                let path = workspace.display_path(&workspace.file(file.file).path);
                doubts.push(format!(
                    "{path}:{}: //{} silences nothing: {doubt}",
                    directive.first_line, directive.text
                ));
            }
        }
    }
    doubts
}

/// What is wrong with names of which none is ours and one nearly is.
fn first_doubt(names: &[String]) -> Option<String> {
    let rules = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name);
    let known: Vec<&str> = [LINTER, "gomapcheck"].into_iter().chain(rules).collect();
    match names.iter().any(|name| known.contains(&name.as_str())) {
        true => None,
        false => names.iter().find_map(|name| doubt(name, &known)),
    }
}

fn doubt(name: &str, known: &[&str]) -> Option<String> {
    if let Some((first, _)) = name.split_once(char::is_whitespace)
        && known.contains(&first)
    {
        return Some("a reason needs // before it".to_owned());
    }
    let likeness = |known: &&str| strsim::jaro_winkler(name, known);
    let nearest = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&nearest) > LIKENESS).then(|| format!("{name} is no linter; did you mean {nearest}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_told_and_linters_of_others_are_not() {
        let told = |names: &str| {
            let names: Vec<String> = names.split(',').map(str::to_owned).collect();
            first_doubt(&names).unwrap_or_default()
        };
        assert_eq!(told("map-concurency"), "map-concurency is no linter; did you mean map-concurrency?");
        assert_eq!(told("mapconcurrency"), "mapconcurrency is no linter; did you mean map-concurrency?");
        assert_eq!(
            told("concurrent-map-writes"),
            "concurrent-map-writes is no linter; did you mean concurrent-map-write?"
        );
        assert_eq!(told("map-concurrency guarded by init"), "a reason needs // before it");
        for name in [
            "map-concurrency",
            "gomapcheck",
            "mixed-map-locks",
            "map-concurrency,map-concurency",
            "errcheck",
            "gochecknoglobals",
            "gochecknoinits",
            "gomoddirectives",
            "gomodguard",
            "concurrency",
            "maintidx",
            "copyloopvar",
            "containedctx",
            "goconst",
            "",
        ] {
            assert_eq!(told(name), "", "{name}");
        }
    }
}
