//! Miniatures of the packages that rows speak of: every declaration is there, none does anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use gomapcheck_race::models::Entry;

use super::is_on_receiver;

/// What a miniature declares.
#[derive(Default)]
struct Declarations {
    structs: BTreeMap<String, BTreeSet<String>>,
    maps: BTreeSet<String>,
    functions: BTreeMap<String, String>,
}

/// The miniatures that these entries need; the standard library has none.
pub(crate) fn stubs(entries: &[Entry]) -> BTreeMap<String, String> {
    let mut packages: BTreeMap<String, Declarations> = BTreeMap::new();
    for entry in entries {
        declare(entry, &mut packages);
    }
    let of_others = packages
        .into_iter()
        .filter(|(path, _)| path.split('/').next().is_some_and(|host| host.contains('.')));
    of_others.map(|(path, declarations)| (path, declarations.text())).collect()
}

fn declare(entry: &Entry, packages: &mut BTreeMap<String, Declarations>) {
    match entry {
        Entry::Call { package, receiver, name, effect } => {
            let declarations = packages.entry(package.to_string()).or_default();
            let owner = receiver.map(|receiver| format!("(_ {receiver}) ")).unwrap_or_default();
            if let Some(receiver) = receiver {
                declarations.structs.entry(receiver.to_string()).or_default();
                if is_on_receiver(effect) {
                    declarations.maps.insert(receiver.to_string());
                }
            }
            let header = format!("func {owner}{name}(arguments ...any) any {{ return nil }}");
            declarations.functions.insert(format!("{owner}{name}"), header);
        }
        Entry::Field { owner: (package, owner), field, .. } => {
            packages
                .entry(package.to_string())
                .or_default()
                .structs
                .entry(owner.to_string())
                .or_default()
                .insert(field.to_string());
        }
        Entry::Adapter { ty: (package, name), .. } => {
            packages
                .entry(package.to_string())
                .or_default()
                .functions
                .insert(format!("type {name}"), format!("type {name} func()"));
        }
        Entry::Method { parameters, .. } => {
            for (package, name) in parameters.iter().flatten() {
                packages.entry(package.to_string()).or_default().structs.entry(name.to_string()).or_default();
            }
        }
        Entry::Registration { ty: (package, name), .. } => {
            packages.entry(package.to_string()).or_default().structs.entry(name.to_string()).or_default();
        }
    }
}

impl Declarations {
    fn text(&self) -> String {
        let mut text = "package stub\n\n".to_owned();
        for (name, fields) in &self.structs {
            if self.functions.contains_key(&format!("type {name}")) {
                continue;
            }
            if self.maps.contains(name) {
                writeln!(text, "type {name} map[string]any").unwrap();
            } else {
                let fields: Vec<String> = fields.iter().map(|field| format!("{field} any")).collect();
                writeln!(text, "type {name} struct{{ {} }}", fields.join("; ")).unwrap();
            }
        }
        for declaration in self.functions.values() {
            writeln!(text, "{declaration}").unwrap();
        }
        text
    }
}
