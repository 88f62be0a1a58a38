//! The `byname` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The global allocator. Reading papers allocates many small values that live for one sentence; with this
/// allocator a scan takes about three quarters of the time that it takes with the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(byname_cli::run(std::env::args_os()))
}
