//! The token stream of a paper: the tokens of files that include each other, with the paper's own macros
//! expanded.

use std::collections::HashSet;
use std::rc::Rc;

use super::files::Files;
use super::macros::{Macros, Tokens};
use super::scanner::Scanner;
use super::token::{Kind, SourceRange, Token};

/// Minimum cost in bytes of one token of a macro's text against the limit, since a macro that recurses
/// infinitely need not produce any text.
const TOKEN_COST: usize = 16;
/// Cost in bytes of including a file again, besides its length.
const FILE_COST: usize = 1024;
/// Number of bytes that macros may expand to per byte of source, in addition to [`FLOOR`].
const GROWTH: usize = 16;
/// Number of bytes that the macros of any source may expand to.
const FLOOR: usize = 1 << 20;

/// A source of tokens.
#[derive(Debug)]
enum Frame {
    File {
        text: Rc<str>,
        number: u32,
        scanner: Scanner,
        /// The folder given by `\import`, in which names are looked up first.
        folder: Option<String>,
    },
    /// The text of a macro, called at a place; or an argument, or tokens that were pushed back.
    Tokens { tokens: Tokens, at: usize, arguments: Rc<[Tokens]>, call: Option<SourceRange> },
    /// The end of the part that is being read.
    Stop,
}

/// The limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitMet {
    /// Macros expanded to too much text.
    Size,
    /// Macros and files were nested too deeply.
    Depth,
}

/// The token stream.
#[derive(Debug)]
pub(super) struct Expander<'a> {
    pub(super) files: Files<'a>,
    pub(super) macros: Macros,
    stack: Vec<Frame>,
    peeked: Option<Token>,
    /// Number of bytes that macros expanded to.
    spent: usize,
    limit: usize,
    max_depth: usize,
    /// Set when macros were left unexpanded.
    pub(super) limit_met: Option<LimitMet>,
    none: Rc<[Tokens]>,
    /// Files that have been read at least once.
    read_before: HashSet<u32>,
    /// Set while the tokens must come from the current file, as for an argument.
    within_file: bool,
}

impl<'a> Expander<'a> {
    pub(super) fn new(files: Files<'a>, limit: usize, max_depth: usize) -> Self {
        Self {
            files,
            macros: Macros::default(),
            stack: Vec::new(),
            peeked: None,
            spent: 0,
            limit,
            max_depth,
            limit_met: None,
            none: Rc::from([]),
            read_before: HashSet::new(),
            within_file: false,
        }
    }

    /// Returns the text of a token.
    pub(super) fn text(&self, token: Token) -> Rc<str> {
        let text = self.files.text(token.text.file);
        text.get(token.text.range()).map_or_else(|| Rc::from(""), Rc::from)
    }

    /// Returns whether a token has the given text.
    pub(super) fn is(&self, token: Token, text: &str) -> bool {
        let file = self.files.open.get(token.text.file as usize);
        file.and_then(|file| file.text.get(token.text.range())) == Some(text)
    }

    /// Returns whether the text of a token begins with another.
    pub(super) fn begins_with(&self, token: Token, beginning: &str) -> bool {
        let file = self.files.open.get(token.text.file as usize);
        file.and_then(|file| file.text.get(token.text.range()))
            .is_some_and(|text| text.starts_with(beginning))
    }

    /// Continues in another file. Returns `false` if it is already open, or a limit is reached.
    pub(super) fn enter_file(&mut self, number: u32, folder: Option<String>, at_is_letter: bool) -> bool {
        let is_open = self
            .stack
            .iter()
            .any(|frame| matches!(frame, Frame::File { number: open, .. } if *open == number));
        if is_open || !self.has_room() {
            return false;
        }
        let text = self.files.text(number);
        // A file may be included twice; but two files that include two files, and so on, are a bomb.
        if !self.read_before.insert(number) && !self.spend(text.len() + FILE_COST) {
            return false;
        }
        self.push(Frame::File { text, number, scanner: Scanner::new(number, at_is_letter), folder });
        true
    }

    /// Continues in a part of an open file, as if it were a file.
    pub(super) fn enter_part(
        &mut self,
        number: u32,
        part: std::ops::Range<usize>,
        at_is_letter: bool,
    ) -> bool {
        let text = self.files.text(number);
        let Some(text) = text.get(..part.end).filter(|_| self.has_room()).map(Rc::from) else { return false };
        if !self.spend(part.len() + FILE_COST) {
            return false;
        }
        let mut scanner = Scanner::new(number, at_is_letter);
        scanner.at = part.start;
        self.push(Frame::File { text, number, scanner, folder: None });
        true
    }

    /// Returns the open files, from the main file on.
    pub(super) fn open_files(&self) -> impl Iterator<Item = u32> + '_ {
        self.stack.iter().filter_map(|frame| match frame {
            Frame::File { number, .. } => Some(*number),
            _ => None,
        })
    }

    /// Returns the folder that `\import` gave for the current file.
    pub(super) fn import_folder(&self) -> Option<&str> {
        self.stack.iter().rev().find_map(|frame| match frame {
            Frame::File { folder, .. } => Some(folder.as_deref()),
            _ => None,
        })?
    }

    /// Leaves the current file.
    pub(super) fn leave_file(&mut self) {
        self.peeked = None;
        while let Some(frame) = self.stack.pop_if(|frame| !matches!(frame, Frame::Stop)) {
            if matches!(frame, Frame::File { .. }) {
                break;
            }
        }
    }

    /// Returns the scanner of the current file with its text, if no macro text comes before it.
    pub(super) fn scanner(&mut self) -> Option<(&mut Scanner, Rc<str>)> {
        while let Some(Frame::Tokens { tokens, at, .. }) = self.stack.last()
            && *at >= tokens.len()
        {
            self.stack.pop();
        }
        let Some(Frame::File { text, scanner, number, .. }) = self.stack.last_mut() else { return None };
        if let Some(peeked) = self.peeked {
            // What was looked at is read again as characters, if it came from right here.
            let after = text.get(peeked.from.end as usize..scanner.at);
            let is_here = peeked.from.file == *number
                && peeked.is_as_written()
                && after.is_some_and(|between| between.trim().is_empty());
            if !is_here {
                return None;
            }
            scanner.go_to(peeked.from.start as usize);
            self.peeked = None;
        }
        Some((scanner, Rc::clone(text)))
    }

    /// Sets whether `@` is a letter from now on.
    pub(super) fn set_at_letter(&mut self, is_letter: bool) {
        let file = self.stack.iter_mut().rev().find(|frame| matches!(frame, Frame::File { .. }));
        if let Some(Frame::File { scanner, .. }) = file {
            scanner.at_is_letter = is_letter;
        }
    }

    /// Counts bytes against the limit. Returns `false` if they exceed it.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        let spent = self.spent.saturating_add(bytes);
        if spent > self.allowance() {
            self.meet_limit();
            return false;
        }
        self.spent = spent;
        true
    }

    /// Returns the number of bytes that macros may expand to. It grows with the source, which separates a
    /// long paper from a small source that blows up.
    pub(super) fn allowance(&self) -> usize {
        let grown = self.files.bytes().saturating_mul(GROWTH);
        self.limit.min(grown.saturating_add(FLOOR))
    }

    /// Drops all pending macro text and leaves macros unexpanded from here on; earlier text is kept. If the
    /// limit is reached again, by pushed-back tokens without any macro, reading stops.
    fn meet_limit(&mut self) {
        if self.limit_met == Some(LimitMet::Size) {
            self.stack.clear();
        }
        self.limit_met = Some(LimitMet::Size);
        self.spent = self.allowance() / 4 * 3;
        self.stack.retain(|frame| !matches!(frame, Frame::Tokens { .. }));
    }

    /// Returns whether one more macro or file may be opened.
    pub(super) fn has_room(&mut self) -> bool {
        if self.stack.len() >= self.max_depth {
            self.limit_met = self.limit_met.or(Some(LimitMet::Depth));
        }
        self.stack.len() < self.max_depth && self.limit_met != Some(LimitMet::Size)
    }

    fn push(&mut self, frame: Frame) {
        if let Some(token) = self.peeked.take() {
            self.stack.push(Frame::Tokens {
                tokens: Rc::from([token]),
                at: 0,
                arguments: Rc::clone(&self.none),
                call: None,
            });
        }
        // A macro whose text ends with a macro must not fill the stack with ends.
        if let Some(Frame::Tokens { tokens, at, .. }) = self.stack.last()
            && *at >= tokens.len()
        {
            self.stack.pop();
        }
        self.stack.push(frame);
    }

    /// Pushes tokens back, to be read again.
    pub(super) fn give_back(&mut self, tokens: impl Into<Tokens>) {
        let tokens = tokens.into();
        if !tokens.is_empty() {
            self.push(Frame::Tokens { tokens, at: 0, arguments: Rc::clone(&self.none), call: None });
        }
    }

    /// Inserts tokens that stand for the place of a call.
    pub(super) fn put_in(&mut self, tokens: Tokens, arguments: Vec<Tokens>, call: SourceRange) {
        if self.has_room() {
            self.push(Frame::Tokens { tokens, at: 0, arguments: arguments.into(), call: Some(call) });
        }
    }

    /// Sets an end, and tokens to read before it.
    pub(super) fn begin_part(&mut self, tokens: Tokens) {
        self.push(Frame::Stop);
        self.give_back(tokens);
    }

    /// Removes the end set by [`Expander::begin_part`], with all tokens left before it.
    pub(super) fn end_part(&mut self) {
        self.peeked = None;
        while let Some(frame) = self.stack.pop() {
            if matches!(frame, Frame::Stop) {
                break;
            }
        }
    }

    /// Returns the next token, with macros expanded; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            let token = self.next_raw()?;
            if token.kind != Kind::Command || !self.expand(token) {
                return Some(token);
            }
        }
    }

    /// Returns the next unexpanded token, if it belongs to the current file or to a macro's text: the end of
    /// a file ends every construct begun in it.
    pub(super) fn next_raw_within(&mut self) -> Option<Token> {
        let before = std::mem::replace(&mut self.within_file, true);
        let token = self.next_raw();
        self.within_file = before;
        token
    }

    /// Like [`Expander::next_raw_within`], with macros expanded.
    pub(super) fn next_within(&mut self) -> Option<Token> {
        let before = std::mem::replace(&mut self.within_file, true);
        let token = self.next();
        self.within_file = before;
        token
    }

    /// Returns the next unexpanded token without consuming it.
    pub(super) fn peek_raw(&mut self) -> Option<Token> {
        self.peeked = self.next_raw();
        self.peeked
    }

    /// Returns the next unexpanded token.
    pub(super) fn next_raw(&mut self) -> Option<Token> {
        if let Some(token) = self.peeked.take() {
            return Some(token);
        }
        loop {
            match self.stack.last_mut()? {
                Frame::Stop => return None,
                Frame::File { text, scanner, .. } => {
                    if let Some(token) = scanner.next(text) {
                        return Some(token);
                    }
                    if self.within_file {
                        return None;
                    }
                    self.stack.pop();
                }
                Frame::Tokens { tokens, at, arguments, call } => {
                    let Some(mut token) = tokens.get(*at).copied() else {
                        self.stack.pop();
                        continue;
                    };
                    *at += 1;
                    let (call, arguments) = (*call, Rc::clone(arguments));
                    if !self.spend(TOKEN_COST.max(token.text.len())) {
                        continue;
                    }
                    let Some(call) = call else { return Some(token) };
                    if let Kind::Parameter(number) = token.kind {
                        let argument =
                            usize::from(number).checked_sub(1).and_then(|index| arguments.get(index));
                        if let Some(argument) = argument.map(Rc::clone)
                            && self.has_room()
                        {
                            self.give_back(argument);
                        }
                        continue;
                    }
                    token.from = call;
                    return Some(token);
                }
            }
        }
    }
}
