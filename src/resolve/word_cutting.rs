//! The words of a text in the form that linking compares, and those by which texts may mean a system.
//!
//! The build script includes this file, and cuts the entries of the built-in catalogue into their words.

/// Tests whether a word is an amount with its scale, such as "137B".
fn is_size(word: &str) -> bool {
    match word.as_bytes() {
        [first, .., before, last] => {
            first.is_ascii_digit() && last.is_ascii_alphabetic() && !before.is_ascii_alphabetic()
        }
        [first, last] => first.is_ascii_digit() && last.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Tests whether a word is a number that says nothing apart from what it counts: the number of a table, a
/// share, the year of a citation. A number of four digits or more, such as "1,836" and "3072", is rarely
/// shared by chance.
pub fn is_plain_number(word: &str) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return false;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let year = digits == 4 && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    digits < 4 || year
}

/// Calls `use_word` with every word of a text, both folded and as written.
pub fn for_each_word(text: &str, mut use_word: impl FnMut(&str, &str)) {
    let mut folded = String::with_capacity(32);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_word_byte(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (is_word_byte(bytes[at]) || joins_digits(bytes, at)) {
            at += 1;
        }
        let Some(word) = text.get(start..at) else { continue };
        if is_size(word) {
            continue; // it is weighed as a quantity, not as a word too
        }
        folded.clear();
        if word.is_ascii() {
            folded.push_str(word);
            folded.make_ascii_lowercase();
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
        if folded.len() > 3 && folded.ends_with('s') && !folded.ends_with("ss") {
            folded.pop();
        }
        use_word(&folded, word);
    }
}

/// Tests for letters, digits, and the bytes of characters beyond ASCII, with a table of its own, since the build script has
/// no other file.
fn is_word_byte(byte: u8) -> bool {
    IS_WORD_BYTE[usize::from(byte)]
}

const IS_WORD_BYTE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 0x80;
        byte += 1;
    }
    table
};

/// Tests for a point or comma between digits, which belongs to the number.
fn joins_digits(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b',')
        && at > 0
        && bytes[at - 1].is_ascii_digit()
        && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

/// Calls `use_word` with the words by which texts may mean a system that they do not name: those of phrases about it,
/// and those of its titles.
pub fn for_each_entry_word<'a>(
    phrases: impl Iterator<Item = &'a str>,
    titles: impl Iterator<Item = &'a str>,
    names: impl Iterator<Item = &'a str>,
    mut use_word: impl FnMut(&str),
) {
    let mut use_telling = |folded: &str, left_out: &[String]| {
        // A number tells nothing apart from what it counts.
        if !is_plain_number(folded) && !left_out.iter().any(|word| word == folded) {
            use_word(folded);
        }
    };
    phrases.for_each(|phrase| for_each_word(phrase, |folded, _| use_telling(folded, &[])));
    let mut titles = titles.peekable();
    if titles.peek().is_none() {
        return;
    }
    // A text that leaves the name out does not hold the name's words of a title either.
    let mut own: Vec<String> = Vec::new();
    names.for_each(|name| for_each_word(name, |folded, _| own.push(folded.to_string())));
    titles.for_each(|title| for_each_word(title, |folded, _| use_telling(folded, &own)));
}
