//! Sections, environments, captions and footnotes.

use std::rc::Rc;

use super::environments::{Environment, lookup};
use super::groups::{Act, Group};
use super::reader::{OpenHeading, Reader};
use super::references::Counter;
use super::token::{Kind, SourceRange, Token};
use crate::document::{ByteSpan, Section, SectionKind, single_spaced};

/// Maximum nesting depth of footnotes, captions and the like.
const FLOWS: usize = 16;
/// Maximum nesting depth of headings; the text of each contains those inside it.
const HEADINGS: usize = 8;
/// Maximum length of a heading in bytes, since one that does not end would be as long as the paper.
const HEADING: usize = 1000;

impl Reader<'_> {
    /// Handles `\begin{name}`.
    pub(super) fn begin(&mut self, token: Token) {
        let Some((name, end)) = self.expander.argument() else { return };
        let name: Rc<str> = self.expander.plain(&name).into();
        let call = token.from.to(end);
        let environment = lookup(&name);
        let is_alias_of_comment = || self.expander.macros.alias_of(&name).as_deref() == Some("comment");
        if self.hidden_environments.contains(&*name) || environment.is_none() && is_alias_of_comment() {
            return self.verbatim(&name, false);
        }
        if matches!(environment, None | Some(Environment::Text(_) | Environment::Box))
            && let Some(own) = self.expander.macros.environment(&name)
        {
            let (arguments, call) = self.expander.arguments(&own.parameters, call);
            self.open_group(Some(name), Act::Own(Rc::clone(&own.end), call));
            self.expander.put_in(Rc::clone(&own.begin), arguments, call);
            return;
        }
        match environment {
            None if self.verbatim_environments.contains(&*name) => self.verbatim(&name, true),
            None => {
                self.expander.skip_overlay();
                self.begin_titled(name, true);
            }
            Some(Environment::Box) => self.begin_titled(name, false),
            Some(Environment::Text(form)) => self.begin_text(name, form),
            Some(Environment::Document) => {
                // A paper that is included has a head of its own, which ends here.
                self.muted = self.in_style;
                self.open_group(Some(name), Act::Nothing);
            }
            Some(Environment::Abstract) => self.begin_section(name, SectionKind::Abstract),
            Some(Environment::Acknowledgements) => self.begin_section(name, SectionKind::Acknowledgements),
            Some(Environment::Appendix) => {
                self.begin_appendix();
                self.begin_text(name, "");
            }
            Some(Environment::Float(counter, form)) => {
                self.expander.drop_arguments(form);
                self.open_group(Some(name), Act::Nothing);
                self.silent = true;
                // What has a caption gets its number there.
                self.part = super::references::Part { counter, ..super::references::Part::none() };
            }
            Some(Environment::LongTable(form)) => {
                self.part =
                    super::references::Part { counter: Counter::Table, ..super::references::Part::none() };
                self.begin_table(name, form);
            }
            Some(Environment::Table(form)) => self.begin_table(name, form),
            Some(Environment::Picture) => self.begin_picture(name),
            Some(Environment::Apart(form)) => {
                self.expander.drop_arguments(form);
                self.open_group(Some(name), Act::Nothing);
                self.silent = true;
            }
            Some(Environment::Authors) => {
                self.open_group(Some(name), Act::Nothing);
                self.silent = true;
            }
            Some(Environment::Maths) => self.display_maths_environment(&name),
            Some(Environment::InlineMaths) => self.open_inline_environment(name, call),
            Some(Environment::Verbatim) => self.verbatim(&name, true),
            Some(Environment::FileContents) => self.file_contents(&name),
            Some(Environment::Comment) => self.verbatim(&name, false),
            Some(Environment::Bibliography) => {
                self.expander.drop_arguments("m");
                self.begin_bibliography(name);
            }
        }
    }

    fn begin_text(&mut self, name: Rc<str>, form: &str) {
        self.expander.drop_arguments(form);
        self.end_block();
        self.open_group(Some(name), Act::Block);
    }

    fn begin_section(&mut self, name: Rc<str>, kind: SectionKind) {
        self.end_block();
        let start = self.flow().next_start();
        let act = if self.in_running_text() { Act::Section(kind, start) } else { Act::Block };
        self.open_group(Some(name), act);
    }

    /// Handles `\end{name}`.
    pub(super) fn end(&mut self) {
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let begun_as =
            |name: &str| self.groups.iter().rposition(|group| group.environment.as_deref() == Some(name));
        // TeX goes on after an error where `\begin{table}` ends in `\end{table*}`. An end without a beginning is passed over.
        let mistaken = || match name.strip_suffix('*') {
            Some(plain) => begun_as(plain),
            None => begun_as(&format!("{name}*")),
        };
        let Some(open) = begun_as(&name).or_else(mistaken) else { return };
        self.close_groups(open + 1);
        if let Some(Group { act: Act::Own(end, call), .. }) = self.groups.last() {
            let (end, call) = (Rc::clone(end), *call);
            // What stands for the end is read after the group, as commands in it end inner groups.
            self.close_group();
            self.expander.put_in(end, Vec::new(), call);
            return;
        }
        self.close_group();
        if name == "document" {
            // An included file may have been a paper of its own.
            if self.expander.open_files().count() > 1 && !self.in_style {
                self.expander.leave_file();
            } else {
                self.ended = true;
            }
        }
    }

    /// Performs the action at the end of a group.
    pub(super) fn act(&mut self, act: Act) {
        match act {
            Act::Nothing | Act::Own(..) => {}
            Act::Block => self.end_block(),
            Act::Flow(kind) => self.end_flow(kind),
            Act::Heading { depth, start, kind } => self.end_heading(depth, start, kind),
            Act::Section(kind, start) => {
                self.end_block();
                let end = self.flow().text.len();
                self.add_section(Section { kind, heading: None, depth: 0, span: ByteSpan::new(start, end) });
            }
            Act::Maths(place) => self.replaced("$", place),
            Act::Bibliography => self.end_bibliography(),
        }
    }

    /// Adds a section, unless it is empty.
    fn add_section(&mut self, section: Section) {
        if !section.span.of(&self.flow().text).is_empty() {
            self.flow().sections.push(section);
        }
    }

    /// Begins a stretch that interrupts the text: a footnote or a caption.
    pub(super) fn begin_flow(&mut self, kind: SectionKind) {
        self.expander.drop_arguments("*o");
        // What lies in too many others is read as a part of the one around it.
        if self.flows.len() > FLOWS {
            self.open_argument(Act::Nothing);
        } else if self.open_argument(Act::Flow(kind)) {
            self.flows.push(super::flow::Flow::default());
            self.silent = false;
        }
    }

    fn end_flow(&mut self, kind: SectionKind) {
        if self.flows.len() < 2 {
            return;
        }
        let Some(mut flow) = self.flows.pop() else { return };
        if kind != SectionKind::Table {
            flow.end_paragraph();
        }
        flow.make_part(kind);
        self.flow().add_later(flow);
    }

    /// Handles `\footnote{...}`, which is read after the paragraph so that sentences stay whole.
    pub(super) fn footnote(&mut self) {
        if self.is_quiet() {
            self.expander.drop_arguments("o");
        } else {
            self.begin_flow(SectionKind::Footnote);
        }
    }

    /// Handles `\marginnote{...}[1cm]`.
    pub(super) fn margin_note(&mut self) {
        self.expander.drop_arguments("o");
        let Some(open) = self.expander.peek_raw().filter(|token| token.kind == Kind::Open) else { return };
        let Some((note, end)) = self.expander.argument() else { return };
        self.expander.drop_arguments("o");
        let close = Token { kind: Kind::Close, text: end, from: end };
        self.expander.give_back([&[open], &note[..], &[close]].concat());
        self.footnote();
    }

    /// Handles a heading of a depth.
    pub(super) fn heading(&mut self, depth: u8) {
        let is_starred = self.expander.star().is_some();
        self.expander.drop_arguments("o");
        self.end_block();
        if !is_starred {
            self.part = self.references.next_section(depth);
        }
        if !self.in_running_text() || self.open_headings >= HEADINGS {
            self.open_argument(Act::Block);
            return;
        }
        self.close_headings(depth);
        let kind = if self.references.is_in_appendix() { SectionKind::Appendix } else { SectionKind::Body };
        let start = self.flow().next_start();
        self.open_headings += usize::from(self.open_argument(Act::Heading { depth, start, kind }));
    }

    fn end_heading(&mut self, depth: u8, start: usize, kind: SectionKind) {
        self.open_headings = self.open_headings.saturating_sub(1);
        let text = self.flow().text.get(start..).unwrap_or_default();
        let text = text.char_indices().take_while(|(at, _)| *at < HEADING).map(|(_, letter)| letter);
        let heading = single_spaced(&text.collect::<String>());
        self.part.heading.clone_from(&heading);
        self.end_block();
        self.headings.push(OpenHeading { depth, start, kind, heading });
    }

    /// Closes the sections that a heading of a depth ends.
    pub(super) fn close_headings(&mut self, depth: u8) {
        while let Some(open) = self.headings.pop_if(|open| open.depth >= depth) {
            let end = self.flows[0].text.len();
            let heading = Some(open.heading).filter(|heading| !heading.is_empty());
            let span = ByteSpan::new(open.start, end);
            if span.start < span.end {
                self.flows[0].sections.push(Section { kind: open.kind, heading, depth: open.depth, span });
            }
        }
    }

    pub(super) fn begin_appendix(&mut self) {
        if self.is_quiet() {
            return;
        }
        self.end_block();
        if self.flows.len() == 1 {
            self.close_headings(0);
        }
        self.references.begin_appendix();
    }

    /// Handles `\acknowledgments` with its text as an argument.
    pub(super) fn section_argument(&mut self, kind: SectionKind) {
        self.end_block();
        if self.expander.peek_raw().is_some_and(|next| next.kind == Kind::Open) {
            let start = self.flow().next_start();
            let act = if self.in_running_text() { Act::Section(kind, start) } else { Act::Block };
            self.open_argument(act);
        }
    }

    /// Handles `\item`, with its label as text.
    pub(super) fn item(&mut self, from: SourceRange) {
        self.end_block();
        self.end_row(from);
        self.expander.skip_overlay();
        if let Some((label, end)) = self.expander.optional() {
            let blank = Token { kind: Kind::Tie, text: end, from: end };
            self.expander.give_back([&label[..], &[blank]].concat());
        }
    }

    /// Handles `\label{key}`.
    pub(super) fn label(&mut self) {
        if let Some((key, _)) = self.expander.argument() {
            let key = self.expander.plain(&key);
            self.references.set_label(key, self.part.clone());
        }
    }

    /// Reads text that is not LaTeX as a part of its own, up to the end of its environment.
    fn verbatim(&mut self, name: &str, is_text: bool) {
        self.end_block();
        let ending = format!("\\end{{{name}}}");
        if let Some((scanner, text)) = self.expander.scanner() {
            let start = scanner.at;
            let rest = text.get(start..).unwrap_or_default();
            let Some(at) = self.unended.find(rest, &ending) else { return };
            scanner.go_to(start + at + ending.len());
            let inside = super::tables::without_arguments(&rest[..at]);
            let text = inside.trim();
            let from = start + at - inside.trim_start().len();
            let place = scanner.place(from, from + text.len());
            if is_text && !self.muted {
                let mut flow = super::flow::Flow::default();
                flow.literal(text, place);
                flow.make_part(SectionKind::Verbatim);
                self.flow().add_later(flow);
                self.end_block();
            }
            return;
        }
        // Inside of a macro's argument it has become tokens.
        self.skip_to_end_of(name);
    }

    /// Skips tokens up to the end of an environment, or none if it does not end.
    pub(super) fn skip_to_end_of(&mut self, name: &str) {
        let mut passed = Vec::new();
        while let Some(token) = self.expander.next_raw_within() {
            passed.push(token);
            if token.kind == Kind::Command
                && self.expander.is(token, "end")
                && let Some((found, _)) = self.expander.argument()
            {
                if self.expander.plain(&found) == name {
                    return;
                }
                passed.extend_from_slice(&found);
            }
        }
        self.expander.give_back(passed);
    }

    /// Skips tokens up to a command, or none if it does not come.
    pub(super) fn skip_to_command(&mut self, name: &str) {
        let mut passed = Vec::new();
        while let Some(token) = self.expander.next_raw_within() {
            passed.push(token);
            if token.kind == Kind::Command && self.expander.is(token, name) {
                return;
            }
        }
        self.expander.give_back(passed);
    }

    fn open_inline_environment(&mut self, name: Rc<str>, call: SourceRange) {
        self.replaced("$", call);
        self.open_group(Some(name), Act::Maths(call));
    }
}
