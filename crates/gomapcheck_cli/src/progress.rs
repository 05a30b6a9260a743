use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use gomapcheck_engine::{Progress, Stage};

/// How often the progress line changes.
const INTERVAL: Duration = Duration::from_millis(100);

/// Shows how far the run is on a terminal's last line, and says when the time is up.
pub(crate) struct Meter<'a> {
    done: AtomicUsize,
    deadline: Option<Instant>,
    begun: Mutex<Vec<(Stage, Instant)>>,
    line: Option<Mutex<Line<'a>>>,
}

struct Line<'a> {
    stream: &'a mut (dyn Write + Send),
    stage: Stage,
    total: usize,
    next: Instant,
    shown: bool,
}

impl<'a> Meter<'a> {
    /// A meter that writes to `stream`; to nothing when there is none.
    pub(crate) fn new(stream: Option<&'a mut (dyn Write + Send)>, deadline: Option<Instant>) -> Self {
        let line = stream.map(|stream| {
            let next = Instant::now() + INTERVAL;
            Mutex::new(Line { stream, stage: Stage::Reading, total: 0, next, shown: false })
        });
        Self { done: AtomicUsize::new(0), deadline, begun: Mutex::default(), line }
    }

    /// How long each stage took, the last one until now.
    pub(crate) fn times(&self) -> Vec<(Stage, Duration)> {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = begun.iter().skip(1).map(|(_, end)| *end).chain([Instant::now()]);
        begun.iter().zip(ends).map(|((stage, begin), end)| (*stage, end - *begin)).collect()
    }

    fn show(&self) {
        // A thread that finds the line taken goes on with its work: another one is just showing it.
        if let Some(mut line) = self.line.as_ref().and_then(|line| line.try_lock().ok())
            && line.next <= Instant::now()
        {
            line.show(self.done.load(Ordering::Relaxed));
        }
    }
}

impl Line<'_> {
    fn show(&mut self, done: usize) {
        let stage = self.stage.as_str();
        let _: io::Result<()> = if self.total > 0 {
            write!(self.stream, "\r\x1b[K{stage}: {done} of {}", self.total)
        } else {
            write!(self.stream, "\r\x1b[K{stage}")
        };
        let _: io::Result<()> = self.stream.flush();
        self.shown = true;
        self.next = Instant::now() + INTERVAL;
    }
}

impl Progress for Meter<'_> {
    fn begin(&self, stage: Stage, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).push((stage, Instant::now()));
        if let Some(line) = &self.line {
            let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
            (line.stage, line.total) = (stage, total);
            if line.next <= Instant::now() {
                line.show(0);
            }
        }
    }

    fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.show();
    }

    fn is_stopped(&self) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= Instant::now())
    }
}

impl Drop for Meter<'_> {
    fn drop(&mut self) {
        if let Some(line) = &mut self.line {
            let line = line.get_mut().unwrap_or_else(PoisonError::into_inner);
            if line.shown {
                let _: io::Result<()> = write!(line.stream, "\r\x1b[K");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_shows_the_stage_and_is_wiped_at_the_end() {
        let mut bytes = Vec::new();
        let meter = Meter::new(Some(&mut bytes), None);
        meter.begin(Stage::Reading, 2);
        std::thread::sleep(INTERVAL);
        meter.advance();
        meter.advance();
        drop(meter);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\r\x1b[Kreading files: 1 of 2\r\x1b[K");
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let mut bytes = Vec::new();
        let meter = Meter::new(Some(&mut bytes), None);
        meter.begin(Stage::Reading, 1);
        meter.advance();
        drop(meter);
        assert!(bytes.is_empty());
    }

    #[test]
    fn stages_are_timed_one_after_the_other() {
        let meter = Meter::new(None, None);
        meter.begin(Stage::Reading, 1);
        meter.begin(Stage::Typing, 0);
        let stages: Vec<Stage> = meter.times().into_iter().map(|(stage, _)| stage).collect();
        assert_eq!(stages, [Stage::Reading, Stage::Typing]);
    }

    #[test]
    fn the_time_is_up_at_the_deadline() {
        assert!(Meter::new(None, Some(Instant::now())).is_stopped());
        assert!(!Meter::new(None, None).is_stopped());
    }
}
