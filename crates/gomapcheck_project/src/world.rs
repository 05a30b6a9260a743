//! What an import path means, which depends on where the importing package stands.

use gomapcheck_source::{Arrangement, GoVersion};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::paths;
use crate::walk::IgnoredDirectories;

/// Index of a [`World`] in the workspace's table.
pub(crate) type WorldId = usize;

/// The world of Go's own tree, always the first in the table.
pub(crate) const STANDARD: WorldId = 0;

/// A set of packages in which an import path means the same everywhere: a module or workspace with what it requires, a
/// tree without go.mod, the standard library.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// The trees that are analysed or stand beside the analysed packages.
    pub(crate) roots: Vec<Root>,
    /// Go's `src` directory, for the standard library.
    pub(crate) standard_source: Option<PathBuf>,
    /// Whether this is (a copy of) Go's own tree.
    pub(crate) is_standard: bool,
    /// Where vendored packages are.
    pub(crate) vendor: Vendor,
    /// Where required and replaced modules are, by module path.
    pub(crate) modules: BTreeMap<String, PathBuf>,
    /// The `src` directories of the GOPATH.
    pub(crate) gopath_sources: Vec<PathBuf>,
}

/// A directory tree whose packages share a prefix of their import paths.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub(crate) directory: PathBuf,
    /// The import path of `directory`; `None` until it has been inferred.
    pub(crate) import_path: Option<String>,
    pub(crate) go_version: GoVersion,
    pub(crate) ignored: IgnoredDirectories,
}

/// Where vendored packages are.
#[derive(Debug, Default)]
pub(crate) enum Vendor {
    /// Nowhere.
    #[default]
    Absent,
    /// In these directories, for every package of the world.
    Directories(Vec<PathBuf>),
    /// In a `vendor` directory beside or above the importing package, up to this directory.
    Nested { ceiling: PathBuf },
}

/// A place where a package may be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) world: WorldId,
    pub(crate) directory: PathBuf,
    pub(crate) import_path: String,
    pub(crate) arrangement: Arrangement,
    /// The module that holds it, if its language version is not yet known.
    pub(crate) module: Option<PathBuf>,
}

impl World {
    /// Where the package that `path` names may be, the best place first. `vendor` holds the vendor directories that
    /// count for the importer.
    pub(crate) fn candidates(&self, own: WorldId, path: &str, vendor: &[PathBuf]) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut add = |world, directory, import_path: &str, arrangement, module| {
            let import_path = import_path.to_owned();
            found.push(Candidate { world, directory, import_path, arrangement, module });
        };
        for directory in vendor {
            add(own, directory.join(path), path, Arrangement::Dependency, None);
        }
        let standard =
            self.standard_source.as_ref().filter(|_| !self.is_standard && paths::looks_standard(path));
        if let Some(source) = standard {
            add(STANDARD, source.join(path), path, Arrangement::Dependency, None);
        }
        for root in self.roots_of(path) {
            let below = root.import_path.as_deref().and_then(|prefix| paths::below_import(path, prefix));
            let directory = root.directory.join(below.unwrap_or_default());
            add(own, directory, path, Arrangement::Neighbour, None);
        }
        for (module, below) in self.modules_of(path) {
            add(own, module.join(below), path, Arrangement::Dependency, Some(module.clone()));
        }
        for source in &self.gopath_sources {
            add(own, source.join(path), path, Arrangement::Dependency, None);
            // Before modules, the directory of a module's second version did not say so.
            if let Some(unversioned) = without_major_version(path) {
                add(own, source.join(&unversioned), &unversioned, Arrangement::Dependency, None);
            }
        }
        if self.is_standard
            && let Some(source) = &self.standard_source
        {
            let directory = source.join(path);
            if self.roots_of(path).all(|root| !directory.starts_with(&root.directory)) {
                add(own, directory, path, Arrangement::Neighbour, None);
            }
        }
        found
    }

    /// The roots whose import paths lie at or above `path`, the closest first.
    fn roots_of<'w>(&'w self, path: &str) -> impl Iterator<Item = &'w Root> {
        let covers = |root: &&Root| {
            root.import_path.as_deref().is_some_and(|prefix| paths::below_import(path, prefix).is_some())
        };
        let mut roots: Vec<&Root> = self.roots.iter().filter(covers).collect();
        roots.sort_by_key(|root| std::cmp::Reverse(root.import_path.as_ref().map_or(0, String::len)));
        roots.into_iter()
    }

    fn modules_of<'w, 'p>(&'w self, path: &'p str) -> impl Iterator<Item = (&'w PathBuf, &'p str)> {
        paths::import_prefixes(path).filter_map(move |prefix| {
            let module = self.modules.get(prefix)?;
            paths::below_import(path, prefix).map(|below| (module, below))
        })
    }

    /// The root that holds `directory`, the closest if several do.
    pub(crate) fn root_of(&self, directory: &Path) -> Option<&Root> {
        let holding = self.roots.iter().filter(|root| directory.starts_with(&root.directory));
        holding.max_by_key(|root| root.directory.as_os_str().len())
    }

    /// The import path of a directory in one of the roots. Vendored packages go by the path that imports them.
    pub(crate) fn import_path_of(&self, directory: &Path) -> Option<String> {
        let root = self.root_of(directory)?;
        let below = paths::to_slash(directory.strip_prefix(&root.directory).ok()?);
        let vendored = paths::without_vendor(&below);
        if vendored.len() < below.len() {
            return Some(vendored.to_owned());
        }
        Some(paths::join_import(root.import_path.as_deref()?, &below))
    }

    /// The vendor directories that count for a package in `directory`, the closest first.
    pub(crate) fn vendor_directories(
        &self,
        directory: &Path,
        exists: impl Fn(&Path) -> bool,
    ) -> Vec<PathBuf> {
        if self.is_standard {
            return self.standard_vendor(directory).into_iter().collect();
        }
        match &self.vendor {
            Vendor::Absent => Vec::new(),
            Vendor::Directories(directories) => directories.clone(),
            Vendor::Nested { ceiling } => directory
                .ancestors()
                .take_while(|above| above.starts_with(ceiling))
                .map(|above| above.join("vendor"))
                .filter(|vendor| exists(vendor))
                .collect(),
        }
    }

    /// Go's own tree has two vendor directories: that of its commands and that of the library.
    fn standard_vendor(&self, directory: &Path) -> Option<PathBuf> {
        let source = self.standard_source.as_ref()?;
        let commands = source.join("cmd");
        Some(if directory.starts_with(&commands) { commands } else { source.clone() }.join("vendor"))
    }
}

/// `x/v3/y` as `x/y`.
fn without_major_version(path: &str) -> Option<String> {
    let is_version = |element: &str| {
        element.strip_prefix('v').is_some_and(|digits| {
            !digits.is_empty() && digits != "1" && digits.bytes().all(|digit| digit.is_ascii_digit())
        })
    };
    let kept: Vec<&str> = path.split('/').filter(|element| !is_version(element)).collect();
    let kept = kept.join("/");
    (kept.len() < path.len()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(directory: &str, import_path: &str) -> Root {
        Root {
            directory: directory.into(),
            import_path: Some(import_path.to_owned()),
            go_version: GoVersion::LATEST,
            ignored: IgnoredDirectories::default(),
        }
    }

    fn places(world: &World, path: &str) -> Vec<String> {
        let candidates = world.candidates(7, path, &[]);
        candidates.iter().map(|candidate| paths::to_slash(&candidate.directory)).collect()
    }

    #[test]
    fn the_closest_module_comes_first() {
        let mut world =
            World { roots: vec![root("/w", "m.org"), root("/w/sub", "m.org/sub")], ..World::default() };
        world.modules.insert("a.org".into(), "/cache/a".into());
        world.modules.insert("a.org/b".into(), "/cache/b".into());
        assert_eq!(places(&world, "m.org/sub/x"), ["/w/sub/x", "/w/sub/x"]);
        assert_eq!(places(&world, "a.org/b/c"), ["/cache/b/c", "/cache/a/b/c"]);
        assert_eq!(places(&world, "a.orgb"), Vec::<String>::new());
    }

    #[test]
    fn old_trees_may_lack_the_version_in_their_directories() {
        let world = World { gopath_sources: vec!["/g/src".into()], ..World::default() };
        assert_eq!(places(&world, "a.org/x/v3/y"), ["/g/src/a.org/x/v3/y", "/g/src/a.org/x/y"]);
    }

    #[test]
    fn vendored_packages_go_by_the_path_that_imports_them() {
        let world = World { roots: vec![root("/w", "m.org")], ..World::default() };
        let import_path = |directory: &str| world.import_path_of(Path::new(directory));
        assert_eq!(import_path("/w/a").as_deref(), Some("m.org/a"));
        assert_eq!(import_path("/w/a/vendor/b.org/c").as_deref(), Some("b.org/c"));
        assert_eq!(import_path("/w/vendor").as_deref(), Some("m.org/vendor"));
        assert_eq!(import_path("/elsewhere"), None);
    }

    #[test]
    fn vendor_directories_nest_in_old_trees() {
        let world = World { vendor: Vendor::Nested { ceiling: "/g/src".into() }, ..World::default() };
        let found = world.vendor_directories(Path::new("/g/src/a/b"), |_| true);
        assert_eq!(found, ["/g/src/a/b/vendor", "/g/src/a/vendor", "/g/src/vendor"].map(PathBuf::from));
    }
}
