//! Locates a marked phrase in prose that may have been extracted differently since it was marked.

use byname::document::ByteSpan;
use memchr::memmem;

/// Least number of context letters (in bytes) that must agree; all of them if there are fewer.
const LEAST_CONTEXT: usize = 8;
/// Letters of the context (in bytes) between which a phrase is searched for if it was itself extracted
/// differently.
const ANCHOR: usize = 24;
/// Most letters (in bytes) by which a phrase may have grown.
const ROOM: usize = 40;

/// The letters and digits of a text in lower case, which white space, markup and signs do not affect.
#[derive(Debug)]
pub(super) struct Letters<'t> {
    text: &'t str,
    letters: String,
    /// For each byte of `letters`, the byte of the text at which its character begins.
    starts: Vec<usize>,
}

impl<'t> Letters<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let (mut letters, mut starts) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
            letters.extend(letter.to_lowercase());
            starts.resize(letters.len(), at);
        }
        Self { text, letters, starts }
    }

    /// Returns the place of a phrase with this context: where most of the context agrees, and of equal ones
    /// the first that begins and ends at word boundaries, or else the first. If the phrase itself is not
    /// there with enough context, returns what stands between the two contexts.
    pub(super) fn find(&self, phrase: &str, before: &str, after: &str) -> Option<ByteSpan> {
        let [phrase, before, after] = [phrase, before, after].map(|text| Letters::of(text).letters);
        if phrase.is_empty() {
            return None;
        }
        let mut best: Option<(usize, bool, ByteSpan)> = None;
        for (start, _) in self.letters.match_indices(&phrase) {
            let end = start + phrase.len();
            let same =
                same_at_end(&self.letters[..start], &before) + same_at_start(&self.letters[end..], &after);
            let span = self.span(start, end);
            let rank = (same, self.is_whole(span));
            if best.is_none_or(|(same, whole, _)| rank > (same, whole)) {
                best = Some((rank.0, rank.1, span));
            }
        }
        let least = LEAST_CONTEXT.min(before.len() + after.len());
        let found = best.filter(|(same, ..)| *same >= least).map(|(_, _, span)| span);
        found.or_else(|| self.between(&before, &after, phrase.len()))
    }

    /// Returns the text between two contexts if it is at most [`ROOM`] longer than the phrase.
    fn between(&self, before: &str, after: &str, length: usize) -> Option<ByteSpan> {
        // The cuts may fall into a character; the ends that matter do not.
        let before = &before.as_bytes()[before.len().saturating_sub(ANCHOR)..];
        let after = &after.as_bytes()[..after.len().min(ANCHOR)];
        if before.len() < LEAST_CONTEXT || after.len() < LEAST_CONTEXT {
            return None;
        }
        let letters = self.letters.as_bytes();
        memmem::find_iter(letters, before).find_map(|at| {
            let start = at + before.len();
            let near = &letters[start..letters.len().min(start + length + ROOM + after.len())];
            let room = memmem::find(near, after).filter(|room| *room > 0)?;
            Some(self.span(start, start + room))
        })
    }

    fn span(&self, start: usize, end: usize) -> ByteSpan {
        let of = |byte: usize| self.starts.get(byte).copied().unwrap_or(self.text.len());
        let last = of(end.saturating_sub(1));
        let width = self.text[last..].chars().next().map_or(0, char::len_utf8);
        ByteSpan::new(of(start), last + width)
    }

    /// Returns whether a span begins and ends at word boundaries.
    fn is_whole(&self, span: ByteSpan) -> bool {
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    }
}

fn same_at_end(one: &str, other: &str) -> usize {
    one.bytes().rev().zip(other.bytes().rev()).take_while(|(one, other)| one == other).count()
}

fn same_at_start(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "Notes were sorted by a model of\nsize $160$M, and\na model of ours checked\nÉmile's notes. \
                         Premodels of a model.";

    fn found(phrase: &str, before: &str, after: &str) -> Option<&'static str> {
        Letters::of(PROSE).find(phrase, before, after).map(|span| span.of(PROSE))
    }

    fn start(phrase: &str, before: &str, after: &str) -> Option<usize> {
        Letters::of(PROSE).find(phrase, before, after).map(|span| span.start)
    }

    #[test]
    fn the_context_tells_one_phrase_from_another_of_the_same_words() {
        assert_eq!(start("a model", "were sorted by ", " of size"), PROSE.find("a model"));
        assert_eq!(start("a model", "M and ", " of ours checked"), PROSE.find("a model of ours"));
        assert_eq!(start("a model", "Premodels of ", "."), PROSE.rfind("a model"));
    }

    #[test]
    fn white_space_and_markup_may_change() {
        assert_eq!(found("a model of size 160M", "sorted  by", "and a"), Some("a model of\nsize $160$M"));
        assert_eq!(found("Émile's  notes", "ours checked [Table 3]", "Premodels"), Some("Émile's notes"));
    }

    #[test]
    fn a_phrase_that_is_written_otherwise_now_stands_between_its_contexts() {
        let changed =
            found("a model of size (to wit: 160M)", "Notes were sorted by ", ", and a model of ours");
        assert_eq!(changed, Some("a model of\nsize $160$M"));
    }

    #[test]
    fn a_phrase_in_another_context_is_another_phrase() {
        assert_eq!(found("a model", "We know nothing of ", " that they used in the end"), None);
        assert_eq!(found("a parser", "Notes were sorted by ", ""), None);
        assert_eq!(found("...", "", ""), None);
    }
}
