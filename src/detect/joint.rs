//! Signs and words that join the members of a list: ", ", " and ", "/".

use super::vocabulary::Vocabulary;
use crate::catalogue::ClassSet;

/// The blanks between words.
pub(super) const BLANKS: [char; 4] = [' ', '~', '\u{a0}', '\n'];
const SIGNS: [char; 3] = [',', '/', '|'];

/// Returns what follows the joint at the start of a text. `conjunction` is the class of "and" and "or".
pub(super) fn behind_joint<'t>(text: &'t str, words: &Vocabulary, conjunction: ClassSet) -> Option<&'t str> {
    let blank = text.trim_start_matches(BLANKS);
    let signed = blank.strip_prefix(SIGNS);
    let rest = signed.unwrap_or(blank).trim_start_matches(BLANKS);
    let end = rest.find(BLANKS).unwrap_or(rest.len());
    if words.is_in(&rest[..end], conjunction) {
        return Some(rest[end..].trim_start_matches(BLANKS));
    }
    signed.map(|_| rest)
}

/// Returns what stands before the joint at the end of a text.
pub(super) fn before_joint<'t>(text: &'t str, words: &Vocabulary, conjunction: ClassSet) -> Option<&'t str> {
    let rest = text.trim_end_matches(BLANKS);
    let start = rest.rfind(BLANKS).map_or(0, |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
    let joins = words.is_in(&rest[start..], conjunction);
    let rest = if joins { rest[..start].trim_end_matches(BLANKS) } else { rest };
    match rest.strip_suffix(SIGNS) {
        Some(rest) => Some(rest.trim_end_matches(BLANKS)),
        None => joins.then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, GrammarClasses, Lexicon};

    #[test]
    fn a_list_goes_on_behind_a_sign_a_word_or_both() {
        let text = "[conjunction]\nabout='x'\nwords=['and','or','&']";
        let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: text.into() };
        let lexicon = Lexicon::read(&[&file]).unwrap();
        let (words, class) = (Vocabulary::new(&lexicon), GrammarClasses::of(&lexicon).conjunction);
        for joint in [", and ", ", or ", ", ", " and ", "~or ", "/", " | ", " & ", "\u{a0}and\n"] {
            assert_eq!(behind_joint(&format!("{joint}x"), &words, class), Some("x"), "{joint:?}");
            assert_eq!(before_joint(&format!("x{joint}"), &words, class), Some("x"), "{joint:?}");
        }
        for none in ["", " ", " x", "é", " sand x", "\u{a0}"] {
            assert_eq!(behind_joint(none, &words, class), None, "{none:?}");
            assert_eq!(before_joint(none, &words, class), None, "{none:?}");
        }
    }
}
