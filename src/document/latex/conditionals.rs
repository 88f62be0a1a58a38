//! The conditionals `\if...`, `\else` and `\fi`.

use super::choices::compare;
use super::reader::Reader;
use super::token::{Kind, Token};

/// Conditionals of TeX itself and of common packages. If the result of one is unknown, its "no" branch is
/// read.
const CONDITIONS: &[&str] = &[
    "if",
    "ifx",
    "ifnum",
    "ifdim",
    "ifodd",
    "ifmmode",
    "ifcase",
    "ifdefined",
    "ifcat",
    "ifvoid",
    "ifhmode",
    "ifvmode",
    "ifinner",
    "ifeof",
    "ifcsname",
    "ifpdf",
    "ifxetex",
    "ifluatex",
    "ifPDFTeX",
    "ifXeTeX",
    "ifLuaTeX",
    "ifvbox",
    "ifhbox",
];

/// Most macros that are put in for one character of a comparison.
const EXPANSIONS: usize = 16;

impl Reader<'_> {
    /// Executes a command that belongs to conditionals. Returns `false` if it does not.
    pub(super) fn conditional(&mut self, name: &str) -> bool {
        match name {
            // What is met here ends the part that was read.
            "else" | "or" => self.skip_to_fi(false),
            "fi" => {}
            "unless" => self.unless = true,
            "iftrue" => {}
            "iffalse" => self.skip_to_fi(true),
            _ => {
                let is_turned = std::mem::take(&mut self.unless);
                if let Some(value) = self.switches.get(name).copied() {
                    if value == is_turned {
                        self.skip_to_fi(true);
                    }
                } else if name == "ifcase" {
                    self.select_case();
                } else if CONDITIONS.contains(&name) {
                    let answer = self.ask_tex(name).unwrap_or(is_turned);
                    if answer == is_turned {
                        self.skip_to_fi(true);
                    }
                } else {
                    return self.set_switch(name);
                }
            }
        }
        true
    }

    /// Evaluates a conditional of TeX; `None` if the result is unknown.
    fn ask_tex(&mut self, name: &str) -> Option<bool> {
        match name {
            "ifdefined" => {
                let token = self.expander.next_raw()?;
                Some(token.kind == Kind::Command && self.is_known(token))
            }
            "ifcsname" => {
                let mut written = String::new();
                loop {
                    let token = self.expander.next_raw_within()?;
                    if token.kind == Kind::Command && self.expander.is(token, "endcsname") {
                        return Some(self.is_switch(&written) || self.expander.macros.is_defined(&written));
                    }
                    written.push_str(&self.expander.text(token));
                }
            }
            "ifx" => {
                let (left, right) = (self.one_token()?, self.one_token()?);
                Some(self.are_the_same(left, right))
            }
            "if" => self.ask_characters(),
            "ifnum" => {
                let (left, sign) = (self.integer()?, self.relation()?);
                compare(left, sign, self.integer()?)
            }
            "ifodd" => self.integer().map(|number| number % 2 != 0),
            _ => None,
        }
    }

    /// Evaluates `\if`, which compares two characters; commands other than `\relax` are unknown.
    fn ask_characters(&mut self) -> Option<bool> {
        let mut both = [None; 2];
        for side in &mut both {
            let mut token = self.one_token()?;
            // `\detokenize{}` of an empty argument leaves nothing.
            while token.kind == Kind::Command
                && ["detokenize", "unexpanded"].iter().any(|name| self.expander.is(token, name))
            {
                let (inside, _) = self.expander.argument()?;
                self.expander.give_back(inside);
                token = self.one_token()?;
            }
            // So does a macro leave what it stands for.
            for _ in 0..EXPANSIONS {
                if token.kind != Kind::Command || !self.expander.expand(token) {
                    break;
                }
                token = self.one_token()?;
            }
            *side = Some(token);
        }
        let [Some(left), Some(right)] = both else { return None };
        let is_relax = |token: Token| token.kind == Kind::Command && self.expander.is(token, "relax");
        match (is_relax(left), is_relax(right)) {
            (true, true) => Some(true),
            (true, false) | (false, true) => {
                let other = if is_relax(left) { right } else { left };
                (other.kind != Kind::Command).then_some(false)
            }
            _ if [left, right].iter().any(|token| token.kind == Kind::Command) => None,
            _ => Some(self.expander.text(left) == self.expander.text(right)),
        }
    }

    fn one_token(&mut self) -> Option<Token> {
        match self.expander.peek_raw()?.kind {
            Kind::Text => self.expander.take_character(),
            _ => self.expander.next_raw(),
        }
    }

    /// Returns whether two tokens mean the same to TeX.
    fn are_the_same(&self, left: Token, right: Token) -> bool {
        let (one, other) = (self.expander.text(left), self.expander.text(right));
        if left.kind != right.kind || left.kind != Kind::Command {
            return left.kind == right.kind && one == other;
        }
        let is_empty = |name: &str| matches!(name, "empty" | "@empty");
        let body = |token, name: &str| -> Option<String> {
            if is_empty(name) {
                return Some(String::new());
            }
            let body = self.meaning(token)?;
            Some(
                body.iter()
                    .map(|token| self.expander.text(*token).to_string())
                    .collect::<Vec<_>>()
                    .join("\0"),
            )
        };
        match (body(left, &one), body(right, &other)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => one == other || !self.is_known(left) && !self.is_known(right),
            _ => false,
        }
    }

    /// Handles `\ifcase 1 zero\or one\else more\fi`.
    fn select_case(&mut self) {
        let Some(number) = self.integer() else { return self.skip_to_fi(true) };
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        for _ in 0..number {
            if !self.skip_to_or() {
                return;
            }
        }
    }

    /// Skips a case. Returns `false` if it was the last one, or the text for all others comes next.
    fn skip_to_or(&mut self) -> bool {
        self.skip_to(true, true) == Some("or")
    }

    /// Handles `\newif\ifname`.
    pub(super) fn new_if(&mut self) {
        if let Some(name) = self.expander.command_name()
            && name.starts_with("if")
        {
            self.switches.entry(name.to_string()).or_insert(false);
        }
    }

    /// Returns whether a command belongs to a `\newif`.
    pub(super) fn is_switch(&self, name: &str) -> bool {
        self.switches.contains_key(name) || self.switch_of(name).is_some()
    }

    /// Handles `\nametrue` and `\namefalse`. Returns `false` for other commands.
    fn set_switch(&mut self, name: &str) -> bool {
        let Some((switch, value)) = self.switch_of(name) else { return false };
        self.switches.insert(switch, value);
        true
    }

    fn switch_of(&self, name: &str) -> Option<(String, bool)> {
        let (stem, value) = match (name.strip_suffix("true"), name.strip_suffix("false")) {
            (Some(stem), _) => (stem, true),
            (_, Some(stem)) => (stem, false),
            _ => return None,
        };
        let switch = format!("if{stem}");
        self.switches.contains_key(&switch).then_some((switch, value))
    }

    /// Skips tokens up to the matching `\fi`, or with `or_else` to the `\else` before it.
    fn skip_to_fi(&mut self, or_else: bool) {
        self.skip_to(or_else, false);
    }

    /// Like [`Self::skip_to_fi`], with `or_or` also to an `\or`; returns the command that ended it.
    fn skip_to(&mut self, or_else: bool, or_or: bool) -> Option<&'static str> {
        let mut passed = Vec::new();
        let mut depth = 0usize;
        while let Some(token) = self.expander.next_raw_within() {
            passed.push(token);
            if token.kind != Kind::Command {
                continue;
            }
            let name = self.expander.text(token);
            match &*name {
                "fi" if depth == 0 => return Some("fi"),
                "fi" => depth -= 1,
                "else" if depth == 0 && or_else => return Some("else"),
                "or" if depth == 0 && or_or => return Some("or"),
                "iftrue" | "iffalse" => depth += 1,
                name if CONDITIONS.contains(&name) || self.switches.contains_key(name) => depth += 1,
                _ => {}
            }
        }
        // Without an end, the condition was none that we know how to read.
        self.expander.give_back(passed);
        None
    }
}
