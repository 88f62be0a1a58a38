//! Groups, by braces and by environments: what holds inside of one, and the action at its end.

use std::rc::Rc;

use super::macros::Tokens;
use super::reader::{Case, Reader};
use super::references::Part;
use super::token::{Kind, SourceRange};
use crate::document::SectionKind;

/// An open group, and the state before it.
#[derive(Debug)]
pub(super) struct Group {
    /// The name of an environment; `None` for braces.
    pub(super) environment: Option<Rc<str>>,
    pub(super) muted: bool,
    pub(super) silent: bool,
    pub(super) case: Case,
    pub(super) part: Option<Part>,
    /// `true` if definitions in it end with it. Those in the argument of an unknown command may be meant for what is
    /// behind it.
    pub(super) is_scope: bool,
    pub(super) act: Act,
}

/// The action at the end of a group.
#[derive(Debug)]
pub(super) enum Act {
    Nothing,
    /// Ends a block of the text.
    Block,
    /// Ends a stretch of its own, which is put after the paragraph.
    Flow(SectionKind),
    /// Ends a heading.
    Heading {
        depth: u8,
        start: usize,
        kind: SectionKind,
    },
    /// Ends a part of the text that began at the offset.
    Section(SectionKind, usize),
    /// Ends a formula.
    Maths(SourceRange),
    /// Ends one of the paper's own environments.
    Own(Tokens, SourceRange),
    Bibliography,
}

impl Reader<'_> {
    /// Opens a group.
    pub(super) fn open_group(&mut self, environment: Option<Rc<str>>, act: Act) {
        // Labels inside of an environment point to what the environment is.
        let part = environment.is_some().then(|| self.part.clone());
        let (muted, silent, case) = (self.muted, self.silent, self.case);
        let is_scope = !self.is_argument_next;
        if is_scope {
            self.expander.macros.begin_group();
        }
        self.groups.push(Group { environment, muted, silent, case, part, is_scope, act });
    }

    /// Opens the group of an argument, if a brace comes next. Returns whether it does.
    pub(super) fn open_argument(&mut self, act: Act) -> bool {
        self.expander.skip_space();
        let is_open = self.expander.peek_raw().is_some_and(|token| token.kind == Kind::Open);
        if is_open {
            self.expander.next_raw();
            self.open_group(None, act);
        }
        is_open
    }

    /// Closes the group of a brace.
    pub(super) fn close_brace(&mut self) {
        // A brace too many is passed over.
        if self.groups.last().is_some_and(|group| group.environment.is_none()) {
            self.close_group();
        }
    }

    /// Closes groups until `left` are left.
    pub(super) fn close_groups(&mut self, left: usize) {
        while self.groups.len() > left {
            self.close_group();
        }
    }

    pub(super) fn close_group(&mut self) {
        let Some(group) = self.groups.pop() else { return };
        self.act(group.act);
        if group.is_scope {
            self.expander.macros.end_group();
        }
        self.is_argument_next = !group.is_scope;
        (self.muted, self.silent, self.case) = (group.muted, group.silent, group.case);
        if let Some(part) = group.part {
            self.part = part;
        }
    }
}
