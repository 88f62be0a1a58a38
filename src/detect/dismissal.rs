//! Words that the votes take for names and that are none: labels, houses, ordinary words in capitals, and
//! abbreviations of common nouns.

use std::collections::BTreeSet;

use foldhash::HashSet;

use super::code::has_underscore;
use super::detector::Detector;
use super::document_state::DocumentState;
use super::name_discovery::DiscoveredName;
use super::vocabulary::WordId;
use crate::catalogue::spelling_key;
use crate::document::ByteSpan;

/// Least lead of the votes for a name over all others by which a word that also names a house is one.
const ENOUGH_AGAINST_HOUSE: f64 = 4.0;
/// Least lead of the votes for a name over all others by which an abbreviation of common nouns is one.
const ENOUGH_AGAINST_EXPANSION: f64 = 6.0;

/// Fewest letters of a word in capitals that is looked for in small letters. Shorter ones are abbreviations
/// that may coincide with some other word.
const SHORTEST_CAPITALS: usize = 5;

impl Detector {
    /// Removes from the possible names labels of the paper's own parts, identifiers, and words in capitals
    /// that the paper also writes in small letters.
    pub(super) fn dismiss_labels(
        &self,
        prose: &str,
        coined: &mut [DiscoveredName],
        progress: &mut DocumentState,
    ) {
        let beside =
            progress.names_beside.iter().flat_map(|(_, spans)| spans.iter().map(|span| span.of(prose)));
        let symbols: BTreeSet<[u8; 2]> =
            coined.iter().map(|word| &*word.name).chain(beside).filter_map(two_letters).collect();
        // "two models MA, MB": what is left of a formula whose indices were set lower.
        let is_symbol = |name: &str| {
            two_letters(name).is_some_and(|[first, last]| {
                symbols.range([first, 0]..=[first, u8::MAX]).any(|symbol| symbol[1] != last)
            })
        };
        let is_none = |name: &str| {
            has_underscore(name) || self.labels.is_coined_label(name, &self.vocabulary) || is_symbol(name)
        };
        let is_house = |name: &str| self.makers.contains_key(&*spelling_key(name));
        progress.coined.retain(|span| !is_none(span.of(prose)));
        progress.labelled.retain(|span| !is_none(span.of(prose)));
        // "o3" is written like a label, and is a name of the catalogue.
        let is_known =
            |name: &str| self.names.beginning_of(name).is_some_and(|known| known.span.end == name.len());
        let has_names = coined.iter().any(|word| word.is_name);
        if !has_names && progress.names_beside.is_empty() {
            return;
        }
        let common_nouns = self.labels.explained.common_nouns(prose, &self.vocabulary);
        let labels = &progress.labels;
        for (_, spans) in &mut progress.names_beside {
            spans.retain(|span| {
                let name = span.of(prose);
                let is_other = is_none(name)
                    || is_house(name)
                    || self.is_shouted(name)
                    || common_nouns.contains(name)
                    || is_quantity(prose, *span)
                    || !self.labels.is_name(prose, *span, labels, &self.vocabulary);
                !is_other || is_known(name)
            });
        }
        let names = coined.iter_mut().filter(|word| word.is_name).collect::<Vec<_>>();
        let written_small = written_small(prose, names.iter().map(|word| &*word.name));
        for word in names {
            let is_common = word.lead < ENOUGH_AGAINST_EXPANSION && common_nouns.contains(&*word.name);
            let is_house = word.lead < ENOUGH_AGAINST_HOUSE && is_house(&word.name);
            if is_common
                || is_house
                || is_none(&word.name)
                || written_small.contains(&*word.name.to_ascii_lowercase())
            {
                word.is_name = false;
            }
        }
    }

    /// Returns whether a word is an ordinary one in capitals: the answer "CORRECT" of a judge.
    fn is_shouted(&self, name: &str) -> bool {
        let word = self.vocabulary.look_up(name);
        name.len() >= SHORTEST_CAPITALS
            && name.bytes().all(|byte| byte.is_ascii_uppercase())
            && word != WordId::default()
            && !self.vocabulary.classes(word).has_any(self.marks.apart)
    }
}

/// Returns whether a word in capitals is what was measured: "PR@FSR = 1", "0.58 PCCC".
fn is_quantity(prose: &str, span: ByteSpan) -> bool {
    if !span.of(prose).bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let (before, after) = (prose[..span.start].trim_end(), prose[span.end..].trim_start());
    let number = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_value = number.contains('.') && number.parse::<f64>().is_ok();
    is_value || before.ends_with('@') || after.starts_with(['@', '=', '≈'])
}

/// Returns the letters of a name of two, the second of which is a capital.
fn two_letters(name: &str) -> Option<[u8; 2]> {
    let letters = <[u8; 2]>::try_from(name.as_bytes()).ok()?;
    (letters[0].is_ascii_alphabetic() && letters[1].is_ascii_uppercase()).then_some(letters)
}

/// Returns, in small letters, those names in capitals that the prose writes in small letters too.
fn written_small<'p>(prose: &'p str, names: impl Iterator<Item = &'p str>) -> HashSet<String> {
    let capitals = names
        .filter(|name| name.len() >= SHORTEST_CAPITALS && name.bytes().all(|byte| byte.is_ascii_uppercase()));
    let wanted: HashSet<String> = capitals.map(str::to_ascii_lowercase).collect();
    if wanted.is_empty() {
        return wanted;
    }
    let words = prose.split(|c: char| !c.is_alphabetic());
    words.filter(|word| wanted.contains(*word)).map(str::to_string).collect()
}
