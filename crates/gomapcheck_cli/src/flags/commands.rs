//! The commands beside `run` and `dump`, and the tree of all of them for help, completions and the manual.

use std::path::PathBuf;

use clap::{Args, Command, Parser, ValueEnum};
use clap_complete::Shell;

use crate::flags::{CheckFlags, ConfigFlags, DumpFlags, command};

/// Lists the rules.
#[derive(Parser, Debug)]
#[command(name = "gomapcheck rules", override_usage = "gomapcheck rules [--format text|json]")]
pub(crate) struct RulesFlags {
    /// text for people, json for programs
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) format: ListFormat,
}

/// Explains a rule: what it finds, why, how to mend it.
#[derive(Parser, Debug)]
#[command(name = "gomapcheck explain", override_usage = "gomapcheck explain RULE")]
pub(crate) struct ExplainFlags {
    /// The rule; `gomapcheck rules` lists them
    #[arg(id = "explain", value_name = "RULE")]
    pub(crate) rule: String,
}

/// Tells of the version.
#[derive(Parser, Debug)]
#[command(name = "gomapcheck version", override_usage = "gomapcheck version [--short | --json]")]
pub(crate) struct VersionFlags {
    /// Print the number alone
    #[arg(long, conflicts_with_all = ["json", "format"])]
    pub(crate) short: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// text, json or short
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: VersionFormat,
}

/// How the version is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum VersionFormat {
    /// A sentence.
    Text,
    /// An object.
    Json,
    /// The number.
    Short,
}

/// How a list is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Prints a completion script for a shell.
#[derive(Parser, Debug)]
#[command(name = "gomapcheck completion", override_usage = "gomapcheck completion bash|zsh|fish|powershell")]
pub(crate) struct CompletionFlags {
    /// The shell
    #[arg(id = "completion", value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

/// Tells which configuration is used, whether it is right, or what it may say.
#[derive(Parser, Debug)]
#[command(
    name = "gomapcheck config",
    override_usage = "gomapcheck config (path|verify|schema|golangci-schema) [FLAGS] [PATTERNS]"
)]
pub(crate) struct ConfigCommandFlags {
    /// What to tell
    #[arg(id = "config-action", value_name = "WHAT", value_enum)]
    pub(crate) action: ConfigAction,
    #[command(flatten)]
    pub(crate) config: ConfigFlags,
    #[command(flatten)]
    pub(crate) place: PlaceFlags,
    /// path: print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What to do with the configuration.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ConfigAction {
    /// Print the file's path.
    Path,
    /// Read it and tell what is wrong.
    Verify,
    /// Print the JSON schema of gomapcheck.toml.
    Schema,
    /// Print the JSON schema of golangci-lint's file with our part.
    GolangciSchema,
}

/// Where a configuration is looked for.
#[derive(Args, Debug)]
pub(crate) struct PlaceFlags {
    /// Run as if started in DIR
    #[arg(short = 'C', value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
    /// What would be analysed: the configuration is looked for there, too
    #[arg(value_name = "PATTERNS")]
    pub(crate) patterns: Vec<String>,
}

/// Prints the manual page.
#[derive(Parser, Debug)]
#[command(name = "gomapcheck man", override_usage = "gomapcheck man > gomapcheck.1")]
pub(crate) struct ManFlags {}

/// A command that can be called.
pub(crate) struct Subcommand {
    /// Its name.
    pub(crate) name: &'static str,
    /// What follows the name.
    pub(crate) arguments: &'static str,
    /// What it does; hidden from the short list if empty.
    pub(crate) about: &'static str,
    /// Its definition.
    pub(crate) definition: fn() -> Command,
}

/// All commands, in the order in which help lists them.
pub(crate) const SUBCOMMANDS: &[Subcommand] = &[
    Subcommand {
        name: "run",
        arguments: "[FLAGS] [PATTERNS]",
        about: "find races; the same as no command",
        definition: command::<CheckFlags>,
    },
    Subcommand { name: "rules", arguments: "", about: "list the rules", definition: command::<RulesFlags> },
    Subcommand {
        name: "explain",
        arguments: "RULE",
        about: "what a rule finds, why, and how to mend it",
        definition: command::<ExplainFlags>,
    },
    Subcommand {
        name: "config",
        arguments: "path|verify|schema",
        about: "which configuration is used; whether it is right; its keys",
        definition: command::<ConfigCommandFlags>,
    },
    Subcommand {
        name: "completion",
        arguments: "SHELL",
        about: "a completion script for bash, zsh, fish or powershell",
        definition: command::<CompletionFlags>,
    },
    Subcommand {
        name: "version",
        arguments: "",
        about: "the version; --json for programs",
        definition: command::<VersionFlags>,
    },
    Subcommand {
        name: "help",
        arguments: "[COMMAND]",
        about: "this text, or that of a command",
        definition: help,
    },
    Subcommand {
        name: "dump",
        arguments: "map-ops|ir|summaries",
        about: "what a stage of the analysis makes of the code",
        definition: command::<DumpFlags>,
    },
    Subcommand { name: "man", arguments: "", about: "", definition: command::<ManFlags> },
];

fn help() -> Command {
    Command::new("gomapcheck help").about("Tells how to use a command").disable_version_flag(true)
}

/// The program with its commands, for completions and the manual.
pub(crate) fn tree() -> Command {
    let version = env!("CARGO_PKG_VERSION");
    let program = without_hidden_flags(&command::<CheckFlags>(), "gomapcheck");
    let shown = SUBCOMMANDS.iter().filter(|subcommand| !subcommand.about.is_empty());
    let subcommands = shown.map(|subcommand| {
        without_hidden_flags(&(subcommand.definition)(), subcommand.name).about(subcommand.about)
    });
    program.version(version).disable_version_flag(false).subcommands(subcommands)
}

/// The command with the flags that help shows: completions would offer the others, too.
fn without_hidden_flags(command: &Command, name: &'static str) -> Command {
    let shown = Command::new(name)
        .about(command.get_about().cloned().unwrap_or_default())
        .disable_help_subcommand(true)
        .disable_version_flag(true);
    let arguments = command.get_arguments().filter(|argument| !argument.is_hide_set());
    shown.args(arguments.map(|argument| argument.clone().hide_short_help(false)))
}
