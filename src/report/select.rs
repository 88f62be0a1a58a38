//! Which mentions a report shows.

use std::borrow::Cow;

use crate::catalogue::{Kind, named_enum};
use crate::engine::Findings;
use crate::resolve::{Reference, State};

named_enum! {
    /// Which mentions a report shows.
    pub enum Shown {
        /// Described mentions, own ones that the paper leaves nameless, and their named partners.
        Described => "described",
        /// Every mention.
        All => "all",
    }
}

/// The part of the findings that is to be shown, its indices counted anew.
///
/// A reference stays if it holds a described mention, or an own one without a name.
pub fn select(findings: &Findings, shown: Shown) -> Cow<'_, Findings> {
    if shown == Shown::All || findings.mentions.is_empty() {
        return Cow::Borrowed(findings);
    }
    let kept = kept_mentions(findings);
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
    let references = findings.references.iter().filter(|reference| is_nameless(findings, reference));
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

/// Whether a reference is one that the program exists for.
fn is_nameless(findings: &Findings, reference: &Reference) -> bool {
    reference.mentions.iter().filter_map(|index| findings.mentions.get(*index)).any(|mention| {
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
