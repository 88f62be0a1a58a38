//! The mistakes of a run, for a person to read.

use byname::document::{ByteSpan, LineIndex, single_spaced};
use byname::named_enum;
use serde::Serialize;

use super::confusion::Pairs;
use super::gold::GoldMention;
use super::rows::Found;
use super::span_score::{in_order, share_head, touches_any};
use super::{GoldDocument, Partial, Scheme};

named_enum! {
    /// The kind of mistake in a mention.
    pub enum Fault {
        /// The gold expects it, and nothing was found in its place.
        Missed => "missed",
        /// It was found where the gold has nothing.
        FalseAlarm => "false alarm",
        /// It was found with another label.
        WrongLabel => "wrong label",
        /// It was found with other bounds.
        WrongBounds => "wrong bounds",
    }
}

/// A mistaken mention with its context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The kind of mistake.
    pub fault: Fault,
    /// The id of the paper.
    pub document: String,
    /// The line of its text, counted from 1.
    pub line: usize,
    /// The column of the line in characters, counted from 1.
    pub column: usize,
    /// The label in the gold; `None` for a false alarm.
    pub gold: Option<String>,
    /// The kind and type that were found; `None` for a missed mention.
    pub found: Option<String>,
    /// The text around it, with the gold mention in `[brackets]`, or the found one for a false alarm.
    pub text: String,
}

/// Most characters of text shown on either side of a mention.
const CONTEXT: usize = 60;

/// Returns every mistake of one paper, in the order of the text.
pub fn mistakes(gold: &GoldDocument, found: &[Found], pairs: &Pairs, scheme: &Scheme) -> Vec<Mistake> {
    let lines = LineIndex::new(&gold.document.prose);
    let mut mistakes: Vec<(ByteSpan, Mistake)> = Vec::new();
    let mut push = |fault, span: ByteSpan, gold_label: Option<usize>, found: Option<&Found>| {
        let place = lines.position(span.start);
        let mistake = Mistake {
            fault,
            document: gold.document.id.clone(),
            line: place.line,
            column: place.column,
            gold: gold_label.and_then(|label| scheme.labels.get(label)).map(|label| label.name.clone()),
            found: found.map(|found| format!("{} {}", found.kind, found.entity_type)),
            text: in_context(&gold.document.prose, span),
        };
        mistakes.push((span, mistake));
    };
    for (mention, pair) in gold.mentions.iter().zip(&pairs.of_gold) {
        let found = pair.and_then(|index| found.get(index));
        if let Some(fault) = fault_of(mention, found, scheme) {
            push(fault, mention.span, Some(mention.label), found);
        }
    }
    let all_gold = in_order(&gold.mentions.iter().map(|mention| mention.span).collect::<Vec<_>>());
    for (found, taken) in found.iter().zip(&pairs.is_taken) {
        let counted =
            found.label.and_then(|label| scheme.labels.get(label)).is_some_and(|label| label.counted);
        if !taken && counted && !(scheme.partial == Partial::Overlap && touches_any(found.span, &all_gold)) {
            push(Fault::FalseAlarm, found.span, None, Some(found));
        }
    }
    mistakes.sort_by_key(|(span, _)| *span);
    mistakes.into_iter().map(|(_, mistake)| mistake).collect()
}

fn fault_of(mention: &GoldMention, found: Option<&Found>, scheme: &Scheme) -> Option<Fault> {
    let Some(found) = found else { return mention.owed.then_some(Fault::Missed) };
    if !mention.owed {
        return None;
    }
    if found.label != Some(mention.label) {
        return Some(Fault::WrongLabel);
    }
    let right = match scheme.partial {
        Partial::Overlap => found.span == mention.span,
        Partial::Head => share_head(found.span, mention.span),
    };
    (!right).then_some(Fault::WrongBounds)
}

/// Returns a span of a text in brackets, with some text on either side.
pub(super) fn in_context(text: &str, span: ByteSpan) -> String {
    let before: String = text[..span.start].chars().rev().take(CONTEXT).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[span.end..].chars().take(CONTEXT).collect();
    let shown = format!("{before}[{}]{after}", span.of(text));
    single_spaced(&shown)
}

/// Returns at most `wanted` mistakes of each fault, spread over the whole set of papers.
pub fn sample(mistakes: Vec<Mistake>, wanted: usize) -> Vec<Mistake> {
    let mut kept = Vec::new();
    for fault in Fault::ALL {
        let of_fault: Vec<&Mistake> = mistakes.iter().filter(|mistake| mistake.fault == *fault).collect();
        let step = of_fault.len().div_ceil(wanted.max(1)).max(1);
        kept.extend(of_fault.into_iter().step_by(step).take(wanted).cloned());
    }
    kept
}

#[cfg(test)]
#[path = "mistakes_tests.rs"]
mod tests;
