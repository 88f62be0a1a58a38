//! Separation of names and affiliations in `\author`.
//!
//! Some classes have a command for each. In the others, authors write names in a first line and affiliations
//! in the lines below, or link one to the other with superscript marks.

use super::commands::AuthorCommand;
use crate::document::single_spaced;

/// A piece of the contents of `\author`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Piece {
    Text(String),
    /// The end of a line.
    Line,
    /// The next author: `\and`.
    Next,
    /// A wide gap, as between names on one line.
    Gap,
    /// A superscript mark.
    Mark(String),
    /// A nested command with its contents.
    Inner(AuthorCommand, Vec<Piece>),
    /// A command without braces that applies to the text after it: `\addr`.
    Begin(AuthorCommand),
}

/// The facts on the authors found in the front matter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::document) struct AuthorFacts {
    pub(in crate::document) authors: Vec<String>,
    pub(in crate::document) organisations: Vec<String>,
    /// Domains of e-mail addresses.
    pub(in crate::document) domains: Vec<String>,
}

/// A line of an author's block, split at gaps and marks.
#[derive(Debug, Default)]
struct Line {
    parts: Vec<Part>,
}

#[derive(Debug, Default, Clone)]
struct Part {
    text: String,
    /// The mark before the text, as before an affiliation.
    before: Option<String>,
    /// `true` if a mark follows, as after a name.
    marked_after: bool,
    /// `true` if a gap separates it from the part before it on the line.
    after_gap: bool,
}

/// Adds the facts given by one command.
pub(in crate::document) fn tell(facts: &mut AuthorFacts, command: AuthorCommand, pieces: Vec<Piece>) {
    match command {
        AuthorCommand::Names => {
            for block in blocks(facts, pieces) {
                tell_block(facts, &block);
            }
        }
        AuthorCommand::NamesOnly | AuthorCommand::KeyedName => {
            for part in blocks(facts, pieces).iter().flatten().flat_map(|line| &line.parts) {
                add_names(facts, &part.text);
            }
        }
        AuthorCommand::Affiliation | AuthorCommand::KeyedAffiliation => {
            let has_inner =
                pieces.iter().any(|piece| matches!(piece, Piece::Inner(AuthorCommand::Affiliation, _)));
            let blocks = blocks(facts, pieces);
            // Commands inside say which part of an address is the organisation.
            for block in blocks.iter().filter(|_| !has_inner) {
                tell_affiliations(facts, block);
            }
        }
        AuthorCommand::Email => {
            for part in blocks(facts, pieces).iter().flatten().flat_map(|line| &line.parts) {
                take_addresses(facts, &part.text);
            }
        }
    }
}

/// Reads the contents of an affiliation command: one affiliation, or several with marks before them.
fn tell_affiliations(facts: &mut AuthorFacts, block: &[Line]) {
    let mut text = String::new();
    for part in block.iter().flat_map(|line| &line.parts) {
        if part.before.is_some() {
            add_organisation(facts, &std::mem::take(&mut text));
        }
        append(&mut text, &take_addresses(facts, &part.text));
    }
    add_organisation(facts, &text);
}

/// Reads the contents of `\author{...}`: names with their affiliations in lines below.
fn tell_block(facts: &mut AuthorFacts, block: &[Line]) {
    let parts = || block.iter().flat_map(|line| &line.parts);
    let marks_names = parts().any(|part| part.marked_after);
    let has_numbers = parts().any(|part| part.before.as_deref().is_some_and(|mark| !is_dagger(mark)));
    let mut affiliation: Option<String> = None;
    let mut in_remark = false;
    let first = block.iter().position(|line| line.parts.iter().any(|part| !part.text.is_empty()));
    for (index, line) in block.iter().enumerate() {
        for part in &line.parts {
            let text = take_addresses(facts, &part.text);
            if text.is_empty() {
                continue;
            }
            if let Some(mark) = &part.before {
                add_organisation(facts, &affiliation.take().unwrap_or_default());
                // Beside numbers, a dagger begins a remark: "equal contribution".
                in_remark = has_numbers && is_dagger(mark);
                affiliation = (!in_remark).then_some(text);
            } else if part.marked_after || (Some(index) == first && affiliation.is_none() && !in_remark) {
                add_names(facts, &text);
            } else if !in_remark && (!marks_names || affiliation.is_some() || Some(index) != first) {
                if part.after_gap {
                    add_organisation(facts, &affiliation.take().unwrap_or_default());
                }
                append(affiliation.get_or_insert_default(), &text);
            }
        }
    }
    add_organisation(facts, &affiliation.unwrap_or_default());
}

/// Returns whether a mark is a footnote symbol.
fn is_dagger(mark: &str) -> bool {
    mark.split(|letter: char| letter == '\\' || letter == ',' || letter.is_whitespace()).all(|mark| {
        matches!(
            mark,
            "" | "dagger" | "ddagger" | "dag" | "ddag" | "ast" | "star" | "*" | "†" | "‡" | "mathbf"
        )
    })
}

fn append(text: &mut String, more: &str) {
    let more = more.trim_matches([' ', ',', ';']);
    if !text.is_empty() && !more.is_empty() {
        text.truncate(text.trim_end_matches(['.', ',', ' ']).len());
        text.push_str(", ");
    }
    text.push_str(more);
}

/// Splits pieces into the blocks of authors, each as its lines; facts of nested commands are added at once.
fn blocks(facts: &mut AuthorFacts, pieces: Vec<Piece>) -> Vec<Vec<Line>> {
    let mut blocks = Blocks { blocks: vec![vec![Line::new()]] };
    let mut begun: Option<(AuthorCommand, String)> = None;
    for piece in pieces {
        match (&mut begun, piece) {
            (Some((_, text)), Piece::Text(more)) => text.push_str(&more),
            (Some(_), Piece::Mark(_) | Piece::Gap) => {}
            (_, piece) => {
                if let Some((command, text)) = begun.take() {
                    tell(facts, command, vec![Piece::Text(text)]);
                }
                match piece {
                    Piece::Inner(command, pieces) => tell(facts, command, pieces),
                    Piece::Begin(command) => begun = Some((command, String::new())),
                    piece => blocks.add(piece),
                }
            }
        }
    }
    if let Some((command, text)) = begun {
        tell(facts, command, vec![Piece::Text(text)]);
    }
    let mut blocks = blocks.blocks;
    for part in blocks.iter_mut().flatten().flat_map(|line| &mut line.parts) {
        part.text = single_spaced(&part.text);
    }
    blocks
}

/// The blocks under construction.
struct Blocks {
    blocks: Vec<Vec<Line>>,
}

impl Line {
    fn new() -> Self {
        Self { parts: vec![Part::default()] }
    }
}

impl Blocks {
    fn add(&mut self, piece: Piece) {
        let Some(block) = self.blocks.last_mut() else { return };
        match piece {
            Piece::Next => self.blocks.push(vec![Line::new()]),
            Piece::Line => block.push(Line::new()),
            piece => {
                if let Some(line) = block.last_mut() {
                    line.add(piece);
                }
            }
        }
    }
}

impl Line {
    fn add(&mut self, piece: Piece) {
        let Some(part) = self.parts.last_mut() else { return };
        match piece {
            Piece::Text(text) if part.marked_after => {
                // After a marked name comes the next one.
                let text = text.trim_start_matches([',', ' ', ';', '&', '\n']);
                self.parts.push(Part { text: text.to_string(), ..Part::default() });
            }
            Piece::Text(text) => part.text.push_str(&text),
            Piece::Mark(mark) if part.text.trim().is_empty() && !part.marked_after => {
                part.before = Some(part.before.take().unwrap_or_default() + &mark);
            }
            // A mark in a line of affiliations begins the next one.
            Piece::Mark(mark) if part.before.is_some() => {
                self.parts.push(Part { before: Some(mark), ..Part::default() });
            }
            Piece::Mark(_) => part.marked_after = true,
            Piece::Gap => self.parts.push(Part { after_gap: true, ..Part::default() }),
            _ => {}
        }
    }
}

fn add_names(facts: &mut AuthorFacts, text: &str) {
    for name in text.split([',', ';', '&']).flat_map(|name| name.split(" and ")) {
        let name = name.trim().trim_start_matches("and ").trim_matches(['*', '.', '†', '‡', '§']).trim();
        // Marks without a command are digits after the name.
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '*').trim();
        if has_letters(name) && !facts.authors.iter().any(|known| known == name) {
            facts.authors.push(name.to_string());
        }
    }
}

fn add_organisation(facts: &mut AuthorFacts, text: &str) {
    let text = text.trim_matches([',', ';', '*', '.', ' ']);
    let text = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || " *†‡§,".contains(letter));
    // More digits than letters: a postal code, a telephone number, an identifier.
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number = digits > text.chars().filter(|letter| letter.is_alphabetic()).count();
    if has_letters(text) && !is_number && !facts.organisations.iter().any(|known| known == text) {
        facts.organisations.push(text.to_string());
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

/// Removes e-mail and web addresses from a text, and records the domains of the former.
fn take_addresses(facts: &mut AuthorFacts, text: &str) -> String {
    let mut rest = String::new();
    for word in text.split_whitespace() {
        // An at sign between blanks is none of an address: "AI Center @ CTU".
        let is_address =
            word.len() > 2 && !word.starts_with('@') && !word.ends_with('@') && word.contains('@');
        if is_address {
            // Names in braces share the domain after them: {a, b}@c.org.
            if let Some(open) = rest.rfind('{').filter(|_| !word.contains('{')) {
                rest.truncate(open);
            }
            add_domain(facts, word);
        } else if !word.contains("://") && !word.starts_with("www.") {
            rest.push_str(if rest.is_empty() { "" } else { " " });
            rest.push_str(word);
        }
    }
    rest
}

fn add_domain(facts: &mut AuthorFacts, address: &str) {
    let Some((_, domain)) = address.rsplit_once('@') else { return };
    let is_part = |letter: &char| letter.is_ascii_alphanumeric() || ".-".contains(*letter);
    let domain: String = domain.chars().take_while(is_part).collect();
    let domain = domain.trim_matches('.').to_ascii_lowercase();
    if domain.contains('.') && !facts.domains.contains(&domain) {
        facts.domains.push(domain);
    }
}

impl AuthorFacts {
    /// Completes the facts: without any affiliation, the domains of the e-mail addresses take their place.
    pub(in crate::document) fn finish(&mut self) {
        // A line of names that was taken for an affiliation.
        let authors = &self.authors;
        let is_people = |text: &String| {
            text.split([',', ';', '&']).flat_map(|part| part.split(" and ")).all(|part| {
                let part = part.trim();
                part.is_empty() || authors.iter().any(|author| author == part)
            })
        };
        self.organisations.retain(|text| !is_people(text));
        if self.organisations.is_empty() {
            self.organisations.clone_from(&self.domains);
        }
    }
}
