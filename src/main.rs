//! The `gomapcheck` binary: everything it does lives in `gomapcheck_cli`.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {}
