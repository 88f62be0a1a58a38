//! Messages on standard error.

use std::fmt::Display;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use byname::collection::Failure;
use byname::report::visible;

use super::status::CommandError;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const HELP: Style = AnsiColor::BrightCyan.on_default().bold();

/// Most faults of a catalogue or of gold that are shown: nobody fixes more of them at once.
const MOST_FAULTS: usize = 50;

/// Writes messages to standard error, each as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Messages(());

impl Messages {
    pub(super) fn new() -> Self {
        Self(())
    }

    /// Reports why a command failed.
    pub(super) fn command_error(self, error: &CommandError) {
        match error {
            CommandError::Wrong { message, help } => {
                say(ERROR, "error", message);
                if let Some(help) = help {
                    say(HELP, " help", help);
                }
            }
            CommandError::Catalogue(error) => {
                for fault in error.faults.iter().take(MOST_FAULTS) {
                    say(ERROR, "error", fault);
                }
                not_shown(error.faults.len(), "the catalogue");
            }
            CommandError::Reported | CommandError::ClosedPipe => {}
        }
    }

    /// Reports a part of an input that could not be read, and the reason.
    pub(super) fn unread(self, message: &str) {
        say(ERROR, "error", visible(message));
    }

    /// Prints a note, which is not an error.
    pub(super) fn note(self, message: &str) {
        say(HELP, "note", visible(message));
    }

    /// Reports the parts of a file of gold that could not be read.
    pub(super) fn faults_of_gold(self, failures: &[Failure]) {
        failures.iter().take(MOST_FAULTS).for_each(|failure| self.failure(failure));
        not_shown(failures.len(), "the gold");
    }

    /// Reports an input that could not be read.
    pub(super) fn failure(self, failure: &Failure) {
        // Names of files and the texts in them may hold anything.
        let (document, message) = (visible(&failure.document), visible(&failure.error.message));
        say(ERROR, "error", format_args!("{document}: {message}"));
    }
}

/// Says how many faults beyond [`MOST_FAULTS`] there are.
fn not_shown(faults: usize, of_what: &str) {
    if let Some(more) = faults.checked_sub(MOST_FAULTS).filter(|more| *more > 0) {
        say(ERROR, "error", format_args!("{more} more faults of {of_what} are not shown"));
    }
}

fn say(style: Style, word: &str, text: impl Display) {
    let mut stream = anstream::stderr().lock();
    // There is nowhere left to tell that standard error cannot be written.
    let _ = writeln!(stream, "{style}{word}{style:#}: {text}");
}
