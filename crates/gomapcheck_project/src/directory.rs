//! From a directory's files to the packages that a build takes from them.

use gomapcheck_source::{Import, Name, Problem, ProblemKind, Span};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::build_context::BuildContext;
use crate::constraint;
use crate::head::{self, Constraint, Head};
use crate::text::{self, ReadFailure};
use crate::walk::Entry;

/// Which of a directory's files are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// Whether `_test.go` files are.
    pub(crate) tests: bool,
    /// Whether files are taken although constraints exclude them, as for files that the user named.
    pub(crate) ignore_constraints: bool,
}

/// A file that belongs to the build.
#[derive(Debug)]
pub(crate) struct ChosenFile {
    pub(crate) path: PathBuf,
    pub(crate) text: Arc<str>,
    pub(crate) package_name: Name,
    pub(crate) is_test: bool,
    pub(crate) generated: bool,
    pub(crate) imports: Vec<Import>,
    pub(crate) import_comment: Option<Name>,
}

/// What became of a file.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It belongs to the build.
    Chosen(ChosenFile),
    /// Its name, a constraint or the wish for no tests keeps it out.
    Excluded,
    /// It cannot be used.
    Trouble(Problem),
}

/// A package's files, sorted by name, test files last.
#[derive(Debug)]
pub(crate) struct PackageFiles {
    pub(crate) name: Name,
    pub(crate) is_external_test: bool,
    pub(crate) files: Vec<ChosenFile>,
}

/// Reads and judges one file; `buffer` is reused from file to file.
pub(crate) fn examine(
    directory: &Path,
    entry: &Entry,
    context: &BuildContext,
    choice: Choice,
    buffer: &mut Vec<u8>,
) -> Outcome {
    let name = entry.name.to_string_lossy();
    let is_test = name.ends_with("_test.go");
    if is_test && !choice.tests || !choice.ignore_constraints && !context.suits_file_name(&name) {
        return Outcome::Excluded;
    }
    let path = directory.join(&entry.name);
    let text = match text::read(&path, entry.is_link, buffer) {
        Ok(text) => text,
        Err(failure) => return unread(path, &failure),
    };
    let head = head::scan(&text);
    match satisfies(&head.constraint, context) {
        Ok(true) => {}
        _ if choice.ignore_constraints => {}
        Ok(false) => return Outcome::Excluded,
        Err(why) => {
            return trouble(
                path,
                &format!("the file was passed over, its //go:build constraint is broken: {why}"),
            );
        }
    }
    let Some(package) = head.package else {
        return trouble(path, "the file was passed over, it has no package clause");
    };
    let imports = imports(&text, &head);
    let uses_cgo = imports.iter().any(|import| import.path.as_str() == "C");
    if package == "documentation" || uses_cgo && !context.cgo && !choice.ignore_constraints {
        return Outcome::Excluded;
    }
    let package_name = Name::new(package);
    let import_comment = head.import_comment.map(Name::new);
    Outcome::Chosen(ChosenFile {
        package_name,
        is_test,
        generated: head.generated,
        imports,
        import_comment,
        path,
        text,
    })
}

fn unread(path: PathBuf, failure: &ReadFailure) -> Outcome {
    let (kind, message) = match failure {
        ReadFailure::NotAFile => return Outcome::Excluded,
        ReadFailure::TooLarge => {
            (ProblemKind::Source, "the file was passed over, it is larger than 512 MiB".to_owned())
        }
        ReadFailure::Refused(error) => {
            (ProblemKind::Unreadable, format!("cannot be read and was passed over: {error}"))
        }
    };
    Outcome::Trouble(Problem { kind, path, message })
}

fn trouble(path: PathBuf, message: &str) -> Outcome {
    Outcome::Trouble(Problem { kind: ProblemKind::Source, path, message: message.to_owned() })
}

fn satisfies(constraint: &Constraint<'_>, context: &BuildContext) -> Result<bool, &'static str> {
    let is_set = |tag: &str| context.is_set(tag);
    match constraint {
        Constraint::Absent => Ok(true),
        Constraint::Expression(expression) => constraint::evaluate(expression, &is_set),
        Constraint::PlusBuild(lines) => {
            Ok(lines.iter().all(|line| constraint::evaluate_plus_build(line, &is_set)))
        }
        Constraint::SeveralExpressions => Err("there are several"),
    }
}

fn imports(text: &str, head: &Head<'_>) -> Vec<Import> {
    let to_import = |range: &std::ops::Range<usize>| {
        let path = text.get(range.start + 1..range.end - 1)?;
        let span = Span::new(u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?);
        Some(Import { path: Name::new(path), span })
    };
    head.imports.iter().filter_map(to_import).collect()
}

/// Groups a directory's files into its package and, where there is one, the external test package beside it.
///
/// Where files disagree on the package's name, the name that most of them have stands (the first of them in case of a
/// tie), and the others are passed over.
pub(crate) fn group(files: Vec<ChosenFile>, problems: &mut Vec<Problem>) -> Vec<PackageFiles> {
    let Some(name) = package_name(&files) else { return Vec::new() };
    let external_name = format!("{name}_test");
    let (mut inside, mut external) = (Vec::new(), Vec::new());
    for file in files {
        if file.package_name == name {
            inside.push(file);
        } else if file.is_test && file.package_name.as_str() == external_name {
            external.push(file);
        } else {
            problems.push(Problem {
                kind: ProblemKind::Source,
                message: format!(
                    "the file was passed over, it says package {} while its directory holds package {name}",
                    file.package_name
                ),
                path: file.path,
            });
        }
    }
    inside.sort_by_key(|file| file.is_test);
    let inside = PackageFiles { name, is_external_test: false, files: inside };
    let external = PackageFiles { name: Name::new(&external_name), is_external_test: true, files: external };
    [inside, external].into_iter().filter(|package| !package.files.is_empty()).collect()
}

fn package_name(files: &[ChosenFile]) -> Option<Name> {
    let ordinary = files.iter().filter(|file| !file.is_test).map(|file| file.package_name);
    most_frequent(ordinary).or_else(|| most_frequent(files.iter().map(tested_package)))
}

/// The package that a test file tests, judged by its own package clause.
fn tested_package(file: &ChosenFile) -> Name {
    let name = file.package_name.as_str();
    name.strip_suffix("_test").filter(|tested| !tested.is_empty()).map_or(file.package_name, Name::new)
}

fn most_frequent(names: impl Iterator<Item = Name>) -> Option<Name> {
    let mut counts: BTreeMap<Name, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (position, name) in names.enumerate() {
        counts.entry(name).or_insert((0, std::cmp::Reverse(position))).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, package: &str) -> ChosenFile {
        ChosenFile {
            path: PathBuf::from(name),
            text: Arc::from(""),
            package_name: Name::new(package),
            is_test: name.ends_with("_test.go"),
            generated: false,
            imports: Vec::new(),
            import_comment: None,
        }
    }

    fn grouped(files: &[(&str, &str)]) -> String {
        let mut problems = Vec::new();
        let packages =
            group(files.iter().map(|(name, package)| file(name, package)).collect(), &mut problems);
        let describe = |package: &PackageFiles| {
            let names: Vec<String> =
                package.files.iter().map(|file| file.path.display().to_string()).collect();
            format!("{}: {}", package.name, names.join(" "))
        };
        let mut lines: Vec<String> = packages.iter().map(describe).collect();
        lines.extend(problems.iter().map(|problem| format!("not {}", problem.path.display())));
        lines.join("; ")
    }

    #[test]
    fn external_tests_are_a_package_of_their_own() {
        assert_eq!(
            grouped(&[("a.go", "p"), ("a_test.go", "p"), ("b.go", "p"), ("x_test.go", "p_test")]),
            "p: a.go b.go a_test.go; p_test: x_test.go"
        );
        assert_eq!(grouped(&[("x_test.go", "p_test")]), "p_test: x_test.go");
        assert_eq!(
            grouped(&[("x_test.go", "p_test"), ("y_test.go", "p")]),
            "p: y_test.go; p_test: x_test.go"
        );
    }

    #[test]
    fn the_most_frequent_name_wins() {
        assert_eq!(grouped(&[("a.go", "main"), ("b.go", "p"), ("c.go", "p")]), "p: b.go c.go; not a.go");
        assert_eq!(grouped(&[("a.go", "q"), ("b.go", "p")]), "q: a.go; not b.go");
    }

    #[test]
    fn a_package_may_itself_be_called_test() {
        assert_eq!(grouped(&[("a.go", "p_test"), ("a_test.go", "p_test")]), "p_test: a.go a_test.go");
    }
}
