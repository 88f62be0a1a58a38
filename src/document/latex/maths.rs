//! Formulas. Inline formulas keep their notation between dollars, since they contain sizes and the rules
//! read them; a lone number is not a formula, even if written as one. Display formulas are not prose.

use super::expander::Expander;
use super::flow::Space;
use super::groups::Act;
use super::reader::Reader;
use super::references::Counter;
use super::token::{Kind, Token};

/// The end of a formula.
enum Ending<'n> {
    Dollar,
    DoubleDollar,
    /// `\)` or `\]`
    Command(&'static str),
    /// `\end{name}`
    Environment(&'n str),
}

impl Reader<'_> {
    /// Handles a dollar: an inline formula, or with a second dollar a display formula.
    pub(super) fn dollar(&mut self, token: Token) {
        if self.expander.peek_raw().is_some_and(|next| next.kind == Kind::Dollar) {
            self.expander.next_raw();
            self.display(&Ending::DoubleDollar);
        } else {
            self.inline(token, &Ending::Dollar);
        }
    }

    /// Handles `\(`, which begins a formula. An unmatched `\)` is ignored.
    pub(super) fn inline_maths(&mut self, name: &str, token: Token) {
        if name == "(" {
            self.inline(token, &Ending::Command(")"));
        }
    }

    /// Handles `\[`.
    pub(super) fn display_maths(&mut self) {
        self.display(&Ending::Command("]"));
    }

    /// Handles `\begin{equation}` and the like.
    pub(super) fn display_maths_environment(&mut self, name: &str) {
        let before = self.part.clone();
        if !name.ends_with('*') {
            self.part = self.references.next(Counter::Equation);
        }
        self.display(&Ending::Environment(name));
        self.part = before;
    }

    /// Handles `\ensuremath{...}`.
    pub(super) fn ensure_maths(&mut self, token: Token) {
        self.replaced("$", token.from);
        if !self.open_argument(Act::Maths(token.from)) {
            self.replaced("$", token.from);
        }
    }

    fn inline(&mut self, open: Token, ending: &Ending<'_>) {
        let mut content = Vec::new();
        let mut close = open;
        let (mut depth, mut environments) = (0usize, 0usize);
        while let Some(token) = self.expander.next_within() {
            match token.kind {
                // A blank line ends a formula that was left open.
                Kind::Paragraph => {
                    self.expander.give_back([token]);
                    break;
                }
                Kind::Open => depth += 1,
                Kind::Close if depth == 0 => {
                    self.expander.give_back([token]);
                    break;
                }
                Kind::Close => depth -= 1,
                // So does the end of what it stands in.
                Kind::Command if self.expander.is(token, "end") && environments == 0 => {
                    self.expander.give_back([token]);
                    break;
                }
                Kind::Command if self.expander.is(token, "end") => environments -= 1,
                Kind::Command if self.expander.is(token, "begin") => environments += 1,
                _ if depth == 0 && ending.is_met(&self.expander, token) => {
                    close = token;
                    break;
                }
                _ => {}
            }
            content.push(token);
        }
        if self.is_quiet() {
            return;
        }
        if self.is_number(&content) {
            content.retain(|token| token.kind == Kind::Text);
            return self.formula(&content);
        }
        if let Some(word) = self.word_in(&content) {
            let is_sign = word.first().is_some_and(|token| self.expander.is(*token, "-"));
            if !is_sign || self.is_between_letters() {
                return self.formula(word);
            }
        }
        self.dollar_for(open);
        self.formula(&content);
        self.dollar_for(close);
    }

    /// Returns whether what comes now would stand between two letters or figures, as a hyphen does.
    fn is_between_letters(&mut self) -> bool {
        let is_behind = self.flow().is_in_word() && self.flow().text.ends_with(char::is_alphanumeric);
        let next = self.expander.peek_raw().filter(|next| next.kind == Kind::Text);
        is_behind && next.is_some_and(|next| self.expander.text(next).starts_with(char::is_alphanumeric))
    }

    /// Returns the word of a formula that is none, but set as one: `$-$`, `$\mathrm{GPT}$`.
    fn word_in<'t>(&self, content: &'t [Token]) -> Option<&'t [Token]> {
        const UPRIGHT: &[&str] = &[
            "mathrm", "text", "textrm", "textsc", "textsf", "texttt", "textbf", "textit", "mathsf", "mathtt",
        ];
        match content {
            [sign] if self.expander.is(*sign, "-") => Some(content),
            [command, open, word, close]
                if command.kind == Kind::Command && (open.kind, close.kind) == (Kind::Open, Kind::Close) =>
            {
                let is_upright = UPRIGHT.contains(&&*self.expander.text(*command));
                let text = self.expander.text(*word);
                let is_word = word.kind == Kind::Text
                    && text.chars().filter(|letter| letter.is_alphabetic()).nth(1).is_some()
                    && text.chars().all(|letter| letter.is_alphanumeric() || "-. ".contains(letter));
                (is_upright && is_word).then_some(std::slice::from_ref(word))
            }
            _ => None,
        }
    }

    /// Returns whether a formula is a plain number: `$160$`, `$27{,}000$`, `$0.5$`.
    fn is_number(&self, content: &[Token]) -> bool {
        let mut digits = false;
        let is_of_number = |token: &Token| match token.kind {
            Kind::Open | Kind::Close => true,
            Kind::Text => {
                let text = self.expander.text(*token);
                digits |= text.bytes().any(|byte| byte.is_ascii_digit());
                text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            }
            _ => false,
        };
        content.iter().all(is_of_number) && digits
    }

    /// Writes a dollar, either literal or in place of another delimiter.
    fn dollar_for(&mut self, token: Token) {
        let is_literal = token.kind == Kind::Dollar && token.is_as_written();
        if is_literal {
            self.flow().literal("$", token.from);
        } else {
            self.flow().replaced("$", token.from);
        }
    }

    /// Writes a formula in its source notation.
    fn formula(&mut self, content: &[Token]) {
        let mut before: Option<Token> = None;
        for token in content {
            let text = self.expander.text(*token);
            // The blank after `\sim` was passed over; without it, `\sim x` would be `\simx`.
            if let Some(before) = before.filter(|before| before.kind == Kind::Command)
                && token.kind == Kind::Text
                && (text.starts_with(char::is_alphabetic) || before.from.end < token.from.start)
                && self.expander.text(before).ends_with(char::is_alphabetic)
            {
                self.flow().replaced(" ", before.from);
            }
            let is_literal = token.is_as_written();
            match token.kind {
                Kind::Space | Kind::Paragraph => {
                    self.flow().space(Space { text: " ", from: token.from, literal: false });
                }
                Kind::Command => {
                    // The backslash stands before the name, and is part of the place.
                    let from = token.from;
                    if token.is_as_written() {
                        self.flow().literal(&format!("\\{text}"), from);
                    } else {
                        self.flow().replaced(&format!("\\{text}"), from);
                    }
                }
                _ if is_literal => self.flow().literal(&text, token.from),
                _ => self.flow().replaced(&text, token.from),
            }
            before = Some(*token);
        }
    }

    /// Skips a display formula, recording labels in it.
    fn display(&mut self, ending: &Ending<'_>) {
        let (mut passed, mut depth) = (Vec::new(), 0usize);
        let is_environment = matches!(ending, Ending::Environment(_));
        while let Some(token) = self.expander.next_within() {
            if ending.is_met(&self.expander, token) && self.takes_end(ending) {
                return self.blank_for(token.from);
            }
            passed.push(token);
            match token.kind {
                // In a cell of a table, two dollars are a formula with nothing in it.
                Kind::Paragraph if !is_environment => break,
                Kind::Command => match &*self.expander.text(token) {
                    "label" => {
                        passed.pop();
                        self.label();
                    }
                    "begin" => depth += 1,
                    "end" if !is_environment && depth == 0 => break,
                    "end" => depth = depth.saturating_sub(1),
                    _ => {}
                },
                _ => {}
            }
        }
        // A formula that does not end must not swallow the rest of the paper.
        self.expander.give_back(passed);
    }

    /// Consumes the rest of an ending. Returns `false` if it is a different one.
    fn takes_end(&mut self, ending: &Ending<'_>) -> bool {
        match ending {
            Ending::Dollar | Ending::Command(_) => true,
            Ending::DoubleDollar => {
                if self.expander.peek_raw().is_some_and(|next| next.kind == Kind::Dollar) {
                    self.expander.next_raw();
                    return true;
                }
                false
            }
            Ending::Environment(name) => match self.expander.argument() {
                Some((found, _)) => self.expander.plain(&found) == *name,
                None => false,
            },
        }
    }
}

impl Ending<'_> {
    fn is_met(&self, expander: &Expander<'_>, token: Token) -> bool {
        match self {
            Self::Dollar | Self::DoubleDollar => token.kind == Kind::Dollar,
            Self::Command(name) => token.kind == Kind::Command && expander.is(token, name),
            Self::Environment(_) => token.kind == Kind::Command && expander.is(token, "end"),
        }
    }
}
