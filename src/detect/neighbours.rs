//! Texts beside a literal of a regular expression: cheaper to test than the expression.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::catalogue::{Literals, TextSet};

/// A longer text says no more than its first or last bytes.
const LONGEST: usize = 32;

/// Texts of which one has to precede or follow a literal, separated by white space.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    before: Option<Arc<Edges>>,
    after: Option<Arc<Edges>>,
}

/// Texts in small letters of ASCII, cut to [`LONGEST`] bytes.
#[derive(Debug)]
struct Edges {
    texts: HashSet<Box<[u8]>, FixedState>,
    /// The lengths of the texts, ascending.
    lengths: Vec<usize>,
}

/// Sets of texts with their edges.
type KnownSets<'a> = HashMap<&'a TextSet, Arc<Edges>, FixedState>;

/// The edges of each set, which many expressions share.
#[derive(Debug, Default)]
pub struct EdgesBySet<'a> {
    before: KnownSets<'a>,
    after: KnownSets<'a>,
}

/// Returns the edges of a set: known ones if there are any, else new ones.
fn edges_of<'a>(set: &'a TextSet, known: &mut KnownSets<'a>, cut: impl Fn(&[u8]) -> &[u8]) -> Arc<Edges> {
    let edges = known.entry(set).or_insert_with(|| {
        let texts: HashSet<Box<[u8]>, FixedState> = set.iter().map(|text| cut(text).into()).collect();
        let lengths: BTreeSet<usize> = texts.iter().map(|text| text.len()).collect();
        Arc::new(Edges { texts, lengths: lengths.into_iter().collect() })
    });
    Arc::clone(edges)
}

impl Neighbours {
    /// Returns the neighbours that the literals of an expression need.
    pub fn of<'a>(literals: Option<&'a Literals>, known: &mut EdgesBySet<'a>) -> Self {
        let before = literals.and_then(|literals| literals.before.as_ref());
        let after = literals.and_then(|literals| literals.after.as_ref());
        Self {
            before: before.map(|set| edges_of(set, &mut known.before, last)),
            after: after.map(|set| edges_of(set, &mut known.after, first)),
        }
    }

    /// Returns whether the right neighbours stand beside a literal at the range `text` of `prose`.
    pub fn stand_beside(&self, prose: &str, text: Range<usize>, takes_odd_cases: bool) -> bool {
        let (Some(left), Some(right)) = (prose.get(..text.start), prose.get(text.end..)) else { return true };
        self.before.as_ref().is_none_or(|edges| {
            let near = left.trim_end();
            near.len() < left.len() && edges.holds(last(near.as_bytes()), takes_odd_cases, tail)
        }) && self.after.as_ref().is_none_or(|edges| {
            let near = right.trim_start();
            near.len() < right.len() && edges.holds(first(near.as_bytes()), takes_odd_cases, head)
        })
    }
}

impl Edges {
    /// Returns whether one of the texts stands at the edge of `near`, ignoring case.
    fn holds(&self, near: &[u8], takes_odd_cases: bool, edge: fn(&[u8], usize) -> Option<&[u8]>) -> bool {
        if takes_odd_cases && !near.is_ascii() {
            return true; // the texts know plain letters only
        }
        let mut lowered = [0; LONGEST];
        let lowered = &mut lowered[..near.len()];
        lowered.copy_from_slice(near);
        lowered.make_ascii_lowercase();
        let holds = |length: &usize| edge(lowered, *length).is_some_and(|text| self.texts.contains(text));
        self.lengths.iter().any(holds)
    }
}

fn first(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(LONGEST)]
}

fn last(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.len().saturating_sub(LONGEST)..]
}

fn head(bytes: &[u8], length: usize) -> Option<&[u8]> {
    bytes.get(..length)
}

fn tail(bytes: &[u8], length: usize) -> Option<&[u8]> {
    bytes.get(bytes.len().checked_sub(length)?..)
}
