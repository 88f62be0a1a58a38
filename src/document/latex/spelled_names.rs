//! Names of commands: `\name`, and `\csname name\endcsname`, which spells one.

use std::rc::Rc;

use super::expander::Expander;
use super::token::{Kind, Token};

impl Expander<'_> {
    /// Reads the name of the command to be defined: `\name`, `{\name}` or `\csname name\endcsname`.
    pub(super) fn command_name(&mut self) -> Option<Rc<str>> {
        let (mut tokens, mut token);
        loop {
            tokens = self.argument()?.0;
            token = *tokens.iter().find(|token| token.kind == Kind::Command)?;
            if tokens.len() > 1 || !self.is(token, "expandafter") {
                break;
            }
        }
        if self.is(token, "csname") {
            if tokens.len() > 1 {
                self.give_back(tokens);
                self.next_raw();
            }
            return self.spelled_text();
        }
        Some(self.text(token))
    }

    /// Reads `name\endcsname` behind `\csname`, wherever the parts of the name come from.
    fn spelled_text(&mut self) -> Option<Rc<str>> {
        let mut name = String::new();
        loop {
            let token = self.next_within()?;
            match token.kind {
                Kind::Command if self.is(token, "endcsname") => {
                    return (!name.is_empty()).then(|| name.into());
                }
                Kind::Space if name.is_empty() => {}
                _ if is_spelled(token) => name.push_str(&self.text(token)),
                _ => return None,
            }
        }
    }

    /// Reads `name\endcsname` behind `\csname`, and returns the command of that name. `None` if it is not
    /// spelled out in one place of a file.
    pub(super) fn spelled_name(&mut self) -> Option<Token> {
        let mut name: Option<Token> = None;
        let mut is_plain = true;
        loop {
            let token = self.next_raw_within()?;
            match token.kind {
                Kind::Command if self.is(token, "endcsname") => {
                    let found = name.filter(|_| is_plain)?;
                    return Some(Token { from: found.from.to(token.from), ..found });
                }
                Kind::Paragraph => return None,
                // A blank behind a command stands before the name.
                Kind::Space if name.is_none() => {}
                _ => {
                    is_plain &= is_spelled(token) && name.is_none_or(|name| adjoins(name, token));
                    name = Some(joined(name, token));
                }
            }
        }
    }

    /// Returns the command whose name an argument spells: that of `\csuse{name}`.
    pub(super) fn named_by_argument(&mut self) -> Option<Token> {
        let (tokens, end) = self.argument()?;
        let mut name: Option<Token> = None;
        for token in tokens.iter().copied() {
            if !is_spelled(token) || name.is_some_and(|name| !adjoins(name, token)) {
                return None;
            }
            name = Some(joined(name, token));
        }
        name.map(|name| Token { from: name.from.to(end), ..name })
    }
}

fn is_spelled(token: Token) -> bool {
    matches!(token.kind, Kind::Text | Kind::Script | Kind::Space)
}

/// Returns whether the text of a token stands right behind that of another.
fn adjoins(name: Token, token: Token) -> bool {
    name.text.file == token.text.file && name.text.end == token.text.start
}

/// Returns a command whose name is that of another with the text of a token behind it.
fn joined(name: Option<Token>, token: Token) -> Token {
    let first = name.unwrap_or(Token { kind: Kind::Command, ..token });
    Token { text: first.text.to(token.text), from: first.from.to(token.from), ..first }
}
