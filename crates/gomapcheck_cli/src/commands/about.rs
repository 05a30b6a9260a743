//! What the program tells of itself: version, completions, manual.

use std::io::{self, Write};

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use serde::Serialize;

use crate::error::CliError;
use crate::flags::{SUBCOMMANDS, VersionFlags, VersionFormat, tree};
use crate::{ExitCode, Streams};

/// What `version --json` prints; `unknown` where the build was not told.
#[derive(Serialize)]
struct Version {
    version: &'static str,
    commit: &'static str,
    date: &'static str,
}

const VERSION: Version = Version {
    version: env!("CARGO_PKG_VERSION"),
    commit: match option_env!("GOMAPCHECK_COMMIT") {
        Some(commit) => commit,
        None => "unknown",
    },
    date: match option_env!("GOMAPCHECK_DATE") {
        Some(date) => date,
        None => "unknown",
    },
};

/// Prints the version.
pub(crate) fn version(flags: &VersionFlags, streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let text = if flags.json || flags.format == VersionFormat::Json {
        serde_json::to_string(&VERSION).map_err(|error| CliError::Internal(error.to_string()))?
    } else if flags.short || flags.format == VersionFormat::Short {
        VERSION.version.to_owned()
    } else {
        format!("gomapcheck {}", VERSION.version)
    };
    streams.print(&format!("{text}\n"))?;
    Ok(ExitCode::CLEAN)
}

/// Prints a shell's completion script.
pub(crate) fn completion(shell: Shell, streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree(), "gomapcheck", &mut script);
    streams.print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::CLEAN)
}

/// Prints the manual page.
pub(crate) fn man(streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let mut page = Vec::new();
    write_manual(&mut page).map_err(CliError::stdout)?;
    streams.print(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::CLEAN)
}

/// One page for all: the commands beside `run` are small.
fn write_manual(page: &mut Vec<u8>) -> io::Result<()> {
    let program = Command::new("gomapcheck").args(tree().get_arguments().cloned());
    let program = program.about("finds data races on Go's maps").version(env!("CARGO_PKG_VERSION"));
    let man =
        Man::new(program.disable_version_flag(true).override_usage("gomapcheck [run] [FLAGS] [PATTERNS]"));
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    writeln!(page, ".SH DESCRIPTION\n{DESCRIPTION}\n.SH COMMANDS")?;
    for subcommand in SUBCOMMANDS.iter().filter(|subcommand| !subcommand.about.is_empty()) {
        let arguments = subcommand.arguments;
        writeln!(page, ".TP\n\\fB{}\\fR {arguments}\n{}", subcommand.name, subcommand.about)?;
    }
    man.render_options_section(page)?;
    writeln!(page, ".SH EXIT STATUS")?;
    for (code, meaning) in EXIT_STATUS {
        writeln!(page, ".TP\n\\fB{code}\\fR\n{meaning}")?;
    }
    writeln!(page, ".SH FILES\n{FILES}")
}

const DESCRIPTION: &str = "\
gomapcheck reads Go code and reports where two goroutines can touch one map at the same time, at least one of them
writing it, with nothing that orders or excludes them. It needs no build and no Go toolchain. Patterns mean what they mean to
\\fBgo build\\fR; without one it is \\fB./...\\fR. A finding is silenced by \\fB//nolint:map\\-concurrency // why\\fR on its line.";

const EXIT_STATUS: [(u8, &str); 7] = [
    (0, "No findings."),
    (1, "Findings, unless \\fB\\-\\-issues\\-exit\\-code\\fR says another number."),
    (3, "The work could not be done: a bad flag or configuration, a missing directory."),
    (4, "The time given by \\fB\\-\\-timeout\\fR is over."),
    (5, "No Go files."),
    (6, "\\fBconfig\\fR was asked for a configuration, and there is none."),
    (7, "No findings, but a part of the work could not be done."),
];

const FILES: &str = "\
\\fBgomapcheck.toml\\fR, or golangci\\-lint's \\fB.golangci.{json,toml,yaml,yml}\\fR, in the working directory, in that of the
first pattern or above it, or in the home directory: the configuration.";
