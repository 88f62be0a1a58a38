//! Facts on a paper besides its text, and the rules that they close.

use crate::catalogue::{Organisations, PaperCondition, Rule, RuleId};
use crate::document::PartialDate;

/// The date of a paper and the affiliations of its authors.
#[derive(Debug, Clone, Copy, Default)]
pub struct PaperFacts<'a> {
    /// Its date.
    pub date: Option<PartialDate>,
    /// The organisations of its authors, as the paper writes them.
    pub organisations: &'a [String],
}

/// The rules that have conditions on the paper.
#[derive(Debug, Default)]
pub struct PaperConditions(Vec<Asked>);

#[derive(Debug)]
struct Asked {
    rule: RuleId,
    condition: PaperCondition,
    /// Names and e-mail domains, in lower case, of the organisations that the rule asks for and of their
    /// parts.
    names: Vec<String>,
}

impl PaperConditions {
    /// Collects the conditions of a catalogue's rules.
    pub fn new(rules: &[Rule], organisations: &Organisations) -> Self {
        let asking = rules.iter().enumerate().filter(|(_, rule)| !rule.paper.is_empty());
        let asked = asking.map(|(index, rule)| Asked {
            rule: RuleId(index as u32), // far fewer than 2^32
            condition: rule.paper.clone(),
            names: names(&rule.paper.organisations, organisations),
        });
        Self(asked.collect())
    }

    /// Returns the rules whose conditions the paper does not meet, in order.
    pub fn closed(&self, paper: PaperFacts<'_>) -> Vec<RuleId> {
        let affiliations: Vec<String> = match self.0.is_empty() {
            true => Vec::new(),
            false => paper.organisations.iter().map(|text| text.to_lowercase()).collect(),
        };
        let is_open = |asked: &&Asked| {
            asked.condition.allows_date(paper.date)
                && (asked.condition.organisations.is_empty()
                    || affiliations.iter().any(|text| asked.names.iter().any(|name| has_words(text, name))))
        };
        self.0.iter().filter(|asked| !is_open(asked)).map(|asked| asked.rule).collect()
    }
}

fn names(ids: &[String], organisations: &Organisations) -> Vec<String> {
    let all: Vec<_> = organisations.iter().collect();
    let mut wanted: Vec<_> = all.iter().filter(|(_, one)| ids.contains(&one.id)).copied().collect();
    let mut next = 0;
    while next < wanted.len() {
        let parent = wanted[next].0;
        let parts = all.iter().filter(|(_, one)| one.parent == Some(parent)).copied();
        let new: Vec<_> = parts.filter(|(id, _)| !wanted.iter().any(|(known, _)| known == id)).collect();
        wanted.extend(new);
        next += 1;
    }
    let of_one =
        wanted.iter().flat_map(|(_, one)| one.names().chain(one.email_domains.iter().map(String::as_str)));
    of_one.map(str::to_lowercase).collect()
}

/// Tests whether a name stands in a text as whole words.
fn has_words(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, found)| {
        let goes_on = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        !goes_on(text[..at].chars().next_back()) && !goes_on(text[at + found.len()..].chars().next())
    })
}
