//! Flags that people have in their recipes: golangci-lint's choice of linters, and what an earlier checker of map races took.

use std::path::PathBuf;

use clap::{ArgAction, Args};
use gomapcheck_diagnostics::LINTER;

use crate::config::{Config, nearest};
use crate::error::CliError;
use crate::flags::SWITCH;

/// Which rules are asked for. The linter's own name stands for all of them.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Rules")]
pub(crate) struct RuleFlags {
    /// Report these rules although they are in preview
    #[arg(short = 'E', long, value_name = "RULES", value_delimiter = ',')]
    pub(crate) enable: Vec<String>,
    /// Do not report these rules
    #[arg(short = 'D', long, value_name = "RULES", value_delimiter = ',')]
    pub(crate) disable: Vec<String>,
    /// Report these rules alone, whatever the configuration says
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(crate) enable_only: Vec<String>,
}

impl RuleFlags {
    /// Adds the flags to what the configuration says.
    ///
    /// # Errors
    /// If there is no such rule.
    pub(crate) fn apply(&self, config: &mut Config) -> Result<(), CliError> {
        let enable = named("--enable", &self.enable)?;
        let disable = named("--disable", &self.disable)?;
        let only = named("--enable-only", &self.enable_only)?;
        let names_us = |names: &[String]| names.iter().any(|name| is_linter(name));
        if names_us(&self.enable) || !self.enable_only.is_empty() {
            config.disabled_by = None;
        }
        if names_us(&self.disable) {
            config.disabled_by = Some("--disable".to_owned());
        }
        if let Some(rule) = enable.iter().find(|rule| disable.contains(rule)) {
            return Err(CliError::Usage(format!(
                "{rule} is in --enable and in --disable; take it out of one"
            )));
        }
        if !self.enable_only.is_empty() {
            let all = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name.to_owned());
            let is_any = names_us(&self.enable_only);
            config.disable = all.filter(|rule| !is_any && !only.contains(rule)).collect();
            config.enable = only;
        }
        config.disable.retain(|rule| !enable.contains(rule));
        config.enable.extend(enable);
        config.disable.extend(disable);
        Ok(())
    }
}

fn is_linter(name: &str) -> bool {
    name == LINTER || name == "gomapcheck"
}

/// The rules among the names; the linter's own name is none.
fn named(flag: &str, names: &[String]) -> Result<Vec<String>, CliError> {
    let known: Vec<&str> = gomapcheck_rules::all().iter().map(|rule| rule.metadata().name).collect();
    let rules = names.iter().filter(|name| !is_linter(name));
    let check = |name: &String| match known.contains(&name.as_str()) {
        true => Ok(name.clone()),
        false => {
            let near = nearest(name, &known).map(|rule| format!("did you mean {rule}?"));
            let near = near.unwrap_or_else(|| "`gomapcheck rules` lists them".to_owned());
            Err(CliError::Usage(format!("{flag}: there is no rule {name}; {near}")))
        }
    };
    rules.map(check).collect()
}

/// Flags of others' recipes.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Findings and reports")]
pub(crate) struct RecipeFlags {
    /// Analyse this directory and all below it
    #[arg(long, value_name = "DIR", hide = true)]
    pub(crate) dir: Vec<PathBuf>,
    /// Exit with a code that is not 0 when there are findings
    #[arg(long, value_name = SWITCH, action = ArgAction::Set, hide = true)]
    pub(crate) fail_on_risky_map_access: Option<bool>,
    /// Make the edits that rules suggest; none suggests any yet
    #[arg(long, value_name = SWITCH, action = ArgAction::Set, hide_short_help = true)]
    pub(crate) fix: Option<bool>,

    // What follows chooses among many linters, or steers what only golangci-lint has.
    #[arg(long, value_name = "GROUP", hide = true)]
    default: Option<String>,
    #[arg(long, hide = true, value_name = SWITCH)]
    enable_all: Option<bool>,
    #[arg(long, hide = true, value_name = SWITCH)]
    disable_all: Option<bool>,
    #[arg(long, hide = true, value_name = SWITCH)]
    fast: Option<bool>,
    #[arg(long, hide = true, value_name = SWITCH)]
    fast_only: Option<bool>,
    #[arg(short = 'p', long, hide = true, value_name = "PRESETS")]
    presets: Vec<String>,
    #[arg(long, hide = true, value_name = SWITCH)]
    allow_parallel_runners: Option<bool>,
    #[arg(long, hide = true, value_name = SWITCH)]
    allow_serial_runners: Option<bool>,
    #[arg(long, hide = true, value_name = "MODE", value_parser = ["", "mod", "readonly", "vendor"])]
    modules_download_mode: Option<String>,
    #[arg(long, hide = true, value_name = "VERSION")]
    go: Option<String>,
    #[arg(long, hide = true, value_name = SWITCH)]
    print_resources_usage: Option<bool>,
    #[arg(long, hide = true, value_name = "PATH")]
    cpu_profile_path: Option<String>,
    #[arg(long, hide = true, value_name = "PATH")]
    mem_profile_path: Option<String>,
    #[arg(long, hide = true, value_name = "PATH")]
    trace_path: Option<String>,
    #[arg(long, hide = true, value_name = SWITCH)]
    exclude_use_default: Option<bool>,
    #[arg(long, hide = true, value_name = SWITCH)]
    exclude_case_sensitive: Option<bool>,
    #[arg(long, hide = true, value_name = SWITCH, visible_alias = "skip-dirs-use-default")]
    exclude_dirs_use_default: Option<bool>,
    #[arg(long, hide = true, value_name = "IDS")]
    include: Vec<String>,
    #[arg(short = 'e', long, hide = true, value_name = "REGEX")]
    exclude: Vec<String>,
    #[arg(long, hide = true, value_name = "REGEX")]
    exclude_files: Vec<String>,
    #[arg(long, hide = true, value_name = "REGEX")]
    exclude_dirs: Vec<String>,
    #[arg(long, hide = true, value_name = "REGEX")]
    skip_files: Vec<String>,
    #[arg(long, hide = true, value_name = "REGEX")]
    skip_dirs: Vec<String>,
    #[arg(long, hide = true, value_name = "MODE")]
    exclude_generated: Vec<String>,
    #[arg(long = "output.html.path", hide = true, value_name = "PATH")]
    html_path: Option<String>,
}

impl RecipeFlags {
    /// The patterns that `--dir` stands for.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = String> {
        self.dir.iter().map(|directory| {
            let text = directory.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            let text = text.trim_end_matches('/');
            match text {
                "" if directory.has_root() => "/...".to_owned(),
                "" | "." => "./...".to_owned(),
                _ if text.ends_with("...") => text.to_owned(),
                _ if directory.is_absolute() || text.starts_with('.') => format!("{text}/..."),
                _ => format!("./{text}/..."),
            }
        })
    }

    /// Refuses flags without which other findings would be reported than the recipe wants.
    pub(crate) fn refuse(&self) -> Result<(), CliError> {
        let refused = [
            ("--exclude", &self.exclude, "exclusions.rules"),
            ("--exclude-files", &self.exclude_files, "exclusions.paths"),
            ("--exclude-dirs", &self.exclude_dirs, "exclusions.paths"),
            ("--skip-files", &self.skip_files, "exclusions.paths"),
            ("--skip-dirs", &self.skip_dirs, "exclusions.paths"),
            ("--exclude-generated", &self.exclude_generated, "exclusions.generated"),
        ];
        if self.html_path.is_some() {
            let message =
                "--output.html.path: HTML is golangci-lint's alone; the other formats are written here, too";
            return Err(CliError::Usage(message.to_owned()));
        }
        match refused.into_iter().find(|(_, values, _)| !values.is_empty()) {
            Some((flag, _, key)) => Err(CliError::Usage(format!(
                "{flag} belongs to golangci-lint 1 and is not known here; write {key} in the configuration"
            ))),
            None => Ok(()),
        }
    }

    /// What is said of flags that are taken without effect.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.fix == Some(true) {
            remarks.push("--fix changes nothing: no rule suggests edits".to_owned());
        }
        let without_effect = [
            ("--presets", !self.presets.is_empty()),
            ("--exclude-dirs-use-default", self.exclude_dirs_use_default == Some(true)),
            ("--print-resources-usage", self.print_resources_usage == Some(true)),
            ("--cpu-profile-path", self.cpu_profile_path.is_some()),
            ("--mem-profile-path", self.mem_profile_path.is_some()),
            ("--trace-path", self.trace_path.is_some()),
        ];
        let named = without_effect.into_iter().filter(|(_, is_given)| *is_given);
        remarks.extend(named.map(|(flag, _)| format!("{flag} is golangci-lint's and has no effect here")));
        remarks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(flags: &RuleFlags, mut config: Config) -> Result<Config, String> {
        flags.apply(&mut config).map_err(|error| error.to_string())?;
        Ok(config)
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn flags_add_to_the_configuration() {
        let file = Config { disable: names(&["mixed-map-locks", "range-map-mutation"]), ..Config::default() };
        let flags = RuleFlags {
            enable: names(&["mixed-map-locks", "sync-map-check-then-act"]),
            disable: names(&["copied-map-lock"]),
            ..RuleFlags::default()
        };
        let config = applied(&flags, file).unwrap();
        assert!(config.wants("mixed-map-locks", false, false));
        assert!(config.wants("sync-map-check-then-act", true, false));
        assert!(!config.wants("range-map-mutation", false, false));
        assert!(!config.wants("copied-map-lock", false, false));
    }

    #[test]
    fn only_what_is_asked_for() {
        let file = Config {
            disable: names(&["mixed-map-locks"]),
            disabled_by: Some("x".to_owned()),
            ..Config::default()
        };
        let only = |name: &str| RuleFlags { enable_only: names(&[name]), ..RuleFlags::default() };
        let config = applied(&only("mixed-map-locks"), file.clone()).unwrap();
        assert!(config.wants("mixed-map-locks", false, false) && config.disabled_by.is_none());
        assert!(!config.wants("copied-map-lock", false, false));
        let config = applied(&only("map-concurrency"), file).unwrap();
        assert!(
            config.wants("mixed-map-locks", false, false) && config.wants("copied-map-lock", false, false)
        );
    }

    #[test]
    fn a_rule_that_does_not_exist_is_an_error() {
        let flags = RuleFlags { disable: names(&["mixed-locks"]), ..RuleFlags::default() };
        insta::assert_snapshot!(applied(&flags, Config::default()).unwrap_err(), @"--disable: there is no rule mixed-locks; did you mean mixed-map-locks?");
        let flags = RuleFlags { enable: names(&["errcheck"]), ..RuleFlags::default() };
        insta::assert_snapshot!(applied(&flags, Config::default()).unwrap_err(), @"--enable: there is no rule errcheck; `gomapcheck rules` lists them");
        let both = names(&["mixed-map-locks"]);
        let flags = RuleFlags { enable: both.clone(), disable: both, ..RuleFlags::default() };
        insta::assert_snapshot!(applied(&flags, Config::default()).unwrap_err(), @"mixed-map-locks is in --enable and in --disable; take it out of one");
    }

    #[test]
    fn a_directory_means_all_below_it() {
        let pattern = |directory: &str| {
            RecipeFlags { dir: vec![directory.into()], ..RecipeFlags::default() }.patterns().next().unwrap()
        };
        assert_eq!(pattern("./pkg"), "./pkg/...");
        assert_eq!(pattern("pkg/"), "./pkg/...");
        assert_eq!(pattern("."), "./...");
        assert_eq!(pattern(".."), "../...");
        assert_eq!(pattern("/work/pkg"), "/work/pkg/...");
        assert_eq!(pattern("./..."), "./...");
    }
}
