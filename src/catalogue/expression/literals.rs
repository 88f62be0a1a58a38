//! Literals of a regular expression: texts of which every match contains one, searched for first.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use regex_syntax::hir::{Class, Hir, HirKind};

use super::class_group::{ClassGroup, class_of};
use crate::catalogue::Lexicon;

/// The maximum number of literals of one expression.
const MOST_LITERALS: usize = 250;
/// The maximum number of texts of a further set.
const MOST_OF_A_SET: usize = 4000;
/// The maximum number of texts in the product of neighbouring parts.
const MOST_PRODUCTS: usize = 64;
/// The maximum size of a character set whose characters are taken one by one.
const MOST_CHARACTERS: usize = 16;
/// The maximum number of repetitions of a repeated text.
const MOST_REPEATED: usize = 8;
/// The minimum number of letters of a text; shorter ones occur in every other sentence.
const FEWEST_LETTERS: usize = 3;
/// The fraction of sentences that contain a head word of a mention.
const OF_A_HEAD: f64 = 0.5;
/// The long s and the kelvin sign, which match s and k if case is ignored.
pub(crate) const ODD_CASES: [char; 2] = ['\u{17f}', '\u{212a}'];

/// Different texts in lower-case ASCII, sorted.
pub type TextSet = Arc<[Box<[u8]>]>;

/// Texts in lower-case ASCII of which every match contains one in any case.
#[derive(Debug, Clone, PartialEq)]
pub struct Literals {
    /// The texts.
    pub texts: TextSet,
    /// Texts of which one precedes each of `texts`, separated by white space; `None` if anything may.
    pub before: Option<TextSet>,
    /// Texts of which one follows each of `texts`, separated by white space; `None` if anything may.
    pub after: Option<TextSet>,
    /// Further sets of texts. Every match also contains one text of each set, or an odd case where one may
    /// occur in it; these are too common to search for.
    pub also: Vec<TextSet>,
    /// `true` if a long s may replace an s, or a kelvin sign a k.
    pub odd_cases: bool,
}

impl Literals {
    /// Returns the rarest literals of an expression; `None` if no such texts are known.
    pub(super) fn of(hir: &Hir, classes: &[ClassGroup], lexicon: &Lexicon) -> Option<Self> {
        let mut reader = Reader { heads: lexicon.heads(), classes, odd_cases: false, most: MOST_LITERALS };
        let found = reader.read(hir);
        let Choice { texts, before, after } = reader.rarer(found.best, found.exact.map(Choice::of))?;
        let mut also = Vec::new();
        reader.most = MOST_OF_A_SET;
        reader.gather(hir, &mut also);
        let holds_one =
            |text: &Vec<u8>, set: &Texts| set.iter().any(|part| memchr::memmem::find(text, part).is_some());
        also.retain(|set| !texts.iter().all(|text| holds_one(text, set)));
        Some(Self {
            texts: boxed(&texts),
            before: before.as_ref().map(boxed),
            after: after.as_ref().map(boxed),
            also: also.iter().map(boxed).collect(),
            odd_cases: reader.odd_cases,
        })
    }
}

fn boxed(texts: &Texts) -> TextSet {
    let mut texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.into_iter().map(Box::from).collect()
}

/// Texts that several parts of an expression may know.
#[derive(Debug, Clone)]
struct Texts(Arc<Weighed>);

#[derive(Debug)]
struct Weighed {
    texts: Vec<Vec<u8>>,
    /// Their share of sentences, once it was asked for.
    share: OnceLock<Option<f64>>,
}

impl Texts {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Vec<Vec<u8>>> for Texts {
    fn from(texts: Vec<Vec<u8>>) -> Self {
        Self(Arc::new(Weighed { texts, share: OnceLock::new() }))
    }
}

impl FromIterator<Vec<u8>> for Texts {
    fn from_iter<I: IntoIterator<Item = Vec<u8>>>(texts: I) -> Self {
        Vec::from_iter(texts).into()
    }
}

impl Deref for Texts {
    type Target = Vec<Vec<u8>>;

    fn deref(&self) -> &Self::Target {
        &self.0.texts
    }
}

/// Texts of which every match contains one, and the texts beside them.
#[derive(Debug, Clone)]
struct Choice {
    texts: Texts,
    before: Option<Texts>,
    after: Option<Texts>,
}

impl Choice {
    fn of(texts: Texts) -> Self {
        Self { texts, before: None, after: None }
    }
}

/// The texts of a part of an expression.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// All texts that it can match, if they are few.
    exact: Option<Texts>,
    /// The rarest texts of which every match contains one.
    best: Option<Choice>,
    /// Texts of which every match begins with one.
    first: Option<Texts>,
    /// Texts of which every match ends with one.
    last: Option<Texts>,
}

impl Known {
    fn exactly(texts: impl Into<Texts>) -> Self {
        let texts = texts.into();
        let edge = (!texts.iter().any(Vec::is_empty)).then(|| texts.clone());
        Self { first: edge.clone(), last: edge, exact: Some(texts), best: None }
    }

    /// Reads the words of a class; also returns whether odd cases may occur in them.
    pub(super) fn of_class(meaning: &Hir, lexicon: &Lexicon) -> (Self, bool) {
        let mut reader =
            Reader { heads: lexicon.heads(), classes: &[], odd_cases: false, most: MOST_OF_A_SET };
        let known = reader.read(meaning);
        (known, reader.odd_cases)
    }

    /// Returns whether it matches only the empty text.
    fn is_empty(&self) -> bool {
        self.exact.as_ref().is_some_and(|texts| texts.iter().all(Vec::is_empty))
    }

    /// Drops choices of more than `most` texts.
    fn at_most(mut self, most: usize) -> Self {
        self.exact = self.exact.filter(|texts| texts.len() <= most);
        self.best = self.best.filter(|choice| choice.texts.len() <= most);
        self
    }
}

struct Reader<'a> {
    heads: &'a [u8],
    classes: &'a [ClassGroup],
    odd_cases: bool,
    /// The maximum number of texts kept for a choice.
    most: usize,
}

impl Reader<'_> {
    fn read(&mut self, hir: &Hir) -> Known {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Known::exactly(vec![Vec::new()]),
            HirKind::Literal(literal) => Known::exactly(vec![literal.0.to_ascii_lowercase()]),
            HirKind::Class(class) => self.of_class(class),
            HirKind::Capture(capture) => match class_of(capture, self.classes) {
                Some(class) => {
                    self.odd_cases |= class.odd_cases;
                    class.known.clone().at_most(self.most)
                }
                None => self.read(&capture.sub),
            },
            HirKind::Repetition(repetition) => {
                let known = self.read(&repetition.sub);
                match (repetition.min, repetition.max) {
                    (1, Some(1)) => known,
                    (0, Some(1)) => {
                        let exact =
                            known.exact.map(|texts| texts.iter().cloned().chain([Vec::new()]).collect());
                        Known { exact, ..Known::default() }
                    }
                    (0, _) => Known::default(),
                    (least, _) => {
                        // "xxxx" stands in all that `x{4,}` matches.
                        let times = (least as usize).min(MOST_REPEATED);
                        let once = known.exact.as_ref().filter(|texts| texts.len() == 1);
                        let run = once.map(|texts| texts.iter().map(|text| text.repeat(times)).collect());
                        let Known { exact, best, first, last } = known;
                        let best = self.rarer(best, exact.map(Choice::of));
                        Known { exact: None, best: self.rarer(best, run.map(Choice::of)), first, last }
                    }
                }
            }
            HirKind::Concat(parts) => self.of_concat(parts),
            HirKind::Alternation(parts) => self.of_alternation(parts),
        }
    }

    /// Adds the sets of alternatives of which every match contains one, if each has at least two bytes.
    fn gather(&mut self, hir: &Hir, sets: &mut Vec<Texts>) {
        match hir.kind() {
            HirKind::Capture(capture) if class_of(capture, self.classes).is_none() => {
                self.gather(&capture.sub, sets);
            }
            HirKind::Repetition(repetition) if repetition.min > 0 => self.gather(&repetition.sub, sets),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.gather(part, sets)),
            HirKind::Alternation(_) | HirKind::Capture(_) => {
                let known = self.read(hir);
                let is_useful = |set: &Texts| !set.is_empty() && set.iter().all(|text| text.len() > 1);
                sets.extend(known.exact.or(known.best.map(|choice| choice.texts)).filter(is_useful));
            }
            _ => {}
        }
    }

    fn of_class(&mut self, class: &Class) -> Known {
        let Class::Unicode(class) = class else { return Known::default() };
        let size: usize =
            class.ranges().iter().map(|range| range.end() as usize - range.start() as usize + 1).sum();
        if size > MOST_CHARACTERS {
            return Known::default();
        }
        let characters = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
        let mut texts = Vec::new();
        for character in characters() {
            let plain = match character {
                '\u{17f}' => Some('s'),
                '\u{212a}' => Some('k'),
                _ => None,
            };
            if plain.is_some_and(|plain| characters().any(|other| other == plain)) {
                self.odd_cases = true;
                continue;
            }
            let text = character.to_ascii_lowercase().to_string().into_bytes();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        Known::exactly(texts)
    }

    fn of_concat(&mut self, parts: &[Hir]) -> Known {
        let known: Vec<Known> = parts.iter().map(|part| self.read(part)).collect();
        let is_space = |at: usize| parts.get(at).is_some_and(is_white_space);
        // What stands beside the parts from one to another, with white space between.
        let beside = |texts: Texts, from: usize, to: usize| {
            let before =
                from.checked_sub(2).filter(|at| is_space(at + 1)).and_then(|at| known[at].last.clone());
            let after = known.get(to + 1).filter(|_| is_space(to)).and_then(|known| known.first.clone());
            Choice { texts, before, after }
        };
        // What stands side by side is multiplied out for as long as it stays short.
        let mut run = vec![Vec::new()];
        let (mut from, mut best, mut is_exact) = (0, None, true);
        for (at, part) in known.iter().enumerate() {
            best = self.rarer(best, part.best.clone());
            match &part.exact {
                Some(exact) if exact.len() == 1 => {
                    run.iter_mut().for_each(|text| text.extend_from_slice(&exact[0]));
                }
                Some(exact) if exact.len() * run.len() <= MOST_PRODUCTS => {
                    let joined =
                        run.iter().flat_map(|one| exact.iter().map(move |other| [&one[..], other].concat()));
                    run = joined.collect();
                }
                exact => {
                    is_exact = false;
                    let ended = std::mem::replace(&mut run, vec![Vec::new()]);
                    best = self.rarer(best, Some(beside(ended.into(), from, at)));
                    from = at + 1;
                    match exact {
                        // Too many to be multiplied: a run of their own.
                        Some(exact) if exact.len() <= MOST_PRODUCTS => (run, from) = (exact.to_vec(), at),
                        Some(exact) => best = self.rarer(best, Some(beside(exact.clone(), at, at + 1))),
                        None => {}
                    }
                }
            }
        }
        if is_exact {
            return Known { best, ..Known::exactly(run) };
        }
        let best = self.rarer(best, Some(beside(run.into(), from, parts.len())));
        let first = known.iter().find(|known| !known.is_empty()).and_then(|known| known.first.clone());
        let last = known.iter().rfind(|known| !known.is_empty()).and_then(|known| known.last.clone());
        Known { exact: None, best, first, last }
    }

    fn of_alternation(&mut self, parts: &[Hir]) -> Known {
        let known: Vec<Known> = parts.iter().map(|part| self.read(part)).collect();
        let all = |texts: fn(&Known) -> Option<&Texts>| {
            let all: Option<Vec<&Texts>> = known.iter().map(texts).collect();
            let all: Texts = all?.into_iter().flat_map(|texts| texts.iter().cloned()).collect();
            Some(all)
        };
        let exact = all(|known| known.exact.as_ref());
        let is_exact = |texts: fn(&Known) -> Option<&Texts>| {
            known.iter().all(|known| texts(known).zip(known.exact.as_ref()).is_some_and(|(a, b)| a.is(b)))
        };
        let edge = |texts: fn(&Known) -> Option<&Texts>| {
            let all = if is_exact(texts) { exact.clone() } else { all(texts) };
            all.filter(|all| all.len() <= MOST_OF_A_SET)
        };
        let (first, last) = (edge(|known| known.first.as_ref()), edge(|known| known.last.as_ref()));
        let exact = exact.filter(|all| all.len() <= self.most);
        let mut best = Some(Vec::new());
        for Known { exact, best: of_part, .. } in known {
            let of_part = self.rarer(of_part, exact.map(Choice::of));
            best = best.zip(of_part).map(|(mut all, more)| {
                all.extend_from_slice(&more.texts);
                all
            });
        }
        let best = best.filter(|texts| texts.len() <= self.most).map(|texts| Choice::of(texts.into()));
        Known { exact, best, first, last }
    }

    /// Returns the rarer of two choices; one unsuited to start a search from counts as absent.
    fn rarer(&self, one: Option<Choice>, other: Option<Choice>) -> Option<Choice> {
        let weighed =
            |choice: Option<Choice>| choice.and_then(|choice| Some((self.share(&choice.texts)?, choice)));
        match (weighed(one), weighed(other)) {
            (Some((one_share, one)), Some((other_share, other))) => {
                Some(if other_share < one_share { other } else { one })
            }
            (one, other) => one.or(other).map(|(_, choice)| choice),
        }
    }

    /// Estimates the share of sentences that contain one of the texts; `None` for no texts, too many, or one
    /// that is too short.
    fn share(&self, texts: &Texts) -> Option<f64> {
        if texts.is_empty() || texts.len() > MOST_LITERALS {
            return None;
        }
        *texts.0.share.get_or_init(|| texts.iter().map(|text| self.share_of(text)).sum())
    }

    fn share_of(&self, text: &[u8]) -> Option<f64> {
        let letters = text.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        let signs = text.iter().filter(|byte| !byte.is_ascii_alphanumeric() && !byte.is_ascii_whitespace());
        let has_signs = signs.count() > 0;
        if text.len() < 2 || letters < FEWEST_LETTERS && !has_signs {
            return None;
        }
        let is_head = memchr::memmem::find(self.heads, text).is_some();
        Some(match letters {
            _ if is_head => OF_A_HEAD,
            0..=2 => 0.1,
            3 => 0.15,
            4 => 0.05,
            5 | 6 => 0.02,
            _ => 0.01,
        })
    }
}

/// Returns whether a part matches only white space, at least one character of it.
fn is_white_space(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(repetition) => repetition.min > 0 && is_white_space(&repetition.sub),
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().all(|range| {
            range.len() <= MOST_CHARACTERS && (range.start()..=range.end()).all(char::is_whitespace)
        }),
        _ => false,
    }
}
