//! From arguments as typed to a command: Go's single dashes, flags before the command, one sentence for what is wrong.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};

use crate::config::nearest;
use crate::error::CliError;
use crate::flags::{
    CheckFlags, CompletionFlags, ConfigCommandFlags, DumpFlags, ExplainFlags, ManFlags, RulesFlags,
    SUBCOMMANDS, VersionFlags, command, with_overview,
};

/// What to do.
#[derive(Debug)]
pub(crate) enum Invocation {
    /// Analyse and report.
    Check(Box<CheckFlags>),
    /// Print what a stage makes of the code.
    Dump(Box<DumpFlags>),
    /// List the rules.
    Rules(RulesFlags),
    /// Print a rule's documentation.
    Explain(ExplainFlags),
    /// Tell of the configuration.
    Config(ConfigCommandFlags),
    /// Print a shell's completion script.
    Completion(CompletionFlags),
    /// Print the version.
    Version(VersionFlags),
    /// Print the manual page.
    Man,
    /// Print this: help or the version.
    Print(String),
}

/// Reads the arguments behind the program's name.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Invocation, CliError> {
    let mut arguments = with_double_dashes(arguments);
    if arguments.iter().take_while(|argument| *argument != "--").any(is_version_flag) {
        arguments = vec!["version".into()];
    }
    let verb = take_command(&mut arguments)?;
    match verb {
        "dump" => parsed(verb, &arguments, |flags| Invocation::Dump(Box::new(flags))),
        "rules" => parsed(verb, &arguments, Invocation::Rules),
        "explain" => parsed(verb, &arguments, Invocation::Explain),
        "config" => parsed(verb, &arguments, Invocation::Config),
        "completion" => parsed(verb, &arguments, Invocation::Completion),
        "version" => parsed(verb, &arguments, Invocation::Version),
        "man" => parsed(verb, &arguments, |_: ManFlags| Invocation::Man),
        "help" => help(&arguments),
        _ => parsed(verb, &arguments, |flags| Invocation::Check(Box::new(check(flags)))),
    }
}

/// The flags of a run, `--dir` among its patterns.
fn check(mut flags: CheckFlags) -> CheckFlags {
    flags.build.patterns.extend(flags.recipes.patterns());
    flags
}

/// The text of `help [COMMAND]`.
fn help(arguments: &[OsString]) -> Result<Invocation, CliError> {
    let Some(topic) = arguments.iter().find(|argument| !argument.to_string_lossy().starts_with('-')) else {
        let mut program = with_overview(command::<CheckFlags>());
        return Ok(Invocation::Print(program.render_long_help().to_string()));
    };
    let topic = topic.to_string_lossy();
    match SUBCOMMANDS.iter().find(|subcommand| subcommand.name == topic) {
        Some(subcommand) if subcommand.name == "run" => help(&[]),
        Some(subcommand) => Ok(Invocation::Print((subcommand.definition)().render_long_help().to_string())),
        None => Err(unknown_command(&topic)),
    }
}

fn unknown_command(name: &str) -> CliError {
    let known: Vec<&str> = SUBCOMMANDS.iter().map(|subcommand| subcommand.name).collect();
    let near = nearest(name, &known).map(|known| format!("did you mean {known}?"));
    let near = near.unwrap_or_else(|| "`gomapcheck help` lists the commands".to_owned());
    CliError::Usage(format!("there is no command {name}; {near}"))
}

fn is_version_flag(argument: &OsString) -> bool {
    argument == "--version" || argument == "-V"
}

/// Writes Go's `-gopath DIR` as `--gopath DIR`: a single dash before the name of a long flag.
fn with_double_dashes(arguments: &[OsString]) -> Vec<OsString> {
    let commands: Vec<Command> = SUBCOMMANDS.iter().map(|subcommand| (subcommand.definition)()).collect();
    let is_long = |name: &str| {
        let mut flags = commands.iter().flat_map(Command::get_arguments);
        flags.any(|flag| flag.get_long_and_visible_aliases().is_some_and(|names| names.contains(&name)))
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

/// Takes the command out of the arguments: the first that is neither a flag nor a flag's value. Without one it is `run`.
fn take_command(arguments: &mut Vec<OsString>) -> Result<&'static str, CliError> {
    let flags = command::<CheckFlags>();
    let mut directory = Path::new(".");
    let mut index = 0;
    while let Some(argument) = arguments.get(index) {
        let text = argument.to_string_lossy();
        if text == "--" {
            break;
        }
        if !text.starts_with('-') {
            match SUBCOMMANDS.iter().find(|subcommand| OsStr::new(subcommand.name) == argument) {
                Some(subcommand) => {
                    arguments.remove(index);
                    return Ok(subcommand.name);
                }
                None if is_misspelt(&text, directory) => return Err(unknown_command(&text)),
                None => break,
            }
        }
        if text == "-C" {
            directory = arguments.get(index + 1).map_or(directory, Path::new);
        }
        index += if has_separate_value(&text, &flags) { 2 } else { 1 };
    }
    Ok("run")
}

/// Whether a pattern looks like a command and like nothing else.
fn is_misspelt(pattern: &str, directory: &Path) -> bool {
    let known: Vec<&str> = SUBCOMMANDS.iter().map(|subcommand| subcommand.name).collect();
    pattern.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        && nearest(pattern, &known).is_some()
        && !directory.join(pattern).exists()
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
    verb: &str,
    arguments: &[OsString],
    invocation: impl FnOnce(T) -> Invocation,
) -> Result<Invocation, CliError> {
    let name = OsString::from("gomapcheck");
    let definition = if verb == "run" { with_overview(command::<T>()) } else { command::<T>() };
    let matches = definition.try_get_matches_from(std::iter::once(&name).chain(arguments));
    match matches.and_then(|matches| T::from_arg_matches(&matches)) {
        Ok(flags) => Ok(invocation(flags)),
        Err(error) if error.kind() == ErrorKind::DisplayHelp => Ok(Invocation::Print(error.to_string())),
        Err(error) => Err(CliError::Usage(in_one_sentence(verb, &error))),
    }
}

/// clap explains over several lines; what went wrong and where to look fits one.
fn in_one_sentence(verb: &str, error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let text = |kind| text(kind).filter(|text| !text.is_empty());
    let look = || match verb {
        "run" => "`gomapcheck --help` lists the flags".to_owned(),
        verb => format!("`gomapcheck help {verb}` lists the flags"),
    };
    let known = text(ContextKind::ValidValue).map(|known| format!("it takes {known}"));
    // An argument is shown as `--flag <VALUE>` or `<VALUE>`: its name is enough.
    let name = text(ContextKind::InvalidArg).unwrap_or_default();
    let name =
        name.split(" <").next().unwrap_or_default().trim_matches(['<', '>', '[', ']', '.']).to_lowercase();
    let name = if name.starts_with('-') { name } else { verb_of(&name, verb) };
    match error.kind() {
        ErrorKind::UnknownArgument if !name.starts_with('-') => format!("{}, not {name}", wanted(verb)),
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
        ErrorKind::MissingRequiredArgument => wanted(verb),
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            let other = other.split(" <").next().unwrap_or_default();
            format!("{name} and {other} contradict each other; give one of them")
        }
        _ => {
            let rendered = error.to_string();
            let first = rendered.lines().next().unwrap_or_default().trim_start_matches("error: ");
            format!("{first}; {}", look())
        }
    }
}

/// What an argument that is no flag is called: what it says when it was not expected, else by its command.
fn verb_of(name: &str, verb: &str) -> String {
    let is_placeholder = ["what", "shell", "rule", "dump"].contains(&name);
    if is_placeholder { verb.to_owned() } else { name.to_owned() }
}

/// What a command takes.
fn wanted(verb: &str) -> String {
    match verb {
        "dump" => "dump takes one of map-ops, ir, summaries".to_owned(),
        "config" => "config takes one of path, verify, schema, golangci-schema".to_owned(),
        "completion" => "completion takes one of bash, zsh, fish, powershell, elvish".to_owned(),
        "explain" => "explain takes one rule, as `gomapcheck rules` lists them".to_owned(),
        _ => format!("{verb} takes no arguments"),
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
        SUBCOMMANDS.iter().for_each(|subcommand| (subcommand.definition)().debug_assert());
        crate::flags::tree().debug_assert();
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
        assert!(format!("{:?}", flags.output).contains(r#"json_path: Some("stdout")"#), "{:?}", flags.output);
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
        insta::assert_snapshot!(message("--config a --no-config"), @"--config and --no-config contradict each other; give one of them");
        insta::assert_snapshot!(message("dump"), @"dump takes one of map-ops, ir, summaries");
        insta::assert_snapshot!(message("dump everything"), @"everything is no value for dump; it takes map-ops, ir, summaries");
        insta::assert_snapshot!(message("explain"), @"explain takes one rule, as `gomapcheck rules` lists them");
        insta::assert_snapshot!(message("config"), @"config takes one of path, verify, schema, golangci-schema");
        insta::assert_snapshot!(message("config show"), @"show is no value for config; it takes path, verify, schema, golangci-schema");
        insta::assert_snapshot!(message("completion"), @"completion takes one of bash, zsh, fish, powershell, elvish");
        insta::assert_snapshot!(message("completion tcsh"), @"tcsh is no value for completion; it takes bash, elvish, fish, powershell, zsh");
        insta::assert_snapshot!(message("version --sort"), @"unknown flag --sort; did you mean --short?");
        insta::assert_snapshot!(message("explain a b"), @"explain takes one rule, as `gomapcheck rules` lists them, not b");
        insta::assert_snapshot!(message("rules all"), @"rules takes no arguments, not all");
    }

    #[test]
    fn a_misspelt_command_is_no_pattern() {
        let message = |line: &str| invocation(line).unwrap_err();
        insta::assert_snapshot!(message("rulse"), @"there is no command rulse; did you mean rules?");
        insta::assert_snapshot!(message("--tests=false verson"), @"there is no command verson; did you mean version?");
        insta::assert_snapshot!(message("help verson"), @"there is no command verson; did you mean version?");
        insta::assert_snapshot!(message("help me"), @"there is no command me; `gomapcheck help` lists the commands");
        assert_eq!(check("fmt").build.patterns, ["fmt"]);
        assert_eq!(check("src").build.patterns, ["src"], "a directory that is there");
        assert_eq!(check("./rulse").build.patterns, ["./rulse"]);
    }

    #[test]
    fn recipes_of_an_earlier_checker_are_understood() {
        for line in ["--dir ./pkg --fail-on-risky-map-access", "-dir=./pkg -fail-on-risky-map-access=true"] {
            let flags = check(line);
            assert_eq!(flags.build.patterns, ["./pkg/..."], "{line}");
            assert_eq!(flags.recipes.fail_on_risky_map_access, Some(true));
        }
    }

    #[test]
    fn recipes_of_golangci_lint_are_understood() {
        let flags = check(
            "run --disable-all -E map-concurrency --fast --allow-parallel-runners -p bugs --go 1.24 ./...",
        );
        assert_eq!(flags.build.patterns, ["./..."]);
        assert_eq!(flags.rules.enable, ["map-concurrency"]);
        assert_eq!(flags.recipes.remarks(), ["--presets is golangci-lint's and has no effect here"]);
        let flags = check("run --default none --enable=map-concurrency --modules-download-mode=vendor --fix");
        assert_eq!(flags.recipes.remarks(), ["--fix changes nothing: no rule suggests edits"]);
        insta::assert_snapshot!(check("-e x").recipes.refuse().unwrap_err(), @"--exclude belongs to golangci-lint 1 and is not known here; write exclusions.rules in the configuration");
        insta::assert_snapshot!(check("--output.html.path x").recipes.refuse().unwrap_err(), @"--output.html.path: HTML is golangci-lint's alone; the other formats are written here, too");
        insta::assert_snapshot!(check("--skip-dirs x").recipes.refuse().unwrap_err(), @"--skip-dirs belongs to golangci-lint 1 and is not known here; write exclusions.paths in the configuration");
    }

    #[test]
    fn each_command_has_its_help() {
        for line in ["help", "--help", "run --help", "help run"] {
            let Ok(Invocation::Print(text)) = invocation(line) else { unreachable!("{line}") };
            assert!(text.contains("Examples:") && text.contains("explain RULE"), "{line}: {text}");
        }
        let Ok(Invocation::Print(short)) = invocation("-h") else { unreachable!() };
        assert!(!short.contains("Examples:") && short.contains("gomapcheck --help"), "{short}");
        for subcommand in SUBCOMMANDS {
            let Ok(Invocation::Print(text)) = invocation(&format!("help {}", subcommand.name)) else {
                unreachable!()
            };
            assert!(
                text.contains(&format!("gomapcheck {}", subcommand.name)) || subcommand.name == "run",
                "{text}"
            );
        }
        let Ok(Invocation::Print(text)) = invocation("config verify -h") else { unreachable!() };
        assert!(text.contains("--no-config"), "{text}");
    }

    #[test]
    fn the_version_may_be_asked_for_anywhere() {
        for line in ["--version", "-V", "-version", "version", "run --version"] {
            assert!(matches!(invocation(line), Ok(Invocation::Version(_))), "{line}");
        }
    }
}
