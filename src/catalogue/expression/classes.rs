//! Lexicon classes inside a regular expression: `{{model}}`.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex_syntax::escape;
use regex_syntax::hir::Hir;

use super::literals::Known;
use super::reading::{ExpressionError, compiled_size, parsed, translated};
use super::spaces::widened;
use crate::catalogue::{BUILT_IN_CLASSES, ClassId, Lexicon, MAX_CLASSES};

/// A `{{class}}` of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClassPlace {
    /// The byte range in the expression, braces included.
    pub(super) range: Range<usize>,
    pub(super) class: ClassId,
}

/// Finds every `{{class}}` of an expression, in order.
pub(super) fn places(source: &str, lexicon: &Lexicon) -> Result<Vec<ClassPlace>, ExpressionError> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(next) = source[at..].find(['\\', '{']).map(|offset| at + offset) {
        if source[next..].starts_with('\\') {
            let escaped = source[next + 1..].chars().next().map_or(0, char::len_utf8);
            at = next + 1 + escaped;
            continue;
        }
        if !source[next..].starts_with("{{") {
            at = next + 1;
            continue;
        }
        let Some(length) = source[next + 2..].find("}}") else {
            let message = "these braces are never closed";
            return Err(ExpressionError::new(next..next + 2, message)
                .help("write {{class}}, or \\{ for a brace of the text"));
        };
        let range = next..next + 2 + length + 2;
        let name = &source[next + 2..next + 2 + length];
        places.push(ClassPlace { class: class_of(name, range.clone(), lexicon)?, range: range.clone() });
        at = range.end;
    }
    Ok(places)
}

fn class_of(name: &str, range: Range<usize>, lexicon: &Lexicon) -> Result<ClassId, ExpressionError> {
    if name.is_empty() {
        return Err(ExpressionError::new(range, "no class stands between the braces")
            .help("write the name of a class, as in {{model}}"));
    }
    if let Some((_, about)) = BUILT_IN_CLASSES.iter().find(|(built_in, _)| *built_in == name) {
        let message = format!("{{{{{name}}}}} has no words that could be searched for: it is {about}");
        return Err(ExpressionError::new(range, message).help(format!(
            "ask for it with a pattern beside the `regex`, such as `phrase = \"_* {{{name}}} _*\"`, or write out how it looks"
        )));
    }
    let unknown = || ExpressionError {
        unknown_class: Some(name.to_string()),
        ..ExpressionError::new(range.clone(), format!("there is no lexicon class `{name}`"))
    };
    let class = lexicon.class(name).ok_or_else(unknown)?;
    if words(class, lexicon).next().is_none() {
        return Err(ExpressionError::new(range, format!("the class `{name}` has no words"))
            .help("give the class words in a file under lexicon/, or take it out"));
    }
    Ok(class)
}

/// Iterates over the words of a class and of the classes that belong to it.
fn words(class: ClassId, lexicon: &Lexicon) -> impl Iterator<Item = &str> {
    let of_class = lexicon.classes.iter().filter(move |other| other.lineage.has(class));
    of_class.flat_map(|class| class.words.iter().map(String::as_str))
}

/// Replaces each class by a group of plain letters of the same length, so that faults of the expression keep
/// their positions and its meaning has a group where the class belongs.
pub(super) fn masked(source: &str, places: &[ClassPlace]) -> String {
    let mut text = source.to_string();
    for place in places {
        let letters = "a".repeat(place.range.len() - "()".len());
        text.replace_range(place.range.clone(), &format!("({letters})"));
    }
    text
}

/// The words of a class as a regular expression; the same in every expression that uses the class.
#[derive(Debug)]
pub(in crate::catalogue) struct ClassReading {
    pub(super) meaning: Hir,
    /// Estimated number of states of the compiled words.
    pub(super) states: u64,
    pub(super) known: Known,
    /// Set when [`ODD_CASES`](super::ODD_CASES) may occur in its texts.
    pub(super) odd_cases: bool,
}

/// The readings of the classes of a lexicon, each made when first needed.
#[derive(Debug, Clone)]
pub(in crate::catalogue) struct ClassReadings(Arc<Readings>);

#[derive(Debug)]
struct Readings {
    heads: OnceLock<Vec<u8>>,
    of_class: Vec<OnceLock<Result<Arc<ClassReading>, ExpressionError>>>,
}

impl Default for ClassReadings {
    fn default() -> Self {
        let of_class = std::iter::repeat_with(OnceLock::new).take(MAX_CLASSES).collect();
        Self(Arc::new(Readings { heads: OnceLock::new(), of_class }))
    }
}

/// All are equal, since they follow from the words of the lexicon.
impl PartialEq for ClassReadings {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Lexicon {
    /// Returns the words of a class as a regular expression.
    pub(super) fn reading(&self, class: ClassId) -> Result<Arc<ClassReading>, ExpressionError> {
        let made = self.readings.0.of_class[usize::from(class.0)].get_or_init(|| {
            let source = alternatives(class, self);
            let meaning = widened(translated(&source, &parsed(&source)?)?);
            let (known, odd_cases) = Known::of_class(&meaning, self);
            let states = compiled_size(&meaning, &[]);
            Ok(Arc::new(ClassReading { meaning, states, known, odd_cases }))
        });
        made.clone()
    }

    /// Returns the head words of mentions, which are common, one per line.
    pub(super) fn heads(&self) -> &[u8] {
        self.readings.0.heads.get_or_init(|| {
            let classes = self.classes.iter().filter(|class| class.head.is_some());
            let words = classes.flat_map(|class| &class.words);
            words.flat_map(|word| [word.as_bytes(), b"\n"]).flatten().copied().collect()
        })
    }
}

/// Writes a class as the choice of its words.
fn alternatives(class: ClassId, lexicon: &Lexicon) -> String {
    let mut words: Vec<&str> = words(class, lexicon).collect();
    // The first alternative that matches is taken, and it shall be the longest.
    words.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    words.dedup();
    let words: Vec<String> = words.into_iter().map(word).collect();
    format!("(?i:{})", words.join("|"))
}

/// Writes a word of the lexicon as an expression: white space or hyphens may stand between its parts, and a
/// letter or digit at either end must be at a word boundary.
fn word(word: &str) -> String {
    let parts: Vec<String> = word.split([' ', '-']).filter(|part| !part.is_empty()).map(escape).collect();
    let edge = |character: Option<char>| match character.is_some_and(char::is_alphanumeric) {
        true => "\\b",
        false => "",
    };
    let inner = match parts.is_empty() {
        true => escape(word),
        false => parts.join("[\\s\\-]+"),
    };
    format!("{}{inner}{}", edge(word.chars().next()), edge(word.chars().next_back()))
}
