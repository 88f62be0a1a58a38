//! `byname evaluate`: measures findings and links against gold.

use std::path::PathBuf;

use byname::catalogue::Profile;
use byname_lab::evaluate::{Evaluation, JudgedScore, Known, evaluate, evaluate_judged};
use byname_lab::report::{evaluation_text, judged_text};
use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::finding_options::profile;
use super::form::FormArgs;
use super::gold::{GoldArgs, read_judgements};
use super::status::{CommandError, Outcome};
use super::values::{share, value_of};

/// Measure what is found and linked against papers that people marked
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname evaluate gold.jsonl                     records with `text` and `mentions`\n  \
    byname evaluate marked/ --labels labels.toml   brat files, PAPER.ann beside PAPER.txt\n  \
    byname evaluate gold.toml --errors 20          a file that names gold files and their labels\n  \
    byname evaluate judged.jsonl --papers papers/  verdicts on what was reported of whole papers\n\n\
    examples/gold/README.md explains the forms of gold files and every number.")]
pub(super) struct EvaluateArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// The folder of the papers that a file of verdicts names [default: the folder of that file]
    #[arg(long, value_name = "DIR")]
    papers: Option<PathBuf>,

    /// The least confidence of warnings on judged papers; what lies below is a hint [default: 0.8]
    #[arg(long, value_name = "P", value_parser = share)]
    min_confidence: Option<f64>,

    /// How many mistakes of each sort to show
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,

    /// Which metadata of a paper to give the program with its text, where the gold has it
    #[arg(long, value_name = "WHAT", default_value = "all", value_parser = value_of(Known::NAMES, str::parse::<Known>))]
    known: Known,

    #[command(flatten)]
    form: FormArgs,
}

/// Measures on one gold set.
#[derive(Serialize)]
#[serde(untagged)]
enum Measures {
    Marked(Evaluation),
    Judged(JudgedScore),
}

pub(super) fn run(args: &EvaluateArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (marked, judged) = args.gold.without_judgements();
    let sets = marked.read(context)?;
    let mut unread = sets.unread;
    let setup = context.setup(&[])?;
    let settings = setup.settings()?;
    let loaded = setup.load()?;
    let output = context.output()?;
    let mut measures: Vec<Measures> = Vec::new();
    for set in &sets.sets {
        measures.push(Measures::Marked(evaluate(&loaded.engine, set, args.known, args.errors)));
    }
    if !judged.is_empty() {
        let profile: Profile = profile(&settings, loaded.engine.catalogue())?;
        let least = args.min_confidence.unwrap_or(settings.min_confidence.0);
        let (sets, faulty) = read_judgements(&judged, args.papers.as_deref(), context)?;
        unread |= faulty;
        let score = |set| evaluate_judged(&loaded.engine, set, &profile, least, args.errors);
        measures.extend(sets.iter().map(|set| Measures::Judged(score(set))));
    }
    let text = args
        .form
        .written(&measures, |measures| measures.iter().map(Measures::text).collect::<Vec<_>>().join("\n"))?;
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread })
}

impl Measures {
    fn text(&self) -> String {
        match self {
            Self::Marked(evaluation) => evaluation_text(evaluation),
            Self::Judged(score) => judged_text(score),
        }
    }
}
