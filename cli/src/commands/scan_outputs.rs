//! Outputs of `scan`, and their formats.

use std::path::{Path, PathBuf};

use byname::catalogue::{Level, Profile};
use byname::report::{
    Checkstyle, Concise, Csv, GitHub, JUnit, Json, JsonLines, Markdown, Provenance, Report, Sarif, Text,
};

use super::context::Context;
use super::load::Loaded;
use super::output::Output;
use super::status::CommandError;
use super::values::ScanFormat;
use crate::config::Settings;

/// Returns the formats of a run, one for each output.
///
/// `--format` applies to a single output; of several, to those whose file extension does not determine a
/// format.
pub(super) fn formats(given: Option<ScanFormat>, context: &Context) -> Result<Vec<ScanFormat>, CommandError> {
    let outputs = &context.common.output;
    if let ([], _) | ([_], Some(_)) = (&outputs[..], given) {
        return Ok(vec![given.unwrap_or(ScanFormat::Text)]);
    }
    let format_of = |path: &Path| {
        let by_ending = ScanFormat::of_path(path).or(given);
        by_ending.or((outputs.len() == 1).then_some(ScanFormat::Text)).ok_or_else(|| {
            CommandError::new(format!("cannot tell the format from the ending of {}", path.display()))
                .help("end it in .txt, .json, .jsonl, .sarif, .xml, .csv or .md, or give --format for it")
        })
    };
    let by_ending = |path: &PathBuf| ScanFormat::of_path(path).is_some();
    if let Some(given) = given.filter(|_| outputs.iter().all(by_ending)) {
        let message = format!("--format {given} has no output: the endings of all outputs tell other forms");
        return Err(CommandError::new(message).help("leave --format out, or add an output for it"));
    }
    outputs.iter().map(|path| format_of(path)).collect()
}

/// Creates the writer of a format.
pub(super) fn report<'a>(
    format: ScanFormat,
    loaded: &'a Loaded,
    profile: &'a Profile,
    settings: &Settings,
    context: &Context,
) -> Box<dyn Report + 'a> {
    let names = loaded.engine.catalogue();
    let provenance = Provenance { catalogue: &loaded.fingerprint, program: byname::BUILD };
    match format {
        ScanFormat::Text => {
            let text = Text::new(names, context.colours());
            let is_shown = settings.level == Level::Hint;
            Box::new(if is_shown { text } else { text.without_hints(settings.min_confidence.0) })
        }
        ScanFormat::Concise => Box::new(Concise),
        ScanFormat::Json => {
            Box::new(Json::new(names, loaded.fingerprint.as_str()).with_provenance(provenance))
        }
        ScanFormat::JsonLines => Box::new(JsonLines::new(names).with_provenance(provenance)),
        ScanFormat::Sarif => Box::new(Sarif::new(profile)),
        ScanFormat::GitHub => Box::new(GitHub),
        ScanFormat::JUnit => Box::new(JUnit),
        ScanFormat::Checkstyle => Box::new(Checkstyle),
        ScanFormat::Csv => Box::new(Csv),
        ScanFormat::Markdown => Box::new(Markdown),
    }
}

/// Opens the outputs, in the order of their formats.
pub(super) fn open(context: &Context) -> Result<Vec<Output>, CommandError> {
    let paths = &context.common.output;
    if paths.is_empty() {
        return Ok(vec![Output::open(None)?]);
    }
    paths.iter().map(|path| Output::open(Some(path))).collect()
}
