//! Outcomes of commands, and the exit status.

use std::fmt;
use std::io;
use std::path::Path;

use byname::catalogue::LoadError;
use byname::collection::RunError;

/// The outcome of a command that was completed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Set when a finding is at or above `--fail-on`, or a check has failed.
    pub(super) found: bool,
    /// Set when some inputs could not be read.
    pub(super) unread: bool,
}

/// The reason why a command failed.
#[derive(Debug)]
pub(super) enum CommandError {
    /// A wrong command or a failure, described by a message, and by advice if there is any.
    Wrong { message: String, help: Option<String> },
    /// The catalogue cannot be used.
    Catalogue(LoadError),
    /// A failure that the result itself already reports.
    Reported,
    /// The reader of the output has closed it, as `head` does: not a failure, and nothing is reported.
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

    /// Creates the error of a file or folder that cannot be read.
    pub(super) fn read(path: &Path, error: impl fmt::Display) -> Self {
        Self::new(format!("{} cannot be read: {error}", path.display())).help("check the path")
    }

    /// Creates the error of a failure to write the result to `place`.
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

    /// Creates the error of a run that was aborted while writing to `place`.
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

/// Decides the exit status: 0 nothing found, 1 found, 2 the command or the catalogue is wrong or the result
/// cannot be written, 3 some inputs could not be read.
///
/// An unread input takes precedence over a finding, so that status 1 implies that everything was read.
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
