//! `byname text`: prints the text that is read from a paper.

use std::io::{IsTerminal as _, Write as _, stdout};
use std::path::PathBuf;
use std::slice;

use byname::collection::Failure;
use byname::report::{Metadata, printable};
use clap::Args;

use super::context::Context;
use super::one_paper::{read_one, split_target};
use super::paper_options::{FieldArgs, LayOver as _, LimitArgs};
use super::status::{CommandError, Outcome};
use super::values::any_path;

/// Print the text that scan reads out of a paper, or what the paper says of itself
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname text paper.tex\n  \
    byname text 2004.14974.tar.gz --metadata\n  \
    byname text records.jsonl:3")]
pub(super) struct TextArgs {
    /// A file, a folder that holds one paper, or - for standard input; of a record file, also the line
    #[arg(value_name = "PATH[:LINE]", value_parser = any_path())]
    target: PathBuf,

    /// Print title, date, authors, organisations, sections, citations and bibliography as JSON instead of the
    /// text; `start` and `end` count bytes of the text
    #[arg(long)]
    metadata: bool,

    #[command(flatten)]
    fields: FieldArgs,

    #[command(flatten)]
    limits: LimitArgs,
}

pub(super) fn run(args: &TextArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (path, place) = split_target(&args.target);
    let line = place.map(|place| place.line);
    let mut setup = context.setup(slice::from_ref(&path))?;
    setup.lay_over(|configuration| {
        args.fields.lay_over(configuration);
        args.limits.lay_over(configuration);
    });
    let Some((_, single)) = read_one(&setup, line, context)? else {
        return Ok(Outcome { found: false, unread: true });
    };
    let (document, errors) = (&single.document, single.changed.as_slice());
    let output = context.output()?;
    let mut out = Vec::new();
    let written = if args.metadata {
        Metadata::new(document, errors).json(&mut out)
    } else if context.common.output.is_empty() && stdout().is_terminal() {
        writeln!(out, "{}", printable(&document.prose))
    } else {
        writeln!(out, "{}", document.prose)
    };
    written.map_err(|error| CommandError::write(&output.place, &error))?;
    output.complete(&out)?;
    for error in errors {
        context.messages.failure(&Failure { document: document.id.clone(), error: error.clone() });
    }
    Ok(Outcome { found: false, unread: !errors.is_empty() })
}
