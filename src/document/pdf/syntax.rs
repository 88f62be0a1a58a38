//! The lexical syntax of PDFs: of their objects, page contents and font tables.

/// Maximum nesting depth of arrays and dictionaries; the reader of the whole file rejects the same depth.
const NESTING: usize = 100;

/// Maximum nesting depth of brackets in input to a recursive reader.
const BRACKETS: usize = 32;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Name,
    /// A string in brackets or in hexadecimal digits.
    Text,
    ArrayOpen,
    ArrayClose,
    DictionaryOpen,
    DictionaryClose,
    /// An operator, or any other word.
    Word,
}

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A lexer over some bytes.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

/// A value in a dictionary, in as much detail as is needed here.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Integer(i64),
    Name(Vec<u8>),
    Array(Vec<Value>),
    Dictionary(Vec<(Vec<u8>, Value)>),
    Reference,
    Other,
}

impl Value {
    /// Returns the value of a key in a dictionary: the last, if the key occurs twice.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Self> {
        let Self::Dictionary(entries) = self else { return None };
        entries.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(super) fn is_name(&self, name: &[u8]) -> bool {
        matches!(self, Self::Name(found) if found == name)
    }

    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn pass_while(&mut self, holds: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&holds) {
            self.at += 1;
        }
    }

    /// Skips blanks and comments.
    pub(super) fn pass_blanks(&mut self) {
        loop {
            self.pass_while(is_blank);
            if self.peek() != Some(b'%') {
                return;
            }
            self.pass_while(|byte| byte != b'\r' && byte != b'\n');
        }
    }

    /// Returns the bytes of a token.
    pub(super) fn text(&self, token: Token) -> &'a [u8] {
        self.bytes.get(token.start..token.end).unwrap_or_default()
    }

    /// Returns the next token; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        self.pass_blanks();
        let start = self.at;
        let first = self.peek()?;
        self.at += 1;
        let kind = match first {
            b'(' => {
                self.pass_string();
                Kind::Text
            }
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Kind::DictionaryOpen
            }
            b'<' => {
                self.pass_while(|byte| byte != b'>');
                self.at = (self.at + 1).min(self.bytes.len());
                Kind::Text
            }
            b'>' if self.peek() == Some(b'>') => {
                self.at += 1;
                Kind::DictionaryClose
            }
            b'[' => Kind::ArrayOpen,
            b']' => Kind::ArrayClose,
            b'/' => {
                self.pass_while(|byte| !is_blank(byte) && !is_delimiter(byte));
                Kind::Name
            }
            byte if is_delimiter(byte) => Kind::Word,
            _ => {
                self.pass_while(|byte| !is_blank(byte) && !is_delimiter(byte));
                let word = self.bytes.get(start..self.at).unwrap_or_default();
                let is_number = word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.'));
                if is_number { Kind::Number } else { Kind::Word }
            }
        };
        Some(Token { kind, start, end: self.at })
    }

    /// Skips the rest of a string in brackets, which may be nested.
    fn pass_string(&mut self) {
        let mut open = 1usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at = (self.at + 1).min(self.bytes.len()),
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    /// Returns a name without its slash and with its escapes decoded.
    pub(super) fn name(&self, token: Token) -> Vec<u8> {
        let mut name = Vec::new();
        let mut rest = self.text(token).get(1..).unwrap_or_default();
        while let Some((first, after)) = rest.split_first() {
            let digits =
                after.get(..2).filter(|_| *first == b'#').and_then(|digits| std::str::from_utf8(digits).ok());
            match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                Some(byte) => {
                    name.push(byte);
                    rest = &after[2..];
                }
                None => {
                    name.push(*first);
                    rest = after;
                }
            }
        }
        name
    }

    /// Reads a dictionary after its opening token; `None` if it does not end.
    pub(super) fn dictionary(&mut self) -> Option<Value> {
        self.entries(0)
    }

    fn entries(&mut self, depth: usize) -> Option<Value> {
        let mut entries = Vec::new();
        loop {
            let token = self.next()?;
            match token.kind {
                Kind::DictionaryClose => return Some(Value::Dictionary(entries)),
                Kind::Name => {
                    let before = self.at;
                    let value = self.next()?;
                    if value.kind == Kind::DictionaryClose {
                        self.at = before;
                        continue;
                    }
                    entries.push((self.name(token), self.value(value, depth + 1)?));
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, token: Token, depth: usize) -> Option<Value> {
        if depth > NESTING {
            return None;
        }
        Some(match token.kind {
            Kind::Name => Value::Name(self.name(token)),
            Kind::DictionaryOpen => self.entries(depth)?,
            Kind::ArrayOpen => {
                let mut items = Vec::new();
                loop {
                    let token = self.next()?;
                    if token.kind == Kind::ArrayClose {
                        break;
                    }
                    items.push(self.value(token, depth + 1)?);
                }
                Value::Array(items)
            }
            Kind::Number => {
                let number = std::str::from_utf8(self.text(token)).ok().and_then(|text| text.parse().ok());
                if self.pass_reference() {
                    Value::Reference
                } else {
                    number.map_or(Value::Other, Value::Integer)
                }
            }
            _ => Value::Other,
        })
    }

    /// Skips the rest of a reference after its first number, and returns whether it was one.
    fn pass_reference(&mut self) -> bool {
        let mut ahead = self.clone();
        let is_number = ahead.next().is_some_and(|token| token.kind == Kind::Number);
        let is_reference = is_number && ahead.next().is_some_and(|token| ahead.text(token) == b"R");
        if is_reference {
            self.at = ahead.at;
        }
        is_reference
    }
}

/// Returns whether brackets are nested too deeply for a recursive reader.
pub(super) fn is_nested(text: &[u8]) -> bool {
    let mut depth = 0usize;
    text.iter().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > BRACKETS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionaries_are_read_however_they_are_written() {
        let bytes =
            b"<</Filter[/Flate#44ecode%c\n/LZWDecode]/N 5/L 7 0 R/S(a\\)(b)>>)/D<</K<61>>>/N 6>> stream";
        let mut lexer = Lexer::new(bytes, 2);
        let found = lexer.dictionary().unwrap();
        let names = |names: &[&str]| {
            Value::Array(names.iter().map(|name| Value::Name(name.as_bytes().to_vec())).collect())
        };
        assert_eq!(found.get(b"Filter"), Some(&names(&["FlateDecode", "LZWDecode"])));
        assert_eq!(found.get(b"N"), Some(&Value::Integer(6)));
        assert_eq!(found.get(b"L"), Some(&Value::Reference));
        assert_eq!(found.get(b"D").and_then(|inner| inner.get(b"K")), Some(&Value::Other));
        assert_eq!(lexer.next().map(|token| lexer.text(token)), Some(&b"stream"[..]));
    }

    #[test]
    fn what_does_not_end_or_lies_too_deep_is_none() {
        for text in ["/A 1", "/A [1", "/A (b>>", "/A <</B 1>>"] {
            assert_eq!(Lexer::new(text.as_bytes(), 0).dictionary(), None, "{text}");
        }
        assert_eq!(Lexer::new("/A [".repeat(10_000).as_bytes(), 0).dictionary(), None);
    }
}
