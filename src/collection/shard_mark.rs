//! Marks in the results of a part of a run, by which the parts are put together and nothing else is.

use serde::{Deserialize, Serialize};

use super::Shard;

/// How a mark begins; it ends a line of results, as the last key of its `provenance`.
const BEGINNING: &[u8] = b",\"shard\":";
/// What follows a mark: the ends of `provenance` and of the line.
const END: &[u8] = b"}}\n";

/// The place of a paper in a run of several parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShardMark {
    /// The part, as `2/3`.
    pub(super) part: String,
    /// The number of the paper within the part, from 1.
    pub(super) paper: usize,
    /// The hash of the catalogue and the options.
    pub(super) run: String,
}

/// A marker of the papers of one part of a run.
#[derive(Debug)]
pub struct ShardMarker {
    mark: ShardMark,
}

impl ShardMarker {
    /// Creates a marker for a part; `run` lists what all parts of the run have in common.
    pub fn new(shard: Shard, run: &[String]) -> Self {
        let hash = blake3::hash(run.join("\n").as_bytes()).to_hex();
        Self { mark: ShardMark { part: shard.to_string(), paper: 0, run: hash[..16].to_string() } }
    }

    /// Counts the next paper.
    pub fn next_paper(&mut self) {
        self.mark.paper += 1;
    }

    /// Marks the JSON line of the paper that was counted last.
    pub fn mark(&self, line: &mut Vec<u8>) {
        if let (true, Ok(mark)) = (line.ends_with(END), serde_json::to_vec(&self.mark)) {
            line.truncate(line.len() - END.len());
            line.extend_from_slice(BEGINNING);
            line.extend_from_slice(&mark);
            line.extend_from_slice(END);
        }
    }
}

/// Takes the mark out of a line; `None` if it has none.
pub(super) fn take_mark(line: &mut Vec<u8>) -> Option<ShardMark> {
    let start = memchr::memmem::rfind(line, BEGINNING)?;
    let end = line.len().checked_sub(END.len()).filter(|_| line.ends_with(END))?;
    let mark = serde_json::from_slice(line.get(start + BEGINNING.len()..end)?).ok()?;
    line.truncate(start);
    line.extend_from_slice(END);
    Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_as_it_was() {
        let plain = b"{\"document\":\"a,\\\"shard\\\":1\",\"provenance\":{\"text\":\"x\"}}\n".to_vec();
        let mut line = plain.clone();
        assert_eq!(take_mark(&mut line), None);
        let mut marker = ShardMarker::new("2/3".parse().unwrap(), &["a".to_string()]);
        marker.next_paper();
        marker.mark(&mut line);
        assert!(
            serde_json::from_slice::<serde_json::Value>(&line).unwrap()["provenance"]["shard"].is_object()
        );
        let mark = take_mark(&mut line).unwrap();
        assert_eq!((mark.part.as_str(), mark.paper, line), ("2/3", 1, plain));
    }
}
