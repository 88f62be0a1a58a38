//! Tests of names in brackets behind descriptions, and of those that have no place there.

use super::try_all;

#[test]
fn authors_in_a_bracket_are_no_members_of_a_list() {
    try_all(&[(
        "# Setup\n\nWe compare with four proprietary models (Ratcliff, Thapar, Gomez, and McKoon, 2004) on 40 tasks.",
        "four proprietary models",
        "",
    )]);
}

#[test]
fn a_bracket_says_what_the_name_before_it_is() {
    try_all(&[
        (
            "# Setup\n\nClaude 3 Opus (a proprietary model) answered 40 questions.",
            "a proprietary model",
            "Claude 3 Opus",
        ),
        (
            "# Setup\n\nWe ran gpt-4o-mini (the smaller proprietary model), and GPT-4 (the largest proprietary model).",
            "the smaller proprietary model",
            "gpt-4o-mini",
        ),
    ]);
}

#[test]
fn a_bracket_behind_the_attribute_of_a_description_names_it() {
    try_all(&[
        (
            "# Setup\n\nWe repeated it with a proprietary model from another family (claude-haiku-4-5) on 40 tasks.",
            "a proprietary model",
            "claude-haiku-4-5",
        ),
        (
            "# Setup\n\nA proprietary model scored worse than the best of them (claude-haiku-4-5) on 40 tasks.",
            "a proprietary model",
            "",
        ),
    ]);
}

#[test]
fn what_a_bracket_compares_with_or_has_at_work_is_no_name() {
    for aside in [
        "(cheaper than Claude 2)",
        "(similar to GPT-4)",
        "(its prompts were written by GPT-4)",
        "(except for GPT-4)",
        "(its answers were graded by GPT-4)",
        "(via OpenRouter)",
        "(XXX)",
        "(FDA-approved)",
    ] {
        let text = format!("# Method\n\nWe gave 400 texts to a proprietary model {aside}.");
        try_all(&[(&text, "a proprietary model", "")]);
    }
    for name in ["(GPT-4)", "(here GPT-4)", "(powered by GPT-4)", "(specifically, GPT-4 of June)"] {
        let text = format!("# Method\n\nWe gave 400 texts to a proprietary model {name}.");
        try_all(&[(&text, "a proprietary model", "GPT-4")]);
    }
}

#[test]
fn a_mixture_of_experts_is_not_another_than_the_product_in_its_name() {
    try_all(&[
        (
            "# Setup\n\nAn open LLM (Mixtral 8x7B) grades the answers to 40 tasks.",
            "an open LLM",
            "Mixtral 8x7B",
        ),
        (
            "# Setup\n\nWe ran Mixtral 8x7B and Llama 3 8B on 40 tasks.\n\nOn this split the 8x7B model did well.",
            "the 8x7B model",
            "Mixtral 8x7B",
        ),
    ]);
}

#[test]
fn capitals_between_commas_or_alone_in_a_bracket_name_what_stands_before() {
    try_all(&[
        ("# Setup\n\nWe ran a proprietary detector, RADAR, on 40 texts.", "a proprietary detector", "RADAR"),
        (
            "# Setup\n\nWe ran a proprietary detector (i.e., RADAR) on 40 texts.",
            "a proprietary detector",
            "RADAR",
        ),
        ("# Setup\n\nWe ran a proprietary detector, RADAR and others.", "a proprietary detector", ""),
    ]);
}

#[test]
fn what_a_name_in_a_bracket_is_based_on_is_no_name() {
    try_all(&[(
        "# Setup\n\nAgents use a proprietary model (Orvex 3.0, based on Llama 3.1 8B) to post.",
        "a proprietary model",
        "Orvex 3.0",
    )]);
}

#[test]
fn a_word_with_a_version_in_a_bracket_is_a_name() {
    for (bracket, expected) in [
        ("Orvex 3.0", "Orvex 3.0"),
        ("Orvex 3.0, of May", "Orvex 3.0"),
        ("Section 3.1", ""),
        ("Accuracy 0.81", ""),
        ("Apache 2.0", ""),
        ("Version 2.0", ""),
        ("Temperature 1.0", ""),
        ("Android 14.0", ""),
        ("Orvex 3.5 %", ""),
    ] {
        let text = format!("# Setup\n\nAgents use a proprietary model ({bracket}) to post.");
        try_all(&[(&text, "a proprietary model", expected)]);
    }
}

#[test]
fn a_name_far_behind_a_set_is_no_member_of_it() {
    try_all(&[
        (
            "# Setup\n\nWe ran it on 15 proprietary models, showing that commonly used methods, such as GPT-4, fail.",
            "15 proprietary models",
            "",
        ),
        ("# Setup\n\nWe ran 15 proprietary models, including GPT-4.", "15 proprietary models", "GPT-4"),
        (
            "# Setup\n\nThen 4 proprietary models were used, including GPT-4, Claude 3 and PaLM 2.",
            "4 proprietary models",
            "GPT-4 | Claude 3 | PaLM 2",
        ),
    ]);
}

#[test]
fn models_of_one_size_have_no_names_of_another() {
    try_all(&[
        (
            "# Setup\n\nIt beats all open 8B models and even Llama3-70B and Qwen-72B.",
            "all open 8B models",
            "",
        ),
        (
            "# Setup\n\nWe ran two open 7B models, Llama3-8B and Qwen-7B.",
            "two open 7B models",
            "Llama3-8B | Qwen-7B",
        ),
    ]);
}

#[test]
fn a_version_with_a_year_is_a_name_and_no_citation() {
    try_all(&[
        (
            "# Setup\n\nTwo proprietary models have early cutoffs (GPT-4, 2023; Grok-2, 2024).",
            "two proprietary models",
            "GPT-4 | Grok-2",
        ),
        ("# Setup\n\nWe ran a proprietary model (DeepSeek-AI, 2025) on it.", "a proprietary model", ""),
    ]);
}
