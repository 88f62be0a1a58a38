//! Two pieces of work at the same time, apart from the threads that read papers.
//!
//! What papers wait for must not be made on those threads: one that waits for another takes up a paper meanwhile,
//! which may wait for the very thing.

use std::panic::resume_unwind;
use std::thread;

/// Does one thing on a thread of its own and another on this one.
pub(crate) fn at_once<A: Send, B>(aside: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let aside = scope.spawn(aside);
        let here = here();
        (aside.join().unwrap_or_else(|panic| resume_unwind(panic)), here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_and_a_panic_aside_is_one_here() {
        assert_eq!(at_once(|| 1, || 2), (1, 2));
        let panicked = std::panic::catch_unwind(|| at_once(|| panic!("aside"), || 2));
        assert!(panicked.is_err());
    }
}
