//! Protection of what a run reads, and of papers, from being overwritten by its results.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use byname::collection::{Format, Input, InputSource, is_own_output};
use clap::{ArgMatches, Command};

use super::status::CommandError;

/// The options that name files to write.
const WRITTEN: [&str; 2] = ["output", "write_baseline"];

/// Refuses a command line on which a file to write is also one to read.
pub(super) fn check_arguments(definition: &Command, matches: &ArgMatches) -> Result<(), CommandError> {
    let (mut written, mut read) = (Vec::new(), Vec::new());
    collect(definition, matches, &mut written, &mut read);
    let mut targets: Vec<(PathBuf, OsString)> = Vec::new();
    for name in written {
        let Ok(target) = fs::canonicalize(&name) else { continue };
        if target.is_file() {
            targets.push((target, name));
        }
    }
    let overwritten = |name: &OsString| targets.iter().find(|(target, _)| reads(name, target));
    match read.iter().find_map(|name| Some((name, overwritten(name)?))) {
        Some((name, (_, output))) => Err(overwrites(Path::new(output), &name.to_string_lossy())),
        None => Ok(()),
    }
}

/// Collects the values of the options that are written, and all others, of a command and its subcommand.
fn collect(
    definition: &Command,
    matches: &ArgMatches,
    written: &mut Vec<OsString>,
    read: &mut Vec<OsString>,
) {
    for argument in definition.get_arguments() {
        let id = argument.get_id().as_str();
        let values = matches.try_get_raw(id).ok().flatten().into_iter().flatten();
        let into = if WRITTEN.contains(&id) { &mut *written } else { &mut *read };
        into.extend(values.map(OsStr::to_os_string));
    }
    if let Some((name, matches)) = matches.subcommand()
        && let Some(definition) = definition.find_subcommand(name)
    {
        collect(definition, matches, written, read);
    }
}

/// Returns whether an argument names a file, by itself or with a line and a column after it.
fn reads(argument: &OsStr, file: &Path) -> bool {
    let is = |path: &OsStr| fs::canonicalize(path).is_ok_and(|path| path == file);
    if is(argument) {
        return true;
    }
    let Some(text) = argument.to_str() else { return false };
    text.rmatch_indices(':').take(2).any(|(at, _)| is(OsStr::new(&text[..at])))
}

/// Refuses results that would overwrite a paper of the run, or any other file that looks like a paper.
pub(super) fn check_papers<'i>(
    outputs: &[PathBuf],
    inputs: impl Iterator<Item = &'i Input>,
) -> Result<(), CommandError> {
    let existing: Vec<(&Path, PathBuf)> = outputs
        .iter()
        .filter_map(|output| Some((output.as_path(), fs::canonicalize(output).ok()?)))
        .filter(|(_, target)| target.is_file())
        .collect();
    if existing.is_empty() {
        return Ok(());
    }
    for input in inputs {
        let InputSource::File(path) = &input.place else { continue };
        let Ok(path) = fs::canonicalize(path) else { continue };
        if let Some((output, _)) = existing.iter().find(|(_, target)| *target == path) {
            return Err(overwrites(output, &input.shown));
        }
    }
    for (output, target) in &existing {
        let is_empty = target.metadata().is_ok_and(|metadata| metadata.len() == 0);
        if Format::of_path(target).is_some() && !is_empty && !is_own_output(target) {
            let shown = output.display();
            let message = format!("{shown} exists and is no result of byname, so it is not overwritten");
            return Err(CommandError::new(message).help("write to another file, or remove this one first"));
        }
    }
    Ok(())
}

fn overwrites(output: &Path, input: &str) -> CommandError {
    CommandError::new(format!("the result would overwrite {input}, which this run reads"))
        .help(format!("write to another file than {} with --output", output.display()))
}
