//! Scanner from the text of one file to tokens, following TeX's rules.
//!
//! Of the crates that parse LaTeX, the grammars for editors know no macros and the engines need a
//! whole TeX installation; none keeps exact byte ranges through expansion. So byname has this small
//! scanner and, over it, an expander of macros.

use super::token::{Kind, SourceRange, Token};

/// A position in the text of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner {
    file: u32,
    pub(super) at: usize,
    /// Set while blanks are skipped, as at the start of a line and after `\name`.
    skipping: bool,
    /// `true` if only blanks and comments have come on this line so far.
    line_start: bool,
    /// `true` if `@` may be part of a command's name.
    pub(super) at_is_letter: bool,
}

/// The class of a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Ordinary,
    Blank,
    Newline,
    Special,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Ordinary; 256];
    let special = b"\\{}$~&^_#%";
    let mut index = 0;
    while index < special.len() {
        classes[special[index] as usize] = Class::Special;
        index += 1;
    }
    classes[b' ' as usize] = Class::Blank;
    classes[b'\t' as usize] = Class::Blank;
    classes[b'\r' as usize] = Class::Blank;
    classes[0] = Class::Blank;
    classes[0x0C] = Class::Blank;
    classes[b'\n' as usize] = Class::Newline;
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

impl Scanner {
    pub(super) fn new(file: u32, at_is_letter: bool) -> Self {
        Self { file, at: 0, skipping: true, line_start: true, at_is_letter }
    }

    /// Returns the next token of the file's text; `None` at its end.
    pub(super) fn next(&mut self, text: &str) -> Option<Token> {
        let bytes = text.as_bytes();
        loop {
            let start = self.at;
            let byte = *bytes.get(start)?;
            match class(byte) {
                Class::Blank | Class::Newline => {
                    if let Some(token) = self.white_space(bytes) {
                        return Some(token);
                    }
                }
                Class::Ordinary => {
                    self.text(bytes);
                    return Some(self.token(Kind::Text, start));
                }
                Class::Special if byte == b'%' => self.comment(bytes),
                Class::Special => {
                    self.line_start = false;
                    self.skipping = false;
                    return Some(self.special(text, byte));
                }
            }
        }
    }

    fn token(&self, kind: Kind, start: usize) -> Token {
        let place = self.place(start, self.at);
        Token { kind, text: place, from: place }
    }

    /// Returns a range of the file. Texts longer than 4 GiB are refused when a file is opened.
    pub(super) fn place(&self, start: usize, end: usize) -> SourceRange {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        SourceRange { file: self.file, start: offset(start), end: offset(end) }
    }

    /// Skips white space; returns a token unless it has no meaning here.
    fn white_space(&mut self, bytes: &[u8]) -> Option<Token> {
        let start = self.at;
        let mut newlines = 0;
        while let Some(byte) = bytes.get(self.at) {
            match class(*byte) {
                Class::Blank => self.at += 1,
                Class::Newline => {
                    newlines += 1;
                    self.at += 1;
                }
                _ => break,
            }
        }
        let blank_line = newlines > usize::from(!self.line_start);
        self.line_start |= newlines > 0;
        if blank_line {
            self.skipping = true;
            return Some(self.token(Kind::Paragraph, start));
        }
        let skipped = std::mem::replace(&mut self.skipping, true);
        (!skipped).then(|| self.token(Kind::Space, start))
    }

    /// Skips ordinary characters and the single blanks between them.
    fn text(&mut self, bytes: &[u8]) {
        self.line_start = false;
        self.skipping = false;
        let mut at = self.at + 1;
        while let Some(byte) = bytes.get(at) {
            match class(*byte) {
                Class::Ordinary => at += 1,
                Class::Blank if *byte == b' ' => match bytes.get(at + 1) {
                    Some(next) if class(*next) == Class::Ordinary => at += 2,
                    _ => break,
                },
                _ => break,
            }
        }
        self.at = at;
    }

    /// Skips a comment with its line end.
    fn comment(&mut self, bytes: &[u8]) {
        let rest = bytes.get(self.at..).unwrap_or_default();
        self.at += memchr::memchr(b'\n', rest).map_or(rest.len(), |newline| newline + 1);
        self.skipping = true;
        self.line_start = true;
    }

    fn special(&mut self, text: &str, byte: u8) -> Token {
        let start = self.at;
        self.at += 1;
        let kind = match byte {
            b'\\' => return self.command(text),
            b'{' => Kind::Open,
            b'}' => Kind::Close,
            b'$' => Kind::Dollar,
            b'~' => Kind::Tie,
            b'&' => Kind::Ampersand,
            b'#' => match text.as_bytes().get(self.at) {
                Some(digit @ b'1'..=b'9') => {
                    self.at += 1;
                    Kind::Parameter(digit - b'0')
                }
                _ => Kind::Parameter(0),
            },
            _ => Kind::Script,
        };
        self.token(kind, start)
    }

    fn command(&mut self, text: &str) -> Token {
        let bytes = text.as_bytes();
        let start = self.at - 1;
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || (*byte == b'@' && self.at_is_letter);
        let letters = bytes[self.at..].iter().take_while(|byte| is_letter(byte)).count();
        let name = if letters > 0 {
            self.skipping = true;
            letters
        } else {
            text[self.at..].chars().next().map_or(0, char::len_utf8)
        };
        // A backslash at the end of a line is a blank; the line end itself is read after it.
        let is_line_end = matches!(bytes.get(self.at), Some(b'\n' | b'\r'));
        self.at += if is_line_end { 0 } else { name };
        Token { kind: Kind::Command, text: self.place(start + 1, self.at), from: self.place(start, self.at) }
    }

    /// Continues at another position of the text, as after verbatim text.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
        self.skipping = false;
        self.line_start = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Kind, &str)> {
        let mut scanner = Scanner::new(0, false);
        let mut found = Vec::new();
        while let Some(token) = scanner.next(text) {
            found.push((token.kind, &text[token.text.range()]));
        }
        found
    }

    #[test]
    fn blanks_and_lines_are_told_apart() {
        use Kind::*;
        assert_eq!(
            tokens("  a b  c\n d"),
            [(Text, "a b"), (Space, "  "), (Text, "c"), (Space, "\n "), (Text, "d")]
        );
        assert_eq!(tokens("a \n \n\nb"), [(Text, "a"), (Paragraph, " \n \n\n"), (Text, "b")]);
        assert_eq!(tokens("\\it a"), [(Command, "it"), (Text, "a")]);
        assert_eq!(tokens("\\it\n\na"), [(Command, "it"), (Paragraph, "\n\n"), (Text, "a")]);
        assert_eq!(tokens("\\% a"), [(Command, "%"), (Space, " "), (Text, "a")]);
    }

    #[test]
    fn a_comment_takes_its_line_end_along() {
        use Kind::*;
        assert_eq!(tokens("a% x\n  b"), [(Text, "a"), (Text, "b")]);
        assert_eq!(tokens("a % x\nb"), [(Text, "a"), (Space, " "), (Text, "b")]);
        assert_eq!(tokens("a% x\n\nb"), [(Text, "a"), (Paragraph, "\n"), (Text, "b")]);
        assert_eq!(tokens("a\n% x\nb"), [(Text, "a"), (Space, "\n"), (Text, "b")]);
        assert_eq!(tokens("a\\%b%"), [(Text, "a"), (Command, "%"), (Text, "b")]);
    }

    #[test]
    fn special_characters_are_tokens() {
        use Kind::*;
        let kinds: Vec<Kind> = tokens("{$~&^_#1#\\\"o}").into_iter().map(|(kind, _)| kind).collect();
        let expected =
            [Open, Dollar, Tie, Ampersand, Script, Script, Parameter(1), Parameter(0), Command, Text, Close];
        assert_eq!(kinds, expected);
        assert_eq!(tokens("\\é\\"), [(Command, "é"), (Command, "")]);
    }
}
