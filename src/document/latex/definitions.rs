//! The paper's own commands, as defined by `\newcommand`, `\def` and the like.

use std::rc::Rc;

use super::command_table::lookup;
use super::expander::Expander;
use super::macros::{Macro, Mark, Parameter, Tokens};
use super::reader::Reader;
use super::token::{Kind, Token};

impl Reader<'_> {
    /// Handles `\newcommand{\name}[2][default]{text}`.
    pub(super) fn new_command(&mut self, provide: bool) {
        self.expander.drop_arguments("*");
        let Some(name) = self.expander.command_name() else { return };
        let parameters = self.expander.parameters();
        let Some((body, _)) = self.expander.argument() else { return };
        if !(provide && self.expander.macros.is_defined(&name)) {
            self.define(&name, parameters, body);
        }
    }

    /// Handles `\def\name#1#2{text}`, and `\gdef`, which holds beyond the end of the group.
    pub(super) fn def(&mut self, command: &str) {
        self.is_global |= matches!(command, "gdef" | "xdef");
        if let Some(name) = self.expander.command_name() {
            self.def_named(&name);
        }
    }

    /// Handles `\csdef{name}#1{text}`.
    pub(super) fn def_of_name(&mut self, command: &str) {
        self.is_global |= matches!(command, "csgdef" | "csxdef");
        if let Some((name, _)) = self.expander.argument() {
            let name = self.expander.plain(&name);
            self.def_named(&name);
        }
    }

    fn def_named(&mut self, name: &str) {
        let mut parameters: Vec<Parameter> = Vec::new();
        // What stands between the arguments: signs and commands that end them.
        let mut marks: Vec<Mark> = Vec::new();
        let mut is_plain = true;
        while let Some(token) = self.expander.peek_raw().filter(|token| token.kind != Kind::Open) {
            // Without a brace in its paragraph it is no definition.
            if token.kind == Kind::Paragraph {
                return;
            }
            self.expander.next_raw();
            match token.kind {
                Kind::Parameter(1..) => {
                    end_argument(&mut parameters, &mut marks);
                    parameters.push(Parameter::Mandatory);
                }
                Kind::Space if parameters.is_empty() && marks.is_empty() => {}
                Kind::Space => marks.push(Mark::Sign(' ')),
                Kind::Text => marks.extend(self.expander.text(token).chars().map(Mark::Sign)),
                Kind::Command => marks.push(Mark::Command(self.expander.text(token))),
                _ => is_plain = false,
            }
        }
        end_argument(&mut parameters, &mut marks);
        let Some((body, _)) = self.expander.argument() else { return };
        if is_plain {
            self.define(name, parameters, body);
        } else {
            self.set(name, Macro::Opaque);
        }
    }

    /// Handles `\let\name=\other`.
    pub(super) fn let_command(&mut self) {
        let Some(name) = self.expander.command_name() else { return };
        self.expander.skip_space();
        if let Some(next) = self.expander.peek_raw()
            && self.expander.is(next, "=")
        {
            self.expander.next_raw();
        }
        let Some(other) = self.expander.next_raw() else { return };
        if other.kind != Kind::Command {
            return self.set(&name, Macro::Opaque);
        }
        let other = self.expander.text(other);
        // TeX gives the meaning that the other command has now.
        let meaning = self.expander.macros.command(&other).map(|found| (**found).clone());
        self.set(&name, meaning.unwrap_or(Macro::Alias(other)));
    }

    /// Handles `\NewDocumentCommand{\name}{m O{default} s}{text}`.
    pub(super) fn new_document_command(&mut self) {
        let Some(name) = self.expander.command_name() else { return };
        let form = self.expander.argument();
        let body = self.expander.argument();
        let (Some((form, _)), Some((body, _))) = (form, body) else { return };
        match self.expander.document_parameters(&form) {
            Some(parameters) => self.define(&name, parameters, body),
            None => self.set(&name, Macro::Opaque),
        }
    }

    /// Handles `\newcommandx{\name}[2][1=default]{text}`.
    pub(super) fn new_command_by_keys(&mut self, provide: bool) {
        self.expander.drop_arguments("*");
        let Some(name) = self.expander.command_name() else { return };
        let count = self.expander.optional().map_or(0, |(count, _)| self.count(&count));
        let mut parameters = vec![Parameter::Mandatory; count];
        if let Some((defaults, _)) = self.expander.optional() {
            for (number, default) in self.key_values(&defaults) {
                let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                if let Some(parameter) = index.and_then(|index| parameters.get_mut(index)) {
                    *parameter = Parameter::Optional(Some(default));
                }
            }
        }
        let Some((body, _)) = self.expander.argument() else { return };
        if !(provide && self.expander.macros.is_defined(&name)) {
            self.define(&name, parameters, body);
        }
    }

    fn count(&self, written: &[Token]) -> usize {
        self.expander.plain(written).parse::<usize>().unwrap_or(0).min(9)
    }

    /// Handles `\newacronym[options]{key}{short}{long}`.
    pub(super) fn new_acronym(&mut self) {
        self.expander.drop_arguments("o");
        let Some((key, _)) = self.expander.argument() else { return };
        let (Some((short, _)), Some((long, _))) = (self.expander.argument(), self.expander.argument()) else {
            return;
        };
        let key = self.expander.plain(&key);
        let (short, long) = (self.line_of(short), self.line_of(long));
        self.acronyms.insert(key, (short, long));
    }

    fn define(&mut self, name: &str, parameters: Vec<Parameter>, body: Tokens) {
        let meaning = if self.expander.is_inner(&body) {
            Macro::Opaque
        } else {
            let is_internal = self.expander.has_internal(&body);
            Macro::Text { parameters, body, is_internal }
        };
        self.set(name, meaning);
    }

    /// Sets the meaning of a command, unless the reader has a better one for it.
    fn set(&mut self, name: &str, meaning: Macro) {
        let is_global = std::mem::take(&mut self.is_global);
        if lookup(name).is_none_or(|command| !command.is_fixed()) && !self.is_switch(name) {
            self.expander.macros.define(name, meaning, is_global);
        }
    }
}

/// Ends the last parameter at marks; before the first parameter, the marks are required literally.
fn end_argument(parameters: &mut Vec<Parameter>, marks: &mut Vec<Mark>) {
    let marks: Rc<[Mark]> = std::mem::take(marks).into();
    match parameters.last_mut() {
        _ if marks.is_empty() => {}
        Some(last) => *last = Parameter::Until(marks),
        None => parameters.push(Parameter::Literal(marks)),
    }
}

impl Expander<'_> {
    /// Reads `[2][default]`.
    pub(super) fn parameters(&mut self) -> Vec<Parameter> {
        let Some((count, _)) = self.optional() else { return Vec::new() };
        let count = self.plain(&count).parse::<usize>().unwrap_or(0).min(9);
        let default = self.optional();
        let mut parameters = vec![Parameter::Mandatory; count];
        if let (Some((default, _)), Some(first)) = (default, parameters.first_mut()) {
            *first = Parameter::Optional(Some(default));
        }
        parameters
    }

    /// Parses the parameters of a form such as `m O{default} s`; `None` if it contains others.
    pub(super) fn document_parameters(&self, form: &[Token]) -> Option<Vec<Parameter>> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let (mut at, mut scripts) = (0, false);
        while let Some(token) = form.get(at) {
            at += 1;
            match token.kind {
                Kind::Space => {}
                Kind::Text => {
                    let text = self.text(*token);
                    let mut letters = text.chars().filter(|letter| *letter != ' ');
                    while let Some(letter) = letters.next() {
                        parameters.push(match letter {
                            'm' | 'v' | 'b' => Parameter::Mandatory,
                            's' => Parameter::Sign('*'),
                            't' => Parameter::Sign(letters.next()?),
                            'o' | 'O' => Parameter::Optional(None),
                            'd' | 'D' | 'r' | 'R' => {
                                Parameter::Between(letters.next()?, letters.next()?, None)
                            }
                            'g' | 'G' => Parameter::Braces(None),
                            'e' | 'E' => {
                                scripts = true;
                                continue;
                            }
                            '+' | '!' => continue,
                            _ => return None,
                        });
                    }
                }
                Kind::Open => {
                    let mut depth = 0usize;
                    let end = form[at..].iter().position(|token| {
                        let ends = token.kind == Kind::Close && depth == 0;
                        depth = match token.kind {
                            Kind::Open => depth + 1,
                            Kind::Close => depth.saturating_sub(1),
                            _ => depth,
                        };
                        ends
                    })?;
                    let inside = &form[at..at + end];
                    at += end + 1;
                    if std::mem::take(&mut scripts) {
                        let signs = inside.iter().filter(|token| token.kind == Kind::Script);
                        parameters.extend(
                            signs.filter_map(|token| self.text(*token).chars().next()).map(Parameter::Script),
                        );
                        continue;
                    }
                    match parameters.last_mut()? {
                        Parameter::Optional(default)
                        | Parameter::Between(_, _, default)
                        | Parameter::Braces(default) => *default = Some(Rc::from(inside)),
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
        Some(parameters)
    }

    /// Returns whether a macro does something that only a TeX engine could follow.
    pub(super) fn is_inner(&self, body: &[Token]) -> bool {
        const INNER: &[&str] = &[
            "csname",
            "expandafter",
            "futurelet",
            "catcode",
            "afterassignment",
            "noexpand",
            "romannumeral",
            "begingroup",
        ];
        const DEFINING: &[&str] =
            &["newcommand", "renewcommand", "providecommand", "def", "gdef", "edef", "xdef"];
        let is_one = |token: &Token, names: &[&str]| {
            token.kind == Kind::Command && names.contains(&&*self.text(*token))
        };
        let mut at = 0;
        while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
            // A macro that defines others by a name that it puts together.
            if let [before, define, spelled, ..] = rest
                && is_one(before, &["expandafter"])
                && is_one(define, DEFINING)
                && is_one(spelled, &["csname"])
            {
                at += 3;
                continue;
            }
            if rest.first().is_some_and(|token| is_one(token, INNER)) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Returns whether it contains commands with `@` in their names.
    pub(super) fn has_internal(&self, body: &[Token]) -> bool {
        body.iter().filter(|token| token.kind == Kind::Command).any(|token| {
            let name = self.text(*token);
            name.len() > 1 && name.contains('@')
        })
    }
}
