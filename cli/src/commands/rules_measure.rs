//! `byname rules measure`: measures the precision of each rule on gold.

use std::fs;
use std::path::PathBuf;

use byname::catalogue::MEASUREMENTS;
use byname_lab::evaluate::{MeasuredRule, measure};
use byname_lab::report::{measurement_file, measurement_text};
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::gold::GoldArgs;
use super::load::Loaded;
use super::output::{Output, json};
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, share};

/// Measure how often each rule's votes are right on papers that people marked
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules measure gold.toml\n  \
    byname rules measure gold.toml --write patterns\n  \
    byname rules measure gold.toml --min-precision 0.5 --min-votes 20\n\n\
    A vote is judged by itself, whatever the other rules say. examples/gold/README.md explains the forms \
    of gold files.")]
pub(super) struct MeasureArgs {
    #[command(flatten)]
    gold: GoldArgs,

    /// Write the measurements to measurements.toml in this catalogue folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,

    /// Fail if the precision of a rule is lower, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_precision: Option<f64>,

    /// How many votes a rule must have for --min-precision to ask for it
    #[arg(long, value_name = "N", default_value_t = 10, requires = "min_precision")]
    min_votes: usize,

    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(
    args: &MeasureArgs,
    loaded: &Loaded,
    output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let gold = args.gold.read(context)?;
    gold.needs_mentions()?;
    let date = jiff::Zoned::now().date().to_string();
    let rules = measure(&loaded.engine, &gold.sets, &date);
    if let Some(folder) = &args.write {
        let names: Vec<String> = gold.sets.iter().map(|set| file_name(&set.name)).collect();
        let path = folder.join(MEASUREMENTS);
        fs::write(&path, measurement_file(&rules, &date, &names)).map_err(|error| {
            CommandError::new(format!("cannot write {}: {error}", path.display()))
                .help("give a catalogue folder that you may write to")
        })?;
    }
    let mut text = match args.form.format {
        ListFormat::Json => json(&rules.iter().map(as_json).collect::<Vec<_>>())?,
        ListFormat::Text => measurement_text(&rules),
    };
    let low = below(args, &rules);
    if args.form.format == ListFormat::Text {
        for rule in &low {
            text.push_str(&format!("{rule} is right too seldom\n"));
        }
    }
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: !low.is_empty(), unread: gold.unread })
}

/// Returns the rules whose precision is below `--min-precision`.
fn below<'a>(args: &MeasureArgs, rules: &'a [MeasuredRule]) -> Vec<&'a str> {
    let Some(floor) = args.min_precision else { return Vec::new() };
    let low = rules.iter().filter(|rule| {
        rule.measured.hits >= args.min_votes && rule.measured.precision().is_some_and(|share| share < floor)
    });
    low.map(|rule| rule.rule.as_str()).collect()
}

/// Returns the file name of a gold path, without the folders of whoever measured.
fn file_name(path: &str) -> String {
    let name = std::path::Path::new(path).file_name();
    name.map_or_else(|| path.to_string(), |name| name.to_string_lossy().into_owned())
}

fn as_json(rule: &MeasuredRule) -> serde_json::Value {
    let (low, high) = rule.measured.interval();
    serde_json::json!({
        "rule": rule.rule,
        "hits": rule.measured.hits,
        "right": rule.measured.right,
        "precision": rule.measured.precision(),
        "low": low,
        "high": high,
        "date": rule.measured.date,
    })
}
