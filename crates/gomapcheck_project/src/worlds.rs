//! Finding the world that a directory belongs to: go.work, go.mod, GOPATH, or a plain tree.

use gomapcheck_source::{GoVersion, ProblemKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::module_file::ModuleFile;
use crate::module_graph;
use crate::options::{Environment, WorkspaceFile};
use crate::paths;
use crate::problems::Problems;
use crate::walk::{IgnoredDirectories, WalkRules};
use crate::world::{Root, STANDARD, Vendor, World, WorldId};

/// The language of trees without go.mod: they were written when a loop's variables lived as long as the loop.
const OUTSIDE_MODULES: GoVersion = GoVersion { major: 1, minor: 21 };

/// All worlds of a run. It grows while patterns are expanded and stands still afterwards.
#[derive(Debug)]
pub(crate) struct Worlds {
    pub(crate) table: Vec<World>,
    run_directory: PathBuf,
    environment: Environment,
    gopath_sources: Vec<PathBuf>,
    by_directory: BTreeMap<PathBuf, WorldId>,
    /// The world of go.work.
    workspace: Option<WorldId>,
    /// The directories that go.work uses; all belong to its world.
    workspace_modules: Vec<PathBuf>,
}

impl Worlds {
    pub(crate) fn new(run_directory: &Path, environment: &Environment, problems: &Problems) -> Self {
        let source = |directory: &PathBuf| directory.join("src");
        let standard_source = environment.goroot.as_ref().map(source);
        let standard = World { standard_source, is_standard: true, ..World::default() };
        let mut worlds = Self {
            table: vec![standard],
            run_directory: run_directory.to_path_buf(),
            environment: environment.clone(),
            gopath_sources: environment.gopath.iter().map(source).collect(),
            by_directory: BTreeMap::new(),
            workspace: None,
            workspace_modules: Vec::new(),
        };
        if !environment.modules_off
            && let Some(path) = worlds.workspace_file()
        {
            worlds.open_workspace(&path, problems);
        }
        worlds
    }

    /// The world of the packages in `directory`.
    pub(crate) fn of_directory(&mut self, directory: &Path, problems: &Problems) -> WorldId {
        let module = if self.environment.modules_off { None } else { find_above(directory, "go.mod") };
        match module {
            Some(module) => self.of_module(&module, problems),
            None => self.of_tree(directory),
        }
    }

    /// The world in which import paths on the command line are meant.
    pub(crate) fn of_run(&mut self, problems: &Problems) -> WorldId {
        let in_module = find_above(&self.run_directory, "go.mod").is_some();
        match self.workspace {
            Some(workspace) if !in_module => workspace,
            _ => self.of_directory(&self.run_directory.clone(), problems),
        }
    }

    /// How far a walk from `base` goes.
    pub(crate) fn walk_rules(&self, world: WorldId, base: &Path, enter_vendor: bool) -> WalkRules {
        let root = self.table.get(world).and_then(|world| world.root_of(base));
        WalkRules {
            enter_vendor,
            enter_modules: self.environment.modules_off,
            ignored: root.map(|root| root.ignored.clone()).unwrap_or_default(),
        }
    }

    /// The modules in the tree of `directory` that go.work uses.
    pub(crate) fn workspace_modules_below(&self, directory: &Path) -> Vec<PathBuf> {
        self.workspace_modules.iter().filter(|module| module.starts_with(directory)).cloned().collect()
    }

    fn of_module(&mut self, directory: &Path, problems: &Problems) -> WorldId {
        if let Some(known) = self.by_directory.get(directory) {
            return *known;
        }
        let file = read_module_file(&directory.join("go.mod"), problems).unwrap_or_default();
        let world = self.module_world(&[(directory.to_path_buf(), file)], directory);
        self.add(directory, world)
    }

    fn add(&mut self, directory: &Path, world: World) -> WorldId {
        let id = self.table.len();
        self.table.push(world);
        self.by_directory.insert(directory.to_path_buf(), id);
        id
    }

    fn module_world(&self, modules: &[(PathBuf, ModuleFile)], vendor_base: &Path) -> World {
        let by_reference: Vec<(PathBuf, &ModuleFile)> =
            modules.iter().map(|(directory, file)| (directory.clone(), file)).collect();
        let standard = modules.iter().find_map(|(directory, file)| standard_source(directory, file));
        let vendor = vendor_base.join("vendor");
        World {
            roots: modules.iter().map(|(directory, file)| module_root(directory, file)).collect(),
            is_standard: standard.is_some(),
            standard_source: standard.or_else(|| self.table[STANDARD].standard_source.clone()),
            vendor: if vendor.is_dir() { Vendor::Directories(vec![vendor]) } else { Vendor::Absent },
            modules: module_graph::module_directories(&by_reference, self.environment.gomodcache.as_deref()),
            gopath_sources: self.gopath_sources.clone(),
        }
    }

    fn workspace_file(&self) -> Option<PathBuf> {
        match &self.environment.workspace_file {
            WorkspaceFile::Off => None,
            WorkspaceFile::File(path) => Some(path.clone()),
            WorkspaceFile::Nearest => {
                find_above(&self.run_directory, "go.work").map(|directory| directory.join("go.work"))
            }
        }
    }

    fn open_workspace(&mut self, path: &Path, problems: &Problems) {
        let Some(file) = read_module_file(path, problems) else { return };
        let base = path.parent().unwrap_or(path);
        let mut modules = Vec::new();
        for used in &file.uses {
            let directory = paths::join(base, Path::new(used));
            if !directory.join("go.mod").is_file() {
                let message = format!("uses {used}, where there is no go.mod file; it was passed over");
                problems.add(ProblemKind::ModuleFile, path, message);
                continue;
            }
            if let Some(module) = read_module_file(&directory.join("go.mod"), problems) {
                self.workspace_modules.push(directory.clone());
                modules.push((directory, module));
            }
        }
        // What the workspace replaces goes before what its modules replace.
        let replacing = ModuleFile {
            replacements: file.replacements,
            go_version: file.go_version,
            ..ModuleFile::default()
        };
        let roots: Vec<Root> = modules.iter().map(|(directory, file)| module_root(directory, file)).collect();
        modules.insert(0, (base.to_path_buf(), replacing));
        let mut world = self.module_world(&modules, base);
        world.roots = roots;
        let id = self.add(path, world);
        self.workspace = Some(id);
        for directory in &self.workspace_modules {
            self.by_directory.insert(directory.clone(), id);
        }
    }

    /// The world of a tree without go.mod.
    fn of_tree(&mut self, directory: &Path) -> WorldId {
        let go_source = directory.ancestors().find(|above| is_go_source(above));
        let root = go_source.map_or_else(|| self.tree_root(directory), Path::to_path_buf);
        if let Some(known) = self.by_directory.get(&root) {
            return *known;
        }
        if go_source.is_some() {
            let module = Some("std".to_owned());
            let file = ModuleFile { module, go_version: Some(OUTSIDE_MODULES), ..ModuleFile::default() };
            let world = self.module_world(&[(root.clone(), file)], &root);
            return self.add(&root, world);
        }
        let source = self.gopath_sources.iter().find(|source| root.starts_with(source)).cloned();
        let source = source.or_else(|| source_directory(&root));
        let import_path =
            source.as_ref().and_then(|source| root.strip_prefix(source).ok()).map(paths::to_slash);
        let world = World {
            vendor: Vendor::Nested { ceiling: source.unwrap_or_else(|| root.clone()) },
            standard_source: self.table[STANDARD].standard_source.clone(),
            gopath_sources: self.gopath_sources.clone(),
            roots: vec![Root {
                directory: root.clone(),
                import_path,
                go_version: OUTSIDE_MODULES,
                ignored: IgnoredDirectories::default(),
            }],
            ..World::default()
        };
        self.add(&root, world)
    }

    /// Where a tree without go.mod begins: at the repository's root, else where the run or the pattern begins.
    fn tree_root(&self, directory: &Path) -> PathBuf {
        let base = if directory.starts_with(&self.run_directory) { &self.run_directory } else { directory };
        let in_source = self.gopath_sources.iter().any(|source| base.starts_with(source));
        if in_source || source_directory(base).is_some() {
            return base.to_path_buf();
        }
        find_above(base, ".git").unwrap_or_else(|| base.to_path_buf())
    }
}

fn module_root(directory: &Path, file: &ModuleFile) -> Root {
    let import_path = match file.module.as_deref() {
        Some("std") => Some(String::new()),
        other => other.map(str::to_owned),
    };
    Root {
        directory: directory.to_path_buf(),
        import_path,
        go_version: file.go_version.unwrap_or(GoVersion::UNSTATED_IN_MODULE),
        ignored: IgnoredDirectories::new(directory, &file.ignores),
    }
}

/// The `src` directory, if the module is the standard library or its commands.
fn standard_source(directory: &Path, file: &ModuleFile) -> Option<PathBuf> {
    match file.module.as_deref()? {
        "std" => Some(directory.to_path_buf()),
        "cmd" => directory.parent().filter(|parent| is_go_source(parent)).map(Path::to_path_buf),
        _ => None,
    }
}

/// Whether this is Go's own `src` directory; before modules no file in it said so.
fn is_go_source(directory: &Path) -> bool {
    directory.join("builtin").join("builtin.go").is_file() && directory.join("runtime").is_dir()
}

/// The nearest directory, from `directory` upwards, with an entry called `name`. Only a file called go.mod makes a module.
fn find_above(directory: &Path, name: &str) -> Option<PathBuf> {
    let has = |directory: &&Path| {
        std::fs::metadata(directory.join(name)).is_ok_and(|found| name == ".git" || found.is_file())
    };
    directory.ancestors().find(has).map(Path::to_path_buf)
}

/// The `src` directory above a tree that lies as in a GOPATH: the element behind it looks like the name of a host.
fn source_directory(directory: &Path) -> Option<PathBuf> {
    let mut below = directory;
    for above in directory.ancestors().skip(1) {
        let host = below.file_name()?.to_string_lossy();
        let looks_like_host = host.contains('.') && !host.starts_with('.');
        if looks_like_host && above.file_name().is_some_and(|name| name == "src") {
            return Some(above.to_path_buf());
        }
        below = above;
    }
    None
}

fn read_module_file(path: &Path, problems: &Problems) -> Option<ModuleFile> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.add(
                ProblemKind::ModuleFile,
                path,
                format!("cannot be read ({error}); the packages are analysed as if it were empty"),
            );
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let file = ModuleFile::parse(text.trim_start_matches('\u{feff}'));
    if let Some(line) = file.first_bad_line {
        let message =
            format!("line {line} cannot be understood and was passed over; the rest of the file counts");
        problems.add(ProblemKind::ModuleFile, path, message);
    }
    let is_module = path.file_name().is_some_and(|name| name == "go.mod");
    if is_module && file.module.is_none() {
        let message = "names no module; import paths are guessed, add a line `module <path>`";
        problems.add(ProblemKind::ModuleFile, path, message);
    }
    Some(file)
}
