use std::ffi::OsString;
use std::path::Path;

use serde_json::{Value, json};

use crate::config::{self, schema};
use crate::error::CliError;
use crate::flags::{ConfigAction, ConfigCommandFlags};
use crate::{ExitCode, Streams};

/// Prints the path of the configuration, or tells what is wrong in it.
pub(crate) fn run(
    flags: &ConfigCommandFlags,
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Result<ExitCode, CliError> {
    match flags.action {
        ConfigAction::Schema => return print_schema(&schema::of_our_file(), streams),
        ConfigAction::GolangciSchema => return print_schema(&schema::of_golangci_file(), streams),
        ConfigAction::Path | ConfigAction::Verify => {}
    }
    let directory = flags.place.directory.as_deref().unwrap_or(Path::new("."));
    let place = (directory, &flags.place.patterns[..]);
    let Some(path) = config::find(&flags.config, place, variables) else {
        streams.warning(
            "no configuration: there is no gomapcheck.toml and no .golangci.yml, .yaml, .toml or .json",
        );
        return Ok(ExitCode::NO_CONFIGURATION);
    };
    match flags.action {
        ConfigAction::Verify => {
            let config = config::load(&flags.config, place, variables)?;
            config.base_path(directory)?;
            streams.tell(format_args!("gomapcheck: {} is right", path.display()));
        }
        ConfigAction::Path if flags.json => {
            let absolute = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
            streams.print(&format!("{}\n", json!({ "path": path, "absolutePath": absolute })))?;
        }
        _ => streams.print(&format!("{}\n", path.display()))?,
    }
    Ok(ExitCode::CLEAN)
}

fn print_schema(schema: &Value, streams: &mut Streams<'_>) -> Result<ExitCode, CliError> {
    let text = serde_json::to_string_pretty(schema).map_err(|error| CliError::Internal(error.to_string()))?;
    streams.print(&format!("{text}\n"))?;
    Ok(ExitCode::CLEAN)
}
