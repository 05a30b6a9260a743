//! Which of the findings are reported: flags and configuration put together, and applied.

mod baseline_file;
mod changes;
mod directives;
mod flags;
mod git;
mod named_files;
mod sources;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use gomapcheck_diagnostics::{
    Baseline, Confidence, Diagnostic, Dropped, Filter, Generated, Limits, NamedPlaces, SeverityRules,
};
use gomapcheck_engine::{Analysis, FileDirectives};
use gomapcheck_project::Workspace;
use gomapcheck_rules::Status;
use gomapcheck_source::Provider;

use crate::config::Config;
use crate::error::CliError;
use crate::flags::CheckFlags;
use crate::summary::counted;

pub(crate) use flags::ChooseFlags;
pub(crate) use named_files::widen;

use self::sources::Sources;

/// What is to be reported of what is found.
pub(crate) struct Choice {
    filter: Filter,
    baseline_path: Option<PathBuf>,
    writes_baseline: bool,
    generated: Generated,
    severity: SeverityRules,
    /// What could not be found out, a sentence each.
    pub(crate) warnings: Vec<String>,
}

/// What is reported, and what became of the rest.
pub(crate) struct Findings {
    /// The findings to report, sorted.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many others there are, by cause.
    pub(crate) dropped: Dropped,
    /// How many are of preview rules that were not asked for.
    pub(crate) previews: usize,
    /// How many of the named files were not analysed, as no build takes them.
    pub(crate) named_in_vain: usize,
    /// Sentences for warnings.
    pub(crate) warnings: Vec<String>,
    /// What happened to the baseline, a sentence each.
    pub(crate) baseline_news: Vec<String>,
}

impl Choice {
    /// Puts flags and configuration together and reads what they name, so that what is wrong with it is told before the work.
    ///
    /// # Errors
    /// If there is no baseline, or none that can be read.
    pub(crate) fn prepare(
        flags: &CheckFlags,
        config: &Config,
        directory: &Path,
        variables: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, CliError> {
        let unusable = |source| CliError::Read { path: directory.to_owned(), source };
        let directory = named_files::absolute(directory)
            .ok_or_else(|| unusable(std::io::Error::from(std::io::ErrorKind::NotFound)))?;
        let baseline_path = baseline_path(flags, config, &directory);
        let writes_baseline = flags.choose.write_baseline;
        let read = if writes_baseline { baseline_file::read_older } else { baseline_file::read };
        let baseline = baseline_path.as_deref().map(read).transpose()?.flatten();
        match &baseline_path {
            None if writes_baseline => {
                let needs =
                    "--write-baseline needs --baseline FILE, or the key baseline in the configuration";
                return Err(CliError::Usage(needs.to_owned()));
            }
            Some(path) if baseline.is_none() && !writes_baseline => {
                let message = "there is no such baseline; --write-baseline writes it".to_owned();
                return Err(CliError::Config { path: path.clone(), message });
            }
            _ => {}
        }
        let (changes, warning) = match changes::read((&flags.choose, &config.issues), &directory, variables) {
            Ok(changes) => (changes, None),
            Err(warning) => (None, Some(warning)),
        };
        let filter = Filter {
            minimum_confidence: minimum_confidence(flags, config),
            named_places: None,
            exclusions: config.exclusions.clone(),
            baseline,
            changes,
            limits: limits(flags, config),
        };
        let (generated, severity) = (config.generated, config.severity.clone());
        let warnings = warning.into_iter().collect();
        Ok(Self { filter, baseline_path, writes_baseline, generated, severity, warnings })
    }

    /// Chooses among the findings, and writes the baseline if that is wanted.
    ///
    /// # Errors
    /// If the baseline cannot be written.
    pub(crate) fn findings(
        mut self,
        (analysis, directives): (&Analysis, &[FileDirectives]),
        workspace: &Workspace,
        (flags, config): (&CheckFlags, &Config),
        named_places: Option<NamedPlaces>,
    ) -> Result<Findings, CliError> {
        let sources = Sources { workspace, generated: self.generated };
        let (mut diagnostics, previews) = wanted(analysis, &sources, flags, config);
        diagnostics.sort();
        let is_asked_for = self.baseline_path.is_some() || named_places.is_some();
        let seen = if is_asked_for { files_of_targets(workspace) } else { BTreeSet::new() };
        let was_seen = |path: &Path| seen.contains(path) || !path.exists();
        let mut baseline_news = Vec::new();
        if !self.writes_baseline {
            baseline_news.extend(self.gone_from_baseline(&diagnostics, was_seen));
        }
        let nolint = directives::by_path(directives, workspace);
        let nolint_in = |path: &str| nolint.get(path).map_or(&[][..], Vec::as_slice);
        let kept = self.filter.select(diagnostics, nolint_in);
        if self.writes_baseline {
            baseline_news.extend(self.write_baseline(&kept.diagnostics, was_seen)?);
        }
        let files = named_places.iter().flat_map(|places| &places.files);
        let named_in_vain = files.filter(|file| !seen.contains(*file)).count();
        self.filter.named_places = named_places;
        let mut kept = self.filter.narrow(kept);
        self.severity.apply(&mut kept.diagnostics);
        let doubts = directives::doubts(directives, workspace);
        let warnings = self.warnings.into_iter().chain(kept.idle_exclusions).chain(doubts).collect();
        Ok(Findings {
            diagnostics: kept.diagnostics,
            dropped: kept.dropped,
            previews,
            named_in_vain,
            warnings,
            baseline_news,
        })
    }

    fn write_baseline(
        &mut self,
        diagnostics: &[Diagnostic],
        was_seen: impl Fn(&Path) -> bool,
    ) -> Result<Option<String>, CliError> {
        let Some(path) = &self.baseline_path else { return Ok(None) };
        let mut baseline = Baseline::of(diagnostics, baseline_file::base(path));
        if let Some(older) = &self.filter.baseline {
            baseline.keep_unseen(older, was_seen);
        }
        baseline_file::write(path, &baseline)?;
        let news = format!("{} written to {}", counted(baseline.len(), "known finding"), path.display());
        self.filter.baseline = Some(baseline);
        Ok(Some(news))
    }

    fn gone_from_baseline(&self, all: &[Diagnostic], was_seen: impl Fn(&Path) -> bool) -> Option<String> {
        let path = self.baseline_path.as_deref()?.display();
        match self.filter.baseline.as_ref()?.gone(all, was_seen) {
            0 => None,
            1 => Some(format!("1 finding of {path} is gone from the code; --write-baseline takes it out")),
            gone => Some(format!(
                "{gone} findings of {path} are gone from the code; --write-baseline takes them out"
            )),
        }
    }
}

/// The findings of rules that are wanted, and how many others are a preview's.
pub(crate) fn wanted(
    analysis: &Analysis,
    sources: &dyn Provider,
    flags: &CheckFlags,
    config: &Config,
) -> (Vec<Diagnostic>, usize) {
    let mut diagnostics = gomapcheck_rules::check(&analysis.conflicts, sources);
    let previews = flags.report.preview.or(config.preview).unwrap_or(false);
    diagnostics.retain(|diagnostic| config.wants(diagnostic.rule, false, previews));
    let all = diagnostics.len();
    diagnostics.retain(|diagnostic| config.wants(diagnostic.rule, is_preview(diagnostic), previews));
    let previews = all - diagnostics.len();
    (diagnostics, previews)
}

/// How well a finding is shown at least.
pub(crate) fn minimum_confidence(flags: &CheckFlags, config: &Config) -> Confidence {
    flags.report.min_confidence.or(config.min_confidence).unwrap_or(Confidence::Likely)
}

fn limits(flags: &CheckFlags, config: &Config) -> Limits {
    let (flags, config) = (&flags.report, &config.issues);
    Limits {
        max_issues: flags.max_issues_per_linter.or(config.max_issues_per_linter).unwrap_or(0),
        max_same_issues: flags.max_same_issues.or(config.max_same_issues).unwrap_or(0),
        unique_by_line: flags.uniq_by_line.or(config.uniq_by_line).unwrap_or(false),
    }
}

/// The baseline of the flag, in the working directory, or that of the configuration, beside it.
fn baseline_path(flags: &CheckFlags, config: &Config, directory: &Path) -> Option<PathBuf> {
    let path = match (&flags.choose.baseline, &config.baseline) {
        (Some(path), _) if path.is_empty() => return None,
        (Some(path), _) => directory.join(path),
        (None, Some(path)) => config.path().and_then(Path::parent).unwrap_or(directory).join(path),
        (None, None) => return None,
    };
    named_files::absolute(&path)
}

fn is_preview(diagnostic: &Diagnostic) -> bool {
    gomapcheck_rules::find(diagnostic.rule).is_some_and(|rule| rule.metadata().status == Status::Preview)
}

fn files_of_targets(workspace: &Workspace) -> BTreeSet<PathBuf> {
    let packages = workspace.graph().targets.into_iter().map(|id| workspace.package(id));
    let files = packages.flat_map(|package| package.files.clone());
    files.map(|id| workspace.file(id).path.clone()).collect()
}
