//! `byname explain`: shows which rules voted, and what each clue adds.

use std::path::PathBuf;
use std::slice;

use byname::collection::Failure;
use byname::document::Document;
use byname::report::{AskedPlace, Explanation, ReportedPaper};
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::one_paper::{read_one, split_target};
use super::paper_options::{LayOver as _, LimitArgs, PaperArgs};
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, any_path};

/// Show which rules voted for each mention, and what each clue adds to each candidate
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname explain paper.md\n  \
    byname explain paper.md:12\n  \
    byname explain sections/setup.tex:40:7\n  \
    byname explain records.jsonl:3 --format json")]
pub(super) struct ExplainArgs {
    /// A file or a folder that holds one paper, and the line, or line and column, to explain where not all of it is meant; of a record file, the line of the record
    #[arg(value_name = "PATH[:LINE[:COLUMN]]", value_parser = any_path())]
    pub(super) target: PathBuf,

    #[command(flatten)]
    pub(super) form: FormArgs,

    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    limits: LimitArgs,
}

pub(super) fn run(args: &ExplainArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (path, place) = split_target(&args.target);
    let mut setup = context.setup(slice::from_ref(&path))?;
    setup.lay_over(|configuration| {
        args.papers.lay_over(configuration);
        args.limits.lay_over(configuration);
    });
    let loaded = setup.load()?;
    let Some((input, single)) = read_one(&setup, place.map(|place| place.line), context)? else {
        return Ok(Outcome { found: false, unread: true });
    };
    // The line of a record has told which record; all of it is explained.
    let place = place.filter(|_| !single.is_record);
    let document = &single.document;
    refuse_line_beyond_end(place, document)?;

    let findings = loaded.engine.scan_with(document, &input.known);
    let errors = single.changed.as_slice();
    let entry = ReportedPaper { document, findings: &findings, errors, diagnostics: &[] };
    let votes = loaded.engine.trace_votes(document);
    let explanation = Explanation::new(entry, place, loaded.engine.catalogue())
        .with_contexts(&votes, &loaded.engine.catalogue().contexts);
    let output = context.output()?;
    let mut out = Vec::new();
    let written = match args.form.format {
        ListFormat::Text => explanation.text(context.colours(), &mut out),
        ListFormat::Json => explanation.json(&mut out),
    };
    written.map_err(|error| CommandError::write(&output.place, &error))?;
    output.complete(&out)?;
    for error in errors {
        context.messages.failure(&Failure { document: document.id.clone(), error: error.clone() });
    }
    Ok(Outcome { found: false, unread: !errors.is_empty() })
}

fn refuse_line_beyond_end(place: Option<AskedPlace>, document: &Document) -> Result<(), CommandError> {
    let file = document.asked_file();
    let lines = document.text_of_file(file).1.lines().count();
    match place.map(|place| place.line) {
        Some(line) if line > lines => {
            Err(CommandError::new(format!("{} has no line {line}", document.path_of_file(file)))
                .help(format!("its last line is {lines}")))
        }
        _ => Ok(()),
    }
}
