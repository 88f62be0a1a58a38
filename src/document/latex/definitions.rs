//! The paper's own commands, as `\newcommand`, `\def` and their like make them.

use std::rc::Rc;

use super::commands::lookup;
use super::expander::Expander;
use super::macros::{Macro, OwnEnvironment, Parameter, Tokens};
use super::reader::Reader;
use super::token::{Kind, Token};

impl Reader<'_> {
    /// `\newcommand{\name}[2][default]{text}`
    pub(super) fn new_command(&mut self, provide: bool) {
        self.expander.drop_arguments("*");
        let Some(name) = self.expander.command_name() else { return };
        let parameters = self.expander.parameters();
        let Some((body, _)) = self.expander.argument() else { return };
        if !(provide && self.expander.macros.is_defined(&name)) {
            self.define(&name, parameters, body);
        }
    }

    /// `\def\name#1#2{text}`
    pub(super) fn def(&mut self) {
        let Some(name) = self.expander.command_name() else { return };
        let (mut parameters, mut is_plain) = (Vec::new(), true);
        while let Some(token) = self.expander.peek_raw().filter(|token| token.kind != Kind::Open) {
            // Without a brace in its paragraph it is no definition.
            if token.kind == Kind::Paragraph {
                return;
            }
            self.expander.next_raw();
            match token.kind {
                Kind::Parameter(1..) => parameters.push(Parameter::Mandatory),
                Kind::Space if parameters.is_empty() => {}
                // What is given up to some mark, only TeX itself can tell.
                _ => is_plain = false,
            }
        }
        let Some((body, _)) = self.expander.argument() else { return };
        if is_plain {
            self.define(&name, parameters, body);
        } else {
            self.set(&name, Macro::Opaque);
        }
    }

    /// `\let\name=\other`
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

    /// `\NewDocumentCommand{\name}{m O{default} s}{text}`
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

    /// `\newenvironment{name}[1]{begin}{end}`
    pub(super) fn new_environment(&mut self) {
        self.expander.drop_arguments("*");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let parameters = self.expander.parameters();
        let (begin, end) = (self.expander.argument(), self.expander.argument());
        if let (Some((begin, _)), Some((end, _))) = (begin, end)
            && !self.expander.is_inner(&begin)
        {
            self.expander.macros.define_environment(&name, OwnEnvironment { parameters, begin, end });
        }
    }

    /// `\newtcolorbox[init]{name}[1][default]{options}`: an environment that holds text.
    pub(super) fn new_box(&mut self) {
        self.expander.drop_arguments("o");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let parameters = self.expander.parameters();
        self.expander.drop_arguments("m");
        let nothing: Tokens = Rc::from([]);
        let environment = OwnEnvironment { parameters, begin: Rc::clone(&nothing), end: nothing };
        self.expander.macros.define_environment(&name, environment);
    }

    /// `\lstnewenvironment{name}...`: an environment that holds no text.
    pub(super) fn new_verbatim(&mut self) {
        self.expander.drop_arguments("o");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        self.verbatim_environments.insert(name);
        self.expander.parameters();
        self.expander.drop_arguments("mm");
    }

    /// `\newacronym[options]{key}{short}{long}`
    pub(super) fn new_acronym(&mut self) {
        self.expander.drop_arguments("o");
        let Some((key, _)) = self.expander.argument() else { return };
        // `\newacro{key}[short]{long}`, or the short form in braces.
        let short = self.expander.optional().or_else(|| self.expander.argument());
        let (Some((short, _)), Some((long, _))) = (short, self.expander.argument()) else { return };
        let key = self.expander.plain(&key);
        let (short, long) = (self.line_of(short), self.line_of(long));
        self.acronyms.insert(key, (short, long));
    }

    fn define(&mut self, name: &str, parameters: Vec<Parameter>, body: Tokens) {
        let meaning =
            if self.expander.is_inner(&body) { Macro::Opaque } else { Macro::Text { parameters, body } };
        self.set(name, meaning);
    }

    /// Gives a command a meaning, unless the reader has a better one for it.
    fn set(&mut self, name: &str, meaning: Macro) {
        if lookup(name).is_none_or(|command| !command.is_fixed()) && !self.is_switch(name) {
            self.expander.macros.define(name, meaning);
        }
    }
}

impl Expander<'_> {
    /// Reads the name of a command that is to be defined: `\name` or `{\name}`.
    pub(super) fn command_name(&mut self) -> Option<Rc<str>> {
        let (tokens, _) = self.argument()?;
        let token = tokens.iter().find(|token| token.kind == Kind::Command)?;
        Some(self.text(*token))
    }

    /// Reads `[2][default]`.
    pub(super) fn parameters(&mut self) -> Vec<Parameter> {
        let Some((count, _)) = self.optional() else { return Vec::new() };
        let count = self.plain(&count).parse::<usize>().unwrap_or(0).min(9);
        let default = self.optional();
        let mut parameters = vec![Parameter::Mandatory; count];
        if let (Some((default, _)), Some(first)) = (default, parameters.first_mut()) {
            *first = Parameter::Optional(default);
        }
        parameters
    }

    /// The parameters that a form such as `m O{default} s` gives; none if it has others.
    fn document_parameters(&self, form: &[Token]) -> Option<Vec<Parameter>> {
        let mut parameters = Vec::new();
        let mut at = 0;
        while let Some(token) = form.get(at) {
            at += 1;
            match token.kind {
                Kind::Space => {}
                Kind::Text => {
                    for letter in self.text(*token).chars() {
                        parameters.push(match letter {
                            'm' => Parameter::Mandatory,
                            's' => Parameter::Star,
                            'o' | 'O' => Parameter::Optional(Rc::from([])),
                            ' ' | '+' => continue,
                            _ => return None,
                        });
                    }
                }
                Kind::Open => {
                    let end = form[at..].iter().position(|token| token.kind == Kind::Close)?;
                    *parameters.last_mut()? = Parameter::Optional(Rc::from(&form[at..at + end]));
                    at += end + 1;
                }
                _ => return None,
            }
        }
        Some(parameters)
    }

    /// Whether a macro does what only a TeX engine could follow.
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
        body.iter().filter(|token| token.kind == Kind::Command).any(|token| {
            let name = self.text(*token);
            INNER.contains(&&*name) || (name.len() > 1 && name.contains('@'))
        })
    }
}
