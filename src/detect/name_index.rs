//! All names and head words, by the run of letters or digits that texts with them begin with.
//!
//! A paper holds few of the many names. So what is made of all names when the program starts is no more than where
//! each is to be looked for; what their spellings are is made out for a run when a text has it first.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use super::begun::{Anchor, Begun};
use super::first_runs::{FirstRuns, first_run, hash_beyond, hashes_of_beginnings, with_byte};
use super::name::{KnownName, NameMention, pieces, push_lower};
use crate::catalogue::SystemId;

/// Names and head words to be found in texts.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// The names, one behind the other, and then the head words.
    texts: String,
    names: Vec<StoredName>,
    heads: Vec<Range<u32>>,
    registered: Vec<Registered>,
    runs: Vec<Run>,
    /// The place of each run, by its hash.
    by_hash: HashMap<u32, u32, FixedState>,
    first_runs: FirstRuns,
}

#[derive(Debug)]
struct StoredName {
    /// Where the texts have it, and its first piece in lower case.
    text: Range<u32>,
    first: Range<u32>,
    system: SystemId,
    uses: u32,
    common_word: bool,
    /// Set when its first piece is a word that is frequent in texts.
    begins_ordinary: bool,
}

/// What texts may hold that begin with a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A name whose first piece begins with the run.
    Name(u32),
    /// A name whose first two pieces, written together, begin with the run.
    Joined(u32),
    /// The same, of a name that is to be found by its first piece alone too: "LlamaGuard".
    Known(u32),
    /// A head word.
    Head(u32),
}

/// Something that is registered for a run, and the place of what was registered for it before.
#[derive(Debug)]
struct Registered {
    what: What,
    before: Option<u32>,
}

/// A run of letters or digits.
#[derive(Debug)]
struct Run {
    hash: u32,
    /// The place of what was registered for it last.
    last: u32,
    begun: OnceLock<Box<Begun>>,
    shorter: OnceLock<Box<[Shorter]>>,
}

/// A beginning of a run that is a name or a head word as it is.
#[derive(Debug, Clone, Copy)]
struct Shorter {
    length: usize,
    hash: u32,
}

impl NameIndex {
    /// Indexes head words, which are in lower case, and the names of a catalogue.
    pub fn new<'h, 'n>(
        heads: impl IntoIterator<Item = &'h str>,
        names: impl Iterator<Item = KnownName<'n>>,
    ) -> Self {
        let mut index = Self::default();
        for head in heads {
            let text = index.keep(head);
            let place = index.heads.len() as u32; // here and below, a catalogue has far fewer than 2^32
            index.heads.push(text);
            index.register(What::Head(place), head.as_bytes());
        }
        let mut beginning = Beginning::default();
        for known in names {
            beginning.read(known.name);
            let place = index.names.len() as u32;
            let name = StoredName {
                text: index.keep(known.name),
                system: known.system,
                uses: known.uses,
                common_word: known.common_word,
                first: index.keep(beginning.first()),
                begins_ordinary: false,
            };
            index.names.push(name);
            index.register(What::Name(place), beginning.first().as_bytes());
            if let Some(joined) = beginning.joined() {
                let what = if beginning.is_known_joined { What::Known } else { What::Joined };
                index.register(what(place), joined.as_bytes());
            }
        }
        index
    }

    /// Notes which names begin with a word that is frequent in texts.
    #[must_use]
    pub fn beginning_ordinary(mut self, is_ordinary: impl Fn(&str) -> bool) -> Self {
        for name in &mut self.names {
            let first = self.texts.get(name.first.start as usize..name.first.end as usize);
            name.begins_ordinary = first.is_some_and(&is_ordinary);
        }
        self
    }

    fn keep(&mut self, text: &str) -> Range<u32> {
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        start..self.texts.len() as u32
    }

    fn register(&mut self, what: What, text: &[u8]) {
        let run = first_run(text);
        let place = self.registered.len() as u32;
        let new = self.runs.len() as u32;
        let of_run = *self.by_hash.entry(run.1).or_insert(new);
        let before = match self.runs.get_mut(of_run as usize) {
            Some(known) => Some(std::mem::replace(&mut known.last, place)),
            None => {
                self.runs.push(Run {
                    hash: run.1,
                    last: place,
                    begun: OnceLock::new(),
                    shorter: OnceLock::new(),
                });
                self.first_runs.insert(run.1);
                // in the plural
                self.first_runs.insert(with_byte(run.1, b's'));
                None
            }
        };
        self.registered.push(Registered { what, before });
    }

    fn text(&self, range: &Range<u32>) -> &str {
        &self.texts[range.start as usize..range.end as usize]
    }

    fn head(&self, place: u32) -> &str {
        self.heads.get(place as usize).map_or("", |head| self.text(head))
    }

    fn name(&self, place: u32) -> Option<(KnownName<'_>, bool)> {
        let stored = self.names.get(place as usize)?;
        let StoredName { text, system, uses, common_word, begins_ordinary, .. } = stored;
        let name = self.text(text);
        Some((KnownName { name, system: *system, uses: *uses, common_word: *common_word }, *begins_ordinary))
    }

    /// Iterates over what is registered for a run, the last first.
    fn of_run(&self, run: &Run) -> impl Iterator<Item = What> + '_ {
        let first = self.registered.get(run.last as usize);
        let all = std::iter::successors(first, |one| self.registered.get(one.before? as usize));
        all.map(|one| one.what)
    }

    fn run(&self, hash: u32) -> Option<&Run> {
        self.runs.get(*self.by_hash.get(&hash)? as usize)
    }

    /// Returns what begins with a run.
    fn begun_of<'a>(&'a self, run: &'a Run) -> &'a Begun {
        run.begun.get_or_init(|| {
            let (mut names, mut heads) = (Vec::new(), Vec::new());
            for what in self.of_run(run) {
                match what {
                    What::Head(place) => heads.push(self.head(place)),
                    What::Name(place) | What::Joined(place) | What::Known(place) => names.push(place),
                }
            }
            names.sort_unstable();
            names.dedup();
            Box::new(Begun::new(run.hash, names.iter().filter_map(|place| self.name(*place)), &heads))
        })
    }

    fn begun(&self, hash: u32) -> Option<&Begun> {
        Some(self.begun_of(self.run(hash)?))
    }

    /// Returns the texts, in lower case, that one run consists of: only one, unless texts share its hash.
    fn texts_of(&self, run: &Run) -> Vec<String> {
        let (mut texts, mut beginning) = (Vec::new(), Beginning::default());
        for what in self.of_run(run) {
            let text = match what {
                What::Head(place) => self.head(place),
                What::Name(place) | What::Joined(place) | What::Known(place) => {
                    beginning.read(self.name(place).map_or("", |(name, _)| name.name));
                    match what {
                        What::Name(_) => beginning.first(),
                        _ => beginning.joined().unwrap_or_default(),
                    }
                }
            };
            let text = &text[..first_run(text.as_bytes()).0];
            if !texts.iter().any(|known| known == text) {
                texts.push(text.to_string());
            }
        }
        texts
    }

    /// Returns the beginnings of a run to which it leads too, the longest first: a text with "llamas" may hold
    /// "llama", but only if names or head words are known to begin so.
    fn shorter_of<'a>(&'a self, run: &'a Run) -> &'a [Shorter] {
        run.shorter.get_or_init(|| {
            let texts = self.texts_of(run);
            let is_plural = |text: &String| {
                let singular =
                    text.strip_suffix('s').and_then(|text| self.begun(first_run(text.as_bytes()).1));
                singular.is_some_and(|singular| !singular.is_empty())
            };
            let is_known = self.of_run(run).any(|what| matches!(what, What::Known(_)))
                || !self.begun_of(run).is_empty()
                || texts.iter().any(is_plural);
            let texts = texts.iter().filter(|_| is_known);
            texts.flat_map(|text| self.beginnings_of(text.as_bytes())).collect()
        })
    }

    /// Iterates over the beginnings of a run that are names or head words as they are, the longest first.
    fn beginnings_of<'a>(&'a self, run: &'a [u8]) -> impl Iterator<Item = Shorter> + 'a {
        let hashes = hashes_of_beginnings(run).into_iter().enumerate().rev().skip(1);
        let beginnings = hashes.map(|(before, hash)| Shorter { length: before + 1, hash });
        beginnings.filter(|shorter| self.standing_whole(run, *shorter).is_some())
    }

    /// Returns the anchor that is this very beginning of a run, and what else begins with it.
    fn standing_whole(&self, run: &[u8], Shorter { length, hash }: Shorter) -> Option<(&Begun, &Anchor)> {
        let begun = self.begun(hash)?;
        Some((begun, begun.whole(run.get(..length)?)?))
    }

    /// Iterates, longest first, over the anchors at the start of `bytes`, whose first run has this length and
    /// hash, each with what else begins with its run. `None` where a few looks at tables tell that nothing stands there,
    /// as at most words with which names may begin.
    pub(super) fn standing_at<'a>(
        &'a self,
        bytes: &'a [u8],
        run: (usize, u32),
    ) -> Option<impl Iterator<Item = (&'a Begun, &'a Anchor)>> {
        if !self.first_runs.may_hold(run.1) {
            return None;
        }
        let known = self.run(run.1).or_else(|| self.singular_of(bytes.get(..run.0)?))?;
        let (begun, shorter) = (self.begun_of(known), self.shorter_of(known));
        let beyond = hash_beyond(bytes, run);
        if shorter.is_empty() && !begun.may_stand(beyond) {
            return None;
        }
        let own = begun.standing_at(bytes, beyond).map(move |anchor| (begun, anchor));
        Some(own.chain(shorter.iter().filter_map(move |shorter| self.standing_whole(bytes, *shorter))))
    }

    /// Returns `false` if no name and no head word begins with the run of this hash.
    pub(super) fn may_begin(&self, hash: u32) -> bool {
        self.first_runs.may_hold(hash)
    }

    /// Returns the singular of a run, if names or head words begin with it.
    fn singular_of(&self, run: &[u8]) -> Option<&Run> {
        let (last, singular) = run.split_last()?;
        let known = last.eq_ignore_ascii_case(&b's').then(|| self.run(first_run(singular).1)).flatten()?;
        (!self.begun_of(known).is_empty()).then_some(known)
    }

    /// Returns the longest name that a text on its own begins with.
    pub(super) fn beginning_of(&self, text: &str) -> Option<NameMention> {
        let bytes = text.as_bytes();
        let run = first_run(bytes);
        let shorter = self.beginnings_of(&bytes[..run.0]);
        let shorter = shorter.filter_map(|shorter| self.standing_whole(bytes, shorter));
        let own = self.begun(run.1).into_iter().flat_map(|begun| {
            begun.standing_at(bytes, hash_beyond(bytes, run)).map(move |anchor| (begun, anchor))
        });
        let names = own
            .chain(shorter)
            .filter_map(|(begun, anchor)| Some((anchor.length(), begun.name_at(text, 0, anchor.leads_to?)?)));
        names.max_by_key(|(length, name)| (name.span.end, *length)).map(|(_, name)| name)
    }
}

/// The first pieces of a name in lower case.
#[derive(Debug, Default)]
struct Beginning {
    /// The first piece, and the second.
    text: String,
    first: usize,
    /// Set when the second stands apart from the first.
    is_apart: bool,
    /// Set when texts with the pieces written together are to be taken for the name even where the first piece alone
    /// is looked for.
    is_known_joined: bool,
}

impl Beginning {
    fn read(&mut self, name: &str) {
        self.text.clear();
        let mut pieces = pieces(name);
        pieces.next().into_iter().for_each(|(piece, _)| push_lower(piece, &mut self.text));
        self.first = self.text.len();
        (self.is_apart, self.is_known_joined) = (false, false);
        if let Some((second, true)) = pieces.next() {
            push_lower(second, &mut self.text);
            self.is_apart = true;
            // One letter more would make many names an ordinary word: "Shap-E". "DeepSeek-V3" is none.
            let mut is_numbered =
                || pieces.next().is_some_and(|(piece, _)| piece.starts_with(|c: char| c.is_ascii_digit()));
            self.is_known_joined = self.text.len() - self.first > 1 || is_numbered();
        }
    }

    fn first(&self) -> &str {
        &self.text[..self.first]
    }

    /// Returns both pieces written together, if these do not begin with the same run as the first alone.
    fn joined(&self) -> Option<&str> {
        let is_longer = || first_run(self.text.as_bytes()).0 > first_run(self.first().as_bytes()).0;
        (self.is_apart && is_longer()).then_some(&self.text)
    }
}

#[cfg(test)]
#[path = "name_tests.rs"]
mod tests;
