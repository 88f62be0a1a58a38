//! Parsing of command arguments.

use std::rc::Rc;

use super::expander::Expander;
use super::macros::{Mark, Tokens};
use super::token::{Kind, SourceRange, Token};

impl Expander<'_> {
    /// Skips white space within a paragraph.
    pub(super) fn skip_space(&mut self) {
        while self.peek_raw().is_some_and(|token| token.kind == Kind::Space) {
            self.next_raw();
        }
    }

    /// Reads `{...}`, without its braces, or a single token, and returns the place of its end. `None` if a
    /// paragraph, a group or a table cell ends or an environment begins or ends instead, or the braces are not
    /// closed.
    pub(super) fn argument(&mut self) -> Option<(Tokens, SourceRange)> {
        self.skip_space();
        let first = self.peek_raw()?;
        match first.kind {
            Kind::Open => self.group(),
            Kind::Close | Kind::Paragraph | Kind::Ampersand => None,
            // A command that we give one argument too many must not swallow what stands behind it.
            Kind::Command if self.is(first, "begin") || self.is(first, "end") => None,
            Kind::Text => {
                let first = self.take_character()?;
                Some((Rc::from([first]), first.from))
            }
            _ => {
                self.next_raw();
                Some((Rc::from([first]), first.from))
            }
        }
    }

    /// Reads a group whose opening brace comes next.
    fn group(&mut self) -> Option<(Tokens, SourceRange)> {
        let mut found = vec![self.next_raw()?];
        let mut depth = 0usize;
        while let Some(token) = self.next_raw_within() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close if depth == 0 => return Some((Rc::from(&found[1..]), token.from)),
                Kind::Close => depth -= 1,
                _ => {}
            }
            found.push(token);
        }
        // A brace that nothing closes must not swallow the rest of the paper.
        self.give_back(found);
        None
    }

    /// Reads `[...]` if it comes next, without its brackets, and returns the place of its end.
    pub(super) fn optional(&mut self) -> Option<(Tokens, SourceRange)> {
        let blank = self.peek_raw().filter(|token| token.kind == Kind::Space);
        if blank.is_some() {
            self.next_raw();
        }
        let found = self.delimited('[', ']');
        if let (None, Some(blank)) = (&found, blank) {
            self.give_back([blank]);
        }
        found
    }

    /// Reads text between two delimiters, without them, if the first comes next. `None` if it is not closed
    /// within its paragraph.
    pub(super) fn delimited(&mut self, open: char, close: char) -> Option<(Tokens, SourceRange)> {
        let first = self.peek_raw().filter(|token| token.kind == Kind::Text)?;
        if !self.text(first).starts_with(open) {
            return None;
        }
        let opening = self.take_character()?;
        let (mut found, mut depth) = (Vec::new(), 0usize);
        while let Some(token) = self.next_raw_within() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close if depth == 0 => {
                    found.push(token);
                    break;
                }
                Kind::Close => depth -= 1,
                Kind::Paragraph if depth == 0 => {
                    found.push(token);
                    break;
                }
                Kind::Text if depth == 0 => {
                    let text = self.text(token);
                    if let Some(at) = text.find(close) {
                        let (before, rest) = split(token, at);
                        let (mark, after) = split(rest, close.len_utf8());
                        found.extend((before.text.len() > 0).then_some(before));
                        self.give_back_text(after);
                        return Some((found.into(), mark.from));
                    }
                }
                _ => {}
            }
            found.push(token);
        }
        found.insert(0, opening);
        self.give_back(found);
        None
    }

    /// Reads `[...]` if it comes next, without its brackets. It may contain paragraphs and balanced
    /// brackets.
    pub(super) fn long_optional(&mut self) -> Option<Vec<Token>> {
        // What is longer is no title; a bracket that nothing closes must not swallow the paper.
        const LONGEST: usize = 5_000;
        self.skip_space();
        let first = self.peek_raw().filter(|token| token.kind == Kind::Text)?;
        if !self.text(first).starts_with('[') {
            return None;
        }
        let opening = self.take_character()?;
        let (mut found, mut groups, mut brackets) = (Vec::new(), 0usize, 0usize);
        while found.len() < LONGEST
            && let Some(token) = self.next_raw_within()
        {
            match token.kind {
                Kind::Open => groups += 1,
                Kind::Close if groups == 0 => {
                    found.push(token);
                    break;
                }
                Kind::Close => groups -= 1,
                Kind::Text if groups == 0 => {
                    let text = self.text(token);
                    let end = text.match_indices(['[', ']']).find(|(_, bracket)| {
                        if *bracket == "[" {
                            brackets += 1;
                            return false;
                        }
                        let is_end = brackets == 0;
                        brackets = brackets.saturating_sub(1);
                        is_end
                    });
                    if let Some((at, _)) = end {
                        let (before, rest) = split(token, at);
                        found.extend((before.text.len() > 0).then_some(before));
                        self.give_back_text(split(rest, 1).1);
                        return Some(found);
                    }
                }
                _ => {}
            }
            found.push(token);
        }
        found.insert(0, opening);
        self.give_back(found);
        None
    }

    /// Reads a `*` if it comes next, and returns its place.
    pub(super) fn star(&mut self) -> Option<SourceRange> {
        let token = self.peek_raw().filter(|token| token.kind == Kind::Text)?;
        if !self.text(token).starts_with('*') {
            return None;
        }
        self.take_character().map(|token| token.from)
    }

    /// Reads a sign if it comes next, and returns its place.
    pub(super) fn sign(&mut self, sign: char) -> Option<SourceRange> {
        let token = self.peek_raw().filter(|token| token.kind == Kind::Text)?;
        if !self.text(token).starts_with(sign) {
            return None;
        }
        self.take_character().map(|token| token.from)
    }

    /// Reads `{...}` if it comes next.
    pub(super) fn braces(&mut self) -> Option<(Tokens, SourceRange)> {
        self.peek_raw().filter(|token| token.kind == Kind::Open)?;
        self.group()
    }

    /// Reads `^{...}` or `_{...}` if it comes next.
    pub(super) fn script(&mut self, sign: char) -> Option<(Tokens, SourceRange)> {
        let token = self.peek_raw().filter(|token| token.kind == Kind::Script)?;
        if !self.text(token).starts_with(sign) {
            return None;
        }
        self.next_raw();
        self.argument()
    }

    /// Reads required marks and returns the place of the last one; `None` if others are there.
    pub(super) fn literal(&mut self, marks: &[Mark]) -> Option<SourceRange> {
        let mut end = None;
        for mark in marks {
            let next = self.peek_raw()?;
            let is_met = match mark {
                Mark::Sign(' ') if next.kind == Kind::Space => true,
                Mark::Sign(sign) => next.kind == Kind::Text && self.text(next).starts_with(*sign),
                Mark::Command(name) => next.kind == Kind::Command && self.is(next, name),
            };
            if !is_met {
                return None;
            }
            let taken = if next.kind == Kind::Text { self.take_character() } else { self.next_raw() };
            end = taken.map(|token| token.from);
        }
        end
    }

    /// Reads everything up to marks, and skips the marks. `None` if they do not occur within the paragraph.
    pub(super) fn until(&mut self, marks: &[Mark]) -> Option<(Tokens, SourceRange)> {
        let (mut found, mut depth) = (Vec::new(), 0usize);
        while let Some(token) = self.next_raw_within() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close if depth == 0 => {
                    found.push(token);
                    break;
                }
                Kind::Close => depth -= 1,
                Kind::Paragraph => {
                    found.push(token);
                    break;
                }
                Kind::Command | Kind::Space if depth == 0 => {
                    self.give_back([token]);
                    if let Some(end) = self.literal(marks) {
                        return Some((without_braces(found), end));
                    }
                    let Some(token) = self.next_raw() else { break };
                    found.push(token);
                    continue;
                }
                Kind::Text if depth == 0 => {
                    let at = match marks.first() {
                        Some(Mark::Sign(sign)) => self.text(token).find(*sign),
                        _ => None,
                    };
                    let Some(at) = at else {
                        found.push(token);
                        continue;
                    };
                    let (before, rest) = split(token, at);
                    found.extend((before.text.len() > 0).then_some(before));
                    self.give_back([rest]);
                    if let Some(end) = self.literal(marks) {
                        return Some((without_braces(found), end));
                    }
                    found.extend(self.take_character());
                    continue;
                }
                _ => {}
            }
            found.push(token);
        }
        self.give_back(found);
        None
    }

    /// Skips an overlay specification, the numbers of the slides that show something: `<2->`.
    pub(super) fn skip_overlay(&mut self) {
        const LONGEST: usize = 24;
        let Some(next) = self.peek_raw().filter(|token| token.kind == Kind::Text) else { return };
        let text = self.text(next);
        let Some(inside) = text.strip_prefix('<') else { return };
        let Some(end) = inside.find('>').filter(|end| (1..=LONGEST).contains(end)) else { return };
        let is_overlay = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase() || "+-,|@:.* ".contains(c);
        let has_number = inside[..end].contains(|c: char| c.is_ascii_digit() || "+.@".contains(c));
        if has_number && inside[..end].chars().all(is_overlay) {
            self.next_raw();
            self.give_back_text(split(next, end + 2).1);
        }
    }

    /// Takes the first character of the text that comes next.
    pub(super) fn take_character(&mut self) -> Option<Token> {
        let token = self.peek_raw()?;
        let width = self.text(token).chars().next().map_or(0, char::len_utf8);
        self.take_text(width)
    }

    /// Takes the first bytes of the text that comes next.
    pub(super) fn take_text(&mut self, length: usize) -> Option<Token> {
        let (first, rest) = split(self.next_raw()?, length);
        self.give_back_text(rest);
        Some(first)
    }

    /// Pushes the rest of a text back; a leading blank becomes white space again.
    pub(super) fn give_back_text(&mut self, rest: Token) {
        let is_blank = self.text(rest).starts_with(' ');
        let (blank, text) = split(rest, usize::from(is_blank));
        let blank = is_blank.then_some(Token { kind: Kind::Space, ..blank });
        let text = (text.text.len() > 0).then_some(text);
        self.give_back(blank.into_iter().chain(text).collect::<Vec<_>>());
    }

    /// Skips arguments and returns the place of the last one. Each letter of `form` is one argument: `m` for
    /// `{...}`, `o` for `[...]`, `p` for `(...)`, `a` for `<...>`, `b` for everything before a brace and `*`
    /// for a star.
    pub(super) fn drop_arguments(&mut self, form: &str) -> Option<SourceRange> {
        let mut end = None;
        for letter in form.bytes() {
            let place = match letter {
                b'm' => self.argument().map(|found| found.1),
                b'o' => self.optional().map(|found| found.1),
                b'p' => self.delimited('(', ')').map(|found| found.1),
                b'a' => self.delimited('<', '>').map(|found| found.1),
                b'b' => self.before_brace(),
                _ => self.star(),
            };
            end = place.or(end);
        }
        end
    }

    /// Skips the few words that may precede a brace: `to \linewidth`.
    fn before_brace(&mut self) -> Option<SourceRange> {
        const FEW: usize = 8;
        let mut end = None;
        for _ in 0..FEW {
            let is_before = |kind| matches!(kind, Kind::Text | Kind::Space | Kind::Command);
            end = Some(self.peek_raw().filter(|token| is_before(token.kind))?.from);
            self.next_raw();
        }
        end
    }

    /// Returns the text of tokens without commands and braces: the name of a file or a key.
    pub(super) fn plain(&self, tokens: &[Token]) -> String {
        let mut plain = String::new();
        for token in tokens {
            match token.kind {
                Kind::Text | Kind::Script => plain.push_str(&self.text(*token)),
                Kind::Space | Kind::Tie | Kind::Paragraph => plain.push(' '),
                // `\_` in a name is the character.
                Kind::Command if token.text.len() == 1 => plain.push_str(&self.text(*token)),
                _ => {}
            }
        }
        plain.trim().to_string()
    }
}

/// Removes the braces around an argument if they enclose all of it.
fn without_braces(found: Vec<Token>) -> Tokens {
    let closes = |found: &[Token]| {
        let mut depth = 0usize;
        let last = found.iter().position(|token| {
            depth = match token.kind {
                Kind::Open => depth + 1,
                Kind::Close => depth.saturating_sub(1),
                _ => depth,
            };
            depth == 0
        });
        last == Some(found.len() - 1)
    };
    match found.as_slice() {
        [first, inner @ .., _] if first.kind == Kind::Open && closes(&found) => Rc::from(inner),
        _ => found.into(),
    }
}

/// Splits a text token at a byte of its text.
pub(super) fn split(token: Token, at: usize) -> (Token, Token) {
    let middle = token.text.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).min(token.text.end);
    let is_literal = token.kind != Kind::Command && token.is_as_written();
    let part = |text: SourceRange| Token { text, from: if is_literal { text } else { token.from }, ..token };
    (part(SourceRange { end: middle, ..token.text }), part(SourceRange { start: middle, ..token.text }))
}
