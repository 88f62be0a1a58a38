//! The engine as a class of Python. Its methods take and give texts and JSON, and let other threads of Python run
//! while they work.

use std::path::PathBuf;

use byname::catalogue::{Catalogue, Layer, Profile};
use byname::collection::{Criteria, Done, RunOptions, Scan, run_file, run_records};
use byname::config::Settings;
use byname::diagnose::Showing;
use byname::document::{Document, PartialDate};
use byname::report::{Entry, Explanation, Ranked, Shown, SystemFacts, push_json};
use byname::{Engine, ScanOptions};
use pyo3::prelude::*;

use crate::errors::{BynameError, of_catalogue, of_paper};
use crate::located::Located;

/// Both lines that [`Located`] writes of a paper, and, where nothing of it could be read, why not: the paper, the
/// kind, the message.
type Written = (String, Option<(String, String, String)>);

/// A catalogue made ready, with what to report of each paper.
#[pyclass(frozen, module = "byname._byname")]
pub(crate) struct NativeEngine {
    engine: Engine,
    profile: Profile,
    shown: Shown,
    least_confidence: f64,
}

#[pymethods]
impl NativeEngine {
    #[new]
    fn new(
        py: Python<'_>,
        catalogue: Vec<PathBuf>,
        mentions: &str,
        profile: Option<String>,
        min_confidence: Option<f64>,
    ) -> PyResult<Self> {
        let settings = Settings::default();
        let shown = mentions.parse::<Shown>().map_err(|error| BynameError::new_err(error.to_string()))?;
        let least_confidence = min_confidence.unwrap_or(settings.min_confidence.0);
        if !(0.0..=1.0).contains(&least_confidence) {
            let message = format!("min_confidence is {least_confidence}; it is a probability from 0 to 1");
            return Err(BynameError::new_err(message));
        }
        let catalogue = py
            .detach(|| Catalogue::load(&Layer::over_built_in(&catalogue)?))
            .map_err(|error| of_catalogue(&error))?;
        let wanted = profile.unwrap_or(settings.profile);
        let Some(profile) = catalogue.profiles.iter().find(|profile| profile.name == wanted).cloned() else {
            let names: Vec<_> = catalogue.profiles.iter().map(|profile| profile.name.as_str()).collect();
            let message =
                format!("there is no profile `{wanted}`; the catalogue has these: {}", names.join(", "));
            return Err(BynameError::new_err(message));
        };
        let engine = py.detach(|| Engine::new(catalogue));
        Ok(Self { engine, profile, shown, least_confidence })
    }

    /// Scans records, each a JSON object, on the thread that calls; `first` is the number of the first of them.
    fn scan_records(&self, py: Python<'_>, records: Vec<Vec<u8>>, first: usize) -> Vec<Written> {
        py.detach(|| {
            let report = Located::new(self.engine.catalogue(), false);
            let done = run_records(records, ("record", first), &self.task(&report), &RunOptions::default());
            done.into_iter().map(written).collect()
        })
    }

    /// Scans the one paper of a file.
    fn scan_file(
        &self,
        py: Python<'_>,
        path: PathBuf,
        date: Option<&str>,
        organisations: Vec<String>,
    ) -> PyResult<Written> {
        let known = ScanOptions { date: date_of(date)?, organisations };
        let done = py.detach(|| {
            let report = Located::new(self.engine.catalogue(), true);
            run_file(&path, known, &self.task(&report), &RunOptions::default())
        });
        Ok(written(done))
    }

    /// Ranks the systems that a description may stand for, as JSON.
    fn resolve(
        &self,
        py: Python<'_>,
        description: String,
        date: Option<&str>,
        organisations: Vec<String>,
        top: usize,
    ) -> PyResult<String> {
        let options = ScanOptions { date: date_of(date)?, organisations };
        py.detach(|| {
            let document = Document::from_prose("description", description);
            let ranking = self.engine.rank(&document, &options);
            let ranked = Ranked { document: &document, ranking: &ranking, top, errors: &[] };
            rendered(|out| ranked.json(self.engine.catalogue(), out))
        })
    }

    /// Which rules voted for each mention of a text, and what each clue adds to each candidate; for a person, or as
    /// JSON.
    fn explain(
        &self,
        py: Python<'_>,
        text: String,
        date: Option<&str>,
        organisations: Vec<String>,
        as_json: bool,
    ) -> PyResult<String> {
        let options = ScanOptions { date: date_of(date)?, organisations };
        py.detach(|| {
            let document = Document::from_prose("text", text);
            let findings = self.engine.scan_with(&document, &options);
            let entry = Entry { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
            let (ballots, catalogue) = (self.engine.ballots(&document), self.engine.catalogue());
            let explanation =
                Explanation::new(entry, None, catalogue).with_contexts(&ballots, &catalogue.contexts.types);
            rendered(|out| if as_json { explanation.json(out) } else { explanation.text(false, out) })
        })
    }

    /// All that the catalogue knows of each system, as JSON.
    fn systems(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| {
            let catalogue = self.engine.catalogue();
            let facts = |(id, system)| SystemFacts::new(catalogue, id, system);
            let all: Vec<_> = catalogue.systems.iter().map(facts).collect();
            rendered(|out| push_json(out, &all))
        })
    }

    /// Refuses what is no date.
    #[staticmethod]
    fn check_date(date: &str) -> PyResult<()> {
        date_of(Some(date)).map(|_| ())
    }

    /// The exception for a paper that could not be read.
    #[staticmethod]
    fn unread(py: Python<'_>, document: &str, kind: &str, message: &str) -> PyErr {
        of_paper(py, document, kind, message)
    }
}

impl NativeEngine {
    fn task<'a>(&'a self, report: &'a Located<'a>) -> Scan<'a> {
        let criteria = Criteria {
            engine: &self.engine,
            profile: &self.profile,
            least_confidence: self.least_confidence,
            showing: Showing::default(),
            ledger: None,
        };
        Scan { criteria, report, shown: self.shown }
    }
}

fn date_of(date: Option<&str>) -> PyResult<Option<PartialDate>> {
    date.map(|text| text.parse::<PartialDate>().map_err(|error| BynameError::new_err(error.to_string())))
        .transpose()
}

fn written(done: Done) -> Written {
    let lines = String::from_utf8_lossy(&done.bytes).into_owned();
    let failure = done
        .failure
        .filter(|_| done.is_lost)
        .map(|told| (told.document, told.error.kind.to_string(), told.error.message));
    (lines, failure)
}

fn rendered(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> PyResult<String> {
    let mut out = Vec::new();
    write(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
