//! The `byname` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(byname::cli::run(std::env::args_os()))
}
