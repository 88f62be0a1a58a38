//! Tells names from affiliations in what stands in `\author`.
//!
//! Classes with commands for each say it themselves. In the others, authors write names in a first
//! line and affiliations in lines below, or point from one to the other with raised marks.

use super::commands::AuthorCommand;

/// What stands in `\author`, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Piece {
    Text(String),
    /// The end of a line.
    Line,
    /// The next author: `\and`.
    Next,
    /// A wide gap, as between names in one line.
    Gap,
    /// A raised mark.
    Mark(String),
    /// A command inside with what it holds.
    Inner(AuthorCommand, Vec<Piece>),
    /// A command without braces, which tells what comes after it: `\addr`.
    Begin(AuthorCommand),
}

/// What the front matter told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::document) struct Told {
    pub(in crate::document) authors: Vec<String>,
    pub(in crate::document) organisations: Vec<String>,
    /// Domains of e-mail addresses.
    pub(in crate::document) domains: Vec<String>,
}

/// A line of an author's block.
#[derive(Debug, Default)]
struct Line {
    /// Parts between gaps and commas are told apart later.
    parts: Vec<Part>,
}

#[derive(Debug, Default, Clone)]
struct Part {
    text: String,
    /// Whether a mark stands before the text, as before an affiliation.
    marked_before: bool,
    marked_after: bool,
}

/// Adds what one command tells.
pub(in crate::document) fn tell(told: &mut Told, command: AuthorCommand, pieces: Vec<Piece>) {
    match command {
        AuthorCommand::Names => tell_block(told, pieces),
        AuthorCommand::NamesOnly | AuthorCommand::KeyedName => {
            for line in lines(told, pieces).into_iter().flatten() {
                line.parts.iter().for_each(|part| add_names(told, &part.text));
            }
        }
        AuthorCommand::Affiliation | AuthorCommand::KeyedAffiliation => tell_affiliations(told, pieces),
        AuthorCommand::Email => {
            let text: String = pieces
                .into_iter()
                .filter_map(|piece| match piece {
                    Piece::Text(text) => Some(text),
                    _ => None,
                })
                .collect();
            add_domains(told, &text);
        }
    }
}

fn tell_affiliations(told: &mut Told, pieces: Vec<Piece>) {
    let has_inner = pieces.iter().any(|piece| matches!(piece, Piece::Inner(AuthorCommand::Affiliation, _)));
    for block in lines(told, pieces) {
        if has_inner {
            continue; // the commands inside say which part of the address is the organisation
        }
        let mut text = String::new();
        for part in block.iter().flat_map(|line| &line.parts) {
            if part.marked_before && !text.is_empty() {
                add_organisation(told, &std::mem::take(&mut text));
            }
            if !text.is_empty() && !part.text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(part.text.trim_end_matches(','));
        }
        add_organisation(told, &text);
    }
}

/// `\author{...}` with names and affiliations in lines.
fn tell_block(told: &mut Told, pieces: Vec<Piece>) {
    let blocks = lines(told, pieces);
    let mut met_affiliation = false;
    for block in blocks {
        // A first line of names has marks after its names, or none at all.
        let marks_names = block.iter().any(|line| line.parts.iter().any(|part| part.marked_after));
        let mut is_first = true;
        for line in &block {
            let line_has_text = line.parts.iter().any(|part| !part.text.is_empty());
            if !line_has_text {
                continue;
            }
            for part in &line.parts {
                if part.text.is_empty() {
                    continue;
                }
                if add_domains(told, &part.text) {
                    continue;
                }
                let is_name = if marks_names || met_affiliation {
                    !part.marked_before && (is_first || part.marked_after)
                } else {
                    is_first && !part.marked_before
                };
                if is_name {
                    add_names(told, &part.text);
                } else {
                    met_affiliation |= part.marked_before;
                    add_organisation(told, &part.text);
                }
            }
            is_first = false;
        }
    }
}

/// The blocks of authors, each as its lines; what inner commands tell is added at once.
fn lines(told: &mut Told, pieces: Vec<Piece>) -> Vec<Vec<Line>> {
    let mut blocks = vec![vec![Line { parts: vec![Part::default()] }]];
    let mut begun: Option<AuthorCommand> = None;
    let mut begun_text = String::new();
    for piece in pieces {
        if let Some(command) = begun {
            match piece {
                Piece::Text(text) => {
                    begun_text.push_str(&text);
                    continue;
                }
                Piece::Mark(_) | Piece::Gap => continue,
                _ => {
                    tell(told, command, vec![Piece::Text(std::mem::take(&mut begun_text))]);
                    begun = None;
                }
            }
        }
        let Some(block) = blocks.last_mut() else { continue };
        let Some(line) = block.last_mut() else { continue };
        match piece {
            Piece::Text(text) => {
                for (index, piece) in text.split(", ").enumerate() {
                    // A comma parts names and affiliations alike; after a mark it ends the part.
                    let ends = line.parts.last().is_some_and(|part| part.marked_after);
                    if let Some(part) = line.parts.last_mut().filter(|_| !ends) {
                        if index > 0 {
                            part.text.push_str(", ");
                        }
                        part.text.push_str(piece);
                    } else {
                        let piece = piece.trim_start_matches([',', ' ', ';', '&']);
                        line.parts.push(Part { text: piece.to_string(), ..Part::default() });
                    }
                }
            }
            Piece::Mark(_) => match line.parts.last_mut() {
                Some(part) if part.text.trim().is_empty() => part.marked_before = !part.marked_after,
                Some(part) if part.marked_before => {
                    line.parts.push(Part { marked_before: true, ..Part::default() });
                }
                Some(part) => part.marked_after = true,
                None => {}
            },
            Piece::Gap => line.parts.push(Part::default()),
            Piece::Line => block.push(Line { parts: vec![Part::default()] }),
            Piece::Next => blocks.push(vec![Line { parts: vec![Part::default()] }]),
            Piece::Inner(command, pieces) => tell(told, command, pieces),
            Piece::Begin(command) => begun = Some(command),
        }
    }
    if let Some(command) = begun {
        tell(told, command, vec![Piece::Text(begun_text)]);
    }
    for part in blocks.iter_mut().flatten().flat_map(|line| &mut line.parts) {
        part.text = part.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    blocks
}

fn add_names(told: &mut Told, text: &str) {
    for name in text.split([',', ';', '&']).flat_map(|name| name.split(" and ")) {
        let name = name.trim().trim_matches(['*', '.', '†', '‡', '§']).trim();
        // Marks without a command are digits after the name.
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '*').trim();
        let is_name = name.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !name.contains('@');
        if is_name && !told.authors.iter().any(|known| known == name) {
            told.authors.push(name.to_string());
        }
    }
}

fn add_organisation(told: &mut Told, text: &str) {
    if add_domains(told, text) {
        return;
    }
    let text = text.trim().trim_matches([',', ';', '*', '.']).trim();
    let text = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || " *†‡§,".contains(letter));
    let is_name = text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let is_address = text.contains("://") || text.starts_with("www.");
    if is_name && !is_address && !told.organisations.iter().any(|known| known == text) {
        told.organisations.push(text.to_string());
    }
}

/// Notes the domains of e-mail addresses. False if there is none.
fn add_domains(told: &mut Told, text: &str) -> bool {
    let mut found = false;
    for (at, _) in text.match_indices('@') {
        let domain: String = text[at + 1..]
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || ".-".contains(*letter))
            .collect();
        let domain = domain.trim_matches('.').to_ascii_lowercase();
        // "AI Center @ CTU" is no address.
        found |= !domain.is_empty();
        if domain.contains('.') && !told.domains.contains(&domain) {
            told.domains.push(domain);
        }
    }
    found
}

impl Told {
    /// Without any affiliation, the domains of the addresses tell what there is to tell.
    pub(in crate::document) fn finish(&mut self) {
        if self.organisations.is_empty() {
            self.organisations.clone_from(&self.domains);
        }
    }
}
