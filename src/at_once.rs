//! Two pieces of work at the same time, apart from the threads that read papers.
//!
//! What papers wait for must not be made on those threads: one that waits for another takes up a paper meanwhile,
//! which may wait for the very thing.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does one thing on a thread of its own and another on this one; both on this one if no thread can be had.
pub(crate) fn at_once<A: Send, B>(aside: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    let waiting = Mutex::new(Some(aside));
    let do_it = || {
        let aside = waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        aside.map(|aside| aside())
    };
    thread::scope(|scope| {
        let spawned = thread::Builder::new().spawn_scoped(scope, do_it);
        let here = here();
        let aside = match spawned {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => do_it(),
        };
        (aside.unwrap_or_else(|| unreachable!("it waits until one of both takes it")), here)
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
