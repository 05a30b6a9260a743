//! A bench per stage against the raw parse of the same files: the parse is the unit in which speed is told.

mod analyse;

use std::fmt;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use gomapcheck_ir::OpaqueReason;
use gomapcheck_source::FileId;
use gomapcheck_syntax::{Mode, lower, parse_only};
use rayon::prelude::*;

pub use analyse::{AnalyseFigures, Tree, analyse_bench};

/// How often each stage runs on each file; the fastest time counts.
#[derive(Clone, Copy, Debug)]
pub struct Rounds(pub u32);

/// What parsing and lowering cost.
///
/// The three stages of one file run one after the other on one thread, and each file's fastest times are added up: a
/// busy machine disturbs all three alike. The sums are seconds of processor time.
#[derive(Clone, Copy, Default, Debug)]
pub struct ParseFigures {
    /// Number of files.
    pub files: usize,
    /// Their length together.
    pub bytes: usize,
    /// The raw parse.
    pub parse: Duration,
    /// Parse and lowering of whole files.
    pub whole: Duration,
    /// Parse and lowering of declarations alone.
    pub declarations: Duration,
    /// Functions that the grammar could not read, in whole files.
    pub opaque: usize,
    /// How long the run took, with all cores and rounds.
    pub elapsed: Duration,
}

impl ParseFigures {
    fn add(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            parse: self.parse + other.parse,
            whole: self.whole + other.whole,
            declarations: self.declarations + other.declarations,
            opaque: self.opaque + other.opaque,
            elapsed: self.elapsed + other.elapsed,
        }
    }
}

impl fmt::Display for ParseFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parse = self.parse.as_secs_f64();
        let line = |time: Duration| {
            let seconds = time.as_secs_f64();
            format!("{seconds:8.3} s   {:5.2} x parse", seconds / parse)
        };
        writeln!(f, "{} files, {} bytes, {} opaque functions", self.files, self.bytes, self.opaque)?;
        writeln!(f, "parse          {parse:8.3} s")?;
        writeln!(f, "parse + lower  {}", line(self.whole))?;
        writeln!(f, "declarations   {}", line(self.declarations))?;
        write!(f, "elapsed        {:8.3} s", self.elapsed.as_secs_f64())
    }
}

/// Measures parsing and lowering of the texts, with all of rayon's threads at work.
#[must_use]
pub fn parse_bench(texts: &[String], rounds: Rounds) -> ParseFigures {
    let start = Instant::now();
    let figures =
        texts.par_iter().map(|text| measure(text, rounds)).reduce(ParseFigures::default, ParseFigures::add);
    ParseFigures { elapsed: start.elapsed(), ..figures }
}

fn measure(text: &str, rounds: Rounds) -> ParseFigures {
    let mut figures = ParseFigures {
        files: 1,
        bytes: text.len(),
        parse: Duration::MAX,
        whole: Duration::MAX,
        declarations: Duration::MAX,
        opaque: 0,
        elapsed: Duration::ZERO,
    };
    for _ in 0..rounds.0.max(1) {
        let (time, _) = timed(|| usize::from(parse_only(text)));
        figures.parse = figures.parse.min(time);
        let (time, opaque) = timed(|| opaque_functions(text, Mode::Whole));
        figures.whole = figures.whole.min(time);
        figures.opaque = opaque;
        let (time, _) = timed(|| opaque_functions(text, Mode::Declarations));
        figures.declarations = figures.declarations.min(time);
    }
    figures
}

fn timed(work: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = ThreadTime::now();
    let result = work();
    (start.elapsed(), result)
}

fn opaque_functions(text: &str, mode: Mode) -> usize {
    let file = lower(FileId(0), text, mode);
    let broken = Some(OpaqueReason::SyntaxError);
    file.functions.iter().filter(|function| function.opaque == broken).count()
}
