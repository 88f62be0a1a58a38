//! Execution of commands.

use super::commands::Command;
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
            Command::Ding => self.ding(from),
            Command::SymbolOfNumber => self.symbol_of_number(from),
            Command::CharacterOfNumber => self.character_of_number(from),
            Command::Accent(mark) => self.accent(mark, from),
            Command::Space => {
                match name {
                    "\\" => drop(self.expander.drop_arguments("*o")),
                    "linebreak" => drop(self.expander.drop_arguments("o")),
                    _ => {}
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
            Command::Paragraph => {
                if name == "pagebreak" {
                    self.expander.drop_arguments("o");
                }
                self.end_block();
            }
            Command::Begin => self.begin(token),
            Command::End => self.end(),
            Command::Heading(depth) => self.heading(depth),
            Command::Item => self.item(from),
            Command::Footnote => self.footnote(),
            Command::MarginNote => self.margin_note(),
            Command::SubCaption(is_argument) => self.sub_caption(is_argument),
            Command::Caption(of_kind) => self.caption(of_kind),
            Command::Label => self.label(),
            Command::Reference(style) => self.reference(style, from),
            Command::ReferenceRange(style) => self.reference_range(style, from),
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
            Command::Def => self.def(name),
            Command::Global => self.is_global = true,
            Command::DefineByName => self.def_of_name(name),
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
            Command::DefineByKeys => self.new_command_by_keys(name.starts_with("provide")),
            Command::NewTheoremBox => self.new_theorem_box(),
            Command::NewEnvironment => self.new_environment(),
            Command::NewBox => self.new_box(),
            Command::NewVerbatim => self.new_verbatim(name),
            Command::NewIf => self.new_if(),
            Command::NewAcronym => self.new_acronym(),
            Command::DefineAcronym => drop(self.define_acronym()),
            Command::Acronym => self.acronym(name, from),
            Command::Verb => self.verb(),
            Command::VerbInLanguage => {
                self.expander.drop_arguments("om");
                self.verb();
            }
            Command::Listing(form) => self.listing(form),
            Command::Url => self.url(true),
            Command::Link => {
                self.expander.optional();
                self.url(false);
            }
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
            Command::Code => self.code(),
            Command::Advance => self.advance(),
            Command::SetCounter => self.set_counter(name),
            Command::NewCount(has_value) => self.new_count(has_value),
            Command::Quantity(numbers, has_unit) => self.quantity(numbers, has_unit, from),
            Command::DeclareUnit => self.declare_unit(),
            Command::SkipTo(end) => self.skip_to_command(end),
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

    pub(super) fn next_starts_with(&mut self, marks: &[char]) -> bool {
        let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) else {
            return false;
        };
        let text = self.expander.text(next);
        text.starts_with(marks)
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
}
