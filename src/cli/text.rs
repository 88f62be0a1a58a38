//! `byname text`: what is read out of a paper.

use std::io::{IsTerminal as _, Write as _, stdout};
use std::path::PathBuf;
use std::slice;
use std::sync::Arc;

use clap::Args;

use super::context::Context;
use super::explain::split_target;
use super::paper_options::{FieldArgs, LayOver as _, LimitArgs, fields, limits};
use super::setup::Setup;
use super::status::{CommandError, Outcome};
use super::values::any_path;
use crate::collection::{Failure, Format, Input, NO_LINE, read_single, walk_roots};
use crate::report::{Metadata, printable};

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
    let (path, line) = split_target(&args.target);
    let mut setup = context.setup(slice::from_ref(&path))?;
    setup.lay_over(|configuration| {
        args.fields.lay_over(configuration);
        args.limits.lay_over(configuration);
    });
    let settings = setup.settings()?;
    let input = match one_input(&setup)? {
        Ok(input) => input,
        Err(failure) => {
            context.messages.failure(&failure);
            return Ok(Outcome { found: false, unread: true });
        }
    };
    let single = match read_single(&input, line, &fields(&settings), limits(&settings)) {
        Ok(single) => single,
        Err(error) if error.kind == NO_LINE => {
            return Err(CommandError::new(format!("{}: {}", input.shown, error.message)));
        }
        Err(error) => {
            context.messages.failure(&Failure { document: input.shown, error });
            return Ok(Outcome { found: false, unread: true });
        }
    };

    let (document, errors) = (&single.document, single.changed.as_slice());
    let mut output = context.output()?;
    let mut out = Vec::new();
    let done = if args.metadata {
        Metadata::new(document, errors).json(&mut out)
    } else if context.common.output.is_empty() && stdout().is_terminal() {
        writeln!(out, "{}", printable(&document.prose))
    } else {
        writeln!(out, "{}", document.prose)
    };
    done.and_then(|()| output.write_all(&out)).map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()?;
    for error in errors {
        context.messages.failure(&Failure { document: document.id.clone(), error: error.clone() });
    }
    Ok(Outcome { found: false, unread: !errors.is_empty() })
}

/// Papers of a folder that are named where one has to be chosen.
const NAMED: usize = 20;

/// The one input that the one path of a command means: of a folder, the one paper in it. Where there are
/// several and one of them alone is LaTeX, it is that one.
pub(super) fn one_input(setup: &Setup) -> Result<Result<Input, Failure>, CommandError> {
    let path = setup.first_path().display();
    let rules = setup.folder_rules(setup.no_papers()?)?;
    let mut inputs = walk_roots(&setup.roots()?, &rules, &Arc::default());
    if inputs.len() > 1 {
        let is_latex = |input: &Result<Input, Failure>| {
            input.as_ref().is_ok_and(|input| input.format == Some(Format::Latex))
        };
        let latex: Vec<usize> = (0..inputs.len()).filter(|place| is_latex(&inputs[*place])).collect();
        if let [only] = latex[..] {
            return Ok(inputs.swap_remove(only));
        }
        let count = inputs.len();
        let named = inputs.into_iter().take(NAMED).map(|input| match input {
            Ok(input) => input.shown,
            Err(failure) => failure.document,
        });
        let mut named: Vec<String> = named.collect();
        if count > NAMED {
            named.push(format!("and {} more", count - NAMED));
        }
        return Err(CommandError::new(format!("{path} holds {count} papers"))
            .help(format!("give one of them: {}", named.join(", "))));
    }
    inputs.pop().ok_or_else(|| CommandError::new(format!("{path}: nothing is there to read")))
}
