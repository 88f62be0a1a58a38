//! Conversion of the tokens of a paper to prose.

use std::collections::{HashMap, HashSet};

use super::citing::Works;
use super::command_table::lookup;
use super::expander::Expander;
use super::filed::FiledText;
use super::flow::{Blank, Flow, Space};
use super::front_matter::FrontMatter;
use super::glossary::GlossaryEntry;
use super::groups::{Act, Group};
use super::macros::Tokens;
use super::references::{Part, References};
use super::token::{Kind, SourceRange, Token};
use super::unended::Unended;
use crate::document::bibliography::Item;
use crate::document::{ReadError, ReadNote, SectionKind, single_spaced};

/// Maximum nesting depth of separately read parts: titles, notes and the like.
const PARTS: usize = 16;

/// The state of the conversion.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) expander: Expander<'a>,
    /// The open stretches of prose: the running text, and those that interrupt it.
    pub(super) flows: Vec<Flow>,
    pub(super) groups: Vec<Group>,
    /// `true` if the current content is not text at all, as in a preamble.
    pub(super) muted: bool,
    /// `true` if the current content is kept out of the prose except for captions, as in a table.
    pub(super) silent: bool,
    /// Set while a style file is read.
    pub(super) in_style: bool,
    pub(super) case: Case,
    /// `true` right behind an unknown command and its arguments.
    pub(super) is_argument_next: bool,
    /// `true` behind `\global`.
    pub(super) is_global: bool,
    /// The target of a label at this position.
    pub(super) part: Part,
    /// Headings whose sections are open.
    pub(super) headings: Vec<OpenHeading>,
    pub(super) references: References,
    pub(super) works: Works,
    pub(super) bibliography_files: Vec<String>,
    /// The entries of a bibliography in the paper itself, as text.
    pub(super) items: Vec<Item>,
    pub(super) in_bibliography: bool,
    pub(super) switches: HashMap<String, bool>,
    /// The counters of LaTeX.
    pub(super) counters: HashMap<String, i64>,
    /// The counters of TeX, by the commands for them.
    pub(super) registers: HashMap<String, i64>,
    /// The units that the paper declares.
    pub(super) units: HashMap<String, String>,
    /// The toggles of etoolbox, whose names are separate from those of switches.
    pub(super) toggles: HashMap<String, bool>,
    /// `true` if the next condition is negated.
    pub(super) unless: bool,
    /// Environments that are not printed.
    pub(super) hidden_environments: HashSet<String>,
    /// Files embedded in the paper itself.
    pub(super) filed: HashMap<String, FiledText>,
    /// Glossary entries.
    pub(super) entries: HashMap<String, GlossaryEntry>,
    pub(super) acronyms: HashMap<String, (String, String)>,
    pub(super) used_acronyms: HashSet<String>,
    /// Style files that have been read.
    pub(super) styles_read: HashSet<u32>,
    /// The paper's own environments that contain no text.
    pub(super) verbatim_environments: HashSet<String>,
    pub(super) front: FrontMatter,
    pub(super) notes: Vec<ReadNote>,
    pub(super) error: Option<ReadError>,
    /// Number of parts that are currently read separately.
    parts: usize,
    /// Number of headings that are currently read.
    pub(super) open_headings: usize,
    /// The verbatim texts begun without an end.
    pub(super) unended: Unended,
    /// Number of files that were looked up and do not exist.
    pub(super) missing_files: usize,
    pub(super) ended: bool,
}

/// The case conversion of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    AsWritten,
    Upper,
    Lower,
}

/// A heading whose section is open.
#[derive(Debug)]
pub(super) struct OpenHeading {
    pub(super) depth: u8,
    pub(super) start: usize,
    pub(super) kind: SectionKind,
    pub(super) heading: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(expander: Expander<'a>) -> Self {
        Self {
            expander,
            flows: vec![Flow::default()],
            groups: Vec::new(),
            muted: false,
            silent: false,
            in_style: false,
            case: Case::AsWritten,
            is_argument_next: false,
            is_global: false,
            part: Part::none(),
            headings: Vec::new(),
            references: References::default(),
            works: Works::default(),
            bibliography_files: Vec::new(),
            items: Vec::new(),
            in_bibliography: false,
            switches: HashMap::new(),
            counters: HashMap::new(),
            registers: HashMap::new(),
            units: HashMap::new(),
            toggles: HashMap::new(),
            unless: false,
            hidden_environments: HashSet::new(),
            filed: HashMap::new(),
            entries: HashMap::new(),
            acronyms: HashMap::new(),
            used_acronyms: HashSet::new(),
            styles_read: HashSet::new(),
            verbatim_environments: HashSet::new(),
            front: FrontMatter::default(),
            notes: Vec::new(),
            error: None,
            parts: 0,
            open_headings: 0,
            unended: Unended::default(),
            missing_files: 0,
            ended: false,
        }
    }

    /// Reads to the end of the open input.
    pub(super) fn run(&mut self) {
        while !self.ended
            && let Some(token) = self.expander.next()
        {
            self.token(token);
        }
    }

    /// Reads tokens separately and returns their prose.
    pub(super) fn part_of(&mut self, tokens: Tokens) -> Flow {
        if self.parts >= PARTS {
            return Flow::default();
        }
        self.parts += 1;
        let (muted, silent) = (std::mem::take(&mut self.muted), std::mem::take(&mut self.silent));
        let groups = std::mem::take(&mut self.groups);
        self.flows.push(Flow::default());
        let depth = self.flows.len();
        self.expander.begin_part(tokens);
        self.run();
        self.close_groups(0);
        self.expander.end_part();
        self.flows.truncate(depth);
        let flow = self.flows.pop().unwrap_or_default();
        self.groups = groups;
        (self.muted, self.silent) = (muted, silent);
        self.parts -= 1;
        flow
    }

    /// Returns the text of tokens as one line.
    pub(super) fn line_of(&mut self, tokens: Tokens) -> String {
        let flow = self.part_of(tokens);
        single_spaced(&flow.text)
    }

    fn token(&mut self, token: Token) {
        if token.kind != Kind::Open {
            self.is_argument_next = false;
        }
        match token.kind {
            Kind::Text | Kind::Script => self.text(token),
            Kind::Ampersand if self.in_row() => self.flow().end_cell(token.from),
            Kind::Space | Kind::Tie | Kind::Ampersand => self.space(token),
            Kind::Paragraph => self.end_block(),
            Kind::Open => {
                self.open_group(None, Act::Nothing);
                self.is_argument_next = false;
            }
            Kind::Close => self.close_brace(),
            Kind::Dollar => self.dollar(token),
            Kind::Parameter(_) | Kind::Given(_) => {}
            Kind::Command => self.command_token(token),
        }
    }

    fn command_token(&mut self, token: Token) {
        let name = self.expander.text(token);
        if let Some(command) = lookup(&name) {
            return self.command(command, &name, token);
        }
        if self.conditional(&name) {
            return;
        }
        if let Some(command) = self.expander.macros.alias_of(&name).and_then(|name| lookup(&name)) {
            return self.command(command, &name, token);
        }
        if self.sets_count(&name) || self.sets_length(&name) || self.points(&name, token.from) {
            return;
        }
        // A command that is not known changes how things look: its options are passed over, and the
        // text of its arguments is read.
        if let Some(next) = self.expander.peek_raw()
            && next.kind == Kind::Text
            && (next.text.file, next.text.start) == (token.text.file, token.text.end)
        {
            self.expander.skip_overlay();
            self.expander.optional();
        }
        self.is_argument_next = true;
    }

    /// Returns whether text is currently discarded.
    pub(super) fn is_quiet(&self) -> bool {
        self.muted || self.silent
    }

    pub(super) fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    /// Returns whether the running text is being written, and not a stretch that interrupts it.
    pub(super) fn in_running_text(&self) -> bool {
        self.flows.len() == 1 && !self.is_quiet()
    }

    pub(super) fn end_block(&mut self) {
        if self.is_quiet() {
            return;
        }
        if self.flows.len() == 1 {
            self.flow().end_paragraph();
        } else {
            self.flow().end_block();
        }
    }

    fn space(&mut self, token: Token) {
        if self.is_quiet() {
            return;
        }
        let mut space = Space { text: " ", from: token.from, literal: false };
        if token.kind == Kind::Space && token.is_as_written() {
            let text = self.expander.text(token);
            // One byte stands for the whole run: the end of the line if there is one in it.
            let newline = text.find('\n');
            if self.flow().table.is_some() && newline.is_some() {
                return self.flow().space(space); // the lines of a table are its rows
            }
            space.text = if newline.is_some() { "\n" } else { " " };
            let at = token.from.start + u32::try_from(newline.unwrap_or(0)).unwrap_or(0);
            space.from = SourceRange { start: at, end: at + 1, ..token.from };
            space.literal = newline.is_some() || text.starts_with(' ');
        }
        self.flow().space(space);
    }

    /// Adds a blank in place of a source range.
    pub(super) fn blank_for(&mut self, from: SourceRange) {
        if !self.is_quiet() {
            self.flow().space(Space { text: " ", from, literal: false });
        }
    }

    /// Adds characters in place of a source range.
    pub(super) fn replaced(&mut self, text: &str, from: SourceRange) {
        if !self.is_quiet() {
            self.flow().replaced(text, from);
        }
    }

    /// Adds text that is known later.
    pub(super) fn hole(&mut self, blank: Blank, from: SourceRange) {
        if !self.is_quiet() {
            self.flow().hole(blank, from);
        }
    }

    fn text(&mut self, token: Token) {
        if self.is_quiet() {
            return;
        }
        let text = self.expander.text(token);
        let is_literal = token.is_as_written();
        if self.case != Case::AsWritten {
            let is_upper = self.case == Case::Upper;
            for (at, letter) in text.char_indices() {
                let changed = if is_upper {
                    letter.to_uppercase().to_string()
                } else {
                    letter.to_lowercase().to_string()
                };
                let from = if is_literal { part(token.from, at..at + letter.len_utf8()) } else { token.from };
                self.flow().replaced(&changed, from);
            }
            return;
        }
        let flow = self.flow();
        let mut from = 0;
        // Quotes and dashes are typed as runs of plain characters.
        for (at, _) in text.match_indices(['`', '\'', '-']) {
            let Some((mark, length)) = typed_mark(&text[at..]).filter(|_| at >= from) else { continue };
            push(flow, &text, from..at, token.from, is_literal);
            flow.replaced(mark, if is_literal { part(token.from, at..at + length) } else { token.from });
            from = at + length;
        }
        push(flow, &text, from..text.len(), token.from, is_literal);
    }
}

/// Returns the typographic mark for typed characters, and their number.
fn typed_mark(text: &str) -> Option<(&'static str, usize)> {
    let marks = [("``", "“"), ("`", "‘"), ("''", "”"), ("---", "—"), ("--", "–")];
    marks.into_iter().find(|(typed, _)| text.starts_with(typed)).map(|(typed, mark)| (mark, typed.len()))
}

/// Returns a part of a place, by byte offsets from its start.
pub(super) fn part(place: SourceRange, range: std::ops::Range<usize>) -> SourceRange {
    let offset = |at: usize| place.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).min(place.end);
    SourceRange { start: offset(range.start), end: offset(range.end), ..place }
}

fn push(flow: &mut Flow, text: &str, range: std::ops::Range<usize>, from: SourceRange, is_literal: bool) {
    let piece = text.get(range.clone()).unwrap_or_default();
    if is_literal {
        flow.literal(piece, part(from, range));
    } else {
        flow.replaced(piece, from);
    }
}
