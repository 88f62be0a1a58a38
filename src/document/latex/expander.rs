//! Gives the tokens of a paper one after the other: out of files that include each other, with the
//! paper's own macros put in.

use std::collections::HashSet;
use std::rc::Rc;

use super::commands::lookup;
use super::files::Files;
use super::macros::{Macro, Macros, Parameter, Tokens};
use super::scanner::Scanner;
use super::token::{Given, Kind, Place, Token};

/// What one token of a macro's text counts at least against the limit, in bytes. A macro that
/// calls itself for ever need not make any text.
const TOKEN_COST: usize = 16;
/// What a file costs that is included again, besides its bytes.
const FILE_COST: usize = 1024;
/// How many bytes each byte of the source may come to through macros ...
const GROWTH: usize = 32;
/// ... after this part of the limit, which any source may come to.
const FLOOR: usize = 64;

/// Where tokens come from.
#[derive(Debug)]
enum Frame {
    File {
        text: Rc<str>,
        number: u32,
        scanner: Scanner,
        /// The folder that `\import` gave, where names are looked for first.
        folder: Option<String>,
    },
    /// The text of a macro, called at a place, or an argument or what was read and given back.
    Tokens { tokens: Tokens, at: usize, arguments: Rc<[Tokens]>, call: Option<Place> },
    /// The end of what is looked at now.
    Stop,
}

/// Which limit was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitMet {
    /// Macros came to too much text.
    Size,
    /// Macros and files lay in each other too deeply.
    Depth,
}

/// The source of tokens.
#[derive(Debug)]
pub(super) struct Expander<'a> {
    pub(super) files: Files<'a>,
    pub(super) macros: Macros,
    stack: Vec<Frame>,
    peeked: Option<Token>,
    /// Bytes that macros came to.
    spent: usize,
    limit: usize,
    max_depth: usize,
    /// Set when macros were left as they stand.
    pub(super) limit_met: Option<LimitMet>,
    none: Rc<[Tokens]>,
    /// Files that have been read, once at least.
    read_before: HashSet<u32>,
    /// Whether what is read now must end with its file, as an argument must.
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

    /// The text of a token.
    pub(super) fn text(&self, token: Token) -> Rc<str> {
        let text = self.files.text(token.text.file);
        text.get(token.text.range()).map_or_else(|| Rc::from(""), Rc::from)
    }

    /// Whether a token's text is so.
    pub(super) fn is(&self, token: Token, text: &str) -> bool {
        let file = self.files.open.get(token.text.file as usize);
        file.and_then(|file| file.text.get(token.text.range())) == Some(text)
    }

    /// Reads on in another file. False if it is being read already, or too many are.
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

    /// The files that are being read, from the main file on.
    pub(super) fn open_files(&self) -> impl Iterator<Item = u32> + '_ {
        self.stack.iter().filter_map(|frame| match frame {
            Frame::File { number, .. } => Some(*number),
            _ => None,
        })
    }

    /// The folder that `\import` gave for the file that is being read.
    pub(super) fn import_folder(&self) -> Option<&str> {
        self.stack.iter().rev().find_map(|frame| match frame {
            Frame::File { folder, .. } => Some(folder.as_deref()),
            _ => None,
        })?
    }

    /// Leaves the file that is being read.
    pub(super) fn leave_file(&mut self) {
        self.peeked = None;
        while let Some(frame) = self.stack.pop_if(|frame| !matches!(frame, Frame::Stop)) {
            if matches!(frame, Frame::File { .. }) {
                break;
            }
        }
    }

    /// The scanner of the file that is being read, with its text, if no macro stands before it.
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

    /// From now on, `@` is a letter or is not.
    pub(super) fn set_at_letter(&mut self, is_letter: bool) {
        let file = self.stack.iter_mut().rev().find(|frame| matches!(frame, Frame::File { .. }));
        if let Some(Frame::File { scanner, .. }) = file {
            scanner.at_is_letter = is_letter;
        }
    }

    /// Counts bytes against the limit. False if they are too many.
    fn spend(&mut self, bytes: usize) -> bool {
        let spent = self.spent.saturating_add(bytes);
        if spent > self.allowance() {
            self.meet_limit();
            return false;
        }
        self.spent = spent;
        true
    }

    /// How many bytes macros may come to: what a small source makes of itself is told from a long paper.
    pub(super) fn allowance(&self) -> usize {
        let grown = self.files.bytes().saturating_mul(GROWTH);
        self.limit.min(grown.saturating_add(self.limit / FLOOR))
    }

    /// What macros came to so far stays, and from here on they are left out. Who has met the limit
    /// before by giving back what was read, without any macro, is read no further.
    fn meet_limit(&mut self) {
        if self.limit_met == Some(LimitMet::Size) {
            self.stack.clear();
        }
        self.limit_met = Some(LimitMet::Size);
        self.spent = self.allowance() / 4 * 3;
        self.stack.retain(|frame| !matches!(frame, Frame::Tokens { .. }));
    }

    fn has_room(&mut self) -> bool {
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

    /// Gives tokens back, to be read again.
    pub(super) fn give_back(&mut self, tokens: impl Into<Tokens>) {
        let tokens = tokens.into();
        if !tokens.is_empty() {
            self.push(Frame::Tokens { tokens, at: 0, arguments: Rc::clone(&self.none), call: None });
        }
    }

    /// Reads tokens as if they stood for the place of a call.
    pub(super) fn put_in(&mut self, tokens: Tokens, arguments: Vec<Tokens>, call: Place) {
        if self.has_room() {
            self.push(Frame::Tokens { tokens, at: 0, arguments: arguments.into(), call: Some(call) });
        }
    }

    /// Sets an end, and tokens to read before it.
    pub(super) fn begin_part(&mut self, tokens: Tokens) {
        self.push(Frame::Stop);
        self.give_back(tokens);
    }

    /// Takes the end away that [`Expander::begin_part`] set, with what was left before it.
    pub(super) fn end_part(&mut self) {
        self.peeked = None;
        while let Some(frame) = self.stack.pop() {
            if matches!(frame, Frame::Stop) {
                break;
            }
        }
    }

    /// The next token with macros put in; none at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            let token = self.next_raw()?;
            if token.kind != Kind::Command || !self.expand(token) {
                return Some(token);
            }
        }
    }

    /// The next token as it stands, if it belongs to the file that is being read or to what a macro
    /// gives: the end of a file ends whatever was begun in it.
    pub(super) fn next_raw_within(&mut self) -> Option<Token> {
        let before = std::mem::replace(&mut self.within_file, true);
        let token = self.next_raw();
        self.within_file = before;
        token
    }

    /// The same with macros put in.
    pub(super) fn next_within(&mut self) -> Option<Token> {
        let before = std::mem::replace(&mut self.within_file, true);
        let token = self.next();
        self.within_file = before;
        token
    }

    /// The next token as it stands, looked at and left where it is.
    pub(super) fn peek_raw(&mut self) -> Option<Token> {
        self.peeked = self.next_raw();
        self.peeked
    }

    /// The next token as it stands.
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

    /// Puts in what a command stands for. False if it is none of the paper's own.
    fn expand(&mut self, token: Token) -> bool {
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

    /// Reads the arguments of a macro, and tells the place of the whole call.
    pub(super) fn arguments(&mut self, parameters: &[Parameter], call: Place) -> (Vec<Tokens>, Place) {
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
        let told = |given| -> Tokens {
            let nowhere = Place { end: call.start, ..call };
            Rc::from([Token { kind: Kind::Given(given), text: nowhere, from: call }])
        };
        let value =
            |(parameter, found, is_there): (&Parameter, Option<Tokens>, bool)| match (parameter, found) {
                (Parameter::Literal(_), _) => None,
                (Parameter::Sign(_), _) => Some(told(if is_there { Given::Yes } else { Given::No })),
                (_, Some(found)) => Some(found),
                // A default stands in the preamble, and is printed where the command is called.
                (
                    Parameter::Optional(Some(default))
                    | Parameter::Between(_, _, Some(default))
                    | Parameter::Braces(Some(default)),
                    None,
                ) => Some(default.iter().map(|token| Token { from: call, ..*token }).collect()),
                (Parameter::Mandatory | Parameter::Until(_), None) => Some(Rc::from([])),
                (_, None) => Some(told(Given::NoValue)),
            };
        (arguments.into_iter().filter_map(value).collect(), call)
    }

    /// Whether all commands with `@` in a text have a meaning.
    fn knows_all_of(&self, body: &[Token]) -> bool {
        body.iter().filter(|token| token.kind == Kind::Command).all(|token| {
            let name = self.text(*token);
            name.len() < 2 || !name.contains('@') || self.macros.is_defined(&name) || lookup(&name).is_some()
        })
    }

    /// Reads a part of a file that is open, as if it were a file.
    pub(super) fn enter_part(
        &mut self,
        number: u32,
        part: std::ops::Range<usize>,
        at_is_letter: bool,
    ) -> bool {
        let text = self.files.text(number);
        let Some(text) = text.get(..part.end).filter(|_| self.has_room()).map(Rc::from) else { return false };
        if !self.spend(part.len() + TOKEN_COST) {
            return false;
        }
        let mut scanner = Scanner::new(number, at_is_letter);
        scanner.at = part.start;
        self.push(Frame::File { text, number, scanner, folder: None });
        true
    }
}
