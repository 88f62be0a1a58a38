//! Tests of which names beside a description are its own.

use super::tests::try_all;

#[test]
fn what_stands_before_another_or_behind_a_semicolon_is_not_it() {
    try_all(&[
        (
            "# Setup\n\nThe attack was tuned on Claude 3 Opus, all other models are tested as they came.",
            "all other models",
            "",
        ),
        (
            "# Setup\n\nFor this run we had a panel (Claude 3 Opus, Llama 3); the proprietary models were out.",
            "the proprietary models",
            "",
        ),
    ]);
}

#[test]
fn a_name_in_the_description_is_it_whatever_size_stands_around() {
    try_all(&[
        (
            "# Setup\n\nWe compare with a 300M-parameter BERT baseline. Orvex-300M is the judge.",
            "a 300M-parameter BERT baseline",
            "BERT",
        ),
        (
            "# Setup\n\nThe recipe moves the strongest proprietary Qwen3-32B baseline to 8B weights and Llama-3.1. \
             Qwen3-8B came later.",
            "the strongest proprietary Qwen3-32B baseline",
            "Qwen3-32B",
        ),
    ]);
}

#[test]
fn a_tool_in_the_description_gives_way_to_what_it_is_called() {
    try_all(&[(
        "# Setup\n\nThe texts are encoded by a proprietary TensorFlow Hub model called Universal Sentence Encoder.",
        "a proprietary TensorFlow Hub model",
        "Universal Sentence Encoder",
    )]);
}

#[test]
fn a_list_of_as_many_as_are_counted_is_whole() {
    try_all(&[
        (
            "# Setup\n\nWe compare three proprietary systems (NERO, Claude 3 Opus, GPT-4) on 40 tasks.",
            "three proprietary systems",
            "NERO | Claude 3 Opus | GPT-4",
        ),
        (
            "# Setup\n\nWe ran four commercial detectors (GPTZero, Pangram, Originality.AI and Copyleaks) on 40 texts.",
            "four commercial detectors",
            "GPTZero | Pangram | Originality.AI | Copyleaks",
        ),
    ]);
}

#[test]
fn the_capitals_of_a_class_are_no_name_of_a_set() {
    try_all(&[(
        "# Setup\n\nThe CU model reads the screen. We evaluate eight proprietary CU models on 40 tasks.",
        "eight proprietary CU models",
        "",
    )]);
}

#[test]
fn what_the_title_calls_the_paper_is_the_authors_own_and_no_baseline() {
    let text = "---\ntitle: \"OrvexLocator: Faults found\"\n---\n\n# Results\n\n\
                OrvexLocator is the baseline of later work. We improve on the strongest proprietary baseline.";
    try_all(&[(text, "the strongest proprietary baseline", "")]);
}

#[test]
fn what_is_left_of_indexed_symbols_is_no_name() {
    try_all(&[
        ("# Setup\n\nWe compare two proprietary models (MA, MB) on 40 tasks.", "two proprietary models", ""),
        (
            "# Setup\n\nMA is a proprietary model that we ran on 40 tasks. MB is a large proprietary model.",
            "a large proprietary model",
            "",
        ),
    ]);
}

#[test]
fn a_citation_between_a_name_and_its_description_parts_them_not() {
    try_all(&[
        (
            "# Setup\n\nOrvex4Py [8] is a proprietary model of code that we ran on 40 tasks.",
            "a proprietary model",
            "Orvex4Py",
        ),
        (
            "# Setup\n\nA tool of this kind is Orvex [12, 23], a proprietary large language model.",
            "a proprietary large language model",
            "Orvex",
        ),
        (
            "# Setup\n\nWe took Claude 3 Opus (long), and Llama-3-8B [3], a proprietary model (4-bit).",
            "a proprietary model",
            "Llama-3-8B",
        ),
        (
            "# Setup\n\nWe follow Miller (2020), a proprietary model is run twice on 40 tasks.",
            "a proprietary model",
            "",
        ),
    ]);
}

#[test]
fn a_second_player_of_a_role_fills_it_for_no_other() {
    let text = "# Setup\n\nSixty answers were graded again by Claude 3 Opus as a second proprietary judge. \
                A proprietary judge took two hours for the 900 answers.";
    try_all(&[(text, "a second proprietary judge", "Claude 3 Opus"), (text, "a proprietary judge", "")]);
}

#[test]
fn a_short_form_without_a_version_is_no_second_model_of_its_size() {
    let conclusion = "\n\n# Conclusion\n\nThe agent was built from a 7B model in all runs.";
    let short = "# Setup\n\nQwen2.5-7B-Instruct was tuned, and Qwen-7B was tested.";
    let other = "# Setup\n\nQwen2.5-7B-Instruct was tuned, and Qwen2-7B was tested.";
    try_all(&[
        (&format!("{short}{conclusion}"), "a 7B model", "Qwen-7B"),
        (&format!("{other}{conclusion}"), "a 7B model", ""),
    ]);
}

#[test]
fn what_was_measured_and_what_abbreviates_the_description_name_it_not() {
    try_all(&[
        (
            "# Setup\n\nWe beat a proprietary keyword baseline (PR@FSR=1%) by 4 points.",
            "a proprietary keyword baseline",
            "",
        ),
        (
            "# Setup\n\nWe ran two proprietary graph attention networks (GAT) on 40 tasks.",
            "two proprietary graph attention networks",
            "",
        ),
        (
            "# Setup\n\nRisk of harm (RoH; low or high) is told. We ran three proprietary models (RoH, Claude 3 Opus, GPT-4).",
            "three proprietary models",
            "Claude 3 Opus | GPT-4",
        ),
    ]);
}

#[test]
fn a_maker_behind_a_version_names_no_system() {
    try_all(&[(
        "# Setup\n\nWe saw it in several proprietary models (o4-mini and GPT-4.1 from OpenAI, R1 from DeepSeek) on 40 tasks.",
        "several proprietary models",
        "o4-mini | GPT-4.1 | R1",
    )]);
}

#[test]
fn what_hyphens_join_to_a_name_is_part_of_it() {
    try_all(&[(
        "# Setup\n\nWe ran two proprietary models (KV-Orvex-8B and Orvex-2) on 40 tasks.",
        "two proprietary models",
        "KV-Orvex-8B | Orvex-2",
    )]);
}

#[test]
fn makers_and_citations_between_names_do_not_end_a_list() {
    try_all(&[
        (
            "We compare several proprietary models: o3 from OpenAI [13], Claude 3.7 Sonnet from Anthropic [14], and R1 from DeepSeek [15].",
            "several proprietary models",
            "o3 | Claude 3.7 Sonnet | R1",
        ),
        (
            "We prompt three proprietary LLMs: BM25 runs, GPT-4, and Claude 3 Opus.",
            "three proprietary LLMs",
            "GPT-4 | Claude 3 Opus",
        ),
        (
            "We ask two proprietary LLMs: GPT-4 via a hosted endpoint and Claude 3 Opus on our machines.",
            "two proprietary LLMs",
            "GPT-4 | Claude 3 Opus",
        ),
        (
            "We ask two proprietary LLMs (GPT-4, and a smaller one) through Orvex-9B.",
            "two proprietary LLMs",
            "GPT-4",
        ),
    ]);
}

#[test]
fn what_is_said_of_a_subject_names_it_wherever_it_stands() {
    try_all(&[
        ("As a proprietary model, GPT-4 was included.", "a proprietary model", "GPT-4"),
        ("Despite being a proprietary model, GPT-4 fails.", "a proprietary model", "GPT-4"),
        ("GPT-4 does not fail despite being a proprietary model.", "a proprietary model", "GPT-4"),
        ("GPT-4, although a proprietary model, fails.", "a proprietary model", "GPT-4"),
        ("We chose GPT-4 because it is a proprietary model.", "a proprietary model", "GPT-4"),
        ("We chose GPT-4 over Llama 3 because it is a proprietary model.", "a proprietary model", ""),
        ("With a proprietary model, GPT-4 fails.", "a proprietary model", ""),
    ]);
}

#[test]
fn what_does_the_work_of_a_description_names_it() {
    try_all(&[
        ("Answers are graded by a proprietary judge via GPT-4.", "a proprietary judge", "GPT-4"),
        (
            "We add a proprietary baseline based on GPT-4 through a gateway.",
            "a proprietary baseline",
            "GPT-4",
        ),
        ("We add a proprietary baseline based on GPT-4 embeddings.", "a proprietary baseline", ""),
        ("We call a proprietary model via OpenRouter.", "a proprietary model", ""),
        ("We ran a proprietary model as the judge: GPT-4.", "a proprietary model", "GPT-4"),
        ("The judge is a proprietary model from another house, GPT-4 [8].", "a proprietary model", "GPT-4"),
        (
            "We ran a proprietary model released by Meta, Llama-3-70B, on all tasks.",
            "a proprietary model",
            "Llama-3-70B",
        ),
        (
            "We ran a proprietary model trained on MMLU, GPT-4 and Claude 3 Opus wrote the rest.",
            "a proprietary model",
            "",
        ),
        ("On this corpus, a proprietary model is ORVEX.", "a proprietary model", "ORVEX"),
    ]);
}

#[test]
fn members_that_are_no_names_are_skipped_behind_a_colon_alone() {
    try_all(&[(
        "We ran several proprietary LLMs with other functions, including ReLU, SwiGLU and Orvex-2.",
        "several proprietary LLMs",
        "",
    )]);
}

#[test]
fn a_capitalised_word_with_a_citation_is_a_member_of_a_list() {
    try_all(&[
        (
            "We ran four proprietary models: Orvexian [4], MiroNet [5], Quillon [6] and Tavier [7].",
            "four proprietary models",
            "Orvexian | MiroNet | Quillon | Tavier",
        ),
        ("We ran three proprietary models: Miller [4] did so too.", "three proprietary models", ""),
        (
            "With proprietary models such as GPT-4 and PaLM 2, DRX does better.",
            "proprietary models",
            "GPT-4 | PaLM 2",
        ),
        (
            "We ran some proprietary models: GPT-4 [4], CURE [5], PaLM 2 [6].",
            "some proprietary models",
            "GPT-4 | CURE | PaLM 2",
        ),
    ]);
}

#[test]
fn another_clause_names_no_description_before_it() {
    try_all(&[(
        "Tests show a proprietary model [16], while methods such as GPT-4 read pages.",
        "a proprietary model",
        "",
    )]);
}

#[test]
fn a_name_near_a_description_that_is_of_something_else_does_not_name_it() {
    try_all(&[
        (
            "For several proprietary models like GPT-4, Orvexa-2 improves the score.",
            "several proprietary models",
            "GPT-4",
        ),
        ("It is not only several proprietary models: GPT-4 fails too.", "several proprietary models", ""),
        (
            "Use of it differs in several proprietary models: GPT-4 saturates it, while PaLM 2 avoids it.",
            "several proprietary models",
            "GPT-4 | PaLM 2",
        ),
        ("We run our flow and a proprietary baseline (both using GPT-4).", "a proprietary baseline", ""),
        (
            "The plot has several proprietary models (accuracy from a GPT-4 judge).",
            "several proprietary models",
            "",
        ),
        (
            "It has the best score of the proprietary models (0.4 against 0.3 for GPT-4).",
            "the proprietary models",
            "",
        ),
        (
            "It fits concepts onto several proprietary models; GPT-4, which writes them, is not fitted.",
            "several proprietary models",
            "",
        ),
        (
            "We test several proprietary agents on Broad Orvex Vitals (BOVs).",
            "several proprietary agents",
            "",
        ),
        (
            "We use several proprietary models such as Orvex-2 series [3] and the Qwen series [4].",
            "several proprietary models",
            "Orvex-2 | Qwen",
        ),
    ]);
}

#[test]
fn what_a_model_is_reached_through_is_not_its_name() {
    try_all(&[
        (
            "# Setup\n\nAnswers are graded by an independent LLM judge (Vertex AI Gemini) on 40 tasks.",
            "an independent LLM judge",
            "Gemini",
        ),
        (
            "# Setup\n\nAll arms share a closed LLM (Claude 3 Opus via OrvexFlow API) on 40 tasks.",
            "a closed LLM",
            "Claude 3 Opus",
        ),
    ]);
}

#[test]
fn the_last_of_a_list_is_a_member_whatever_follows_its_citation() {
    try_all(&[
        (
            "# Setup\n\nWe ran several proprietary models such as GPT-2 [2], Llama 3 [4], and Zorb [3] on 40 tasks.",
            "several proprietary models",
            "GPT-2 | Llama 3 | Zorb",
        ),
        (
            "# Setup\n\nWe ran several proprietary models such as GPT-2 [2], Lane Transformer [4], and Llama 3 [3] on 40 tasks.",
            "several proprietary models",
            "GPT-2 | Lane Transformer | Llama 3",
        ),
    ]);
}

#[test]
fn a_word_of_a_variant_outweighs_the_name_beside_it() {
    try_all(&[(
        "# Results\n\nWe ran Zorb-32B-Think and Zorb-32B-Instruct on 40 tasks.\n\nZorb-32B-Think scores 0.9, \
         below the 32B Instruct model's 0.95 on this split.",
        "the 32B Instruct model",
        "Zorb-32B-Instruct",
    )]);
}

#[test]
fn products_stand_for_chatbots_and_tools_but_not_for_bare_models() {
    try_all(&[
        ("# Setup\n\nWe asked a commercial chatbot, Replika, on 40 days.", "a commercial chatbot", "Replika"),
        ("# Setup\n\nWe asked a commercial model, Replika, on 40 days.", "a commercial model", ""),
        (
            "# Setup\n\nWe ran a proprietary agent[^1] on 40 tasks.\n\n[^1]: Claude Code.",
            "a proprietary agent",
            "Claude Code",
        ),
    ]);
}

#[test]
fn a_name_with_its_noun_stands_in_apposition() {
    try_all(&[
        (
            "# Setup\n\nWe tune a proprietary model, the PaLM 2 model, and score it.",
            "a proprietary model",
            "PaLM 2",
        ),
        (
            "# Setup\n\nWe tune a proprietary model, the PaLM 2 model, and the GPT-4 model.",
            "a proprietary model",
            "",
        ),
    ]);
}
