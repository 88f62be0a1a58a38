//! Is the right system ranked first, and are the probabilities honest?

use serde::Serialize;

use super::gold::GoldLink;
use crate::resolve::{Candidate, State};

/// Bins of the reliability table.
const BINS: usize = 10;
/// How far down the right system may stand and still be found among the first.
const FEW: usize = 5;
/// From this probability on, a first candidate is an answer.
const ANSWERED: f64 = 0.5;
/// A probability is not taken for smaller than this, so that one answer cannot make the loss endless.
const SMALLEST: f64 = 1e-6;

/// What the program said of one description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// Whether it found the description at all.
    pub seen: bool,
    /// How far it resolved it.
    pub state: Option<State>,
    /// For each candidate, the most probable first: its names, and its probability.
    pub candidates: Vec<(Vec<String>, f64)>,
}

impl Ranked {
    /// What a reference says; `aliases` gives more names of a candidate.
    pub fn new(state: State, candidates: &[Candidate], aliases: impl Fn(&Candidate) -> Vec<String>) -> Self {
        let named = |candidate: &Candidate| {
            let mut names = aliases(candidate);
            names.push(candidate.name.clone());
            (names, (candidate.probability * 1e4).round() / 1e4) // as it is reported
        };
        Self { seen: true, state: Some(state), candidates: candidates.iter().map(named).collect() }
    }

    /// The place of the right system, from 0.
    fn rank(&self, link: &GoldLink) -> Option<usize> {
        let right: Vec<String> =
            link.answers.iter().chain(&link.acceptable).map(|name| letters(name)).collect();
        self.candidates.iter().position(|(names, _)| names.iter().any(|name| right.contains(&letters(name))))
    }
}

/// The letters and digits of a name, in lower case: what spellings of one name share.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// How well descriptions were linked.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LinkScore {
    /// Descriptions whose system is known.
    pub owed: usize,
    /// Those of them that were found.
    pub seen: usize,
    /// Those whose right system stands first.
    pub first: usize,
    /// Those whose right system stands among the first five.
    pub in_five: usize,
    /// The mean of 1 / place of the right system, 0 where it is no candidate.
    pub mean_reciprocal_rank: f64,
    /// The expected calibration error of the first candidate's probability, over ten equal bins: the
    /// mean distance between what was said and how often it was right.
    pub calibration_error: f64,
    /// The mean squared distance between the first candidate's probability and 1 if right, 0 if wrong.
    pub brier: f64,
    /// The mean of minus the natural logarithm of the right system's probability, taken for at least 1e-6.
    pub log_loss: f64,
    /// Descriptions whose system nobody can tell.
    pub open: usize,
    /// Those of them that were left open: unresolved, or with no candidate of 0.5 or more.
    pub left_open: usize,
    /// What was said against what was right.
    pub reliability: Vec<ReliabilityBin>,
}

/// One bin of the reliability table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// The least probability of the bin; it reaches a tenth further.
    pub from: f64,
    /// First candidates with such a probability.
    pub answers: usize,
    /// Their mean probability.
    pub said: f64,
    /// The share of them that is right.
    pub right: f64,
}

impl LinkScore {
    /// Scores what was said of each description.
    pub fn new(links: &[(&GoldLink, Ranked)]) -> Self {
        let mut score = Self::default();
        let (mut reciprocal, mut brier, mut loss) = (0.0, 0.0, 0.0);
        let mut bins = [(0usize, 0.0f64, 0usize); BINS];
        for (link, ranked) in links {
            let top = ranked.candidates.first().map(|(_, probability)| *probability);
            if link.answers.is_empty() {
                score.open += 1;
                let silent = ranked.state == Some(State::Unresolved) || top.unwrap_or(0.0) < ANSWERED;
                score.left_open += usize::from(ranked.seen && silent);
                continue;
            }
            let rank = ranked.rank(link);
            score.owed += 1;
            score.seen += usize::from(ranked.seen);
            score.first += usize::from(rank == Some(0));
            score.in_five += usize::from(rank.is_some_and(|rank| rank < FEW));
            reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            let of_right = rank.and_then(|rank| ranked.candidates.get(rank)).map_or(0.0, |(_, p)| *p);
            loss -= of_right.max(SMALLEST).ln();
            if let Some(top) = top {
                let right = f64::from(u8::from(rank == Some(0)));
                brier += (top - right).powi(2);
                let bin = &mut bins[((top * BINS as f64) as usize).min(BINS - 1)];
                *bin = (bin.0 + 1, bin.1 + top, bin.2 + usize::from(rank == Some(0)));
            }
        }
        let mean = |sum: f64, count: usize| if count == 0 { 0.0 } else { sum / count as f64 };
        let answers: usize = bins.iter().map(|bin| bin.0).sum();
        score.mean_reciprocal_rank = mean(reciprocal, score.owed);
        score.log_loss = mean(loss, score.owed);
        score.brier = mean(brier, answers);
        let distance: f64 = bins.iter().map(|(_, said, right)| (said - *right as f64).abs()).sum();
        score.calibration_error = mean(distance, answers);
        let bin = |(index, (answers, said, right)): (usize, &(usize, f64, usize))| ReliabilityBin {
            from: index as f64 / BINS as f64,
            answers: *answers,
            said: mean(*said, *answers),
            right: mean(*right as f64, *answers),
        };
        score.reliability = bins.iter().enumerate().map(bin).collect();
        score
    }
}

/// A description that was linked to the wrong system, or whose mention was not found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WrongLink {
    /// The paper.
    pub document: String,
    /// The right system; none where nobody can tell.
    pub answer: Option<String>,
    /// Whether the description was found.
    pub seen: bool,
    /// The first three candidates and their probabilities.
    pub candidates: Vec<(String, f64)>,
}

impl WrongLink {
    /// What is wrong with a link; none where nothing is.
    pub fn new(document: &str, link: &GoldLink, ranked: &Ranked) -> Option<Self> {
        let right = match link.answers.first() {
            Some(_) => ranked.rank(link) == Some(0),
            None => LinkScore::new(&[(link, ranked.clone())]).left_open == 1,
        };
        let shown = |(names, probability): &(Vec<String>, f64)| {
            (names.last().cloned().unwrap_or_default(), *probability)
        };
        (!right).then(|| Self {
            document: document.to_string(),
            answer: link.answers.first().cloned(),
            seen: ranked.seen,
            candidates: ranked.candidates.iter().take(3).map(shown).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(answers: &[&str]) -> GoldLink {
        let answers = answers.iter().map(|name| (*name).to_string()).collect();
        GoldLink { spans: Vec::new(), answers, acceptable: vec!["Other One".into()] }
    }

    fn ranked(state: State, candidates: &[(&str, f64)]) -> Ranked {
        let candidates = candidates.iter().map(|(name, p)| (vec![(*name).to_string()], *p)).collect();
        Ranked { seen: true, state: Some(state), candidates }
    }

    #[test]
    fn places_and_probabilities_are_scored() {
        let (right, open) = (link(&["Foo-2"]), link(&[]));
        let links = [
            (&right, ranked(State::Linked, &[("foo 2", 0.9), ("bar", 0.1)])),
            (&right, ranked(State::Linked, &[("bar", 0.6), ("otherone", 0.4)])),
            (&right, Ranked::default()),
            (&open, ranked(State::Unresolved, &[("bar", 0.8)])),
            (&open, ranked(State::Linked, &[("bar", 0.8)])),
            (&open, Ranked::default()),
        ];
        let score = LinkScore::new(&links);
        assert_eq!((score.owed, score.seen, score.first, score.in_five), (3, 2, 1, 2));
        assert!((score.mean_reciprocal_rank - 0.5).abs() < 1e-12);
        assert!((score.brier - (0.01 + 0.36) / 2.0).abs() < 1e-12);
        assert!((score.calibration_error - (0.1 + 0.6) / 2.0).abs() < 1e-12);
        assert!((score.log_loss + (0.9f64.ln() + 0.4f64.ln() + 1e-6f64.ln()) / 3.0).abs() < 1e-9);
        // Whoever does not see a description has not left it open.
        assert_eq!((score.open, score.left_open), (3, 1));
        let filled: Vec<(f64, usize)> = score
            .reliability
            .iter()
            .filter(|bin| bin.answers > 0)
            .map(|bin| (bin.right, bin.answers))
            .collect();
        assert_eq!(filled, [(0.0, 1), (1.0, 1)]);
    }

    #[test]
    fn a_certain_answer_falls_in_the_last_bin() {
        let right = link(&["Foo"]);
        let score = LinkScore::new(&[(&right, ranked(State::Linked, &[("foo", 1.0)]))]);
        assert_eq!(score.reliability[9].answers, 1);
        assert_eq!(LinkScore::new(&[]).mean_reciprocal_rank, 0.0);
    }

    #[test]
    fn only_wrong_links_are_told() {
        let (right, open) = (link(&["Foo"]), link(&[]));
        assert_eq!(WrongLink::new("d", &right, &ranked(State::Linked, &[("foo", 0.4)])), None);
        assert_eq!(WrongLink::new("d", &open, &ranked(State::Linked, &[("foo", 0.4)])), None);
        let wrong =
            WrongLink::new("d", &right, &ranked(State::Linked, &[("bar", 0.4), ("foo", 0.3)])).unwrap();
        assert_eq!((wrong.answer.as_deref(), wrong.candidates[0].0.as_str()), (Some("Foo"), "bar"));
    }
}
