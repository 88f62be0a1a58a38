//! Grading of references that are too doubtful to be reported.

use crate::catalogue::{Kind, Level, Profile};
use crate::engine::Findings;
use crate::resolve::State;

/// Downgrades to hints the references whose probability of being particular and never named in their paper is
/// below `least`, and those of types that the profile does not cover.
pub fn grade(findings: &mut Findings, profile: &Profile, least: f64) {
    let mentions = &findings.mentions;
    for reference in &mut findings.references {
        let mut of_reference = reference.mentions.iter().filter_map(|index| mentions.get(*index));
        let hiding = of_reference.find(|mention| matches!(mention.kind, Kind::Described | Kind::Own));
        let is_asked_for = hiding.is_none_or(|mention| profile.types.contains(&mention.entity_type));
        let is_doubtful = reference.state != State::Named && reference.confidence < least;
        if is_doubtful || !is_asked_for {
            reference.level = Level::Hint;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::EntityType;
    use crate::report::samples;

    fn levels(least: f64, change: impl Fn(&mut Findings)) -> Vec<Level> {
        let (_, mut findings) = samples::paper();
        change(&mut findings);
        grade(&mut findings, &samples::profile(), least);
        findings.references.iter().map(|reference| reference.level).collect()
    }

    #[test]
    fn what_is_doubtful_becomes_a_hint_and_what_is_named_does_not() {
        assert_eq!(levels(0.9, |_| ()), [Level::Warning, Level::Note, Level::Warning]);
        assert_eq!(levels(0.95, |_| ()), [Level::Hint, Level::Note, Level::Hint]);
        let doubtful = |findings: &mut Findings| findings.references[2].confidence = 0.5;
        assert_eq!(levels(0.8, doubtful), [Level::Warning, Level::Note, Level::Hint]);
    }

    #[test]
    fn software_is_nothing_that_the_profile_asks_for() {
        let software = |findings: &mut Findings| findings.mentions[6].entity_type = EntityType::Software;
        assert_eq!(levels(0.0, software), [Level::Warning, Level::Note, Level::Hint]);
    }
}
