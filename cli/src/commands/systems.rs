//! `byname systems`: lists, shows, checks and imports the named systems.

use std::fmt::Write as _;

use byname::catalogue::{Catalogue, EntityType, System, SystemId};
use byname::report::{SystemFacts, printable};
use byname_lab::import::ImportFormats;
use clap::{Args, Subcommand};

use super::context::Context;
use super::form::FormArgs;
use super::link_tune::{self, LinkTuneArgs};
use super::output::json;
use super::status::{CommandError, Outcome};
use super::system_search::{find, holds};
use super::systems_cases::{self, CasesArgs};
use super::systems_count::{self, CheckArgs, CountArgs};
use super::systems_import::{self, ImportArgs};
use super::values::ListFormat;

/// List, show, check and import the named systems
#[derive(Debug, Args)]
pub(super) struct SystemsArgs {
    #[command(subcommand)]
    pub(super) command: SystemsCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum SystemsCommand {
    /// List the systems, one a line
    List {
        /// Only systems whose name, alias or organisation holds each of these words
        words: Vec<String>,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Show all that the catalogue knows of a system
    Show {
        /// The system's id, name or alias
        system: String,
        #[command(flatten)]
        form: FormArgs,
    },
    Import(ImportArgs),
    /// Check every system, organisation and evidence file of the catalogue
    Check(CheckArgs),
    Count(CountArgs),
    Cases(CasesArgs),
    /// Fit the weights of clues to descriptions whose systems people know
    Tune(LinkTuneArgs),
}

pub(super) fn run(args: &SystemsArgs, context: &Context) -> Result<Outcome, CommandError> {
    let loaded = context.load()?;
    let catalogue = loaded.engine.catalogue();
    let text = match &args.command {
        SystemsCommand::List { words, form } => list(catalogue, words, form.format)?,
        SystemsCommand::Show { system, form } => {
            let (id, system) = find(catalogue, system)?;
            let facts = SystemFacts::new(catalogue, id, system);
            form.written(&facts, |facts| facts.text())?
        }
        SystemsCommand::Import(args) => return systems_import::run(args, context),
        SystemsCommand::Check(args) => {
            ImportFormats::read(&context.layers()?)?;
            catalogue.check()?;
            let output = context.output()?;
            let mut outcome = Outcome::default();
            let mut text = checked(catalogue);
            if !args.coverage.is_empty() {
                let (coverage, unread) = systems_count::coverage(args, &loaded, &output, context)?;
                text.insert_str(0, &coverage);
                outcome.unread = unread;
            }
            let text = printable(&text);
            output.complete(text.as_bytes())?;
            return Ok(outcome);
        }
        SystemsCommand::Count(args) => return systems_count::run(args, &loaded, context.output()?, context),
        SystemsCommand::Cases(args) => return systems_cases::run(args, &loaded, context.output()?, context),
        SystemsCommand::Tune(args) => return link_tune::run(args, loaded, context),
    };
    let output = context.output()?;
    // Names of a package may hold anything; JSON has no such letters as they stand.
    let text = printable(&text);
    output.complete(text.as_bytes())?;
    Ok(Outcome::default())
}

fn list(catalogue: &Catalogue, words: &[String], format: ListFormat) -> Result<String, CommandError> {
    let found: Vec<(SystemId, &System)> =
        catalogue.systems.iter().filter(|(_, system)| holds(catalogue, system, words)).collect();
    if format == ListFormat::Json {
        let facts: Vec<SystemFacts<'_>> =
            found.into_iter().map(|(id, system)| SystemFacts::new(catalogue, id, system)).collect();
        return json(&facts);
    }
    if found.is_empty() {
        return Ok("no system has these words in its names or its organisations\n".to_string());
    }
    let width = |of: fn(&System) -> &str| {
        found.iter().map(|(_, system)| of(system).chars().count()).max().unwrap_or_default()
    };
    let (ids, names) = (width(|system| &system.id), width(|system| &system.name));
    let mut text = String::new();
    for (_, system) in found {
        let announced = system.announced.map(|date| date.to_string()).unwrap_or_default();
        let makers: Vec<&str> = system
            .organisations
            .iter()
            .filter_map(|maker| catalogue.organisations.get(*maker))
            .map(|maker| maker.name.as_str())
            .collect();
        let line = format!(
            "{:ids$}  {:8}  {:names$}  {announced:10}  {}",
            system.id,
            system.entity_type,
            system.name,
            makers.join(", ")
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    Ok(text)
}

/// Returns the message of a check without faults.
fn checked(catalogue: &Catalogue) -> String {
    let of_type = |wanted: EntityType| {
        catalogue.systems.iter().filter(|(_, system)| system.entity_type == wanted).count()
    };
    format!(
        "no fault in {} systems ({} models, {} data sets, {} of software), {} organisations and {} rules of thumb\n",
        catalogue.systems.len(),
        of_type(EntityType::Model),
        of_type(EntityType::Dataset),
        of_type(EntityType::Software),
        catalogue.organisations.len(),
        catalogue.rules_of_thumb.len()
    )
}
