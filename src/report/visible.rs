//! Escaping of text from papers for safe display on a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Tests whether a terminal would interpret a character instead of displaying it: a control character, or one
/// that changes the direction of writing, which can make text look like other text.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The start of a command to the GitHub Actions runner. Unlike one that begins with `::`, it may occur
/// anywhere in a line of the log of a run, so that words of a paper could form one.
pub(super) const COMMAND: &str = "##[";

/// Appends one character, escaped if a terminal would interpret it or if it would complete a command. A tab
/// becomes a space.
pub(super) fn push_visible(out: &mut String, character: char) {
    if character == '\t' {
        out.push(' ');
    } else if acts(character) || (character == '[' && out.ends_with("##")) {
        let _ = write!(out, "\\u{{{:x}}}", character as u32);
    } else {
        out.push(character);
    }
}

/// Returns the text with every character that a terminal would interpret written as `\u{1b}`, every run of
/// white space as one space, and no command to a GitHub Actions runner.
pub fn visible(text: &str) -> Cow<'_, str> {
    let plain = !text.contains(acts) && !text.contains("  ") && !text.contains(COMMAND);
    if plain {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        let space = matches!(character, ' ' | '\t' | '\n' | '\r');
        if !space {
            push_visible(&mut out, character);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// Returns what [`visible`] does, for a path at the start of a line, where two colons would form a command to a
/// runner.
pub fn visible_at_start(path: &str) -> Cow<'_, str> {
    match visible(path) {
        path if path.trim_start().starts_with("::") => Cow::Owned(format!("./{}", path.trim_start())),
        path => path,
    }
}

/// Returns the text with every character that a terminal would interpret, except line feeds and tabs, written
/// as `\u{1b}`, and no command to a runner. Meant for whole papers: white space is preserved.
pub fn printable(text: &str) -> Cow<'_, str> {
    let acts = |letter: char| letter != '\n' && letter != '\t' && acts(letter);
    if !text.contains(acts) && !text.contains(COMMAND) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if matches!(character, '\n' | '\t') { out.push(character) } else { push_visible(&mut out, character) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown_and_not_sent() {
        assert_eq!(visible("\u{1b}[2J\u{7}x\u{9b}"), "\\u{1b}[2J\\u{7}x\\u{9b}");
        assert_eq!(visible("abc\u{202E}def"), "abc\\u{202e}def");
        assert_eq!(visible("a large\n  model\té"), "a large model é");
        assert!(matches!(visible("a large model"), Cow::Borrowed(_)));
        assert_eq!(visible("a ###[error]x ##[y"), "a ###\\u{5b}error]x ##\\u{5b}y");
        assert_eq!(visible_at_start(" ::error::x"), "./::error::x");
        assert_eq!(visible_at_start("a::b"), "a::b");
        assert_eq!(printable("a\n\tb\u{1b}[2J"), "a\n\tb\\u{1b}[2J");
        assert_eq!(printable("a\n##[error]b"), "a\n##\\u{5b}error]b");
        assert!(matches!(printable("a\n\tb"), Cow::Borrowed(_)));
    }
}
