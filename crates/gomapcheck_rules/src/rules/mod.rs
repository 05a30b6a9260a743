//! One file a rule. A new rule is its file, its `mod` line and its entry in `ALL`.

use crate::Rule;

mod concurrent_map_iteration;
mod concurrent_map_read_write;
mod concurrent_map_write;
mod copied_map_lock;
mod guarded_map_escape;
mod map_write_under_read_lock;
mod mixed_map_locks;
mod range_map_mutation;
mod sync_map_check_then_act;
mod unguarded_map_access;

/// Every rule, by name.
const ALL: &[&dyn Rule] = &[
    &concurrent_map_iteration::ConcurrentMapIteration,
    &concurrent_map_read_write::ConcurrentMapReadWrite,
    &concurrent_map_write::ConcurrentMapWrite,
    &copied_map_lock::CopiedMapLock,
    &guarded_map_escape::GuardedMapEscape,
    &map_write_under_read_lock::MapWriteUnderReadLock,
    &mixed_map_locks::MixedMapLocks,
    &range_map_mutation::RangeMapMutation,
    &sync_map_check_then_act::SyncMapCheckThenAct,
    &unguarded_map_access::UnguardedMapAccess,
];

/// Every rule, sorted by name.
#[must_use]
pub fn all() -> &'static [&'static dyn Rule] {
    ALL
}

/// The rule with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    ALL.iter().copied().find(|rule| rule.metadata().name == name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_registered_rule() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().replace('_', "-"))
            .filter(|stem| stem != "mod")
            .collect();
        files.sort();
        let names: Vec<&str> = all().iter().map(|rule| rule.metadata().name).collect();
        assert_eq!(files, names, "left: files, right: rules in ALL, which is sorted by name");
    }

    #[test]
    fn a_rule_stands_in_the_file_of_its_name() {
        for rule in all() {
            let metadata = rule.metadata();
            let file = format!("rules/{}.rs", metadata.name.replace('-', "_"));
            assert!(
                metadata.file.replace('\\', "/").ends_with(&file),
                "{} is in {}",
                metadata.name,
                metadata.file
            );
        }
    }

    #[test]
    fn every_rule_says_what_why_and_shows_bad_and_good() {
        for rule in all() {
            let metadata = rule.metadata();
            let docs = metadata.markdown();
            assert!(
                !metadata.summary().is_empty() && !metadata.summary().ends_with('.'),
                "{}",
                metadata.name
            );
            let at = |heading: &str| docs.find(heading).unwrap_or(usize::MAX);
            let (why, bad, good) = (at("\n## Why\n"), at("\n## Bad\n```go\n"), at("\n## Good\n```go\n"));
            assert!(
                why < bad && bad < good && good < docs.len(),
                "{}: Why, Bad, Good in this order",
                metadata.name
            );
            let wants = ["// want", "// want-possible"].map(|want| format!("{want} {} ", metadata.name));
            assert!(wants.iter().any(|want| docs[bad..good].contains(want)), "{}: no want", metadata.name);
            assert!(!docs[good..].contains("// want"), "{}: Good wants a finding", metadata.name);
        }
    }

    #[test]
    fn a_rule_is_found_by_its_name_alone() {
        assert!(find("mixed-map-locks").is_some());
        assert!(find("mixed").is_none());
    }
}
