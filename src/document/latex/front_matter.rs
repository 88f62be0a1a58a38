//! Metadata of a paper: title, authors, affiliations, date.

use super::affiliations::{AuthorFacts, Piece, tell};
use super::command_table::lookup;
use super::commands::{AuthorCommand, Command};
use super::flow::Flow;
use super::macros::Tokens;
use super::reader::Reader;
use super::token::{Kind, Token};
use crate::document::{ByteSpan, PartialDate, Section, SectionKind, single_spaced};

/// The front matter read so far.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    authors: Vec<(AuthorCommand, Tokens)>,
    pub(super) date: Option<PartialDate>,
    /// The year in the name of the class, or of a style.
    pub(super) class_year: Option<i16>,
}

impl Reader<'_> {
    /// Handles `\title[short]{...}`: the first block of the prose.
    pub(super) fn title(&mut self) {
        self.expander.drop_arguments("*o");
        let Some((title, _)) = self.expander.argument() else { return };
        if self.front.title.is_some() {
            return;
        }
        let flow = self.part_of(title);
        let line = flow.text.split("\n\n").next().unwrap_or_default();
        let line = single_spaced(line);
        self.front.title = Some(line).filter(|line| !line.is_empty());
        self.add_block(flow, SectionKind::Title);
    }

    /// Adds a complete block to the running text.
    pub(super) fn add_block(&mut self, mut flow: Flow, kind: SectionKind) {
        flow.end_block();
        let span = ByteSpan::new(0, flow.text.len());
        if !span.is_empty() {
            flow.sections.insert(0, Section { kind, heading: None, depth: 0, span });
            self.flows[0].append(flow);
        }
    }

    /// Handles `\author{...}` and all other commands with facts about authors.
    pub(super) fn author(&mut self, command: AuthorCommand) {
        let form = match command {
            AuthorCommand::KeyedAffiliation => "m",
            _ => "*o",
        };
        self.expander.drop_arguments(form);
        if let Some((tokens, _)) = self.expander.argument() {
            self.front.authors.push((command, tokens));
        }
        if command == AuthorCommand::KeyedName {
            self.expander.drop_arguments("m");
        }
    }

    /// Handles `\date{...}`.
    pub(super) fn date(&mut self) {
        self.expander.drop_arguments("o");
        let Some((date, _)) = self.expander.argument() else { return };
        let date = self.line_of(date);
        self.front.date = self.front.date.or_else(|| crate::document::bibliography::date_of(&date));
    }

    /// Returns the authors and their organisations.
    pub(super) fn authors(&mut self) -> AuthorFacts {
        let mut facts = AuthorFacts::default();
        for (command, tokens) in std::mem::take(&mut self.front.authors) {
            let pieces = self.pieces(tokens);
            tell(&mut facts, command, pieces);
        }
        facts.finish();
        facts
    }

    /// Splits the contents of an author command into text, line ends, marks and nested commands.
    fn pieces(&mut self, tokens: Tokens) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.expander.begin_part(tokens);
        while let Some(token) = self.expander.next() {
            self.piece(token, &mut pieces);
        }
        self.expander.end_part();
        pieces
    }

    fn piece(&mut self, token: Token, pieces: &mut Vec<Piece>) {
        match token.kind {
            Kind::Text => push_text(pieces, &self.expander.text(token)),
            Kind::Space | Kind::Tie => push_text(pieces, " "),
            // Between the columns of a table of authors.
            Kind::Ampersand => pieces.push(Piece::Gap),
            Kind::Paragraph => pieces.push(Piece::Line),
            Kind::Dollar => self.mark_in_maths(pieces),
            Kind::Open | Kind::Close | Kind::Parameter(_) | Kind::Given(_) => {}
            Kind::Script => push_text(pieces, &self.expander.text(token)),
            Kind::Command => {
                let name = self.expander.text(token);
                self.piece_of_command(&name, token, pieces);
            }
        }
    }

    fn piece_of_command(&mut self, name: &str, token: Token, pieces: &mut Vec<Piece>) {
        match (name, lookup(name)) {
            ("\\" | "newline" | "tabularnewline" | "par" | "linebreak", _) => {
                self.expander.drop_arguments("*o");
                pieces.push(Piece::Line);
            }
            ("and" | "And" | "AND", _) => pieces.push(Piece::Next),
            ("quad" | "qquad" | "hspace" | "hfill" | "enspace" | "enskip", command) => {
                if let Some(Command::SpaceOf(form)) = command {
                    self.expander.drop_arguments(form);
                }
                pieces.push(Piece::Gap);
            }
            ("textsuperscript" | "inst" | "up" | "thanksref" | "authornotemark", _) => {
                self.expander.drop_arguments("o");
                if let Some((mark, _)) = self.expander.argument() {
                    pieces.push(Piece::Mark(self.mark(&mark)));
                }
            }
            ("begin" | "end", _) => drop(self.expander.drop_arguments("mom")),
            ("footnotemark" | "dag" | "ddag" | "dagger" | "ddagger" | "star" | "ast", _) => {
                self.expander.drop_arguments("o");
                pieces.push(Piece::Mark("dagger".to_string()));
            }
            ("footnote" | "thanks", _) => {
                self.expander.drop_arguments("o");
                if let Some((note, _)) = self.expander.argument() {
                    let note = self.line_of(note);
                    pieces.push(Piece::Inner(AuthorCommand::Email, vec![Piece::Text(note)]));
                }
                pieces.push(Piece::Mark("dagger".to_string()));
            }
            (_, Some(Command::Symbol(text))) => push_text(pieces, text),
            (_, Some(Command::Accent(_) | Command::Upper | Command::Lower | Command::Url)) => {
                let argument = self.expander.argument();
                let call = [Some(token), argument.as_ref().map(|_| open(token))].into_iter().flatten();
                let mut call: Vec<Token> = call.collect();
                if let Some((inside, _)) = &argument {
                    call.extend_from_slice(inside);
                    call.push(Token { kind: Kind::Close, ..token });
                }
                let text = self.line_of(call.into());
                push_text(pieces, &text);
            }
            (_, Some(Command::Link)) => drop(self.expander.drop_arguments("m")),
            (_, Some(Command::Drop(form) | Command::Inline(form) | Command::SpaceOf(form))) => {
                self.expander.drop_arguments(form);
            }
            (_, Some(Command::Space | Command::Paragraph | Command::SpaceUnlessPunctuation)) => {
                push_text(pieces, " ");
            }
            (_, Some(Command::Author(command))) => {
                self.expander.drop_arguments("*o");
                if let Some((inside, _)) = self.expander.argument() {
                    let inside = self.pieces(inside);
                    pieces.push(Piece::Inner(command, inside));
                } else {
                    pieces.push(Piece::Begin(command));
                }
            }
            _ => drop(self.expander.drop_arguments("o")),
        }
    }

    /// Handles `$^{1,2}$`, which links a name to an affiliation.
    fn mark_in_maths(&mut self, pieces: &mut Vec<Piece>) {
        let mut found = Vec::new();
        while let Some(token) = self.expander.next_raw() {
            match token.kind {
                Kind::Dollar | Kind::Paragraph => break,
                _ => found.push(token),
            }
        }
        pieces.push(Piece::Mark(self.mark(&found)));
    }

    /// Returns a mark as text, with the names of its symbols.
    fn mark(&self, tokens: &[Token]) -> String {
        let words = tokens.iter().filter(|token| matches!(token.kind, Kind::Text | Kind::Command));
        words.map(|token| self.expander.text(*token).to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// Returns an opening brace at the place of a token.
fn open(token: Token) -> Token {
    Token { kind: Kind::Open, ..token }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_string())),
    }
}
