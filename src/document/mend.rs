//! Normalisation of the characters of a prose, so that words can be matched: invisible characters are
//! removed, ligatures and fullwidth letters become plain letters, and words hyphenated at line ends are
//! joined. The map still leads to the original text in the source.

use unicode_normalization::UnicodeNormalization;

use super::hyphens::{Hyphen, WholeWords};
use super::{ByteSpan, Document, SectionKind};

/// A run of the prose and its replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    span: ByteSpan,
    text: String,
}

/// Normalises the prose of a finished document.
pub(super) fn mend_letters(document: &mut Document) {
    let mut edits = letters(&document.prose);
    if memchr::memmem::find(document.prose.as_bytes(), b"-\n").is_some()
        || document.prose.contains("\u{2010}\n")
    {
        line_ends(document, &mut edits);
    }
    if !edits.is_empty() {
        edits.sort_by_key(|edit| edit.span.start);
        edits.dedup_by(|later, earlier| later.span.start < earlier.span.end);
        apply(document, &edits);
    }
}

/// Returns whether a character is invisible: a soft hyphen, a zero-width joiner or mark, a control
/// character.
pub(super) fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{34F}' | '\u{180E}')
        || letter.is_control() && !letter.is_whitespace()
}

/// Returns the edits of single characters.
fn letters(prose: &str) -> Vec<Edit> {
    let bytes = prose.as_bytes();
    // First bytes of what may have to be mended.
    let may_be = |byte: &u8| match byte {
        0x20..=0x7E | b'\t' | b'\n' | b'\r' | 0x0C | 0x0B => false,
        0xC2 | 0xCD | 0xE1 | 0xE2 | 0xEF => true,
        0x80.. => false,
        _ => true,
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let plain = rest.chunks(CHUNK).take_while(|chunk| is_plain(chunk)).count() * CHUNK;
        let Some(found) = rest.get(plain..).and_then(|rest| rest.iter().position(may_be)) else {
            return edits;
        };
        at += plain + found;
        let Some(letter) = prose.get(at..).and_then(|rest| rest.chars().next()) else {
            at += 1;
            continue;
        };
        let span = ByteSpan::new(at, at + letter.len_utf8());
        at = span.end;
        let text: String = match letter {
            letter if is_unseen(letter) => {
                // A soft hyphen at the end of a line parts a word there.
                let line_end = prose[span.end..].strip_prefix('\n').filter(|_| letter == '\u{AD}');
                let blanks = line_end.map_or(0, |rest| 1 + rest.len() - rest.trim_start_matches(' ').len());
                edits.push(Edit { span: ByteSpan::new(span.start, span.end + blanks), text: String::new() });
                at += blanks;
                continue;
            }
            '\u{FB00}'..='\u{FB06}' => std::iter::once(letter).nfkc().collect(),
            // Wide letters, figures and brackets; wide punctuation ends sentences of other scripts.
            '\u{FF08}'
            | '\u{FF09}'
            | '\u{FF10}'..='\u{FF19}'
            | '\u{FF21}'..='\u{FF3A}'
            | '\u{FF41}'..='\u{FF5A}'
            | '\u{FF0D}' => std::iter::once(letter).nfkc().collect(),
            _ => continue,
        };
        edits.push(Edit { span, text });
    }
}

/// Number of bytes that are looked at together: most texts have nothing to be mended.
const CHUNK: usize = 64;

/// Returns whether bytes are printable ASCII or white space. All of them are asked, which is done for many at a time.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & matches!(byte, 0x20..=0x7E | 0x09..=0x0D))
}

/// Adds the edits that join words hyphenated at line ends.
fn line_ends(document: &Document, edits: &mut Vec<Edit>) {
    let prose = &document.prose;
    let words = WholeWords::of(prose.lines());
    let is_apart = |kind| matches!(kind, SectionKind::Verbatim | SectionKind::Table);
    let mut apart: Vec<ByteSpan> =
        document.sections.iter().filter(|part| is_apart(part.kind)).map(|part| part.span).collect();
    apart.sort_unstable_by_key(|span| span.start);
    let (mut apart, mut apart_to) = (apart.into_iter().peekable(), 0);
    for at in memchr::memchr_iter(b'\n', prose.as_bytes()) {
        while let Some(span) = apart.next_if(|span| span.start <= at) {
            apart_to = span.end.max(apart_to);
        }
        let before = &prose[..at];
        let hyphen = if before.ends_with('-') {
            1
        } else if before.ends_with('\u{2010}') {
            3
        } else {
            continue;
        };
        let after = prose[at + 1..].trim_start_matches(' ');
        let next = prose.len() - after.len();
        // The words of the line, with what it may have lost of them above.
        let line = before.rfind('\n').map_or(0, |start| start + 1);
        match words.join(&before[line..], after).filter(|_| at >= apart_to) {
            Some(Hyphen::Goes) => {
                edits.push(Edit { span: ByteSpan::new(at - hyphen, next), text: String::new() })
            }
            Some(Hyphen::Stays) => edits.push(Edit { span: ByteSpan::new(at, next), text: String::new() }),
            None => {}
        }
    }
}

/// Rewrites the prose and adjusts everything that refers to offsets in it.
fn apply(document: &mut Document, edits: &[Edit]) {
    let old = std::mem::take(&mut document.prose);
    let mut prose = String::with_capacity(old.len());
    let mut done = 0;
    for edit in edits {
        prose.push_str(&old[done..edit.span.start]);
        prose.push_str(&edit.text);
        done = edit.span.end;
    }
    prose.push_str(&old[done..]);
    let lengths: Vec<(ByteSpan, usize)> = edits.iter().map(|edit| (edit.span, edit.text.len())).collect();
    document.source_map = document.source_map.edited(old.len(), &lengths);
    // Where each edit ends, and how much longer or shorter the prose has become by then.
    let mut ends = Vec::with_capacity(edits.len());
    let mut shift = 0isize;
    for (span, length) in &lengths {
        shift += length.cast_signed() - span.len().cast_signed();
        ends.push((*span, shift));
    }
    let moved = |at: usize| {
        let index = ends.partition_point(|(span, _)| span.start < at);
        let Some((span, shift)) = index.checked_sub(1).and_then(|index| ends.get(index)) else { return at };
        at.max(span.end).saturating_add_signed(*shift)
    };
    let move_span = |span: &mut ByteSpan| *span = ByteSpan::new(moved(span.start), moved(span.end));
    document.pages.iter_mut().for_each(|page| *page = moved(*page));
    document.sections.iter_mut().for_each(|section| move_span(&mut section.span));
    document.expansions.iter_mut().for_each(move_span);
    document.citations.iter_mut().for_each(|citation| move_span(&mut citation.span));
    for footnote in &mut document.footnotes {
        footnote.mark = moved(footnote.mark);
        move_span(&mut footnote.text);
    }
    document.prose = prose;
    if !document.source.has_text() {
        document.source = std::mem::take(&mut document.source).with_text(old);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read_markdown, read_plain};
    use super::*;

    #[test]
    fn words_are_put_together_and_lead_back() {
        let source = "A lan\u{AD}guage mo\u{200B}del, \u{FB01}ne-tuned \u{FF2C}arge; pro\u{1}prietary lan\u{2010}\nguage commer-\ncial \
                      closed-\nsource GPT-\n4 soft\u{AD}\nware";
        for document in [read_plain("a.txt", source.into()), read_markdown("a.md", source.into())] {
            assert_eq!(
                document.prose,
                "A language model, fine-tuned Large; proprietary language commercial closed-source GPT-4 software"
            );
            let at = |words: &str| {
                let start = document.prose.find(words).unwrap();
                document.source_map.to_source(ByteSpan::new(start, start + words.len())).of(source)
            };
            assert_eq!(at("model"), "mo\u{200B}del");
            assert_eq!(at("fine"), "\u{FB01}ne");
            assert_eq!(at("commercial"), "commer-\ncial");
            assert_eq!(at("GPT-4"), "GPT-\n4");
            assert_eq!(document.source_text(), source);
        }
    }

    #[test]
    fn wide_brackets_are_brackets() {
        let document = read_plain("a.txt", "a secret bot\u{FF08}GPT-4\u{FF09}ran".into());
        assert_eq!(document.prose, "a secret bot(GPT-4)ran");
    }

    #[test]
    fn what_is_in_order_stays_as_it_is() {
        let source = "Ein Märchen – “so” 漢字\tand\n\na well-known - one 1.\n";
        let document = read_plain("a.txt", source.into());
        assert_eq!((document.prose.as_str(), document.source_text()), (source, source));
    }

    proptest::proptest! {
        #[test]
        fn every_run_that_is_kept_leads_to_itself(
            source in "([a-z]{1,4}|-\n|\n\n| |\u{AD}|\u{200B}|\u{FB01}|\u{1}|\u{2010}\n|é|# |`x`){0,40}"
        ) {
            for document in [read_plain("a.txt", source.clone().into()), read_markdown("a.md", source.clone().into())] {
                for (prose, place) in document.source_map.literal_runs() {
                    proptest::prop_assert_eq!(prose.of(&document.prose), place.of(&source));
                }
                for section in &document.sections {
                    proptest::prop_assert!(document.prose.get(section.span.start..section.span.end).is_some());
                }
            }
        }
    }
}
