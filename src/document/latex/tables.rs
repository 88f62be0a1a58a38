//! Tables, and the legends of drawings, which contain names but no sentences.
//!
//! A table becomes a part of its own after the paragraph that it interrupts, with one row per line and ` | `
//! between cells. So the first line holds the column heads, and the text before the first separator of a
//! line is the row head.

use std::rc::Rc;

use super::flow::Flow;
use super::groups::Act;
use super::macros::Tokens;
use super::reader::Reader;
use super::token::{Kind, SourceRange};
use crate::document::SectionKind;
use crate::document::raised::{Raised, raised_before, written};

/// Keys of plots whose values name the plotted items.
const NAMING_KEYS: &[&str] =
    &["legend entries", "symbolic x coords", "symbolic y coords", "xticklabels", "yticklabels"];

impl Reader<'_> {
    /// Handles `\begin{tabular}` and the like. A table inside a cell is reduced to its text.
    pub(super) fn begin_table(&mut self, name: Rc<str>, form: &str) {
        self.expander.drop_arguments(form);
        if self.muted || self.in_bibliography || self.flow().table.is_some() {
            return self.open_group(Some(name), Act::Nothing);
        }
        self.open_group(Some(name), Act::Flow(SectionKind::Table));
        self.silent = false;
        let groups = self.groups.len();
        self.flows.push(Flow::of_table(groups));
    }

    /// Returns whether a cell is being read, outside of any group that has line ends of its own.
    pub(super) fn in_row(&mut self) -> bool {
        let groups = self.groups.len();
        !self.is_quiet() && self.flow().table == Some(groups)
    }

    /// Ends a row. Returns `false` outside of rows.
    pub(super) fn end_row(&mut self, from: SourceRange) -> bool {
        let in_row = self.in_row();
        if in_row {
            self.flow().end_row(from);
        }
        in_row
    }

    /// Handles `\multicolumn{3}{c}{text}`: the additional cells that it spans stay empty.
    pub(super) fn columns(&mut self) {
        let count = self.expander.argument();
        self.expander.drop_arguments("m");
        if self.in_row()
            && let Some((count, _)) = count
        {
            let count = self.expander.plain(&count).parse::<u8>().unwrap_or(1);
            self.flow().spanned = count.saturating_sub(1);
        }
    }

    /// Handles `\textsuperscript{a}`: text, but in a table the mark of a note.
    pub(super) fn raised(&mut self, from: SourceRange) {
        if self.is_quiet() {
            return;
        }
        let in_table = self.flow().table.is_some();
        let Some((tokens, end)) = self.expander.argument() else { return };
        if !self.flow().is_in_word() {
            if !in_table {
                self.expander.give_back(tokens);
            }
            return;
        }
        let line = self.expander.plain(&tokens);
        let next = self.expander.peek_raw().filter(|next| next.kind == Kind::Text);
        let after = next.and_then(|next| self.expander.text(next).chars().next());
        match raised_before(&self.flow().text, &line, after) {
            Raised::Text if !in_table || after.is_some_and(char::is_alphabetic) => {
                self.expander.give_back(tokens)
            }
            Raised::Text | Raised::Citation if in_table => {}
            kind => self.replaced(&written(kind, &line), from.to(end)),
        }
    }

    /// Handles `\begin{axis}[legend entries={A, B}]`.
    pub(super) fn begin_picture(&mut self, name: Rc<str>) {
        let options = self.expander.optional();
        self.open_group(Some(name), Act::Nothing);
        self.silent = true;
        if let Some((options, _)) = options.filter(|_| !self.muted) {
            for value in self.naming_values(&options) {
                self.add_legend(value);
            }
        }
    }

    /// Returns the values of the keys that name plotted items.
    fn naming_values(&self, options: &Tokens) -> Vec<Tokens> {
        let mut values = Vec::new();
        // The depth of the braces, and where the value begins that goes on.
        let (mut depth, mut start) = (0usize, None);
        for (at, token) in options.iter().enumerate() {
            match token.kind {
                Kind::Open => {
                    let key = at.checked_sub(1).and_then(|before| options.get(before));
                    let is_named = depth == 0
                        && key.is_some_and(|key| {
                            let key = self.expander.text(*key);
                            let key = key.trim_end().strip_suffix('=').unwrap_or_default().trim_end();
                            NAMING_KEYS.iter().any(|name| key.ends_with(name))
                        });
                    depth += 1;
                    if is_named {
                        start = Some(at + 1);
                    }
                }
                Kind::Close => {
                    depth = depth.saturating_sub(1);
                    if let Some(start) = start.take_if(|_| depth == 0) {
                        values.push(Rc::from(&options[start..at]));
                    }
                }
                _ => {}
            }
        }
        values
    }

    /// Handles `\addlegendentry{A}` in a drawing; outside of one, the argument is ordinary text.
    pub(super) fn legend(&mut self) {
        if self.muted || !self.silent {
            return;
        }
        self.expander.drop_arguments("o");
        if let Some((entry, _)) = self.expander.argument() {
            self.add_legend(entry);
        }
    }

    fn add_legend(&mut self, entry: Tokens) {
        let mut flow = self.part_of(entry);
        flow.make_part(SectionKind::Table);
        self.flow().add_later(flow);
    }
}

/// Removes the arguments of a listing's environment, which are on its first line.
pub(super) fn without_arguments(text: &str) -> &str {
    let mut rest = text;
    while let Some((open, close)) =
        [('[', ']'), ('{', '}')].into_iter().find(|(open, _)| rest.starts_with(*open))
    {
        let line = rest.find('\n').unwrap_or(rest.len());
        let mut depth = 0usize;
        let end = rest[..line].char_indices().find_map(|(at, letter)| {
            if letter == open {
                depth += 1;
            } else if letter == close {
                depth -= 1;
            }
            (depth == 0).then_some(at + close.len_utf8())
        });
        // Options over several lines are passed over too; other text that begins so is a listing.
        let Some(end) = end.or_else(|| rest.find("]\n").filter(|_| open == '[').map(|at| at + 1)) else {
            break;
        };
        rest = &rest[end..];
    }
    rest
}
