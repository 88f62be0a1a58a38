//! How a command ends, and the exit status that this gives.

use std::io;

use crate::catalogue::LoadError;
use crate::collection::RunError;

/// What a command that ran to its end came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Whether something was found at or above `--fail-on`, or a check was not passed.
    pub(super) found: bool,
    /// Whether some inputs could not be read.
    pub(super) unread: bool,
}

/// Why a command did not run to its end.
#[derive(Debug)]
pub(super) enum CommandError {
    /// What is wrong, and what to do.
    Wrong { message: String, help: Option<String> },
    /// The catalogue cannot be used.
    Catalogue(LoadError),
    /// The result itself tells what is wrong.
    Told,
    /// Whoever read the output has closed it, as `head` does: no fault, and nobody to tell.
    ClosedPipe,
}

impl CommandError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self::Wrong { message: message.into(), help: None }
    }

    #[must_use]
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        match self {
            Self::Wrong { message, .. } => Self::Wrong { message, help: Some(help.into()) },
            other => other,
        }
    }

    /// A failure to write the result to `place`.
    pub(super) fn write(place: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        let fault = Self::new(format!("cannot write the result to {place}: {error}"));
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                fault.help("make room, or write elsewhere with --output")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                fault.help("write to a folder that you may write to")
            }
            io::ErrorKind::NotFound => fault.help("create the folder first"),
            _ => fault,
        }
    }

    /// A run that was broken off while it wrote to `place`.
    pub(super) fn run(place: &str, error: &RunError) -> Self {
        match error {
            RunError::Write(error) => Self::write(place, error),
            other => Self::new(other.to_string()),
        }
    }
}

impl From<LoadError> for CommandError {
    fn from(error: LoadError) -> Self {
        Self::Catalogue(error)
    }
}

/// The one place that decides the exit status: 0 nothing found, 1 found, 2 the command or the
/// catalogue is wrong or the result cannot be written, 3 some inputs could not be read.
///
/// An unread input weighs more than a finding: whoever reads 1 may trust that all was read.
pub(super) fn exit_status(result: &Result<Outcome, CommandError>) -> u8 {
    match result {
        Ok(outcome) if outcome.unread => 3,
        Ok(outcome) if outcome.found => 1,
        Ok(_) | Err(CommandError::ClosedPipe) => 0,
        Err(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_has_its_status() {
        let status = |found, unread| exit_status(&Ok(Outcome { found, unread }));
        assert_eq!((status(false, false), status(true, false)), (0, 1));
        assert_eq!((status(false, true), status(true, true)), (3, 3));
        assert_eq!(exit_status(&Err(CommandError::new("x"))), 2);
        assert_eq!(exit_status(&Err(LoadError { faults: Vec::new() }.into())), 2);
        let closed = CommandError::write("x", &io::ErrorKind::BrokenPipe.into());
        assert_eq!(exit_status(&Err(closed)), 0);
        let full = CommandError::write("x", &io::ErrorKind::StorageFull.into());
        assert_eq!(exit_status(&Err(full)), 2);
    }
}
