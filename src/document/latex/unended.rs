//! Search for the ends of verbatim texts.

/// Maximum number of failed searches, each of which runs to the end of the file.
const MOST: usize = 16;

/// The number of verbatim texts of a paper that were begun without an end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Unended(usize);

impl Unended {
    /// Returns the place of `ending` in the rest of a file; `None` if it is not there, or if too many were not.
    pub(super) fn find(&mut self, rest: &str, ending: &str) -> Option<usize> {
        if self.0 >= MOST {
            return None;
        }
        let found = memchr::memmem::find(rest.as_bytes(), ending.as_bytes());
        self.0 += usize::from(found.is_none());
        found
    }
}
