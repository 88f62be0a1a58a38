//! Tests of coreference on small papers.

mod brackets;
mod listings;
mod players;
mod sets;
mod spellings;
mod subjects;

use std::sync::LazyLock;

use crate::Engine;
use crate::catalogue::{Catalogue, Kind, Later};
use crate::detect::{Mention, Way};
use crate::document::{Document, read_markdown};

/// An engine without fitted contexts, so that the rules alone decide and refitting does not move the tests.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let catalogue = Catalogue::built_in().unwrap();
    Engine::new(Catalogue { contexts: Later::default(), ..catalogue })
});

/// Returns the paper and its mentions.
fn read(text: &str) -> (Document, Vec<Mention>) {
    let document = read_markdown("p.md", text.as_bytes().to_vec());
    let mentions = ENGINE.detect(&document).mentions;
    (document, mentions)
}

/// Returns the names that a text gives to the first description with these words.
fn names(text: &str, words: &str) -> String {
    names_of(&ENGINE, &read_markdown("p.md", text.as_bytes().to_vec()), words)
}

/// Returns the names of the first description with these words, or `-` if there is no such described mention.
pub(super) fn names_of(engine: &Engine, document: &Document, words: &str) -> String {
    let mentions = engine.detect(document).mentions;
    let described = mentions.iter().find(|mention| {
        mention.kind == Kind::Described && mention.span.of(&document.prose).eq_ignore_ascii_case(words)
    });
    let Some(described) = described else { return "-".to_string() };
    let names = described.named_by.iter().map(|name| mentions[*name].written_name(&document.prose));
    names.collect::<Vec<_>>().join(" | ")
}

/// Checks rows of text, words of the description, and its names.
pub(super) fn try_all(rows: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, words, expected)| {
            let found = names(text, words);
            (found != *expected).then(|| format!("{text}\n  {words}: `{found}`, not `{expected}`"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_a_role_that_the_paper_fills_by_no_name_is_unnamed() {
    let judged = "# Method\n\nThe 900 letters were graded by an LLM judge, which took two hours.";
    let is_unnamed = |text: &str| {
        let (document, mentions) = read(text);
        let judge =
            mentions.iter().find(|mention| mention.span.of(&document.prose) == "an LLM judge").unwrap();
        judge.plays_unnamed_role
    };
    assert!(is_unnamed(judged));
    assert!(is_unnamed(&format!("{judged} The letters came from GPT-4o.")), "which is no judge");
    assert!(!is_unnamed(&format!("{judged}\n\n# Details\n\nThe judge is GPT-4o.")));
}

#[test]
fn what_helped_with_the_writing_is_no_model_of_the_study() {
    let study = "# Method\n\nWe tested two LLMs, GPT-4o and Claude 3 Opus.\n\n# Use of AI\n\n";
    try_all(&[
        (&format!("{study}LLMs helped with the literature search."), "LLMs", ""),
        (study, "two LLMs", "GPT-4o | Claude 3 Opus"),
    ]);
}

#[test]
fn a_role_is_filled_wherever_the_paper_fills_it() {
    let used =
        "# Method\n\nThe 900 letters were graded by an LLM judge, which took two hours.\n\n# Details\n\n";
    for statement in [
        "The judge is GPT-4o with temperature 0.",
        "We employ GPT-4o as the judge.",
        "GPT-4o serves as judge in every run.",
        "Our grader, GPT-4o, reads each letter twice.",
        "**Judge.** GPT-4o reads each letter twice.",
        "- Judge: GPT-4o\n- Seeds: 3",
        "For grading, we use GPT-4o.",
        "We prompt GPT-4o to grade each letter.",
        "All scores of the GPT-4o judge are public.",
        "The evaluator used in all experiments is GPT-4o.",
    ] {
        assert_eq!(names(&format!("{used}{statement}\n"), "an LLM judge"), "GPT-4o", "{statement}");
    }
    assert_eq!(
        names(&format!("{used}# Judge\n\nGPT-4o reads each letter twice.\n"), "an LLM judge"),
        "GPT-4o"
    );
}

#[test]
fn what_a_description_does_tells_its_role() {
    try_all(&[
        (
            "# Data\n\nWe used an LLM to tag the entities of 400 reports.\n\n# Details\n\nWe use Llama 3 for tagging.",
            "an LLM",
            "Llama 3",
        ),
        (
            "# Data\n\nThe 400 reports were translated by a commercial system.\n\n# Details\n\nWe used GPT-4 to translate.",
            "a commercial system",
            "GPT-4",
        ),
    ]);
}

#[test]
fn a_role_is_not_filled_by_what_others_did_nor_by_another_player() {
    try_all(&[
        (
            "# Method\n\nThe 900 letters were graded by an LLM judge.\n\n# Related work\n\nMiller et al. use GPT-4 as the judge.",
            "an LLM judge",
            "",
        ),
        (
            "# Method\n\nThe 900 letters were graded by an LLM judge.\n\n# Details\n\nTexts are embedded with all-mpnet-base-v2.",
            "an LLM judge",
            "",
        ),
    ]);
}

#[test]
fn a_role_is_not_filled_by_a_system_that_is_known_to_have_another_size() {
    let with = |name: &str| {
        let text = format!("{name} serves as the judge. A 7B LLM judge was prompted for each answer.");
        names(&text, "A 7B LLM judge")
    };
    assert_eq!(with("Mistral 7B"), "Mistral 7B");
    assert_eq!(with("BERT"), "");
}

#[test]
fn a_size_is_the_one_name_that_carries_it() {
    let rows = [
        (
            "We distil Qwen3-VL-235B-A22B into Qwen3-VL-8B-Instruct.\n\nTasks were run by the 235B teacher on 40 pages.",
            "the 235B teacher",
            "Qwen3-VL-235B-A22B",
        ),
        (
            "We train on Pythia-160M and Pythia-1.4B.\n\nThis row was measured on a single 160M model with 300 members.",
            "a single 160M model",
            "Pythia-160M",
        ),
        (
            "We train on Llama-2-7B and Mistral-7B.\n\nThis row was measured on a single 7B model with 300 members.",
            "a single 7B model",
            "",
        ),
    ];
    try_all(&rows);
}

#[test]
fn predicates_and_appositions_name_in_every_order() {
    try_all(&[
        (
            "The backbone is GPT-4, which is a black-box model with a large cost.",
            "a black-box model",
            "GPT-4",
        ),
        (
            "In 300 trials we ran a specialised 7B chat model, we called it Tiger Orvex.",
            "a specialised 7B chat model",
            "Tiger",
        ),
        (
            "We compared it with a strong baseline model, which we refer to as Mimic, on 40 tasks.",
            "a strong baseline model",
            "Mimic",
        ),
        (
            "Farol, an LLM-based configuration checker, finds 40 faults. We ran a proprietary model, GPT-4, too.",
            "a proprietary model",
            "GPT-4",
        ),
        (
            "We used a very recent model, Qwen3 (Li et al., 2025), on 50 tasks.",
            "a very recent model",
            "Qwen3",
        ),
        (
            "We ran a base model (mainly Qwen3-30B-A3B-Base, 8-bit, MLX) on 50 stories.",
            "a base model",
            "Qwen3-30B-A3B-Base",
        ),
        ("The 50 stories were read by a 3-way judge: CORRECT, REFUSAL, or WRONG.", "a 3-way judge", ""),
        ("We evaluated a proprietary model on 40 tasks. The model is GPT-4.", "a proprietary model", "GPT-4"),
    ]);
}

#[test]
fn what_stands_behind_a_name_in_apposition_has_it() {
    try_all(&[
        (
            "GPT-4 (Miller, 2024), a hosted model with a long window, answered 40 questions.",
            "a hosted model",
            "GPT-4",
        ),
        (
            "We ran 90 questions on GPT-4 and Llama 3—the two most competitive models—and report both.",
            "two most competitive models",
            "GPT-4 | Llama 3",
        ),
        ("We fine-tune a base model of Llama 3 on 400 letters.", "a base model", "Llama 3"),
    ]);
}

#[test]
fn a_capitalised_word_beside_its_citation_or_alone_in_a_bracket_is_a_name() {
    try_all(&[
        (
            "The best known of these is Orlo (Miller et al., 2023), a proprietary LLM-based verifier, which found 40 faults.",
            "a proprietary LLM-based verifier",
            "Orlo",
        ),
        (
            "Each of 400 letters was scored by an open-source toxicity model (Mildly (Miller, 2020)).",
            "an open-source toxicity model",
            "Mildly",
        ),
        ("We could not reach the 30 points of the winning system (ZORNLP).", "the winning system", "ZORNLP"),
        ("As Miller (2023), a proprietary LLM was asked 400 times.", "a proprietary LLM", ""),
        (
            "We gained 10 points over Google's internal Orlo system (RMSE = 0.95) on 400 letters.",
            "Google's internal Orlo system",
            "Orlo",
        ),
    ]);
}

#[test]
fn a_name_given_by_the_next_sentence_alone_is_read() {
    try_all(&[(
        "With this, a single 13B model beats them on 40 tasks. We call it Zorp-13B.",
        "a single 13B model",
        "Zorp-13B",
    )]);
}

#[test]
fn the_size_of_a_name_in_the_sentence_comes_before_that_of_others() {
    try_all(&[(
        "We train Qwen2.5-32B and compare.\n\nOur tool beats OLMo-2-32B on files, whereas the 32B baseline found 400 functions.",
        "the 32B baseline",
        "OLMo-2-32B",
    )]);
}

#[test]
fn what_is_said_again_keeps_its_names() {
    try_all(&[(
        "# Intro\n\nThe effect holds on three base models.\n\n# Set-up\n\nWe ran three base models: Qwen3-8B-Base, OLMo-2-13B and Gemma-2-9B.",
        "three base models",
        "Qwen3-8B-Base | OLMo-2-13B | Gemma-2-9B",
    )]);
}

#[test]
fn a_citation_that_names_no_system_is_noted_and_does_not_warn() {
    let text = "Our method beats the strong baseline system of Miller et al. by 4 points on 200 games.";
    let document = read_markdown("p.md", text.as_bytes().to_vec());
    let found = ENGINE.scan(&document);
    let way = found.mentions.iter().find_map(|mention| mention.naming.as_ref()).map(|naming| naming.way);
    assert_eq!(way, Some(Way::Citation));
    assert!(found.references.iter().all(|reference| reference.level == crate::catalogue::Level::Note));
}

#[test]
fn the_way_to_a_name_is_told_with_its_place() {
    let text =
        "# Method\n\nThe 900 letters were graded by an LLM judge.\n\n# Details\n\nThe judge is GPT-4o.\n";
    let (document, mentions) = read(text);
    let naming = mentions.iter().find_map(|mention| mention.naming.as_ref()).unwrap();
    assert_eq!((naming.way, naming.reason.as_str()), (Way::Role, "role judge"));
    assert_eq!(naming.at.of(&document.prose), "judge");
    assert!(naming.at.start > document.prose.find("Details").unwrap());
}

#[test]
fn any_text_is_read_without_a_panic() {
    let odd = "É, une GPT-4 (— “Judge: \u{a0}… **\n\n# \n\nA model ( GPT-4, [ and the 7B judge is GPT-4é"
        .repeat(200);
    let (_, mentions) = read(&odd);
    assert!(!mentions.is_empty());
}

#[test]
fn a_counted_set_of_a_section_on_other_work_is_theirs_and_a_separate_judge_stands_apart() {
    let flags = |text: &str, words: &str| {
        let (document, mentions) = read(text);
        let found = mentions.iter().find(|mention| mention.span.of(&document.prose) == words).unwrap();
        (found.reported, found.set_apart)
    };
    let related = "# Related work\n\nThe Orvex study measures drift across 24 language models on 90 tasks.";
    assert_eq!(flags(related, "24 language models"), (true, false));
    let own = related.replace("The Orvex study measures", "Here we measure");
    assert_eq!(flags(&own, "24 language models"), (false, false));
    let of_country = related.replace("on 90 tasks", "before the 2024 US election; our own study comes later");
    assert_eq!(
        flags(&of_country, "24 language models"),
        (true, false),
        "neither a country nor another clause"
    );
    let cited = "# Intro\n\nThe Orvex drift study (Miller, 2025) evaluates 13 language models on 90 tasks.";
    assert_eq!(flags(cited, "13 language models"), (true, false));
    let judged = "# Method\n\nA separate LLM judge graded the letters.";
    assert_eq!(flags(judged, "A separate LLM judge"), (false, true));
}

#[test]
fn one_model_that_others_ran_is_nameless_unless_a_name_before_it_may_be_its_own() {
    let is_one = |sentence: &str, words: &str| {
        let (document, mentions) = read(&format!("# Related work\n\n{sentence}"));
        let found = mentions.iter().find(|mention| mention.span.of(&document.prose) == words);
        found.unwrap_or_else(|| panic!("{sentence}")).reported_one
    };
    for sentence in [
        "Miller et al. (2025) fine-tune a 70B-parameter model on letters.",
        "Miller et al. (Miller et al., 2025) showed that a 70B-parameter model solves most puzzles.",
        "ImageNet (Miller et al., 2025) showed that a 70B-parameter model solves most puzzles.",
        "Miller et al. (2025) showed that a 70B-parameter model comes close to GPT-4.",
    ] {
        assert!(is_one(sentence, "a 70B-parameter model"), "{sentence}");
    }
    for sentence in [
        "Orvex (Miller et al., 2025) combines search with a 70B-parameter model.",
        "Miller et al. (2025) compare GPT-4 with a 70B-parameter model on letters.",
        "We fine-tune a 70B-parameter model on letters, as Miller et al. (2025) did.",
    ] {
        assert!(!is_one(sentence, "a 70B-parameter model"), "{sentence}");
    }
    assert!(!is_one("Miller et al. (2025) fine-tune two 70B-parameter models.", "two 70B-parameter models"));
}

#[test]
fn a_size_before_a_description_is_not_its_own() {
    try_all(&[(
        "# Method\n\nWe ran Orvex-3B and GPT-4. The 3B results come from a proprietary model.",
        "a proprietary model",
        "",
    )]);
}
