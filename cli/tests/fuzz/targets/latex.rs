//! LaTeX: one file, and a project of several.

use std::collections::BTreeMap;

use byname::collection::Format;
use byname::document::{Missing, ProjectFiles, read_latex};

use super::{limits, one_paper, target};
use crate::driver::Target;
use crate::promises::{Source, check, check_error};
use crate::seeds::{files, with};

const TEX: &[&str] = &[
    "\\begin{document}",
    "\\end{document}",
    "\\begin{",
    "\\end{",
    "{",
    "}",
    "[",
    "]",
    "\\section{",
    "\\footnote{",
    "\\footnote[",
    "\\caption{",
    "\\input{a}",
    "\\include{b}",
    "\\bibliography{b}",
    "\\cite{",
    "\\newcommand{\\x}[2][d]{#1#2}",
    "\\def\\x#1.#2{",
    "\\x",
    "#1",
    "##",
    "\\newenvironment{",
    "\\let\\x\\y",
    "\\if",
    "\\ifx",
    "\\else",
    "\\fi",
    "\\iftoggle{",
    "\\newif\\ifx",
    "\\xtrue",
    "$",
    "$$",
    "\\(",
    "\\[",
    "\\]",
    "%",
    "\n\n",
    "\\\\",
    "&",
    "~",
    "\\verb|",
    "\\begin{verbatim}\n",
    "\\end{verbatim}",
    "\\begin{tabular}{l}",
    "\\item",
    "\\author{",
    "\\and",
    "\\thanks{",
    "\\twocolumn[",
    "\\begin{comment}",
    "\\NewDocumentCommand{\\x}{som}{",
    "\\IfBooleanTF#1{",
    "\\DIFdel{",
    "\\begin{filecontents}{b.tex}\n",
    "\\newacronym{a}{b}{c}",
    "\\gls{a}",
    "\\tikz[",
    "\\csname x\\endcsname",
    "\\expandafter",
    "\\^",
    "\\'e",
    "\\multicolumn{2}{c}{",
    "\\InputIfFileExists{a}{",
    "^^M",
    "\\makeatletter",
    "\\x@y",
    "\\bibitem{",
    "\\begin{thebibliography}{9}",
];

pub(super) const OWN_TEX: &[&str] = &[
    "\\documentclass{article}\\newcommand{\\sys}[2][GPT-4]{#1 and #2}\\begin{document}\\title{On models}\\author{A. Byron\\thanks{x}}\
     \\maketitle We ran \\sys{a large language model}, \\sys[Claude 3]{x}.\\footnote{A proprietary LLM.} $\\pi$\\cite{a}\
     \\begin{table}\\begin{tabular}{ll}Model & \\multicolumn{1}{l}{GPT-4}\\\\\\end{tabular}\\caption{T}\\end{table}\
     \\begin{thebibliography}{9}\\bibitem{a} A. Byron. GPT-4. 2023.\\end{thebibliography}\\end{document}",
    "\\newtoggle{x}\\toggletrue{x}\\iftoggle{x}{a secret chatbot}{GPT-4}\\ifx\\a\\b GPT\\else LLM\\fi\\NewDocumentCommand{\\m}{som}{\\IfBooleanTF\
     {#1}{\\IfValueTF{#2}{#2}{x}}{#3}}\\m*[b]{c}\\def\\q#1.#2!{#2#1}\\q a.b!\\DIFdelbegin\\DIFdel{old}\\DIFdelend\\verb|x|\\begin{verbatim}\ny\n\\end{verbatim}",
];

pub fn latex() -> Target {
    target("latex", with(files("examples/papers/whole", ".tex"), OWN_TEX), TEX, |bytes| {
        one_paper(Format::Latex, bytes, Source::File(bytes));
    })
}

/// Separator between the three files of a project in one input.
const PART: u8 = 0x1E;

#[derive(Debug)]
struct Project(BTreeMap<&'static str, Vec<u8>>);

impl ProjectFiles for Project {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing> {
        let bytes = self.0.get(path).ok_or(Missing::NotFound)?;
        Ok(bytes[..bytes.len().min(limit)].to_vec())
    }
}

pub fn latex_project() -> Target {
    let own = "\\documentclass{article}\\begin{document}\\input{a}\\input{\"a\"}\\cite{k,l}\\bibliography{b}\\end{document}\u{1E}\\section{A}We \
               ran a model.\\input{main}\u{1E}@string{x = \"Y\"}\n@article{k, title = {On {GPT}-4}, author = \"Byron, A. and B\", year = 2023 # \
               x}\n@comment{z}@misc(l, eprint={2301.00001})";
    let mut seeds = with(Vec::new(), &[own]);
    for bytes in files("examples/papers/whole", ".bib").into_iter().take(3) {
        let mut whole = own.as_bytes().to_vec();
        whole.extend(bytes.into_iter().take(2000));
        seeds.push(whole);
    }
    let tokens = &[
        "\u{1E}",
        "@",
        "@article{",
        "{",
        "}",
        "\"",
        "#",
        ",",
        "=",
        "\\input{",
        "\\input{a}",
        "\\bibliography{b}",
        "\\cite{k}",
        "author",
        " and ",
    ];
    target("latex_project", seeds, tokens, |bytes| {
        let mut parts = bytes.splitn(3, |byte| *byte == PART).map(<[u8]>::to_vec);
        let main = parts.next().unwrap_or_default();
        let (a, b) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let files = Project(BTreeMap::from([
            ("main.tex", main.clone()),
            ("a.tex", a),
            ("b.bib", b.clone()),
            ("main.bbl", b),
        ]));
        match read_latex("a", "main.tex", main, &files, limits()) {
            Ok(paper) => check(&paper.document, Source::Other),
            Err(error) => check_error(&error),
        }
    })
}
