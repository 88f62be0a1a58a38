//! The names and head words that one run of letters or digits leads to.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::first_runs::{first_run, hash_beyond};
use super::name::{BegunNames, KnownName, NameBook, NameMention};

/// The anchors that texts with a run may begin with, and the names that these lead to.
#[derive(Debug)]
pub(super) struct Begun {
    book: NameBook,
    /// Longest first: those that end with the run or one byte behind it, and then all others, by the two bytes that
    /// they have behind the run, since many names begin with one common word.
    anchors: Vec<Anchor>,
    ending_soon: usize,
    by_beyond: HashMap<u32, Range<u32>, FixedState>,
}

/// A text to be found.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The text, in lower case.
    text: Box<str>,
    /// The names that begin with it.
    pub(super) leads_to: Option<BegunNames>,
    /// Set when it is a head word, whatever else it leads to.
    pub(super) is_head: bool,
}

impl Anchor {
    /// Returns its length, in bytes.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// Returns whether bytes begin with it, in any case.
    fn begins(&self, bytes: &[u8]) -> bool {
        bytes.get(..self.text.len()).is_some_and(|there| there.eq_ignore_ascii_case(self.text.as_bytes()))
    }
}

impl Begun {
    /// Collects, for the run with this hash, the anchors of names and the head words that begin with it.
    pub(super) fn new<'a>(
        hash: u32,
        names: impl Iterator<Item = (KnownName<'a>, bool)>,
        heads: &[&str],
    ) -> Self {
        let (book, of_names) = NameBook::new(names);
        let of_names = of_names
            .into_iter()
            .filter(|(text, _)| first_run(text.as_bytes()).1 == hash)
            .map(|(text, names)| Anchor { is_head: heads.contains(&&*text), leads_to: Some(names), text });
        let mut anchors: Vec<Anchor> = of_names.collect();
        for head in heads {
            if anchors.iter().all(|anchor| &*anchor.text != *head) {
                anchors.push(Anchor { text: (*head).into(), leads_to: None, is_head: true });
            }
        }
        let beyond = |anchor: &Anchor| {
            let text = anchor.text.as_bytes();
            hash_beyond(text, first_run(text))
        };
        anchors.sort_by_cached_key(|anchor| (beyond(anchor), std::cmp::Reverse(anchor.text.len())));
        let ending_soon = anchors.iter().take_while(|anchor| beyond(anchor).is_none()).count();
        let (mut by_beyond, mut start) = (HashMap::default(), ending_soon as u32);
        for of_beyond in anchors[ending_soon..].chunk_by(|one, other| beyond(one) == beyond(other)) {
            let end = start + of_beyond.len() as u32; // far fewer than 2^32
            by_beyond.extend(beyond(&of_beyond[0]).map(|hash| (hash, start..end)));
            start = end;
        }
        Self { book, anchors, ending_soon, by_beyond }
    }

    /// Returns whether no anchor begins with the run.
    pub(super) fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Returns `false` if the bytes behind the run, given by their hash with it, tell that no anchor stands there.
    pub(super) fn may_stand(&self, beyond: Option<u32>) -> bool {
        self.ending_soon > 0 || beyond.is_some_and(|hash| self.by_beyond.contains_key(&hash))
    }

    /// Iterates, longest first, over the anchors at the start of `bytes`, given the hash of their first run and the
    /// two bytes behind it.
    pub(super) fn standing_at<'a>(
        &'a self,
        bytes: &'a [u8],
        beyond: Option<u32>,
    ) -> impl Iterator<Item = &'a Anchor> {
        let further = beyond.and_then(|hash| self.by_beyond.get(&hash));
        let further = further.and_then(|range| self.anchors.get(range.start as usize..range.end as usize));
        let all = further.unwrap_or_default().iter().chain(&self.anchors[..self.ending_soon]);
        all.filter(|anchor| anchor.begins(bytes))
    }

    /// Returns the anchor that is this very run.
    pub(super) fn whole(&self, run: &[u8]) -> Option<&Anchor> {
        self.anchors[..self.ending_soon]
            .iter()
            .find(|anchor| anchor.text.as_bytes().eq_ignore_ascii_case(run))
    }

    /// Returns the longest name that an anchor leads to and that stands at `start`.
    pub(super) fn name_at(&self, text: &str, start: usize, names: BegunNames) -> Option<NameMention> {
        self.book.name_at(text, start, names)
    }
}
