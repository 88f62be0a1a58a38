//! The definitions of the paper's own commands.

use std::collections::HashMap;
use std::rc::Rc;

use super::token::Token;

/// A shared list of tokens.
pub(super) type Tokens = Rc<[Token]>;

/// The form of one argument of a macro.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parameter {
    /// `{...}`, or a single token.
    Mandatory,
    /// `[...]`, or its default if it is left out.
    Optional(Option<Tokens>),
    /// The same between other delimiters: `(...)`.
    Between(char, char, Option<Tokens>),
    /// `{...}` if a brace comes next.
    Braces(Option<Tokens>),
    /// A sign such as `*`, or nothing.
    Sign(char),
    /// `^{...}` or `_{...}`, if it comes next.
    Script(char),
    /// Everything up to these signs and commands.
    Until(Rc<[Mark]>),
    /// Required signs and commands, which are not an argument.
    Literal(Rc<[Mark]>),
}

/// A delimiter of an argument.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Sign(char),
    Command(Rc<str>),
}

/// The definition of one of the paper's own commands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Macro {
    /// Tokens, with placeholders for arguments.
    Text {
        parameters: Vec<Parameter>,
        body: Tokens,
        /// `true` if it contains commands with `@`, which may be defined in the paper or known to TeX only.
        is_internal: bool,
    },
    /// Another command.
    Alias(Rc<str>),
    /// A meaning known only to a TeX engine: the command is skipped.
    Opaque,
}

/// One of the paper's own environments.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwnEnvironment {
    pub(super) parameters: Vec<Parameter>,
    pub(super) begin: Tokens,
    pub(super) end: Tokens,
}

/// A definition of a command, and the number of groups that were open around it; none around a global one.
#[derive(Debug, Clone)]
struct Definition {
    meaning: Rc<Macro>,
    depth: usize,
}

/// All of the paper's own commands and environments.
#[derive(Debug, Default)]
pub(super) struct Macros {
    commands: HashMap<Rc<str>, Definition, foldhash::fast::FixedState>,
    /// What commands meant before the open groups redefined them, with the depth of the group.
    hidden: Vec<(usize, Rc<str>, Option<Definition>)>,
    /// Number of open groups.
    depth: usize,
    environments: HashMap<Rc<str>, Rc<OwnEnvironment>, foldhash::fast::FixedState>,
}

impl Macros {
    /// Defines a command until the end of the group, or if `is_global` beyond all open groups.
    pub(super) fn define(&mut self, name: &str, meaning: Macro, is_global: bool) {
        let name: Rc<str> = name.into();
        let depth = if is_global { 0 } else { self.depth };
        let before = self.commands.insert(Rc::clone(&name), Definition { meaning: Rc::new(meaning), depth });
        if depth > 0 && before.as_ref().is_none_or(|before| before.depth < depth) {
            self.hidden.push((depth, name, before));
        }
    }

    /// Begins a group, at whose end definitions in it are forgotten.
    pub(super) fn begin_group(&mut self) {
        self.depth += 1;
    }

    /// Ends a group.
    pub(super) fn end_group(&mut self) {
        while let Some((_, name, before)) = self.hidden.pop_if(|(depth, ..)| *depth >= self.depth) {
            // A global definition stays.
            if self.commands.get(&name).is_some_and(|found| found.depth == 0) {
                continue;
            }
            match before {
                Some(before) => drop(self.commands.insert(name, before)),
                None => drop(self.commands.remove(&name)),
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn define_environment(&mut self, name: &str, environment: OwnEnvironment) {
        self.environments.insert(name.into(), Rc::new(environment));
    }

    /// Returns the definition of a command in the paper, following aliases.
    pub(super) fn command(&self, name: &str) -> Option<&Rc<Macro>> {
        let mut found = &self.commands.get(name)?.meaning;
        // Two aliases may name each other; what can't be told is no macro.
        for _ in 0..8 {
            match &**found {
                Macro::Alias(other) => found = &self.commands.get(other)?.meaning,
                _ => return Some(found),
            }
        }
        None
    }

    /// Returns the command at the end of a chain of aliases that does not lead to a macro: `\let\a\textbf`.
    pub(super) fn alias_of(&self, name: &str) -> Option<Rc<str>> {
        let mut end = None;
        let mut name = name;
        for _ in 0..8 {
            match self.commands.get(name).map(|found| &*found.meaning) {
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
