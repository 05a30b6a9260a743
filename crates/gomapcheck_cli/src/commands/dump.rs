use std::ffi::OsString;
use std::io::{BufWriter, Write};

use gomapcheck_engine::{Engine, MapOperationRecord, Silent};
use gomapcheck_project::Workspace;
use gomapcheck_source::Provider;
use serde::Serialize;

use crate::config;
use crate::error::CliError;
use crate::flags::{DumpFlags, DumpKind};
use crate::{ExitCode, Streams, settings};

/// Prints what a stage makes of the packages.
pub(crate) fn run(
    flags: Box<DumpFlags>,
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Result<ExitCode, CliError> {
    let directory = settings::directory(&flags.build);
    let config = config::load(&flags.config, (&directory, &flags.build.patterns), variables)?;
    let options = settings::project_options(&flags.build, &config, variables)?;
    let threads = settings::threads(&flags.build, &config)?;
    let workspace = threads
        .install(|| Workspace::open(&options))
        .map_err(|error| CliError::Project(error.to_string()))?;
    let engine = Engine::new(&workspace, &Silent)
        .with_rows(&config.rows)
        .with_guard_comments(config.guard_comments.unwrap_or(true));
    match flags.what {
        DumpKind::MapOps => {
            print_map_operations(&threads.install(|| engine.map_operations(&workspace.graph())), streams)?
        }
        DumpKind::Ir => print_ir(&engine, &workspace, streams)?,
        DumpKind::Summaries => {
            streams.print(&threads.install(|| engine.printed_summaries(&workspace.graph())))?;
        }
    }
    for problem in workspace.problems() {
        streams.warning(&problem.to_string());
    }
    Ok(if workspace.graph().targets.is_empty() { ExitCode::NO_GO_FILES } else { ExitCode::CLEAN })
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    line: u32,
    col: u32,
    op: &'static str,
    map: &'a str,
    #[serde(rename = "in")]
    function: &'a str,
}

fn print_map_operations(records: &[MapOperationRecord], streams: &mut Streams<'_>) -> Result<(), CliError> {
    let mut writer = BufWriter::new(&mut *streams.out);
    for record in records {
        let line = Line {
            file: &record.path,
            line: record.position.line,
            col: record.position.column,
            op: record.operation,
            map: &record.map,
            function: &record.function,
        };
        serde_json::to_writer(&mut writer, &line).map_err(|error| CliError::stdout(error.into()))?;
        writer.write_all(b"\n").map_err(CliError::stdout)?;
    }
    writer.flush().map_err(CliError::stdout)
}

fn print_ir(engine: &Engine<'_>, workspace: &Workspace, streams: &mut Streams<'_>) -> Result<(), CliError> {
    let mut writer = BufWriter::new(&mut *streams.out);
    for package in workspace.graph().targets {
        for file in &workspace.package(package).files {
            let path = workspace.display_path(&workspace.file(*file).path);
            write!(writer, "// {path}\n{}", engine.printed_ir(*file)).map_err(CliError::stdout)?;
        }
    }
    writer.flush().map_err(CliError::stdout)
}
