//! The confidence of a warning: the probability that the reference is particular and nameless.

use std::collections::HashSet;

use super::{Evidence, State};
use crate::catalogue::{EntityType, Kind, NamelessWeights, Trait, TraitValue};
use crate::detect::{Detected, Measure, Mention, same_size, size_in_name};
use crate::document::{Document, SectionKind};

/// Minimum length in bytes of a whole paper, some two pages; it must also have [`FEWEST_HEADINGS`] headings.
const SHORTEST_PAPER: usize = 6000;
const FEWEST_HEADINGS: usize = 4;
/// The upper bound of confidence: nothing is certain.
const SUREST: f64 = 0.999;

/// Features of a paper as a whole that change the probability of its leaving a description nameless. A text
/// that is not a whole paper has none.
#[derive(Debug, Default)]
pub(super) struct NamelessPaper {
    is_whole: bool,
    /// Number of different names of each type in the paper.
    named: [usize; EntityType::ALL.len()],
    /// Set for the types of which the paper names a system outside of sections on others' work.
    named_at_work: [bool; EntityType::ALL.len()],
    /// Where the names of each type begin, in bytes of the prose, ascending.
    places: [Vec<usize>; EntityType::ALL.len()],
    /// The sizes of the models that the paper names, in parameters.
    sizes: Vec<f64>,
}

impl NamelessPaper {
    /// Extracts the features from a paper.
    pub(super) fn of(document: &Document, detected: &Detected) -> Self {
        let headings = document.sections.iter().filter(|section| section.heading.is_some()).count();
        if document.prose.len() < SHORTEST_PAPER || headings < FEWEST_HEADINGS {
            return Self::default();
        }
        let mut names: HashSet<(EntityType, String)> = HashSet::new();
        let mut named_at_work = [false; EntityType::ALL.len()];
        let mut sizes = Vec::new();
        let mut places: [Vec<usize>; EntityType::ALL.len()] = Default::default();
        for mention in detected.mentions.iter().filter(|mention| mention.kind == Kind::Named) {
            let name = mention.span.of(&document.prose);
            if names.insert((mention.entity_type, name.to_lowercase())) {
                sizes.extend(size_in_name(name));
            }
            places[mention.entity_type as usize].push(mention.span.start);
            named_at_work[mention.entity_type as usize] |= !mention.section.tells_of_others();
        }
        let mut named = [0; EntityType::ALL.len()];
        names.iter().for_each(|(entity_type, _)| named[*entity_type as usize] += 1);
        places.iter_mut().for_each(|places| places.sort_unstable());
        Self { is_whole: true, named, named_at_work, places, sizes }
    }

    /// Returns the probability, 0 to 1, that a reference is particular and that its paper never names it, and
    /// the evidence for it: the odds of its most certain mention that lacks a name, adjusted by the evidence
    /// for and against; 0 if the paper gives the name.
    pub(super) fn confidence(
        &self,
        mentions: &[Mention],
        reference: &[usize],
        state: State,
        weights: &NamelessWeights,
    ) -> (f64, Vec<Evidence>) {
        let none = (0.0, Vec::new());
        if state == State::Named {
            return none;
        }
        let of_reference = || reference.iter().filter_map(|index| mentions.get(*index));
        let surest = |kind: Kind| {
            let of_kind = of_reference().filter(|mention| mention.kind == kind);
            of_kind.max_by(|one, other| one.confidence.total_cmp(&other.confidence))
        };
        let Some(mention) = surest(Kind::Described).or_else(|| surest(Kind::Own)) else { return none };
        // However plainly words describe a system, a name may stand elsewhere in a whole paper.
        let surest = if self.is_whole { weights.surest.clamp(0.5, SUREST) } else { SUREST };
        let chance = mention.confidence.clamp(1.0 - surest, surest);
        let share = if self.is_whole { weights.description } else { 1.0 };
        let description = Evidence {
            clue: "description".into(),
            detail: format!("a mention of kind {} with confidence {:.2}", mention.kind, mention.confidence),
            weight: share * (chance / (1.0 - chance)).ln(),
            span: Some(mention.span),
        };
        let mut evidence = vec![description];
        let mut describing = of_reference().filter(|other| other.kind == mention.kind);
        let has_name_near = describing.any(|other| self.has_name_near(other, weights));
        evidence.extend(self.evidence(mention, has_name_near, weights));
        let odds: f64 = evidence.iter().map(|evidence| evidence.weight).sum();
        (1.0 / (1.0 + (-odds).exp()), evidence)
    }

    /// Returns the evidence that the paper names the system of a mention nowhere. Clues are called as their
    /// weights in `evidence.toml` are.
    fn evidence(&self, mention: &Mention, has_name_near: bool, weights: &NamelessWeights) -> Vec<Evidence> {
        let mut found = Vec::new();
        let mut add = |holds: bool, clue: &str, detail: &str, weight: f64| {
            if holds && weight != 0.0 {
                let (clue, detail) = (clue.to_string(), detail.to_string());
                found.push(Evidence { clue, detail, weight, span: None });
            }
        };
        let tells = |of: Trait| mention.attributes.values_of(of).next().is_some();
        let states = |value: TraitValue| value.is_in(&mention.attributes.traits);
        let is_model = mention.entity_type == EntityType::Model;
        // Of "an internal baseline" or "the internal set" authors mean their own; "an in-house model" and "an internal
        // set of 300M images" are somebody's.
        let is_of_house = match states(TraitValue::INTERNAL) {
            true => !mention.attributes.quantities.is_empty() || is_model && !tells(Trait::Role),
            false => tells(Trait::Organisation) && !mention.plural,
        };
        add(is_of_house, "house", "it tells who made it, or that it is kept inside", weights.house);
        let is_closed = states(TraitValue::PROPRIETARY) || states(TraitValue::API);
        add(is_closed && !mention.plural, "sold", "a closed system of others", weights.sold);
        add(tells(Trait::Release), "release", "it tells of a release", weights.release);
        add(true, "rule", "a rule on names that are kept back", mention.nameless());
        let admits = matches!(mention.section, SectionKind::Limitations | SectionKind::Disclosure);
        add(admits, "admitting", "papers admit things in this section", weights.admitting);
        if !self.is_whole {
            return found;
        }
        add(true, "whole-paper", "a whole paper names most of what it uses", weights.whole_paper);
        if mention.is_kept_back() {
            return found; // What is said to have no name, or helped with the writing, is none of those named.
        }
        // "the largest", "the leading" are also said of what the whole field knows.
        let is_best =
            states(TraitValue::BEST) && !states(TraitValue::FRONTIER) && !states(TraitValue::LEADING);
        let is_told = mention.counted().is_some() || is_best;
        if mention.reported && !mention.section.tells_of_own_work() && (is_told || mention.reported_one) {
            add(is_told, "reported", "others ran it", weights.reported);
            add(
                !is_told,
                "reported-one",
                "others ran it, and no name stands before it",
                weights.reported_one,
            );
            return found;
        }
        let is_of_data = mention.entity_type == EntityType::Dataset;
        add(is_of_data, "data", "data sets are often described, then named", weights.data);
        add(mention.kind == Kind::Own, "own", "what is the authors' own needs no name", weights.own);
        let is_result = mention.section == SectionKind::Results;
        add(is_result, "results", "results speak of what was introduced before", weights.results);
        let apart = mention.set_apart && !mention.plural;
        add(apart, "apart", "its words set it apart from the systems told of elsewhere", weights.apart);
        let role = mention.plays_unnamed_role;
        add(role, "unnamed-role", "the paper names no system in its role", weights.unnamed_role);
        add(!has_name_near, "no-name-near", "no name of this type stands near", weights.no_name_near);
        let of_type = mention.entity_type as usize;
        let named = self.named[of_type];
        let count = mention.attributes.count.map_or(FEWEST_OF_A_SET, |count| count as usize);
        let names_set = mention.plural && named * 2 >= count.max(FEWEST_OF_A_SET);
        add(names_set, "set-among-names", "the paper names as many as the set", weights.set_among_names);
        let is_among = is_best && named > 1;
        add(is_among, "best-among-names", "the paper names several", weights.best_among_names);
        let names_size = self.names_size_of(mention);
        add(names_size, "size-among-names", "the paper names one of this size", weights.size_among_names);
        let names_none = !self.named_at_work[of_type];
        add(names_none, "names-none", "the paper names none that it used", weights.names_none);
        let opens = matches!(mention.section, SectionKind::Abstract | SectionKind::Introduction);
        add(opens, "opening", "names come later than here", weights.opening);
        let share = (named as f64 / weights.many_names.max(1.0)).min(1.0);
        let others = format!("different names of this type in the paper: {named}");
        add(true, "names-others", &others, weights.names_others * share);
        found
    }

    /// Returns whether the paper names a system of its type near a mention.
    fn has_name_near(&self, mention: &Mention, weights: &NamelessWeights) -> bool {
        let near = weights.near.max(0.0) as usize;
        let places = &self.places[mention.entity_type as usize];
        let first = places.partition_point(|place| place.saturating_add(near) < mention.span.start);
        places.get(first).is_some_and(|place| *place <= mention.span.end.saturating_add(near))
    }

    /// Returns whether the paper names a system of the size that a description states.
    fn names_size_of(&self, mention: &Mention) -> bool {
        let stated = mention.attributes.quantity(Measure::Parameters).map(|quantity| quantity.at);
        stated.is_some_and(|stated| self.sizes.iter().any(|size| same_size(*size, stated)))
    }
}

/// Number of members assumed for a set without a stated count.
const FEWEST_OF_A_SET: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Vote;
    use crate::document::{ByteSpan, Section};
    use crate::report::samples;
    use crate::resolve::samples::weights;

    fn of(change: impl Fn(&mut Mention), whole: bool, state: State) -> f64 {
        let (mut document, mut findings) = samples::paper();
        if whole {
            document.prose.push_str(&"A word. ".repeat(1000));
            let heading = || Section {
                kind: SectionKind::Body,
                heading: Some("On words".into()),
                depth: 1,
                span: ByteSpan::new(0, 1),
            };
            document.sections.extend((0..4).map(|_| heading()));
        }
        findings.mentions[2].confidence = 0.9;
        change(&mut findings.mentions[2]);
        let detected = Detected { mentions: findings.mentions, ..Detected::default() };
        let paper = NamelessPaper::of(&document, &detected);
        paper.confidence(&detected.mentions, &[2], state, &weights().nameless).0
    }

    #[test]
    fn of_a_short_text_the_surest_description_counts_and_a_name_leaves_no_doubt() {
        assert!((of(|_| (), false, State::Linked) - 0.9).abs() < 1e-9);
        assert!(of(|_| (), false, State::Named).abs() < 1e-9);
    }

    #[test]
    fn a_whole_paper_lowers_it_and_what_stands_instead_of_a_name_lifts_it() {
        let plain = of(|_| (), true, State::Linked);
        let house = |mention: &mut Mention| {
            mention.attributes.traits.push((Trait::Organisation, "in-house".into()));
        };
        let admitted = |mention: &mut Mention| mention.section = SectionKind::Limitations;
        assert!(plain < 0.8);
        assert!(of(house, true, State::Linked) > plain && of(admitted, true, State::Linked) > plain);
    }

    #[test]
    fn what_is_kept_inside_weighs_where_more_is_told_of_it() {
        let inside = |mention: &mut Mention| {
            let told = [(Trait::Access, "internal".into()), (Trait::Role, "baseline".into())];
            mention.attributes.traits.extend(told);
        };
        let counted = |mention: &mut Mention| {
            inside(mention);
            let size = crate::detect::Quantity::new(3e8, crate::detect::Precision::Exact);
            mention.attributes.quantities.push((Measure::Examples, size));
        };
        let plain = |mention: &mut Mention| mention.attributes.quantities.clear();
        let bare = |mention: &mut Mention| {
            plain(mention);
            inside(mention);
        };
        assert!((of(bare, true, State::Linked) - of(plain, true, State::Linked)).abs() < 1e-9);
        assert!(of(counted, true, State::Linked) > of(plain, true, State::Linked));
        let in_house = |mention: &mut Mention| {
            plain(mention);
            mention.attributes.traits.push((Trait::Access, "internal".into()));
        };
        assert!(of(in_house, true, State::Linked) > of(plain, true, State::Linked), "\"an in-house model\"");
    }

    #[test]
    fn a_role_that_no_name_fills_lifts_it_and_results_and_own_systems_lower_it() {
        let plain = of(|mention| mention.section = SectionKind::Body, true, State::Linked);
        let far = |mention: &mut Mention| mention.span = ByteSpan::new(7000, 7010);
        let in_role = |mention: &mut Mention| mention.plays_unnamed_role = true;
        assert!(of(far, true, State::Linked) > plain && of(in_role, true, State::Linked) > plain);
        let told = |mention: &mut Mention| mention.section = SectionKind::Results;
        let of_data = |mention: &mut Mention| mention.entity_type = EntityType::Dataset;
        let described = |mention: &mut Mention| {
            mention.section = SectionKind::Body;
            mention.kind = Kind::Described;
        };
        assert!(of(told, true, State::Linked) < plain && plain < of(described, true, State::Linked));
        let far_data = |mention: &mut Mention| {
            far(mention);
            of_data(mention);
        };
        assert!(of(far_data, true, State::Linked) < of(far, true, State::Linked));
        let short = |change: fn(&mut Mention)| of(change, false, State::Linked);
        assert_eq!(short(in_role), short(|_| ()), "of a short text nothing is known");
    }

    #[test]
    fn the_rule_that_says_most_of_a_name_kept_back_counts_once() {
        let plain = of(|_| (), true, State::Linked);
        let votes_with = |added: &'static [f64]| {
            move |mention: &mut Mention| {
                let vote = mention.votes[0];
                mention.votes.extend(added.iter().map(|nameless| Vote { nameless: *nameless, ..vote }));
            }
        };
        let chance = |added| of(votes_with(added), true, State::Linked);
        let (least, one, two) = (chance(&[1.0]), chance(&[3.0]), chance(&[3.0, 1.0]));
        let odds = |chance: f64| (chance / (1.0 - chance)).ln();
        assert!((odds(one) - odds(least) - 2.0).abs() < 1e-9 && (one - two).abs() < 1e-12);
        assert!(odds(least) - odds(plain) > 1.0 - 1e-9);
    }

    #[test]
    fn the_names_of_a_paper_say_nothing_of_what_its_authors_keep_back() {
        let set = |nameless: f64| {
            move |mention: &mut Mention| {
                (mention.plural, mention.attributes.count) = (true, Some(2));
                mention.votes[0].nameless = nameless;
            }
        };
        let odds = |chance: f64| (chance / (1.0 - chance)).ln();
        let (kept_back, plain) = (of(set(2.0), true, State::Linked), of(set(0.0), true, State::Linked));
        assert!(odds(kept_back) - odds(plain) > 2.0 - weights().nameless.set_among_names - 1e-9);
    }

    #[test]
    fn names_of_the_paper_weigh_against_a_set_and_not_against_what_others_ran() {
        let set = |reported: bool| {
            move |mention: &mut Mention| {
                (mention.plural, mention.reported) = (true, reported);
                mention.attributes.count = Some(2);
            }
        };
        let (here, of_others) = (of(set(false), true, State::Linked), of(set(true), true, State::Linked));
        assert!(of_others > 0.8 && here < of_others, "{here} {of_others}");
        let one = |reported_one: bool| {
            move |mention: &mut Mention| (mention.reported, mention.reported_one) = (true, reported_one)
        };
        let (named_before, of_others) =
            (of(one(false), true, State::Linked), of(one(true), true, State::Linked));
        assert!(of_others > 0.8 && named_before < of_others, "{named_before} {of_others}");
    }
}
