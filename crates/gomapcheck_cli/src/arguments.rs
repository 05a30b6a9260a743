//! From arguments as typed to a command: Go's single dashes, flags before the command, one sentence for what is wrong.

use std::ffi::{OsStr, OsString};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};

use crate::error::CliError;
use crate::flags::{CheckFlags, DumpFlags, command};

/// What to do.
#[derive(Debug)]
pub(crate) enum Invocation {
    /// Analyse and report.
    Check(Box<CheckFlags>),
    /// Print what a stage makes of the code.
    Dump(Box<DumpFlags>),
    /// List the rules.
    Rules,
    /// Print a rule's documentation.
    Explain(String),
    /// Print this: help or the version.
    Print(String),
}

const COMMANDS: [&str; 6] = ["run", "dump", "rules", "explain", "version", "help"];

/// Reads the arguments behind the program's name.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Invocation, CliError> {
    let mut arguments = with_double_dashes(arguments, &command::<CheckFlags>());
    if arguments.iter().take_while(|argument| *argument != "--").any(is_version_flag) {
        return Ok(Invocation::Print(version()));
    }
    let verb = take_command(&mut arguments);
    let name = OsString::from("gomapcheck");
    let line = || std::iter::once(name.clone()).chain(arguments.iter().cloned());
    match verb {
        None | Some("run") => parsed(line(), |flags| Invocation::Check(Box::new(flags))),
        Some("dump") => parsed(line(), |flags| Invocation::Dump(Box::new(flags))),
        Some("rules") => without_arguments(&arguments, "rules").map(|()| Invocation::Rules),
        Some("version") => without_arguments(&arguments, "version").map(|()| Invocation::Print(version())),
        Some("explain") => match &arguments[..] {
            [rule] => Ok(Invocation::Explain(rule.to_string_lossy().into_owned())),
            _ => Err(CliError::Usage("explain takes one rule; `gomapcheck rules` lists them".to_owned())),
        },
        Some(_) => Ok(Invocation::Print(help::<CheckFlags>())),
    }
}

/// The short help: one line for each flag.
fn help<T: CommandFactory>() -> String {
    command::<T>().render_help().to_string()
}

fn version() -> String {
    format!("gomapcheck {}\n", env!("CARGO_PKG_VERSION"))
}

fn is_version_flag(argument: &OsString) -> bool {
    argument == "--version" || argument == "-V"
}

fn without_arguments(arguments: &[OsString], command: &str) -> Result<(), CliError> {
    match arguments.first() {
        None => Ok(()),
        Some(argument) => {
            Err(CliError::Usage(format!("{command} takes no arguments, not {}", argument.to_string_lossy())))
        }
    }
}

/// Writes Go's `-gopath DIR` as `--gopath DIR`: a single dash before the name of a long flag.
fn with_double_dashes(arguments: &[OsString], command: &Command) -> Vec<OsString> {
    let is_long = |name: &str| {
        command.get_arguments().any(|argument| {
            argument.get_long_and_visible_aliases().is_some_and(|names| names.contains(&name))
        })
    };
    let mut only_patterns = false;
    let rewrite = |argument: &OsString| {
        only_patterns |= argument == "--";
        let text = argument.to_string_lossy();
        let name = text.strip_prefix('-').map(|rest| rest.split('=').next().unwrap_or_default());
        match name {
            Some(name) if !only_patterns && name.len() > 1 && (is_long(name) || name == "version") => {
                let mut rewritten = OsString::from("-");
                rewritten.push(argument);
                rewritten
            }
            _ => argument.clone(),
        }
    };
    arguments.iter().map(rewrite).collect()
}

/// Takes the command out of the arguments: the first that is neither a flag nor a flag's value.
fn take_command(arguments: &mut Vec<OsString>) -> Option<&'static str> {
    let flags = command::<CheckFlags>();
    let mut index = 0;
    while let Some(argument) = arguments.get(index) {
        let text = argument.to_string_lossy();
        if text == "--" {
            return None;
        }
        if !text.starts_with('-') {
            let command = COMMANDS.into_iter().find(|command| OsStr::new(command) == argument);
            if command.is_some() {
                arguments.remove(index);
            }
            return command;
        }
        index += if has_separate_value(&text, &flags) { 2 } else { 1 };
    }
    None
}

/// Whether the argument behind this flag is its value.
fn has_separate_value(flag: &str, command: &Command) -> bool {
    if flag.contains('=') {
        return false;
    }
    let matching = command.get_arguments().find(|argument| match flag.strip_prefix("--") {
        Some(long) => argument.get_long_and_visible_aliases().is_some_and(|names| names.contains(&long)),
        None => argument.get_short().is_some_and(|short| flag == format!("-{short}")),
    });
    matching.is_some_and(|argument| argument.get_action().takes_values() && !argument.is_require_equals_set())
}

fn parsed<T: CommandFactory + FromArgMatches>(
    line: impl Iterator<Item = OsString>,
    invocation: impl FnOnce(T) -> Invocation,
) -> Result<Invocation, CliError> {
    let matches = command::<T>().try_get_matches_from(line);
    match matches.and_then(|matches| T::from_arg_matches(&matches)) {
        Ok(flags) => Ok(invocation(flags)),
        Err(error) if error.kind() == ErrorKind::DisplayHelp => Ok(Invocation::Print(help::<T>())),
        Err(error) => Err(CliError::Usage(in_one_sentence(&error))),
    }
}

/// clap explains over several lines; what went wrong and where to look fits one.
fn in_one_sentence(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let text = |kind| text(kind).filter(|text| !text.is_empty());
    let look = || "`gomapcheck --help` lists the flags".to_owned();
    let known = text(ContextKind::ValidValue).map(|known| format!("it takes {known}"));
    // An argument is shown as `--flag <VALUE>` or `<VALUE>`: its name is enough.
    let name = text(ContextKind::InvalidArg).unwrap_or_default();
    let name = name.split(" <").next().unwrap_or_default().trim_matches(['<', '>']).to_lowercase();
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let similar = text(ContextKind::SuggestedArg).map(|flag| format!("did you mean {flag}?"));
            format!("unknown flag {name}; {}", similar.unwrap_or_else(look))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let next = known.unwrap_or_else(look);
            match text(ContextKind::InvalidValue) {
                Some(value) => format!("{value} is no value for {name}; {next}"),
                None => format!("{name} needs a value; {next}"),
            }
        }
        ErrorKind::MissingRequiredArgument => "dump what? one of map-ops, ir, summaries".to_owned(),
        _ => {
            let rendered = error.to_string();
            let first = rendered.lines().next().unwrap_or_default().trim_start_matches("error: ");
            format!("{first}; {}", look())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invocation(line: &str) -> Result<Invocation, String> {
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        parse(&arguments).map_err(|error| error.to_string())
    }

    fn check(line: &str) -> CheckFlags {
        match invocation(line) {
            Ok(Invocation::Check(flags)) => *flags,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn the_commands_of_clap_are_well_formed() {
        command::<CheckFlags>().debug_assert();
        command::<DumpFlags>().debug_assert();
    }

    #[test]
    fn run_is_the_same_as_no_command() {
        for line in ["--tests=false ./a ./b", "run --tests=false ./a ./b", "--tests=false run ./a ./b"] {
            let flags = check(line);
            assert_eq!(flags.build.patterns, ["./a", "./b"], "{line}");
            assert_eq!(flags.build.tests, Some(false), "{line}");
        }
    }

    #[test]
    fn flags_may_be_written_as_go_writes_them() {
        let flags = check("-C dir -gopath /g -tags a,b -tests=false -goroot=/r ./...");
        assert_eq!(flags.build.directory.unwrap().to_str(), Some("dir"));
        assert_eq!(flags.build.gopath.unwrap(), "/g");
        assert_eq!(flags.build.tags, ["a,b"]);
        assert_eq!(flags.build.goroot.unwrap().to_str(), Some("/r"));
        assert_eq!(flags.build.patterns, ["./..."]);
    }

    #[test]
    fn a_switch_takes_no_pattern_for_its_value() {
        let flags = check("--tests --show-stats ./...");
        assert_eq!((flags.build.tests, flags.report.show_stats), (Some(true), Some(true)));
        assert_eq!(flags.build.patterns, ["./..."]);
    }

    #[test]
    fn a_flags_value_is_not_taken_for_a_command() {
        assert_eq!(check("-C run ./...").build.directory.unwrap().to_str(), Some("run"));
        assert_eq!(check("-- run").build.patterns, ["run"]);
    }

    #[test]
    fn the_benchmarks_call_is_understood() {
        let flags = check(
            "run --output.json.path stdout --show-stats=false --max-issues-per-linter 0 --max-same-issues 0 ./...",
        );
        assert_eq!(flags.report.json_path.as_deref(), Some("stdout"));
        assert_eq!(flags.report.show_stats, Some(false));
    }

    #[test]
    fn what_is_wrong_is_told_in_one_sentence() {
        let message = |line: &str| invocation(line).unwrap_err();
        insta::assert_snapshot!(message("--frobnicate ./..."), @"unknown flag --frobnicate; `gomapcheck --help` lists the flags");
        insta::assert_snapshot!(message("--min-confidnce likely"), @"unknown flag --min-confidnce; did you mean --min-confidence?");
        insta::assert_snapshot!(message("--min-confidence sure"), @"sure is no value for --min-confidence; it takes certain, likely, possible");
        insta::assert_snapshot!(message("--color sometimes"), @"sometimes is no value for --color; it takes auto, always, never");
        insta::assert_snapshot!(message("--threads many"), @"many is no value for --threads; `gomapcheck --help` lists the flags");
        insta::assert_snapshot!(message("--output.json.path"), @"--output.json.path needs a value; `gomapcheck --help` lists the flags");
        insta::assert_snapshot!(message("--config a --no-config"), @"the argument '--config <PATH>' cannot be used with '--no-config'; `gomapcheck --help` lists the flags");
        insta::assert_snapshot!(message("dump"), @"dump what? one of map-ops, ir, summaries");
        insta::assert_snapshot!(message("dump everything"), @"everything is no value for dump; it takes map-ops, ir, summaries");
        insta::assert_snapshot!(message("explain"), @"explain takes one rule; `gomapcheck rules` lists them");
        insta::assert_snapshot!(message("rules all"), @"rules takes no arguments, not all");
    }

    #[test]
    fn help_and_version_are_printed() {
        for line in ["--version", "-V", "-version", "version"] {
            let Ok(Invocation::Print(text)) = invocation(line) else { unreachable!("{line}") };
            assert_eq!(text, format!("gomapcheck {}\n", env!("CARGO_PKG_VERSION")));
        }
        for line in ["--help", "-h", "help", "run --help"] {
            let Ok(Invocation::Print(text)) = invocation(line) else { unreachable!("{line}") };
            assert!(text.contains("--min-confidence") && text.contains("explain RULE"), "{text}");
        }
    }
}
