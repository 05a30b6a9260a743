//! Which version of each module a build takes, and where its files are.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gomapcheck_source::GoVersion;

use crate::module_file::{ModuleFile, Replacement};
use crate::paths;

/// From this version on, go.mod lists all modules that a build needs, not just the direct ones.
const COMPLETE_SINCE: GoVersion = GoVersion { major: 1, minor: 17 };

/// Where the modules of a build are, by module path. Modules that are nowhere on this machine may be listed; reading
/// their directories simply fails.
pub(crate) fn module_directories(
    main: &[(PathBuf, &ModuleFile)],
    cache: Option<&Path>,
) -> BTreeMap<String, PathBuf> {
    let replacements = main.iter().flat_map(|(directory, file)| {
        file.replacements.iter().map(move |replacement| (directory.as_path(), replacement))
    });
    let replacements: Vec<(&Path, &Replacement)> = replacements.collect();
    let versions = select_versions(main, &replacements, cache);
    let mut directories = BTreeMap::new();
    for (module, version) in &versions {
        if let Some(directory) = locate(module, version, &replacements, cache) {
            directories.insert(module.clone(), directory);
        }
    }
    // A replacement may serve imports although nothing requires the module yet.
    for (base, replacement) in &replacements {
        if replacement.version.is_none() && replacement.target_version.is_none() {
            let directory = paths::join(base, Path::new(&replacement.target));
            directories.entry(replacement.module.clone()).or_insert(directory);
        }
    }
    directories
}

/// Takes for each module the highest version that anything in the build asks for.
fn select_versions(
    main: &[(PathBuf, &ModuleFile)],
    replacements: &[(&Path, &Replacement)],
    cache: Option<&Path>,
) -> BTreeMap<String, String> {
    let mut selected: BTreeMap<String, String> = BTreeMap::new();
    let mut pending: Vec<(String, String)> = Vec::new();
    let mut is_complete = true;
    for (_, file) in main {
        is_complete &= file.go_version.is_some_and(|version| version >= COMPLETE_SINCE);
        pending.extend(file.requirements.iter().map(|(module, version)| (module.clone(), version.clone())));
    }
    while let Some((module, version)) = pending.pop() {
        let is_news = selected.get(&module).is_none_or(|known| compare_versions(known, &version).is_lt());
        if !is_news {
            continue;
        }
        if !is_complete && let Some(file) = requirements_of(&module, &version, replacements, cache) {
            pending.extend(file.requirements);
        }
        selected.insert(module, version);
    }
    selected
}

fn requirements_of(
    module: &str,
    version: &str,
    replacements: &[(&Path, &Replacement)],
    cache: Option<&Path>,
) -> Option<ModuleFile> {
    let path = match replacement_of(module, version, replacements) {
        Some((base, Replacement { target, target_version: None, .. })) => {
            paths::join(base, Path::new(target)).join("go.mod")
        }
        Some((_, Replacement { target, target_version: Some(version), .. })) => {
            downloaded_module_file(target, version, cache?)
        }
        None => downloaded_module_file(module, version, cache?),
    };
    std::fs::read_to_string(path).ok().map(|text| ModuleFile::parse(&text))
}

fn downloaded_module_file(module: &str, version: &str, cache: &Path) -> PathBuf {
    let directory = cache.join("cache").join("download").join(escape(module)).join("@v");
    directory.join(format!("{}.mod", escape(version)))
}

fn replacement_of<'r>(
    module: &str,
    version: &str,
    replacements: &[(&'r Path, &'r Replacement)],
) -> Option<(&'r Path, &'r Replacement)> {
    let of_module = replacements.iter().filter(|(_, replacement)| replacement.module == module);
    let mut matching = of_module
        .filter(|(_, replacement)| replacement.version.as_deref().is_none_or(|replaced| replaced == version));
    let first = matching.next().copied();
    // The line that names this version beats the one for all versions.
    matching.find(|(_, replacement)| replacement.version.is_some()).copied().or(first)
}

fn locate(
    module: &str,
    version: &str,
    replacements: &[(&Path, &Replacement)],
    cache: Option<&Path>,
) -> Option<PathBuf> {
    let in_cache = |module: &str, version: &str| {
        cache.map(|cache| cache.join(format!("{}@{}", escape(module), escape(version))))
    };
    match replacement_of(module, version, replacements) {
        Some((_, Replacement { target, target_version: Some(version), .. })) => in_cache(target, version),
        Some((base, Replacement { target, .. })) => Some(paths::join(base, Path::new(target))),
        None => in_cache(module, version),
    }
}

/// The module cache writes `!x` for `X`, for file systems that do not tell them apart.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            escaped.push('!');
        }
        escaped.push(c.to_ascii_lowercase());
    }
    escaped
}

/// Orders versions such as `v1.2.3-rc.1+incompatible` by the rules of semantic versioning.
fn compare_versions(a: &str, b: &str) -> Ordering {
    let (a_numbers, a_early) = split_version(a);
    let (b_numbers, b_early) = split_version(b);
    a_numbers.cmp(&b_numbers).then_with(|| match (a_early, b_early) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => a.split('.').map(identifier).cmp(b.split('.').map(identifier)),
    })
}

fn split_version(version: &str) -> (Vec<u64>, Option<&str>) {
    let version = version.strip_prefix('v').unwrap_or(version);
    let version = version.split('+').next().unwrap_or(version);
    let (numbers, early) = version.split_once('-').map_or((version, None), |(n, early)| (n, Some(early)));
    (numbers.split('.').map(|number| number.parse().unwrap_or(0)).collect(), early)
}

/// Numbers order before words, and by their value.
fn identifier(text: &str) -> (bool, u64, &str) {
    match text.parse() {
        Ok(number) => (false, number, ""),
        Err(_) => (true, 0, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_order_as_semantic_versioning_says() {
        let ordered = [
            "v0.0.0-20200101000000-abc",
            "v0.1.0",
            "v1.0.0-alpha.2",
            "v1.0.0-alpha.10",
            "v1.0.0-beta",
            "v1.0.0",
            "v1.2.0",
            "v1.10.0",
        ];
        assert!(ordered.windows(2).all(|pair| compare_versions(pair[0], pair[1]).is_lt()));
        assert!(compare_versions("v2.0.0+incompatible", "v2.0.0").is_eq());
    }

    #[test]
    fn replacements_win_over_the_cache() {
        let file = ModuleFile::parse(
            "module m\ngo 1.20\nrequire github.com/Big/Lib v1.2.3\nrequire b.org/y v1.0.0\nreplace b.org/y => ./y\nreplace c.org/z => ../z\n",
        );
        let directories = module_directories(&[("/m".into(), &file)], Some(Path::new("/cache")));
        assert_eq!(directories["github.com/Big/Lib"], Path::new("/cache/github.com/!big/!lib@v1.2.3"));
        assert_eq!(directories["b.org/y"], Path::new("/m/y"));
        assert_eq!(directories["c.org/z"], Path::new("/z"));
    }
}
