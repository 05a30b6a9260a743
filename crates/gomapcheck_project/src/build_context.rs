//! What a build is for: operating system, architecture, tags; and which file names suit it.

use gomapcheck_source::GoVersion;
use rustc_hash::FxHashSet;

/// Operating systems that count in file names, in order. Go never drops one, so that old names keep their meaning.
const OPERATING_SYSTEMS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

/// Operating systems without the tag `unix`.
const NOT_UNIX: [&str; 6] = ["js", "nacl", "plan9", "wasip1", "windows", "zos"];

/// Architectures that count in file names, in order.
const ARCHITECTURES: [&str; 24] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// Experiments that the newest Go release turns on everywhere.
const EXPERIMENTS: [&str; 4] = ["randomizedheapbase64", "greenteagc", "jsonv2", "sizespecializedmalloc"];

/// Architectures whose calls pass arguments in registers.
const REGISTER_CALLS: [&str; 7] = ["amd64", "arm64", "loong64", "ppc64", "ppc64le", "riscv64", "s390x"];

/// The answers that build constraints depend on.
#[derive(Clone, Debug)]
pub(crate) struct BuildContext {
    pub(crate) cgo: bool,
    tags: FxHashSet<String>,
}

impl BuildContext {
    /// `experiments` is what GOEXPERIMENT says: names to add, with `no` before them to remove.
    pub(crate) fn new(
        operating_system: &str,
        architecture: &str,
        cgo: bool,
        tags: impl IntoIterator<Item = String>,
        experiments: &str,
    ) -> Self {
        let mut tags: FxHashSet<String> = tags.into_iter().collect();
        tags.extend((1..=GoVersion::LATEST.minor).map(|minor| format!("go1.{minor}")));
        tags.extend([operating_system, architecture, "gc"].map(str::to_owned));
        tags.extend(implied_systems(operating_system).map(str::to_owned));
        tags.extend(architecture_level(architecture).iter().map(|level| format!("{architecture}.{level}")));
        tags.extend(experiment_tags(operating_system, architecture, experiments));
        if cgo {
            tags.insert("cgo".to_owned());
        }
        Self { cgo, tags }
    }

    /// Whether a tag in a build constraint holds.
    pub(crate) fn is_set(&self, tag: &str) -> bool {
        // The experiment had this tag of its own before experiments had tags.
        let tag = if tag == "boringcrypto" { "goexperiment.boringcrypto" } else { tag };
        self.tags.contains(tag)
    }

    /// Whether `name_GOOS.go`, `name_GOARCH.go`, `name_GOOS_GOARCH.go` and their `_test.go` forms suit this build.
    /// All before the first `_` is free: `linux.go` suits every system.
    pub(crate) fn suits_file_name(&self, name: &str) -> bool {
        let stem = name.split('.').next().unwrap_or(name);
        let Some((_, suffixes)) = stem.split_once('_') else { return true };
        let suffixes =
            suffixes.strip_suffix("_test").unwrap_or(if suffixes == "test" { "" } else { suffixes });
        let mut from_last = suffixes.rsplit('_');
        let last = from_last.next().unwrap_or_default();
        if is_architecture(last) {
            let system = from_last.next().filter(|element| is_operating_system(element));
            return self.is_set(last) && system.is_none_or(|system| self.is_set(system));
        }
        !is_operating_system(last) || self.is_set(last)
    }
}

fn is_operating_system(name: &str) -> bool {
    OPERATING_SYSTEMS.binary_search(&name).is_ok()
}

fn is_architecture(name: &str) -> bool {
    ARCHITECTURES.binary_search(&name).is_ok()
}

fn implied_systems(system: &str) -> impl Iterator<Item = &'static str> {
    let base = match system {
        "android" => Some("linux"),
        "illumos" => Some("solaris"),
        "ios" => Some("darwin"),
        _ => None,
    };
    let unix = is_operating_system(system) && !NOT_UNIX.contains(&system);
    base.into_iter().chain(unix.then_some("unix"))
}

/// The default feature level of an architecture, which Go sets as a tag such as `amd64.v1`.
fn architecture_level(architecture: &str) -> &'static [&'static str] {
    match architecture {
        "386" => &["sse2"],
        "amd64" => &["v1"],
        "arm" => &["5", "6", "7"],
        "arm64" => &["v8.0"],
        "mips" | "mipsle" | "mips64" | "mips64le" => &["hardfloat"],
        "ppc64" | "ppc64le" => &["power8"],
        "riscv64" => &["rva20u64"],
        _ => &[],
    }
}

fn experiment_tags(system: &str, architecture: &str, changes: &str) -> Vec<String> {
    let mut names: Vec<&str> = EXPERIMENTS.to_vec();
    if REGISTER_CALLS.contains(&architecture) {
        names.extend(["regabiwrappers", "regabiargs"]);
    }
    if !["darwin", "ios", "aix"].contains(&system) {
        names.push("dwarf5");
    }
    for change in changes.split(',').map(str::trim).filter(|change| !change.is_empty()) {
        match change.strip_prefix("no") {
            Some("ne") => names.clear(),
            Some(removed) => names.retain(|name| *name != removed),
            None => names.push(change),
        }
    }
    names.into_iter().map(|name| format!("goexperiment.{name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::BuildContext;

    fn linux() -> BuildContext {
        BuildContext::new("linux", "amd64", false, ["custom".to_owned()], "nojsonv2,aliastypeparams")
    }

    #[test]
    fn suffixes_of_file_names_are_constraints() {
        let context = linux();
        for name in
            ["a.go", "linux.go", "a_linux.go", "a_linux_amd64.go", "a_amd64_test.go", "a_b.go", "_test.go"]
        {
            assert!(context.suits_file_name(name), "{name}");
        }
        for name in ["a_windows.go", "a_linux_arm64.go", "a_windows_amd64.go", "a_js_test.go", "a_wasm.x.go"]
        {
            assert!(!context.suits_file_name(name), "{name}");
        }
        assert!(context.suits_file_name("a_unix.go"), "`unix` is a tag, not a suffix");
        assert!(context.suits_file_name("windows_test.go"), "the part before the first `_` is free");
    }

    #[test]
    fn tags_cover_releases_systems_and_experiments() {
        let context = linux();
        for tag in ["linux", "amd64", "unix", "gc", "go1.1", "go1.27", "custom", "amd64.v1"] {
            assert!(context.is_set(tag), "{tag}");
        }
        assert!(context.is_set("goexperiment.aliastypeparams"));
        for tag in ["cgo", "go1.28", "windows", "gccgo", "goexperiment.jsonv2", "boringcrypto", "ignore"] {
            assert!(!context.is_set(tag), "{tag}");
        }
    }

    #[test]
    fn derived_systems_count_as_their_base() {
        let android = BuildContext::new("android", "arm64", true, [], "");
        assert!(android.suits_file_name("a_linux.go"));
        assert!(android.is_set("linux") && android.is_set("unix") && android.is_set("cgo"));
        assert!(!BuildContext::new("windows", "amd64", true, [], "").is_set("unix"));
    }
}
