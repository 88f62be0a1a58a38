//! Ctrl-C: a run stops and keeps what is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::context::Context;
use super::messages::Messages;

/// Time without a finished paper after which a run that was asked to stop is ended.
const PATIENCE: Duration = Duration::from_secs(5);

/// Flags shared with a run that can be stopped.
#[derive(Debug, Clone, Default)]
pub(super) struct Stopping {
    asked: Arc<AtomicBool>,
    done: Arc<AtomicUsize>,
}

impl Stopping {
    /// Listens for Ctrl-C and for termination requests of the system. A second request ends the process at
    /// once; after the first, it ends when no paper is finished for [`PATIENCE`].
    pub(super) fn listen(context: &Context) -> Self {
        let stopping = Self::default();
        let (heard_by, messages) = (stopping.clone(), context.messages);
        let heard = ctrlc::set_handler(move || {
            if heard_by.asked.swap(true, Ordering::Relaxed) {
                std::process::exit(2);
            }
            let done = Arc::clone(&heard_by.done);
            std::thread::spawn(move || end_when_stuck(&done, messages));
        });
        if let Err(error) = heard {
            context.note(&format!("Ctrl-C will end the run at once: {error}"));
        }
        stopping
    }

    /// Returns the flag that tells a run to stop.
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.asked)
    }

    /// Returns the counter in which a run counts finished papers.
    pub(super) fn done(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.done)
    }

    /// Returns whether the run was asked to stop.
    pub(super) fn asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}

/// Ends the process once no paper is finished for a while.
fn end_when_stuck(done: &AtomicUsize, messages: Messages) {
    loop {
        let before = done.load(Ordering::Relaxed);
        std::thread::sleep(PATIENCE);
        if done.load(Ordering::Relaxed) == before {
            let seconds = PATIENCE.as_secs();
            messages.unread(&format!(
                "stopped: no paper was done for {seconds} seconds; the result is not whole"
            ));
            std::process::exit(2);
        }
    }
}
