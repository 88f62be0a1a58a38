//! Identity of findings: which finding of one run is which of another, although the paper, the catalogue or the
//! program has changed in between. Snapshots, the impact of a change, `verify`, baselines and SARIF all rest on it.
//!
//! Verdicts of people on whole papers do not: a phrase that a person marked is no finding of a run.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::detect::Mention;
use crate::document::{ByteSpan, Document};

/// The identity of a finding in its paper: a mention in its sentence. Its position in the paper is no part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FindingKey<'a> {
    /// The sentence, or the part of it around the mention, with each run of white space made one blank.
    pub sentence: Cow<'a, str>,
    /// The span of the mention, in bytes of `sentence`.
    pub span: ByteSpan,
}

impl FindingKey<'_> {
    /// Returns the key of a mention, with at most `most` characters of its sentence on each side.
    pub fn of(document: &Document, mention: &Mention, most: usize) -> Self {
        let (before, after) = around(document, mention, most);
        Self::of_parts(before, mention.span.of(&document.prose), after)
    }

    /// Returns the key of a mention between two parts of its sentence.
    pub fn of_parts(before: &str, mention: &str, after: &str) -> Self {
        let mut sentence = String::with_capacity(before.len() + mention.len() + after.len());
        push_single_spaced(&mut sentence, before);
        let start = sentence.len();
        push_single_spaced(&mut sentence, mention);
        let span = ByteSpan::new(start, sentence.len());
        push_single_spaced(&mut sentence, after);
        sentence.truncate(sentence.trim_end().len().max(span.end));
        Self { sentence: sentence.into(), span }
    }

    /// Returns the text of the mention.
    pub fn mention(&self) -> &str {
        self.span.of(&self.sentence)
    }

    /// Returns 16 hexadecimal digits, a hash of a rule, the mention and the sentence. Baselines keep it.
    pub(super) fn fingerprint(&self, rule: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [rule, self.mention(), &self.sentence] {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        hasher.finalize().to_hex().chars().take(16).collect()
    }

    /// Returns whether the two sentences share at least half of their distinct words (Jaccard index, ignoring case).
    fn is_alike(&self, other: &FindingKey<'_>) -> bool {
        let words = |sentence: &str| -> BTreeSet<String> {
            sentence.split_whitespace().map(str::to_lowercase).collect()
        };
        let (ours, theirs) = (words(&self.sentence), words(&other.sentence));
        2 * ours.intersection(&theirs).count() >= ours.union(&theirs).count()
    }
}

/// Returns the text before and after a mention in its sentence, at most `most` characters of each.
pub(crate) fn around<'a>(document: &'a Document, mention: &Mention, most: usize) -> (&'a str, &'a str) {
    let Mention { span, sentence, .. } = mention;
    let before = document.prose.get(sentence.start.min(span.start)..span.start).unwrap_or_default();
    let after = document.prose.get(span.end..sentence.end.max(span.end)).unwrap_or_default();
    // No text has more characters than bytes.
    let start = match before.len() <= most {
        true => 0,
        false => before.char_indices().rev().take(most).last().map_or(before.len(), |(at, _)| at),
    };
    let end = match after.len() <= most {
        true => after.len(),
        false => after.char_indices().nth(most).map_or(after.len(), |(at, _)| at),
    };
    (&before[start..], &after[..end])
}

/// Appends `more`, with each run of white space made one blank and none at the very start of `text`.
fn push_single_spaced(text: &mut String, more: &str) {
    for (place, word) in more.split(char::is_whitespace).enumerate() {
        if place > 0 && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(word);
    }
}

/// Returns the name under which the findings of a document are kept: `./a.tex` and `a.tex` are the same paper.
pub fn paper_name(document: &str) -> &str {
    document.trim_start_matches("./")
}

/// Returns for each new finding of a paper the index of the old one that it is.
///
/// They are matched in three passes: by the same sentence and span, then by overlapping spans in the same
/// sentence, then by the same mention in sentences that share at least half of their distinct words. So
/// another position, or other words around a finding, make no other finding.
pub fn pair(old: &[FindingKey<'_>], new: &[FindingKey<'_>]) -> Vec<Option<usize>> {
    let mut pairs = Pairs { partner: vec![None; new.len()], free: vec![true; old.len()] };
    pairs.same(old, new);
    pairs.join(old, new, |before, after| {
        before.sentence == after.sentence && before.span.overlaps(after.span)
    });
    pairs.join(old, new, |before, after| before.mention() == after.mention() && before.is_alike(after));
    pairs.partner
}

/// A matching of new findings with old ones: for each new finding the index of its old one, and for each old
/// finding whether it is still unmatched.
struct Pairs {
    partner: Vec<Option<usize>>,
    free: Vec<bool>,
}

impl Pairs {
    /// Matches findings with the same key, in order of appearance.
    fn same(&mut self, old: &[FindingKey<'_>], new: &[FindingKey<'_>]) {
        let mut places: HashMap<&FindingKey<'_>, VecDeque<usize>> = HashMap::new();
        for (place, key) in old.iter().enumerate() {
            places.entry(key).or_default().push_back(place);
        }
        for (partner, key) in self.partner.iter_mut().zip(new) {
            *partner = places.get_mut(key).and_then(VecDeque::pop_front);
            if let Some(place) = *partner {
                self.free[place] = false;
            }
        }
    }

    /// Matches each remaining new finding with the first unmatched old one that fits.
    fn join(
        &mut self,
        old: &[FindingKey<'_>],
        new: &[FindingKey<'_>],
        fits: impl Fn(&FindingKey<'_>, &FindingKey<'_>) -> bool,
    ) {
        for (partner, after) in self.partner.iter_mut().zip(new).filter(|(partner, _)| partner.is_none()) {
            let place = (0..old.len()).find(|place| self.free[*place] && fits(&old[*place], after));
            if let Some(place) = place {
                *partner = Some(place);
                self.free[place] = false;
            }
        }
    }
}
