//! Ctrl-C: a run ends with what is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::context::Context;

/// How long what is begun may take once the run is asked to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether somebody has asked the run to end.
#[derive(Debug, Clone, Default)]
pub(super) struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// Listens for Ctrl-C and for the request to end that a system sends. Whoever asks twice is not
    /// made to wait, and nobody is made to wait for a paper that does not come to its end.
    pub(super) fn listen(context: &Context) -> Self {
        let stopping = Self::default();
        let (asked, messages) = (Arc::clone(&stopping.0), context.messages);
        let heard = ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::Relaxed) {
                std::process::exit(2);
            }
            std::thread::spawn(move || {
                std::thread::sleep(PATIENCE);
                messages.unread(&format!(
                    "stopped: a paper was not done within {} seconds, and the result is not whole",
                    PATIENCE.as_secs()
                ));
                std::process::exit(2);
            });
        });
        if let Err(error) = heard {
            context.note(&format!("Ctrl-C will end the run at once: {error}"));
        }
        stopping
    }

    /// What a run looks at.
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    /// Whether somebody has asked.
    pub(super) fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
