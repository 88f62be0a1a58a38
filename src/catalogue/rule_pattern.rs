//! The patterns of a rule file, and the places that they look at.

use toml::Spanned;

use super::written_text::offset_in_source;
use super::{CatalogueFile, Expression, Fault, Lexicon, Pattern};
use crate::document::ByteSpan;

/// Bytes of a pattern that a message quotes at most.
const QUOTED: usize = 200;

/// How alike the name of a class must be to one that does not exist to be offered, 0 to 1.
const ALIKE: f64 = 0.8;

/// A pattern and the text that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct RulePattern {
    /// As it stands in the file.
    pub source: String,
    /// Where it stands in the file, in bytes, its quotation marks included.
    pub span: ByteSpan,
    /// As it is understood.
    pub pattern: Pattern,
}

/// Where a pattern of a rule looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// The whole noun phrase, from its determiner to its head.
    pub phrase: Option<RulePattern>,
    /// What stands right before it; the pattern ends there.
    pub before: Option<RulePattern>,
    /// What stands right after it; the pattern begins there.
    pub after: Option<RulePattern>,
    /// Anywhere in its sentence.
    pub sentence: Option<RulePattern>,
    /// A regular expression that touches the phrase, or that finds the mention itself.
    pub regex: Option<Expression>,
}

impl Places {
    /// The patterns, with the keys that they have in the file of a rule.
    pub fn patterns(&self) -> impl Iterator<Item = (&'static str, &RulePattern)> {
        let places = [
            ("phrase", &self.phrase),
            ("before", &self.before),
            ("after", &self.after),
            ("sentence", &self.sentence),
        ];
        places.into_iter().filter_map(|(key, place)| Some((key, place.as_ref()?)))
    }

    /// The patterns and the regular expression as they stand in the file, with their keys.
    pub fn sources(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let patterns = self.patterns().map(|(key, pattern)| (key, pattern.source.as_str()));
        patterns.chain(self.regex.iter().map(|regex| ("regex", regex.source.as_str())))
    }
}

/// Reads the pattern of a key, if the key is there.
pub(super) fn read_pattern(
    source: Option<Spanned<String>>,
    file: &CatalogueFile,
    lexicon: &Lexicon,
    faults: &mut Vec<Fault>,
) -> Option<RulePattern> {
    let source = source?;
    let written = source.span();
    let source = source.into_inner();
    match Pattern::parse(&source, |name| lexicon.class(name)) {
        Ok(pattern) if pattern.can_be_empty() => {
            faults.push(
                Fault::over(file, written, "the pattern matches the empty text")
                    .help("let at least one element stand without `?`, `*` or `...`"),
            );
            None
        }
        Ok(pattern) => Some(RulePattern { source, span: ByteSpan::new(written.start, written.end), pattern }),
        Err(error) => {
            let start = offset_in_source(&file.text, written.clone(), error.at);
            let quoted = if source.len() > QUOTED { String::new() } else { format!(" in `{source}`") };
            let message = format!("{}{quoted}", error.message);
            // A fault of the whole pattern is marked as one.
            let fault = match error.at {
                0 => Fault::over(file, written.start..written.end, message),
                _ => Fault::at(file, start, message),
            };
            faults.push(fault.help(match error.unknown_class {
                Some(class) => likely_class(&class, lexicon),
                None => "the notation is explained in patterns/README.md".to_string(),
            }));
            None
        }
    }
}

/// What to do about a class that does not exist.
pub(super) fn likely_class(wanted: &str, lexicon: &Lexicon) -> String {
    let alike = |name: &str| strsim::jaro_winkler(name, wanted);
    let best =
        lexicon.classes.iter().map(|class| class.name.as_str()).max_by(|a, b| alike(a).total_cmp(&alike(b)));
    match best.filter(|name| alike(name) >= ALIKE) {
        Some(name) => format!("did you mean {{{name}}}? New classes are described under lexicon/"),
        None => "describe the class in a file under lexicon/".to_string(),
    }
}
