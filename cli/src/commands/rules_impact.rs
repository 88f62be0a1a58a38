//! `byname rules impact`: compares two catalogues on a collection of papers.

use std::path::{Path, PathBuf};

use byname::Engine;
use byname::catalogue::{Catalogue, Layer};
use byname_lab::changes::{Compare, Impact, changed_rules};
use byname_lab::evaluate::{GoldChange, GoldDescription, Scheme, gold_changes, read_gold};
use byname_lab::report::impact_text;
use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::gathered_run::GatheredArgs;
use super::load::Loaded;
use super::output::{Output, json};
use super::status::{CommandError, Outcome};
use super::values::ListFormat;

/// Show what a changed catalogue gains, loses and links anew over a collection of papers
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules impact --catalog own --against built-in papers/\n  \
    byname rules impact --against ../before/patterns abstracts.jsonl --sample 20\n  \
    byname rules impact --catalog own --against own-before papers.jsonl --gold gold.toml")]
pub(super) struct ImpactArgs {
    /// The catalogue as it was: `built-in`, a whole catalogue, or a folder that is laid over the
    /// built-in one; a folder is whole if it has lexicon, rules, quantities, systems and evidence.toml
    #[arg(long, value_name = "OLD")]
    against: PathBuf,

    /// How many differences to show, chosen at random
    #[arg(long, value_name = "N", default_value_t = 5)]
    sample: usize,

    /// A gold set to tell the change of precision and recall on; may be given more than once
    #[arg(long, value_name = "FILE")]
    gold: Vec<PathBuf>,

    /// A .toml file that says what the labels mean in gold that no .toml file describes
    #[arg(long, value_name = "FILE", requires = "gold")]
    labels: Option<PathBuf>,

    #[command(flatten)]
    gathered: GatheredArgs,
}

/// The result as JSON.
#[derive(Serialize)]
struct WholeImpact<'a> {
    #[serde(flatten)]
    impact: &'a Impact,
    gold: &'a [GoldChange],
}

pub(super) fn run(
    args: &ImpactArgs,
    loaded: &Loaded,
    output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let old = Engine::new(Catalogue::load(&old_layers(&args.against)?)?);
    let scheme = match &args.labels {
        Some(path) => GoldDescription::read(path)?.scheme,
        None => Scheme::default(),
    };
    let mut sets = Vec::new();
    for path in &args.gold {
        sets.push(read_gold(path, &scheme)?);
    }
    let failures = || sets.iter().flat_map(|set| &set.failures);
    failures().for_each(|failure| context.messages.failure(failure));

    let task = Compare { old: &old, new: &loaded.engine };
    let (compared, counts) = args.gathered.papers().gather(&task, loaded, &output, context)?;
    let changed = changed_rules(old.catalogue(), loaded.engine.catalogue());
    let impact = Impact::gather(compared, args.sample, &changed);
    let gold = gold_changes(&old, &loaded.engine, &sets);
    let text = match args.gathered.form.format {
        ListFormat::Json => json(&WholeImpact { impact: &impact, gold: &gold })?,
        ListFormat::Text => impact_text(&impact, &gold),
    };
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread: counts.failures > 0 || failures().next().is_some() })
}

/// Returns the layers of the old catalogue.
fn old_layers(against: &Path) -> Result<Vec<Layer>, CommandError> {
    let built_in = Layer::built_in();
    if against.as_os_str() == built_in.name.as_str() {
        return Ok(vec![built_in]);
    }
    Ok(Layer::over_built_in(&[against.to_path_buf()])?)
}
