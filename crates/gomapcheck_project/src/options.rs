use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::build_context::BuildContext;

/// What to analyse, where, and for which build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The directory to run in; patterns are relative to it.
    pub directory: PathBuf,
    /// The directory to which printed paths are relative; else the one to run in.
    pub display_base: Option<PathBuf>,
    /// Package patterns, import paths, directories and files, as on the command line; none means `.`.
    pub patterns: Vec<String>,
    /// Whether `_test.go` files of the chosen packages belong to them.
    pub tests: bool,
    /// Build tags, each entry one tag or several divided by commas or blanks.
    pub tags: Vec<String>,
    /// The operating system to build for; else what the environment says, else the one this runs on.
    pub goos: Option<String>,
    /// The architecture to build for; else what the environment says, else the one this runs on.
    pub goarch: Option<String>,
    /// Whether files that use cgo belong to the build; else what the environment says, else yes.
    pub cgo: Option<bool>,
    /// Where dependencies are.
    pub environment: Environment,
}

impl Options {
    /// The packages of `patterns` in `directory`, tests included, built for this machine, with an empty environment.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            directory: directory.into(),
            display_base: None,
            patterns: patterns.into_iter().map(Into::into).collect(),
            tests: true,
            tags: Vec::new(),
            goos: None,
            goarch: None,
            cgo: None,
            environment: Environment::default(),
        }
    }

    pub(crate) fn build_context(&self) -> BuildContext {
        let environment = &self.environment;
        let system = self.goos.as_deref().or(environment.goos.as_deref()).unwrap_or(host_system());
        let architecture =
            self.goarch.as_deref().or(environment.goarch.as_deref()).unwrap_or(host_architecture());
        // Like Go, build without C for another machine unless told otherwise.
        let is_native = system == host_system() && architecture == host_architecture();
        let cgo = self.cgo.or(environment.cgo).unwrap_or(is_native);
        let tags = if self.tags.is_empty() { &environment.tags } else { &self.tags };
        let tags = tags.iter().flat_map(|tags| tags.split([',', ' '])).filter(|tag| !tag.is_empty());
        BuildContext::new(system, architecture, cgo, tags.map(str::to_owned), &environment.experiments)
    }
}

/// Which go.work file applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WorkspaceFile {
    /// The nearest one in the directory or above it.
    #[default]
    Nearest,
    /// None.
    Off,
    /// This one.
    File(PathBuf),
}

/// Where Go keeps things. The default hides everything outside the analysed tree.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// Go's own tree, for the standard library.
    pub goroot: Option<PathBuf>,
    /// Workspaces in the old style: `src/` below each holds packages by import path.
    pub gopath: Vec<PathBuf>,
    /// Where downloaded modules are.
    pub gomodcache: Option<PathBuf>,
    /// Whether go.mod files are ignored (GO111MODULE=off).
    pub modules_off: bool,
    /// Which go.work file applies (GOWORK).
    pub workspace_file: WorkspaceFile,
    /// What GOOS says.
    pub goos: Option<String>,
    /// What GOARCH says.
    pub goarch: Option<String>,
    /// What CGO_ENABLED says.
    pub cgo: Option<bool>,
    /// What `-tags` in GOFLAGS says.
    pub tags: Vec<String>,
    /// What GOEXPERIMENT says.
    pub experiments: String,
}

impl Environment {
    /// Finds out what Go would use: from the environment's variables, which `lookup` answers, then from what
    /// `go env -w` wrote, then from Go's defaults. A `go` on the PATH tells where its root is; it is run only if
    /// neither a variable nor the place of the program gives the answer. Without a `go`, the standard library stays
    /// hidden unless GOROOT names it.
    #[must_use]
    pub fn detect(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let written = written_settings(&lookup);
        let get = |name: &str| {
            lookup(name).filter(|value| !value.is_empty()).or_else(|| written_setting(&written, name))
        };
        let get_text = |name: &str| get(name).and_then(|value| value.into_string().ok());
        let home = lookup(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
        let gopath = match get("GOPATH") {
            Some(list) => Self::directories(&list),
            None => home.iter().map(|home| home.join("go")).collect(),
        };
        let gomodcache = get("GOMODCACHE").map(PathBuf::from);
        let flags = get_text("GOFLAGS").unwrap_or_default();
        Self {
            goroot: get("GOROOT").map(PathBuf::from).or_else(|| root_of_installed_go(&lookup)),
            gomodcache: gomodcache.or_else(|| gopath.first().map(|first| first.join("pkg").join("mod"))),
            gopath,
            modules_off: get_text("GO111MODULE").as_deref() == Some("off"),
            workspace_file: match get("GOWORK") {
                Some(value) if value == "off" => WorkspaceFile::Off,
                Some(value) => WorkspaceFile::File(value.into()),
                None => WorkspaceFile::Nearest,
            },
            goos: get_text("GOOS"),
            goarch: get_text("GOARCH"),
            cgo: get_text("CGO_ENABLED").map(|value| value != "0"),
            tags: tags_in_flags(&flags),
            experiments: get_text("GOEXPERIMENT").unwrap_or_default(),
        }
    }

    /// Splits a list of directories as GOPATH holds it; relative ones do not count, as with Go.
    #[must_use]
    pub fn directories(list: &OsStr) -> Vec<PathBuf> {
        std::env::split_paths(list).filter(|directory| directory.is_absolute()).collect()
    }
}

fn tags_in_flags(flags: &str) -> Vec<String> {
    let value = |flag: &str| {
        let flag = flag.strip_prefix("--").or_else(|| flag.strip_prefix('-'))?;
        flag.strip_prefix("tags=").map(|value| value.trim_matches(['\'', '"']).to_owned())
    };
    flags.split_whitespace().filter_map(value).next_back().into_iter().collect()
}

/// What `go env -w` wrote, as its file holds it.
fn written_settings(lookup: &impl Fn(&str) -> Option<OsString>) -> String {
    let path = match lookup("GOENV").filter(|value| !value.is_empty()) {
        Some(value) if value == "off" => return String::new(),
        Some(value) => Some(PathBuf::from(value)),
        None => settings_directory(lookup).map(|directory| directory.join("go").join("env")),
    };
    path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default()
}

fn settings_directory(lookup: &impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if cfg!(windows) {
        return lookup("AppData").map(PathBuf::from);
    }
    let home = lookup("HOME").map(PathBuf::from);
    if cfg!(target_vendor = "apple") {
        return home.map(|home| home.join("Library").join("Application Support"));
    }
    let configured = lookup("XDG_CONFIG_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    configured.or_else(|| home.map(|home| home.join(".config")))
}

fn written_setting(settings: &str, name: &str) -> Option<OsString> {
    let line = settings.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix('='))?;
    (!line.is_empty()).then(|| line.into())
}

fn root_of_installed_go(lookup: &impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let program = find_program(&lookup("PATH")?, if cfg!(windows) { "go.exe" } else { "go" })?;
    let beside = std::fs::canonicalize(&program).ok().and_then(|program| {
        let root = program.parent()?.parent()?;
        is_go_root(root).then(|| root.to_path_buf())
    });
    beside.or_else(|| ask_for_root(&program))
}

fn find_program(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path).map(|directory| directory.join(name)).find(|program| program.is_file())
}

fn ask_for_root(program: &Path) -> Option<PathBuf> {
    // Run where no go.mod can make it fetch another version of itself.
    let output = std::process::Command::new(program)
        .args(["env", "GOROOT"])
        .current_dir(program.parent()?)
        .env("GOTOOLCHAIN", "local")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let root = PathBuf::from(text.trim());
    is_go_root(&root).then_some(root)
}

fn is_go_root(directory: &Path) -> bool {
    directory.join("src").join("runtime").is_dir()
}

fn host_system() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    }
}

fn host_architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "x86" => "386",
        "aarch64" => "arm64",
        "loongarch64" => "loong64",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        "powerpc64" => "ppc64",
        "mips" if cfg!(target_endian = "little") => "mipsle",
        "mips64" if cfg!(target_endian = "little") => "mips64le",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Environment {
        Environment::detect(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn variables_come_first_and_defaults_last() {
        let environment = detect(&[
            ("GOENV", "off"),
            ("HOME", "/home/g"),
            ("GOROOT", "/opt/go"),
            ("GOFLAGS", "-mod=mod -tags=a,b"),
            ("CGO_ENABLED", "0"),
            ("GOWORK", "off"),
        ]);
        assert_eq!(environment.goroot, Some("/opt/go".into()));
        assert_eq!(environment.gopath, [PathBuf::from("/home/g/go")]);
        assert_eq!(environment.gomodcache, Some("/home/g/go/pkg/mod".into()));
        assert_eq!(environment.tags, ["a,b"]);
        assert_eq!(environment.cgo, Some(false));
        assert_eq!(environment.workspace_file, WorkspaceFile::Off);
        assert!(!environment.modules_off);
    }

    #[test]
    fn nothing_known_means_nothing_found() {
        let environment = detect(&[]);
        assert_eq!(environment.goroot, None);
        assert!(environment.gopath.is_empty());
        assert_eq!(environment.gomodcache, None);
    }

    #[test]
    fn relative_directories_do_not_count() {
        let list = std::env::join_paths(["/a", "b", "/c"]).unwrap();
        assert_eq!(Environment::directories(&list), [PathBuf::from("/a"), PathBuf::from("/c")]);
    }
}
