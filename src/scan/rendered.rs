//! A paper as rendered for the reports of a run.

use std::io;

use serde::{Deserialize, Serialize};

use crate::report::{Report, ReportedPaper, Tally};

/// A paper rendered for each report of a run, and its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The bytes for each report, in the order of the reports; empty if a report has no output for the paper.
    pub parts: Vec<Vec<u8>>,
    /// The counts of the paper.
    pub tally: Tally,
}

/// The header of a cached paper, before its parts.
#[derive(Serialize, Deserialize)]
struct Head {
    tally: Tally,
    lengths: Vec<usize>,
}

impl Rendered {
    /// Renders one paper for each report.
    ///
    /// # Errors
    /// When a renderer fails.
    pub fn of(entry: &ReportedPaper<'_>, reports: &[&dyn Report]) -> io::Result<Self> {
        let mut tally = Tally::default();
        tally.add(entry);
        let render = |report: &&dyn Report| {
            let mut out = Vec::new();
            report.document(entry, &mut out).map(|()| out)
        };
        Ok(Self { parts: reports.iter().map(render).collect::<Result<_, _>>()?, tally })
    }

    /// Serialises the paper for the cache.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let head = Head { tally: self.tally, lengths: self.parts.iter().map(Vec::len).collect() };
        let mut bytes = serde_json::to_vec(&head).ok()?;
        bytes.push(b'\n');
        self.parts.iter().for_each(|part| bytes.extend_from_slice(part));
        Some(bytes)
    }

    /// Restores what [`Rendered::to_bytes`] serialised for that many reports; `None` for any other bytes.
    pub(super) fn from_bytes(bytes: &[u8], reports: usize) -> Option<Self> {
        let end = memchr::memchr(b'\n', bytes)?;
        let (head, mut rest) = (bytes.get(..end)?, bytes.get(end + 1..)?);
        let Head { tally, lengths } = serde_json::from_slice(head).ok()?;
        let mut parts = Vec::with_capacity(reports);
        for length in lengths {
            let (part, after) = rest.split_at_checked(length)?;
            parts.push(part.to_vec());
            rest = after;
        }
        (rest.is_empty() && parts.len() == reports).then_some(Self { parts, tally })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_as_it_was_and_nothing_else_does() {
        let mut tally = Tally::default();
        tally.add_plain(&[]);
        let rendered = Rendered { parts: vec![b"a\nb".to_vec(), Vec::new(), b"c".to_vec()], tally };
        let bytes = rendered.to_bytes().unwrap();
        assert_eq!(Rendered::from_bytes(&bytes, 3), Some(rendered));
        assert_eq!(Rendered::from_bytes(&bytes, 2), None, "of another number of reports");
        assert_eq!(Rendered::from_bytes(&bytes[..bytes.len() - 1], 3), None, "cut short");
        assert_eq!(Rendered::from_bytes(&[&bytes[..], b"d"].concat(), 3), None, "too long");
        assert_eq!(Rendered::from_bytes(b"", 0), None);
    }
}
