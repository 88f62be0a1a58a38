//! All votes of a paper, whatever their outcome: the data that weights are fitted to.

use super::contexts::ContextVote;
use super::mention::Vote;
use crate::catalogue::EntityType;
use crate::document::ByteSpan;

/// The votes on one noun phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseVotes {
    /// The phrase, in bytes of the prose.
    pub span: ByteSpan,
    /// The type of entity that it stands for, by its head.
    pub entity_type: EntityType,
    /// The votes of rules.
    pub votes: Vec<Vote>,
    /// The contexts in and around it, with their weights in the catalogue.
    pub contexts: Vec<ContextVote>,
}

/// The votes on one word that is written like a name, over the whole paper.
#[derive(Debug, Clone, PartialEq)]
pub struct NameVotes {
    /// The word or words, as written.
    pub name: Box<str>,
    /// The votes of rules, each rule once.
    pub votes: Vec<Vote>,
    /// The least sum of votes, minus those against, at which it is taken for a name.
    pub enough: f64,
    /// Set when the catalogue holds the name, so that it is one without any votes.
    pub known: bool,
}

/// All votes of a paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VoteTrace {
    /// Votes on noun phrases, in the order of the text.
    pub phrases: Vec<PhraseVotes>,
    /// Votes on words written like names, in the order of their spelling.
    pub names: Vec<NameVotes>,
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_vote_is_kept_whatever_wins() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let prose = "We call the GPT-4 model. We propose Zorblax9, a model. Zorblax9 learns.";
        let trace = engine.detector().trace_votes(prose);
        let texts: Vec<&str> = trace.phrases.iter().map(|phrase| phrase.span.of(prose)).collect();
        // The first is reported as the name in it, and no mention of its own.
        assert!(texts.contains(&"the GPT-4 model") && texts.contains(&"a model"), "{texts:?}");
        let known =
            |name: &str| trace.names.iter().find(|votes| &*votes.name == name).map(|votes| votes.known);
        assert_eq!(known("Zorblax9"), Some(false), "{:?}", trace.names);
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
