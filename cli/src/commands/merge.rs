//! `byname merge`: merges the results of shards into those of one run.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use byname::collection::{MergeError, Part, merge};
use clap::Args;

use super::context::Context;
use super::status::{CommandError, Outcome};

/// Put the results of all shards together, to the same bytes as one run gives
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    byname scan papers/ --format jsonl --shard 1/2 --output 1.jsonl\n  \
    byname scan papers/ --format jsonl --shard 2/2 --output 2.jsonl\n  \
    byname merge 1.jsonl 2.jsonl --output found.jsonl")]
pub(super) struct MergeArgs {
    /// The JSON lines of every shard, from the first to the last
    #[arg(value_name = "SHARD.jsonl", required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &MergeArgs, context: &Context) -> Result<Outcome, CommandError> {
    let open = |path: &PathBuf| {
        let shown = path.display().to_string();
        match File::open(path) {
            Ok(file) => Ok(Part { shown, lines: BufReader::with_capacity(1 << 16, file) }),
            Err(error) => Err(CommandError::read(path, error)),
        }
    };
    let mut parts: Vec<_> = args.paths.iter().map(open).collect::<Result<_, _>>()?;
    let mut output = context.output()?;
    match merge(&mut parts, &mut output) {
        Ok(()) => {}
        Err(MergeError::Write(error)) => return Err(CommandError::write(&output.place, &error)),
        Err(error) => return Err(CommandError::new(error.to_string())),
    }
    output.finish()?;
    Ok(Outcome::default())
}
