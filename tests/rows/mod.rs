//! Go code for the rows of the library tables.

#![allow(dead_code, reason = "each test file uses a part")]

mod case;
mod stub;

pub(crate) use stub::stubs;

use std::collections::{BTreeMap, BTreeSet};

use gomapcheck_race::models::{Effect, Entry};

/// A function that uses one row.
#[derive(Debug)]
pub(crate) struct Case {
    /// The row, for messages.
    pub(crate) row: String,
    /// Declarations of a Go file; `NAME` stands for a name of the case's own, `api` for the row's package.
    pub(crate) code: String,
    /// What is to be found in it.
    pub(crate) expected: Expected,
}

/// What is to be found in a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Expected {
    /// A race.
    Found,
    /// None.
    Silent,
}

/// The cases of one imported package.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// The import paths, with the names by which the code calls them.
    imports: BTreeMap<String, String>,
    /// The cases.
    pub(crate) cases: Vec<Case>,
}

impl Package {
    /// The Go file and the line on which each case begins.
    pub(crate) fn source(&self, number: usize) -> (String, Vec<usize>) {
        let mut text = format!("package p{number}\n\nimport (\n");
        for (path, name) in &self.imports {
            text.push_str(&format!("\t{name} {path:?}\n"));
        }
        if self.cases.iter().any(|case| case.code.contains("clock.")) {
            text.push_str("\tclock \"time\"\n");
        }
        text.push_str(")\n");
        let mut starts = Vec::new();
        for (index, case) in self.cases.iter().enumerate() {
            text.push('\n');
            starts.push(text.lines().count() + 1);
            text.push_str(&case.code.replace("NAME", &format!("Case{index}")));
        }
        (text, starts)
    }
}

/// Cases for every entry, a Go package for each import path.
pub(crate) fn packages(entries: &[Entry]) -> Vec<Package> {
    let mut of_path: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        of_path.entry(main_package(entry)).or_default().push(entry);
    }
    of_path.iter().map(|(path, entries)| package(path, entries)).collect()
}

fn package(path: &str, entries: &[&Entry]) -> Package {
    let mut package = Package::default();
    for entry in entries {
        let neighbours = case::Neighbours::new(entries, entry);
        package.cases.extend(case::cases(entry, &neighbours));
    }
    let used: BTreeSet<String> = entries.iter().flat_map(|entry| packages_of(entry)).collect();
    package.imports = used.iter().map(|used| (used.clone(), alias(path, used))).collect();
    package.cases.iter_mut().for_each(|case| {
        for used in &used {
            case.code = case.code.replace(&format!("«{used}»"), &alias(path, used));
        }
    });
    package
}

/// What the code calls a package: `api` for the one that its cases are about.
fn alias(own: &str, path: &str) -> String {
    if own == path {
        "api".to_owned()
    } else {
        format!("x{}", path.replace(|c: char| !c.is_ascii_alphanumeric(), ""))
    }
}

fn main_package(entry: &Entry) -> String {
    packages_of(entry).into_iter().next().unwrap_or_default()
}

/// The packages that an entry speaks of.
fn packages_of(entry: &Entry) -> Vec<String> {
    match entry {
        Entry::Call { package, .. } => vec![package.to_string()],
        Entry::Field { owner: (package, _), .. }
        | Entry::Adapter { ty: (package, _), .. }
        | Entry::Registration { ty: (package, _), .. } => vec![package.to_string()],
        Entry::Method { parameters, .. } => {
            let mut packages: Vec<String> =
                parameters.iter().flatten().map(|(package, _)| package.to_string()).collect();
            packages.dedup();
            packages
        }
    }
}

/// Whether calls of a receiver's methods are operations on the receiver itself.
fn is_on_receiver(effect: &Effect) -> bool {
    match effect {
        Effect::Maps(maps) | Effect::Copies(maps) => maps.iter().any(|map| map.argument.is_none()),
        _ => false,
    }
}
