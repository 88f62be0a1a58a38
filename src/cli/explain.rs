//! `byname explain`: which rules voted, and what each clue adds.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::slice;

use clap::Args;

use super::context::Context;
use super::paper_options::{LayOver as _, LimitArgs, PaperArgs, fields, limits};
use super::status::{CommandError, Outcome};
use super::text::one_input;
use super::values::{ListFormat, any_path, value_of};
use crate::collection::{Failure, NO_LINE, read_single};
use crate::document::Document;
use crate::report::{Entry, Explanation};

/// Show which rules voted for each mention, and what each clue adds to each candidate
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname explain paper.md\n  \
    byname explain paper.md:12\n  \
    byname explain records.jsonl:3 --format json")]
pub(super) struct ExplainArgs {
    /// A file or a folder that holds one paper, and the line to explain where not all of it is meant; of a record file, the line of the record
    #[arg(value_name = "PATH[:LINE]", value_parser = any_path())]
    pub(super) target: PathBuf,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    pub(super) format: ListFormat,

    #[command(flatten)]
    papers: PaperArgs,

    #[command(flatten)]
    limits: LimitArgs,
}

pub(super) fn run(args: &ExplainArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (path, line) = split_target(&args.target);
    let mut setup = context.setup(slice::from_ref(&path))?;
    setup.lay_over(|configuration| {
        args.papers.lay_over(configuration);
        args.limits.lay_over(configuration);
    });
    let settings = setup.settings()?;
    let loaded = setup.load()?;
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
    // The line of a record has told which record; all of it is explained.
    let line = line.filter(|_| !single.is_record);
    let document = &single.document;
    refuse_line_beyond_end(line, document)?;

    let findings = loaded.engine.scan_with(document, &input.known);
    let errors = single.changed.as_slice();
    let entry = Entry { document, findings: &findings, errors, diagnostics: &[] };
    let ballots = loaded.engine.ballots(document);
    let explanation = Explanation::new(entry, line, loaded.engine.catalogue())
        .with_contexts(&ballots, &loaded.engine.catalogue().contexts.types);
    let mut output = context.output()?;
    let mut out = Vec::new();
    match args.format {
        ListFormat::Text => explanation.text(context.colours(), &mut out),
        ListFormat::Json => explanation.json(&mut out),
    }
    .and_then(|()| output.write_all(&out))
    .map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()?;
    for error in errors {
        context.messages.failure(&Failure { document: document.id.clone(), error: error.clone() });
    }
    Ok(Outcome { found: false, unread: !errors.is_empty() })
}

fn refuse_line_beyond_end(line: Option<usize>, document: &Document) -> Result<(), CommandError> {
    let lines = document.source_text().lines().count();
    match line {
        Some(line) if line > lines => Err(CommandError::new(format!("{} has no line {line}", document.id))
            .help(format!("its last line is {lines}"))),
        _ => Ok(()),
    }
}

/// The file and the line that a target means. A file that is really called so comes first.
pub(super) fn split_target(target: &Path) -> (PathBuf, Option<usize>) {
    let whole = (target.to_path_buf(), None);
    if target.exists() {
        return whole;
    }
    let Some((path, line)) = target.to_str().and_then(|text| text.rsplit_once(':')) else { return whole };
    match line.parse() {
        Ok(line) if line > 0 && !path.is_empty() => (PathBuf::from(path), Some(line)),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_from_a_name() {
        let split = |text: &str| split_target(Path::new(text));
        assert_eq!(split("a/b.md:12"), ("a/b.md".into(), Some(12)));
        assert_eq!(split("a/b.md"), ("a/b.md".into(), None));
        assert_eq!(split("c:d.md"), ("c:d.md".into(), None));
        assert_eq!(split("a.md:0"), ("a.md:0".into(), None));
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("a:12");
        std::fs::write(&odd, "").unwrap();
        assert_eq!(split_target(&odd), (odd, None));
    }
}
