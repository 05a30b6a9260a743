//! A whole run, from finding the packages to the sorted conflicts, against the raw parse of the same files.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use gomapcheck_engine::{Engine, Silent, Statistics};
use gomapcheck_project::{Environment, Options, Workspace};
use gomapcheck_source::Provider;
use gomapcheck_syntax::parse_only;
use rayon::prelude::*;

/// What to run over.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The directory; all packages below it are analysed.
    pub directory: PathBuf,
    /// Whether test files belong to them.
    pub tests: bool,
}

/// What a whole run costs. Times are of all threads together, but for those called elapsed.
#[derive(Clone, Copy, Default, Debug)]
pub struct AnalyseFigures {
    /// Packages, files, lines and bytes.
    pub size: Statistics,
    /// Processor time of the run.
    pub run: Duration,
    /// How long the run took.
    pub run_elapsed: Duration,
    /// Processor time of the raw parse, with all of rayon's threads at work.
    pub parse: Duration,
    /// How long the raw parse took.
    pub parse_elapsed: Duration,
    /// The most memory that the process had during the run, in bytes; `None` where the system does not tell.
    pub peak: Option<usize>,
}

impl fmt::Display for AnalyseFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Statistics { packages, files, lines, bytes, .. } = self.size;
        let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64().max(f64::MIN_POSITIVE);
        writeln!(f, "{packages} packages, {files} files, {lines} lines, {bytes} bytes")?;
        let row = |name: &str, time: Duration, elapsed: Duration| {
            format!(
                "{name:<8}{:8.3} s of processor   {:8.3} s elapsed",
                time.as_secs_f64(),
                elapsed.as_secs_f64()
            )
        };
        writeln!(f, "{}", row("parse", self.parse, self.parse_elapsed))?;
        writeln!(f, "{}", row("run", self.run, self.run_elapsed))?;
        write!(
            f,
            "run / parse: {:.2} of processor, {:.2} elapsed",
            ratio(self.run, self.parse),
            ratio(self.run_elapsed, self.parse_elapsed)
        )?;
        if let Some(peak) = self.peak {
            #[allow(clippy::cast_precision_loss, reason = "a ratio to two digits")]
            let times = peak as f64 / bytes.max(1) as f64;
            write!(f, "\npeak memory: {} MB, {times:.1} x the source bytes", peak >> 20)?;
        }
        Ok(())
    }
}

/// Runs over the tree `rounds` times, and parses the files of its packages as often; the least times count.
///
/// # Errors
///
/// When the directory cannot be used.
pub fn analyse_bench(tree: &Tree, rounds: u32) -> Result<AnalyseFigures, gomapcheck_project::Error> {
    let mut figures = AnalyseFigures {
        run: Duration::MAX,
        run_elapsed: Duration::MAX,
        parse: Duration::MAX,
        parse_elapsed: Duration::MAX,
        ..AnalyseFigures::default()
    };
    for round in 0..rounds.max(1) {
        let (start, clock) = (Instant::now(), ProcessTime::now());
        let workspace = open(tree)?;
        let graph = workspace.graph();
        let engine = Engine::new(&workspace, &Silent).as_last_act();
        let analysis = engine.analyse(&graph);
        figures.run = figures.run.min(clock.elapsed());
        figures.run_elapsed = figures.run_elapsed.min(start.elapsed());
        figures.size = analysis.map(|analysis| analysis.statistics).unwrap_or_default();
        if round == 0 {
            figures.peak = peak_memory();
        }
        let files = graph.targets.iter().flat_map(|id| workspace.package(*id).files.clone());
        let texts: Vec<Arc<str>> = files.map(|file| workspace.text(file)).collect();
        let (start, clock) = (Instant::now(), ProcessTime::now());
        let broken = texts.par_iter().filter(|text| parse_only(text)).count();
        std::hint::black_box(broken);
        figures.parse = figures.parse.min(clock.elapsed());
        figures.parse_elapsed = figures.parse_elapsed.min(start.elapsed());
    }
    Ok(figures)
}

fn open(tree: &Tree) -> Result<Workspace, gomapcheck_project::Error> {
    let options = Options {
        tests: tree.tests,
        cgo: Some(false),
        environment: Environment::detect(|name| std::env::var_os(name)),
        ..Options::new(&tree.directory, ["./..."])
    };
    Workspace::open(&options)
}

/// The high-water mark of this process's memory, as Linux tells it.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}
