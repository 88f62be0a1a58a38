//! `byname systems import`: compares tables of systems kept by others with the catalogue.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use byname::catalogue::{Catalogue, Layer};
use byname_lab::import::{Comparison, ImportFormats, ImportedSystem, State, compare, layer_of};
use clap::Args;
use serde_json::{Map, Value};

use super::context::Context;
use super::output::json;
use super::status::{CommandError, Outcome};
use super::values::{ListFormat, value_of};

/// Compare tables of systems with the catalogue: what is new, changed, or in conflict
#[derive(Debug, Args)]
#[command(
    after_help = "Tables in CSV, JSON or JSON lines may have the keys of the system files as headers. Other \
    tables are read as the files under imports/ of the catalogue tell.\n\nNothing that the catalogue \
    holds is ever changed: --write writes new systems only."
)]
pub(super) struct ImportArgs {
    /// The tables
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to read the tables: epoch, helm, csv, json, or a format of your own [default: detected from the file]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Write the new systems to a folder that --catalog can lay over the catalogue
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// The form of the result
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    show: ListFormat,
}

pub(super) fn run(args: &ImportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let mut layers = context.layers()?;
    let formats = ImportFormats::read(&layers)?;
    let catalogue = Catalogue::load(&layers)?;
    let (imported, unread) = read(args, &formats, context)?;
    let comparisons = compare(&catalogue, imported);
    let (new, left_out) = layer_of(&catalogue, &comparisons);
    let mut text = match args.show {
        ListFormat::Text => shown(&catalogue, &comparisons),
        ListFormat::Json => json(&as_json(&catalogue, &comparisons))?,
    };
    if let Some(folder) = &args.write {
        for message in &left_out {
            context.messages.unread(message);
        }
        // What is written must be a sound layer over this catalogue.
        layers.push(new.clone());
        Catalogue::load(&layers)?;
        write(&new, folder)?;
        if args.show == ListFormat::Text {
            let _ = writeln!(text, "{} files written to {}", new.files.len(), folder.display());
        }
    }
    let output = context.output()?;
    output.complete(text.as_bytes())?;
    Ok(Outcome { found: false, unread })
}

/// Reads the systems of all tables; also returns whether something could not be read.
fn read(
    args: &ImportArgs,
    formats: &ImportFormats,
    context: &Context,
) -> Result<(Vec<ImportedSystem>, bool), CommandError> {
    let (mut imported, mut unread) = (Vec::new(), false);
    for path in &args.files {
        let shown = path.display().to_string();
        let bytes = fs::read(path)
            .map_err(|error| CommandError::read(path, error).help("give the path of a table"))?;
        let known = || format!("the formats are {}", formats.names().join(", "));
        let format = match &args.format {
            Some(name) => formats
                .by_name(name)
                .ok_or_else(|| CommandError::new(format!("there is no format `{name}`")).help(known()))?,
            None => formats.of_file(&shown, &bytes).ok_or_else(|| {
                let message = format!("cannot tell the format of {shown} by its ending");
                CommandError::new(message).help(format!("give --format; {}", known()))
            })?,
        };
        let (systems, faults) = format.read(&bytes, &shown, Catalogue::today());
        for fault in &faults {
            context.messages.unread(&format!("{shown}:{}: {}", fault.line, fault.message));
        }
        unread |= !faults.is_empty();
        imported.extend(systems);
    }
    Ok((imported, unread))
}

/// Writes the files of a layer; fails if any of them exists, without writing anything.
fn write(layer: &Layer, folder: &Path) -> Result<(), CommandError> {
    let places: Vec<PathBuf> = layer.files.iter().map(|file| folder.join(&file.path)).collect();
    if let Some(there) = places.iter().find(|place| place.exists()) {
        return Err(CommandError::new(format!("{} is there already", there.display()))
            .help("give a new folder; nothing was written"));
    }
    for (file, place) in layer.files.iter().zip(&places) {
        let parent = place.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(place, file.text.as_str()))
            .map_err(|error| CommandError::write(&place.display().to_string(), &error))?;
    }
    Ok(())
}

fn shown(catalogue: &Catalogue, comparisons: &[Comparison]) -> String {
    let mut text = String::new();
    let (mut new, mut changed, mut in_conflict, mut repeated) = (0, 0, 0, 0);
    for Comparison { imported, state } in comparisons {
        let (place, name) = (&imported.place, &imported.name);
        let sources = imported.values(byname_lab::import::FactKey::Sources).join(", ");
        match state {
            State::New => {
                new += 1;
                let _ = writeln!(text, "new       {place}: {name}");
            }
            State::Repeated { place: before } => {
                repeated += 1;
                let _ = writeln!(text, "repeated  {place}: {name} has a name of the system at {before}");
            }
            State::Known { system, added, conflicts } => {
                let Some(system) = catalogue.system(*system) else { continue };
                changed += usize::from(!added.is_empty());
                in_conflict += usize::from(!conflicts.is_empty());
                for (key, values) in added {
                    let values = values.join(", ");
                    let _ =
                        writeln!(text, "changed   {place}: {}: {key} also {values} ({sources})", system.id);
                }
                for conflict in conflicts {
                    let _ = writeln!(
                        text,
                        "conflict  {place}: {}: {} is {} ({}), but {} ({sources})",
                        system.id,
                        conflict.key,
                        conflict.held.join(", "),
                        system.sources.join(", "),
                        conflict.imported.join(", "),
                    );
                }
            }
        }
    }
    let _ = writeln!(
        text,
        "{new} new, {changed} changed, {in_conflict} in conflict, {repeated} repeated, of {} systems",
        comparisons.len()
    );
    text
}

fn as_json(catalogue: &Catalogue, comparisons: &[Comparison]) -> Vec<Value> {
    let row = |Comparison { imported, state }: &Comparison| {
        let mut row = Map::new();
        row.insert("place".into(), imported.place.clone().into());
        row.insert("name".into(), imported.name.clone().into());
        let state = match state {
            State::New => "new",
            State::Repeated { place } => {
                row.insert("repeats".into(), place.clone().into());
                "repeated"
            }
            State::Known { system, added, conflicts } => {
                let system = catalogue.system(*system).map(|system| system.id.clone());
                row.insert("system".into(), system.into());
                let added: Map<String, Value> =
                    added.iter().map(|(key, values)| (key.to_string(), values.clone().into())).collect();
                let is_same = added.is_empty();
                row.insert("added".into(), added.into());
                let conflicts: Vec<Value> = conflicts
                    .iter()
                    .map(|conflict| {
                        serde_json::json!({
                            "key": conflict.key, "catalogue": conflict.held, "import": conflict.imported
                        })
                    })
                    .collect();
                let is_sound = conflicts.is_empty();
                row.insert("conflicts".into(), conflicts.into());
                match (is_sound, is_same) {
                    (false, _) => "conflict",
                    (true, false) => "changed",
                    (true, true) => "same",
                }
            }
        };
        row.insert("state".into(), state.into());
        Value::Object(row)
    };
    comparisons.iter().map(row).collect()
}
