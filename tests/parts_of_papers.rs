//! What is looked for in which part of a paper.
#![allow(clippy::unwrap_used)] // a test that cannot go on may say so

use std::sync::OnceLock;

use byname::Engine;
use byname::catalogue::{Catalogue, Kind};
use byname::document::{
    Document, NoFiles, ReadLimits, read_html, read_latex, read_markdown, read_plain, read_xml,
};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Catalogue::built_in().unwrap()))
}

/// The mentions of a paper, each with its kind and its part.
fn found(document: &Document) -> Vec<(Kind, String, &'static str)> {
    let findings = engine().scan(document);
    let mentions = findings.mentions.iter();
    mentions
        .map(|found| (found.kind, found.span.of(&document.prose).to_string(), found.section.name()))
        .collect()
}

fn names(document: &Document) -> Vec<String> {
    found(document).into_iter().filter(|(kind, ..)| *kind == Kind::Named).map(|(_, name, _)| name).collect()
}

fn latex(text: &str) -> Document {
    read_latex("a.tex", "a.tex", text.into(), &NoFiles, ReadLimits::default()).unwrap().document
}

fn markdown(text: &str) -> Document {
    read_markdown("a.md", text.into())
}

#[test]
fn a_table_gives_names_and_no_description() {
    let rows =
        [("Judge", "a proprietary LLM"), ("Model", "GPT-4o"), ("Grader", "Llama"), ("3.1 70B", "Claude 3")];
    let of_latex: String = rows.iter().map(|(role, cell)| format!("{role} & {cell} \\\\\n")).collect();
    let of_html: String =
        rows.iter().map(|(role, cell)| format!("<tr><td>{role}</td><td>{cell}</td></tr>")).collect();
    let of_markdown: String = rows.iter().map(|(role, cell)| format!("| {role} | {cell} |\n")).collect();
    let html = format!("<body><table>{of_html}</table></body>");
    let jats =
        format!("<article><front/><body><table-wrap><table>{of_html}</table></table-wrap></body></article>");
    let documents = [
        latex(&format!("\\begin{{table}}\\begin{{tabular}}{{ll}}{of_latex}\\end{{tabular}}\\end{{table}}")),
        read_html("a.html", html.into(), ReadLimits::default()).0,
        read_xml("a.xml", jats.into(), ReadLimits::default()).unwrap().0,
        markdown(&format!("| Role | Name |\n|---|---|\n{of_markdown}")),
    ];
    for document in documents {
        let found = found(&document);
        // No name goes over the border of a cell or of a row.
        assert_eq!(names(&document), ["GPT-4o", "Llama", "Claude 3"], "{}", document.prose);
        assert!(found.iter().all(|(kind, _, part)| *kind == Kind::Named && *part == "table"), "{found:?}");
    }
}

#[test]
fn captions_headings_footnotes_listings_and_legends_give_names() {
    let document = latex(
        "\\section{Tests with GPT-4}Text.\\footnote{Graded by Claude 3.}\\begin{figure}\\begin{tikzpicture}\\begin{axis}\
         \\addlegendentry{Gemini 1.5}\\end{axis}\\end{tikzpicture}\\caption{Mistral 7B.}\\end{figure}\n\n\
         \\begin{verbatim}\nmodel=\"gpt-3.5-turbo\" # an in-house model\n\\end{verbatim}",
    );
    assert_eq!(names(&document), ["GPT-4", "Claude 3", "Gemini 1.5", "Mistral 7B", "gpt-3.5-turbo"]);
    assert!(found(&document).iter().all(|(kind, ..)| *kind == Kind::Named));
    let html = "<body><h2>Tests with GPT-4</h2><figure><figcaption>Mistral 7B.</figcaption></figure><p>So<span class=\
                \"ltx_note ltx_role_footnote\">Graded by Claude 3.</span>.</p><pre>call gpt-3.5-turbo</pre></body>";
    let document = read_html("a.html", html.into(), ReadLimits::default()).0;
    assert_eq!(names(&document), ["GPT-4", "Mistral 7B", "Claude 3", "gpt-3.5-turbo"]);
    let jats = "<article><front/><body><sec><title>Tests with GPT-4</title><p>So<fn><p>Graded by Claude 3.</p></fn>.</p>\
                <fig><caption><p>Mistral 7B.</p></caption></fig></sec></body></article>";
    let document = read_xml("a.xml", jats.into(), ReadLimits::default()).unwrap().0;
    assert_eq!(names(&document), ["GPT-4", "Claude 3", "Mistral 7B"]);
}

const ADMITS: &str = "We ran a proprietary large language model and GPT-4.";

#[test]
fn a_checklist_is_never_searched_and_what_follows_it_is() {
    let list = "\\item {\\bf Claims}\\item[] Question: Does the paper use a hosted LLM?\\item[] Answer: \\answerYes{}\
                \\item[] Justification: We grade with a closed LLM, GPT-4.\\footnote{And a closed LLM.}\
                \\item[] Guidelines: Say whether a proprietary model is used.";
    for heading in [
        "\\section*{NeurIPS Paper Checklist}",
        "\\section*{Checklist}",
        "\\section{Reproducibility Checklist}",
        "",
    ] {
        let list = list.repeat(if heading.is_empty() { 4 } else { 1 });
        let document = latex(&format!(
            "\\section{{Results}}{ADMITS}\\appendix{heading}\\begin{{enumerate}}{list}\\end{{enumerate}}\\section{{More}}{ADMITS}"
        ));
        let parts: Vec<_> = found(&document).into_iter().map(|(_, _, part)| part).collect();
        assert_eq!(parts, ["results", "results", "appendix", "appendix"], "{heading}");
    }
    let html = format!(
        "<body><h2>Results</h2><p>{ADMITS}</p><h2>NeurIPS Paper Checklist</h2><p>{ADMITS}</p></body>"
    );
    assert_eq!(found(&read_html("a.html", html.into(), ReadLimits::default()).0).len(), 2);
    let lines = "1. Claims\nQuestion: Is a hosted LLM used?\nAnswer: [Yes]\nJustification: We ran a closed LLM.\nGuidelines:\n\n";
    let plain =
        format!("{}\n\n{ADMITS}\n\nNeurIPS Paper Checklist\n\n{}", "Text.\n".repeat(20), lines.repeat(5));
    assert_eq!(found(&read_plain("a.txt", plain.into())).len(), 2);
}

#[test]
fn headings_tell_the_parts_that_rules_can_ask_for() {
    for (heading, part) in [
        ("1 Introduction", "introduction"),
        ("Preliminaries", "background"),
        ("Our Approach", "method"),
        ("4.1 Experimental Setup", "setup"),
        ("Implementation Details", "setup"),
        ("Hyperparameters", "setup"),
        ("Main Results", "results"),
        ("Threats to Validity", "limitations"),
        ("Ethics Statement", "limitations"),
        ("Conclusion", "conclusion"),
        ("Conclusions and Future Work", "conclusion"),
        ("Outlook", "future-work"),
        ("AI Usage Disclosure", "disclosure"),
        ("The Use of Large Language Models", "disclosure"),
        ("Prompt templates", "examples"),
        ("Extended Related Work", "related-work"),
        ("Whatever else", "body"),
    ] {
        let document = markdown(&format!("# T\n\n## {heading}\n\n{ADMITS}\n"));
        let parts: Vec<_> = found(&document).into_iter().map(|(_, _, part)| part).collect();
        assert!(parts.len() >= 2 && parts.iter().all(|found| *found == part), "{heading}: {parts:?}");
    }
    let nested = markdown(&format!(
        "## Related work\n\n### Language models\n\n{ADMITS}\n\n## Experiments\n\n### Models\n\n{ADMITS}"
    ));
    let parts: Vec<_> = found(&nested).into_iter().map(|(_, _, part)| part).collect();
    assert_eq!(parts[..2], ["related-work"; 2]);
    assert_eq!(parts[parts.len() - 2..], ["setup"; 2]);
}

#[test]
fn markup_labels_code_and_formulas_are_no_mentions() {
    let kinds = |text: &str| found(&latex(text)).into_iter().map(|(_, text, _)| text).collect::<Vec<_>>();
    let spelled = "We built LIA, \\textbf{L}ogic with \\textbf{I}nternal \\textbf{A}gents, and ran it.";
    assert!(!kinds(spelled).iter().any(|text| text.contains("Agents")));
    for text in [
        "Each Group~A frontier reasoning model was run twice.",
        "We score it with \\texttt{A\\_baseline\\_soft\\_judge} here.",
        "The lom.agc.gov.my dataset was read.",
    ] {
        let found = kinds(text);
        assert!(
            !found.iter().any(|text| text.starts_with("A ") || text.contains('_') || text == "my dataset"),
            "{found:?}"
        );
    }
    let formulas = "The model $\\pi$ is trained. The model $\\pi$ wins, the policy model $\\pi_\\theta$ and the $\\beta$ model lose.";
    assert!(!kinds(formulas).iter().any(|text| text.starts_with('\\')), "{:?}", kinds(formulas));
}

#[test]
fn template_affiliations_of_a_paper_are_dropped() {
    let mut document = latex(
        "\\documentclass{article}\\author{Ada Byron \\\\ Affiliation / Address line 1 \\\\ \\texttt{a@gmail.com} \\And Ben Okri \\\\ \
         Google Research}\\begin{document}\\maketitle Text.\\end{document}",
    );
    engine().drop_placeholders(&mut document);
    assert_eq!(document.organisations, ["Google Research"]);
}
