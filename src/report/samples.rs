//! Fictitious findings on which every renderer is tested.

use crate::catalogue::{
    Catalogue, EntityType, Kind, Layer, Organisations, Profile, RuleId, System, SystemId, Systems,
};
use crate::detect::{Measure, Mention, Precision, Quantity, Trait, Vote};
use crate::diagnose::{Diagnostic, Showing, diagnose, grade};
use crate::document::{ByteSpan, Document, ReadNote, read_markdown};
use crate::engine::Findings;
use crate::report::{Names, Report, ReportedPaper, Shown, SystemNames, Tally, select};
use crate::resolve::{Answer, AnswerLevel, Candidate, Evidence, Level, Reference, State};
use crate::scan::{Rendered, ReportWriter};

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

/// Returns a paper, and all that detection and resolution might find in it.
pub(crate) fn paper() -> (Document, Findings) {
    let mut document = read_markdown("papers/sample.md", PAPER.as_bytes().to_vec());
    document.notes.push(ReadNote { kind: "sample", message: "a note on reading".to_string() });
    let mention = |kind: Kind, text: &str, rule: u32| {
        let start = document.prose.find(text).unwrap();
        let entity_type = if text.contains("data set") { EntityType::Dataset } else { EntityType::Model };
        let span = ByteSpan::new(start, start + text.len());
        Mention {
            confidence: 0.94321,
            votes: vec![
                Vote { rule: RuleId(rule), kind, weight: 2.5, nameless: 0.0 },
                Vote { rule: RuleId(9), kind: Kind::Generic, weight: 0.5, nameless: 0.0 },
            ],
            ..Mention::new(kind, entity_type, span, span)
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
    let at = document.prose.find("137B").unwrap();
    let size = ByteSpan::new(at, at + "137B weights".len());
    (document, Findings { mentions, references: references(size) })
}

fn references(size: ByteSpan) -> Vec<Reference> {
    let evidence = |clue: &str, detail: &str, weight: f64| Evidence {
        clue: clue.to_string(),
        detail: detail.to_string(),
        weight,
        span: None,
    };
    let described = evidence("description", "a mention of kind described with confidence 0.94", 2.81);
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
            confidence: 0.94321,
            confidence_evidence: vec![described.clone()],
            names: Vec::new(),
            partial: false,
            candidates: vec![
                candidate(
                    0,
                    "LaMDA",
                    0.831_234,
                    vec![
                        evidence("access", "internal is not open", -0.4),
                        evidence("organisation", "every author is at Google", 2.1),
                        Evidence { span: Some(size), ..evidence("parameters", "137B is 137B", 3.9) },
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
            answer: Some(Answer {
                level: AnswerLevel::System,
                id: Some("lamda".to_string()),
                name: "LaMDA".to_string(),
                probability: 0.831_234,
            }),
        },
        Reference {
            mentions: vec![4, 5],
            state: State::Named,
            level: Level::Note,
            confidence: 0.0,
            confidence_evidence: Vec::new(),
            names: vec!["GPT-4".to_string()],
            partial: false,
            candidates: vec![candidate(2, "GPT-4", 1.0, Vec::new())],
            unknown: 0.0,
            answer: None,
        },
        Reference {
            mentions: vec![6],
            state: State::Unresolved,
            level: Level::Warning,
            confidence: 0.94321,
            confidence_evidence: vec![described.clone()],
            names: Vec::new(),
            partial: false,
            candidates: vec![candidate(1, "GLaM", 0.02, Vec::new())],
            unknown: 0.98,
            answer: None,
        },
    ]
}

/// Names for the ids in the findings.
pub(crate) struct SampleNames(Vec<String>, Systems);

const SYSTEMS: &str = r#"
[[system]]
id = "lamda"
name = "LaMDA"
type = "model"
announced = "2021-05"
access = "unreleased"
parameters = ["2B", "137B"]
tokens = "2.8T"
sources = ["arxiv:2201.08239", "epoch"]
[[system]]
id = "glam"
name = "GLaM"
type = "model"
announced = "2021-12"
access = "unreleased"
parameters = ["1.2T"]
tokens = "1.6T"
layers = 64
sources = ["arxiv:2112.06905"]
"#;

impl SampleNames {
    pub(crate) fn new() -> Self {
        let layers = [Layer::of_texts("samples", [("systems/s.toml", SYSTEMS)])];
        let today = "2026-11-23".parse().unwrap();
        let systems = Systems::read(&layers, &Organisations::default(), today).unwrap();
        Self(vec!["LaMDA-PT".to_string()], systems)
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

    fn facts(&self, system: SystemId) -> Option<&System> {
        self.1.get(system)
    }
}

/// Returns the default profile.
pub(crate) fn profile() -> Profile {
    let profiles = Profile::read_all(&[Layer::built_in()]).unwrap();
    profiles.into_iter().find(|profile| profile.name == "disclosure").unwrap()
}

/// Renders a report of the sample paper and of one that could not be read.
pub(crate) fn render(report: &dyn Report) -> String {
    render_above(report, 0.8)
}

/// Renders as [`render`] does, with findings less probable than `least` as hints.
pub(crate) fn render_above(report: &dyn Report, least: f64) -> String {
    String::from_utf8(render_bytes_above(report, least)).unwrap()
}

fn render_bytes_above(report: &dyn Report, least: f64) -> Vec<u8> {
    let mut writer = ReportWriter::begin(&[report], vec![Vec::new()]).unwrap();
    for_each_entry(least, |entry| writer.paper(&Rendered::of(entry, &[report]).unwrap()).unwrap());
    writer.end().unwrap().1.remove(0)
}

/// Calls `render` with the entries of the sample papers; findings less probable than `least` are hints.
pub(crate) fn for_each_entry(least: f64, mut render: impl FnMut(&ReportedPaper<'_>)) {
    let (document, mut findings) = paper();
    let (profile, catalogue) = (profile(), Catalogue::built_in().unwrap());
    grade(&mut findings, &profile, least);
    let mut diagnostics = diagnose(&document, &findings, &profile, &catalogue);
    Showing::default().mark(&mut diagnostics);
    let shown = select(&findings, Shown::Described);
    let errors = [crate::document::ReadError::new("not-found", "no such file; check the path")];
    let (lost, nothing) = (Document::from_prose("lo\u{1b}st.txt", ""), Findings::default());
    render(&ReportedPaper { document: &document, findings: &shown, errors: &[], diagnostics: &diagnostics });
    render(&ReportedPaper { document: &lost, findings: &nothing, errors: &errors, diagnostics: &[] });
}

/// Returns texts that try to break out of the syntax they are embedded in.
pub(crate) fn hostile_texts() -> Vec<String> {
    serde_json::from_str(include_str!("../../tests/cases/hostile.json")).unwrap()
}

/// Renders a finding in a paper whose name, mention and words are all `text`.
pub(crate) fn render_hostile(report: &dyn Report, text: &str) -> String {
    let document = Document::from_prose(text, text);
    let profile = profile();
    let span = ByteSpan::new(0, text.len());
    let answer = Answer { level: AnswerLevel::System, id: None, name: text.to_string(), probability: 0.5 };
    let diagnostics = [Diagnostic {
        rule: &profile.rules[0],
        level: profile.rules[0].level,
        state: Some(State::Unresolved),
        hidden: false,
        span,
        sentence: span,
        message: format!("`{text}` has no name"),
        advice: format!("name {text}"),
        related: Vec::new(),
        candidates: &[],
        answer: Some(&answer),
        fingerprint: "0".repeat(16),
        suppressed: None,
    }];
    let findings = Findings::default();
    let entry =
        ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &diagnostics };
    let mut out = Vec::new();
    report.begin(&mut out).unwrap();
    report.document(&entry, &mut out).unwrap();
    report.end(&Tally::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Panics unless a text is XML of these elements alone.
pub(crate) fn assert_well_formed(text: &str, elements: &[&str]) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                assert!(elements.iter().any(|name| *name == start.name().as_ref()), "{text}");
            }
            Event::Empty(start) => {
                assert!(elements.iter().any(|name| *name == start.name().as_ref()), "{text}");
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{text}");
}
