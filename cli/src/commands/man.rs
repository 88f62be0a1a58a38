//! `byname man`: writes the manual pages.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::{Man, generate_to};

use super::Cli;
use super::context::Context;
use super::status::{CommandError, Outcome};

/// Print the manual page, or write those of all commands to a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname man | man -l -\n  \
    byname man --dir ~/.local/share/man/man1")]
pub(super) struct ManArgs {
    /// Write a page for each command to this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs, context: &Context) -> Result<Outcome, CommandError> {
    if let Some(folder) = &args.dir {
        let shown = folder.display().to_string();
        let written = fs::create_dir_all(folder).and_then(|()| generate_to(Cli::command(), folder));
        written.map_err(|error| CommandError::write(&shown, &error))?;
        return Ok(Outcome::default());
    }
    let mut page = Vec::new();
    let output = context.output()?;
    let rendered = Man::new(Cli::command()).render(&mut page);
    rendered.map_err(|error| CommandError::write(&output.place, &error))?;
    output.complete(&page)?;
    Ok(Outcome::default())
}
