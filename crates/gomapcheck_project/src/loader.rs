//! The tables of packages and files, and dependencies found when they are first asked for.

use boxcar::Vec as AppendOnly;
use dashmap::DashMap;
use gomapcheck_source::{
    Arrangement, FileId, FileRole, GoVersion, Import, Name, Package, PackageId, Problem, ProblemKind,
    SourceFile,
};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::build_context::BuildContext;
use crate::directory::{self, Choice, ChosenFile, Outcome, PackageFiles};
use crate::module_file::ModuleFile;
use crate::problems::Problems;
use crate::text;
use crate::walk;
use crate::world::{Candidate, World, WorldId};

/// A package before it has an id.
pub(crate) struct Unit {
    pub(crate) world: WorldId,
    pub(crate) directory: PathBuf,
    pub(crate) import_path: Name,
    pub(crate) arrangement: Arrangement,
    pub(crate) go_version: GoVersion,
    pub(crate) package: PackageFiles,
}

/// All packages and files of a run. Entries are only ever added, so ids stay valid and look-ups take no lock.
pub(crate) struct Loader {
    worlds: Vec<World>,
    context: BuildContext,
    packages: AppendOnly<PackageRecord>,
    files: AppendOnly<FileRecord>,
    targets: FxHashMap<PathBuf, PackageId>,
    loaded: DashMap<(WorldId, PathBuf), Arc<OnceLock<Option<PackageId>>>, FxBuildHasher>,
    resolved: DashMap<(WorldId, Name, Name), Option<PackageId>, FxBuildHasher>,
    vendor_exists: DashMap<PathBuf, bool, FxBuildHasher>,
    languages: DashMap<PathBuf, GoVersion, FxBuildHasher>,
    nothing: (Arc<Package>, Arc<SourceFile>),
}

struct PackageRecord {
    package: Arc<Package>,
    world: WorldId,
    vendor: Vec<PathBuf>,
    /// The closest vendor directory, which decides what imports mean within a world.
    scope: Name,
}

struct FileRecord {
    source: Arc<SourceFile>,
    /// From the first look at the file until its release.
    text: Mutex<Option<Arc<str>>>,
    imports: Vec<Import>,
}

impl Loader {
    pub(crate) fn new(worlds: Vec<World>, context: BuildContext) -> Self {
        Self {
            worlds,
            context,
            packages: AppendOnly::new(),
            files: AppendOnly::new(),
            targets: FxHashMap::default(),
            loaded: DashMap::default(),
            resolved: DashMap::default(),
            vendor_exists: DashMap::default(),
            languages: DashMap::default(),
            nothing: nothing(),
        }
    }

    /// The package with this id; an empty one for an id of another run.
    pub(crate) fn package(&self, id: PackageId) -> &Arc<Package> {
        self.packages.get(id.index()).map_or(&self.nothing.0, |record| &record.package)
    }

    /// The file with this id; an empty one for an id of another run.
    pub(crate) fn file(&self, id: FileId) -> &Arc<SourceFile> {
        self.files.get(id.index()).map_or(&self.nothing.1, |record| &record.source)
    }

    /// A file's text, read once more if it has been released.
    pub(crate) fn text(&self, id: FileId) -> Arc<str> {
        let Some(record) = self.files.get(id.index()) else { return Arc::default() };
        let held = record.text.lock().unwrap_or_else(PoisonError::into_inner).clone();
        held.or_else(|| text::read(&record.source.path, false, &mut Vec::new()).ok()).unwrap_or_default()
    }

    pub(crate) fn release_text(&self, id: FileId) {
        if let Some(record) = self.files.get(id.index()) {
            *record.text.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    pub(crate) fn imports(&self, id: FileId) -> &[Import] {
        self.files.get(id.index()).map_or(&[], |record| &record.imports)
    }

    /// The import path of a directory in one of the world's own trees.
    pub(crate) fn import_path_of(&self, world: WorldId, directory: &Path) -> Option<String> {
        self.worlds.get(world)?.import_path_of(directory)
    }

    /// Adds a target; `is_whole` says that imports of its directory mean this package.
    pub(crate) fn add_target(&mut self, unit: Unit, is_whole: bool) -> PackageId {
        let directory = unit.directory.clone();
        let is_external_test = unit.package.is_external_test;
        let id = self.add(unit);
        if is_whole && !is_external_test {
            self.targets.insert(directory, id);
        }
        id
    }

    fn add(&self, unit: Unit) -> PackageId {
        let Unit { world, directory, import_path, arrangement, go_version, package } = unit;
        let vendor = self.vendor_directories(world, &directory);
        let scope = Name::new(&vendor.first().map(|closest| closest.to_string_lossy()).unwrap_or_default());
        let standard = self.worlds.get(world).is_some_and(|world| world.is_standard);
        let index = self.packages.push_with(|index| {
            let id = PackageId(to_u32(index));
            let files = package.files.into_iter().map(|file| self.add_file(file, id)).collect();
            let name = package.name;
            let package =
                Package { id, import_path, name, directory, arrangement, standard, go_version, files };
            PackageRecord { package: Arc::new(package), world, vendor, scope }
        });
        PackageId(to_u32(index))
    }

    fn add_file(&self, file: ChosenFile, package: PackageId) -> FileId {
        let role = if file.is_test { FileRole::Test } else { FileRole::Source };
        let ChosenFile { path, text, generated, imports, .. } = file;
        let index = self.files.push_with(|index| {
            let size = text.len();
            let source = SourceFile { id: FileId(to_u32(index)), package, path, size, role, generated };
            FileRecord { source: Arc::new(source), text: Mutex::new(Some(text)), imports }
        });
        FileId(to_u32(index))
    }

    fn vendor_directories(&self, world: WorldId, directory: &Path) -> Vec<PathBuf> {
        let exists = |vendor: &Path| match self.vendor_exists.get(vendor) {
            Some(known) => *known,
            None => *self.vendor_exists.entry(vendor.to_path_buf()).or_insert(vendor.is_dir()),
        };
        self.worlds.get(world).map(|world| world.vendor_directories(directory, exists)).unwrap_or_default()
    }

    /// The package that an import of `path` means in `importer`.
    pub(crate) fn resolve(&self, importer: PackageId, path: Name, problems: &Problems) -> Option<PackageId> {
        let importer = self.packages.get(importer.index())?;
        let text = path.as_str();
        if matches!(text, "C" | "unsafe") {
            return None;
        }
        if text.starts_with("./") || text.starts_with("../") {
            return self.resolve_relative(importer, text, problems);
        }
        // Such paths could climb out of the place where they are looked up.
        if text.split('/').any(|element| matches!(element, "" | "." | "..")) {
            return None;
        }
        let key = (importer.world, importer.scope, path);
        if let Some(known) = self.resolved.get(&key) {
            return *known;
        }
        let world = self.worlds.get(importer.world)?;
        let candidates = world.candidates(importer.world, text, &importer.vendor);
        let found = candidates.into_iter().find_map(|candidate| self.load(candidate, problems));
        self.resolved.insert(key, found);
        found
    }

    /// Old trees may import `./x`; the directory then decides.
    fn resolve_relative(
        &self,
        importer: &PackageRecord,
        path: &str,
        problems: &Problems,
    ) -> Option<PackageId> {
        let directory = crate::paths::join(&importer.package.directory, Path::new(path));
        let world = self.worlds.get(importer.world)?;
        let import_path = world.import_path_of(&directory)?;
        let arrangement = Arrangement::Neighbour;
        self.load(
            Candidate { world: importer.world, directory, import_path, arrangement, module: None },
            problems,
        )
    }

    /// Reads the package at a place, once, however many threads ask.
    fn load(&self, candidate: Candidate, problems: &Problems) -> Option<PackageId> {
        if let Some(target) = self.targets.get(&candidate.directory) {
            return Some(*target);
        }
        let key = (candidate.world, candidate.directory.clone());
        let cell = Arc::clone(&self.loaded.entry(key).or_default());
        // Nothing in here may hand work to the thread pool: a thread that waits for its share of the work could take up
        // another look-up of this very package and wait for itself.
        *cell.get_or_init(|| self.read(candidate, problems))
    }

    fn read(&self, candidate: Candidate, problems: &Problems) -> Option<PackageId> {
        let listing = match walk::list(&candidate.directory) {
            Ok(listing) => listing,
            Err(error) => {
                if !walk::is_absence(&error) {
                    walk::report_unreadable(&candidate.directory, &error, problems);
                }
                return None;
            }
        };
        let choice = Choice { tests: false, ignore_constraints: false };
        let (mut buffer, mut trouble) = (Vec::new(), Vec::new());
        let mut files = Vec::new();
        for entry in &listing.files {
            match directory::examine(&listing.directory, entry, &self.context, choice, &mut buffer) {
                Outcome::Chosen(file) => files.push(file),
                Outcome::Excluded => {}
                Outcome::Trouble(problem) => trouble.push(problem),
            }
        }
        let package = directory::group(files, &mut trouble).into_iter().next();
        problems
            .extend(trouble.into_iter().filter(|problem| is_worth_telling(problem, candidate.arrangement)));
        let go_version = self.language(candidate.world, &candidate.directory, candidate.module.as_deref());
        let Candidate { world, directory, import_path, arrangement, .. } = candidate;
        let import_path = Name::new(&import_path);
        package
            .map(|package| self.add(Unit { world, directory, import_path, arrangement, go_version, package }))
    }

    /// The language version of the packages in `directory`, which may belong to `module` in the cache.
    pub(crate) fn language(&self, world: WorldId, directory: &Path, module: Option<&Path>) -> GoVersion {
        if let Some(module) = module {
            if let Some(known) = self.languages.get(module) {
                return *known;
            }
            let version = stated_language(module);
            self.languages.insert(module.to_path_buf(), version);
            return version;
        }
        let root = self.worlds.get(world).and_then(|world| world.root_of(directory).or(world.roots.first()));
        root.map_or(GoVersion::LATEST, |root| root.go_version)
    }
}

/// Contradictions in somebody else's files are not the user's to mend.
fn is_worth_telling(problem: &Problem, arrangement: Arrangement) -> bool {
    arrangement != Arrangement::Dependency || problem.kind == ProblemKind::Unreadable
}

fn stated_language(module: &Path) -> GoVersion {
    let text = std::fs::read_to_string(module.join("go.mod")).unwrap_or_default();
    ModuleFile::parse(&text).go_version.unwrap_or(GoVersion::UNSTATED_IN_MODULE)
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn nothing() -> (Arc<Package>, Arc<SourceFile>) {
    let id = PackageId(u32::MAX);
    let package = Package {
        id,
        import_path: Name::new(""),
        name: Name::new(""),
        directory: PathBuf::new(),
        arrangement: Arrangement::Dependency,
        standard: false,
        go_version: GoVersion::LATEST,
        files: Vec::new(),
    };
    let file = SourceFile {
        id: FileId(u32::MAX),
        package: id,
        path: PathBuf::new(),
        size: 0,
        role: FileRole::Source,
        generated: false,
    };
    (Arc::new(package), Arc::new(file))
}
