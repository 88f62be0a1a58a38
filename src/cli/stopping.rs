//! Ctrl-C: a run ends with what is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::context::Context;
use super::messages::Messages;

/// How long a run that is asked to end is waited for while no paper comes to its end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether somebody has asked the run to end.
#[derive(Debug, Clone, Default)]
pub(super) struct Stopping {
    asked: Arc<AtomicBool>,
    done: Arc<AtomicUsize>,
}

impl Stopping {
    /// Listens for Ctrl-C and for the request to end that a system sends. Whoever asks twice is not
    /// made to wait, and nobody is made to wait for a paper that does not come to its end.
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

    /// What a run looks at.
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.asked)
    }

    /// In what a run counts the papers that are done.
    pub(super) fn done(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.done)
    }

    /// Whether somebody has asked.
    pub(super) fn asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}

/// Ends the process once no paper is done for a while.
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
