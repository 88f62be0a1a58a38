//! The sentences of a prose that are read: those with a name, a head word, or a match that may be a mention.

use std::ops::Range;

use super::name::NameMention;
use crate::document::ByteSpan;

/// Marks sentences for reading that hold one of some places: matches that may be mentions of their own, sizes in names.
pub(super) fn anchor(
    places: impl Iterator<Item = usize>,
    sentences: &[ByteSpan],
    anchored: &mut [Option<Range<usize>>],
) {
    for at in places {
        let place = sentences.partition_point(|sentence| sentence.end <= at);
        if let Some(here) = anchored.get_mut(place) {
            here.get_or_insert(0..0);
        }
    }
}

/// Returns, for each sentence that holds a name or a head word, the range of its names.
pub(super) fn anchored_sentences(
    sentences: &[ByteSpan],
    names: &[NameMention],
    heads: &[usize],
) -> Vec<Option<Range<usize>>> {
    let (mut name, mut head) = (0, 0);
    let of_sentence = |sentence: &ByteSpan| {
        let (first_name, first_head) = (name, head);
        name += names[name..].iter().take_while(|found| found.span.start < sentence.end).count();
        head += heads[head..].iter().take_while(|at| **at < sentence.end).count();
        (name > first_name || head > first_head).then_some(first_name..name)
    };
    sentences.iter().map(of_sentence).collect()
}
