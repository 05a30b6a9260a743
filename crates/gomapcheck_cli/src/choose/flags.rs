use clap::{ArgAction, Args};

use crate::flags::SWITCH;

/// Which findings are reported because of where they are or since when.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "New and known findings")]
pub(crate) struct ChooseFlags {
    /// Report only findings in changes that are not staged yet, in untracked files, or else in the last commit
    #[arg(short, long, value_name = SWITCH, action = ArgAction::Set)]
    pub(crate) new: Option<bool>,
    /// Report only findings in code that changed since this revision, untracked files included
    #[arg(long, value_name = "REV")]
    pub(crate) new_from_rev: Option<String>,
    /// Report only findings in code that changed since this branch and BRANCH parted
    #[arg(long, value_name = "BRANCH")]
    pub(crate) new_from_merge_base: Option<String>,
    /// Report only findings in code that this diff adds
    #[arg(long, value_name = "FILE")]
    pub(crate) new_from_patch: Option<String>,
    /// With --new and its like: report findings anywhere in changed files
    #[arg(long, value_name = SWITCH, action = ArgAction::Set)]
    pub(crate) whole_files: Option<bool>,
    /// Do not report the findings that this file holds
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<String>,
    /// Write all findings to the file of --baseline, so that only later ones are reported
    #[arg(long)]
    pub(crate) write_baseline: bool,
}
