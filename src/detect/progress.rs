//! The mentions of one paper while it is read, and the names that only this paper knows.

use std::collections::BTreeMap;

use memchr::memmem;

use super::Attributes;
use super::mention::Mention;
use crate::catalogue::{EntityType, Kind};
use crate::document::ByteSpan;

/// What is remembered while a prose is read from start to end.
#[derive(Debug, Default)]
pub struct Progress {
    /// Mentions found so far, in the order of their discovery.
    pub mentions: Vec<Mention>,
    /// Phrases that are no mention by the rules' vote, in the order of the text.
    pub dismissed: Vec<Mention>,
    /// For each mention with names beside it: its index, and where the names stand.
    pub names_beside: Vec<(usize, Vec<ByteSpan>)>,
    /// Names that the authors give to a thing of their own.
    pub coined: Vec<ByteSpan>,
    /// Whether a thing of each type has been introduced.
    pub introduced: [bool; EntityType::ALL.len()],
}

/// A coined name shorter than this is not looked for in the rest of the paper.
const SHORTEST_COINED: usize = 3;

/// Names that do not overlap, by their first byte: their last byte and their mention.
type NamedSpans = BTreeMap<usize, (usize, usize)>;

impl Progress {
    /// Ends the reading: adds the names that only the paper knows, ties names to phrases, and gives
    /// the mentions in the order of the text.
    pub fn finish(mut self, prose: &str, sentence_at: impl Fn(ByteSpan) -> ByteSpan) -> Vec<Mention> {
        if self.names_beside.is_empty() && self.coined.is_empty() {
            return in_order(self.mentions);
        }
        let named = self.mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Named);
        let mut named: NamedSpans =
            named.map(|(index, mention)| (mention.span.start, (mention.span.end, index))).collect();

        let ties = std::mem::take(&mut self.names_beside);
        for (index, spans) in &ties {
            let entity_type = self.mentions[*index].entity_type;
            for span in spans {
                self.add_name(*span, entity_type, false, &sentence_at, &mut named);
            }
        }
        let mut seen: Vec<&str> = Vec::new();
        for span in std::mem::take(&mut self.coined) {
            let name = span.of(prose);
            if name.len() < SHORTEST_COINED || seen.contains(&name) {
                continue;
            }
            seen.push(name);
            for start in memmem::find_iter(prose.as_bytes(), name) {
                let found = ByteSpan::new(start, start + name.len());
                if stands_alone(prose, found) {
                    self.add_name(found, EntityType::Model, true, &sentence_at, &mut named);
                }
            }
        }
        for (index, spans) in ties {
            let mut by: Vec<usize> = spans.iter().filter_map(|span| overlapping(&named, *span)).collect();
            by.sort_unstable();
            by.dedup();
            self.mentions[index].named_by = by;
        }
        in_order(self.mentions)
    }

    fn add_name(
        &mut self,
        span: ByteSpan,
        entity_type: EntityType,
        coined: bool,
        sentence_at: &impl Fn(ByteSpan) -> ByteSpan,
        named: &mut NamedSpans,
    ) {
        match overlapping(named, span) {
            Some(known) => self.mentions[known].coined |= coined,
            None => {
                named.insert(span.start, (span.end, self.mentions.len()));
                self.mentions.push(Mention { coined, ..named_mention(span, sentence_at(span), entity_type) });
            }
        }
    }
}

/// A mention by a name.
pub fn named_mention(span: ByteSpan, sentence: ByteSpan, entity_type: EntityType) -> Mention {
    Mention {
        kind: Kind::Named,
        entity_type,
        span,
        sentence,
        plural: false,
        confidence: 1.0,
        votes: Vec::new(),
        attributes: Attributes::default(),
        systems: Vec::new(),
        coined: false,
        named_by: Vec::new(),
    }
}

/// The name that shares a byte with a span.
fn overlapping(named: &NamedSpans, span: ByteSpan) -> Option<usize> {
    let (_, (end, index)) = named.range(..span.end).next_back()?;
    (*end > span.start).then_some(*index)
}

/// Whether no letter or digit touches a span.
fn stands_alone(prose: &str, span: ByteSpan) -> bool {
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !touches(prose[..span.start].chars().next_back()) && !touches(prose[span.end..].chars().next())
}

/// Puts mentions in the order of the text and renumbers the links between them.
fn in_order(mentions: Vec<Mention>) -> Vec<Mention> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|index| (mentions[*index].span, *index));
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut sorted: Vec<(usize, Mention)> = mentions.into_iter().enumerate().collect();
    sorted.sort_by_key(|(old, _)| place[*old]);
    let renumbered = sorted.into_iter().map(|(_, mut mention)| {
        mention.named_by.iter_mut().for_each(|link| *link = place[*link]);
        mention.named_by.sort_unstable();
        mention
    });
    renumbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coined_name_is_found_through_the_whole_paper() {
        let prose = "We propose NPT. Later, NPT wins; NPTs and XNPT do not count.";
        let progress = Progress { coined: vec![ByteSpan::new(11, 14)], ..Progress::default() };
        let mentions = progress.finish(prose, |span| span);
        let starts: Vec<usize> = mentions.iter().map(|mention| mention.span.start).collect();
        assert_eq!(starts, [11, 23]);
        assert!(mentions.iter().all(|mention| mention.coined));
    }

    #[test]
    fn links_follow_the_mentions_into_the_order_of_the_text() {
        let prose = "Foo9, a model. Bar9.";
        let mut progress = Progress::default();
        for span in [ByteSpan::new(15, 19), ByteSpan::new(6, 13)] {
            progress.mentions.push(named_mention(span, span, EntityType::Model));
        }
        progress.mentions[1].kind = Kind::Described;
        progress.names_beside.push((1, vec![ByteSpan::new(0, 4)]));
        let mentions = progress.finish(prose, |span| span);
        let texts: Vec<&str> = mentions.iter().map(|mention| mention.span.of(prose)).collect();
        assert_eq!(texts, ["Foo9", "a model", "Bar9"]);
        assert_eq!(mentions[1].named_by, [0]);
    }
}
