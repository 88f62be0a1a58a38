//! Selection of the main file among the files of a project.

use memchr::memmem;

/// A candidate for the main file of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MainFile<'a> {
    /// Its path relative to the top of the project.
    pub path: &'a str,
    /// Its content.
    pub text: &'a [u8],
}

/// Returns whether a LaTeX file is a paper of its own, and not a part that another file includes.
///
/// It has a `\documentclass` outside of comments whose class does not mark a part (`subfiles`, `standalone`,
/// the name of the main file).
pub fn stands_alone(text: &str) -> bool {
    let is_part = |class: &[u8]| matches!(class, b"subfiles" | b"standalone") || class.ends_with(b".tex");
    class_of(text.as_bytes()).is_some_and(|class| !is_part(class))
}

/// Returns the document class of a LaTeX file, if it declares one.
pub fn document_class(text: &str) -> Option<&str> {
    class_of(text.as_bytes()).and_then(|class| std::str::from_utf8(class).ok())
}

/// Returns the name of the class that a file declares.
fn class_of(text: &[u8]) -> Option<&[u8]> {
    for command in [&b"\\documentclass"[..], b"\\documentstyle"] {
        for at in memmem::find_iter(text, command) {
            let line = memchr::memrchr(b'\n', &text[..at]).map_or(0, |newline| newline + 1);
            if is_comment(&text[line..at]) {
                continue;
            }
            let rest = &text[at + command.len()..];
            let open = memchr::memchr(b'{', rest)?;
            let close = memchr::memchr(b'}', &rest[open..])? + open;
            return Some(rest[open + 1..close].trim_ascii());
        }
    }
    None
}

fn is_comment(line: &[u8]) -> bool {
    memchr::memchr_iter(b'%', line).any(|at| at == 0 || line[at - 1] != b'\\')
}

/// Returns the path of the paper among the files of an archive.
///
/// The list that arXiv keeps in `00README` decides. Otherwise it is a file that stands alone; of several,
/// preference goes to one with `\begin{document}`, then to the least deep folder, then to a usual name
/// (`main.tex`, `ms.tex`, `paper.tex`), then to the most text, together with the files that it names. If
/// none stands alone, it is the only LaTeX file.
pub fn main_file<'a>(files: &[MainFile<'a>]) -> Option<&'a str> {
    let named = files.iter().find(|file| file.path.starts_with("00README"));
    if let Some(named) = named.and_then(|list| top_level_file(list.text))
        && let Some(file) = files.iter().find(|file| file.path == named)
    {
        return Some(file.path);
    }
    let latex: Vec<&MainFile<'a>> = files.iter().filter(|file| is_latex(file)).collect();
    let alone = latex.iter().filter(|file| stands_alone(&String::from_utf8_lossy(file.text)));
    let best = alone.max_by_key(|file| {
        let depth = file.path.matches('/').count();
        let has_text = memmem::find(file.text, b"\\begin{document}").is_some();
        let is_usual = matches!(file.path.rsplit('/').next(), Some("main.tex" | "ms.tex" | "paper.tex"));
        (has_text, usize::MAX - depth, is_usual, reach(file, files))
    });
    match (best, &latex[..]) {
        (Some(best), _) => Some(best.path),
        (None, [only]) => Some(only.path),
        _ => None,
    }
}

fn is_latex(file: &MainFile<'_>) -> bool {
    let path = file.path.to_ascii_lowercase();
    // A single paper may come without any ending.
    path.ends_with(".tex") || path.ends_with(".ltx") || path.ends_with(".latex") || !path.contains('.')
}

/// Returns the number of bytes of a file and of the files that it names.
fn reach(file: &MainFile<'_>, files: &[MainFile<'_>]) -> usize {
    let named = files.iter().filter(|other| {
        let name = other.path.rsplit('/').next().unwrap_or(other.path);
        let stem = name.strip_suffix(".tex").unwrap_or(name);
        other.path != file.path && is_latex(other) && memmem::find(file.text, stem.as_bytes()).is_some()
    });
    file.text.len() + named.map(|other| other.text.len()).sum::<usize>()
}

/// Returns the top-level file given by arXiv's `00README`: `main.tex toplevelfile`, or as JSON.
fn top_level_file(list: &[u8]) -> Option<String> {
    let list = String::from_utf8_lossy(list);
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(&list) {
        let sources = json.get("sources")?.as_array()?;
        let top = sources
            .iter()
            .find(|source| source.get("usage").and_then(|usage| usage.as_str()) == Some("toplevel"))?;
        return top.get("filename")?.as_str().map(str::to_string);
    }
    let line = list.lines().find(|line| line.trim_end().ends_with("toplevelfile"))?;
    line.split_whitespace().next().map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_from_papers() {
        assert!(stands_alone("% a\n\\documentclass[11pt]{article}\n"));
        assert!(!stands_alone("\\section{A}"));
        assert!(!stands_alone("  % \\documentclass{article}\n"));
        assert!(!stands_alone("\\documentclass[main.tex]{subfiles}"));
        assert!(!stands_alone("\\documentclass{../main.tex}"));
    }

    fn chosen(files: &[(&'static str, &'static str)]) -> Option<&'static str> {
        let files: Vec<MainFile> =
            files.iter().map(|(path, text)| MainFile { path, text: text.as_bytes() }).collect();
        main_file(&files)
    }

    #[test]
    fn the_paper_is_found_among_its_files() {
        const PAPER: &str = "\\documentclass{article}\\begin{document}\\input{body}\\end{document}";
        const SLIDES: &str = "\\documentclass{beamer}\\begin{document}Hello\\end{document}";
        let long = ("body.tex", "text of the paper, which is longer than the slides");
        assert_eq!(chosen(&[("a.tex", SLIDES), ("b.tex", PAPER), long]), Some("b.tex"));
        assert_eq!(chosen(&[("main.tex", SLIDES), ("b.tex", PAPER), long]), Some("main.tex"));
        assert_eq!(chosen(&[("old/main.tex", PAPER), ("z.tex", SLIDES)]), Some("z.tex"));
        assert_eq!(
            chosen(&[("00README.XXX", "b.tex toplevelfile\n"), ("a.tex", PAPER), ("b.tex", SLIDES)]),
            Some("b.tex")
        );
        let json = r#"{"sources":[{"filename":"x.tex","usage":"toplevel"}]}"#;
        assert_eq!(chosen(&[("00README.json", json), ("a.tex", PAPER), ("x.tex", SLIDES)]), Some("x.tex"));
        assert_eq!(chosen(&[("only.tex", "plain")]), Some("only.tex"));
        assert_eq!(chosen(&[("a.tex", "plain"), ("b.tex", "plain")]), None);
    }
}
