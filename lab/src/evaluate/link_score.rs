//! Scores of entity linking: whether the right system is ranked first, and whether the probabilities are
//! calibrated.

use byname::resolve::{Candidate, State};
use serde::Serialize;

use super::gold::GoldLink;

/// Number of bins of the reliability table.
const BINS: usize = 10;
/// The last rank, counted from 1, that counts as among the first.
const FEW: usize = 5;
/// Least probability with which a first candidate counts as an answer.
const ANSWERED: f64 = 0.5;
/// Lower bound of a probability in the log loss, so that one answer cannot make the loss infinite.
const SMALLEST: f64 = 1e-6;

/// The program's ranking for one description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// `true` if the program found the description at all.
    pub seen: bool,
    /// The state of its resolution.
    pub state: Option<State>,
    /// The names and the probability of each candidate, the most probable first.
    pub candidates: Vec<(Vec<String>, f64)>,
}

impl Ranked {
    /// Creates the ranking from the candidates of a reference; `aliases` gives further names of a candidate.
    pub fn new(state: State, candidates: &[Candidate], aliases: impl Fn(&Candidate) -> Vec<String>) -> Self {
        let named = |candidate: &Candidate| {
            let mut names = aliases(candidate);
            names.push(candidate.name.clone());
            (names, (candidate.probability * 1e4).round() / 1e4) // as it is reported
        };
        Self { seen: true, state: Some(state), candidates: candidates.iter().map(named).collect() }
    }

    /// Returns the probability of what is right, from 0 to 1: that of the right system, or if nobody can tell
    /// which it is, the probability that it is not the first candidate.
    pub(super) fn chance_of_right(&self, link: &GoldLink) -> f64 {
        let of = |place: usize| self.candidates.get(place).map_or(0.0, |(_, chance)| *chance);
        if link.answers.is_empty() { 1.0 - of(0) } else { self.rank(link).map_or(0.0, of) }
    }

    /// Returns the rank of the right system, counted from 0.
    fn rank(&self, link: &GoldLink) -> Option<usize> {
        let right: Vec<String> =
            link.answers.iter().chain(&link.acceptable).map(|name| letters(name)).collect();
        self.candidates.iter().position(|(names, _)| names.iter().any(|name| right.contains(&letters(name))))
    }
}

/// Returns the ASCII letters and digits of a name in lower case, which its spellings share.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The scores of linked descriptions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LinkScore {
    /// Descriptions whose system is known.
    pub owed: usize,
    /// Those of them that the program found.
    pub seen: usize,
    /// Those whose right system is ranked first.
    pub first: usize,
    /// Those whose right system is among the first five.
    pub in_five: usize,
    /// The mean of 1 / rank of the right system, with 0 if it is no candidate.
    pub mean_reciprocal_rank: f64,
    /// The expected calibration error of the first candidate's probability, over ten equal bins: the mean
    /// distance between the probability and the share of right ones.
    pub calibration_error: f64,
    /// The mean squared distance between the first candidate's probability and 1 if it is right, 0 if wrong.
    pub brier: f64,
    /// The mean negative natural logarithm of the right system's probability, which counts as at least 1e-6.
    pub log_loss: f64,
    /// Descriptions whose system nobody can tell.
    pub open: usize,
    /// Those of them that were left open: unresolved, or with no candidate of 0.5 or more.
    pub left_open: usize,
    /// The probabilities of first candidates, compared with the shares of right ones.
    pub reliability: Vec<ReliabilityBin>,
}

/// One bin of the reliability table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// The lower bound of the bin, which is a tenth wide.
    pub from: f64,
    /// Number of first candidates with such a probability.
    pub answers: usize,
    /// Their mean probability.
    pub said: f64,
    /// The share of them that are right.
    pub right: f64,
}

impl LinkScore {
    /// Scores the ranking of each description.
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
        let distance: f64 = bins.iter().map(|(_, expected, right)| (expected - *right as f64).abs()).sum();
        score.calibration_error = mean(distance, answers);
        let bin = |(index, (answers, expected, right)): (usize, &(usize, f64, usize))| ReliabilityBin {
            from: index as f64 / BINS as f64,
            answers: *answers,
            said: mean(*expected, *answers),
            right: mean(*right as f64, *answers),
        };
        score.reliability = bins.iter().enumerate().map(bin).collect();
        score
    }
}

/// A description that was linked to a wrong system, or whose mention was not found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WrongLink {
    /// The id of the paper.
    pub document: String,
    /// The right system; `None` if nobody can tell.
    pub answer: Option<String>,
    /// `true` if the description was found.
    pub seen: bool,
    /// The first three candidates and their probabilities.
    pub candidates: Vec<(String, f64)>,
}

impl WrongLink {
    /// Returns the mistake in a link, or `None` if it is right.
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
