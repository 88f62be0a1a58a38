//! Regular expressions of rules and of quantity notations: parsing, checks and compilation.
//!
//! The notation is that of the crate `regex` with three differences: `{{class}}` matches any word of a
//! lexicon class, a blank matches any white space, and `.` also matches a line end, since prose may be broken
//! into lines anywhere.

mod alternatives;
mod caseless;
mod class_group;
mod classes;
mod literals;
mod reading;
mod rough;
mod spaces;

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_automata::meta;
use regex_automata::util::captures::Captures;
use regex_syntax::hir::Hir;

use super::{ClassSet, Later, Measure, Trait};
use crate::document::ByteSpan;
use crate::named_enum;

use class_group::{ClassGroup, with_words};
pub(super) use classes::ClassReadings;
pub(crate) use literals::ODD_CASES;
pub use literals::{Literals, TextSet};
pub(super) use reading::{Role, read_expression};
use rough::rough_engine;

named_enum! {
    /// The extent of text that a regular expression is applied to.
    #[derive(Default)]
    pub enum Scope {
        /// Within one sentence.
        #[default]
        Sentence => "sentence",
        /// Within one paragraph.
        Paragraph => "paragraph",
    }
}

/// The meaning of a named group of a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The bounds of the mention.
    Mention,
    /// An amount.
    Amount(Measure),
    /// A trait of a system.
    Trait(Trait),
}

/// The maximum number of matches considered in one sentence or paragraph: no text needs more, and each of
/// them may scan all that follows.
const MOST_MATCHES: usize = 16;
/// Number of searches after which an engine that has to warm up pays off.
const FREQUENT: u32 = 64;

/// A regular expression that can be searched for.
#[derive(Debug, Clone)]
pub struct Expression {
    /// The source as written in the file.
    pub source: String,
    /// The span in the file, in bytes, quotation marks included.
    pub span: ByteSpan,
    reading: Later<Reading>,
}

/// What an expression says. Those of the built-in catalogue are known to be sound, and are read when a text is
/// first searched; all others when their file is read.
#[derive(Debug, Default)]
struct Reading {
    classes: ClassSet,
    literals: Option<Literals>,
    /// The meanings of its named groups, by group number.
    groups: Vec<(usize, Group)>,
    /// `None` only for what cannot be read, so that it matches nothing.
    compiled: Option<Compiled>,
}

/// The compiled form of an expression, built on the first search: most texts need few of the many
/// expressions.
#[derive(Debug)]
struct Compiled {
    /// The meaning, with a group in the place of each class.
    meaning: Hir,
    classes: Vec<ClassGroup>,
    /// An engine that rules out most texts.
    rough: OnceLock<Option<meta::Regex>>,
    /// An engine that is ready at once.
    seldom: OnceLock<Option<meta::Regex>>,
    /// An engine that is several times as fast once it is warm.
    often: OnceLock<Option<meta::Regex>>,
    /// Number of searches with `seldom` so far.
    searches: AtomicU32,
}

impl Compiled {
    fn of(meaning: Hir, classes: Vec<ClassGroup>) -> Self {
        Self {
            meaning,
            classes,
            rough: OnceLock::new(),
            seldom: OnceLock::new(),
            often: OnceLock::new(),
            searches: AtomicU32::new(0),
        }
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        // What it is compiled to follows from its text, and from the words of its classes.
        (&self.source, self.span, self.classes(), self.literals())
            == (&other.source, other.span, other.classes(), other.literals())
    }
}

/// A match of a regular expression, in bytes of the searched text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionMatch {
    /// The range of the whole match.
    pub span: Range<usize>,
    /// The ranges of its named groups, in order, without empty ones.
    pub groups: Vec<(Group, Range<usize>)>,
}

impl Expression {
    /// Reads it, unless it was read before.
    pub(crate) fn prepare(&self) {
        self.reading.prepare();
    }

    /// Returns the lexicon classes that it refers to.
    pub fn classes(&self) -> ClassSet {
        self.reading.classes
    }

    /// Returns texts of which every match contains one; `None` if there are no such texts, so that every text has
    /// to be searched.
    pub fn literals(&self) -> Option<&Literals> {
        self.reading.literals.as_ref()
    }

    /// Returns whether it matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.may_match(text) && self.engine().is_some_and(|engine| engine.is_match(text))
    }

    /// Returns `false` if a quick look rules a match out.
    fn may_match(&self, text: &str) -> bool {
        let Some(Compiled { meaning, classes, rough, .. }) = &self.reading.compiled else { return false };
        rough.get_or_init(|| rough_engine(meaning, classes)).as_ref().is_none_or(|rough| rough.is_match(text))
    }

    /// Returns the engine. It is never `None` in practice, since what cannot be compiled is refused on
    /// reading.
    fn engine(&self) -> Option<&meta::Regex> {
        let Compiled { meaning, classes, seldom, often, searches, .. } = self.reading.compiled.as_ref()?;
        // Its size is bounded by what it was read with.
        let build = |warms_up: bool| {
            let config = meta::Config::new().nfa_size_limit(None).auto_prefilter(false).onepass(false);
            let config = config.dfa(false).hybrid(warms_up);
            meta::Builder::new().configure(config).build_from_hir(&with_words(meaning, classes)).ok()
        };
        // Where texts lead to the few sentences that may match, warming up would not pay.
        let is_frequent = self.literals().is_none() || searches.load(Ordering::Relaxed) >= FREQUENT;
        if is_frequent {
            return often.get_or_init(|| build(true)).as_ref();
        }
        searches.fetch_add(1, Ordering::Relaxed);
        seldom.get_or_init(|| build(false)).as_ref()
    }

    /// Returns whether a group gives the bounds of the mention.
    pub fn gives_bounds(&self) -> bool {
        self.reading.groups.iter().any(|(_, group)| *group == Group::Mention)
    }

    /// Iterates over the meanings of all named groups.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        self.reading.groups.iter().map(|(_, group)| *group)
    }

    /// Returns the matches in a text, from left to right and without overlaps, at most 16.
    pub fn matches(&self, text: &str) -> Vec<ExpressionMatch> {
        let spans = |found: &Captures| ExpressionMatch {
            span: found.get_match().map_or(0..0, |found| found.range()),
            groups: self
                .reading
                .groups
                .iter()
                .filter_map(|(number, group)| Some((*group, found.get_group(*number)?.range())))
                .filter(|(_, range)| !range.is_empty())
                .collect(),
        };
        if !self.may_match(text) {
            return Vec::new();
        }
        let Some(engine) = self.engine() else { return Vec::new() };
        if self.reading.groups.is_empty() {
            let found = engine.find_iter(text).take(MOST_MATCHES);
            return found.map(|found| ExpressionMatch { span: found.range(), groups: Vec::new() }).collect();
        }
        engine.captures_iter(text).take(MOST_MATCHES).map(|found| spans(&found)).collect()
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
