//! Characters named by their number in a font: `\ding{51}`, `\symbol{45}`, `\char"2D`.

use super::reader::Reader;
use super::token::{Kind, SourceRange};

/// Returns the character that Zapf Dingbats has under a number.
fn dingbat(number: u32) -> Option<char> {
    // Signs that other blocks of Unicode had already.
    const ELSEWHERE: &[(u32, char)] = &[
        (37, '☎'),
        (42, '☛'),
        (43, '☞'),
        (72, '★'),
        (108, '●'),
        (110, '■'),
        (115, '▲'),
        (116, '▼'),
        (117, '◆'),
        (119, '◗'),
        (168, '♣'),
        (169, '♦'),
        (170, '♥'),
        (171, '♠'),
        (213, '→'),
        (214, '↔'),
        (215, '↕'),
    ];
    if let Some((_, sign)) = ELSEWHERE.iter().find(|(known, _)| *known == number) {
        return Some(*sign);
    }
    let code = match number {
        33..=126 => 0x2701 + (number - 33),
        161..=167 => 0x2761 + (number - 161),
        172..=181 => 0x2460 + (number - 172),
        182..=254 => 0x2776 + (number - 182),
        _ => return None,
    };
    char::from_u32(code)
}

/// Returns the character that TeX reads a number as: `45`, `"2D`, `'55` or `` `\- ``.
fn character(written: &str) -> Option<char> {
    let written = written.trim();
    if let Some(itself) = written.strip_prefix('`') {
        return itself.chars().next();
    }
    let code = match (written.strip_prefix('"'), written.strip_prefix('\'')) {
        (Some(digits), _) => u32::from_str_radix(digits, 16),
        (_, Some(digits)) => u32::from_str_radix(digits, 8),
        _ => written.parse(),
    };
    char::from_u32(code.ok()?).filter(|letter| !letter.is_control())
}

/// Returns the length in bytes of the number at the start of a text.
fn number_length(text: &str) -> usize {
    let (sign, is_digit): (usize, fn(&u8) -> bool) = match text.bytes().next() {
        Some(b'"') => (1, |byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte)),
        Some(b'\'') => (1, |byte| (b'0'..=b'7').contains(byte)),
        Some(b'`') => return 1 + text.chars().nth(1).map_or(0, char::len_utf8),
        _ => (0, u8::is_ascii_digit),
    };
    sign + text.bytes().skip(sign).take_while(is_digit).count()
}

impl Reader<'_> {
    /// Handles `\ding{51}`.
    pub(super) fn ding(&mut self, from: SourceRange) {
        let Some((number, end)) = self.expander.argument() else { return };
        let sign = self.expander.plain(&number).parse().ok().and_then(dingbat);
        self.replaced(&sign.map_or_else(String::new, String::from), from.to(end));
    }

    /// Handles `\symbol{45}`.
    pub(super) fn symbol_of_number(&mut self, from: SourceRange) {
        let Some((number, end)) = self.expander.argument() else { return };
        let sign = character(&self.expander.plain(&number));
        self.replaced(&sign.map_or_else(String::new, String::from), from.to(end));
    }

    /// Handles `\char45`, with one blank behind it.
    pub(super) fn character_of_number(&mut self, from: SourceRange) {
        self.expander.skip_space();
        let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) else { return };
        let text = self.expander.text(next);
        let length = number_length(&text);
        let Some(written) = text.get(..length).filter(|written| !written.is_empty()) else { return };
        self.expander.next_raw();
        let (digits, rest) = super::arguments::split(next, length);
        let blank = usize::from(self.expander.text(rest).starts_with(' '));
        self.expander.give_back_text(super::arguments::split(rest, blank).1);
        // `` \char`\- ``: the character is the name of a command.
        let named = self.expander.peek_raw().filter(|token| written == "`" && token.kind == Kind::Command);
        let (sign, end) = match named {
            Some(command) => {
                self.expander.next_raw();
                (self.expander.text(command).chars().next(), command.from)
            }
            None => (character(written), digits.from),
        };
        self.replaced(&sign.map_or_else(String::new, String::from), from.to(end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::prose;
    use super::*;

    #[test]
    fn numbers_of_the_dingbats_are_the_signs_in_print() {
        for (number, sign) in [
            (51, '✓'),
            (52, '✔'),
            (108, '●'),
            (55, '✗'),
            (56, '✘'),
            (172, '①'),
            (182, '❶'),
            (192, '➀'),
            (211, '➓'),
        ] {
            assert_eq!(dingbat(number), Some(sign), "{number}");
        }
        assert_eq!(dingbat(3), None);
    }

    #[test]
    fn a_sign_is_no_part_of_the_word_before_it() {
        for (source, printed) in [
            ("\\newcommand{\\yes}{\\ding{51}}Orvex-2\\yes{} wins", "Orvex-2✓ wins"),
            ("\\ding{173} the \\faIcon[solid]{robot}bots \\emoji{robot}", "② the bots"),
            ("\\ding{nothing}a", "a"),
            ("Orvex\\char45 2, \\char\"41 b, \\char`\\-c, \\char`xy", "Orvex-2, Ab, -c, xy"),
            ("Orvex\\symbol{45}2 and \\symbol{\"42}", "Orvex-2 and B"),
        ] {
            assert_eq!(prose(source), printed, "{source}");
        }
    }
}
