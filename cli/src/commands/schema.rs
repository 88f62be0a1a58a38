//! `byname schema`: prints JSON Schemas of catalogue files and of results.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::status::{CommandError, Outcome};
use super::values::value_of;
use crate::schema::FileKind;

/// Print the JSON Schema of a kind of catalogue file, by which editors complete and check it, or of results
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct SchemaArgs {
    /// The kind of file
    #[arg(value_parser = value_of(FileKind::NAMES, str::parse::<FileKind>), required_unless_present = "write")]
    kind: Option<FileKind>,

    /// Write the schemas of all kinds into a folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    write: Option<PathBuf>,
}

pub(super) fn run(args: &SchemaArgs, context: &Context) -> Result<Outcome, CommandError> {
    if let Some(folder) = &args.write {
        fs::create_dir_all(folder)
            .map_err(|error| CommandError::write(&folder.display().to_string(), &error))?;
        for kind in FileKind::ALL {
            let path = folder.join(kind.file_name());
            fs::write(&path, kind.schema_text())
                .map_err(|error| CommandError::write(&path.display().to_string(), &error))?;
        }
    }
    if let Some(kind) = args.kind {
        context.output()?.complete(kind.schema_text().as_bytes())?;
    }
    Ok(Outcome::default())
}
