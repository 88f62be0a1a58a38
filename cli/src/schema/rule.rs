//! The keys of a rule.

use byname::catalogue::{Condition, Kind, NameOf, RuleStatus, Scope};
use byname::document::SectionKind;

use super::form::Form::{ListOf, Number, OneOf, Tables, Text, Texts};
use super::form::{Key, key, required};

pub(super) fn keys() -> Vec<Key> {
    vec![
        required("summary", Text, "What the rule finds, in one line"),
        required("why", Text, "Why that is a sign of the kind"),
        key("kind", OneOf(Kind::NAMES), "The kind that it votes for; left out, it is the name of the folder"),
        key("names", OneOf(NameOf::NAMES), "The rule looks at names, and says what they are names of"),
        key("phrase", Text, "Pattern for the whole noun phrase, from its first word to its head"),
        key("before", Text, "Pattern for what stands before the phrase, up to it"),
        key("after", Text, "Pattern for what stands behind the phrase, from it on"),
        key("sentence", Text, "Pattern that may match anywhere in the sentence"),
        key("unless-phrase", Text, "Pattern that the phrase must not match"),
        key("unless-before", Text, "Pattern that must not match before the phrase"),
        key("unless-after", Text, "Pattern that must not match behind the phrase"),
        key("unless-sentence", Text, "Pattern that must match nowhere in the sentence"),
        key("regex", Text, "Regular expression that touches the phrase, or finds the mention itself"),
        key("unless-regex", Text, "Regular expression that must match nowhere in the sentence or paragraph"),
        key("scope", OneOf(Scope::NAMES), "How far the regular expressions look; `sentence` if left out"),
        key("when", ListOf(Condition::NAMES), "Conditions that must all hold"),
        key(
            "section",
            ListOf(SectionKind::NAMES),
            "The parts of a paper that it looks in; left out, all of them",
        ),
        key("since", Text, "The first date of the papers that it looks in"),
        key("until", Text, "The last date of the papers that it looks in"),
        key("organisation", Texts, "Ids of organisations; an author of the paper must be of one"),
        required(
            "weight",
            Number(0.0, 20.0),
            "Its vote: 1 is a hint, 2 to 3 a good sign, 4 nearly settles it, 5 or more overrides",
        ),
        key(
            "nameless",
            Number(0.0, 5.0),
            "Added to the log-odds that the paper never names what the rule finds; 0 if left out",
        ),
        key("status", OneOf(RuleStatus::NAMES), "`off`: loaded, but without a vote"),
        key("references", Texts, "Further reading"),
        key(
            "example",
            Tables(vec![
                required("text", Text, "A text with the mention in [brackets], or a near miss without"),
                key("expect", OneOf(&["none"]), "For a near miss, which the rule must not match"),
            ]),
            "At least one that must be found and one near miss",
        ),
    ]
}
