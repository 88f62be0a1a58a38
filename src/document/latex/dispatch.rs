//! Execution of commands.

use super::citing::{Cite, CiteStyle};
use super::commands::Command;
use super::flow::Blank;
use super::glossary::capitalised;
use super::groups::Act;
use super::reader::{Case, Reader, part};
use super::symbols::marked;
use super::token::{Kind, SourceRange, Token};
use crate::document::{SectionKind, floor_to_character};

/// Longest verbatim argument, such as an address, in bytes. The end of a longer one is not looked for: each of
/// many without an end would read the rest of the text.
const LONGEST_VERBATIM: usize = 2048;

impl Reader<'_> {
    pub(super) fn command(&mut self, command: Command, name: &str, token: Token) {
        if self.in_style && !command.counts_in_styles() {
            return;
        }
        let from = token.from;
        match command {
            Command::Drop(form) => drop(self.expander.drop_arguments(form)),
            Command::Inline(form) => drop(self.expander.drop_arguments(form)),
            Command::Symbol(text) => self.replaced(text, from),
            Command::Accent(mark) => self.accent(mark, from),
            Command::Space => {
                if name == "\\" {
                    self.expander.drop_arguments("*o");
                }
                let ends_row = matches!(name, "\\" | "tabularnewline" | "cr");
                if !(ends_row && self.end_row(from)) {
                    self.blank_for(from);
                }
            }
            Command::Columns => self.columns(),
            Command::Raised => self.raised(from),
            Command::Legend => self.legend(),
            Command::SpaceOf(_) => self.gap(from),
            Command::Number => self.number(),
            Command::SpaceUnlessPunctuation => self.space_unless_punctuation(from),
            Command::OneDot => {
                if !self.next_starts_with(&['.']) {
                    self.replaced(".", from);
                }
            }
            Command::Paragraph => self.end_block(),
            Command::Begin => self.begin(token),
            Command::End => self.end(),
            Command::Heading(depth) => self.heading(depth),
            Command::Item => self.item(from),
            Command::Footnote => self.footnote(),
            Command::Caption(of_kind) => self.caption(of_kind),
            Command::Label => self.label(),
            Command::Reference(style) => self.reference(style, from),
            Command::Cite(style) => self.cite(style, false, from),
            Command::Cites(style) => self.cite(style, true, from),
            Command::NoCite => self.no_cite(),
            Command::Input => self.input(token),
            Command::InputIfThere => self.input_if_there(token),
            Command::Import => self.import(token),
            Command::Wide => {
                self.end_block();
                if let Some(wide) = self.expander.long_optional() {
                    self.expander.give_back([Token { kind: Kind::Paragraph, ..token }]);
                    self.expander.give_back(wide);
                }
            }
            Command::DocumentClass => self.document_class(),
            Command::UsePackage => self.use_package(),
            Command::Define => self.new_command(name == "providecommand"),
            Command::Def => self.def(),
            Command::DefineByName => self.def_of_name(),
            Command::ByName => {
                if let Some(token) = self.expander.named_by_argument() {
                    self.expander.give_back([token]);
                }
            }
            Command::Spelled => {
                if let Some(token) = self.expander.spelled_name() {
                    self.expander.give_back([token]);
                }
            }
            Command::Let => self.let_command(),
            Command::DefineByForm => self.new_document_command(),
            Command::NewEnvironment => self.new_environment(),
            Command::NewBox => self.new_box(),
            Command::NewVerbatim => self.new_verbatim(),
            Command::NewIf => self.new_if(),
            Command::NewAcronym => self.new_acronym(),
            Command::DefineAcronym => drop(self.define_acronym()),
            Command::Acronym => self.acronym(name, from),
            Command::Verb => self.verb(),
            Command::Url => self.url(true),
            Command::Link => self.url(false),
            Command::InlineMaths => self.inline_maths(name, token),
            Command::DisplayMaths => self.display_maths(),
            Command::EnsureMaths => self.ensure_maths(token),
            Command::Bibliography => self.bibliography(),
            Command::BibItem => self.bib_item(),
            Command::NewBlock => self.new_block(),
            Command::Appendix => self.begin_appendix(),
            Command::AtLetter(is_letter) => self.expander.set_at_letter(is_letter),
            Command::EndInput => self.expander.leave_file(),
            Command::Title => self.title(),
            Command::Author(command) => self.author(command),
            Command::Date => self.date(),
            Command::Abstract => self.abstract_argument(),
            Command::Acknowledgements => self.section_argument(SectionKind::Acknowledgements),
            Command::First => {
                let first = self.expander.argument();
                self.expander.drop_arguments("m");
                self.expander.give_back(first.map_or_else(|| [].into(), |found| found.0));
            }
            Command::Pick(form) => self.pick(form),
            Command::Deleted(form) => drop(self.expander.drop_arguments(form)),
            Command::Choice(test, branches) => self.choose(test, branches),
            Command::SetToggle => self.set_toggle(name),
            Command::HideEnvironment(is_hidden) => self.hide_environment(is_hidden),
            Command::NewEnvironmentByForm => self.new_document_environment(),
            Command::NewEnviron => self.new_environ(),
            Command::NewEntry => self.new_entry(),
            Command::ListedAcronym => self.listed_acronym(from),
            Command::Drawing => self.drawing_in_line(),
            Command::Upper => self.change_case(Case::Upper),
            Command::Lower => self.change_case(Case::Lower),
            Command::Length => self.length(),
        }
    }

    /// Reads the argument that `k` stands for in a form, and skips the others.
    fn pick(&mut self, form: &str) {
        let mut kept = None;
        for (at, letter) in form.char_indices() {
            match letter {
                'k' => kept = self.expander.argument(),
                _ => drop(self.expander.drop_arguments(&form[at..at + letter.len_utf8()])),
            }
        }
        if let Some((kept, _)) = kept {
            self.expander.give_back(kept);
        }
    }

    fn accent(&mut self, mark: char, from: SourceRange) {
        let Some((letters, end)) = self.expander.argument() else { return };
        if self.is_quiet() {
            return;
        }
        let letters = self.part_of(letters).text;
        self.replaced(&marked(&letters, mark), from.to(end));
    }

    fn space_unless_punctuation(&mut self, from: SourceRange) {
        const CLOSING: &[char] = &['.', ',', ';', ':', '!', '?', ')', '\'', '/', '-', ']', '’', '”'];
        let next = self.expander.peek_raw();
        let is_apart = match next.map(|token| token.kind) {
            Some(Kind::Text) => !self.next_starts_with(CLOSING),
            Some(Kind::Command) => next.is_some_and(|token| {
                !["footnote", "footnotemark", "/", "@", " ", ",", "xspace"]
                    .contains(&&*self.expander.text(token))
            }),
            Some(Kind::Dollar) => true,
            _ => false,
        };
        if is_apart {
            self.blank_for(from);
        }
    }

    fn next_starts_with(&mut self, marks: &[char]) -> bool {
        let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) else {
            return false;
        };
        let text = self.expander.text(next);
        text.starts_with(marks)
    }

    fn reference(&mut self, style: super::references::Style, from: SourceRange) {
        self.expander.drop_arguments("*");
        let Some((key, end)) = self.expander.argument() else { return };
        let key = self.expander.plain(&key);
        self.hole(Blank::Reference { key, style }, from.to(end));
    }

    /// Handles `\citep[see][p. 3]{one,two}`, and of several groups `\parencites[see]{one}[p. 3]{two}`. Of the notes
    /// of several groups, those that stand between two works are not printed.
    fn cite(&mut self, style: CiteStyle, several: bool, from: SourceRange) {
        self.expander.drop_arguments("*a");
        let mut notes = (None, None);
        if several {
            notes = (self.expander.delimited('(', ')'), self.expander.delimited('(', ')'));
        }
        let (mut keys, mut end) = (Vec::new(), None);
        while end.is_none() || several && self.has_another_group() {
            let (first, second) = (self.expander.optional(), self.expander.optional());
            let Some((found, place)) = self.expander.argument() else { break };
            keys.extend(self.expander.plain(&found).split(',').map(|key| key.trim().to_string()));
            // One note stands after the works, the first of two before them.
            let (before, after) = if second.is_some() { (first, second) } else { (None, first) };
            if end.is_none() && notes.0.is_none() {
                notes.0 = before;
            }
            notes.1 = after.or(notes.1);
            end = Some(place);
        }
        let Some(end) = end else { return };
        if self.is_quiet() {
            return;
        }
        for key in &keys {
            self.works.cite(key);
        }
        let mut note = |tokens: Option<(super::macros::Tokens, SourceRange)>| {
            tokens.map_or_else(String::new, |(tokens, _)| self.line_of(tokens))
        };
        let (before, after) = (note(notes.0), note(notes.1));
        self.hole(Blank::Citation(Cite { keys, style, before, after }), from.to(end));
    }

    fn has_another_group(&mut self) -> bool {
        self.expander.peek_raw().is_some_and(|token| token.kind == Kind::Open)
            || self.next_starts_with(&['['])
    }

    fn no_cite(&mut self) {
        let Some((keys, _)) = self.expander.argument() else { return };
        for key in self.expander.plain(&keys).split(',').filter(|key| key.trim() != "*") {
            self.works.cite(key.trim());
        }
    }

    fn acronym(&mut self, name: &str, from: SourceRange) {
        self.expander.drop_arguments("*o");
        let Some((key, end)) = self.expander.argument() else { return };
        let from = from.to(end);
        let key_text = self.expander.plain(&key);
        let capital = |text: String| if name.starts_with(['G', 'A']) { capitalised(&text) } else { text };
        if let Some(entry) = self.entries.get(&key_text) {
            let text = if name.ends_with("pl") { entry.plural.clone() } else { entry.name.clone() };
            let text = if name.starts_with("GLS") { text.to_uppercase() } else { capital(text) };
            return self.replaced(&text, from);
        }
        let Some((short, long)) = self.acronyms.get(&key_text).cloned() else {
            return self.expander.give_back(key);
        };
        let plural = if name.ends_with("pl") || (name.starts_with(['a', 'A']) && name.ends_with('p')) {
            "s"
        } else {
            ""
        };
        let is_capital = name.starts_with(['G', 'A']);
        let name = name.to_ascii_lowercase();
        let text = if name.contains("long") || name.starts_with("acl") {
            format!("{long}{plural}")
        } else if name.contains("short") || name.starts_with("acs") {
            format!("{short}{plural}")
        } else if name.contains("full") || name.starts_with("acf") || self.used_acronyms.insert(short.clone())
        {
            format!("{long}{plural} ({short}{plural})")
        } else {
            format!("{short}{plural}")
        };
        let text = if is_capital { capitalised(&text) } else { text };
        self.replaced(&text, from);
    }

    /// Handles `\verb|text|` and `\lstinline[options]{text}`.
    fn verb(&mut self) {
        let Some((scanner, text)) = self.expander.scanner() else { return };
        let rest = text.get(scanner.at..).unwrap_or_default();
        let rest = rest.strip_prefix('*').unwrap_or(rest).trim_start_matches([' ', '\t']);
        let rest = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((_, rest)) => rest,
            None => rest,
        };
        let Some(mark) = rest.chars().next().filter(|mark| *mark != '\n') else { return };
        let close = if mark == '{' { '}' } else { mark };
        let start = text.len() - rest.len() + mark.len_utf8();
        let inside = &text[start..];
        let inside = &inside[..floor_to_character(inside, LONGEST_VERBATIM)];
        let Some(length) = inside.find([close, '\n']).filter(|at| inside[*at..].starts_with(close)) else {
            return;
        };
        let place = scanner.place(start, start + length);
        scanner.go_to(start + length + close.len_utf8());
        if !self.is_quiet() {
            self.flow().literal(&inside[..length], place);
        }
    }

    /// Reads an address, which is not LaTeX: it is verbatim text, or is skipped.
    fn url(&mut self, is_text: bool) {
        self.expander.skip_space();
        let is_file = self.expander.scanner().and_then(|(scanner, text)| {
            let inside = text.get(scanner.at..)?.strip_prefix('{')?;
            let inside = &inside[..floor_to_character(inside, LONGEST_VERBATIM)];
            let mut depth = 0usize;
            let length = inside.char_indices().find_map(|(at, letter)| {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => return Some(at),
                    '}' => depth -= 1,
                    _ => {}
                }
                None
            })?;
            let start = scanner.at + 1;
            let place = scanner.place(start, start + length);
            scanner.go_to(start + length + 1);
            Some((place, text))
        });
        let Some((place, text)) = is_file else {
            if !is_text {
                self.expander.drop_arguments("m");
            }
            return;
        };
        if is_text && !self.is_quiet() {
            let inside = text.get(place.range()).unwrap_or_default();
            let trimmed = inside.trim();
            let at = inside.len() - inside.trim_start().len();
            self.flow().literal(trimmed, part(place, at..at + trimmed.len()));
        }
    }

    fn change_case(&mut self, case: Case) {
        if self.open_argument(Act::Nothing) {
            self.case = case;
        }
    }

    /// Handles `\hspace*{1em}`; where the length is none or less, no blank is seen.
    fn gap(&mut self, from: SourceRange) {
        self.expander.drop_arguments("*");
        let Some((length, _)) = self.expander.argument() else { return self.blank_for(from) };
        let length = self.expander.plain(&length);
        let length = length.trim_start();
        let digits = length.trim_start_matches(['0', '.']);
        let is_none = digits.len() < length.len() && !digits.starts_with(|c: char| c.is_ascii_digit());
        if !is_none && !length.starts_with('-') {
            self.blank_for(from);
        }
    }

    /// Skips a number in TeX's syntax: `=10000`, with one blank behind it.
    fn number(&mut self) {
        let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) else { return };
        let text = self.expander.text(next);
        let digits = text.trim_start_matches(['=', ' ', '-']);
        let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() < digits.len() {
            self.expander.next_raw();
            let end = text.len() - rest.strip_prefix(' ').unwrap_or(rest).len();
            self.expander.give_back_text(super::arguments::split(next, end).1);
        }
    }

    /// Skips a length in TeX's syntax: `3pt plus 1fil`, `-0.5\baselineskip`.
    fn length(&mut self) {
        let is_length = |text: &str| {
            text.trim_start_matches(['=', ' '])
                .starts_with(|first: char| first.is_ascii_digit() || "-+.".contains(first))
        };
        if let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) {
            let text = self.expander.text(next);
            if is_length(&text) {
                self.expander.next_raw();
                let end = text
                    .find(|letter: char| !(letter.is_ascii_digit() || "=-+. ".contains(letter)))
                    .map_or(text.len(), |at| (at + 2).min(text.len()));
                let end = if text.is_char_boundary(end) { end } else { text.len() };
                let end = end + glue_length(&text[end..]);
                let (_, rest) = super::arguments::split(next, end);
                self.expander.give_back_text(rest);
            }
        }
    }
}

/// Returns the number of bytes of a text that specify the stretch of a length: ` plus 1fill minus 2pt`.
fn glue_length(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches(' ');
        let Some(rest) = rest.strip_prefix("plus").or_else(|| rest.strip_prefix("minus")) else { return at };
        let amount = rest.trim_start_matches(' ');
        let amount = amount.trim_start_matches(|c: char| c.is_ascii_digit() || ".-".contains(c));
        const UNITS: [&str; 12] =
            ["filll", "fill", "fil", "pt", "em", "ex", "cm", "mm", "in", "bp", "pc", "mu"];
        let unit = UNITS.iter().find_map(|unit| amount.strip_prefix(unit)).unwrap_or(amount);
        at = text.len() - unit.len();
    }
}
