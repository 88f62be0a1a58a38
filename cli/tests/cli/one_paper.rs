//! `text` and `explain` accept a folder that holds one paper.

use crate::support::Folder;

const MAIN: &str = "\\documentclass{article}\\begin{document}We asked a large language model. \
                    \\input{part}\\end{document}";

fn project() -> Folder {
    Folder::new()
        .with("p/main.tex", MAIN)
        .with("p/part.tex", "It answered.")
        .with("p/unused.tex", "Nobody asked.")
        .with("p/README.md", "# How to build")
        .with("p/slides.tex", "\\documentclass{beamer}")
        .with("p/results.jsonl", "{\"score\": 1}\n")
        .with("p/notes/ideas.md", "# Ideas")
}

#[test]
fn the_one_latex_paper_of_a_folder_is_meant() {
    let folder = project();
    let run = folder.byname(&["text", "p"]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (Some(0), "We asked a large language model. It answered.\n")
    );
    let run = folder.byname(&["explain", "p"]);
    assert!(run.status == Some(0) && run.stdout.contains("p/main.tex"), "{}{}", run.stdout, run.stderr);
    let folder = folder.with("p/more/essay.md", "# Introduction\n\nAn essay.");
    assert_eq!(folder.byname(&["text", "p"]).status, Some(0));
}

#[test]
fn of_several_papers_all_are_named_to_choose_from() {
    let folder = project().with("p/second.tex", MAIN);
    for command in ["text", "explain"] {
        let run = folder.byname(&[command, "p"]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
        let message = "error: p holds 2 papers\n help: give one of them: p/main.tex, p/second.tex\n";
        assert_eq!(run.stderr, message);
    }
}
