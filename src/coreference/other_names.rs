//! Names beside a description that are of something else: makers, parts, results, and what is the same for all.

use super::lists::says_whose;
use super::names::Trust;
use super::paper::Sentence;
use super::reading::Reading;
use super::ties::Ties;
use crate::catalogue::{Cue, Kind};
use crate::detect::Mention;

/// Most pieces between what leads to a name and the name: "from an X judge".
const LONGEST_LEAD: usize = 2;
/// Most words between a set and the only one of its members that is named: "six models, among them also".
const LONGEST_WAY: usize = 4;

/// A description in its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t, 'p, 'a> {
    ties: &'t Ties<'p, 'a>,
    pub sentence: &'p Sentence<'a>,
    pub mention: &'p Mention,
    index: usize,
    /// The range of its pieces.
    pub start: usize,
    pub end: usize,
}

impl<'t, 'p, 'a> Place<'t, 'p, 'a> {
    /// Finds a description in the sentence with the number `place`.
    pub fn new(ties: &'t Ties<'p, 'a>, index: usize, place: usize) -> Self {
        let (sentence, mention) = (&ties.paper.sentences[place], ties.mention(index));
        let (start, end) = sentence.reading.pieces_in(mention.span);
        Self { ties, sentence, mention, index, start, end }
    }

    fn reading(&self) -> &'p Reading<'a> {
        &self.sentence.reading
    }

    fn pieces_of(&self, name: usize) -> (usize, usize) {
        self.reading().pieces_in(self.ties.mention(name).span)
    }

    fn stands_before(&self, name: usize) -> bool {
        self.ties.mention(name).span.start < self.mention.span.start
    }

    fn opens_bracket(&self) -> bool {
        self.reading().is(self.end, '(')
    }

    /// Returns whether a name beside the description can be its name.
    pub fn may_be_its(&self, name: usize) -> bool {
        let is_of_another = self.stands_before(name) && self.is_of_what_stands_before(name)
            || self.begins_list(name)
            || self.is_part(name)
            || self.is_result(name)
            || self.is_set_against(name)
            || self.is_the_same_for_all(name)
            || self.is_host(name)
            || self.is_far_and_alone(name);
        self.is_of_system(name) && !is_of_another
    }

    /// Tests whether a name is one of a system, and not only of its maker. What the authors made is none of the others
    /// that they compare it with.
    fn is_of_system(&self, name: usize) -> bool {
        let reading = self.reading();
        let of_others = self.mention.kind == Kind::Described && self.mention.plural;
        let (at, _) = self.pieces_of(name);
        let is_maker = reading.name(at) != Some(name) || says_whose(reading, at);
        self.ties.paper.names.get(name).is_some_and(|name| !(of_others && name.own)) && !is_maker
    }

    /// Tests whether what stands before the description is none of its names: "we trained on X; all other models", "X was
    /// out; the hosted models".
    fn is_of_what_stands_before(&self, name: usize) -> bool {
        let is_parted = self.start > 0 && self.reading().is(self.start - 1, ';');
        is_parted || self.ties.is_other(self.index, self.reading()) && !self.is_apposed(name)
    }

    /// Tests for "X (a smaller model)", "X [3], another model", "X as a second judge".
    fn is_apposed(&self, name: usize) -> bool {
        let reading = self.reading();
        let Some(sign) = self.start.checked_sub(1).filter(|_| !self.mention.plural) else { return false };
        let (_, after) = self.pieces_of(name);
        let comma = reading.is(sign, ',') && (after == sign || reading.after_bracket(after) == sign);
        let role = reading.cue_before(self.start, Cue::AsRole) == Some(after);
        comma || role || reading.is(sign, '(') && after == sign
    }

    /// Tests whether a name begins a list that goes on behind the description, which is another member of it: "DINO with
    /// a linear decoder, Orvex [2], and Miro".
    fn begins_list(&self, name: usize) -> bool {
        let mut rows = self.sentence.runs.iter();
        let row = rows.find(|run| run.names.first() == Some(&name) && run.names.len() > 1);
        let goes_on = !self.mention.plural && self.reading().is(self.end, ',');
        goes_on && row.is_some_and(|row| row.start == self.end + 1)
    }

    /// Tests whether a name is of a part: "the mobile model (X backbone, Y neck)".
    fn is_part(&self, name: usize) -> bool {
        let reading = self.reading();
        let (_, after) = self.pieces_of(name);
        self.opens_bracket()
            && !reading.has_cue(self.start, self.end, Cue::Component)
            && after < reading.after_bracket(self.end)
            && reading.cue(after, Cue::Component).is_some()
    }

    /// Tests whether a name in the bracket behind the description stands behind a number and a sign, or behind a number
    /// and what leads to the name: "both models (0.2 points lower, and 3 on X)", "the best one (0.4 against 0.3 for X)".
    fn is_result(&self, name: usize) -> bool {
        let reading = self.reading();
        let (at, _) = self.pieces_of(name);
        if !self.opens_bracket() || at >= reading.after_bracket(self.end) {
            return false;
        }
        let (mut has_number, mut is_parted, mut words) = (false, false, 0);
        for piece in (self.end + 1..at).map_while(|at| reading.pieces.get(at)) {
            if piece.name.is_some() {
                return false; // a list of names, with figures beside them
            }
            has_number |= piece.first.is_ascii_digit();
            is_parted |= has_number && matches!(piece.first, ',' | ';');
            words += usize::from(has_number && piece.first.is_alphabetic());
        }
        is_parted || words > 1 && reading.cue_before(at, Cue::Governor).is_some()
    }

    /// Tests for "our five models (not X)", "a closed model (cheaper than X)", "(its prompts were written by X)", "(Orvex 2,
    /// based on X)".
    fn is_set_against(&self, name: usize) -> bool {
        let reading = self.reading();
        let (at, _) = self.pieces_of(name);
        // "(Orvex 2, based on X)"
        let is_base = || reading.cue_before(at, Cue::Through).is_some_and(|cue| cue > self.end + 1);
        self.opens_bracket()
            && at < reading.after_bracket(self.end)
            && (reading.sets_against(self.end + 1, at) || is_base())
    }

    /// Tests whether the only name behind a set that counts more is far from it: "on 15 models, showing that methods such
    /// as X".
    fn is_far_and_alone(&self, name: usize) -> bool {
        let reading = self.reading();
        let (at, _) = self.pieces_of(name);
        let is_only = self.mention.named_by.len() == 1 && !self.ties.is_half_of(self.index, 1);
        let words = (self.end..at).filter(|at| reading.pieces[*at].first.is_alphabetic());
        is_only && words.count() > LONGEST_WAY
    }

    /// Tests whether a bracket says what is the same for all that stands before it: "our flow and a baseline (both using
    /// X)".
    fn is_the_same_for_all(&self, name: usize) -> bool {
        let speaks_of_all = self.reading().cue(self.end + 1, Cue::Object).is_some();
        !self.mention.plural && self.opens_bracket() && speaks_of_all && !self.stands_before(name)
    }

    /// Tests whether a name says where a model runs: "a judge (X via Y)", "a judge (Y X)".
    fn is_host(&self, name: usize) -> bool {
        let reading = self.reading();
        let (at, end) = self.pieces_of(name);
        let trust = |name: usize| self.ties.paper.names.get(name).map(|name| name.trust);
        let is_model = |at: usize| reading.name(at).and_then(trust) == Some(Trust::Name);
        let runs =
            reading.cue_before(at, Cue::Host).and_then(|lead| lead.checked_sub(1)).is_some_and(is_model);
        runs || trust(name) == Some(Trust::Software) && is_model(end)
    }

    /// Tests whether words in the bracket behind a set lead to a name: "all models (accuracy from an X judge)".
    pub fn is_aside(&self, name: usize) -> bool {
        let reading = self.reading();
        let (at, _) = self.pieces_of(name);
        let back = |cue| (0..=LONGEST_LEAD).find_map(|back| reading.cue_before(at.checked_sub(back)?, cue));
        let leads = [Cue::Agent, Cue::Governor].into_iter().find_map(back);
        self.mention.plural && self.opens_bracket() && leads.is_some_and(|leads| leads > self.end + 1)
    }
}
