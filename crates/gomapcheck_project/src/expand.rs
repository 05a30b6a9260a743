//! From patterns to the directories and files that they choose.

use gomapcheck_source::ProblemKind;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::glob::Glob;
use crate::paths;
use crate::problems::Problems;
use crate::walk::{self, Entry, Listing};
use crate::world::{STANDARD, WorldId};
use crate::worlds::Worlds;

/// A directory, or some files of it, that patterns chose.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) world: WorldId,
    pub(crate) listing: Listing,
    /// The import path, where the pattern gave it.
    pub(crate) import_path: Option<String>,
    /// Whether the user named the files one by one.
    pub(crate) is_file_list: bool,
}

/// What a pattern chose, for telling the user about patterns without a match.
#[derive(Debug)]
pub(crate) struct PatternMatch {
    pub(crate) pattern: String,
    /// The directories with Go files, whether or not a build takes any of these.
    pub(crate) directories: Vec<PathBuf>,
    /// Whether the user has been told already.
    pub(crate) is_reported: bool,
}

/// Expands patterns one after the other; what several patterns choose is chosen once.
pub(crate) struct Expansion<'a> {
    run_directory: &'a Path,
    worlds: &'a mut Worlds,
    problems: &'a Problems,
    directories: BTreeMap<PathBuf, Chosen>,
    files: BTreeMap<PathBuf, BTreeSet<OsString>>,
    matches: Vec<PatternMatch>,
}

impl<'a> Expansion<'a> {
    pub(crate) fn new(run_directory: &'a Path, worlds: &'a mut Worlds, problems: &'a Problems) -> Self {
        Self {
            run_directory,
            worlds,
            problems,
            directories: BTreeMap::new(),
            files: BTreeMap::new(),
            matches: Vec::new(),
        }
    }

    /// All that was chosen, in the order of the directories.
    pub(crate) fn finish(mut self) -> (Vec<Chosen>, Vec<PatternMatch>) {
        let mut chosen: Vec<Chosen> = std::mem::take(&mut self.directories).into_values().collect();
        let whole: BTreeSet<PathBuf> = chosen.iter().map(|chosen| chosen.listing.directory.clone()).collect();
        for (directory, names) in std::mem::take(&mut self.files) {
            // A directory chosen whole includes the files named one by one.
            if whole.contains(&directory) {
                continue;
            }
            let world = self.worlds.of_directory(&directory, self.problems);
            let files = names.into_iter().map(|name| Entry { name, is_link: true }).collect();
            let listing = Listing { directory, files };
            chosen.push(Chosen { world, listing, import_path: None, is_file_list: true });
        }
        (chosen, self.matches)
    }

    pub(crate) fn add(&mut self, pattern: &str) {
        let pattern = &pattern.replace(std::path::MAIN_SEPARATOR, "/");
        let (directories, is_reported) = match pattern.as_str() {
            "..." | "all" | "work" => (self.add_local("./..."), false),
            "std" => (self.add_standard("", |path| paths::below_import(path, "cmd").is_none()), false),
            "cmd" => (self.add_standard("cmd", |path| !is_vendored_command(path)), false),
            _ if is_go_file(pattern) && !self.absolute(pattern).is_dir() => self.add_file(pattern),
            _ if self.is_local(pattern) => match self.missing(pattern) {
                true => (Vec::new(), true),
                false => (self.add_local(pattern), false),
            },
            _ => (self.add_import_path(pattern), false),
        };
        self.matches.push(PatternMatch { pattern: pattern.to_owned(), directories, is_reported });
    }

    fn absolute(&self, path: &str) -> PathBuf {
        paths::join(self.run_directory, Path::new(path))
    }

    /// Whether the pattern is a path on disk: it begins with `.`, is absolute, or names what is there.
    fn is_local(&self, pattern: &str) -> bool {
        let first = pattern.split('/').next().unwrap_or_default();
        if first == "." || first == ".." || Path::new(pattern).is_absolute() {
            return true;
        }
        let base = base_of(pattern);
        !base.is_empty() && self.absolute(base).is_dir()
    }

    fn missing(&mut self, pattern: &str) -> bool {
        let base = self.absolute(base_of(pattern));
        let message = match std::fs::metadata(&base) {
            Ok(found) if found.is_dir() => return false,
            Ok(_) => "is not a directory; name a directory, a .go file or a pattern such as ./...".to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                format!("matched no packages; there is no directory {}", base.display())
            }
            Err(error) => format!("cannot be examined: {error}"),
        };
        self.problems.add(ProblemKind::Pattern, Path::new(pattern), message);
        true
    }

    fn add_file(&mut self, pattern: &str) -> (Vec<PathBuf>, bool) {
        let path = self.absolute(pattern);
        let (Some(directory), Some(name), true) = (path.parent(), path.file_name(), path.is_file()) else {
            let message = "matched no packages; there is no such file";
            self.problems.add(ProblemKind::Pattern, Path::new(pattern), message);
            return (Vec::new(), true);
        };
        self.files.entry(directory.to_path_buf()).or_default().insert(name.to_os_string());
        (vec![directory.to_path_buf()], false)
    }

    fn add_local(&mut self, pattern: &str) -> Vec<PathBuf> {
        let base = self.absolute(base_of(pattern));
        if !pattern.contains("...") {
            let world = self.worlds.of_directory(&base, self.problems);
            return self.choose_one(world, &base, None);
        }
        let glob = Glob::new(&paths::to_slash(&self.absolute(pattern)));
        let enter_vendor = wildcard_part(pattern).contains("vendor");
        let mut chosen = Vec::new();
        let mut pending = vec![base];
        while let Some(base) = pending.pop() {
            let world = self.worlds.of_directory(&base, self.problems);
            let root = self.worlds.table.get(world).and_then(|world| world.root_of(&base));
            let is_module = root.is_some_and(|root| root.directory.join("go.mod").is_file());
            let rules = self.worlds.walk_rules(world, &base, enter_vendor);
            let found = walk::walk(&base, &rules, self.problems);
            if !is_module {
                // Outside modules Go lists nothing; here the workspace's modules below are meant, else all of them.
                let used = self.worlds.workspace_modules_below(&base);
                let takes_all = used.is_empty() && found.listings.is_empty();
                pending.extend(if takes_all { found.nested_modules } else { used });
            }
            for listing in found.listings {
                let is_matched = glob.matches(&paths::to_slash(&listing.directory));
                if is_matched && !self.is_documentation(world, &listing.directory) {
                    chosen.push(listing.directory.clone());
                    self.choose(world, listing, None);
                }
            }
        }
        chosen
    }

    /// Chooses by import path: in the modules at hand, the standard library, vendored packages, GOPATH, module cache.
    fn add_import_path(&mut self, pattern: &str) -> Vec<PathBuf> {
        let base = base_of(pattern);
        let own = self.worlds.of_run(self.problems);
        let Some(world) = self.worlds.table.get(own) else { return Vec::new() };
        let vendor = world.vendor_directories(self.run_directory, Path::is_dir);
        let candidates = world.candidates(own, base, &vendor);
        if !pattern.contains("...") {
            for candidate in candidates {
                let chosen =
                    self.choose_one(candidate.world, &candidate.directory, Some(candidate.import_path));
                if !chosen.is_empty() {
                    return chosen;
                }
            }
            return Vec::new();
        }
        let mut bases: Vec<(WorldId, PathBuf, String)> =
            candidates.into_iter().map(|found| (found.world, found.directory, found.import_path)).collect();
        for root in &world.roots {
            let prefix = root.import_path.as_deref().unwrap_or_default();
            if paths::below_import(prefix, base).is_some_and(|below| !below.is_empty()) {
                bases.push((own, root.directory.clone(), prefix.to_owned()));
            }
        }
        bases.retain(|(_, directory, _)| directory.is_dir());
        let glob = Glob::new(pattern);
        let enter_vendor = wildcard_part(pattern).contains("vendor");
        bases
            .into_iter()
            .flat_map(|base| self.choose_below(base, enter_vendor, |path| glob.matches(path)))
            .collect()
    }

    fn add_standard(&mut self, below: &str, keep: impl Fn(&str) -> bool) -> Vec<PathBuf> {
        let Some(source) = self.worlds.table.get(STANDARD).and_then(|world| world.standard_source.clone())
        else {
            return Vec::new();
        };
        self.choose_below((STANDARD, source.join(below), below.to_owned()), true, keep)
    }

    fn choose_below(
        &mut self,
        (world, base, prefix): (WorldId, PathBuf, String),
        enter_vendor: bool,
        keep: impl Fn(&str) -> bool,
    ) -> Vec<PathBuf> {
        let rules = self.worlds.walk_rules(world, &base, enter_vendor);
        let found = walk::walk(&base, &rules, self.problems);
        let mut chosen = Vec::new();
        for listing in found.listings {
            let below = listing.directory.strip_prefix(&base).map(paths::to_slash).unwrap_or_default();
            let import_path = paths::join_import(&prefix, &below);
            if keep(&import_path) && !self.is_documentation(world, &listing.directory) {
                chosen.push(listing.directory.clone());
                self.choose(world, listing, Some(paths::without_vendor(&import_path).to_owned()));
            }
        }
        chosen
    }

    /// Package builtin documents what the language predeclares; wildcards pass it over, as with Go.
    fn is_documentation(&self, world: WorldId, directory: &Path) -> bool {
        let world = self.worlds.table.get(world).filter(|world| world.is_standard);
        let source = world.and_then(|world| world.standard_source.as_deref());
        source.is_some_and(|source| directory.parent() == Some(source) && directory.ends_with("builtin"))
    }

    fn choose_one(&mut self, world: WorldId, directory: &Path, import_path: Option<String>) -> Vec<PathBuf> {
        match walk::list(directory) {
            Ok(listing) if !listing.files.is_empty() => {
                self.choose(world, listing, import_path);
                vec![directory.to_path_buf()]
            }
            Err(error) if !walk::is_absence(&error) => {
                walk::report_unreadable(directory, &error, self.problems);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn choose(&mut self, world: WorldId, listing: Listing, import_path: Option<String>) {
        let directory = listing.directory.clone();
        let chosen = Chosen { world, listing, import_path, is_file_list: false };
        self.directories.entry(directory).or_insert(chosen);
    }
}

fn is_go_file(pattern: &str) -> bool {
    pattern.ends_with(".go") && !pattern.contains("...")
}

/// Go vendors the sources of commands it never builds.
fn is_vendored_command(path: &str) -> bool {
    path.strip_prefix("cmd/vendor/").is_some_and(|path| path.split('/').any(|element| element == "cmd"))
}

/// The directory or import path before the element with the first wildcard.
fn base_of(pattern: &str) -> &str {
    let Some(wildcard) = pattern.find("...") else { return pattern };
    let before = &pattern[..wildcard];
    match before.rfind('/') {
        Some(0) => "/",
        Some(slash) => &before[..slash],
        None => "",
    }
}

/// The elements from the first with a wildcard on.
fn wildcard_part(pattern: &str) -> &str {
    pattern.get(base_of(pattern).len()..).unwrap_or_default()
}
