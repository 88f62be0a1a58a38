//! `byname init`: writes a `byname.toml` to begin with.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::status::{CommandError, Outcome};
use crate::config::{FILE_NAME, TEMPLATE};

/// Write a `byname.toml` that shows every key and changes nothing yet
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  byname init drafts/")]
pub(super) struct InitArgs {
    /// The folder to write it to
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

pub(super) fn run(args: &InitArgs, context: &Context) -> Result<Outcome, CommandError> {
    let path = args.folder.join(FILE_NAME);
    let shown = path.display();
    // Opened so that a file which somebody writes at the same time is not lost either.
    let created = fs::OpenOptions::new().write(true).create_new(true).open(&path);
    let written = created.and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            context.note(&format!("{shown} is written; `byname config` shows the effective configuration"));
            Ok(Outcome::default())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let help = "change that file, or move it away first";
            Err(CommandError::new(format!("{shown} is there already")).help(help))
        }
        Err(error) => Err(CommandError::write(&shown.to_string(), &error)),
    }
}
