//! Regular expressions with one alternative removed, to test whether the rule needs that alternative.

use regex_syntax::ast::Ast;

use super::Expression;
use super::classes::{masked, places};
use super::reading::{Role, parsed, walk};
use crate::catalogue::Lexicon;

impl Expression {
    /// Returns, for each alternative of each choice, the alternative as written and the expression without
    /// it. Skips those without which no valid expression is left.
    pub fn without_each_alternative(&self, lexicon: &Lexicon) -> Vec<(String, Self)> {
        let Ok(places) = places(&self.source, lexicon) else { return Vec::new() };
        let Ok(ast) = parsed(&masked(&self.source, &places)) else { return Vec::new() };
        let mut choices = Vec::new();
        walk(&ast, &mut |ast| {
            if let Ast::Alternation(choice) = ast {
                choices.push(choice);
            }
        });
        let mut found = Vec::new();
        for choice in choices {
            let written = |ast: &Ast| &self.source[ast.span().start.offset..ast.span().end.offset];
            for (place, taken) in choice.asts.iter().enumerate() {
                let others = choice.asts.iter().enumerate().filter(|(other, _)| *other != place);
                let rest: Vec<&str> = others.map(|(_, other)| written(other)).collect();
                let (before, after) =
                    (&self.source[..choice.span.start.offset], &self.source[choice.span.end.offset..]);
                let source = format!("{before}{}{after}", rest.join("|"));
                // What must not be there has no groups, so that this reads both.
                if let Ok(without) = Self::parse(&source, self.span, Role::Wanted, lexicon) {
                    found.push((written(taken).to_string(), without));
                }
            }
        }
        found
    }
}
