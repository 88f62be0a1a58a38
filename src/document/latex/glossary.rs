//! Glossary entries, and acronyms with options.

use std::rc::Rc;

use super::macros::Tokens;
use super::reader::Reader;
use super::token::{Kind, SourceRange, Token};

/// A glossary entry that is not an acronym.
#[derive(Debug, Clone)]
pub(super) struct GlossaryEntry {
    pub(super) name: String,
    pub(super) plural: String,
}

/// Letters before which the indefinite article has its longer form.
const VOWELS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'];

impl Reader<'_> {
    /// Handles `\newglossaryentry{key}{name={...}, ...}` and `\DeclareAcronym{key}{short=..., long=...}`.
    pub(super) fn new_entry(&mut self) {
        let Some((key, _)) = self.expander.argument() else { return };
        let key = self.expander.plain(&key);
        let Some((options, _)) = self.expander.argument() else { return };
        let values = self.key_values(&options);
        let mut value = |names: &[&str]| {
            let found = values.iter().find(|(key, _)| names.contains(&key.as_str()));
            found.map(|(_, tokens)| Rc::clone(tokens)).map(|tokens| self.line_of(tokens))
        };
        match (value(&["short"]), value(&["long"])) {
            (Some(short), Some(long)) => drop(self.acronyms.insert(key, (short, long))),
            (short, long) => {
                let Some(name) = value(&["text", "name"]).or(short).or(long) else { return };
                let plural = value(&["plural"]).unwrap_or_else(|| format!("{name}s"));
                self.entries.insert(key, GlossaryEntry { name, plural });
            }
        }
    }

    /// Handles `\acro{key}[short]{long}` in a list of acronyms, in which both forms are printed.
    pub(super) fn listed_acronym(&mut self, from: SourceRange) {
        let Some((printed, end)) = self.define_acronym() else { return };
        self.end_block();
        self.replaced(&printed, from.to(end));
    }

    /// Reads and keeps `{key}[short]{long}`, as of `\acrodef`; the key is the short form if none is given.
    /// Returns both forms as a list prints them, and the place of their end.
    pub(super) fn define_acronym(&mut self) -> Option<(String, SourceRange)> {
        let (key, _) = self.expander.argument()?;
        let key = self.expander.plain(&key);
        let short = self.expander.optional();
        let (long, end) = self.expander.argument()?;
        let short = short.map_or_else(|| key.clone(), |(short, _)| self.line_of(short));
        let long = self.line_of(long);
        let printed = format!("{short} {long}");
        self.acronyms.insert(key, (short, long));
        Some((printed, end))
    }

    /// Handles `\gls{key}`, `\ac{key}` and the like.
    pub(super) fn acronym(&mut self, name: &str, from: SourceRange) {
        self.expander.drop_arguments("*o");
        let Some((key, end)) = self.expander.argument() else { return };
        // An ending that is put in behind the entry: `\gls{key}['s]`.
        let ending =
            if name.to_ascii_lowercase().starts_with("gls") { self.expander.optional() } else { None };
        if let Some((ending, _)) = ending {
            self.expander.give_back(ending);
        }
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
        let plural = if name.ends_with("pl")
            || name.contains("plural")
            || (name.starts_with(['a', 'A']) && name.ends_with('p'))
        {
            "s"
        } else {
            ""
        };
        let is_capital = name.starts_with(['G', 'A', 'I']);
        let has_article = matches!(name, "iac" | "Iac");
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
        let article = match has_article.then(|| text.starts_with(VOWELS)) {
            Some(true) => "an ",
            Some(false) => "a ",
            None => "",
        };
        let text = format!("{article}{text}");
        let text = if is_capital { capitalised(&text) } else { text };
        self.replaced(&text, from);
    }

    /// Returns the keys and values of options.
    pub(super) fn key_values(&self, options: &Tokens) -> Vec<(String, Tokens)> {
        let mut values = Vec::new();
        let (mut key, mut value): (String, Option<Vec<Token>>) = (String::new(), None);
        let mut depth = 0usize;
        for token in options.iter() {
            depth = match token.kind {
                Kind::Open => depth + 1,
                Kind::Close => depth.saturating_sub(1),
                _ => depth,
            };
            if token.kind != Kind::Text || depth > 0 {
                if let Some(value) = &mut value {
                    value.push(*token);
                }
                continue;
            }
            let mut rest = *token;
            // Text is cut where a key or a value ends.
            loop {
                let text = self.expander.text(rest);
                let end = text.find(if value.is_some() { ',' } else { '=' });
                let (piece, after) = super::arguments::split(rest, end.unwrap_or(text.len()));
                match &mut value {
                    Some(value) => value.extend((piece.text.len() > 0).then_some(piece)),
                    None => key.push_str(&self.expander.text(piece)),
                }
                if end.is_none() {
                    break;
                }
                match value.take() {
                    Some(done) => values.push((trimmed(&std::mem::take(&mut key)), done.into())),
                    None => value = Some(Vec::new()),
                }
                rest = super::arguments::split(after, 1).1;
            }
        }
        values.extend(value.map(|value| (trimmed(&key), value.into())));
        values
    }
}

fn trimmed(key: &str) -> String {
    key.trim_matches([' ', ',', '\n']).to_string()
}

/// Capitalises the first letter of a text.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
