//! A paper prepared for coreference: its sentences with names or descriptions, each read once.

use super::lists::{Run, runs};
use super::names::{PaperNames, Trust};
use super::reading::{Piece, Reading};
use super::words::{RoleId, Words};
use crate::catalogue::{Cue, EntityType, Kind};
use crate::detect::{Detected, Mention};
use crate::document::{ByteSpan, Document, SectionKind};

/// Length limits of headings: bytes of a run-in heading, and pieces of a heading that states a role.
const LONGEST_RUN_IN: usize = 60;
const MOST_HEADING_PIECES: usize = 7;
/// Most bytes between a sentence and the next one.
const FARTHEST_SENTENCE: usize = 2;
/// Most pieces from the authors of a cited work to the end of the bracket that cites it with others.
const LONGEST_CITATION: usize = 40;
/// The most pieces before the citation of the work that opens a sentence.
const LONGEST_SUBJECT: usize = 6;

/// A sentence with a name or a description in it.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub reading: Reading<'a>,
    pub section: SectionKind,
    /// Its runs of names.
    pub runs: Vec<Run>,
    /// Its descriptions, and mentions that the authors call their own.
    pub described: Vec<usize>,
    /// The start of its paragraph in the prose.
    pub paragraph: usize,
    /// The heading that states the subject of the paragraph: run-in, else that of the section.
    pub heading: Option<Reading<'a>>,
    /// The innermost section around it, as an index into those of the document.
    pub part: Option<usize>,
    /// Set when it reports the work of others.
    pub reported: bool,
}

/// The sentences of a paper that matter to coreference, in the order of the text.
#[derive(Debug)]
pub(super) struct Paper<'a> {
    pub prose: &'a str,
    pub document: &'a Document,
    /// The type of the names and descriptions that are tied.
    pub entity_type: EntityType,
    pub names: PaperNames,
    pub sentences: Vec<Sentence<'a>>,
    /// The index of each mention's sentence.
    pub sentence_of: Vec<Option<usize>>,
}

/// The results of detection and the words of the catalogue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'a> {
    pub document: &'a Document,
    pub detected: &'a Detected,
    pub words: &'a Words,
    pub entity_type: EntityType,
}

impl<'a> Paper<'a> {
    /// Reads the sentences that hold a name or a description.
    pub fn new(sources: Sources<'a>, names: PaperNames, kind_at: impl Fn(usize) -> SectionKind) -> Self {
        let Sources { document, detected, words, entity_type } = sources;
        let prose = document.prose.as_str();
        let mut paper = Self {
            prose,
            document,
            entity_type,
            names,
            sentences: Vec::new(),
            sentence_of: vec![None; detected.mentions.len()],
        };
        let mut outline = Parts::new(document);
        let mut paragraph = Paragraph::default();
        let mut first = 0;
        while first < detected.mentions.len() {
            let span = detected.mentions[first].sentence;
            let length = detected.mentions[first..].iter().take_while(|other| other.sentence == span).count();
            let here = first..first + length;
            first += length;
            paragraph.go_on_to(prose, span.start);
            let is_name = |index: &usize| paper.names.get(*index).is_some();
            let named: Vec<(usize, ByteSpan)> =
                here.clone().filter(is_name).map(|index| (index, detected.mentions[index].span)).collect();
            let described: Vec<usize> = here
                .clone()
                .filter(|index| is_to_be_named(&detected.mentions[*index], entity_type))
                .collect();
            if named.is_empty() && described.is_empty() {
                continue;
            }
            here.for_each(|index| paper.sentence_of[index] = Some(paper.sentences.len()));
            let part = outline.innermost(span.start);
            let reading = Reading::new(prose, span, &named, words);
            let heading = paragraph.run_in(prose, span.start).or_else(|| {
                let section = document.sections.get(part?)?;
                let heading = section.heading.as_ref()?;
                let rest = section.span.of(prose);
                let start = section.span.start
                    + rest.get(..heading.len() + 20).unwrap_or(rest).find(heading.as_str())?;
                Some(ByteSpan::new(start, start + heading.len()))
            });
            let runs = runs(&reading, &paper.names, detected);
            let reported = reports_others(&reading);
            paper.sentences.push(Sentence {
                section: kind_at(span.start),
                heading: heading.map(|heading| Reading::new(prose, heading, &[], words)),
                paragraph: paragraph.start,
                reading,
                runs,
                described,
                part,
                reported,
            });
        }
        paper
    }

    /// Returns the descriptions by which the work of others is reported: all in sentences that report it, and
    /// the counted sets of sections on it.
    pub fn reported(&self, mentions: &[Mention]) -> Vec<usize> {
        let is_counted =
            |index: &usize| mentions.get(*index).is_some_and(|mention| mention.counted().is_some());
        let on_others = |sentence: &&Sentence<'_>| sentence.section == SectionKind::RelatedWork;
        let says_whose = |sentence: &Sentence<'_>, index: usize| {
            let clause = mentions[index].span;
            [Cue::We, Cue::Table].iter().any(|cue| sentence.reading.clause_says(clause, *cue))
        };
        let reporting = self.sentences.iter().filter(|sentence| sentence.reported);
        let counted = self.sentences.iter().filter(on_others).flat_map(|sentence| {
            let described = sentence.described.iter().copied().filter(is_counted);
            described.filter(|index| !says_whose(sentence, *index))
        });
        reporting.flat_map(|sentence| sentence.described.clone()).chain(counted).collect()
    }

    /// Returns the descriptions of one system that others ran, where nothing before them in the sentence has its name:
    /// not "Orvex (Hong et al., 2025) combines search with an 8B model", which may be Orvex.
    pub fn reported_ones(&self, mentions: &[Mention]) -> Vec<usize> {
        let is_data = |at: usize| {
            let from = mentions.partition_point(|mention| mention.span.start < at);
            let begun = mentions[from..].iter().take_while(|mention| mention.span.start == at);
            begun.into_iter().any(|mention| mention.entity_type == EntityType::Dataset)
        };
        let is_by_system = |sentence: &Sentence<'_>| {
            let reading = &sentence.reading;
            let opening = reading.pieces.iter().take_while(|piece| piece.first != '(').count();
            opens_with_cited_name(reading)
                && !reading.has_cue(0, opening, Cue::Reported)
                && !is_data(reading.span.start)
        };
        let is_one = |index: &usize| {
            let mention = &mentions[*index];
            mention.kind == Kind::Described && !mention.plural && !mention.definite
        };
        let of_others = self.sentences.iter().filter(|sentence| sentence.reported && !is_by_system(sentence));
        let ones = of_others.flat_map(|sentence| {
            let first_name =
                sentence.names().map(|name| mentions[name].span.start).min().unwrap_or(usize::MAX);
            let described = sentence.described.iter().copied().filter(is_one);
            described.filter(move |index| mentions[*index].span.end <= first_name)
        });
        ones.collect()
    }

    /// Returns the sentence of a mention.
    pub fn sentence(&self, mention: usize) -> Option<&Sentence<'a>> {
        self.sentences.get((*self.sentence_of.get(mention)?)?)
    }

    /// Returns the names of a run that have [`Trust::Name`].
    pub fn trusted(&self, run: &[usize]) -> Vec<usize> {
        let strong = |name: &&usize| self.names.get(**name).is_some_and(|name| name.trust == Trust::Name);
        run.iter().filter(strong).copied().collect()
    }
}

impl Sentence<'_> {
    /// Returns whether the sentence is about this paper's own work, so that it can fill roles and sets.
    pub fn tells_of_this_paper(&self) -> bool {
        use SectionKind::{Acknowledgements, Disclosure, Examples, RelatedWork};
        !matches!(self.section, RelatedWork | Acknowledgements | Disclosure | Examples) && !self.reported
    }

    /// Iterates over the names of all its runs.
    pub fn names(&self) -> impl Iterator<Item = usize> + '_ {
        self.runs.iter().flat_map(|run| run.names.iter().copied())
    }

    /// Returns the name of which the sentence consists, if it is a heading.
    pub fn name_as_heading(&self) -> Option<usize> {
        let [run] = &self.runs[..] else { return None };
        self.heading.as_ref().filter(|heading| self.reading.span.contains(heading.span))?;
        let pieces = &self.reading.pieces;
        let is_whole = pieces[..run.start].iter().all(|piece| !piece.first.is_alphabetic())
            && pieces[run.end..].iter().all(|piece| !piece.first.is_alphanumeric());
        (run.names.len() == 1 && is_whole).then(|| run.names[0])
    }

    /// Returns whether another sentence stands right behind this one.
    pub fn is_followed_by(&self, next: &Self) -> bool {
        self.reading.span.end + FARTHEST_SENTENCE >= next.reading.span.start
    }

    /// Returns the run of names that begins at a piece.
    pub fn run_at(&self, at: usize) -> Option<&Run> {
        self.runs.iter().find(|run| run.start == at)
    }

    /// Returns the run of names that ends right before a piece, or before a comma there.
    pub fn run_before(&self, at: usize) -> Option<&Run> {
        self.runs.iter().find(|run| run.end == at || run.end + 1 == at && self.reading.is(run.end, ','))
    }
}

impl Reading<'_> {
    /// Returns the role that a heading consists of, apart from fillers and numbers.
    pub(super) fn heading_role(&self) -> Option<RoleId> {
        let mut role = None;
        let mut at = 0;
        while at < self.pieces.len().min(MOST_HEADING_PIECES) {
            if let Some((end, found)) = self.noun(at) {
                role = role.or(Some(found));
                at = end;
            } else if let Some(end) =
                [Cue::Filler, Cue::SetNoun, Cue::HeadingFiller].iter().find_map(|cue| self.cue(at, *cue))
            {
                at = end;
            } else if self.pieces[at].name.is_none() && !self.pieces[at].first.is_alphabetic() {
                at += 1;
            } else {
                return None;
            }
        }
        role.filter(|_| at == self.pieces.len())
    }

    /// Returns whether a heading announces the systems under study: "Models."
    pub(super) fn heads_a_set(&self) -> bool {
        let start = self.pieces.iter().take_while(|piece| !piece.first.is_alphabetic()).count();
        let start =
            if self.cue(start, Cue::SetHeading).is_some() { start } else { self.skip_fillers(start, 2) };
        let end = self.cue(start, Cue::SetHeading);
        end.is_some_and(|end| self.pieces[end..].iter().all(|piece| !piece.first.is_alphabetic()))
    }
}

/// Returns whether a mention is of a type and names are to be looked for on its behalf.
pub(super) fn is_to_be_named(mention: &Mention, entity_type: EntityType) -> bool {
    matches!(mention.kind, Kind::Described | Kind::Own) && mention.entity_type == entity_type
}

/// Tests whether a sentence reports the work of others ("Yang et al. use", "Hong (2026) ran") and says
/// nothing of this paper.
fn reports_others(reading: &Reading<'_>) -> bool {
    let length = reading.pieces.len();
    if reading.says(Cue::We) {
        return false;
    }
    opens_with_citation(reading)
        || opens_with_cited_name(reading)
        || (0..length).any(|at| {
            // Not "(Yang et al., 2025; Smith et al., 2024)" beside a name, but "Yang et al. (2025) use".
            let in_bracket = |end: usize| {
                (end..length.min(end + LONGEST_CITATION))
                    .find(|at| "()[]".contains(reading.pieces[*at].first))
                    .is_some_and(|at| reading.is(at, ')') || reading.is(at, ']'))
            };
            reading.cue(at, Cue::Reported).is_some_and(|end| !in_bracket(end))
                || is_subject_cited(reading, at)
        })
}

/// Tests for "[15] test" and "In [15], models": a citation by number that opens the sentence.
fn opens_with_citation(reading: &Reading<'_>) -> bool {
    let open = (0..4).find(|at| reading.is(*at, '[')).unwrap_or_default();
    let after = reading.after_bracket(open);
    let inside = reading.pieces.get(open + 1..after.saturating_sub(1)).unwrap_or_default();
    let is_number = |piece: &Piece| piece.span.of(reading.prose).bytes().all(|byte| byte.is_ascii_digit());
    let goes_on =
        reading.pieces.get(after).is_some_and(|next| next.first.is_lowercase() || next.first == ',');
    // Only one short word may stand before it, or what a comma closes: "In", "More recently,".
    let opens = open == 0 || open == 1 && reading.text(0).len() == 2 || open > 1 && reading.is(open - 1, ',');
    opens
        && reading.is(open, '[')
        && goes_on
        && inside.first().is_some_and(is_number)
        && inside.iter().all(|piece| piece.first == ',' || is_number(piece))
}

/// Tests for "Orvex [4] showed", "The Orvex study (Hong, 2026) showed": a name or a person with a citation that opens
/// the sentence and did what studies do.
fn opens_with_cited_name(reading: &Reading<'_>) -> bool {
    let is_capitalised = reading.pieces.first().is_some_and(|piece| piece.first.is_uppercase());
    let is_bracket = |at: &usize| reading.is(*at, '[') || reading.is(*at, '(');
    let Some(open) = (1..=LONGEST_SUBJECT).find(is_bracket) else { return false };
    let after = reading.after_bracket(open);
    let cites = |at: usize| reading.pieces[at].first.is_ascii_digit();
    is_capitalised && (open..after).any(cites) && reading.cue(after, Cue::Reports).is_some()
}

/// Tests for "Hong (2026) reports": a year alone in brackets between a person's name and a word in lower
/// case.
fn is_subject_cited(reading: &Reading<'_>, open: usize) -> bool {
    let is_year = |at: usize| {
        let text = reading.text(at);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && text.len() <= 5
    };
    let is_person = |at: usize| {
        reading.pieces.get(at).is_some_and(|piece| piece.name.is_none() && piece.first.is_uppercase())
    };
    let goes_on = reading.pieces.get(open + 3).is_some_and(|piece| piece.first.is_lowercase());
    reading.is(open, '(')
        && is_year(open + 1)
        && reading.is(open + 2, ')')
        && goes_on
        && open.checked_sub(1).is_some_and(is_person)
}

/// The start of the current paragraph, updated as the text is walked through.
#[derive(Debug, Default)]
struct Paragraph {
    start: usize,
    looked_to: usize,
}

impl Paragraph {
    fn go_on_to(&mut self, prose: &str, at: usize) {
        let bytes = &prose.as_bytes()[..at];
        for newline in memchr::memchr_iter(b'\n', &bytes[self.looked_to.min(at)..]) {
            let after = self.looked_to + newline + 1;
            let blank = bytes[after..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
            if bytes.get(after + blank) == Some(&b'\n') {
                self.start = after + blank;
            }
        }
        self.looked_to = at;
        self.start += bytes[self.start..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    /// Returns the run-in heading of the paragraph: "Judge. We use X."
    fn run_in(&self, prose: &str, before: usize) -> Option<ByteSpan> {
        let text = &prose[self.start.min(before)..];
        let end = text.bytes().take(LONGEST_RUN_IN).position(|byte| matches!(byte, b'.' | b':'))?;
        let heading = text.get(..end)?;
        let follows = text[end + 1..].starts_with(char::is_whitespace);
        let is_heading =
            follows && heading.starts_with(char::is_uppercase) && heading.split_whitespace().count() <= 5;
        is_heading.then(|| ByteSpan::new(self.start, self.start + end))
    }
}

/// The sections of a document, walked through in the order of the text.
struct Parts<'a> {
    document: &'a Document,
    next: usize,
    open: Vec<usize>,
}

impl<'a> Parts<'a> {
    fn new(document: &'a Document) -> Self {
        Self { document, next: 0, open: Vec::new() }
    }

    /// Returns the innermost section with a heading around a place, which must not precede that of the last
    /// call.
    fn innermost(&mut self, at: usize) -> Option<usize> {
        let sections = &self.document.sections;
        while let Some(section) = sections.get(self.next).filter(|section| section.span.start <= at) {
            if section.heading.is_some() {
                while self.open.last().is_some_and(|open| {
                    let open = &sections[*open];
                    open.span.end <= section.span.start || section.depth > 0 && open.depth >= section.depth
                }) {
                    self.open.pop();
                }
                self.open.push(self.next);
            }
            self.next += 1;
        }
        while self.open.last().is_some_and(|open| sections[*open].span.end <= at) {
            self.open.pop();
        }
        self.open.last().copied()
    }
}
