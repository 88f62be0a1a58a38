//! Short descriptions that no rule recognises as a mention, such as "OpenAI's open-weights model".

use crate::catalogue::{EntityType, Kind, Lexicon};
use crate::detect::{Detected, Mention};
use crate::document::ByteSpan;

/// An occurrence of a lexicon word in the text.
struct Found<'l> {
    span: ByteSpan,
    class: &'l crate::catalogue::Class,
}

/// Adds a mention that spans a whole description of fewer than `fewer_than` words, if no mention was found in
/// it. The attributes of its words are read without rules, since the user states that it describes a system.
pub(crate) fn take_as_mention(prose: &str, fewer_than: f64, lexicon: &Lexicon, detected: &mut Detected) {
    let describes = [Kind::Own, Kind::Described, Kind::Anaphoric, Kind::Arbitrary];
    let found = detected.mentions.iter().any(|mention| describes.contains(&mention.kind));
    if found || prose.split_whitespace().count() as f64 >= fewer_than {
        return;
    }
    let found = words_in(&prose.to_ascii_lowercase(), lexicon);
    let heads = found.iter().filter_map(|found| Some((found.span.start, found.class.head?)));
    let head = heads.min_by_key(|(start, _)| *start).map_or(EntityType::Model, |(_, head)| head);
    let whole = ByteSpan::new(0, prose.len());
    let mut mention = Mention { kind: Kind::Described, ..Mention::by_name(head, whole, whole) };
    for stated in found.iter().filter_map(|found| found.class.tells.clone()) {
        if !mention.attributes.traits.contains(&stated) {
            mention.attributes.traits.push(stated);
        }
    }
    detected.mentions.push(mention);
}

/// Returns the lexicon words that state an attribute or are heads; of two that overlap, the longer.
fn words_in<'l>(lower: &str, lexicon: &'l Lexicon) -> Vec<Found<'l>> {
    let goes_on = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let bytes = lower.as_bytes();
    let mut found: Vec<Found<'l>> = Vec::new();
    for class in lexicon.classes.iter().filter(|class| class.tells.is_some() || class.head.is_some()) {
        for word in class.words.iter().filter(|word| !word.is_empty()) {
            let whole = lower.match_indices(word.as_str()).filter(|(at, _)| {
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                !goes_on(before) && !goes_on(bytes.get(at + word.len()))
            });
            found.extend(whole.map(|(at, _)| Found { span: ByteSpan::new(at, at + word.len()), class }));
        }
    }
    found.sort_by_key(|found| (std::cmp::Reverse(found.span.len()), found.span.start));
    let mut kept: Vec<Found<'l>> = Vec::with_capacity(found.len());
    for found in found {
        // One word can stand in several classes: "reasoning model" is a head, "judge" a role and a head.
        let hidden = kept
            .iter()
            .any(|longer| longer.span.len() > found.span.len() && longer.span.overlaps(found.span));
        if !hidden || found.class.tells.is_some() && found.class.head.is_none() {
            kept.push(found);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Trait};

    fn read(text: &str) -> Option<Mention> {
        let lexicon = Catalogue::built_in().unwrap().lexicon;
        let mut detected = Detected::default();
        take_as_mention(text, 40.0, &lexicon, &mut detected);
        detected.mentions.pop()
    }

    #[test]
    fn words_of_a_description_tell_without_a_rule() {
        let mention = read("Acme's open-weights reasoning model of August 2025").unwrap();
        assert_eq!(mention.attributes.values_of(Trait::Access).collect::<Vec<_>>(), ["open"]);
        assert!(mention.attributes.values_of(Trait::Domain).any(|value| value == "reasoning"));
        assert_eq!((mention.entity_type, mention.kind), (EntityType::Model, Kind::Described));
    }

    #[test]
    fn the_first_head_tells_what_is_described() {
        assert_eq!(read("a web crawl that many models read").unwrap().entity_type, EntityType::Dataset);
        assert_eq!(read("a model of a web crawl").unwrap().entity_type, EntityType::Model);
    }

    #[test]
    fn a_long_text_is_left_to_the_rules() {
        assert!(read(&"a model and so on ".repeat(12)).is_none());
    }
}
