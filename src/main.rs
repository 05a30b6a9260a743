//! The `gomapcheck` binary: everything it does lives in `gomapcheck_cli`.

use std::io::{IsTerminal, stderr, stdout};
use std::process::ExitCode;

use gomapcheck_cli::Streams;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gomapcheck_cli::stop_when_interrupted();
    let mut streams = Streams {
        out: &mut stdout(),
        err: &mut stderr(),
        out_is_terminal: stdout().is_terminal(),
        err_is_terminal: stderr().is_terminal(),
    };
    let arguments = std::env::args_os().skip(1);
    gomapcheck_cli::run(arguments, &|name| std::env::var_os(name), &mut streams).number().into()
}
