//! Places in a text that lie between characters.

/// Returns the last place up to `at` that is no middle of a character.
pub fn floor_to_character(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns the first place from `at` on that is no middle of a character.
pub(crate) fn ceil_to_character(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
