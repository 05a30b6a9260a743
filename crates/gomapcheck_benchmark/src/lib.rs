//! A bench per stage against the raw parse of the same files: the parse is the unit in which speed is told.

use std::fmt;
use std::time::{Duration, Instant};

use gomapcheck_source::FileId;
use gomapcheck_syntax::{Mode, lower, parse_only};
use rayon::prelude::*;

/// How often each stage runs; the fastest round counts.
#[derive(Clone, Copy, Debug)]
pub struct Rounds(pub u32);

/// What parsing and lowering cost.
#[derive(Clone, Copy, Debug)]
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
}

impl fmt::Display for ParseFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parse = self.parse.as_secs_f64();
        let line = |time: Duration| {
            format!("{:8.3} s   {:5.2} x parse", time.as_secs_f64(), time.as_secs_f64() / parse)
        };
        writeln!(f, "{} files, {} bytes, {} opaque functions", self.files, self.bytes, self.opaque)?;
        writeln!(f, "parse          {parse:8.3} s")?;
        writeln!(f, "parse + lower  {}", line(self.whole))?;
        write!(f, "declarations   {}", line(self.declarations))
    }
}

/// Measures parsing and lowering of the texts with all of rayon's threads, the stages in turns.
#[must_use]
pub fn parse_bench(texts: &[String], rounds: Rounds) -> ParseFigures {
    let mut figures = ParseFigures {
        files: texts.len(),
        bytes: texts.iter().map(String::len).sum(),
        parse: Duration::MAX,
        whole: Duration::MAX,
        declarations: Duration::MAX,
        opaque: 0,
    };
    for _ in 0..rounds.0.max(1) {
        let (time, _) = timed(texts, |text| usize::from(parse_only(text)));
        figures.parse = figures.parse.min(time);
        let (time, opaque) = timed(texts, |text| opaque_functions(text, Mode::Whole));
        figures.whole = figures.whole.min(time);
        figures.opaque = opaque;
        let (time, _) = timed(texts, |text| opaque_functions(text, Mode::Declarations));
        figures.declarations = figures.declarations.min(time);
    }
    figures
}

fn timed(texts: &[String], work: impl Fn(&str) -> usize + Sync) -> (Duration, usize) {
    let start = Instant::now();
    let sum = texts.par_iter().map(|text| work(text)).sum();
    (start.elapsed(), sum)
}

fn opaque_functions(text: &str, mode: Mode) -> usize {
    let file = lower(FileId(0), text, mode);
    let broken = Some(gomapcheck_ir::OpaqueReason::SyntaxError);
    file.functions.iter().filter(|function| function.opaque == broken).count()
}
