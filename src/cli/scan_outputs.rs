//! Where the results of `scan` go, and in which format each.

use std::io::{self, Write};
use std::path::Path;

use super::context::Context;
use super::load::Loaded;
use super::output::Output;
use super::status::CommandError;
use super::values::ScanFormat;
use crate::catalogue::{Level, Profile};
use crate::config::Settings;
use crate::report::{
    Checkstyle, Concise, Csv, GitHub, JUnit, Json, JsonLines, Markdown, Provenance, Report, Sarif, Several,
    Splitter, Text,
};

/// The formats of a run, one for each output.
///
/// `--format` holds for the only output, and among several for those whose ending tells nothing.
pub(super) fn formats(given: Option<ScanFormat>, context: &Context) -> Result<Vec<ScanFormat>, CommandError> {
    let outputs = &context.common.output;
    if let ([], _) | ([_], Some(_)) = (&outputs[..], given) {
        return Ok(vec![given.unwrap_or(ScanFormat::Text)]);
    }
    let format_of = |path: &Path| {
        let by_ending = ScanFormat::of_path(path).or(given);
        by_ending.or((outputs.len() == 1).then_some(ScanFormat::Text)).ok_or_else(|| {
            CommandError::new(format!("the ending of {} tells no format", path.display()))
                .help("end it in .txt, .json, .jsonl, .sarif, .xml, .csv or .md, or give --format for it")
        })
    };
    outputs.iter().map(|path| format_of(path)).collect()
}

/// What writes one format.
pub(super) fn report<'a>(
    format: ScanFormat,
    loaded: &'a Loaded,
    profile: &'a Profile,
    settings: &Settings,
    context: &Context,
) -> Box<dyn Report + 'a> {
    let names = loaded.engine.catalogue();
    match format {
        ScanFormat::Text => {
            let text = Text::new(names, context.colours());
            let is_shown = settings.level == Level::Hint;
            Box::new(if is_shown { text } else { text.without_hints(settings.min_confidence.0) })
        }
        ScanFormat::Concise => Box::new(Concise),
        ScanFormat::Json => Box::new(Json::new(names, loaded.fingerprint.as_str())),
        ScanFormat::JsonLines => {
            let provenance = Provenance { catalogue: &loaded.fingerprint, program: crate::BUILD };
            Box::new(JsonLines::new(names).with_provenance(provenance))
        }
        ScanFormat::Sarif => Box::new(Sarif::new(profile)),
        ScanFormat::GitHub => Box::new(GitHub),
        ScanFormat::JUnit => Box::new(JUnit),
        ScanFormat::Checkstyle => Box::new(Checkstyle),
        ScanFormat::Csv => Box::new(Csv),
        ScanFormat::Markdown => Box::new(Markdown),
    }
}

/// The outputs of a run: one, or several behind a splitter.
pub(super) enum Outputs {
    /// One report as it is.
    One(Output),
    /// Several, or one that leaves out documents.
    Parted { splitter: Splitter<Output>, places: String },
}

impl Outputs {
    /// Opens the outputs of the user.
    pub(super) fn open(several: Option<&Several<'_>>, context: &Context) -> Result<Self, CommandError> {
        let Some(several) = several else { return Ok(Self::One(context.output()?)) };
        let paths = &context.common.output;
        let opened: Vec<Output> = if paths.is_empty() {
            vec![Output::open(None)?]
        } else {
            paths.iter().map(|path| Output::open(Some(path))).collect::<Result<_, _>>()?
        };
        let places: Vec<&str> = opened.iter().map(|output| output.place.as_str()).collect();
        let places = places.join(", ");
        Ok(Self::Parted { splitter: several.splitter(opened), places })
    }

    /// What messages call them.
    pub(super) fn place(&self) -> &str {
        match self {
            Self::One(output) => &output.place,
            Self::Parted { places, .. } => places,
        }
    }

    /// Puts the complete results in their places.
    pub(super) fn finish(self) -> Result<(), CommandError> {
        match self {
            Self::One(output) => output.finish(),
            Self::Parted { splitter, .. } => splitter.into_targets().into_iter().try_for_each(Output::finish),
        }
    }
}

impl Write for Outputs {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::One(output) => output.write(buffer),
            Self::Parted { splitter, .. } => splitter.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::One(output) => output.flush(),
            Self::Parted { splitter, .. } => splitter.flush(),
        }
    }
}
