//! Tests of sentences that say what a name is, in whatever order they say it.

use super::try_all;

#[test]
fn a_subject_may_have_a_noun_and_remarks_behind_it() {
    let row = |sentence: &'static str, words: &'static str| (sentence, words, "GPT-4");
    try_all(&[
        row("The GPT-4 system (G4) [26], which is a proprietary model, was kept.", "a proprietary model"),
        row(
            "GPT-4, tuned and quantised, is the strongest proprietary model.",
            "the strongest proprietary model",
        ),
        row(
            "GPT-4 adds a cache and remains the strongest proprietary model.",
            "the strongest proprietary model",
        ),
        row(
            "The strongest proprietary model in our study, GPT-4, solves most.",
            "The strongest proprietary model",
        ),
        row("GPT-4 [3] introduced a proprietary model that plans.", "a proprietary model"),
        (
            "GPT-4, Claude and others, is said of the strongest proprietary model.",
            "the strongest proprietary model",
            "",
        ),
    ]);
}

#[test]
fn the_head_of_an_item_and_a_bracket_at_the_end_give_the_name() {
    let row = |sentence: &'static str, expected: &'static str| (sentence, "a proprietary model", expected);
    try_all(&[
        row("GPT-4 (writer): a proprietary model of 140M parameters.", "GPT-4"),
        row("Later a proprietary model rated all the answers (GPT-4, temperature 0).", "GPT-4"),
        row("Later a proprietary model rated all the answers (as GPT-4 and Claude had).", ""),
    ]);
}

#[test]
fn an_owner_on_a_hub_belongs_to_the_name() {
    try_all(&[(
        "Here a proprietary checkpoint is acme-labs/gpt-neo-1.3B, with a beam of five.",
        "a proprietary checkpoint",
        "gpt-neo-1.3B",
    )]);
}

#[test]
fn what_only_owns_or_makes_a_name_is_none_of_a_set() {
    try_all(&[(
        "We ran two proprietary models, namely OpenAI's GPT-4 or Claude's Claude 3 Opus.",
        "two proprietary models",
        "GPT-4 | Claude 3 Opus",
    )]);
}

#[test]
fn a_part_in_a_bracket_is_not_the_whole() {
    let row = |sentence: &'static str, expected: &'static str| (sentence, "the proprietary model", expected);
    try_all(&[
        row("Calls go to the proprietary model (BERT backbone, ViT neck).", ""),
        row("Calls go to the proprietary model (GPT-4).", "GPT-4"),
    ]);
}

#[test]
fn what_stands_behind_a_figure_in_a_bracket_is_a_result() {
    try_all(&[
        ("It helps both proprietary models (0.2 points lower; 3 on GPT-4).", "both proprietary models", ""),
        ("It helps both proprietary models (GPT-4 and PaLM 2).", "both proprietary models", "GPT-4 | PaLM 2"),
        (
            "It helps both proprietary models (up to 7.5 points on GPT-4, 3.2 on PaLM 2).",
            "both proprietary models",
            "GPT-4 | PaLM 2",
        ),
    ]);
}

#[test]
fn the_size_of_a_cited_work_s_model_is_not_one_of_this_paper() {
    let study = |sentence: &str| format!("# Method\n\nWe train Llama-3-8B.\n\n# Setting\n\n{sentence}");
    try_all(&[
        (
            &study("Orvex [4] showed that a tuned 8B model with a search engine can plan."),
            "a tuned 8B model",
            "",
        ),
        (
            &study("More recently, [4] proposed a tuned 8B model with a search engine."),
            "a tuned 8B model",
            "",
        ),
        (&study("For the second part we take a tuned 8B model."), "a tuned 8B model", "Llama-3-8B"),
    ]);
}

#[test]
fn what_else_a_role_uses_and_what_is_denied_tell_who_plays_it() {
    let row = |sentence: &'static str, expected: &'static str| (sentence, "a proprietary model", expected);
    try_all(&[
        row(
            "# Method\n\nThe judge uses a proprietary model. All judge scores come from GPT-4. PaLM 2 is slow.",
            "GPT-4",
        ),
        row(
            "# Method\n\nThe judge uses a proprietary model. We omit judges such as GPT-4. PaLM 2 is slow.",
            "",
        ),
    ]);
}

#[test]
fn a_set_that_takes_up_a_list_before_it_has_its_names() {
    let all = "GPT-4 | PaLM 2 | Claude 3 Opus";
    try_all(&[
        (
            "We study GPT-4, PaLM 2 and Claude 3 Opus. All three proprietary models refuse.",
            "All three proprietary models",
            all,
        ),
        (
            "We study GPT-4, PaLM 2 and Claude 3 Opus. The three proprietary models refuse.",
            "The three proprietary models",
            all,
        ),
        (
            "We study GPT-4, PaLM 2 and Claude 3 Opus. All four proprietary models refuse.",
            "All four proprietary models",
            "",
        ),
    ]);
}

#[test]
fn a_sentence_says_what_the_only_name_of_the_one_before_is() {
    try_all(&[
        (
            "We read claims with Claude 3 Opus. It is a proprietary model.",
            "a proprietary model",
            "Claude 3 Opus",
        ),
        (
            "GPT-4 and PaLM 2 were run. They are two proprietary models.",
            "two proprietary models",
            "GPT-4 | PaLM 2",
        ),
        ("GPT-4 beat Claude 3 Opus. It is a proprietary model.", "a proprietary model", ""),
        ("We used GPT-4. It was cheap, and beat a proprietary model.", "a proprietary model", ""),
        ("GPT-4 is stronger than a proprietary model.", "a proprietary model", ""),
    ]);
}
