//! One set of made-up findings that every renderer is tested on.

use crate::catalogue::{EntityType, Kind, RuleId, SystemId};
use crate::detect::{Attributes, Measure, Mention, Precision, Quantity, Trait, Vote};
use crate::document::{ByteSpan, Document, ReadNote, SectionKind, read_markdown};
use crate::engine::Findings;
use crate::report::{Names, SystemNames};
use crate::resolve::{Candidate, Evidence, Level, Reference, State};

const PAPER: &str = "---
title: A paper of samples
date: 2021-08-15
organisations: [Google]
---

Language models grow. We fine-tune a large
language model with up to 137B weights, and our dialogue model answers. The model is kept \u{1b}[31mapart.

Essays were graded, in every one of the seven rounds that this study went through over the whole of the \
year, by *a strong* LLM (GPT-4), against an in-house data set of which no more is said in this paper than \
that it is large.
";

/// A paper, and all that detection and resolution might find in it.
pub(crate) fn paper() -> (Document, Findings) {
    let mut document = read_markdown("papers/sample.md", PAPER.as_bytes().to_vec());
    document.notes.push(ReadNote { kind: "sample", message: "a note on reading".to_string() });
    let mention = |kind: Kind, text: &str, rule: u32| {
        let start = document.prose.find(text).unwrap();
        Mention {
            section: SectionKind::Body,
            kind,
            entity_type: if text.contains("data set") { EntityType::Dataset } else { EntityType::Model },
            span: ByteSpan::new(start, start + text.len()),
            sentence: ByteSpan::new(start, start + text.len()),
            plural: false,
            confidence: 0.94321,
            votes: vec![
                Vote { rule: RuleId(rule), kind, weight: 2.5 },
                Vote { rule: RuleId(9), kind: Kind::Generic, weight: 0.5 },
            ],
            attributes: Attributes::default(),
            systems: Vec::new(),
            coined: false,
            named_by: Vec::new(),
            takes_up: false,
        }
    };
    let mut mentions = vec![
        mention(Kind::Generic, "Language models", 0),
        mention(Kind::Described, "a large\nlanguage model", 1),
        mention(Kind::Own, "our dialogue model", 2),
        mention(Kind::Anaphoric, "The model", 3),
        mention(Kind::Described, "a strong LLM", 4),
        mention(Kind::Named, "GPT-4", 5),
        mention(Kind::Described, "an in-house data set", 6),
    ];
    mentions[1].attributes.quantities.push((Measure::Parameters, Quantity::new(137e9, Precision::AtMost)));
    mentions[1].attributes.traits.push((Trait::Standing, "large".to_string()));
    mentions[4].named_by = vec![5];
    mentions[5].systems = vec![SystemId(2)];
    (document, Findings { mentions, references: references() })
}

fn references() -> Vec<Reference> {
    let evidence = |clue: &str, detail: &str, weight: f64| Evidence {
        clue: clue.to_string(),
        detail: detail.to_string(),
        weight,
    };
    let candidate = |system: u32, name: &str, probability: f64, evidence: Vec<Evidence>| Candidate {
        system: Some(SystemId(system)),
        name: name.to_string(),
        members: Vec::new(),
        probability,
        evidence,
    };
    vec![
        Reference {
            mentions: vec![1, 2, 3],
            state: State::Linked,
            level: Level::Warning,
            names: Vec::new(),
            candidates: vec![
                candidate(
                    0,
                    "LaMDA",
                    0.831_234,
                    vec![
                        evidence("access", "internal is not open", -0.4),
                        evidence("organisation", "every author is at Google", 2.1),
                        evidence("parameters", "137B is 137B", 3.9),
                    ],
                ),
                candidate(
                    1,
                    "GLaM",
                    0.058_766,
                    vec![evidence("organisation", "every author is at Google", 2.1)],
                ),
            ],
            unknown: 0.11,
            suppressed: None,
        },
        Reference {
            mentions: vec![4, 5],
            state: State::Named,
            level: Level::Note,
            names: vec!["GPT-4".to_string()],
            candidates: vec![candidate(2, "GPT-4", 1.0, Vec::new())],
            unknown: 0.0,
            suppressed: None,
        },
        Reference {
            mentions: vec![6],
            state: State::Unresolved,
            level: Level::Warning,
            names: Vec::new(),
            candidates: vec![candidate(1, "GLaM", 0.02, Vec::new())],
            unknown: 0.98,
            suppressed: None,
        },
    ]
}

/// Names for the ids of the findings.
pub(crate) struct SampleNames(Vec<String>);

impl SampleNames {
    pub(crate) fn new() -> Self {
        Self(vec!["LaMDA-PT".to_string()])
    }
}

impl Names for SampleNames {
    fn rule_name(&self, rule: RuleId) -> &str {
        const RULES: [&str; 7] = [
            "generic/bare-plural",
            "described/size-adjective",
            "own/our-model",
            "anaphoric/the-model",
            "described/standing",
            "named/catalogue",
            "described/in-house",
        ];
        RULES.get(rule.0 as usize).copied().unwrap_or("generic/other")
    }

    fn system(&self, system: SystemId) -> SystemNames<'_> {
        match system.0 {
            0 => SystemNames { id: "lamda", name: "LaMDA", aliases: &self.0 },
            1 => SystemNames { id: "glam", name: "GLaM", aliases: &[] },
            _ => SystemNames { id: "gpt-4", name: "GPT-4", aliases: &[] },
        }
    }
}
