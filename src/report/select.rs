//! Selection of the mentions that a report shows.

use std::borrow::Cow;

use crate::catalogue::{EntityType, Kind};
use crate::detect::Mention;
use crate::engine::Findings;
use crate::named_enum;
use crate::resolve::{Reference, State};

named_enum! {
    /// The mentions that a report shows.
    pub enum Shown {
        /// Described mentions, own ones that the paper leaves nameless, and their named partners.
        Described => "described",
        /// Every mention of a model or a dataset. Software is shown only if a description refers to it.
        All => "all",
    }
}

/// Returns the findings to be shown, with renumbered indices.
///
/// With [`Shown::Described`], a reference is kept if it has a described mention, or an own mention without a
/// name. With [`Shown::All`], mentions that only name software are left out: a framework is not a trained
/// system.
pub fn select(findings: &Findings, shown: Shown) -> Cow<'_, Findings> {
    let names_software =
        |mention: &Mention| mention.kind == Kind::Named && mention.entity_type == EntityType::Software;
    if findings.mentions.is_empty() || shown == Shown::All && !findings.mentions.iter().any(names_software) {
        return Cow::Borrowed(findings);
    }
    let mut kept = kept_mentions(findings);
    if shown == Shown::All {
        for (kept, mention) in kept.iter_mut().zip(&findings.mentions) {
            *kept |= !names_software(mention);
        }
    }
    let mut places = vec![None; kept.len()];
    let mut selected = Findings::default();
    for (index, mention) in findings.mentions.iter().enumerate().filter(|(index, _)| kept[*index]) {
        places[index] = Some(selected.mentions.len());
        selected.mentions.push(mention.clone());
    }
    let renumber = |indices: &[usize]| -> Vec<usize> {
        indices.iter().filter_map(|index| places.get(*index).copied().flatten()).collect()
    };
    for mention in &mut selected.mentions {
        mention.named_by = renumber(&mention.named_by);
    }
    let stays = |reference: &&Reference| match shown {
        Shown::Described => is_nameless(findings, reference),
        Shown::All => reference.mentions.iter().any(|index| kept.get(*index) == Some(&true)),
    };
    let references = findings.references.iter().filter(stays);
    selected.references = references
        .map(|reference| Reference { mentions: renumber(&reference.mentions), ..reference.clone() })
        .collect();
    Cow::Owned(selected)
}

fn kept_mentions(findings: &Findings) -> Vec<bool> {
    let kind_of = |index: usize| findings.mentions.get(index).map(|mention| mention.kind);
    let mut kept: Vec<bool> =
        findings.mentions.iter().map(|mention| mention.kind == Kind::Described).collect();
    for reference in findings.references.iter().filter(|reference| is_nameless(findings, reference)) {
        for &index in &reference.mentions {
            let show = match kind_of(index) {
                Some(Kind::Named) => true,
                Some(Kind::Own) => reference.state != State::Named,
                _ => false,
            };
            if show {
                kept[index] = true;
            }
        }
    }
    for index in 0..kept.len() {
        if !kept[index] || kind_of(index) == Some(Kind::Named) {
            continue;
        }
        for &partner in &findings.mentions[index].named_by {
            if kind_of(partner) == Some(Kind::Named) {
                kept[partner] = true;
            }
        }
    }
    kept
}

/// Returns whether a reference has a described mention, or is not named and has an own mention.
fn is_nameless(findings: &Findings, reference: &Reference) -> bool {
    findings.mentions_of(reference).any(|mention| {
        mention.kind == Kind::Described || (mention.kind == Kind::Own && reference.state != State::Named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn all_shows_everything_as_it_is() {
        let (_, findings) = samples::paper();
        assert!(matches!(select(&findings, Shown::All), Cow::Borrowed(_)));
    }

    #[test]
    fn all_leaves_out_names_of_software_that_nothing_described() {
        let (_, mut findings) = samples::paper();
        let mentions = findings.mentions.len();
        let lone = findings.mentions.iter().position(|mention| mention.kind == Kind::Named).unwrap();
        findings.mentions[lone].entity_type = EntityType::Software;
        assert_eq!(select(&findings, Shown::All).mentions.len(), mentions); // a description is of it
        findings.references.clear();
        findings.mentions.iter_mut().for_each(|mention| mention.named_by.clear());
        assert_eq!(select(&findings, Shown::All).mentions.len(), mentions - 1);
    }

    #[test]
    fn described_leaves_out_what_hides_nothing_and_counts_anew() {
        let (document, findings) = samples::paper();
        let selected = select(&findings, Shown::Described);
        let texts: Vec<(&str, Vec<usize>)> = selected
            .mentions
            .iter()
            .map(|mention| (mention.span.of(&document.prose), mention.named_by.clone()))
            .collect();
        assert_eq!(
            texts,
            [
                ("a large\nlanguage model", vec![]),
                ("our dialogue model", vec![]),
                ("a strong LLM", vec![3]),
                ("GPT-4", vec![]),
                ("an in-house data set", vec![]),
            ]
        );
        let mentions: Vec<_> =
            selected.references.iter().map(|reference| reference.mentions.clone()).collect();
        assert_eq!(mentions, [vec![0, 1], vec![2, 3], vec![4]]);
    }

    #[test]
    fn an_own_system_with_a_name_is_left_out() {
        let (_, mut findings) = samples::paper();
        for mention in &mut findings.mentions {
            if mention.kind == Kind::Described {
                mention.kind = Kind::Own;
            }
        }
        for reference in &mut findings.references {
            reference.state = State::Named;
        }
        let selected = select(&findings, Shown::Described);
        assert!(selected.mentions.is_empty() && selected.references.is_empty());
    }
}
