//! The flags of each command, as clap reads them.

mod commands;
mod recipes;

use std::path::PathBuf;

use clap::builder::{BoolishValueParser, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Command, CommandFactory, Parser, ValueEnum};
use gomapcheck_diagnostics::Confidence;

use crate::choose::ChooseFlags;
use crate::config::Config;
use crate::output::{DESTINATIONS, OutputFlags};

pub(crate) use commands::{
    CompletionFlags, ConfigAction, ConfigCommandFlags, ExplainFlags, ListFormat, ManFlags, RulesFlags,
    SUBCOMMANDS, Subcommand, VersionFlags, VersionFormat, tree,
};
pub(crate) use recipes::{RecipeFlags, RuleFlags};

/// The value name of flags that are written `--flag`, `--flag=true` or `--flag=false`.
pub(crate) const SWITCH: &str = "BOOL";

/// A command's definition. A switch takes its value only behind `=`, so that no pattern is taken for one.
pub(crate) fn command<T: CommandFactory>() -> Command {
    let definition =
        T::command().disable_help_subcommand(true).disable_version_flag(true).max_term_width(110);
    definition.mut_args(|argument| {
        let is_switch = argument.get_value_names().is_some_and(|names| names == [SWITCH]);
        if !is_switch {
            return argument;
        }
        argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(BoolishValueParser::new())
            .hide_possible_values(true)
            .hide_default_value(true)
    })
}

const EXIT_CODES: &str = "\
Exit codes: 0 no findings, 1 findings, 3 failure, 4 timeout, 5 no Go files,
7 no findings but an error was told, 130 or 143 interrupted.";

const EXAMPLES: &str = "\
Examples:
  gomapcheck                                the module around the current directory
  gomapcheck -C ../other ./internal/...     some packages of another module
  gomapcheck --min-confidence possible      doubtful cases, too
  gomapcheck --enable-only mixed-map-locks  one rule
  gomapcheck --output.text.path stdout --output.sarif.path races.sarif
                                            two reports of one run
  gomapcheck explain mixed-map-locks        what a rule finds, and how to mend it";

/// The flags of the short help, by their fields.
const USUAL: [&str; 15] = [
    "patterns",
    "directory",
    "tests",
    "tags",
    "timeout",
    "enable",
    "disable",
    "min_confidence",
    "new_from_rev",
    "baseline",
    "text_path",
    "json_path",
    "sarif_path",
    "issues_exit_code",
    "config",
];

/// What stands below the flags: commands and exit codes, and in the long help examples.
pub(crate) fn with_overview(program: Command) -> Command {
    let line = |subcommand: &Subcommand| {
        let call = format!("{} {}", subcommand.name, subcommand.arguments);
        format!("  {call:28}{}\n", subcommand.about)
    };
    let shown = SUBCOMMANDS.iter().filter(|subcommand| !subcommand.about.is_empty());
    let commands: String = shown.map(line).collect();
    let short = format!("Commands:\n{commands}\n{EXIT_CODES}");
    let hint = "`gomapcheck --help` has all flags and examples.";
    let program = program.mut_args(|argument| {
        let is_usual = USUAL.contains(&argument.get_id().as_str());
        argument.hide_short_help(!is_usual)
    });
    program.after_help(format!("{short}\n{hint}")).after_long_help(format!("{short}\n\n{EXAMPLES}"))
}

/// Finds data races on Go's maps.
#[derive(Parser, Debug)]
#[command(
    name = "gomapcheck",
    disable_help_subcommand = true,
    disable_version_flag = true,
    override_usage = "gomapcheck [run] [FLAGS] [PATTERNS]",
    max_term_width = 110
)]
pub(crate) struct CheckFlags {
    #[command(flatten)]
    pub(crate) build: BuildFlags,
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    #[command(flatten)]
    pub(crate) output: OutputFlags,
    #[command(flatten)]
    pub(crate) choose: ChooseFlags,
    #[command(flatten)]
    pub(crate) report: ReportFlags,
    #[command(flatten)]
    pub(crate) recipes: RecipeFlags,
    #[command(flatten)]
    pub(crate) config: ConfigFlags,
}

/// Prints what a stage of the analysis makes of the code.
#[derive(Parser, Debug)]
#[command(
    name = "gomapcheck dump",
    disable_help_subcommand = true,
    disable_version_flag = true,
    override_usage = "gomapcheck dump (map-ops|ir|summaries) [FLAGS] [PATTERNS]"
)]
pub(crate) struct DumpFlags {
    /// What to print.
    #[arg(value_enum, id = "dump")]
    pub(crate) what: DumpKind,
    #[command(flatten)]
    pub(crate) build: BuildFlags,
    #[command(flatten)]
    pub(crate) config: ConfigFlags,
}

/// What can be printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum DumpKind {
    /// Every map operation, as JSON lines.
    MapOps,
    /// The intermediate representation of files.
    Ir,
    /// The summaries of functions.
    Summaries,
}

/// Which code is analysed, for which build, and with how much of the machine.
#[derive(Args, Debug)]
#[command(next_help_heading = "Code and build")]
pub(crate) struct BuildFlags {
    /// Packages: ./..., directories, import paths, or Go files [default: ./...]
    #[arg(value_name = "PATTERNS")]
    pub(crate) patterns: Vec<String>,
    /// Run as if started in DIR
    #[arg(short = 'C', value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
    /// Analyse _test.go files too [default: true]
    #[arg(long, value_name = SWITCH)]
    pub(crate) tests: Option<bool>,
    /// Build tags, divided by commas
    #[arg(long, visible_alias = "build-tags", value_name = "TAGS", action = ArgAction::Append)]
    pub(crate) tags: Vec<String>,
    /// Operating system to build for [default: $GOOS, else this one]
    #[arg(long, value_name = "OS")]
    pub(crate) goos: Option<String>,
    /// Architecture to build for [default: $GOARCH, else this one]
    #[arg(long, value_name = "ARCH")]
    pub(crate) goarch: Option<String>,
    /// Whether files that use cgo belong to the build [default: $CGO_ENABLED, else true]
    #[arg(long, value_name = SWITCH)]
    pub(crate) cgo: Option<bool>,
    /// Go's own tree, for the standard library [default: $GOROOT, else that of the go on the PATH; "" for none]
    #[arg(long, value_name = "DIR")]
    pub(crate) goroot: Option<std::ffi::OsString>,
    /// Workspaces with src/ by import path [default: $GOPATH; "" for none]
    #[arg(long, value_name = "DIRS")]
    pub(crate) gopath: Option<std::ffi::OsString>,
    /// Threads to work with [default: one for each processor]
    #[arg(short = 'j', long, visible_aliases = ["concurrency"], value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Stop after this time, such as 90s or 5m [default: never]
    #[arg(long, value_name = "TIME")]
    pub(crate) timeout: Option<String>,
}

/// What is reported.
#[derive(Args, Debug)]
#[command(next_help_heading = "Findings and reports")]
pub(crate) struct ReportFlags {
    /// Write every finding to stdout as docs/raw-format.md describes, before nolint, exclusions and limits; exit code 0
    #[arg(long, conflicts_with_all = DESTINATIONS)]
    pub(crate) raw: bool,
    /// Print a summary line on standard error [default: true]
    #[arg(long, value_name = SWITCH, action = ArgAction::Set)]
    pub(crate) show_stats: Option<bool>,
    /// Print how long each stage took
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Report nothing weaker: certain, likely, possible [default: likely]
    #[arg(
        long, value_name = "LEVEL", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(["certain", "likely", "possible"])
            .try_map(|level| level.parse::<Confidence>())
    )]
    pub(crate) min_confidence: Option<Confidence>,
    /// Report the findings of preview rules as well
    #[arg(long, value_name = SWITCH, action = ArgAction::Set)]
    pub(crate) preview: Option<bool>,
    /// Report at most N findings, 0 for all [default: 0]
    #[arg(long, value_name = "N")]
    pub(crate) max_issues_per_linter: Option<usize>,
    /// Report at most N findings with the same text, 0 for all [default: 0]
    #[arg(long, value_name = "N")]
    pub(crate) max_same_issues: Option<usize>,
    /// Report one finding a line [default: false]
    #[arg(long, value_name = SWITCH, action = ArgAction::Set)]
    pub(crate) uniq_by_line: Option<bool>,
    /// Exit code when there are findings [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) issues_exit_code: Option<u8>,
}

impl ReportFlags {
    /// Whether a summary is told.
    pub(crate) fn show_stats(&self, config: &Config) -> bool {
        self.show_stats.or(config.output.show_stats).unwrap_or(true)
    }
}

/// Which configuration is read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigFlags {
    /// Read this configuration, ours or golangci-lint's [default: the nearest]
    #[arg(short = 'c', long, value_name = "PATH", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// When text is coloured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
