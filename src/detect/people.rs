//! Persons, places and houses that are called like systems: "Claude Dubois", "Phoenix, Arizona", "Alpaca Farms
//! Inc."

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::joint::{BLANKS, before_joint, behind_joint};
use super::name::NameMention;
use super::naming::is_year;
use super::vocabulary::Vocabulary;
use crate::catalogue::{ClassSet, GrammarClasses, Lexicon};
use crate::document::{ByteSpan, ceil_to_character};

/// Most initials between a first name and a surname.
const MOST_INITIALS: usize = 2;
/// Most capitalised words between a name and the word that makes it one of a house.
const LONGEST_HOUSE: usize = 3;
/// Bytes before a name in which somebody may be thanked.
const THANKS: usize = 200;
/// Most places of a list before the state or country that they lie in.
const MOST_PLACES: usize = 6;

/// The word classes that identify persons, places and houses.
#[derive(Debug)]
pub(super) struct PeopleWords {
    given_name: ClassSet,
    title: ClassSet,
    thanks: ClassSet,
    place: ClassSet,
    house: ClassSet,
    listed: ClassSet,
    conjunction: ClassSet,
}

/// The names of the catalogue that a paper gives to persons alone.
#[derive(Debug, Default)]
pub(super) struct People {
    only_persons: HashSet<Box<str>, FixedState>,
    systems: HashSet<Box<str>, FixedState>,
}

/// What the words around a name tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Person,
    /// A word that may be a surname follows.
    Perhaps,
    Nothing,
}

impl PeopleWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        Self {
            given_name: classes.given_name,
            title: classes.person_title,
            thanks: classes.thanks,
            place: classes.place_name,
            house: classes.house_noun,
            conjunction: classes.conjunction,
            listed: lexicon.listed().without(classes.apart()),
        }
    }

    /// Finds the names that stand for persons wherever the paper has them.
    pub(super) fn of_paper(&self, prose: &str, names: &[NameMention], words: &Vocabulary) -> People {
        let mut people = People::default();
        for name in names.iter().filter(|name| is_capitalised(name.span.of(prose))) {
            let text = name.span.of(prose);
            let is_given = words.is_in(text, self.given_name);
            if is_given && self.sign(prose, name.span, words) != Sign::Nothing {
                people.only_persons.insert(text.into());
            } else if !people.systems.contains(text) {
                people.systems.insert(text.into());
            }
        }
        people.only_persons.retain(|name| !people.systems.contains(name));
        people
    }

    /// Returns whether a name stands for a person, a place or a house at this place.
    pub(super) fn is_other(&self, prose: &str, span: ByteSpan, people: &People, words: &Vocabulary) -> bool {
        let text = span.of(prose);
        if !is_capitalised(text) {
            return false;
        }
        let (before, after) = (&prose[..span.start], &prose[span.end..]);
        self.is_house(after, words)
            || self.is_place(after, words)
            || people.only_persons.contains(text)
            || match self.sign(prose, span, words) {
                Sign::Person => true,
                Sign::Perhaps => {
                    self.is_thanked(before, words) || self.is_among_persons(after, people, words)
                }
                Sign::Nothing => false,
            }
    }

    fn sign(&self, prose: &str, span: ByteSpan, words: &Vocabulary) -> Sign {
        let (before, after) = (&prose[..span.start], &prose[span.end..]);
        let title = before.trim_end_matches([' ', '.', '~', '\u{a0}']);
        if title.len() < before.len() && words.is_in(last_word(title), self.title) {
            return Sign::Person;
        }
        if words.is_in(span.of(prose), self.given_name) && self.is_cited(before, after, words) {
            return Sign::Person;
        }
        let Some(Surname { text: surname, has_initial, .. }) = surname(after) else { return Sign::Nothing };
        let is_known = words.is_in(surname, self.listed);
        let double = before.strip_suffix('-').is_some_and(|before| is_capitalised(last_word(before)));
        match () {
            () if is_known => Sign::Nothing,
            () if has_initial || double => Sign::Person,
            () => Sign::Perhaps,
        }
    }

    /// Returns whether a name is that of an author in a bracket: "(Yi, 2020)", "(Yi and Kim, 2020; Miro & Yi, 2021)".
    fn is_cited(&self, before: &str, after: &str, words: &Vocabulary) -> bool {
        let opens = |before: &str| before.trim_end_matches(BLANKS).ends_with(['(', ';']);
        let has_year = |after: &str| {
            let year = after.strip_prefix(", ").unwrap_or_default();
            is_year(&year[..year.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(year.len())])
        };
        let is_before_another = |next: &str| {
            let (other, rest) = split_word(next);
            is_capitalised(other) && has_year(rest)
        };
        let is_behind_another = |last: &str| {
            let other = last_word(last);
            is_capitalised(other) && last.strip_suffix(other).is_some_and(opens)
        };
        if opens(before) {
            return has_year(after)
                || behind_joint(after, words, self.conjunction).is_some_and(is_before_another);
        }
        has_year(after) && before_joint(before, words, self.conjunction).is_some_and(is_behind_another)
    }

    /// Returns whether somebody is thanked before the name, in the same sentence.
    fn is_thanked(&self, before: &str, words: &Vocabulary) -> bool {
        let start = ceil_to_character(before, before.len().saturating_sub(THANKS));
        let near = &before[start..];
        let near = &near[near.rfind(". ").map_or(0, |end| end + 2)..];
        near.split(|c: char| !c.is_alphabetic()).any(|word| words.is_in(word, self.thanks))
    }

    /// Returns whether a list goes on with another person behind the surname.
    fn is_among_persons(&self, after: &str, people: &People, words: &Vocabulary) -> bool {
        let Some(Surname { behind, .. }) = surname(after) else { return false };
        let Some(next) = behind_joint(behind, words, self.conjunction) else { return false };
        let (first, rest) = split_word(next);
        let is_name = is_capitalised(first)
            && (people.only_persons.contains(first) || !people.systems.contains(first))
            && (words.is_in(first, self.given_name) || !words.is_in(first, self.listed));
        is_name && surname(rest).is_some_and(|surname| !words.is_in(surname.text, self.listed))
    }

    /// Returns whether a list of places ends with a state or a country: "Phoenix and Aurora, Colorado".
    fn is_place(&self, after: &str, words: &Vocabulary) -> bool {
        let mut rest = after;
        for _ in 0..MOST_PLACES {
            let Some(next) = behind_joint(rest, words, self.conjunction) else { return false };
            let is_comma = rest.starts_with(',');
            let (word, behind) = split_word(next);
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            if is_comma && words.is_in(word, self.place) {
                return true;
            }
            rest = behind;
        }
        false
    }

    /// Returns whether the capitalised words that follow end in that of a house or a street: "Farms Inc."
    fn is_house(&self, after: &str, words: &Vocabulary) -> bool {
        let mut rest = after;
        for _ in 0..LONGEST_HOUSE {
            let Some(next) = rest.strip_prefix([' ', '~', '\u{a0}']) else { return false };
            let (word, behind) = split_word(next);
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            if words.is_in(word, self.house) {
                return true;
            }
            rest = behind;
        }
        false
    }
}

/// A surname that follows a first name: "Fung" of " R. Fung's".
struct Surname<'t> {
    text: &'t str,
    has_initial: bool,
    behind: &'t str,
}

fn surname(after: &str) -> Option<Surname<'_>> {
    let (rest, has_initial) = behind_initials(after)?;
    let end =
        rest.find(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))).unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches(['-', '\'', '’']);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let mut letters = word.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        || word.chars().nth(1).is_some_and(|mark| matches!(mark, '\'' | '’'));
    let is_name = is_name && !word.chars().any(|c| c.is_ascii_digit());
    is_name.then_some(Surname { text: word, has_initial, behind: &rest[word.len()..] })
}

/// Splits a text behind the word that it begins with, which may be empty.
fn split_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

fn behind_initials(after: &str) -> Option<(&str, bool)> {
    let (mut rest, mut has_initial) = (after.strip_prefix(BLANKS)?, false);
    for _ in 0..MOST_INITIALS {
        let initial = rest.strip_prefix(char::is_uppercase).and_then(|rest| rest.strip_prefix('.'));
        let Some(next) = initial.map(|next| next.strip_prefix(BLANKS).unwrap_or(next)) else { break };
        (rest, has_initial) = (next, true);
    }
    Some((rest, has_initial))
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// Returns whether a word is a capital followed by small letters.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.bytes();
    word.len() > 1
        && letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|letter| letter.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;
    use crate::detect::marked_names::marked_names;

    /// Returns the names that stand for systems, of those between brackets.
    fn systems(marked: &str) -> Vec<String> {
        let source = "[given-name]\nabout='x'\nwords=['claude','bert','iris']\n[person-title]\nabout='x'\nwords=['dr']\n\
                      [thanks]\nabout='x'\nwords=['thank']\n[place-name]\nabout='x'\nwords=['ohio']\n\
                      [house-noun]\nabout='x'\nwords=['inc','street']\n[conjunction]\nabout='x'\nwords=['and','&']\n[variant]\nabout='x'\nwords=['opus']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: source.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let (prose, names) = marked_names(marked);
        let (people, words) = (PeopleWords::new(&lexicon), Vocabulary::new(&lexicon));
        let of_paper = people.of_paper(&prose, &names, &words);
        let is_system = |name: &&NameMention| !people.is_other(&prose, name.span, &of_paper, &words);
        names.iter().filter(is_system).map(|name| name.span.of(&prose).to_string()).collect()
    }

    #[test]
    fn a_first_name_before_a_surname_is_a_person() {
        assert_eq!(systems("[Claude] Marchetti sorted them; [Claude] Marchetti's list is long"), [""; 0]);
        assert_eq!(systems("[Claude] Opus sorted them, and [Claude] did too"), ["Claude", "Claude"]);
        assert_eq!(
            systems("[Bert] Vos helped, and we ran [Bert] twice"),
            ["Bert", "Bert"],
            "told by nothing"
        );
        assert_eq!(systems("[Bert] K. Vos and Dr. [Bert] Vos helped; we ran [Bert]"), ["Bert"]);
        assert_eq!(systems("we ask [Falcon] Arabica"), ["Falcon"], "no first name");
    }

    #[test]
    fn a_system_among_persons_or_thanked_is_a_person() {
        assert_eq!(systems("[Falcon] Okafor, Lena Brandt and [Iris] Tan sorted"), [""; 0]);
        assert_eq!(systems("We thank [Falcon] Okafor for help"), [""; 0]);
        assert_eq!(systems("We thank all. [Falcon] Arabica won"), ["Falcon"]);
    }

    #[test]
    fn an_author_in_a_bracket_with_a_year_is_a_person() {
        assert_eq!(systems("it was shown ([Iris], 2020) and [Iris] (2020a)"), ["Iris"], "elsewhere a system");
        for text in [
            "it was shown ([Iris], 2020)",
            "it was shown (Kim, 2019; [Iris], 2020a)",
            "it was shown ([Iris] and Kim, 2020)",
            "it was shown (Kim & [Iris], 2020)",
        ] {
            assert_eq!(systems(text), [""; 0], "{text}");
        }
        for text in
            ["we ran ([Iris], 20 times)", "we ran [Iris], 2020", "we ran ([Orvex], 2020)", "([Iris] and Kim)"]
        {
            assert_eq!(systems(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn places_streets_and_houses_are_no_systems() {
        assert_eq!(systems("in [Aurora], [Orion] and [Phoenix], Ohio"), [""; 0]);
        assert_eq!(systems("[Falcon] Mills Inc. in [Orion] Street"), [""; 0]);
        assert_eq!(systems("[Aurora], [Orion] and others"), ["Aurora", "Orion"]);
    }

    #[test]
    fn any_text_is_read_to_its_end() {
        for text in
            ["[Claude] É", "[Claude] ’", "[Claude] A.", "[Claude] A. B. é", "é-[Claude] Ö’", "[Iris],"]
        {
            assert!(systems(text).len() <= 1, "{text}");
        }
    }
}
