//! `byname rules check`: reports every fault of the catalogue, marked in its file.

use std::path::PathBuf;

use byname::catalogue::{Catalogue, Check, Fault, Layer};
use byname::named_enum;
use byname::report::{faults_github, faults_json, faults_sarif, faults_text};
use byname_lab::check::{low_precision, warnings};
use clap::Args;

use super::context::Context;
use super::output::json;
use super::status::{CommandError, Outcome};
use super::values::{share, value_of};

named_enum! {
    /// Formats for faults.
    pub(super) enum CheckFormat {
        /// Text for a person.
        Text => "text",
        /// One JSON document.
        Json => "json",
        /// A SARIF log for code-review services.
        Sarif => "sarif",
        /// Workflow commands of GitHub Actions.
        GitHub => "github",
    }
}

named_enum! {
    /// The least severity that makes the check fail.
    pub(super) enum CheckLevel {
        /// Only faults that prevent the catalogue from loading.
        Error => "error",
        /// Warnings too.
        Warning => "warning",
    }
}

/// Options of `rules check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Packages or folders to lay over the catalogue; then only their warnings are shown
    paths: Vec<PathBuf>,

    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(CheckFormat::NAMES, str::parse::<CheckFormat>))]
    format: CheckFormat,

    /// Exit with 1 on warnings too; errors always exit with 2
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = value_of(CheckLevel::NAMES, str::parse::<CheckLevel>))]
    fail_on: CheckLevel,

    /// Exit with 1 if a rule's measured precision is lower, from 0 to 1; `byname rules measure` measures it
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_precision: Option<f64>,
}

pub(super) fn run(args: &CheckArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (faults, counted) = match checked(args, context) {
        Ok((faults, counted)) => (faults, counted),
        Err(CommandError::Catalogue(error)) => (error.faults, String::new()),
        Err(other) => return Err(other),
    };
    let text = match args.format {
        CheckFormat::Text if faults.is_empty() => counted,
        CheckFormat::Text => faults_text(&faults, context.colours()),
        CheckFormat::Json => json(&faults_json(&faults))?,
        CheckFormat::Sarif => json(&faults_sarif(&faults))?,
        CheckFormat::GitHub => faults_github(&faults),
    };
    let output = context.output()?;
    output.complete(text.as_bytes())?;
    if faults.iter().any(|fault| !fault.check.is_warning()) {
        return Err(CommandError::Reported);
    }
    let low = faults.iter().any(|fault| fault.check == Check::LowPrecision);
    Ok(Outcome { found: low || args.fail_on == CheckLevel::Warning && !faults.is_empty(), unread: false })
}

/// Loads the catalogue; returns its warnings, and a summary of its contents.
fn checked(args: &CheckArgs, context: &Context) -> Result<(Vec<Fault>, String), CommandError> {
    let mut layers = context.layers()?;
    let mut shown = Vec::new();
    for path in &args.paths {
        let layer = Layer::read(path)?;
        shown.extend(layer.files.iter().map(|file| file.shown.clone()));
        layer.lay_over(&mut layers);
    }
    let catalogue = Catalogue::load(&layers)?;
    let mut faults = warnings(&catalogue, &layers);
    if let Some(floor) = args.min_precision {
        faults.extend(low_precision(&catalogue, &layers, floor));
    }
    if !args.paths.is_empty() {
        faults.retain(|fault| shown.contains(&fault.file));
    }
    Ok((faults, counts(&catalogue)))
}

fn counts(catalogue: &Catalogue) -> String {
    let words: usize = catalogue.lexicon.classes.iter().map(|class| class.words.len()).sum();
    format!(
        "no fault in {} rules and {} lexicon classes of {words} words\n",
        catalogue.rules.len(),
        catalogue.lexicon.classes.len()
    )
}
