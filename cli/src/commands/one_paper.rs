//! The single paper that some commands take.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use byname::collection::{Failure, Format, Input, NO_LINE, Single, read_single, walk_roots};
use byname::document::RecordPlace;
use byname::report::AskedPlace;

use super::context::Context;
use super::paper_options::{fields, limits};
use super::setup::Setup;
use super::status::CommandError;

/// Splits a target into a path and a place in it, as in `paper.md:12` and, as findings are shown,
/// `paper.md:12:5`. A file whose name is the whole target, or all before the last number, has precedence.
pub(super) fn split_target(target: &Path) -> (PathBuf, Option<AskedPlace>) {
    let whole = || (target.to_path_buf(), None);
    if target.exists() {
        return whole();
    }
    let Some(last) = target.to_str().and_then(RecordPlace::read) else { return whole() };
    let line_and_column = RecordPlace::read(&last.file).filter(|_| !Path::new(&last.file).exists());
    let (path, place) = match line_and_column {
        Some(place) => (place.file, AskedPlace { line: place.line, column: Some(last.line) }),
        None => (last.file, AskedPlace { line: last.line, column: None }),
    };
    (PathBuf::from(path), Some(place))
}

/// Reads the one paper, or the record at a line, that the path of a command stands for. Returns `None` if it
/// could not be read, which is then already reported.
pub(super) fn read_one(
    setup: &Setup,
    line: Option<usize>,
    context: &Context,
) -> Result<Option<(Input, Single)>, CommandError> {
    let settings = setup.settings()?;
    let input = match one_input(setup)? {
        Ok(input) => input,
        Err(failure) => {
            context.messages.failure(&failure);
            return Ok(None);
        }
    };
    match read_single(&input, line, &fields(&settings), limits(&settings)) {
        Ok(single) => Ok(Some((input, single))),
        Err(error) if error.kind == NO_LINE => {
            Err(CommandError::new(format!("{}: {}", input.shown, error.message)))
        }
        Err(mut error) => {
            if line.is_some() && error.kind == NOT_FOUND {
                error
                    .message
                    .push_str("; a paper in a file of records is given as FILE:LINE, as papers.jsonl:3");
            }
            context.messages.failure(&Failure { document: input.shown, error });
            Ok(None)
        }
    }
}

/// Kind of the error of a file that does not exist.
const NOT_FOUND: &str = "not-found";

/// Most papers of a folder that are listed when the user has to choose one.
const NAMED: usize = 20;

/// Finds the one input that the path of a command stands for: of a folder, the one paper in it. If there are
/// several, it must contain exactly one in LaTeX, which is then chosen.
fn one_input(setup: &Setup) -> Result<Result<Input, Failure>, CommandError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_from_a_name() {
        let split = |text: &str| split_target(Path::new(text));
        let place = |line, column| Some(AskedPlace { line, column });
        assert_eq!(split("a/b.md:12"), ("a/b.md".into(), place(12, None)));
        assert_eq!(split("a/b.md:12:5"), ("a/b.md".into(), place(12, Some(5))));
        assert_eq!(split("a/b.md"), ("a/b.md".into(), None));
        assert_eq!(split("c:d.md"), ("c:d.md".into(), None));
        assert_eq!(split("a.md:0"), ("a.md:0".into(), None));
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("a:12");
        std::fs::write(&odd, "").unwrap();
        assert_eq!(split_target(&odd), (odd.clone(), None));
        let on_line = PathBuf::from(format!("{}:3", odd.display()));
        assert_eq!(split_target(&on_line), (odd, place(3, None)));
    }
}
