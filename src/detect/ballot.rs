//! All votes of a paper, whatever came of them: what weights are fitted to.

use super::contexts::ContextVote;
use super::mention::Vote;
use crate::catalogue::EntityType;
use crate::document::ByteSpan;

/// The votes on one noun phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Ballot {
    /// The phrase, in bytes of the prose.
    pub span: ByteSpan,
    /// What it stands for, by its head.
    pub entity_type: EntityType,
    /// Those of rules.
    pub votes: Vec<Vote>,
    /// What stands in and around it, with what the catalogue's contexts say of that.
    pub contexts: Vec<ContextVote>,
}

/// The votes on one word that is written as a name, over the whole paper.
#[derive(Debug, Clone, PartialEq)]
pub struct NameBallot {
    /// The word or words, as written.
    pub name: Box<str>,
    /// Each rule that votes, and how often its vote counts.
    pub votes: Vec<(Vote, u32)>,
    /// The sum of votes, less those against, from which it is taken for a name.
    pub enough: f64,
    /// Whether the catalogue holds the name, so that it is one without any votes.
    pub known: bool,
}

/// All votes of a paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ballots {
    /// On noun phrases, in the order of the text.
    pub phrases: Vec<Ballot>,
    /// On words written as names, in the order of their spelling.
    pub names: Vec<NameBallot>,
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_vote_is_kept_whatever_wins() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let prose = "We call the GPT-4 model. We propose Zorblax9, a model. Zorblax9 learns.";
        let ballots = engine.detector().ballots(prose);
        let texts: Vec<&str> = ballots.phrases.iter().map(|ballot| ballot.span.of(prose)).collect();
        // The first is reported as the name in it, and no mention of its own.
        assert!(texts.contains(&"the GPT-4 model") && texts.contains(&"a model"), "{texts:?}");
        let known =
            |name: &str| ballots.names.iter().find(|ballot| &*ballot.name == name).map(|ballot| ballot.known);
        assert_eq!(known("Zorblax9"), Some(false), "{:?}", ballots.names);
    }

    #[test]
    fn a_rule_without_weight_decides_nothing() {
        let mut engine = Engine::new(Catalogue::built_in().unwrap());
        let prose = "We use our model.";
        let found = |engine: &Engine| {
            engine.detector().detect_by_rules_in(prose, &crate::document::Outline::default()).mentions
        };
        let before = found(&engine);
        engine.reweigh(&vec![0.0; engine.catalogue().rules.len()]);
        assert_eq!(found(&engine), []);
        engine.reweigh(&[]);
        assert_eq!(found(&engine), before);
    }
}
