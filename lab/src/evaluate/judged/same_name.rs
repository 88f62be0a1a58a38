//! Comparison of spellings that may name one system.

/// Returns whether one name equals the other or is a complete part of it: "Opus 5" of "Claude Opus 5", but
/// not "GPT-4" of "GPT-4o" and not "Llama 3" of "Llama 3.1".
pub(super) fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (Spelling::of(one), Spelling::of(other));
    let (short, long) = if one.letters.len() <= other.letters.len() { (one, other) } else { (other, one) };
    if short.letters.len() < 2 {
        return short.letters == long.letters && !short.letters.is_empty();
    }
    let is_border = |at: usize| long.begins.get(at).copied().unwrap_or(true);
    let mut places = long.letters.match_indices(&short.letters);
    places.any(|(at, _)| is_border(at) && is_border(at + short.letters.len()))
}

/// The letters and digits of a name in lower case.
struct Spelling {
    letters: String,
    /// For each byte of `letters`, `true` if a part of the name begins there.
    begins: Vec<bool>,
}

impl Spelling {
    fn of(name: &str) -> Self {
        let mut spelling = Self { letters: String::new(), begins: Vec::new() };
        let mut begins = true;
        let mut before = ' ';
        let mut rest = name.chars().peekable();
        while let Some(letter) = rest.next() {
            if letter.is_alphanumeric() {
                let from = spelling.letters.len();
                spelling.letters.extend(letter.to_lowercase());
                spelling.begins.resize(spelling.letters.len(), false);
                spelling.begins[from] = begins;
                begins = false;
            } else {
                let is_point = letter == '.' && before.is_ascii_digit();
                begins |= !(is_point && rest.peek().is_some_and(char::is_ascii_digit));
            }
            before = letter;
        }
        spelling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_whole_parts_are_one_name() {
        for (one, other) in [
            ("Claude Opus 5", "Opus 5"),
            ("gemma2-9b-pt", "Gemma 2 9B"),
            ("Qwen3", "Qwen3-8B-Base"),
            ("some-lab/PairRM", "PairRM"),
            ("GPT 4.1", "gpt-4.1"),
            ("o1", "o1"),
        ] {
            assert!(same_name(one, other) && same_name(other, one), "{one} {other}");
        }
    }

    #[test]
    fn a_name_that_goes_on_is_another() {
        for (one, other) in [
            ("GPT-4", "GPT-4o"),
            ("Llama 3", "Llama 3.1"),
            ("BERT", "RoBERTa"),
            ("4", "GPT-4"),
            ("", "GPT-4"),
        ] {
            assert!(!same_name(one, other) && !same_name(other, one), "{one} {other}");
        }
    }
}
