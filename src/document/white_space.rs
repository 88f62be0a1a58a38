//! Text on one line.

/// Returns a text with each run of white space made one blank, and none at its ends.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
