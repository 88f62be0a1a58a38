//! Observations that weights are fitted to: the votes on a phrase or a name, and the answers that the gold
//! allows.

use byname::catalogue::{EntityType, Kind, NameOf, Rule};
use byname::detect::{NameVotes, PhraseVotes, VoteTrace};
use byname::document::ByteSpan;
use memchr::memmem;

use super::span_score::share_head;
use super::{GoldDocument, GoldMention, Scheme};

/// Number of answers that a phrase can have; a name has fewer.
pub(super) const ANSWERS: usize = Kind::ALL.len();

/// A bit set of answers.
pub(super) type Answers = u8;
const _: () = assert!(ANSWERS <= Answers::BITS as usize);

/// The votes on one phrase or name, and the right answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Observation {
    /// For each vote, the rule, the answer that it supports, and how often it counts.
    pub votes: Vec<(usize, usize, f64)>,
    /// The sum of each answer before any vote; negative infinity for one that cannot win.
    pub before: [f64; ANSWERS],
    /// The right answers.
    pub allowed: Answers,
    /// Its weight in the fit.
    pub count: f64,
}

impl Observation {
    /// Creates an observation. An answer without a vote and without a sum before the votes cannot win,
    /// whatever the weights, so it is left out.
    fn new(
        votes: Vec<(usize, usize, f64)>,
        mut before: [f64; ANSWERS],
        allowed: Answers,
        count: f64,
    ) -> Self {
        for (_, answer, _) in &votes {
            before[*answer] = before[*answer].max(0.0);
        }
        Self { votes, before, allowed, count }
    }

    /// Returns whether some weights can make a right answer win.
    fn can_be_right(&self) -> bool {
        (0..ANSWERS).any(|answer| self.allowed & bit(answer) != 0 && self.before[answer].is_finite())
    }
}

pub(super) const fn bit(answer: usize) -> Answers {
    1 << answer
}

/// The answer on a name that it is none. The other answers are the indices of the types in
/// [`EntityType::ALL`].
pub(super) const NO_NAME: usize = EntityType::ALL.len();
pub(super) const NO_MENTION: usize = Kind::NoMention as usize;

/// Returns every observation of one paper.
pub(super) fn observations(
    trace: &VoteTrace,
    gold: &GoldDocument,
    scheme: &Scheme,
    rules: &[Rule],
) -> Vec<Observation> {
    let phrases = trace.phrases.iter().filter_map(|phrase| {
        let (allowed, count) = right_kinds(phrase, gold, scheme).filter(|(_, count)| *count >= 1.0)?;
        let votes = phrase.votes.iter().map(|vote| (vote.rule.0 as usize, vote.kind as usize, 1.0));
        Some(Observation::new(votes.collect(), [f64::NEG_INFINITY; ANSWERS], allowed, scheme.weight * count))
    });
    let names = trace.names.iter().filter(|name| !name.known).filter_map(|name| {
        let (allowed, places) = right_types(name, gold, scheme)?;
        // A name that stands in a hundred places is worth more than one that stands in two, but one decision.
        let count = scheme.weight * (places as f64).sqrt();
        let votes = name.votes.iter().map(|vote| {
            let rule = vote.rule.0 as usize;
            let says = rules.get(rule).and_then(|rule| rule.names).and_then(NameOf::entity_type);
            let answer = says.filter(|_| vote.kind == Kind::Named).map_or(NO_NAME, |says| says as usize);
            (rule, answer, 1.0)
        });
        let mut before = [f64::NEG_INFINITY; ANSWERS];
        before[NO_NAME] = name.enough;
        Some(Observation::new(votes.collect(), before, allowed, count))
    });
    phrases.chain(names).filter(Observation::can_be_right).collect()
}

/// Returns the kinds that the gold allows for a phrase, and their weight; `None` if it leaves them open.
pub(super) fn right_kinds(
    phrase: &PhraseVotes,
    gold: &GoldDocument,
    scheme: &Scheme,
) -> Option<(Answers, f64)> {
    let near = |mention: &&GoldMention| mention.span.overlaps(phrase.span);
    let near: Vec<&GoldMention> = gold.mentions.iter().filter(near).collect();
    let kinds =
        |mention: &GoldMention| scheme.labels.get(mention.label).map_or(&[][..], |label| &label.kinds);
    let is_name = |mention: &&&GoldMention| kinds(mention) == [Kind::Named];
    // The nearest bounds first: "the network" inside "the weights of the network" is another mention.
    let same = near.iter().filter(|mention| !is_name(mention) && share_head(mention.span, phrase.span));
    let apart = |mention: &&&GoldMention| {
        mention.span.start.abs_diff(phrase.span.start) + mention.span.end.abs_diff(phrase.span.end)
    };
    if let Some(mention) = same.min_by_key(apart) {
        let label = scheme.labels.get(mention.label)?;
        let of_type = label.types.contains(&phrase.entity_type);
        let count = label.weight * if mention.sure { 1.0 } else { scheme.unsure };
        return (count > 0.0 && of_type)
            .then(|| (kinds(mention).iter().map(|kind| bit(*kind as usize)).sum(), count));
    }
    let mut allowed = bit(NO_MENTION);
    if near.iter().any(|mention| is_name(&mention)) {
        allowed |= bit(Kind::Named as usize);
    }
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::NoMention) {
        let label = scheme.label_of(*kind, phrase.entity_type).and_then(|label| scheme.labels.get(label));
        if !label.is_some_and(|label| label.counted) {
            allowed |= bit(*kind as usize);
        }
    }
    Some((allowed, 1.0))
}

/// Returns the types that the gold allows for a name in most of its places, and the number of these places;
/// `None` if the gold has no names or the name never stands alone.
pub(super) fn right_types(
    name: &NameVotes,
    gold: &GoldDocument,
    scheme: &Scheme,
) -> Option<(Answers, usize)> {
    let names = |label: usize| scheme.labels.get(label).filter(|label| label.kinds == [Kind::Named]);
    if !(0..scheme.labels.len()).any(|label| names(label).is_some()) {
        return None;
    }
    let prose = gold.document.prose.as_str();
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut seen: Vec<(Answers, usize)> = Vec::new();
    for start in memmem::find_iter(prose.as_bytes(), name.name.as_bytes()) {
        let span = ByteSpan::new(start, start + name.name.len());
        if touches(prose[..span.start].chars().next_back()) || touches(prose[span.end..].chars().next()) {
            continue;
        }
        let named = gold.mentions.iter().filter(|mention| mention.span.overlaps(span));
        let types = named.filter_map(|mention| names(mention.label)).flat_map(|label| &label.types);
        let found: Answers = types.fold(0, |found, entity_type| found | bit(*entity_type as usize));
        let answers = if found == 0 { bit(NO_NAME) } else { found };
        match seen.iter_mut().find(|(known, _)| *known == answers) {
            Some((_, count)) => *count += 1,
            None => seen.push((answers, 1)),
        }
    }
    seen.into_iter().max_by_key(|(answers, count)| (*count, *answers))
}

#[cfg(test)]
mod tests {
    use byname::catalogue::RuleId;
    use byname::detect::Vote;
    use byname::document::Document;

    use super::*;
    use crate::evaluate::Label;

    const TEXT: &str = "Our small model beats Foo. Foo learns from Foo data, not Bar.";

    fn label(name: &str, kinds: &[Kind], entity_type: EntityType, counted: bool) -> Label {
        Label {
            name: name.into(),
            types: vec![entity_type],
            kinds: kinds.to_vec(),
            counted,
            weight: if counted { 1.0 } else { 0.0 },
        }
    }

    fn scheme() -> Scheme {
        let labels = vec![
            label("name", &[Kind::Named], EntityType::Model, true),
            label("phrase", &[Kind::Own, Kind::Described], EntityType::Model, true),
            label("open", &[Kind::Arbitrary], EntityType::Model, false),
        ];
        Scheme { labels, ..Scheme::default() }
    }

    fn gold(marks: &[(&str, usize, bool)]) -> GoldDocument {
        let mention = |(text, label, owed): &(&str, usize, bool)| {
            let start = TEXT.find(text).unwrap();
            GoldMention {
                span: ByteSpan::new(start, start + text.len()),
                label: *label,
                owed: *owed,
                sure: *owed,
                names: None,
            }
        };
        let document = Document::from_prose("p", TEXT);
        GoldDocument {
            document,
            marked: true,
            mentions: marks.iter().map(mention).collect(),
            links: Vec::new(),
        }
    }

    fn phrase_votes(text: &str, entity_type: EntityType) -> PhraseVotes {
        let start = TEXT.find(text).unwrap();
        PhraseVotes {
            span: ByteSpan::new(start, start + text.len()),
            entity_type,
            votes: Vec::new(),
            contexts: Vec::new(),
        }
    }

    fn kinds(answers: Option<(Answers, f64)>) -> Option<Vec<Kind>> {
        answers.map(|(answers, _)| {
            Kind::ALL.iter().copied().filter(|kind| answers & bit(*kind as usize) != 0).collect()
        })
    }

    #[test]
    fn a_phrase_may_have_the_kinds_of_its_label() {
        let right = |marks: &[(&str, usize, bool)], entity_type| {
            kinds(right_kinds(&phrase_votes("small model", entity_type), &gold(marks), &scheme()))
        };
        let marked = &[("Our small model", 1, true)];
        assert_eq!(right(marked, EntityType::Model), Some(vec![Kind::Described, Kind::Own]));
        assert_eq!(right(marked, EntityType::Dataset), None, "no kind can mend a wrong type");
        assert_eq!(right(&[("Our small model", 1, false)], EntityType::Model), None, "left open");
        assert_eq!(right(&[("Our small model", 2, false)], EntityType::Model), None, "left open");
    }

    #[test]
    fn where_the_gold_has_nothing_only_what_it_does_not_annotate_may_stand() {
        let right = |entity_type| {
            kinds(right_kinds(&phrase_votes("small model", entity_type), &gold(&[]), &scheme()))
        };
        let open = vec![Kind::Arbitrary, Kind::Generic, Kind::Anaphoric, Kind::NoMention];
        assert_eq!(right(EntityType::Model), Some(open));
        assert_eq!(right(EntityType::Software).unwrap().len(), Kind::ALL.len());
    }

    #[test]
    fn a_phrase_around_a_name_may_give_way_to_it() {
        let right = kinds(right_kinds(
            &phrase_votes("Foo data", EntityType::Model),
            &gold(&[("Foo data", 0, true)]),
            &scheme(),
        ));
        let right = right.unwrap();
        assert!(
            right.contains(&Kind::Named) && right.contains(&Kind::NoMention) && !right.contains(&Kind::Own)
        );
    }

    #[test]
    fn a_name_has_the_type_of_most_of_its_places() {
        let name = |name: &str| NameVotes { name: name.into(), votes: Vec::new(), enough: 2.5, known: false };
        let marked = gold(&[("Foo. ", 0, true), ("Foo learns", 0, true)]);
        let model = bit(EntityType::Model as usize);
        assert_eq!(right_types(&name("Foo"), &marked, &scheme()), Some((model, 2)));
        assert_eq!(right_types(&name("Bar"), &marked, &scheme()), Some((bit(NO_NAME), 1)));
        assert_eq!(right_types(&name("Ba"), &marked, &scheme()), None, "no word of its own");
        let nameless = Scheme { labels: scheme().labels.split_off(1), ..scheme() };
        assert_eq!(right_types(&name("Foo"), &marked, &nameless), None, "the gold has no names");
    }

    #[test]
    fn what_no_weight_can_make_right_is_left_out() {
        let vote = Vote { rule: RuleId(0), kind: Kind::Generic, weight: 1.0, nameless: 0.0 };
        let phrase = PhraseVotes { votes: vec![vote], ..phrase_votes("small model", EntityType::Model) };
        let trace = VoteTrace { phrases: vec![phrase], names: Vec::new() };
        assert_eq!(observations(&trace, &gold(&[("Our small model", 1, true)]), &scheme(), &[]), []);
        let open = observations(&trace, &gold(&[]), &scheme(), &[]);
        assert_eq!(open[0].votes, [(0, Kind::Generic as usize, 1.0)]);
        assert!(open[0].before[Kind::Own as usize].is_infinite(), "nobody votes for it");
    }
}
