//! What a walk through folders passed over.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts of what was passed over.
#[derive(Debug, Default)]
pub struct PassedOver {
    hidden: AtomicUsize,
    excluded: AtomicUsize,
    other: AtomicUsize,
}

impl PassedOver {
    pub(super) fn count_hidden(&self) {
        self.hidden.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_excluded(&self) {
        self.excluded.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_other(&self) {
        self.other.fetch_add(1, Ordering::Relaxed);
    }

    /// One sentence for a person; none where nothing was passed over.
    pub fn told(&self) -> Option<String> {
        let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
        let (hidden, excluded, other) = (count(&self.hidden), count(&self.excluded), count(&self.other));
        if hidden + excluded + other == 0 {
            return None;
        }
        let parts = [(hidden, "hidden"), (excluded, "excluded"), (other, "no papers by their endings")];
        let told: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        Some(format!("passed over in folders: {}", told.join(", ")))
    }
}
