//! The engine as a Python class. Its methods take and return texts and JSON, and release the GIL while they
//! work.

use std::io;
use std::path::PathBuf;

use byname::catalogue::{Catalogue, Layer, Profile};
use byname::collection::{Done, RunOptions, run_file, run_records};
use byname::diagnose::Showing;
use byname::document::{Document, PartialDate};
use byname::report::{Explanation, Ranked, Report, ReportedPaper, Shown, SystemFacts, push_json};
use byname::scan::{Criteria, Rendered, Scan};
use byname::{Engine, ScanOptions};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::errors::{BynameError, of_catalogue, of_paper};
use crate::located::Located;

/// The two lines that [`Located`] writes for a paper; and if nothing of it could be read, the failure: paper,
/// kind and message.
type Written = (String, Option<(String, String, String)>);

/// A loaded catalogue, with settings of what to report.
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
        let shown = mentions.parse::<Shown>().map_err(|error| BynameError::new_err(error.to_string()))?;
        let least_confidence = min_confidence.unwrap_or(Criteria::LEAST_CONFIDENCE);
        if !(0.0..=1.0).contains(&least_confidence) {
            let message = format!("min_confidence is {least_confidence}; it is a probability from 0 to 1");
            return Err(BynameError::new_err(message));
        }
        let catalogue = py
            .detach(|| Catalogue::load(&Layer::over_built_in(&catalogue)?))
            .map_err(|error| of_catalogue(&error))?;
        let wanted = profile.unwrap_or_else(|| Criteria::PROFILE.to_string());
        let Some(profile) = catalogue.profiles.iter().find(|profile| profile.name == wanted).cloned() else {
            let names: Vec<_> = catalogue.profiles.iter().map(|profile| profile.name.as_str()).collect();
            let message =
                format!("there is no profile `{wanted}`; the catalogue has these: {}", names.join(", "));
            return Err(BynameError::new_err(message));
        };
        let engine = py.detach(|| Engine::new(catalogue));
        Ok(Self { engine, profile, shown, least_confidence })
    }

    /// Scans records, each a JSON object, on the calling thread; `first` is the number of the first record. Their
    /// bytes stay where Python has them.
    fn scan_records(
        &self,
        py: Python<'_>,
        records: Vec<PyBackedBytes>,
        first: usize,
    ) -> PyResult<Vec<Written>> {
        py.detach(|| {
            let report = Located::new(self.engine.catalogue(), false);
            let reports: [&dyn Report; 1] = [&report];
            let done = run_records(&records, ("record", first), &self.task(&reports), &RunOptions::default());
            done.into_iter().map(written).collect()
        })
    }

    /// Scans a file that holds one paper.
    fn scan_file(
        &self,
        py: Python<'_>,
        path: PathBuf,
        date: Option<&str>,
        organisations: Vec<String>,
    ) -> PyResult<Written> {
        let known = ScanOptions { date: date_of(date)?, organisations };
        py.detach(|| {
            let report = Located::new(self.engine.catalogue(), true);
            let reports: [&dyn Report; 1] = [&report];
            written(run_file(&path, known, &self.task(&reports), &RunOptions::default()))
        })
    }

    /// Ranks the candidates for a description; returns JSON.
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

    /// Explains which rules voted for each mention of a text, and what each clue adds to each candidate;
    /// returns text for a person, or JSON.
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
            let entry =
                ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
            let (trace, catalogue) = (self.engine.trace_votes(&document), self.engine.catalogue());
            let explanation =
                Explanation::new(entry, None, catalogue).with_contexts(&trace, &catalogue.contexts);
            rendered(|out| if as_json { explanation.json(out) } else { explanation.text(false, out) })
        })
    }

    /// Returns all that the catalogue knows of each system, as JSON.
    fn systems(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| {
            let catalogue = self.engine.catalogue();
            let facts = |(id, system)| SystemFacts::new(catalogue, id, system);
            let all: Vec<_> = catalogue.systems.iter().map(facts).collect();
            rendered(|out| push_json(out, &all))
        })
    }

    /// Raises an exception if `date` is not a valid date.
    #[staticmethod]
    fn check_date(date: &str) -> PyResult<()> {
        date_of(Some(date)).map(|_| ())
    }

    /// Creates the exception for a paper that could not be read.
    #[staticmethod]
    fn unread(py: Python<'_>, document: &str, kind: &str, message: &str) -> PyErr {
        of_paper(py, document, kind, message)
    }
}

impl NativeEngine {
    fn task<'a>(&'a self, reports: &'a [&'a dyn Report]) -> Scan<'a> {
        let criteria = Criteria {
            engine: &self.engine,
            profile: &self.profile,
            least_confidence: self.least_confidence,
            showing: Showing::default(),
            baseline: None,
        };
        Scan { criteria, reports, shown: self.shown }
    }
}

fn date_of(date: Option<&str>) -> PyResult<Option<PartialDate>> {
    date.map(|text| text.parse::<PartialDate>().map_err(|error| BynameError::new_err(error.to_string())))
        .transpose()
}

fn written(done: Done<io::Result<Rendered>>) -> PyResult<Written> {
    let parts = done.output.transpose()?.map(|rendered| rendered.parts).unwrap_or_default();
    let lines = String::from_utf8_lossy(&parts.concat()).into_owned();
    let failure = done
        .failure
        .filter(|_| done.is_lost)
        .map(|failure| (failure.document, failure.error.kind.to_string(), failure.error.message));
    Ok((lines, failure))
}

fn rendered(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> PyResult<String> {
    let mut out = Vec::new();
    write(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
