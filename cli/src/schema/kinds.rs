//! The form of every kind of file, and the keys of those that have few.

use byname::catalogue::{
    Access, Catalogue, Cue, EntityType, Finds, Kind, Level, NoPaperSign, OrganisationKind, SYSTEM_KEYS,
    SystemValue, Template, Trait,
};
use byname::document::SectionKind;
use byname_lab::evaluate::TestState;

use super::form::Form::{
    Count, Date, Flag, FlagOrTexts, Given, ListOf, Map, Number, OneOf, Sizes, Table, Tables, Text,
    TextOrTexts, Texts,
};
use super::form::{Form, Key, key, like, required};
use super::{FileKind, config, import, quantities, results, rule, rule_of_thumb};

/// Returns the form of the files of a kind.
pub(super) fn form(kind: FileKind) -> Form {
    match kind {
        FileKind::Rule => Table(rule::keys()),
        FileKind::RuleOfThumb => Table(rule_of_thumb::keys()),
        FileKind::Results => Table(results::keys()),
        FileKind::Lexicon => Map(Box::new(Table(class()))),
        FileKind::Quantities => Table(quantities::keys()),
        FileKind::Profile => Table(vec![
            required("summary", Text, "What it asks, in one sentence"),
            key(
                "types",
                ListOf(EntityType::NAMES),
                "What must be described to be its business; all without it",
            ),
            required("rule", Tables(profile_rule()), "One thing that it asks"),
        ]),
        FileKind::Systems => Table(vec![
            key("organisation", Text, "The id of the maker of every system in this file"),
            key("system", Tables(system()), "One system"),
        ]),
        FileKind::Organisations => Table(vec![
            key("organisation", Tables(organisation()), "One organisation"),
            key(
                "placeholders",
                Texts,
                "What stands in the place of an affiliation and is none; `*` at an end stands for any text",
            ),
            key(
                "samples",
                Texts,
                "Affiliations of sample papers that come with templates; with one of them, no other is believed",
            ),
        ]),
        FileKind::Evidence => Given(evidence()),
        FileKind::Weights => Map(Box::new(Number(0.0, 20.0))),
        FileKind::Contexts => Table(vec![
            required("version", Count, "The version of the file: 1"),
            required("rules", Number(0.0, 20.0), "How much the votes of rules count beside contexts"),
            required("types", ListOf(EntityType::NAMES), "The types of thing that the gold told of"),
            key("bias", Text, "What each kind has before anything is asked: `described -0.2, own 0.1`"),
            key(
                "template",
                Tables(vec![
                    required("name", OneOf(Template::NAMES), "The question that is asked of a phrase"),
                    required("weights", Text, "A line an answer: `with : described 0.41, generic -0.2`"),
                ]),
                "The weights of the answers to one question",
            ),
        ]),
        FileKind::WordShares => Table(vec![
            key("rest", share(), "How many of 100 abstracts hold a word that no band lists"),
            key(
                "band",
                Tables(vec![
                    required("share", share(), "How many of 100 abstracts hold each word"),
                    required("words", Text, "The words, with spaces between"),
                ]),
                "Words that are about as common",
            ),
        ]),
        FileKind::Uses => Table(vec![
            required("source", Text, "Which papers were counted"),
            required(
                "papers",
                Text,
                "How many were counted: the first half-year and a count for each from it on, `2023a 88 465`",
            ),
            key(
                "systems",
                Map(Box::new(Text)),
                "How many of them name a system, under its id, written in the same way",
            ),
        ]),
        FileKind::Sections => Table(
            SectionKind::NAMES
                .iter()
                .map(|name| key(name, Texts, "Its headings; `*` at one end stands for any words"))
                .chain([
                    key("checklist-labels", Texts, "Words that lines of a checklist begin with"),
                    key(
                        "checklist-answers",
                        Texts,
                        "Answers that stand in a checklist, from their bracket on",
                    ),
                ])
                .collect(),
        ),
        FileKind::NoPapers => Table(
            NoPaperSign::NAMES
                .iter()
                .map(|name| {
                    key(name, Texts, "Its wordings; `*` stands for any words or none, `#` for a number")
                })
                .collect(),
        ),
        FileKind::Coreference => Table(vec![
            key(
                "role",
                Map(Box::new(Table(vec![
                    key("about", Text, "What a player of the role does, for whoever edits the file"),
                    key("nouns", Texts, "What a player of it is called; a noun tells one role"),
                    key("verbs", Texts, "What a player of it does, in every form"),
                    key("deeds", Texts, "What a player of it is used for"),
                    key("many", Flag, "Whether a study has several players of it at once, each for itself"),
                    key(
                        "local",
                        Flag,
                        "Whether who is in it changes from place to place, so that one place tells nothing of another",
                    ),
                ]))),
                "Parts that a system plays in a study, under ids",
            ),
            key(
                "cue",
                Table(Cue::NAMES.iter().map(|name| key(name, Texts, "Words that lead to a name")).collect()),
                "Words that lead from a description to a name or back",
            ),
        ]),
        FileKind::Measurements => Table(vec![
            required("date", Text, "The day of the measurement: \"2026-05-01\""),
            required("gold", Texts, "What was measured on"),
            key(
                "rules",
                Map(Box::new(Table(vec![
                    required("hits", Count, "Votes on phrases whose kind is known"),
                    required("right", Count, "Those that were for that kind"),
                ]))),
                "What was measured, under the rules' ids",
            ),
        ]),
        FileKind::Tests => Table(vec![key("test", Tables(test()), "One short text")]),
        FileKind::Import => Table(import::keys()),
        FileKind::Package => Table(package()),
        FileKind::Config => Table(config::keys()),
    }
}

fn share() -> Form {
    Number(0.0, 100.0)
}

fn test() -> Vec<Key> {
    vec![
        required("text", Text, "The text, with the spans in [brackets] that the test is about"),
        required("state", OneOf(TestState::NAMES), "What must hold, or is known not to hold yet"),
        key("kind", OneOf(Kind::NAMES), "Which kind is asked for; `described` if left out"),
        key("type", OneOf(EntityType::NAMES), "Which type is asked for"),
        key("system", Text, "The id or name of the system that must be its first candidate"),
        key("why", Text, "For readers"),
    ]
}

fn class() -> Vec<Key> {
    let tells = Trait::NAMES.iter().map(|name| key(name, Text, "What it is")).collect();
    vec![
        key("about", Text, "What the class is; required where it is first described"),
        key("in", Texts, "Classes that it belongs to, with all that they belong to"),
        key("tells", Table(tells), "What a mention with such a word says of the system"),
        key("head", OneOf(EntityType::NAMES), "For words that a mention ends in: what they stand for"),
        key("plural", Flag, "For heads that stand for several"),
        key("count", Count, "For words that count: how many"),
        key("numbers", Map(Box::new(Count)), "Words of the class, each with the number that it says"),
        key("words", Texts, "Words and phrases in lower case"),
    ]
}

fn profile_rule() -> Vec<Key> {
    vec![
        required("id", Text, "Its id within the profile"),
        required("finds", OneOf(Finds::NAMES), "What it finds"),
        required("level", OneOf(Level::NAMES), "How much it weighs"),
        required("title", Text, "What is the matter, in general"),
        required(
            "message",
            Text,
            "What is the matter here; {mention}, {type}, {names} and {where} (the line of the name) are filled in",
        ),
        key("message-set", Text, "The same where several systems are meant"),
        required("why", Text, "Why it matters"),
        required("advice", Text, "What to write instead; filled in as the message is"),
        key("advice-set", Text, "The same where several systems are meant"),
        key("unless-voted", Texts, "Ids of rules: a mention that one of them voted for is passed over"),
    ]
}

fn system() -> Vec<Key> {
    let form = |holds: SystemValue| match holds {
        SystemValue::Texts => TextOrTexts,
        SystemValue::FlagOrTexts => FlagOrTexts,
        SystemValue::Date => Date,
        SystemValue::Count => Count,
        SystemValue::Type => OneOf(EntityType::NAMES),
        SystemValue::Access => OneOf(Access::NAMES),
        SystemValue::Amounts(..) => Sizes,
        _ => Text,
    };
    SYSTEM_KEYS
        .iter()
        .map(|of| match of.required {
            true => required(of.name, form(of.holds), of.about),
            false => key(of.name, form(of.holds), of.about),
        })
        .collect()
}

fn organisation() -> Vec<Key> {
    vec![
        required("id", Text, "Its id, in lower case"),
        required("name", Text, "Its name"),
        key("aliases", TextOrTexts, "Other names"),
        key("kind", OneOf(OrganisationKind::NAMES), "What it is"),
        key("parent", Text, "The id of the organisation that it belongs to"),
        key("email-domains", TextOrTexts, "Domains of its people's e-mail addresses"),
        key("places", TextOrTexts, "Cities and countries that papers call it by"),
        key("described-as", TextOrTexts, "Phrases that papers call it by"),
    ]
}

/// Returns the schema of `evidence.toml`: every number of the built-in file, of which other layers may
/// override single ones. The keys under `access`, `means` and `tune` are up to the file.
fn evidence() -> serde_json::Value {
    let evidence =
        Catalogue::built_in().ok().and_then(|built_in| serde_json::to_value(built_in.evidence).ok());
    like(&evidence.unwrap_or_default(), &["access", "means", "tune"])
}

fn package() -> Vec<Key> {
    vec![
        required("name", Text, "Its name: small letters, digits and hyphens"),
        required("version", Text, "Its version: \"1.0.0\""),
        key("date", Date, "When it was last edited"),
        required("licence", Text, "Under which licence it may be used: \"MIT\""),
        required("description", Text, "What it holds, in a line"),
        key("needs", Map(Box::new(Text)), "Versions of byname and of the packages that must lie below it"),
        key(
            "off",
            Table(vec![
                key("rules", TextOrTexts, "Ids of rules that no longer vote"),
                key("systems", TextOrTexts, "Ids of systems that are left out"),
                key("rules-of-thumb", TextOrTexts, "Names of rules of thumb that count no more"),
            ]),
            "What it switches off in the packages below it",
        ),
    ]
}
