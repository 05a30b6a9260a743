use gomapcheck_source::{
    Arrangement, FileId, Import, Name, Package, PackageGraph, PackageId, Problem, ProblemKind, Provider,
    SourceFile,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::build_context::BuildContext;
use crate::directory::{self, Choice, ChosenFile, Outcome, PackageFiles};
use crate::expand::{Chosen, Expansion, PatternMatch};
use crate::loader::{Loader, Unit};
use crate::problems::Problems;
use crate::worlds::Worlds;
use crate::{Error, Options, infer, paths};

/// The packages that patterns chose, and on demand all that they import.
pub struct Workspace {
    display_base: PathBuf,
    targets: Vec<PackageId>,
    excluded_files: usize,
    loader: Loader,
    problems: Problems,
}

impl Workspace {
    /// Finds and reads the packages that the options choose.
    ///
    /// # Errors
    ///
    /// Only if the directory to run in cannot be used. All other trouble is in [`Workspace::problems`].
    pub fn open(options: &Options) -> Result<Self, Error> {
        let run_directory = run_directory(&options.directory)?;
        let problems = Problems::default();
        let context = options.build_context();
        let mut worlds = Worlds::new(&run_directory, &options.environment, &problems);

        let mut expansion = Expansion::new(&run_directory, &mut worlds, &problems);
        let here = [".".to_owned()];
        let patterns = if options.patterns.is_empty() { &here[..] } else { &options.patterns };
        for pattern in patterns {
            expansion.add(pattern);
        }
        let (chosen, matches) = expansion.finish();

        let read = read_all(chosen, &context, options.tests, &problems);
        infer_import_paths(&mut worlds, &read.directories);
        report_patterns_without_packages(&matches, &read, options, &problems);
        let mut loader = Loader::new(worlds.table, context);
        let targets = add_targets(&mut loader, read.directories);
        let display_base = match &options.display_base {
            Some(base) => self::run_directory(base)?,
            None => run_directory,
        };
        Ok(Self { display_base, targets, excluded_files: read.excluded_files, loader, problems })
    }

    /// The absolute directory that printed paths are relative to.
    #[must_use]
    pub fn display_base(&self) -> &Path {
        &self.display_base
    }

    /// The chosen packages and the problems met so far.
    #[must_use]
    pub fn graph(&self) -> PackageGraph {
        PackageGraph { targets: self.targets.clone(), problems: self.problems() }
    }

    /// All problems met so far, those with dependencies included, in their own order.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        self.problems.to_vec()
    }

    /// How many Go files in chosen directories are not part of this build: their constraints exclude them, or they are
    /// tests and tests are not wanted.
    #[must_use]
    pub fn excluded_files(&self) -> usize {
        self.excluded_files
    }

    /// The import declarations of a file, in their order.
    #[must_use]
    pub fn imports(&self, file: FileId) -> &[Import] {
        self.loader.imports(file)
    }
}

impl Provider for Workspace {
    fn package(&self, id: PackageId) -> Arc<Package> {
        Arc::clone(self.loader.package(id))
    }

    fn file(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(self.loader.file(id))
    }

    fn text(&self, id: FileId) -> Arc<str> {
        self.loader.text(id)
    }

    fn release_text(&self, id: FileId) {
        self.loader.release_text(id);
    }

    fn resolve_import(&self, importer: PackageId, path: Name) -> Option<PackageId> {
        self.loader.resolve(importer, path, &self.problems)
    }

    fn display_path(&self, path: &Path) -> String {
        paths::relative_text(path, &self.display_base)
    }
}

fn run_directory(directory: &Path) -> Result<PathBuf, Error> {
    let metadata = std::fs::metadata(directory).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => Error::MissingDirectory(directory.to_path_buf()),
        _ => Error::Inaccessible { directory: directory.to_path_buf(), cause },
    })?;
    if !metadata.is_dir() {
        return Err(Error::NotADirectory(directory.to_path_buf()));
    }
    let inaccessible = |cause| Error::Inaccessible { directory: directory.to_path_buf(), cause };
    let absolute = paths::absolute(directory).map_err(inaccessible)?;
    Ok(paths::join(&absolute, Path::new("")))
}

/// A chosen directory with its files read.
struct ReadDirectory {
    chosen: Chosen,
    packages: Vec<PackageFiles>,
}

struct Read {
    directories: Vec<ReadDirectory>,
    excluded_files: usize,
}

/// Reads all files of the chosen directories in parallel, file by file, so that one large package is no bottleneck.
fn read_all(chosen: Vec<Chosen>, context: &BuildContext, tests: bool, problems: &Problems) -> Read {
    let examine = |buffer: &mut Vec<u8>, (directory, file): (usize, usize)| {
        let chosen = chosen.get(directory)?;
        let entry = chosen.listing.files.get(file)?;
        let choice = Choice { tests: tests || chosen.is_file_list, ignore_constraints: chosen.is_file_list };
        Some((directory, directory::examine(&chosen.listing.directory, entry, context, choice, buffer)))
    };
    let work: Vec<(usize, usize)> = chosen
        .iter()
        .enumerate()
        .flat_map(|(directory, chosen)| (0..chosen.listing.files.len()).map(move |file| (directory, file)))
        .collect();
    let outcomes: Vec<(usize, Outcome)> =
        work.into_par_iter().map_init(Vec::new, examine).flatten_iter().collect();

    let mut files: Vec<Vec<ChosenFile>> = chosen.iter().map(|_| Vec::new()).collect();
    let mut trouble = Vec::new();
    let mut excluded_files = 0;
    for (directory, outcome) in outcomes {
        match (outcome, files.get_mut(directory)) {
            (Outcome::Chosen(file), Some(files)) => files.push(file),
            (Outcome::Trouble(problem), _) => trouble.push(problem),
            _ => excluded_files += 1,
        }
    }
    let directories = chosen
        .into_iter()
        .zip(files)
        .map(|(chosen, files)| ReadDirectory { chosen, packages: directory::group(files, &mut trouble) })
        .collect();
    problems.extend(trouble);
    Read { directories, excluded_files }
}

/// Gives trees that do not state their import path the one that their packages give away.
fn infer_import_paths(worlds: &mut Worlds, directories: &[ReadDirectory]) {
    for (id, world) in worlds.table.iter_mut().enumerate() {
        for root in world.roots.iter_mut().filter(|root| root.import_path.is_none()) {
            let of_root = directories.iter().filter(|read| {
                read.chosen.world == id && read.chosen.listing.directory.starts_with(&root.directory)
            });
            let found: Vec<infer::Found<'_>> = of_root
                .map(|read| (read.chosen.listing.directory.as_path(), read.packages.as_slice()))
                .collect();
            root.import_path = Some(infer::import_path(&root.directory, &found));
        }
    }
}

fn report_patterns_without_packages(
    matches: &[PatternMatch],
    read: &Read,
    options: &Options,
    problems: &Problems,
) {
    let built: BTreeSet<&Path> = read
        .directories
        .iter()
        .filter(|read| !read.packages.is_empty())
        .map(|read| read.chosen.listing.directory.as_path())
        .collect();
    for found in matches.iter().filter(|found| !found.is_reported) {
        if found.directories.iter().any(|directory| built.contains(directory.as_path())) {
            continue;
        }
        let message = if !found.directories.is_empty() && options.tests {
            "matched no packages; build constraints exclude all Go files, see -tags, GOOS and GOARCH"
        } else if !found.directories.is_empty() {
            "matched no packages; all Go files are tests or excluded by build constraints"
        } else if found.pattern.contains("...") {
            "matched no packages; no directory in its reach holds Go files"
        } else {
            "matched no packages; there are no Go files, neither in a directory nor in a package of that name"
        };
        problems.add(ProblemKind::Pattern, Path::new(&found.pattern), message);
    }
}

/// Gives targets and their files ids in the order of import paths.
fn add_targets(loader: &mut Loader, directories: Vec<ReadDirectory>) -> Vec<PackageId> {
    let mut units: BTreeMap<(String, PathBuf, bool), (Unit, bool)> = BTreeMap::new();
    for ReadDirectory { chosen, packages } in directories {
        let directory = chosen.listing.directory;
        let base = chosen
            .import_path
            .or_else(|| loader.import_path_of(chosen.world, &directory))
            .unwrap_or_default();
        let go_version = loader.language(chosen.world, &directory, None);
        for package in packages {
            let suffix = if package.is_external_test { "_test" } else { "" };
            let import_path = format!("{base}{suffix}");
            let unit = Unit {
                world: chosen.world,
                directory: directory.clone(),
                import_path: Name::new(&import_path),
                arrangement: Arrangement::Target,
                go_version,
                package,
            };
            let key = (import_path, directory.clone(), unit.package.is_external_test);
            units.insert(key, (unit, !chosen.is_file_list));
        }
    }
    units.into_values().map(|(unit, is_whole)| loader.add_target(unit, is_whole)).collect()
}
