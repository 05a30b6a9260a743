use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use gomapcheck_diagnostics::LINTER;
use gomapcheck_engine::{Analysis, Engine, FileDirectives, Stage};
use gomapcheck_project::Workspace;
use gomapcheck_report::{Contents, Notices};
use gomapcheck_source::{Problem, ProblemKind};

use crate::choose::{self, Choice, Findings};
use crate::commands::raw;
use crate::config::{self, Config};
use crate::error::CliError;
use crate::flags::CheckFlags;
use crate::output::{self, Plan};
use crate::progress::Meter;
use crate::summary::Summary;
use crate::{ExitCode, Streams, settings};

/// How many warnings are told one by one.
const TOLD_WARNINGS: usize = 20;

/// Analyses the packages and reports what is found.
pub(crate) fn run(
    flags: Box<CheckFlags>,
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Result<ExitCode, CliError> {
    let start = Instant::now();
    let directory = settings::directory(&flags.build);
    flags.recipes.refuse()?;
    let mut config = config::load(&flags.config, (&directory, &flags.build.patterns), variables)?;
    flags.rules.apply(&mut config)?;
    for remark in flags.recipes.remarks() {
        streams.warning(&remark);
    }
    let deadline = settings::timeout(&flags.build, &config)?.map(|timeout| start + timeout);
    let mut options = settings::project_options(&flags.build, &config, variables)?;
    let base = options.display_base.as_deref().unwrap_or(&options.directory);
    let plan = Plan::new(&flags.output, &config, base)?;
    if let Some(place) = config.disabled_by.as_deref().filter(|_| !flags.report.raw) {
        return say_disabled(place, &plan, variables, streams);
    }
    let choice = Choice::prepare(&flags, &config, &directory, variables)?;
    let named_places = if flags.report.raw { None } else { choose::widen(&mut options) };
    let threads = settings::threads(&flags.build, &config)?;
    let workspace = threads
        .install(|| Workspace::open(&options))
        .map_err(|error| CliError::Project(error.to_string()))?;

    let Some(outcome) = analyse(&workspace, &flags, (&config, &threads), deadline, streams) else {
        streams.error("the time given by --timeout is over; nothing is reported");
        return Ok(ExitCode::TIMEOUT);
    };
    if flags.report.raw {
        let problems = problems(&workspace, &outcome.analysis);
        let told = tell(&problems, &[], streams);
        let notices = Notices { warnings: &told.warnings, error: told.error.as_deref() };
        let (wanted, _) = choose::wanted(&outcome.analysis, &workspace, &flags, &config);
        return raw::write(wanted, choose::minimum_confidence(&flags, &config), notices, streams);
    }
    let analysed = (&outcome.analysis, &*outcome.directives);
    let mut found = choice.findings(analysed, &workspace, (&flags, &config), named_places)?;
    let problems = problems(&workspace, &outcome.analysis);
    let told = tell(&problems, &found.warnings, streams);
    plan.arrange(&mut found.diagnostics);
    let contents = Contents {
        diagnostics: &found.diagnostics,
        notices: Notices { warnings: &told.warnings, error: told.error.as_deref() },
        rules: &output::rule_descriptions(),
        base: workspace.display_base(),
    };
    plan.write(&contents, variables, streams)?;
    tell_baseline_news(&found, streams);
    if flags.report.verbose {
        if let Some(path) = config.path() {
            streams.tell(format_args!("gomapcheck: settings from {}", path.display()));
        }
        tell_times(&outcome.times, streams);
    }
    if flags.report.show_stats(&config) {
        let summary = Summary {
            statistics: outcome.analysis.statistics,
            findings: found.diagnostics.len(),
            dropped: found.dropped,
            previews: found.previews,
            named_in_vain: found.named_in_vain,
            excluded_files: workspace.excluded_files(),
            problems: problems.len(),
            time: start.elapsed(),
        };
        streams.tell(format_args!("gomapcheck: {summary}"));
    }
    Ok(if found.diagnostics.is_empty() {
        exit_code_without_findings(workspace.graph().targets.is_empty(), &problems, &options.directory)
    } else {
        exit_code_of_findings(&flags, &config)
    })
}

/// This linter is disabled by name at this place: says so and writes empty reports, as their readers expect them.
fn say_disabled(
    place: &str,
    plan: &Plan,
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Result<ExitCode, CliError> {
    let warning = format!(
        "{place} names {LINTER}, so nothing is analysed; take it out of there, or use --enable-only {LINTER}"
    );
    streams.warning(&warning);
    let contents = Contents {
        diagnostics: &[],
        notices: Notices { warnings: &[warning], error: None },
        rules: &output::rule_descriptions(),
        base: Path::new("/"),
    };
    plan.write(&contents, variables, streams)?;
    Ok(ExitCode::CLEAN)
}

struct Outcome {
    analysis: Analysis,
    directives: Vec<FileDirectives>,
    times: Vec<(Stage, Duration)>,
}

/// Runs the stages with progress on a terminal; `None` when the deadline passed.
fn analyse(
    workspace: &Workspace,
    flags: &CheckFlags,
    (config, threads): (&Config, &rayon::ThreadPool),
    deadline: Option<Instant>,
    streams: &mut Streams<'_>,
) -> Option<Outcome> {
    let watched = flags.report.show_stats(config) && streams.err_is_terminal;
    let meter = Meter::new(watched.then_some(&mut *streams.err), deadline);
    let engine = Engine::new(workspace, &meter)
        .with_rows(&config.rows)
        .with_guard_comments(config.guard_comments.unwrap_or(true))
        .as_last_act();
    let graph = workspace.graph();
    let outcome = threads.install(|| {
        let analysis = engine.analyse(&graph)?;
        let directives = engine.directives(&graph.targets);
        Some(Outcome { analysis, directives, times: meter.times() })
    });
    // As little as what it made: see `Engine::as_last_act`.
    std::mem::forget(engine);
    outcome
}

fn tell_baseline_news(found: &Findings, streams: &mut Streams<'_>) {
    for news in &found.baseline_news {
        streams.tell(format_args!("gomapcheck: {news}"));
    }
}

fn tell_times(times: &[(Stage, Duration)], streams: &mut Streams<'_>) {
    for (stage, time) in times {
        streams.tell(format_args!("gomapcheck: {}: {:.2} s", stage.as_str(), time.as_secs_f64()));
    }
}

fn exit_code_of_findings(flags: &CheckFlags, config: &Config) -> ExitCode {
    let code = flags.report.issues_exit_code.or(config.run.issues_exit_code);
    match (flags.recipes.fail_on_risky_map_access, code) {
        (Some(false), _) => ExitCode::CLEAN,
        (Some(true), Some(0)) => ExitCode::ISSUES,
        (_, code) => code.map_or(ExitCode::ISSUES, ExitCode::new),
    }
}

fn exit_code_without_findings(is_empty: bool, problems: &[Problem], directory: &Path) -> ExitCode {
    let errors: Vec<&Problem> = problems.iter().filter(|problem| is_error(problem)).collect();
    // A place without Go files is told as a pattern's problem, but has an exit code of its own.
    let is_place = |problem: &Problem| {
        let pattern = problem.path.to_string_lossy();
        problem.kind == ProblemKind::Pattern
            && (pattern.contains("...") || directory.join(&problem.path).exists())
    };
    match errors.iter().all(|problem| is_place(problem)) {
        true if is_empty => ExitCode::NO_GO_FILES,
        _ if errors.is_empty() => ExitCode::CLEAN,
        _ => ExitCode::ERROR_LOGGED,
    }
}

/// A pattern or go.mod file that is wrong is the caller's to mend; other problems are only passed over.
fn is_error(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Pattern | ProblemKind::ModuleFile)
}

fn problems(workspace: &Workspace, analysis: &Analysis) -> Vec<Problem> {
    let mut problems = workspace.problems();
    problems.extend(analysis.problems.iter().cloned());
    problems.sort();
    problems
}

/// What reports repeat of the problems.
struct Told {
    warnings: Vec<String>,
    error: Option<String>,
}

/// Tells of the problems on standard error.
fn tell(problems: &[Problem], warnings: &[String], streams: &mut Streams<'_>) -> Told {
    let mut told = Told { warnings: warnings.to_vec(), error: None };
    for problem in problems {
        if is_error(problem) {
            streams.error(&problem.to_string());
            told.error = Some(problem.to_string());
        } else {
            told.warnings.push(problem.to_string());
        }
    }
    for warning in told.warnings.iter().take(TOLD_WARNINGS) {
        streams.warning(warning);
    }
    if let Some(more @ 1..) = told.warnings.len().checked_sub(TOLD_WARNINGS) {
        streams.warning(&format!("{more} more; --output.json.path has them all"));
    }
    told
}
