//! Calls of the paper's own macros: their arguments are read, and their text is put in.

use std::rc::Rc;

use super::command_table::lookup;
use super::expander::Expander;
use super::macros::{Macro, Parameter, Tokens};
use super::token::{Given, Kind, SourceRange, Token};

impl Expander<'_> {
    /// Expands one of the paper's own commands. Returns `false` if it is not one.
    pub(super) fn expand(&mut self, token: Token) -> bool {
        let file = self.files.open.get(token.text.file as usize);
        let Some(name) = file.and_then(|file| file.text.get(token.text.range())) else { return false };
        let Some(meaning) = self.macros.command(name).map(Rc::clone) else { return false };
        let Macro::Text { parameters, body, is_internal } = &*meaning else { return false };
        if *is_internal && !self.knows_all_of(body) {
            return false;
        }
        if !self.has_room() {
            return true; // left out
        }
        let (arguments, call) = self.arguments(parameters, token.from);
        self.put_in(Rc::clone(body), arguments, call);
        true
    }

    /// Reads the arguments of a macro, and returns them with the place of the whole call.
    pub(super) fn arguments(
        &mut self,
        parameters: &[Parameter],
        call: SourceRange,
    ) -> (Vec<Tokens>, SourceRange) {
        let mut call = call;
        let arguments = parameters
            .iter()
            .map(|parameter| {
                let (found, end) = match parameter {
                    Parameter::Mandatory => self.argument().unzip(),
                    Parameter::Optional(_) => self.optional().unzip(),
                    Parameter::Between(open, close, _) => self.delimited(*open, *close).unzip(),
                    Parameter::Braces(_) => self.braces().unzip(),
                    Parameter::Sign(sign) => (None, self.sign(*sign)),
                    Parameter::Script(sign) => self.script(*sign).unzip(),
                    Parameter::Until(marks) => self.until(marks).unzip(),
                    Parameter::Literal(marks) => (None, self.literal(marks)),
                };
                call = end.map_or(call, |end| call.to(end));
                (parameter, found, end.is_some())
            })
            .collect::<Vec<_>>();
        let tokens_of = |given| -> Tokens {
            let nowhere = SourceRange { end: call.start, ..call };
            Rc::from([Token { kind: Kind::Given(given), text: nowhere, from: call }])
        };
        let value =
            |(parameter, found, is_there): (&Parameter, Option<Tokens>, bool)| match (parameter, found) {
                (Parameter::Literal(_), _) => None,
                (Parameter::Sign(_), _) => Some(tokens_of(if is_there { Given::Yes } else { Given::No })),
                (_, Some(found)) => Some(found),
                // A default stands in the preamble, and is printed where the command is called.
                (
                    Parameter::Optional(Some(default))
                    | Parameter::Between(_, _, Some(default))
                    | Parameter::Braces(Some(default)),
                    None,
                ) => Some(default.iter().map(|token| Token { from: call, ..*token }).collect()),
                (Parameter::Mandatory | Parameter::Until(_), None) => Some(Rc::from([])),
                (_, None) => Some(tokens_of(Given::NoValue)),
            };
        (arguments.into_iter().filter_map(value).collect(), call)
    }

    /// Returns whether all commands with `@` in a text are defined.
    fn knows_all_of(&self, body: &[Token]) -> bool {
        body.iter().filter(|token| token.kind == Kind::Command).all(|token| {
            let name = self.text(*token);
            name.len() < 2
                || !name.contains('@')
                || matches!(&*name, "@empty" | "@nil" | "@undefined")
                || self.macros.is_defined(&name)
                || lookup(&name).is_some()
        })
    }
}
