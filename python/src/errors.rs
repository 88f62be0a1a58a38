//! Errors of the library as Python exceptions, with the same messages as the command.

use byname::catalogue::LoadError;
use byname::report::faults_text;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

create_exception!(_byname, BynameError, PyValueError, "What byname was given is wrong.");
create_exception!(
    _byname,
    CatalogueError,
    BynameError,
    "A catalogue has faults; the message tells all of them."
);
create_exception!(
    _byname,
    ReadError,
    BynameError,
    "A paper cannot be read; `kind` is a short fixed word for why."
);

/// Creates the exception for the faults of a catalogue, each with its line and a mark under what is wrong.
pub(crate) fn of_catalogue(error: &LoadError) -> PyErr {
    CatalogueError::new_err(faults_text(&error.faults, false))
}

/// Creates the exception for a paper that cannot be read.
pub(crate) fn of_paper(py: Python<'_>, document: &str, kind: &str, message: &str) -> PyErr {
    let error = ReadError::new_err(format!("{document}: {message}"));
    match error.value(py).setattr("kind", kind) {
        Ok(()) => error,
        Err(failed) => failed,
    }
}
