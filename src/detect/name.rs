//! Look-up of systems' names in a text, regardless of their spelling: "GPT-4o", "gpt4o", "GPT 4o".

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::token::goes_on_word;
use crate::catalogue::SystemId;
use crate::document::ByteSpan;

/// A name to look for.
#[derive(Debug, Clone, Copy)]
pub struct KnownName<'a> {
    /// The name as the catalogue writes it.
    pub name: &'a str,
    /// The system with this name.
    pub system: SystemId,
    /// Set when the name is also an ordinary word, so that only its exact spelling counts.
    pub common_word: bool,
    /// Number of papers' uses of the system: among systems with one name, the most used comes first.
    pub uses: u32,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct NameMention {
    /// Its place in the text.
    pub span: ByteSpan,
    /// The systems with this name, most used first; empty for a name that only the paper has.
    pub systems: Vec<SystemId>,
    /// Set when the maker's name, which belongs to no longer name, stands right before it: "OpenAI GPT-4".
    pub after_maker: bool,
    /// Set when the name goes on to a version that is not in the catalogue; `systems` then have the name up
    /// to it.
    pub other_version: bool,
}

/// A piece of a name in lower case, and whether a space or hyphen stands before it.
type Piece = (Box<str>, bool);

#[derive(Debug, Clone)]
struct Entry {
    /// The pieces of the name. A name can have several entries, one for each text that it begins with.
    pieces: Arc<[Piece]>,
    systems: Vec<(SystemId, u32)>,
    /// The only spelling that counts, for a name that is an ordinary word.
    exact: Option<Box<str>>,
}

/// All names of the catalogue, indexed by the texts that they begin with.
#[derive(Debug, Default)]
pub struct NameBook {
    by_anchor: HashMap<Box<str>, Vec<Entry>, FixedState>,
}

/// Most digits behind the point of a version.
const LONGEST_PART: usize = 2;

/// Length, in bytes, up to which a first piece begins so many words that the second piece is looked for with
/// it.
const SHORT_PIECE: usize = 3;

impl NameBook {
    /// Indexes the names of a catalogue. `is_ordinary` selects words that are frequent in texts.
    pub fn new<'a>(names: impl Iterator<Item = KnownName<'a>>, is_ordinary: impl Fn(&str) -> bool) -> Self {
        let mut book = Self::default();
        for known in names {
            book.add(known, &is_ordinary);
        }
        for entries in book.by_anchor.values_mut() {
            entries.sort_by_key(|entry| {
                std::cmp::Reverse(entry.pieces.iter().map(|(piece, _)| piece.len()).sum::<usize>())
            });
            for entry in entries {
                entry.systems.sort_by_key(|(system, uses)| (std::cmp::Reverse(*uses), *system));
            }
        }
        book
    }

    fn add(&mut self, known: KnownName<'_>, is_ordinary: &impl Fn(&str) -> bool) {
        let pieces: Arc<[Piece]> = pieces(known.name).into();
        let exact = known.common_word.then(|| known.name.into());
        for anchor in anchors(&pieces, is_ordinary) {
            let entries = self.by_anchor.entry(anchor).or_default();
            match entries.iter_mut().find(|entry| entry.pieces == pieces && entry.exact == exact) {
                Some(entry) if entry.systems.iter().any(|(system, _)| *system == known.system) => {}
                Some(entry) => entry.systems.push((known.system, known.uses)),
                None => entries.push(Entry {
                    pieces: pieces.clone(),
                    systems: vec![(known.system, known.uses)],
                    exact: exact.clone(),
                }),
            }
        }
    }

    /// Iterates over the texts, in lower case, that names begin with and that are to be searched for.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.by_anchor.keys().map(AsRef::as_ref)
    }

    /// Iterates over first words of names written together that their anchors do not show: "LlamaGuard".
    pub fn joined_beginnings(&self) -> impl Iterator<Item = String> {
        self.by_anchor.values().flatten().filter_map(|entry| match &entry.pieces[..] {
            // One letter more would make many names an ordinary word: "Shap-E". "DeepSeek-V3" is none.
            [(first, _), (second, true), rest @ ..] => {
                let numbered =
                    rest.first().is_some_and(|(piece, _)| piece.starts_with(|c: char| c.is_ascii_digit()));
                (second.len() > 1 || numbered).then(|| format!("{first}{second}"))
            }
            _ => None,
        })
    }

    /// Returns the longest name that a text on its own begins with.
    pub(super) fn beginning_of(&self, text: &str) -> Option<NameMention> {
        let lower = text.to_ascii_lowercase();
        let anchors = (1..=lower.len()).filter_map(|end| lower.get(..end));
        anchors.filter_map(|anchor| self.name_at(text, 0, anchor)).max_by_key(|name| name.span.end)
    }

    /// Returns the longest name that begins at `start`, where `anchor` stands.
    pub fn name_at(&self, text: &str, start: usize, anchor: &str) -> Option<NameMention> {
        let entries = self.by_anchor.get(anchor)?;
        let is_written_so = |entry: &Entry, end: usize| {
            entry.exact.as_deref().is_none_or(|exact| text[start..end].starts_with(exact))
        };
        entries.iter().find_map(|entry| {
            let (end, other_version) = match entry.end_in(text, start)? {
                End::Here(end) => (end, false),
                End::NextVersion(end) => (end, true),
            };
            is_written_so(entry, end).then(|| NameMention {
                span: ByteSpan::new(start, end),
                systems: entry.systems.iter().map(|(system, _)| *system).collect(),
                after_maker: false,
                other_version,
            })
        })
    }
}

impl Entry {
    /// Returns the end of the name if it stands at `start` of the text.
    fn end_in(&self, text: &str, start: usize) -> Option<End> {
        let bytes = text.as_bytes();
        let mut at = start;
        for (index, (piece, apart)) in self.pieces.iter().enumerate() {
            if index > 0 {
                at += separator(bytes, at, *apart || may_be_spaced(piece, &bytes[start..at]));
            }
            let found = bytes.get(at..at + piece.len())?;
            if !found.eq_ignore_ascii_case(piece.as_bytes()) {
                return None;
            }
            at += piece.len();
        }
        // A plural s belongs to the name; any other letter or digit makes it another word.
        let rest = &bytes[at..];
        let goes_on =
            |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(goes_on_word);
        if rest.first() == Some(&b's') && !goes_on(at + 1) && has_plural(&text[start..at]) {
            at += 1;
        } else if goes_on(at) {
            return None;
        } else if rest.first() == Some(&b'.')
            && rest.get(1).is_some_and(u8::is_ascii_digit)
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
        {
            // "GPT-3" does not stand in "GPT-3.5"
            let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let end = at + 1 + digits;
            return (digits <= LONGEST_PART && !goes_on(end)).then_some(End::NextVersion(end));
        }
        text.is_char_boundary(at).then_some(End::Here(at))
    }
}

/// The end of a name in a text.
#[derive(Debug, Clone, Copy)]
enum End {
    /// The end of the name as it is known.
    Here(usize),
    /// The end of an unknown version of the named system: "Orvex 2.1" where "Orvex 2" is known.
    NextVersion(usize),
}

/// Separators between the first two pieces of a name. Dashes are used in place of hyphens.
const SIGNS: &[&str] = &[
    "", "-", " ", "_", "\u{a0}", "\u{2011}", "\u{2010}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}",
    "\u{2009}", "\u{202f}", "\u{3000}",
];

/// Returns whether a name has a plural with s: "GPTs" and "T5s". A word with at most a first capital becomes
/// another word with it, such as "Gatos".
fn has_plural(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit())
        || name.bytes().filter(u8::is_ascii_uppercase).nth(1).is_some()
        || name.contains([' ', '-'])
}

/// Returns the texts that a name can begin with: its first piece or, if that is short or an ordinary word,
/// its first two with each possible separator.
fn anchors(pieces: &[Piece], is_ordinary: impl Fn(&str) -> bool) -> Vec<Box<str>> {
    match pieces {
        [] => Vec::new(),
        [(first, _), (second, apart), ..] if first.len() <= SHORT_PIECE || is_ordinary(first) => {
            let signs = match *apart {
                true if first.len() <= SHORT_PIECE => SIGNS,
                true => &SIGNS[..6],
                false => &SIGNS[..2],
            };
            signs.iter().map(|sign| format!("{first}{sign}{second}").into()).collect()
        }
        [(first, _), ..] => vec![first.clone()],
    }
}

/// Returns whether a space may stand before a piece that the name joins to the one before: "Qwen 2.5". It may
/// only before a number behind a word with a capital.
fn may_be_spaced(piece: &str, before: &[u8]) -> bool {
    piece.starts_with(|c: char| c.is_ascii_digit())
        && before.first().is_some_and(u8::is_ascii_uppercase)
        && before.len() > SHORT_PIECE
        && before.iter().all(u8::is_ascii_alphabetic)
}

/// Returns the length, in bytes, of the separator of two pieces of a name at `at`.
fn separator(bytes: &[u8], at: usize, apart: bool) -> usize {
    let rest = &bytes[at.min(bytes.len())..];
    match rest.first() {
        Some(b'-' | b'_') => 1,
        Some(b' ' | b'~' | b'\n') if apart => 1,
        Some(0xC2) if apart && rest.get(1) == Some(&0xA0) => 2, // a no-break space
        Some(0xE2) if apart && matches!(rest.get(1..3), Some([0x80, 0x89 | 0xAF])) => 3, // narrow spaces
        Some(0xE3) if apart && rest.get(1..3) == Some(&[0x80, 0x80]) => 3, // a wide space
        Some(0xE2) if rest.get(1) == Some(&0x80) && matches!(rest.get(2), Some(0x90..=0x94)) => 3, // hyphens and dashes
        Some(0xE2) if rest.get(1) == Some(&0x88) && rest.get(2) == Some(&0x92) => 3, // a minus sign
        _ => 0,
    }
}

/// Cuts a name into runs of letters, runs of digits and signs, in lower case.
fn pieces(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut apart = false;
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let piece = &rest[..length];
        if matches!(piece, " " | "-" | "_") {
            apart = true;
        } else {
            pieces.push((piece.to_lowercase().into(), apart));
            apart = false;
        }
        rest = &rest[length..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn book(names: &[(&str, bool)]) -> NameBook {
        NameBook::new(
            names.iter().enumerate().map(|(index, (name, common_word))| KnownName {
                name,
                system: SystemId(index as u32),
                common_word: *common_word,
                uses: index as u32,
            }),
            |word| word == "llama",
        )
    }

    fn found(book: &NameBook, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        let mut found: Vec<ByteSpan> = book
            .anchors()
            .filter(|anchor| lower.starts_with(anchor))
            .filter_map(|anchor| book.name_at(text, 0, anchor))
            .map(|name| name.span)
            .collect();
        found.sort();
        found.last().map(|span| span.of(text).to_string())
    }

    #[test]
    fn every_spelling_of_a_name_is_the_name() {
        let book = book(&[("GPT-4", false), ("GPT-4o", false), ("Llama 3.1", false)]);
        for text in ["GPT-4 x", "gpt4", "GPT 4,", "GPT_4", "GPT\u{2011}4", "GPT\u{a0}4", "GPT\u{202f}4"] {
            assert!(found(&book, text).is_some(), "{text}");
        }
        assert_eq!(found(&book, "GPT4o is").as_deref(), Some("GPT4o"));
        assert_eq!(found(&book, "llama-3.1 70B").as_deref(), Some("llama-3.1"));
    }

    #[test]
    fn any_dash_is_a_hyphen_to_a_name() {
        let book = book(&[("GPT-4", false), ("Claude 3", false)]);
        for dash in ["\u{2010}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"] {
            for name in [format!("GPT{dash}4"), format!("Claude{dash}3")] {
                assert_eq!(found(&book, &format!("{name} x")), Some(name));
            }
        }
    }

    #[test]
    fn letters_without_case_and_raised_marks_end_a_name() {
        let book = book(&[("GPT-4", false)]);
        for after in ["\u{548c}", "\u{306f}", "\u{b97c}", "\u{2074}", "\u{b3}", "\u{ff0c}"] {
            assert_eq!(found(&book, &format!("GPT-4{after}")).as_deref(), Some("GPT-4"), "{after}");
        }
    }

    #[test]
    fn a_space_may_stand_before_the_number_of_a_name() {
        let book = book(&[("Qwen", false), ("Qwen2.5", false)]);
        assert_eq!(found(&book, "Qwen 2.5 7B").as_deref(), Some("Qwen 2.5"));
        assert_eq!(found(&book, "qwen 2.5").as_deref(), Some("qwen"), "no name is written so");
    }

    #[test]
    fn a_longer_word_or_version_is_another_name() {
        let book = book(&[("GPT-3", false), ("Bard", true)]);
        let next = book.name_at("GPT-3.5 Pro", 0, "gpt-3").unwrap();
        assert_eq!((next.span.end, next.other_version), ("GPT-3.5".len(), true));
        assert!(!book.name_at("GPT-3.", 0, "gpt-3").unwrap().other_version);
        assert_eq!(found(&book, "GPT-3.512"), None);
        assert_eq!(found(&book, "GPT-35"), None);
        assert_eq!(found(&book, "GPT-3. It").as_deref(), Some("GPT-3"));
    }

    #[test]
    fn a_quote_a_dash_or_an_ellipsis_ends_a_name_and_a_letter_does_not() {
        let book = book(&[("GPT-4", false)]);
        for text in ["GPT-4\u{201d}", "GPT-4\u{2014}x", "GPT-4\u{2026}", "GPT-4\u{fffd}", "GPT-4s\u{2019}"] {
            assert!(found(&book, text).is_some(), "{text}");
        }
        assert_eq!(found(&book, "GPT-4é"), None);
        assert_eq!(found(&book, "GPT-4Ω"), None);
    }

    #[test]
    fn only_what_is_no_capitalised_word_has_a_plural() {
        let book = book(&[("Gato", false), ("ViT", false), ("T5", false)]);
        assert_eq!(found(&book, "Gatos"), None);
        assert_eq!(found(&book, "ViTs").as_deref(), Some("ViTs"));
        assert_eq!(found(&book, "T5s").as_deref(), Some("T5s"));
    }

    #[test]
    fn an_ordinary_word_counts_in_its_exact_spelling_only() {
        let book = book(&[("MUM", true)]);
        assert!(found(&book, "MUM").is_some());
        assert!(found(&book, "Mum").is_none());
    }

    #[test]
    fn among_systems_of_one_name_the_most_used_comes_first() {
        let book = book(&[("CLIP", false), ("Clip", false)]);
        assert_eq!(book.name_at("CLIP", 0, "clip").unwrap().systems, [SystemId(1), SystemId(0)]);
    }

    proptest! {
        #[test]
        fn a_found_name_lies_on_character_bounds(text in "(gpt|GPT)[- 4os.é\u{2011}]{0,8}\\PC{0,4}") {
            let book = book(&[("GPT-4", false), ("GPT-4o", false), ("GPTé", false)]);
            if let Some(name) = found(&book, &text) {
                prop_assert!(!name.is_empty());
            }
        }
    }
}
