//! Tests of how sets come to their members: lists, rows and columns of tables.

use super::{ENGINE, names, read, try_all};
use crate::detect::Way;
use crate::document::{NoFiles, ReadLimits, read_latex};

#[test]
fn sets_are_filled_by_lists_of_as_many() {
    try_all(&[
        (
            "We score 90 answers with two judges. Texts are embedded with all-mpnet-base-v2. The judges are Claude 3 Opus and GPT-4.",
            "two judges",
            "Claude 3 Opus | GPT-4",
        ),
        ("We evaluate 29 models on 40 tasks. As the grader we use Claude 3.5 Sonnet.", "29 models", ""),
        (
            "# Intro\n\nThe 900 letters were graded by an LLM judge.\n\n# Details\n\nAs the judge, we use GPT-4.",
            "an LLM judge",
            "GPT-4",
        ),
        (
            "# Intro\n\nWe evaluate three models on 40 tasks.\n\n# Set-up\n\n**Models.** We evaluate GPT-4, Claude 3 Opus and Llama 3.\n\n**Judge.** PaLM 2 grades.",
            "three models",
            "GPT-4 | Claude 3 Opus | Llama 3",
        ),
    ]);
}

#[test]
fn tables_fill_sets_and_roles() {
    try_all(&[
        (
            "# Intro\n\nWe evaluate three models on 40 tasks.\n\n# Results\n\n| Model | Score |\n|---|---|\n| GPT-4 | 71 |\n| Claude 3 Opus | 69 |\n| Llama 3 | 60 |\n",
            "three models",
            "GPT-4 | Claude 3 Opus | Llama 3",
        ),
        (
            "# Intro\n\nThe 900 letters were graded by an LLM judge.\n\n# Details\n\n| Part | System |\n|---|---|\n| Judge | GPT-4 |\n| Seeds | 3 |\n",
            "an LLM judge",
            "GPT-4",
        ),
    ]);
}

#[test]
fn sets_are_not_told_by_one_name_nor_by_what_this_paper_names_for_itself() {
    try_all(&[
        (
            "# Method\n\nWe ran 40 tasks on three base models.\n\n# Details\n\nThe base model is Llama 3.",
            "three base models",
            "",
        ),
        (
            "# Related work\n\nMiller (2026) reports 40 runs of three proprietary models.\n\n# Method\n\nWe ran three proprietary models: GPT-4, Claude 3 Opus and PaLM 2.",
            "three proprietary models",
            "",
        ),
    ]);
}

#[test]
fn a_maker_behind_a_name_is_no_member_of_its_row() {
    try_all(&[(
        "The 90 runs covered three models: GPT-4 from OpenAI; LaMDA from Google; Llama 3 by Meta.",
        "three models",
        "GPT-4 | LaMDA | Llama 3",
    )]);
}

#[test]
fn a_column_of_models_behind_that_of_their_families_fills_a_set() {
    let rows = [
        "Llama | Llama-3.1-8B",
        "Llama | Llama-3.1-70B",
        "Qwen | Qwen2.5-7B",
        "Qwen | Qwen2.5-14B",
        "Qwen | Qwen2.5-32B",
        "Gemma | Gemma 2 9B",
        "Mistral | Mistral 7B",
    ];
    let table: String = rows.iter().map(|row| format!("| {row} | 71 |\n")).collect();
    let text = format!(
        "# Intro\n\nWe evaluate seven language models on 40 tasks.\n\n# Results\n\n\
         | Family | Model | Score |\n|---|---|---|\n{table}"
    );
    assert_eq!(
        names(&text, "seven language models"),
        "Llama-3.1-8B | Llama-3.1-70B | Qwen2.5-7B | Qwen2.5-14B | Qwen2.5-32B | Gemma 2 9B | Mistral 7B"
    );
}

#[test]
fn names_that_leave_out_what_they_share_fill_a_set() {
    try_all(&[
        (
            "We ran four closed models (GPT-4o-mini/4o/4.1, Gemini-2.5-Flash) on 30 tasks.",
            "four closed models",
            "GPT-4o-mini | GPT-4o | GPT-4.1 | Gemini-2.5-Flash",
        ),
        (
            "We ran five coding agents (Claude Code, Codex, Brimble, GPT-4o, Gemini) on 30 tasks.",
            "five coding agents",
            "Claude Code | Codex | Brimble | GPT-4o | Gemini",
        ),
    ]);
}

#[test]
fn a_table_of_as_many_rows_fills_a_set_though_not_all_its_names_are_known() {
    let rows = ["GPT-4", "Claude 3 Opus", "Llama 3", "PaLM 2", "Gemma 2", "Mistral 7B", "the first one"];
    let table: String = rows.iter().map(|row| format!("| {row} | 71 |\n")).collect();
    let text = format!(
        "# Intro\n\nWe evaluate seven widely used models on 40 tasks.\n\n# Results\n\n| Model | Score |\n|---|---|\n{table}"
    );
    assert_eq!(
        names(&text, "seven widely used models"),
        "GPT-4 | Claude 3 Opus | Llama 3 | PaLM 2 | Gemma 2 | Mistral 7B"
    );
    let (_, mentions) = read(&text);
    let naming = mentions.iter().find_map(|mention| mention.naming.as_ref()).unwrap();
    assert!(naming.partial);
}

#[test]
fn who_also_plays_a_part_makes_the_number_of_a_set_whole() {
    let text = |count: &str| {
        format!(
            "# Intro\n\nWe evaluate {count} models on 40 tasks. The judge is GPT-4.\n\n# Results\n\n\
             | Model | Score |\n|---|---|\n| GPT-4 | 71 |\n| Claude 3 Opus | 69 |\n| Llama 3 | 60 |\n"
        )
    };
    assert_eq!(names(&text("three"), "three models"), "GPT-4 | Claude 3 Opus | Llama 3");
    assert_eq!(names(&text("two"), "two models"), "Claude 3 Opus | Llama 3");
}

#[test]
fn names_that_only_the_table_of_the_models_knows_fill_a_set() {
    let rows = ["GPT-4", "TamarVL-8B", "Llama 3", "LunVU (ours)", "Gemma 2", "KesLM"];
    let table: String = rows.iter().map(|row| format!("| {row} | 71 |\n")).collect();
    let text = format!(
        "# Intro\n\nWe evaluate six widely used models on 40 tasks.\n\n# Results\n\n| Model | Score |\n|---|---|\n{table}"
    );
    assert_eq!(
        names(&text, "six widely used models"),
        "GPT-4 | TamarVL-8B | Llama 3 | LunVU | Gemma 2 | KesLM"
    );
}

#[test]
fn a_short_form_of_a_name_is_that_name() {
    try_all(&[(
        "We ran Claude 3 Opus on 40 tasks. Two models disagree often: Opus and GPT-4.",
        "Two models",
        "Claude 3 Opus | GPT-4",
    )]);
}

#[test]
fn names_that_stand_far_behind_a_set_in_one_endless_paragraph_are_not_its_members() {
    let filler = "GPT-4 answered all 40 of them. ".repeat(20);
    let text =
        format!("We ran two proprietary models on 40 tasks. {filler}Claude 3 Opus and PaLM 2 did well.");
    assert_eq!(names(&text, "two proprietary models"), "");
}

#[test]
fn a_set_of_families_is_not_filled_by_members_of_fewer() {
    try_all(&[
        (
            "# Method\n\nWe ran two proprietary model families.\n\n# Models\n\nThe proprietary models are GPT-4 and GPT-4o.",
            "two proprietary model families",
            "",
        ),
        (
            "# Method\n\nWe ran two proprietary model families.\n\n# Models\n\nThe proprietary models are GPT-4 and Claude 3 Opus.",
            "two proprietary model families",
            "GPT-4 | Claude 3 Opus",
        ),
    ]);
}

#[test]
fn one_player_of_a_role_does_not_fill_a_set() {
    try_all(&[(
        "# Method\n\nWe compare several proprietary retrievers. The retriever of our system is Orvex-2.",
        "several proprietary retrievers",
        "",
    )]);
}

#[test]
fn the_items_of_the_list_that_a_set_leads_to_are_its_members() {
    let items = "# Reasoning\n\nWe ran two proprietary models with long answers:\n\n- `openai/gpt-5.2` over an API\n- `acme/Orvex-4-70B` on our machines\n\nBefore, we used Llama 3.1 70B and Llama 3.3 70B.";
    try_all(&[
        (items, "two proprietary models", "gpt-5.2 | Orvex-4-70B"),
        (&items.replace("two", "nine"), "nine proprietary models", ""),
    ]);
}

#[test]
fn members_of_a_counted_list_are_names_however_they_are_written() {
    try_all(&[
        (
            "We compare four retrievers (BM25, One-hot, Mem0, ColBERT) on our questions.",
            "four retrievers",
            "BM25 | One-hot | Mem0 | ColBERT",
        ),
        (
            "We try three retrievers: BM25, DPR, and ColBERT v2. Each gives ten passages.",
            "three retrievers",
            "BM25 | DPR | ColBERT v2",
        ),
        ("We try five retrievers: BM25, DPR, and ColBERT v2.", "five retrievers", "DPR | ColBERT v2"),
    ]);
}

#[test]
fn a_list_of_those_that_play_roles_fills_a_set_of_as_many() {
    try_all(&[(
        "# Intro\n\nWe evaluate three models on 40 tasks.\n\n# Set-up\n\nModels under test are GPT-4, Claude 3 Opus, and PaLM 2. The judge is GPT-4, and the generator is Claude 3 Opus.",
        "three models",
        "GPT-4 | Claude 3 Opus | PaLM 2",
    )]);
}

#[test]
fn a_part_that_is_described_by_itself_is_not_the_whole_set() {
    let paper = "# Results\n\nCost did not follow accuracy across several proprietary models. Of these, two open-weight models (GLM-4.6 and Qwen3-32B) were cheap.";
    try_all(&[
        (paper, "several proprietary models", ""),
        (paper, "two open-weight models", "GLM-4.6 | Qwen3-32B"),
    ]);
}

#[test]
fn sets_of_families_get_the_members_that_another_place_gives() {
    try_all(&[(
        "# Intro\n\nResults were mixed for two proprietary models (Gemini: up by 3; GPT: down).\n\n# Set-up\n\nWe ran two API models, Gemini 3 Flash and GPT-5 mini.",
        "two proprietary models",
        "Gemini 3 Flash | GPT-5 mini",
    )]);
}

#[test]
fn variants_of_one_system_are_two_members() {
    try_all(&[(
        "The proprietary models are Flan-T5-Base and Flan-T5-Large.",
        "The proprietary models",
        "Flan-T5-Base | Flan-T5-Large",
    )]);
}

#[test]
fn a_statement_on_the_use_of_ai_names_what_it_speaks_of_in_general() {
    let statement = "# Use of AI\n\nWe polished the text with AI-based tools (mostly ChatGPT, Claude, and Gemini). All of it was checked. Writing of code was also assisted by AI tools.";
    try_all(&[
        (statement, "AI tools", "ChatGPT | Claude | Gemini"),
        (&statement.replace(" (mostly ChatGPT, Claude, and Gemini)", ""), "AI tools", ""),
        (
            "# Use of AI\n\nThis work made use of ChatGPT in writing. The author checked all content produced with LLM assistance.",
            "LLM assistance",
            "ChatGPT",
        ),
    ]);
}

#[test]
fn parts_that_are_described_by_themselves_make_up_a_set_that_counts_them() {
    let paper = "# Intro\n\nGPT-4 is one judge, PaLM 2 another.\n\n# Judges\n\nWe use four judges. Two API judges are GPT-4 and PaLM 2. The others form a ladder, Qwen2.5-7B/14B, on our machines.";
    try_all(&[(paper, "four judges", "GPT-4 | PaLM 2 | Qwen2.5-7B | Qwen2.5-14B")]);
}

#[test]
fn members_that_follow_one_by_one_come_before_lists_further_away() {
    let paper = "# Results\n\nGPT-4 and Claude 3 Opus lead.\n\nTwo proprietary models fail. PaLM 2 does so early; the older Gopher does so late.";
    try_all(&[(paper, "Two proprietary models", "PaLM 2 | Gopher")]);
}

#[test]
fn a_family_that_a_set_counts_stands_for_its_members() {
    let paper = "# Set-up\n\nWe ran Claude Haiku 4.5, GPT-4o and Claude Sonnet 4.6.\n\n# Results\n\nThe score of the two proprietary Claude models is low.";
    try_all(&[(paper, "the two proprietary Claude models", "Claude Haiku 4.5 | Claude Sonnet 4.6")]);
}

#[test]
fn sizes_in_brackets_are_members_of_a_set_that_counts_them() {
    try_all(&[(
        "We evaluate five models of three lines: Qwen2.5 (0.5B, 3B), Gemma-2 (2B, 9B), and Mistral-7B.",
        "five models",
        "Qwen2.5 0.5B | Qwen2.5 3B | Gemma-2 2B | Gemma-2 9B | Mistral-7B",
    )]);
}

#[test]
fn lists_go_on_behind_brackets_in_brackets_purposes_and_other_sizes() {
    try_all(&[
        (
            "We evaluate three models: GPT-4 (the model of the first study (2023)), Claude 3 Opus and PaLM 2.",
            "three models",
            "GPT-4 | Claude 3 Opus | PaLM 2",
        ),
        (
            "We evaluate two open models, Llama 3 [4] for letters and Mistral 7B [5] for maps, on 90 tasks.",
            "two open models",
            "Llama 3 | Mistral 7B",
        ),
        (
            "We evaluate three models: GPT-4, Pythia-70M, and Pythia-160M.",
            "three models",
            "GPT-4 | Pythia-70M | Pythia-160M",
        ),
    ]);
}

#[test]
fn what_a_colon_lists_belongs_to_the_counted_noun_before_it() {
    try_all(&[(
        "We used a closed model for two genes: GPT-4 and Claude 3 are their names.",
        "a closed model",
        "",
    )]);
}

#[test]
fn of_works_cited_behind_a_set_those_that_are_known_are_some() {
    let text = r"\section{Intro} We ran several open models \cite{one,two} on 40 tasks, and LLaMA alone on the rest.
\begin{thebibliography}{9}
\bibitem{one} H. Touvron. Open models. arXiv:2302.13971, 2023.
\bibitem{two} A. Miller. Letters of another kind. 2024.
\end{thebibliography}";
    let bytes = text.as_bytes().to_vec();
    let document = read_latex("p.tex", "p.tex", bytes, &NoFiles, ReadLimits::default()).unwrap().document;
    let mentions = ENGINE.detect(&document).mentions;
    let set = mentions.iter().find(|mention| mention.span.of(&document.prose) == "several open models");
    let naming = set.and_then(|set| set.naming.as_ref()).map(|naming| (naming.way, naming.partial));
    assert_eq!(naming, Some((Way::Citation, true)));
}

#[test]
fn what_a_clause_tells_of_others_takes_no_member_from_a_counted_set() {
    try_all(&[(
        "# Method\n\nWe evaluate three models: GPT-4, Claude 3 Opus and Llama 3.\n\n# Results\n\nTwo of three models agree with the open one and with each proprietary one.",
        "three models",
        "GPT-4 | Claude 3 Opus | Llama 3",
    )]);
}

#[test]
fn a_set_has_the_whole_row_before_its_copula() {
    try_all(&[(
        "GPT-4, Llama 3 and PaLM 2 are the three LLMs that we evaluate.",
        "the three LLMs",
        "GPT-4 | Llama 3 | PaLM 2",
    )]);
}

#[test]
fn an_abstract_by_itself_names_some_of_a_large_set() {
    let text = "We evaluate 12 proprietary models on 400 items. GPT-4 and Claude 3 do best.";
    assert_eq!(super::names(text, "12 proprietary models"), "GPT-4 | Claude 3");
    assert_eq!(
        super::names(&format!("# Method\n\n{text}"), "12 proprietary models"),
        "",
        "a paper has a list elsewhere"
    );
    let one = "We evaluate 12 proprietary models on 400 items. GPT-4 does best.";
    assert_eq!(super::names(one, "12 proprietary models"), "", "one may be anything");
}
