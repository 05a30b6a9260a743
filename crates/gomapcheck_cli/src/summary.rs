use std::fmt;
use std::time::Duration;

use gomapcheck_diagnostics::Dropped;
use gomapcheck_engine::Statistics;

/// The last line of a run: what was analysed, what was found, what was passed over.
pub(crate) struct Summary {
    pub(crate) statistics: Statistics,
    pub(crate) findings: usize,
    pub(crate) dropped: Dropped,
    /// Findings of preview rules that were not asked for.
    pub(crate) previews: usize,
    /// Files that were named and are not part of this build.
    pub(crate) named_in_vain: usize,
    /// Files that are not part of this build.
    pub(crate) excluded_files: usize,
    pub(crate) problems: usize,
    pub(crate) time: Duration,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Statistics { packages, files, lines, .. } = self.statistics;
        write!(
            f,
            "{}, {}, {}: {} in {:.2} s",
            counted(packages, "package"),
            counted(files, "file"),
            counted(lines, "line"),
            counted(self.findings, "finding"),
            self.time.as_secs_f64()
        )?;
        list(f, "; not shown: ", &self.hidden())?;
        list(f, "; passed over: ", &self.passed_over())
    }
}

impl Summary {
    fn hidden(&self) -> Vec<String> {
        let dropped = self.dropped;
        [
            (dropped.confidence, "below --min-confidence"),
            (self.previews, "of preview rules"),
            (dropped.elsewhere, "away from the given files"),
            (dropped.excluded, "by exclusions"),
            (dropped.generated, "in generated files"),
            (dropped.nolint, "by //nolint"),
            (dropped.baseline, "in the baseline"),
            (dropped.unchanged, "in unchanged code"),
            (dropped.same_line, "by --uniq-by-line"),
            (dropped.same_text, "by --max-same-issues"),
            (dropped.too_many, "by --max-issues-per-linter"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{} {why}", grouped(count)))
        .collect()
    }

    fn passed_over(&self) -> Vec<String> {
        let excluded = counted(self.excluded_files, "file");
        let in_vain = counted(self.named_in_vain, "given file");
        [
            (self.named_in_vain, format!("{in_vain} that no build takes")),
            (self.excluded_files, format!("{excluded} outside this build")),
            (self.statistics.opaque_functions, {
                format!("{} not understood", counted(self.statistics.opaque_functions, "function"))
            }),
            (self.problems, format!("{} told above", counted(self.problems, "problem"))),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, text)| text)
        .collect()
    }
}

fn list(f: &mut fmt::Formatter<'_>, heading: &str, entries: &[String]) -> fmt::Result {
    if entries.is_empty() { Ok(()) } else { write!(f, "{heading}{}", entries.join(", ")) }
}

/// A number and what it counts: `1 finding`, `2,000 findings`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// The number with a comma before every third digit.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_what_was_analysed_and_what_was_not() {
        let statistics = Statistics {
            packages: 1,
            files: 1_234,
            lines: 1_234_567,
            opaque_functions: 2,
            ..Statistics::default()
        };
        let mut summary = Summary {
            statistics,
            findings: 3,
            dropped: Dropped { nolint: 1, confidence: 12, ..Dropped::default() },
            previews: 0,
            named_in_vain: 0,
            excluded_files: 7,
            problems: 1,
            time: Duration::from_millis(1_250),
        };
        insta::assert_snapshot!(summary, @"1 package, 1,234 files, 1,234,567 lines: 3 findings in 1.25 s; not shown: 12 below --min-confidence, 1 by //nolint; passed over: 7 files outside this build, 2 functions not understood, 1 problem told above");
        summary.dropped = Dropped::default();
        (summary.statistics.opaque_functions, summary.excluded_files, summary.problems) = (0, 0, 0);
        insta::assert_snapshot!(summary, @"1 package, 1,234 files, 1,234,567 lines: 3 findings in 1.25 s");
    }
}
