//! Regular expressions of rules and of notations of quantities: read, checked and compiled.
//!
//! The notation is that of the crate `regex`, with three things of our own: `{{class}}` stands for any
//! word of a lexicon class, a blank stands for any white space, and `.` for a line end too, since prose is
//! broken into lines anywhere.

mod alternatives;
mod classes;
mod literals;
mod reading;
mod spaces;

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use regex_automata::meta;
use regex_automata::util::captures::Captures;
use regex_syntax::hir::Hir;

use super::{ClassSet, Measure, Trait, named_enum};
use crate::document::ByteSpan;

pub use literals::Literals;
pub(crate) use literals::ODD_CASES;
pub(super) use reading::{Role, read_expression};

named_enum! {
    /// How far a regular expression looks.
    #[derive(Default)]
    pub enum Scope {
        /// Within one sentence.
        #[default]
        Sentence => "sentence",
        /// Within one paragraph.
        Paragraph => "paragraph",
    }
}

/// What a named group of a regular expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The bounds of the mention.
    Mention,
    /// An amount.
    Amount(Measure),
    /// What words tell of a system.
    Told(Trait),
}

/// How many matches in one sentence or paragraph are looked at: no text needs more, and each of them may
/// look at all that follows.
const MOST_MATCHES: usize = 16;
/// After so many searches one pays for a machine that has to warm up.
const FREQUENT: u32 = 64;

/// A regular expression, ready to be searched for.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As it stands in the file.
    pub source: String,
    /// Where it stands in the file, in bytes, its quotation marks included.
    pub span: ByteSpan,
    /// The lexicon classes that it speaks of.
    pub classes: ClassSet,
    /// Texts of which every match holds one; none where there are no such texts, so that it has to be
    /// searched for everywhere.
    pub literals: Option<Literals>,
    /// What its named groups give, by their numbers.
    groups: Vec<(usize, Group)>,
    compiled: Arc<Compiled>,
}

/// What an expression means, compiled when it is first searched for: most texts call for few of many.
#[derive(Debug)]
struct Compiled {
    meaning: Hir,
    /// Ready at once.
    seldom: OnceLock<Option<meta::Regex>>,
    /// Several times as fast, once it is warm.
    often: OnceLock<Option<meta::Regex>>,
    /// How often it was searched for so far.
    searches: AtomicU32,
}

impl Compiled {
    fn of(meaning: Hir) -> Self {
        Self { meaning, seldom: OnceLock::new(), often: OnceLock::new(), searches: AtomicU32::new(0) }
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        // What it is compiled to follows from its text, and from the words of its classes.
        (&self.source, self.span, self.classes, &self.literals)
            == (&other.source, other.span, other.classes, &other.literals)
    }
}

/// One match of a regular expression, in bytes of the text that was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionMatch {
    /// All that it matches.
    pub span: Range<usize>,
    /// What its named groups match, in their order; those that match nothing are left out.
    pub groups: Vec<(Group, Range<usize>)>,
}

impl Expression {
    /// Whether it matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.engine().is_some_and(|engine| engine.is_match(text))
    }

    /// The engine; none never, since what cannot be compiled is refused when it is read.
    fn engine(&self) -> Option<&meta::Regex> {
        let Compiled { meaning, seldom, often, searches } = &*self.compiled;
        // Its size is bounded by what it was read with.
        let build = |warms_up: bool| {
            let config = meta::Config::new().nfa_size_limit(None).auto_prefilter(false).onepass(false);
            let config = config.dfa(false).hybrid(warms_up);
            meta::Builder::new().configure(config).build_from_hir(meaning).ok()
        };
        // Where texts lead to the few sentences that may match, warming up would not pay.
        let is_frequent = self.literals.is_none() || searches.load(Ordering::Relaxed) >= FREQUENT;
        if is_frequent {
            return often.get_or_init(|| build(true)).as_ref();
        }
        searches.fetch_add(1, Ordering::Relaxed);
        seldom.get_or_init(|| build(false)).as_ref()
    }

    /// Whether a group gives the bounds of the mention.
    pub fn gives_bounds(&self) -> bool {
        self.groups.iter().any(|(_, group)| *group == Group::Mention)
    }

    /// What its groups tell beside the bounds.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        self.groups.iter().map(|(_, group)| *group)
    }

    /// The matches in a text, from left to right, none overlapping another.
    pub fn matches(&self, text: &str) -> Vec<ExpressionMatch> {
        let spans = |found: &Captures| ExpressionMatch {
            span: found.get_match().map_or(0..0, |found| found.range()),
            groups: self
                .groups
                .iter()
                .filter_map(|(number, group)| Some((*group, found.get_group(*number)?.range())))
                .filter(|(_, range)| !range.is_empty())
                .collect(),
        };
        let Some(engine) = self.engine() else { return Vec::new() };
        if self.groups.is_empty() {
            let found = engine.find_iter(text).take(MOST_MATCHES);
            return found.map(|found| ExpressionMatch { span: found.range(), groups: Vec::new() }).collect();
        }
        engine.captures_iter(text).take(MOST_MATCHES).map(|found| spans(&found)).collect()
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
