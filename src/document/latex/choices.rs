//! Commands that print one of two arguments: toggles and tests of etoolbox, ifthen, xparse and xstring.

use super::command_table::lookup;
use super::macros::{Macro, Tokens};
use super::reader::Reader;
use super::token::{Given, Kind, Token};

/// A test and its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    /// `{name}` of a toggle.
    Toggle,
    /// `{name}` of a switch made by `\newif` or `\newbool`.
    Switch,
    /// `{\boolean{a} \AND 1<2}`
    Expression,
    /// `{\name}`
    Defined,
    /// `{name}`
    NameDefined,
    /// `{\name}` expands to nothing.
    MeansNothing,
    /// `{text}` is blank.
    Blank,
    /// `{text}{text}`
    Equal,
    /// `{\name}{text}`
    Means,
    /// `{1}{<}{2}`
    Compare,
    /// `{1}{2}` and a fixed sign between them.
    CompareBy(char),
    /// `{3}` is odd.
    Odd,
    /// `{#1}`: a star or a sign was given.
    Given,
    /// `{#1}`: an argument was given.
    HasValue,
    /// `{text}{text}`: the first contains the second.
    Contains,
    /// `{text}{text}`: the first begins with the second.
    Begins,
    /// `{text}{text}`: the first ends with the second.
    Ends,
    /// `{text}` is a whole number.
    Integer,
    /// A star comes behind the branches.
    StarNext,
    /// `{sign}`, or the sign alone: it comes behind the branches.
    Next,
    /// `{name}` of a file of the paper.
    File,
    /// Unknown to anything but a TeX engine, with this number of arguments.
    Unknown(u8),
}

/// The branches that follow a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Branches {
    YesNo,
    NoYes,
    Yes,
    No,
}

/// Maximum length in bytes of a condition that is evaluated; a longer one would recurse too deeply.
const LONGEST_EXPRESSION: usize = 1000;

/// Names of commands, separated by blanks, with their tests and branches.
pub(super) const CHOICES: &[(&str, Test, Branches)] = &[
    ("iftoggle", Test::Toggle, Branches::YesNo),
    ("nottoggle", Test::Toggle, Branches::NoYes),
    ("ifbool", Test::Switch, Branches::YesNo),
    ("notbool", Test::Switch, Branches::NoYes),
    ("ifthenelse ifboolexpr ifboolexpe", Test::Expression, Branches::YesNo),
    ("ifdef ifdefmacro", Test::Defined, Branches::YesNo),
    ("ifundef", Test::Defined, Branches::NoYes),
    ("ifcsdef ifcsmacro", Test::NameDefined, Branches::YesNo),
    ("ifcsundef @ifundefined", Test::NameDefined, Branches::NoYes),
    ("ifdefempty ifdefvoid", Test::MeansNothing, Branches::YesNo),
    ("notdefempty", Test::MeansNothing, Branches::NoYes),
    ("ifstrempty ifblank IfBlankTF tl_if_empty:nTF tl_if_blank:nTF", Test::Blank, Branches::YesNo),
    ("@ifempty @ifmtarg", Test::Blank, Branches::YesNo),
    ("@ifnotempty @ifnotmtarg", Test::Blank, Branches::No),
    ("notblank", Test::Blank, Branches::NoYes),
    ("IfBlankT", Test::Blank, Branches::Yes),
    ("IfBlankF", Test::Blank, Branches::No),
    ("ifstrequal IfStrEq IfEq ifstrequal*", Test::Equal, Branches::YesNo),
    ("ifdefstring", Test::Means, Branches::YesNo),
    ("ifnumcomp", Test::Compare, Branches::YesNo),
    ("ifnumequal", Test::CompareBy('='), Branches::YesNo),
    ("ifnumgreater", Test::CompareBy('>'), Branches::YesNo),
    ("ifnumless", Test::CompareBy('<'), Branches::YesNo),
    ("ifnumodd", Test::Odd, Branches::YesNo),
    ("IfBooleanTF", Test::Given, Branches::YesNo),
    ("IfBooleanT", Test::Given, Branches::Yes),
    ("IfBooleanF", Test::Given, Branches::No),
    ("IfValueTF", Test::HasValue, Branches::YesNo),
    ("IfValueT", Test::HasValue, Branches::Yes),
    ("IfValueF", Test::HasValue, Branches::No),
    ("IfNoValueTF", Test::HasValue, Branches::NoYes),
    ("IfNoValueT", Test::HasValue, Branches::No),
    ("IfNoValueF", Test::HasValue, Branches::Yes),
    ("@ifstar", Test::StarNext, Branches::YesNo),
    ("IfFileExists", Test::File, Branches::YesNo),
    ("@ifpackageloaded @ifclassloaded", Test::Unknown(1), Branches::YesNo),
    ("@ifnextchar kernel@ifnextchar new@ifnextchar", Test::Next, Branches::YesNo),
    ("IfSubStr", Test::Contains, Branches::YesNo),
    ("IfBeginWith", Test::Begins, Branches::YesNo),
    ("IfEndWith", Test::Ends, Branches::YesNo),
    ("IfInteger", Test::Integer, Branches::YesNo),
];

impl Reader<'_> {
    /// Reads a test and its branches, and pushes back the branch that is printed. An unknown answer counts
    /// as no.
    pub(super) fn choose(&mut self, test: Test, branches: Branches) {
        let sign = if test == Test::Next { self.expander.argument() } else { None };
        let asked = self.ask(test);
        let first = self.expander.argument();
        let second = match branches {
            Branches::YesNo | Branches::NoYes => self.expander.argument(),
            Branches::Yes | Branches::No => None,
        };
        // Some tests look at what stands behind the branches, where the macro around them may have ended.
        let answer = match test {
            Test::StarNext => self.expander.star().is_some(),
            Test::Next => sign.is_some_and(|(sign, _)| self.comes_next(&sign)),
            _ => asked.unwrap_or(false),
        };
        let takes_first = answer == matches!(branches, Branches::YesNo | Branches::Yes);
        if let Some((chosen, _)) = if takes_first { first } else { second } {
            self.expander.give_back(chosen);
        }
    }

    fn ask(&mut self, test: Test) -> Option<bool> {
        if matches!(test, Test::StarNext | Test::Next) {
            return None;
        }
        if let Test::Unknown(arguments) = test {
            (0..arguments).for_each(|_| drop(self.expander.argument()));
            return None;
        }
        let (first, _) = self.expander.argument()?;
        let plain = self.expander.plain(&first);
        match test {
            Test::Toggle => self.toggles.get(&plain).copied(),
            Test::Switch => self.switches.get(&format!("if{plain}")).copied(),
            Test::Expression => {
                let written = self.written(&first);
                (written.len() <= LONGEST_EXPRESSION).then(|| self.expression(&written)).flatten()
            }
            Test::Defined => {
                Some(first.iter().any(|token| token.kind == Kind::Command && self.is_known(*token)))
            }
            Test::NameDefined => Some(self.is_known_name(&plain)),
            Test::MeansNothing => {
                let name = first.iter().find(|token| token.kind == Kind::Command)?;
                Some(self.meaning(*name).is_none_or(|body| is_blank(&body)))
            }
            Test::Blank => Some(is_blank(&first)),
            Test::Equal => {
                let second = self.expander.argument()?.0;
                Some(self.written(&first) == self.written(&second))
            }
            Test::Means => {
                let second = self.expander.argument()?.0;
                let body = first
                    .iter()
                    .find(|token| token.kind == Kind::Command)
                    .and_then(|name| self.meaning(*name));
                Some(body.is_some_and(|body| self.written(&body) == self.written(&second)))
            }
            Test::Compare => {
                let (sign, second) = (self.expander.argument()?.0, self.expander.argument()?.0);
                let sign = self.expander.plain(&sign).chars().next()?;
                self.compare_written(&self.written(&first), sign, &self.written(&second))
            }
            Test::CompareBy(sign) => {
                let second = self.expander.argument()?.0;
                self.compare_written(&self.written(&first), sign, &self.written(&second))
            }
            Test::Odd => self.written_number(&self.written(&first)).map(|number| number % 2 != 0),
            Test::Contains | Test::Begins | Test::Ends => {
                let second = self.expander.argument()?.0;
                let (first, second) = (self.written(&first), self.written(&second));
                Some(match test {
                    Test::Begins => first.starts_with(&second),
                    Test::Ends => first.ends_with(&second),
                    _ => first.contains(&second),
                })
            }
            Test::Integer => Some(self.written_number(&self.written(&first)).is_some()),
            Test::Given => given(&first).map(|given| given == Given::Yes),
            Test::File => Some(self.is_there(&plain)),
            Test::HasValue => Some(given(&first) != Some(Given::NoValue)),
            Test::Next | Test::StarNext | Test::Unknown(_) => None,
        }
    }

    /// Returns whether a sign comes next.
    fn comes_next(&mut self, sign: &[Token]) -> bool {
        self.expander.skip_space();
        let (Some(sign), Some(next)) = (sign.first(), self.expander.peek_raw()) else { return false };
        match sign.kind {
            Kind::Text => {
                next.kind == Kind::Text && self.expander.text(next).starts_with(&*self.expander.text(*sign))
            }
            Kind::Command if self.expander.is(*sign, "bgroup") => next.kind == Kind::Open,
            _ => next.kind == sign.kind && self.expander.text(next) == self.expander.text(*sign),
        }
    }

    /// Handles `\toggletrue{name}`, `\setbool{name}{true}` and the like.
    pub(super) fn set_toggle(&mut self, name: &str) {
        let Some((key, _)) = self.expander.argument() else { return };
        let key = self.expander.plain(&key);
        let value = match name {
            "settoggle" | "setbool" | "setboolean" => {
                let Some((value, _)) = self.expander.argument() else { return };
                self.expander.plain(&value) == "true"
            }
            name => name.ends_with("true"),
        };
        let is_new = name.starts_with("new") || name.starts_with("provide");
        if name.contains("toggle") {
            let known = self.toggles.entry(key).or_insert(value);
            *known = if is_new { *known } else { value };
        } else {
            let known = self.switches.entry(format!("if{key}")).or_insert(value);
            *known = if is_new { *known } else { value };
        }
    }

    /// Returns whether a command is defined, as far as is known.
    pub(super) fn is_known(&self, token: Token) -> bool {
        self.is_known_name(&self.expander.text(token))
    }

    fn is_known_name(&self, name: &str) -> bool {
        self.expander.macros.is_defined(name)
            || lookup(name).is_some()
            || self.is_switch(name)
            || name == "relax"
    }

    /// Returns the expansion of one of the paper's own commands, if it is text without parameters.
    pub(super) fn meaning(&self, token: Token) -> Option<Tokens> {
        match &**self.expander.macros.command(&self.expander.text(token))? {
            Macro::Text { parameters, body, .. } if parameters.is_empty() => Some(body.clone()),
            _ => None,
        }
    }

    /// Returns tokens as source text, with the paper's own commands expanded and without surrounding blanks.
    fn written(&self, tokens: &[Token]) -> String {
        let mut written = String::new();
        for token in tokens {
            match (token.kind, self.meaning(*token).filter(|_| token.kind == Kind::Command)) {
                (_, Some(body)) => {
                    body.iter().for_each(|token| written.push_str(&self.expander.text(*token)))
                }
                (Kind::Command, None) => {
                    written.push('\\');
                    written.push_str(&self.expander.text(*token));
                }
                (Kind::Space | Kind::Tie | Kind::Paragraph, _) => written.push(' '),
                _ => written.push_str(&self.expander.text(*token)),
            }
        }
        written.trim().to_string()
    }

    /// Evaluates a condition of ifthen or etoolbox.
    fn expression(&self, written: &str) -> Option<bool> {
        let written = written.trim();
        for (signs, is_or) in [(["\\OR", "\\or", " or "], true), (["\\AND", "\\and", " and "], false)] {
            if let Some((left, right)) = signs.iter().find_map(|sign| split_outside(written, sign)) {
                let (left, right) = (self.expression(left), self.expression(right));
                return match is_or {
                    true if left == Some(true) || right == Some(true) => Some(true),
                    false if left == Some(false) || right == Some(false) => Some(false),
                    true => Some(left? || right?),
                    false => Some(left? && right?),
                };
            }
        }
        for sign in ["\\NOT", "\\not", "not "] {
            if let Some(rest) = written.strip_prefix(sign) {
                return self.expression(rest).map(|value| !value);
            }
        }
        if let Some(inside) = written.strip_prefix("\\(").and_then(|rest| rest.strip_suffix("\\)")) {
            return self.expression(inside);
        }
        let argument = |name: &str| {
            let rest = written.strip_prefix(name)?.trim_start().strip_prefix('{')?;
            rest.strip_suffix('}')
        };
        if let Some(name) = argument("\\boolean").or_else(|| argument("bool")) {
            return self.switches.get(&format!("if{}", name.trim())).copied();
        }
        if let Some(name) = argument("togl").or_else(|| argument("\\toggle")) {
            return self.toggles.get(name.trim()).copied();
        }
        if let Some(inside) = argument("\\equal").or_else(|| argument("test")) {
            let (left, right) = inside.split_once("}{")?;
            return Some(left.trim() == right.trim());
        }
        if let Some(inside) = argument("\\isempty") {
            return Some(inside.trim().is_empty());
        }
        if let Some(name) = argument("\\isundefined") {
            return Some(!self.is_known_name(name.trim_start_matches('\\')));
        }
        if let Some(number) = argument("\\isodd") {
            return self.written_number(number).map(|number| number % 2 != 0);
        }
        if matches!(written, "true" | "\\True") {
            return Some(true);
        }
        let at = written.find(['<', '>', '='])?;
        self.compare_written(&written[..at], written[at..].chars().next()?, &written[at + 1..])
    }

    fn compare_written(&self, left: &str, sign: char, right: &str) -> Option<bool> {
        compare(self.written_number(left)?, sign, self.written_number(right)?)
    }
}

/// Splits a condition at an operator outside of braces and brackets.
fn split_outside<'w>(written: &'w str, sign: &str) -> Option<(&'w str, &'w str)> {
    written.match_indices(sign).map(|(at, _)| at).take(64).find_map(|at| {
        let (left, right) = (&written[..at], &written[at + sign.len()..]);
        let is_outside = left.matches('{').count() == left.matches('}').count()
            && left.matches("\\(").count() == left.matches("\\)").count();
        let ends = !sign.starts_with('\\') || !right.starts_with(|c: char| c.is_ascii_alphabetic());
        (is_outside && ends).then_some((left, right))
    })
}

/// Compares two numbers.
pub(super) fn compare(left: i64, sign: char, right: i64) -> Option<bool> {
    Some(match sign {
        '<' => left < right,
        '>' => left > right,
        '=' => left == right,
        _ => return None,
    })
}

fn is_blank(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .all(|token| matches!(token.kind, Kind::Space | Kind::Paragraph | Kind::Given(Given::NoValue)))
}

/// Returns the marker that says whether an argument was given.
fn given(tokens: &[Token]) -> Option<Given> {
    tokens.iter().find_map(|token| match token.kind {
        Kind::Given(given) => Some(given),
        _ => None,
    })
}
