//! Texts of which every match of a regular expression holds one: what a text is searched for first.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::catalogue::Lexicon;

/// The most such texts of one expression.
const MOST_LITERALS: usize = 250;
/// The most texts of a further set.
const MOST_OF_A_SET: usize = 4000;
/// The most texts that neighbours are multiplied out to.
const MOST_PRODUCTS: usize = 64;
/// The most characters of a set that are taken one by one.
const MOST_CHARACTERS: usize = 16;
/// How often a repeated text is taken.
const MOST_REPEATED: usize = 8;
/// A text with fewer letters stands in every other sentence.
const FEWEST_LETTERS: usize = 3;
/// The share of sentences that hold a head word of a mention.
const OF_A_HEAD: f64 = 0.5;
/// The long s and the sign for kelvin, which are an s and a k where case does not count.
pub(crate) const ODD_CASES: [char; 2] = ['\u{17f}', '\u{212a}'];

/// Texts, in small letters of ASCII, of which every match holds one, whatever its case.
#[derive(Debug, Clone, PartialEq)]
pub struct Literals {
    /// The texts.
    pub texts: BTreeSet<Box<[u8]>>,
    /// Further sets of texts, of each of which every match holds one as well, or an odd case where one may stand in it;
    /// too common to search for.
    pub also: Vec<BTreeSet<Box<[u8]>>>,
    /// Whether a long s may stand in the place of an s, or a sign for kelvin in that of a k.
    pub odd_cases: bool,
}

impl Literals {
    /// The rarest such texts of an expression; none where a match may hold anything.
    pub(super) fn of(hir: &Hir, lexicon: &Lexicon) -> Option<Self> {
        let mut reader = Reader { heads: heads(lexicon), odd_cases: false, most: MOST_LITERALS };
        let found = reader.read(hir);
        let texts = reader.rarer(found.best, found.exact)?;
        let mut also = Vec::new();
        reader.most = MOST_OF_A_SET;
        reader.gather(hir, &mut also);
        let holds_one =
            |text: &Vec<u8>, set: &Texts| set.iter().any(|part| memchr::memmem::find(text, part).is_some());
        also.retain(|set| !texts.iter().all(|text| holds_one(text, set)));
        Some(Self {
            texts: boxed(texts),
            also: also.into_iter().map(boxed).collect(),
            odd_cases: reader.odd_cases,
        })
    }
}

fn boxed(texts: Texts) -> BTreeSet<Box<[u8]>> {
    texts.into_iter().map(Vec::into_boxed_slice).collect()
}

/// The last words of mentions, which are common, a line each.
fn heads(lexicon: &Lexicon) -> Vec<u8> {
    let classes = lexicon.classes.iter().filter(|class| class.head.is_some());
    let words = classes.flat_map(|class| &class.words);
    words.flat_map(|word| [word.as_bytes(), b"\n"]).flatten().copied().collect()
}

type Texts = Vec<Vec<u8>>;

/// What is known of a part of an expression.
struct Known {
    /// All that it can match, where that is not much.
    exact: Option<Texts>,
    /// The rarest texts of which every match of it holds one.
    best: Option<Texts>,
}

impl Known {
    fn nothing() -> Self {
        Self { exact: None, best: None }
    }

    fn exactly(texts: Texts) -> Self {
        Self { exact: Some(texts), best: None }
    }
}

struct Reader {
    heads: Vec<u8>,
    odd_cases: bool,
    /// The most texts of a choice that are kept.
    most: usize,
}

impl Reader {
    fn read(&mut self, hir: &Hir) -> Known {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Known::exactly(vec![Vec::new()]),
            HirKind::Literal(literal) => Known::exactly(vec![literal.0.to_ascii_lowercase()]),
            HirKind::Class(class) => self.of_class(class),
            HirKind::Capture(capture) => self.read(&capture.sub),
            HirKind::Repetition(repetition) => {
                let known = self.read(&repetition.sub);
                match (repetition.min, repetition.max) {
                    (1, Some(1)) => known,
                    (0, Some(1)) => {
                        let exact = known.exact.map(|mut texts| {
                            texts.push(Vec::new());
                            texts
                        });
                        Known { exact, best: None }
                    }
                    (0, _) => Known::nothing(),
                    (least, _) => {
                        // "xxxx" stands in all that `x{4,}` matches.
                        let times = (least as usize).min(MOST_REPEATED);
                        let once = known.exact.as_ref().filter(|texts| texts.len() == 1);
                        let run = once.map(|texts| texts.iter().map(|text| text.repeat(times)).collect());
                        let best = self.rarer(known.best, known.exact);
                        Known { exact: None, best: self.rarer(best, run) }
                    }
                }
            }
            HirKind::Concat(parts) => self.of_concat(parts),
            HirKind::Alternation(parts) => self.of_alternation(parts),
        }
    }

    /// Adds the choices of whole words of which every match takes one.
    fn gather(&mut self, hir: &Hir, sets: &mut Vec<Texts>) {
        match hir.kind() {
            HirKind::Capture(capture) => self.gather(&capture.sub, sets),
            HirKind::Repetition(repetition) if repetition.min > 0 => self.gather(&repetition.sub, sets),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.gather(part, sets)),
            HirKind::Alternation(_) => {
                let known = self.read(hir);
                let is_useful = |set: &Texts| !set.is_empty() && set.iter().all(|text| text.len() > 1);
                sets.extend(known.exact.or(known.best).filter(is_useful));
            }
            _ => {}
        }
    }

    fn of_class(&mut self, class: &Class) -> Known {
        let Class::Unicode(class) = class else { return Known::nothing() };
        let size: usize =
            class.ranges().iter().map(|range| range.end() as usize - range.start() as usize + 1).sum();
        if size > MOST_CHARACTERS {
            return Known::nothing();
        }
        let characters = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
        let mut texts = Texts::new();
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
        // What stands side by side is multiplied out for as long as it stays short.
        let mut run: Texts = vec![Vec::new()];
        let (mut best, mut is_exact) = (None, true);
        for part in parts {
            let known = self.read(part);
            best = self.rarer(best, known.best);
            match known.exact {
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
                    best = self.rarer(best, Some(ended));
                    match exact {
                        // Too many to be multiplied: a run of their own.
                        Some(exact) if exact.len() <= MOST_PRODUCTS => run = exact,
                        exact => best = self.rarer(best, exact),
                    }
                }
            }
        }
        match is_exact {
            true => Known { exact: Some(run), best },
            false => Known { exact: None, best: self.rarer(best, Some(run)) },
        }
    }

    fn of_alternation(&mut self, parts: &[Hir]) -> Known {
        let (mut exact, mut best) = (Some(Texts::new()), Some(Texts::new()));
        for part in parts {
            let known = self.read(part);
            exact = exact.zip(known.exact.clone()).map(|(mut all, more)| {
                all.extend(more);
                all
            });
            let of_part = self.rarer(known.best, known.exact);
            best = best.zip(of_part).map(|(mut all, more)| {
                all.extend(more);
                all
            });
        }
        let few = |texts: &Texts| texts.len() <= self.most;
        Known { exact: exact.filter(few), best: best.filter(few) }
    }

    /// The rarer of two sets of texts; one that no search should start from counts as none.
    fn rarer(&self, one: Option<Texts>, other: Option<Texts>) -> Option<Texts> {
        let weighed = |texts: Option<Texts>| texts.and_then(|texts| Some((self.share(&texts)?, texts)));
        match (weighed(one), weighed(other)) {
            (Some((one_share, one)), Some((other_share, other))) => {
                Some(if other_share < one_share { other } else { one })
            }
            (one, other) => one.or(other).map(|(_, texts)| texts),
        }
    }

    /// About how many sentences hold one of some texts; none where one of them says too little.
    fn share(&self, texts: &Texts) -> Option<f64> {
        if texts.is_empty() || texts.len() > MOST_LITERALS {
            return None;
        }
        texts.iter().map(|text| self.share_of(text)).sum()
    }

    fn share_of(&self, text: &[u8]) -> Option<f64> {
        let letters = text.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        let signs = text.iter().filter(|byte| !byte.is_ascii_alphanumeric() && !byte.is_ascii_whitespace());
        let has_signs = signs.count() > 0;
        if text.len() < 2 || letters < FEWEST_LETTERS && !has_signs {
            return None;
        }
        let is_head = memchr::memmem::find(&self.heads, text).is_some();
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
