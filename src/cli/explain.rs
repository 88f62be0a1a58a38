//! `byname explain`: which rules voted, and what each clue adds.

use std::path::{Path, PathBuf};

use clap::Args;

use super::context::Context;
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};

/// Show which rules voted for each mention, and what each clue adds to each candidate
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  byname explain paper.md\n  byname explain paper.md:12")]
pub(super) struct ExplainArgs {
    /// A file, and the line to explain where not all of it is meant
    #[arg(value_name = "PATH[:LINE]")]
    pub(super) target: PathBuf,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    pub(super) format: ListFormat,
}

pub(super) fn run(args: &ExplainArgs, _context: &Context) -> Result<Outcome, CommandError> {
    let (_path, _line) = split_target(&args.target);
    Err(CommandError::new("`byname explain` is not built yet"))
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
