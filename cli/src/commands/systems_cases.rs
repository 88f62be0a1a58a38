//! `byname systems cases`: make cases for linking out of papers that describe and name a system.

use std::path::PathBuf;

use byname_lab::silver::MakeCases;
use clap::Args;

use super::context::Context;
use super::gathered_run::Papers;
use super::load::Loaded;
use super::output::Output;
use super::paper_options::CollectionArgs;
use super::status::{CommandError, Outcome};

/// Make cases for `evaluate` and `systems tune` out of papers that describe and name a system
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname systems cases abstracts.jsonl -o silver.jsonl\n  \
    byname evaluate silver.jsonl\n  \
    byname systems tune silver.jsonl --write mine/evidence.toml\n\n\
    Where a paper writes \"an open 7B model (Mistral 7B)\" and gives the name nowhere else in the paragraph, the \
    paragraph without the name becomes a case, one JSON object a line. Nobody checked them: read some before use.")]
pub(super) struct CasesArgs {
    /// Files, folders of files, or - for standard input, as `byname scan` takes them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    collection: CollectionArgs,
}

pub(super) fn run(
    args: &CasesArgs,
    loaded: &Loaded,
    output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let papers = Papers { paths: &args.paths, collection: &args.collection };
    let task = MakeCases { engine: &loaded.engine };
    let (cases, counts) = papers.gather(&task, loaded, &output, context)?;
    let mut lines = String::new();
    for case in cases.iter().flatten() {
        let line = serde_json::to_string(case)
            .map_err(|error| CommandError::new(format!("a case cannot be written as JSON: {error}")))?;
        lines.push_str(&line);
        lines.push('\n');
    }
    output.complete(lines.as_bytes())?;
    Ok(Outcome { found: false, unread: counts.failures > 0 })
}
