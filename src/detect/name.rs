//! Look-up of systems' names in a text, regardless of their spelling: "GPT-4o", "gpt4o", "GPT 4o".

use std::ops::Range;

use super::token::goes_on_word;
pub use crate::catalogue::KnownName;
use crate::catalogue::{EntityType, NameMap, SystemId};
use crate::document::ByteSpan;

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
    /// The type of what it names, where the text tells it without a system.
    pub entity_type: Option<EntityType>,
}

/// A piece of a name: where the letters of all names have it, in lower case, and whether a space or hyphen stands
/// before it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: u32,
    end: u32,
    apart: bool,
}

#[derive(Debug)]
struct NameEntry {
    /// The pieces of the name, among those of all names.
    pieces: Range<usize>,
    systems: Vec<(SystemId, u32)>,
    /// The only spelling that counts, for a name that is an ordinary word.
    exact: Option<Box<str>>,
}

/// Names that texts with the same first letters lead to.
///
/// The parts of all names stand in a few long lists, since a list for each name would take most of the time in which
/// this is built.
#[derive(Debug, Default)]
pub(super) struct NameBook {
    letters: String,
    pieces: Vec<Piece>,
    entries: Vec<NameEntry>,
    /// The indices of entries, for each text the longest first. A name can have several texts that it begins with.
    ordered: Vec<u32>,
}

/// The names that begin with one text, as a part of [`NameBook::ordered`].
#[derive(Debug, Clone, Copy)]
pub struct BegunNames {
    first: u32,
    end: u32,
}

/// Most digits behind the point of a version.
const LONGEST_PART: usize = 2;

/// Length, in bytes, up to which a first piece begins so many words that the second piece is looked for with
/// it.
const SHORT_PIECE: usize = 3;

impl NameBook {
    /// Indexes names, each with whether its first word is frequent in texts. Also returns the anchors: the texts, in
    /// lower case, that names begin with and that are to be searched for, with what leads to these names.
    pub fn new<'a>(
        names: impl Iterator<Item = (KnownName<'a>, bool)>,
    ) -> (Self, Vec<(Box<str>, BegunNames)>) {
        let mut book = Self::default();
        // For each text that names begin with, the entries in the order of the names.
        let mut of_anchor: Vec<Vec<u32>> = Vec::new();
        let (mut places, mut known_names) = (NameMap::<usize>::default(), NameMap::<usize>::default());
        let (mut key, mut anchor) = (String::new(), String::new());
        for (known, begins_ordinary) in names {
            let entry = book.read(known);
            book.write_key(&entry, &mut key);
            if let Some(same) = known_names.get(key.as_str()) {
                book.pieces.truncate(entry.pieces.start);
                let systems = &mut book.entries[*same].systems;
                if systems.iter().all(|(other, _)| *other != known.system) {
                    systems.push((known.system, known.uses));
                }
                continue;
            }
            let beginning = {
                let mut pieces = book.pieces_of(&entry);
                (pieces.next(), pieces.next())
            };
            let (Some((first, _)), second) = beginning else { continue };
            let signs = separators(first, second, begins_ordinary);
            let second = second.filter(|_| !signs.is_empty()).map_or("", |(second, _)| second);
            for sign in if signs.is_empty() { &[""] } else { signs } {
                anchor.clear();
                [first, sign, second].iter().for_each(|part| anchor.push_str(part));
                let place = places.get(anchor.as_str()).copied().unwrap_or_else(|| {
                    places.insert(anchor.as_str().into(), of_anchor.len());
                    of_anchor.push(Vec::with_capacity(1));
                    of_anchor.len() - 1
                });
                of_anchor[place].push(book.entries.len() as u32); // far fewer than 2^32 names
            }
            known_names.insert(key.as_str().into(), book.entries.len());
            book.entries.push(entry);
        }
        for entry in &mut book.entries {
            entry.systems.sort_by_key(|(system, uses)| (std::cmp::Reverse(*uses), *system));
        }
        let lengths: Vec<u32> = book.entries.iter().map(|entry| book.length(entry)).collect();
        let mut anchors = Vec::with_capacity(places.len());
        for (anchor, place) in places {
            let first = book.ordered.len();
            book.ordered.extend_from_slice(&of_anchor[place]);
            book.ordered[first..].sort_by_key(|entry| std::cmp::Reverse(lengths[*entry as usize]));
            anchors.push((anchor, BegunNames { first: first as u32, end: book.ordered.len() as u32 }));
        }
        (book, anchors)
    }

    /// Cuts a name into runs of letters, runs of digits and signs, in lower case.
    fn read(&mut self, known: KnownName<'_>) -> NameEntry {
        let first = self.pieces.len();
        for (piece, apart) in pieces(known.name) {
            let start = self.letters.len() as u32; // all names are far shorter than 2^32
            push_lower(piece, &mut self.letters);
            self.pieces.push(Piece { start, end: self.letters.len() as u32, apart });
        }
        NameEntry {
            pieces: first..self.pieces.len(),
            systems: vec![(known.system, known.uses)],
            exact: known.common_word.then(|| known.name.into()),
        }
    }

    fn text_of(&self, piece: Piece) -> &str {
        &self.letters[piece.start as usize..piece.end as usize]
    }

    /// Returns the pieces of a name, and whether a space or hyphen stands before each.
    fn pieces_of(&self, entry: &NameEntry) -> impl ExactSizeIterator<Item = (&str, bool)> {
        self.pieces[entry.pieces.clone()].iter().map(|piece| (self.text_of(*piece), piece.apart))
    }

    /// Writes a text that names have in common if they are one name: pieces and signs between them that no piece
    /// goes on with, and the only spelling that counts.
    fn write_key(&self, entry: &NameEntry, key: &mut String) {
        key.clear();
        for (piece, apart) in self.pieces_of(entry) {
            key.push(if apart { '\u{1}' } else { '\0' });
            key.push_str(piece);
        }
        if let Some(exact) = &entry.exact {
            key.push('\u{2}');
            key.push_str(exact);
        }
    }

    /// Returns the length of a name without spaces and hyphens, in bytes.
    fn length(&self, entry: &NameEntry) -> u32 {
        self.pieces[entry.pieces.clone()].iter().map(|piece| piece.end - piece.start).sum()
    }

    /// Returns `false` if the first byte of a name's second piece is not where it should be: names begin alike, and most
    /// of them are told apart by it.
    fn may_stand(&self, entry: &NameEntry, text: &str, start: usize) -> bool {
        let [first, second, ..] = &self.pieces[entry.pieces.clone()] else { return true };
        let (bytes, at) = (text.as_bytes(), start + (first.end - first.start) as usize);
        let Some(wanted) = self.letters.as_bytes().get(second.start as usize) else { return true };
        let stands = |at: usize| bytes.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(wanted));
        // Whether a space may part the two depends on what stands before.
        stands(at) || stands(at + separator(bytes, at, true))
    }

    /// Returns the longest name of `begun` that stands at `start`.
    pub fn name_at(&self, text: &str, start: usize, begun: BegunNames) -> Option<NameMention> {
        let entries = self.ordered.get(begun.first as usize..begun.end as usize)?;
        let is_written_so = |entry: &NameEntry, end: usize| {
            entry.exact.as_deref().is_none_or(|exact| {
                // Inside of a sentence, a name of several words may begin with a small letter: "the Stack".
                let skipped = exact.chars().next().filter(|_| exact.contains(' ')).map_or(0, char::len_utf8);
                text.get(start + skipped..end).is_some_and(|text| text.starts_with(&exact[skipped..]))
            })
        };
        entries.iter().find_map(|entry| {
            let entry =
                self.entries.get(*entry as usize).filter(|entry| self.may_stand(entry, text, start))?;
            let (end, other_version) = match end_in(text, start, self.pieces_of(entry))? {
                End::Here(end) => (end, false),
                End::NextVersion(end) => (end, true),
            };
            is_written_so(entry, end).then(|| NameMention {
                entity_type: None,
                span: ByteSpan::new(start, end),
                systems: entry.systems.iter().map(|(system, _)| *system).collect(),
                after_maker: false,
                other_version,
            })
        })
    }
}

/// Iterates over the runs of letters, runs of digits and signs of a name, each with whether a space or hyphen stands
/// before it.
pub(super) fn pieces(name: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let mut apart = false;
        loop {
            let begins = rest.chars().next()?;
            let length = if begins.is_ascii_digit() {
                rest.bytes().take_while(u8::is_ascii_digit).count()
            } else if begins.is_alphabetic() {
                rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
            } else {
                begins.len_utf8()
            };
            let (piece, behind) = rest.split_at(length);
            rest = behind;
            match piece {
                " " | "-" | "_" => apart = true,
                _ => return Some((piece, apart)),
            }
        }
    })
}

/// Adds a piece in lower case.
pub(super) fn push_lower(piece: &str, to: &mut String) {
    if piece.is_ascii() {
        let start = to.len();
        to.push_str(piece);
        to[start..].make_ascii_lowercase();
    } else {
        to.push_str(&piece.to_lowercase());
    }
}

/// Returns the end of a name of these pieces if it stands at `start` of the text.
fn end_in<'p>(text: &str, start: usize, pieces: impl Iterator<Item = (&'p str, bool)>) -> Option<End> {
    let bytes = text.as_bytes();
    let mut at = start;
    for (index, (piece, apart)) in pieces.enumerate() {
        if index > 0 {
            at += separator(bytes, at, apart || may_be_spaced(piece, &bytes[start..at]));
        }
        at = match bytes.get(at..at + piece.len()) {
            Some(found) if found.eq_ignore_ascii_case(piece.as_bytes()) => at + piece.len(),
            _ if index > 0 => end_of_parted(bytes, at, piece.as_bytes())?,
            _ => return None,
        };
    }
    // A plural s belongs to the name; any other letter or digit makes it another word.
    let rest = &bytes[at..];
    let goes_on = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(goes_on_word);
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

/// Returns the end of a piece that a space or a hyphen parts before a capital: "Daily Mail" for "DailyMail".
fn end_of_parted(bytes: &[u8], start: usize, piece: &[u8]) -> Option<usize> {
    let there = bytes.get(start..)?;
    let length =
        there.iter().zip(piece).take_while(|(byte, wanted)| byte.eq_ignore_ascii_case(wanted)).count();
    let (sign, rest) = there.get(length..)?.split_first()?;
    let is_parted =
        length > 1 && matches!(sign, b' ' | b'-') && rest.first().is_some_and(u8::is_ascii_uppercase);
    let behind = piece.get(length..).filter(|behind| is_parted && !behind.is_empty())?;
    rest.get(..behind.len())?.eq_ignore_ascii_case(behind).then_some(start + length + 1 + behind.len())
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
    "", "-", " ", "_", "\u{a0}", "\u{2011}", "\n", "\u{2010}", "\u{2012}", "\u{2013}", "\u{2014}",
    "\u{2212}", "\u{2009}", "\u{202f}", "\u{3000}",
];

/// Returns whether a name has a plural with s: "GPTs" and "T5s". A word with at most a first capital becomes
/// another word with it, such as "Gatos".
fn has_plural(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit())
        || name.bytes().filter(u8::is_ascii_uppercase).nth(1).is_some()
        || name.contains([' ', '-'])
}

/// Returns the separators with which the second piece of a name is looked for together with its first, which is short
/// or an ordinary word; none if it is looked for by its first piece alone.
fn separators(first: &str, second: Option<(&str, bool)>, begins_ordinary: bool) -> &'static [&'static str] {
    match second {
        Some((_, apart)) if first.len() <= SHORT_PIECE || begins_ordinary => match apart {
            true if first.len() <= SHORT_PIECE => SIGNS,
            true => &SIGNS[..7],
            false => &SIGNS[..2],
        },
        _ => &[],
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
