//! What a paper's own commands stand for.

use std::collections::HashMap;
use std::rc::Rc;

use super::token::Token;

/// A list of tokens that several may hold.
pub(super) type Tokens = Rc<[Token]>;

/// How one argument of a macro is given.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parameter {
    /// `{...}`, or a single token.
    Mandatory,
    /// `[...]`, or what stands for it where it is left out.
    Optional(Option<Tokens>),
    /// The same between other signs: `(...)`.
    Between(char, char, Option<Tokens>),
    /// `{...}` if a brace comes next.
    Braces(Option<Tokens>),
    /// A sign such as `*`, or nothing.
    Sign(char),
    /// `^{...}` or `_{...}`, if that comes next.
    Script(char),
    /// Everything up to some signs and commands.
    Until(Rc<[Mark]>),
    /// Signs and commands that must stand there, and are no argument.
    Literal(Rc<[Mark]>),
}

/// What ends an argument.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Sign(char),
    Command(Rc<str>),
}

/// What a command of the paper's own stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Macro {
    /// Tokens, with places for arguments.
    Text {
        parameters: Vec<Parameter>,
        body: Tokens,
        /// Whether there are commands with `@` in it, which the paper may define or TeX alone may know.
        is_internal: bool,
    },
    /// Another command.
    Alias(Rc<str>),
    /// Something that only a TeX engine could tell: the command is passed over.
    Opaque,
}

/// An environment of the paper's own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwnEnvironment {
    pub(super) parameters: Vec<Parameter>,
    pub(super) begin: Tokens,
    pub(super) end: Tokens,
}

/// All commands and environments of the paper's own.
#[derive(Debug, Default)]
pub(super) struct Macros {
    commands: HashMap<Rc<str>, Rc<Macro>, foldhash::fast::FixedState>,
    environments: HashMap<Rc<str>, Rc<OwnEnvironment>, foldhash::fast::FixedState>,
}

impl Macros {
    pub(super) fn define(&mut self, name: &str, meaning: Macro) {
        self.commands.insert(name.into(), Rc::new(meaning));
    }

    pub(super) fn define_environment(&mut self, name: &str, environment: OwnEnvironment) {
        self.environments.insert(name.into(), Rc::new(environment));
    }

    /// What a command stands for, if the paper says so; aliases are followed.
    pub(super) fn command(&self, name: &str) -> Option<&Rc<Macro>> {
        let mut found = self.commands.get(name)?;
        // Two aliases may name each other; what can't be told is no macro.
        for _ in 0..8 {
            match &**found {
                Macro::Alias(other) => found = self.commands.get(other)?,
                _ => return Some(found),
            }
        }
        None
    }

    /// The command that a name leads to over aliases that end at no macro: `\let\a\textbf`.
    pub(super) fn alias_of(&self, name: &str) -> Option<Rc<str>> {
        let mut end = None;
        let mut name = name;
        for _ in 0..8 {
            match self.commands.get(name).map(|found| &**found) {
                Some(Macro::Alias(other)) => {
                    end = Some(Rc::clone(other));
                    name = other;
                }
                _ => break,
            }
        }
        end
    }

    pub(super) fn is_defined(&self, name: &str) -> bool {
        self.commands.contains_key(name)
    }

    pub(super) fn environment(&self, name: &str) -> Option<Rc<OwnEnvironment>> {
        self.environments.get(name).map(Rc::clone)
    }
}
