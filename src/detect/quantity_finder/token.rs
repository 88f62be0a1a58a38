//! Segmentation of text into numbers, words and signs, ignoring LaTeX mark-up between them.

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Digits, with their group separators, decimals and exponent.
    Number,
    /// Raised digits: `¹¹`.
    Raised,
    /// Letters, and digits after them; right after a number, letters only.
    Word,
    /// A LaTeX command with its backslash.
    Command,
    /// A hyphen, or a dash of any length.
    Dash,
    /// Any other character.
    Sign,
}

/// One token of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    /// The offset of its first byte in the whole text.
    pub(super) start: usize,
    /// The offset after its last byte.
    pub(super) end: usize,
    /// Its kind.
    pub(super) kind: TokenKind,
    /// Set when white space stands before it.
    pub(super) space: bool,
    /// Set when a dollar sign that does not open a formula stands before it.
    pub(super) money: bool,
}

impl Token {
    /// Returns its text.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Commands that only change the look of text.
const LOOKS: &[&str] = &[
    "\\textbf", "\\textit", "\\texttt", "\\emph", "\\text", "\\mathrm", "\\mathbf", "\\mathit", "\\rm",
    "\\bf", "\\num", "\\SI", "\\textsc", "\\textrm", "\\mbox", "\\left", "\\right", "\\small", "\\xspace",
];

/// Largest distance, in bytes, from a dollar sign to the one that closes it.
const MATHS_REACH: usize = 160;
/// The same before a digit, where money is just as likely.
const NUMBER_REACH: usize = 48;

/// Cuts `text[from..to]`; both ends lie on char boundaries.
pub(super) fn tokenise(text: &str, from: usize, to: usize) -> Vec<Token> {
    let mut cutter = Cutter {
        text,
        bytes: text.as_bytes(),
        to,
        at: from,
        from,
        space: false,
        money: false,
        maths: false,
        tokens: Vec::with_capacity((to - from) / 5 + 4),
    };
    while cutter.at < to {
        cutter.step();
    }
    cutter.tokens
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    from: usize,
    to: usize,
    at: usize,
    space: bool,
    money: bool,
    maths: bool,
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    fn byte(&self, at: usize) -> u8 {
        if at < self.to { self.bytes[at] } else { 0 }
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        let end = end.min(self.to);
        self.tokens.push(Token { start: self.at, end, kind, space: self.space, money: self.money });
        (self.space, self.money) = (false, false);
        self.at = end;
    }

    fn blank(&mut self, length: usize) {
        self.space = true;
        self.at += length;
    }

    fn step(&mut self) {
        match self.byte(self.at) {
            b'0'..=b'9' => {
                let end = self.number_end();
                self.push(TokenKind::Number, end);
            }
            b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            b' ' | b'\t' | b'\n' | b'\r' => self.blank(1),
            b'{' | b'}' => self.at += 1,
            b'-' => {
                let run = self.bytes[self.at..self.to].iter().take_while(|byte| **byte == b'-').count();
                self.push(TokenKind::Dash, self.at + run);
            }
            b'$' => self.dollar(),
            b'\\' => self.backslash(),
            b'~' if self.is_tie() => self.blank(1),
            0..=127 => self.push(TokenKind::Sign, self.at + 1),
            128.. => self.beyond_ascii(),
        }
    }

    /// Returns whether the `~` here is LaTeX's tie between two words and does not mean "about".
    fn is_tie(&self) -> bool {
        let before = if self.at > self.from { self.bytes[self.at - 1] } else { b' ' };
        let after = self.byte(self.at + 1);
        (before.is_ascii_alphanumeric() || matches!(before, b'}' | b'$' | b'.' | b','))
            && (after.is_ascii_alphanumeric() || matches!(after, b'\\' | b'$' | b'{'))
    }

    fn dollar(&mut self) {
        if self.maths {
            self.maths = false;
        } else if self.opens_maths() {
            self.maths = true;
        } else {
            self.money = true;
        }
        self.at += 1;
    }

    /// Returns whether another dollar sign closes the one here. "$7B and $9B" is money twice: inside a
    /// formula that begins with a digit there is no plain word, and no space before the closing sign.
    fn opens_maths(&self) -> bool {
        let next = self.byte(self.at + 1);
        let numeric = next.is_ascii_digit();
        let reach = if numeric { NUMBER_REACH } else { MATHS_REACH };
        let inside = &self.bytes[self.at + 1..self.to.min(self.at + 1 + reach)];
        let Some(close) = memchr::memchr(b'$', inside) else { return false };
        if !numeric {
            return true;
        }
        let mut letters = 0;
        for (index, byte) in inside[..close].iter().enumerate() {
            letters = if byte.is_ascii_alphabetic() { letters + 1 } else { 0 };
            let starts_word =
                letters == 2 && !matches!(index.checked_sub(2).map(|at| inside[at]), Some(b'\\' | b'{'));
            if starts_word {
                return false;
            }
        }
        let closes_late = close.checked_sub(1).is_some_and(|at| matches!(inside[at], b' ' | b'\\' | b'/'));
        !closes_late && !self.byte(self.at + 2 + close).is_ascii_digit()
    }

    fn backslash(&mut self) {
        match self.byte(self.at + 1) {
            b',' | b';' | b':' | b'!' | b' ' | b'/' => self.blank(2),
            b'$' => {
                self.money = true;
                self.at += 2;
            }
            b'%' | b'&' | b'#' | b'_' => {
                self.at += 1;
                self.push(TokenKind::Sign, self.at + 1);
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let letters = self.bytes[self.at + 1..self.to]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphabetic())
                    .count();
                let end = self.at + 1 + letters;
                if LOOKS.contains(&&self.text[self.at..end]) {
                    self.at = end;
                } else {
                    self.push(TokenKind::Command, end);
                }
            }
            _ => self.push(TokenKind::Sign, self.at + 1),
        }
    }

    fn word(&mut self) {
        let after_number =
            self.tokens.last().is_some_and(|last| last.kind == TokenKind::Number && last.end == self.at);
        let plain = self.bytes[self.at..self.to]
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic() || !after_number && byte.is_ascii_digit());
        let mut end = self.at + plain.count();
        if self.byte(end).is_ascii() {
            return self.push(TokenKind::Word, end);
        }
        for character in self.text[end..self.to].chars() {
            if character.is_alphabetic() || (!after_number && character.is_ascii_digit()) {
                end += character.len_utf8();
            } else {
                break;
            }
        }
        self.push(TokenKind::Word, end);
    }

    fn beyond_ascii(&mut self) {
        let Some(character) = self.text[self.at..self.to].chars().next() else {
            self.at = self.to;
            return;
        };
        let length = character.len_utf8();
        match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.push(TokenKind::Dash, self.at + length),
            _ if superscript(character).is_some() => {
                let run: usize = self.text[self.at..self.to]
                    .chars()
                    .take_while(|more| superscript(*more).is_some())
                    .map(char::len_utf8)
                    .sum();
                self.push(TokenKind::Raised, self.at + run);
            }
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => self.at += length,
            _ if character.is_whitespace() => self.blank(length),
            _ if character.is_alphabetic() => self.word(),
            _ => self.push(TokenKind::Sign, self.at + length),
        }
    }

    /// Returns the end of the number that starts here.
    fn number_end(&self) -> usize {
        let digits =
            |from: usize| from + self.bytes[from..self.to].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut end = digits(self.at);
        if end - self.at <= 3 {
            while let Some(separator) = self.separator(end) {
                let group = end + separator;
                if group < self.to && digits(group) == group + 3 {
                    end = group + 3;
                } else {
                    break;
                }
            }
        }
        if self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
            end = digits(end + 1);
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            let power = end + 1 + sign;
            if power < self.to {
                let after = digits(power);
                if after > power && !self.byte(after).is_ascii_alphanumeric() {
                    end = after;
                }
            }
        }
        end
    }

    /// Returns the length of a separator between groups of three digits.
    fn separator(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..self.to)?;
        [&b","[..], b"{,}", b"\\,", "\u{202f}".as_bytes(), "\u{2009}".as_bytes()]
            .into_iter()
            .find(|separator| rest.starts_with(separator))
            .map(<[u8]>::len)
    }
}

/// Returns the value of a raised digit.
pub(super) fn superscript(character: char) -> Option<u32> {
    match character {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(character as u32 - '⁰' as u32),
        _ => None,
    }
}

/// Returns the value of a number token; `None` if it is zero or out of range.
pub(super) fn number_value(token: &str) -> Option<f64> {
    let plain: String =
        token.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-')).collect();
    plain.parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokenise(text, 0, text.len()).iter().map(|token| token.of(text)).collect()
    }

    #[test]
    fn latex_and_unicode_fall_away_around_numbers() {
        assert_eq!(cut("$1.4 \\times 10^{11}$"), ["1.4", "\\times", "10", "^", "11"]);
        assert_eq!(cut("137\\,B and 7~B, ~3"), ["137", "B", "and", "7", "B", ",", "~", "3"]);
        assert_eq!(cut("8x7B H100s v2.1"), ["8", "x", "7", "B", "H100s", "v2", ".", "1"]);
        assert_eq!(cut("10¹¹ 3e5 4em 1–2--3"), ["10", "¹¹", "3e5", "4", "em", "1", "–", "2", "--", "3"]);
        assert_eq!(
            cut("1,234,567.5 12,34 1{,}000 5\\%"),
            ["1,234,567.5", "12", ",", "34", "1{,}000", "5", "%"]
        );
    }

    #[test]
    fn a_dollar_that_nothing_closes_is_money() {
        let money = |text: &str| tokenise(text, 0, text.len()).iter().map(|t| t.money).collect::<Vec<_>>();
        assert_eq!(money("$7B"), [true, false]);
        assert_eq!(money("$7$B"), [false, false]);
        assert_eq!(money("\\$7"), [true]);
        assert_eq!(money("$7B to $9B"), [true, false, false, true, false]);
    }
}
