//! How the names of a description are spelled, and which of several are its names.

use super::try_all;

#[test]
fn a_short_form_is_written_out_where_the_paper_has_one_full_name() {
    let set = "# Setup\n\nWe ran three proprietary models: Gemini Flash, GPT-4o and Claude Opus 4.";
    let far = "\n\n# Results\n\nAll three proprietary models gained 4 points.";
    let full = format!("{set} Gemini 2.5 Flash was slow.{far}");
    let unclear = format!("{set} Gemini 2.5 Flash and Gemini 1.5 Flash were slow.{far}");
    let family = "# Setup\n\nWe ran two proprietary models: Gemini and GPT-4o. Gemini 2.5 was slow.\n\n# Results\n\nBoth proprietary models gained 4 points.";
    try_all(&[
        (family, "Both proprietary models", "Gemini | GPT-4o"),
        (&full, "All three proprietary models", "GPT-4o | Claude Opus 4 | Gemini 2.5 Flash"),
        (&unclear, "All three proprietary models", "Gemini Flash | GPT-4o | Claude Opus 4"),
        (&full, "three proprietary models", "Gemini Flash | GPT-4o | Claude Opus 4"),
    ]);
}

#[test]
fn one_description_does_not_share_a_role_that_two_systems_play() {
    let judges = "# Setup\n\nThe judges are GPT-4o and Claude Opus 4.";
    let one = format!("{judges} The 40 answers were scored by a strict LLM judge.");
    let both = format!("{judges} Later, two proprietary judges read 40 answers.");
    try_all(&[(&one, "a strict LLM judge", ""), (&both, "two proprietary judges", "GPT-4o | Claude Opus 4")]);
}

#[test]
fn a_set_has_every_name_of_the_row_that_is_its_own() {
    let text =
        "# Setup\n\nWe ran Qwen2.5-VL-3B/7B/32B and Qwen3-VL-8B, our four proprietary models, on 40 tasks.";
    let ranked = "# Setup\n\nWe ran several proprietary models (GPT-4o > GPT-4 > GPT-3.5) on 40 tasks.";
    let denied = "# Setup\n\nWe ran several proprietary models (not Llama 3 itself) on 40 tasks.";
    try_all(&[
        (text, "our four proprietary models", "Qwen2.5-VL-3B | Qwen2.5-VL-7B | Qwen2.5-VL-32B | Qwen3-VL-8B"),
        (ranked, "several proprietary models", "GPT-4o | GPT-4 | GPT-3.5"),
        (denied, "several proprietary models", ""),
    ]);
}

#[test]
fn a_data_set_with_a_size_in_its_name_names_no_model() {
    let text = "# Setup\n\nWe ran a proprietary backbone (SAM 2, pretrained on SA-1B masks) on 40 scans.";
    let made_of_it = "# Setup\n\nWe ran two open models (NLLB-200-3.3B, MADLAD-400-3B-MT) on 40 texts.";
    try_all(&[
        (text, "a proprietary backbone", "SAM 2"),
        (made_of_it, "two open models", "NLLB-200-3.3B | MADLAD-400-3B-MT"),
    ]);
}
