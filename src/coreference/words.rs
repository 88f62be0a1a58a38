//! The catalogue's words that lead from descriptions to names, indexed for look-up.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::catalogue::{CoreferenceWords, Cue, WordMap};

/// The index of a role in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct RoleId(pub u16);

/// The meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A cue.
    Cue(Cue),
    /// The noun for a player of a role.
    Noun(RoleId),
    /// A verb for the action of a player of a role.
    Verb(RoleId),
    /// The action that a player of a role is used for.
    Deed(RoleId),
}

/// The id of a word in the catalogue, or 0 for any other word.
pub(super) type WordId = u32;

/// What is to be known of a role besides its words.
#[derive(Debug)]
struct RoleTraits {
    id: String,
    /// Set when a study has several players of it at once.
    many: bool,
    /// Set when who is in it changes from place to place.
    local: bool,
}

/// Longest word, in bytes, that is looked up in any case at once.
const LONGEST_SMALL: usize = 16;

/// The phrases of a catalogue, indexed by their first word.
#[derive(Debug, Default)]
pub(super) struct Words {
    ids: HashMap<Box<str>, WordId, FixedState>,
    /// The same for words of plain small letters, which are most.
    small: WordMap,
    /// Set when a word has a capital, and so is told apart from the same word without it.
    has_capitals: bool,
    /// The phrases that each word begins, longest first.
    phrases: Vec<Vec<(Box<[WordId]>, Meaning)>>,
    roles: Vec<RoleTraits>,
}

impl Words {
    /// Indexes the words of a catalogue.
    pub fn new(words: &CoreferenceWords) -> Self {
        let mut all = Self { phrases: vec![Vec::new()], ..Self::default() };
        for cue in Cue::ALL {
            words.cue(*cue).iter().for_each(|text| all.add(text, Meaning::Cue(*cue)));
        }
        for (place, role) in words.roles.iter().enumerate() {
            let id = RoleId(u16::try_from(place).unwrap_or(u16::MAX));
            all.roles.push(RoleTraits { id: role.id.clone(), many: role.many, local: role.local });
            role.nouns.iter().for_each(|text| all.add(text, Meaning::Noun(id)));
            role.verbs.iter().for_each(|text| all.add(text, Meaning::Verb(id)));
            role.deeds.iter().for_each(|text| all.add(text, Meaning::Deed(id)));
        }
        for phrases in &mut all.phrases {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        all
    }

    /// Returns the id of a role, with spaces for its hyphens.
    pub fn role_name(&self, role: RoleId) -> String {
        self.roles.get(role.0 as usize).map_or_else(String::new, |role| role.id.replace('-', " "))
    }

    /// Returns whether a study has several players of a role at once.
    pub fn has_many(&self, role: RoleId) -> bool {
        self.roles.get(role.0 as usize).is_some_and(|role| role.many)
    }

    /// Returns whether who is in a role changes from place to place, so that one place tells nothing of another.
    pub fn is_local(&self, role: RoleId) -> bool {
        self.roles.get(role.0 as usize).is_some_and(|role| role.local)
    }

    /// Returns the id of a word of a text, whatever the case of its ASCII letters. A pronoun in two capitals is an
    /// abbreviation ("US") and has none.
    pub fn look_up(&self, word: &str) -> WordId {
        let id = self.in_any_case(word);
        if word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && self.is_pronoun(id) {
            return 0;
        }
        id
    }

    fn is_pronoun(&self, word: WordId) -> bool {
        let is_one =
            |meaning: Meaning| [Cue::We, Cue::It, Cue::They].iter().any(|cue| meaning == Meaning::Cue(*cue));
        self.begun_by(word).iter().any(|(words, meaning)| words.len() == 1 && is_one(*meaning))
    }

    fn in_any_case(&self, word: &str) -> WordId {
        if !self.has_capitals && word.len() <= LONGEST_SMALL && word.is_ascii() {
            return self.small.get_in_any_case(word).unwrap_or_default();
        }
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.ids.get(word.to_ascii_lowercase().as_str()).copied().unwrap_or_default();
        }
        0
    }

    /// Returns the phrases that a word begins, longest first.
    pub fn begun_by(&self, word: WordId) -> &[(Box<[WordId]>, Meaning)] {
        self.phrases.get(word as usize).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, text: &str, meaning: Meaning) {
        let mut ids = Vec::new();
        for word in pieces_of(text) {
            let next = self.phrases.len() as WordId;
            let id = *self.ids.entry(word.into()).or_insert(next);
            self.has_capitals |= word.bytes().any(|byte| byte.is_ascii_uppercase());
            if word.is_ascii() {
                self.small.get_or_insert(word, id);
            }
            if id == next {
                self.phrases.push(Vec::new());
            }
            ids.push(id);
        }
        if let Some(first) = ids.first() {
            self.phrases[*first as usize].push((ids.into(), meaning));
        }
    }
}

/// Iterates over the words and signs of a text; white space, hyphens, marks of emphasis and formulas are
/// skipped.
pub(super) fn pieces_of(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = next_piece(text, at)?;
        at = end;
        Some(&text[start..end])
    })
}

/// Finds the first word or sign of a text at or after a byte, as its start and end.
pub(super) fn next_piece(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        // Most pieces are words of plain letters, one space apart.
        match bytes.get(start)? {
            byte if byte.is_ascii_alphanumeric() => break,
            b' ' => {
                start += 1;
                continue;
            }
            _ => {}
        }
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        if let Some(formula) = formula_at(rest) {
            start += formula;
            continue;
        }
        if first.is_alphanumeric() {
            break;
        }
        if !(first.is_whitespace() || matches!(first, '-' | '*' | '`' | '$' | '{' | '}' | '~' | '_')) {
            let end = start + first.len_utf8();
            // A possessive is one sign.
            let possessive = matches!(first, '\'' | '’') && bytes.get(end) == Some(&b's');
            let is_whole = possessive && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
            return Some((start, end + usize::from(is_whole)));
        }
        start += first.len_utf8();
    }
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        end += match text.get(end..).and_then(|rest| rest.chars().next()) {
            // "GPT4.1", "e.g.": a stop goes on a word where a letter or a digit follows it
            Some('.') if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => 1,
            Some(letter) if letter.is_alphanumeric() => letter.len_utf8(),
            _ => return Some((start, end)),
        };
    }
}

/// Returns the length of a formula at the start of a text; a mere number between dollar signs is none, and neither is what
/// stands between two amounts of money.
fn formula_at(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('$')?;
    let end = inside.bytes().take(LONGEST_FORMULA).position(|byte| byte == b'$')?;
    let is_formula = inside.as_bytes()[..end].iter().any(|byte| b"\\=<>^_+".contains(byte));
    let is_amount = inside.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit);
    (is_formula && !is_amount).then_some(end + 2)
}

/// In bytes. Anything longer is no formula but text between two amounts of money.
const LONGEST_FORMULA: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_by_hyphens_and_keep_their_inner_stops() {
        let cut = |text| pieces_of(text).collect::<Vec<_>>();
        assert_eq!(
            cut("LLM-as-a-judge, GPT4.1 (v2)."),
            ["LLM", "as", "a", "judge", ",", "GPT4.1", "(", "v2", ")", "."]
        );
        assert_eq!(cut("e.g. Müller's 7B—é"), ["e.g", ".", "Müller", "'s", "7B", "—", "é"]);
        assert_eq!(cut("A $\\mu=0.5$, a $160$M"), ["A", ",", "a", "160", "M"]);
        assert_eq!(cut("$3), R+ ($5)"), ["3", ")", ",", "R", "+", "(", "5", ")"]);
        assert_eq!(cut(" - "), Vec::<&str>::new());
    }
}
