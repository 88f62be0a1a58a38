//! The patterns of a rule file, and where each of them applies.

use toml::Spanned;

use super::written_text::offset_in_source;
use super::{CatalogueFile, Expression, Fault, Lexicon, Pattern};
use crate::document::ByteSpan;

/// The maximum length of a pattern that a message quotes, in bytes.
const QUOTED: usize = 200;

/// The least similarity, 0 to 1, of a class name that is suggested for an unknown one.
const ALIKE: f64 = 0.8;

/// A pattern and its source.
#[derive(Debug, Clone, PartialEq)]
pub struct RulePattern {
    /// The source as written in the file.
    pub source: String,
    /// The span in the file, in bytes, quotation marks included.
    pub span: ByteSpan,
    /// The parsed pattern.
    pub pattern: Pattern,
}

/// The patterns of a rule, by the part of the text that they apply to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlacedPatterns {
    /// The whole noun phrase, from its determiner to its head.
    pub phrase: Option<RulePattern>,
    /// The text right before the phrase, where the pattern must end.
    pub before: Option<RulePattern>,
    /// The text right after the phrase, where the pattern must begin.
    pub after: Option<RulePattern>,
    /// Anywhere in the sentence.
    pub sentence: Option<RulePattern>,
    /// A regular expression that touches the phrase, or that finds the mention itself.
    pub regex: Option<Expression>,
}

impl PlacedPatterns {
    /// Iterates over the patterns, each with its key in the rule file.
    pub fn patterns(&self) -> impl Iterator<Item = (&'static str, &RulePattern)> {
        let places = [
            ("phrase", &self.phrase),
            ("before", &self.before),
            ("after", &self.after),
            ("sentence", &self.sentence),
        ];
        places.into_iter().filter_map(|(key, place)| Some((key, place.as_ref()?)))
    }

    /// Iterates over the sources of the patterns and of the regular expression, each with its key.
    pub fn sources(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let patterns = self.patterns().map(|(key, pattern)| (key, pattern.source.as_str()));
        patterns.chain(self.regex.iter().map(|regex| ("regex", regex.source.as_str())))
    }
}

/// Reads the pattern of a key, if the key is present.
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

/// Returns a hint for an unknown class: the most similar class, if any is similar enough.
pub(super) fn likely_class(wanted: &str, lexicon: &Lexicon) -> String {
    let alike = |name: &str| strsim::jaro_winkler(name, wanted);
    let best =
        lexicon.classes.iter().map(|class| class.name.as_str()).max_by(|a, b| alike(a).total_cmp(&alike(b)));
    match best.filter(|name| alike(name) >= ALIKE) {
        Some(name) => format!("did you mean {{{name}}}? New classes are described under lexicon/"),
        None => "describe the class in a file under lexicon/".to_string(),
    }
}
