use crate::exclusions::UsedExclusions;
use crate::limits::{Admitted, Excess, Limits};
use crate::{Baseline, Changes, Confidence, Diagnostic, Exclusions, Location, NamedPlaces, Nolint};

/// What may drop a finding. The default drops weak ones and those in generated files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// Weaker findings are dropped.
    pub minimum_confidence: Confidence,
    /// Findings without an access in these places are dropped, if there are any places.
    pub named_places: Option<NamedPlaces>,
    /// What the configuration leaves out.
    pub exclusions: Exclusions,
    /// Findings that are known.
    pub baseline: Option<Baseline>,
    /// Findings outside these changes are dropped, if there are any changes to go by.
    pub changes: Option<Changes>,
    /// How much is reported at most.
    pub limits: Limits,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            minimum_confidence: Confidence::Likely,
            named_places: None,
            exclusions: Exclusions::default(),
            baseline: None,
            changes: None,
            limits: Limits::default(),
        }
    }
}

/// How many findings were dropped, by cause.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Dropped {
    /// Weaker than wanted.
    pub confidence: usize,
    /// Without an access in a place that was named.
    pub elsewhere: usize,
    /// Left out by the configuration.
    pub excluded: usize,
    /// In a generated file.
    pub generated: usize,
    /// Silenced by a `//nolint` comment.
    pub nolint: usize,
    /// Known from the baseline.
    pub baseline: usize,
    /// Without a place on a changed line.
    pub unchanged: usize,
    /// On a line that already has one.
    pub same_line: usize,
    /// With a text that was reported often enough.
    pub same_text: usize,
    /// Beyond the number that is wanted.
    pub too_many: usize,
}

/// What a filter left.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Kept {
    /// The findings that are wanted, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the others.
    pub dropped: Dropped,
    /// Exclusions that left nothing out, a sentence each.
    pub idle_exclusions: Vec<String>,
}

impl Filter {
    /// [`select`](Self::select), then [`narrow`](Self::narrow).
    #[must_use]
    pub fn apply<'a>(&self, diagnostics: Vec<Diagnostic>, nolint: impl Fn(&str) -> &'a [Nolint]) -> Kept {
        self.narrow(self.select(diagnostics, nolint))
    }

    /// Sorts the findings, drops repeated ones and those that nobody wants to see again: weak, excluded, generated, silenced.
    ///
    /// `nolint` gives the directives of the file with an absolute path. What is left is what a baseline is written of.
    #[must_use]
    pub fn select<'a>(
        &self,
        mut diagnostics: Vec<Diagnostic>,
        nolint: impl Fn(&str) -> &'a [Nolint],
    ) -> Kept {
        diagnostics.sort();
        diagnostics.dedup();
        let mut dropped = Dropped::default();
        let mut used = self.exclusions.unused();
        diagnostics.retain(|diagnostic| {
            let cause = self.cause_to_drop(diagnostic, &nolint, &mut dropped, &mut used);
            cause.map(|count| *count += 1).is_none()
        });
        Kept { diagnostics, dropped, idle_exclusions: self.exclusions.complaints(&used) }
    }

    /// The counter of the first cause there is, in golangci-lint's order.
    fn cause_to_drop<'a, 'd>(
        &self,
        diagnostic: &Diagnostic,
        nolint: &impl Fn(&str) -> &'a [Nolint],
        dropped: &'d mut Dropped,
        used: &mut UsedExclusions,
    ) -> Option<&'d mut usize> {
        if diagnostic.confidence < self.minimum_confidence {
            Some(&mut dropped.confidence)
        } else if self.exclusions.exclude_path(diagnostic, used) {
            Some(&mut dropped.excluded)
        } else if diagnostic.generated {
            Some(&mut dropped.generated)
        } else if self.exclusions.exclude_by_rule(diagnostic, used) {
            Some(&mut dropped.excluded)
        } else if is_silenced(diagnostic, nolint) {
            Some(&mut dropped.nolint)
        } else {
            None
        }
    }

    /// Drops findings away from the named places, known ones and those outside the changes, then what is beyond the limits: these come last and act on sorted
    /// findings, so that the same ones survive in every run.
    #[must_use]
    pub fn narrow(&self, kept: Kept) -> Kept {
        let Kept { mut diagnostics, mut dropped, idle_exclusions } = kept;
        let known = self.baseline.as_ref().map(|baseline| baseline.knows(&diagnostics)).unwrap_or_default();
        let mut known = known.into_iter();
        let mut admitted = Admitted::default();
        if let Some(changes) = &self.changes {
            for diagnostic in &mut diagnostics {
                diagnostic.diff_position = changes.position(&diagnostic.location);
            }
        }
        diagnostics.retain(|diagnostic| {
            let is_old = |changes: &Changes| !changes.touch(diagnostic);
            let is_elsewhere = |places: &NamedPlaces| !places.touch(diagnostic);
            let is_known = known.next().unwrap_or(false);
            let cause = if self.named_places.as_ref().is_some_and(is_elsewhere) {
                &mut dropped.elsewhere
            } else if is_known {
                &mut dropped.baseline
            } else if self.changes.as_ref().is_some_and(is_old) {
                &mut dropped.unchanged
            } else {
                match self.limits.excess(diagnostic, &mut admitted) {
                    None => return true,
                    Some(Excess::Line) => &mut dropped.same_line,
                    Some(Excess::Text) => &mut dropped.same_text,
                    Some(Excess::All) => &mut dropped.too_many,
                }
            };
            *cause += 1;
            false
        });
        Kept { diagnostics, dropped, idle_exclusions }
    }
}

/// Whether a directive covers the reported access, or the other one: a race has two ends, and either may explain itself.
fn is_silenced<'a>(diagnostic: &Diagnostic, nolint: &impl Fn(&str) -> &'a [Nolint]) -> bool {
    let covers = |location: &Location| {
        nolint(&location.absolute)
            .iter()
            .any(|directive| directive.silences(location.start.line, diagnostic.rule))
    };
    covers(&diagnostic.location) || diagnostic.other.as_ref().is_some_and(|other| covers(&other.location))
}

#[cfg(test)]
mod tests;
