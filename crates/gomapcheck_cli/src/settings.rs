//! Flags as typed to what the other crates take.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use gomapcheck_project::{Environment, Options};

use crate::config::Config;
use crate::error::CliError;
use crate::flags::BuildFlags;

/// The stack of a worker thread: deeply nested code needs more than the usual 2 MiB.
const STACK_SIZE: usize = 16 << 20;

/// The options of the package search.
pub(crate) fn project_options(
    flags: &BuildFlags,
    config: &Config,
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Options, CliError> {
    let directory = directory(flags);
    let patterns = if flags.patterns.is_empty() { vec!["./...".to_owned()] } else { flags.patterns.clone() };
    Ok(Options {
        tests: flags.tests.or(config.run.tests).unwrap_or(true),
        tags: config.run.build_tags.iter().chain(&flags.tags).cloned().collect(),
        goos: flags.goos.clone(),
        goarch: flags.goarch.clone(),
        cgo: flags.cgo,
        environment: environment(flags, variables)?,
        display_base: Some(config.base_path(&directory)?),
        ..Options::new(directory, patterns)
    })
}

/// The directory to run in.
pub(crate) fn directory(flags: &BuildFlags) -> PathBuf {
    flags.directory.clone().unwrap_or_else(|| PathBuf::from("."))
}

fn environment(
    flags: &BuildFlags,
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Environment, CliError> {
    let goroot = flags.goroot.as_ref().filter(|path| !path.is_empty());
    let goroot = goroot.map(|path| absolute(Path::new(path))).transpose()?;
    let gopath = flags.gopath.as_ref().filter(|list| !list.is_empty());
    let gopath = gopath.map(|list| absolute_list(list)).transpose()?;
    let mut environment = Environment::detect(|name| match name {
        "GOROOT" => goroot.clone().map(OsString::from).or_else(|| variables(name)),
        "GOPATH" => gopath.clone().or_else(|| variables(name)),
        _ => variables(name),
    });
    // Given but empty: none at all, not the default.
    if flags.goroot.is_some() && goroot.is_none() {
        environment.goroot = None;
    }
    if flags.gopath.is_some() && gopath.is_none() {
        environment.gopath.clear();
        environment.gomodcache = variables("GOMODCACHE").map(PathBuf::from);
    }
    Ok(environment)
}

fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    std::path::absolute(path).map_err(|source| CliError::Read { path: path.to_owned(), source })
}

fn absolute_list(list: &OsStr) -> Result<OsString, CliError> {
    let directories: Vec<PathBuf> =
        std::env::split_paths(list).map(|path| absolute(&path)).collect::<Result<_, _>>()?;
    std::env::join_paths(directories).map_err(|error| CliError::Usage(format!("--gopath: {error}")))
}

/// The worker threads of the run.
pub(crate) fn threads(flags: &BuildFlags, config: &Config) -> Result<rayon::ThreadPool, CliError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(flags.threads.or(config.run.concurrency).unwrap_or(0))
        .stack_size(STACK_SIZE)
        .build()
        .map_err(|error| CliError::Threads(error.to_string()))
}

/// The time given by `--timeout`, else by the configuration; `None` for no limit.
pub(crate) fn timeout(flags: &BuildFlags, config: &Config) -> Result<Option<Duration>, CliError> {
    let Some(text) = &flags.timeout else {
        return Ok(config.run.timeout.filter(|timeout| !timeout.is_zero()));
    };
    match parse_duration(text) {
        Some(Duration::ZERO) => Ok(None),
        Some(duration) => Ok(Some(duration)),
        None => Err(CliError::Usage(format!(
            "{text} is no value for --timeout; it takes times such as 90s or 5m"
        ))),
    }
}

/// Reads a duration as Go writes it: `1h30m`, `1.5s`, `0`.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let unit_end = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, next) = tail.split_at(unit_end);
        let factor = match unit {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" | "μs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * factor;
        rest = next;
    }
    if text.is_empty() { None } else { Duration::try_from_secs_f64(seconds).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        assert_eq!(parse_duration("1h30m"), Some(Duration::from_secs(5400)));
        assert_eq!(parse_duration("1.5s"), Some(Duration::from_millis(1500)));
        assert_eq!(parse_duration("0"), Some(Duration::ZERO));
        for wrong in ["", "5", "m", "5x", "5m3", "-1s"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }
}
