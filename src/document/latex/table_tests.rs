//! Tests of reading tables, listings and drawings.

use super::*;
use crate::document::reader_promises::assert_kept;
use crate::document::{ByteSpan, SectionKind};

fn read(text: &str) -> Document {
    let paper = read_latex("a.tex", "a.tex", text.into(), &NoFiles, ReadLimits::default()).unwrap();
    assert_eq!(paper.error, None);
    assert_kept(&paper.document, text.as_bytes());
    paper.document
}

/// Returns the lines of each table.
fn tables(text: &str) -> Vec<Vec<String>> {
    let document = read(text);
    let tables = document.sections.iter().filter(|section| section.kind == SectionKind::Table);
    tables.map(|table| table.span.of(&document.prose).lines().map(str::to_string).collect()).collect()
}

#[test]
fn a_table_has_a_row_a_line_and_a_mark_between_cells() {
    let table = r"\begin{tabular}[t]{l|cc}\toprule
        Role & \multicolumn{2}{c}{Score (\%)} \\ \cmidrule(lr){2-3} & \textbf{A}~1 & B \& C\\[2pt]
        \midrule \rowcolor{gray!10} \multirow{2}{*}{Judge} & Foo-9 & $3.1_{\pm 2}$ \\
        & \makecell[l]{Bar\\9} & \begin{tabular}{@{}c@{}}x\\y\end{tabular} \tabularnewline
        \hline \multicolumn{3}{c}{\textit{Closed}} \\ Zed\textsuperscript{a} & & 7 \\ \bottomrule\end{tabular}";
    assert_eq!(
        tables(table),
        [[
            "Role | Score (%)",
            "| A 1 | B & C",
            "Judge | Foo-9 | $3.1_{\\pm 2}$",
            "| Bar 9 | x y",
            "Closed",
            "Zed | | 7"
        ]]
    );
}

#[test]
fn what_a_wide_cell_takes_up_stays_empty() {
    assert_eq!(
        tables(r"\begin{tabular}{lll}\multicolumn{2}{c}{A} & B \\ C & D & E\end{tabular}"),
        [["A | | B", "C | D | E"]]
    );
}

#[test]
fn all_kinds_of_tables_are_read() {
    for (begin, name) in [
        ("tabularx}{\\textwidth}{lX}", "tabularx"),
        ("tabular*}{\\textwidth}[t]{ll}", "tabular*"),
        ("tabulary}{\\textwidth}{ll}", "tabulary"),
        ("longtable}[c]{ll}", "longtable"),
        ("tabu} to \\linewidth {ll}", "tabu"),
        ("tblr}{colspec={ll}}", "tblr"),
    ] {
        let text = format!("\\begin{{{begin} a & b \\\\ c & d \\end{{{name}}}");
        assert_eq!(tables(&text), [["a | b", "c | d"]], "{name}");
    }
}

#[test]
fn a_table_stands_behind_the_paragraph_that_it_interrupts() {
    let text = "One\n\\begin{table}\\caption{Told.}\\begin{threeparttable}\\begin{tabular}{l}a\\footnote{Noted.}\\end{tabular}\
                \\begin{tablenotes}\\item[a] By Foo.\\item Two\\end{tablenotes}\\end{threeparttable}\\end{table}\nsentence.\n\nNext.";
    let document = read(text);
    assert_eq!(document.prose, "One\nsentence.\n\nTold.\n\na\n\nNoted.\n\na By Foo.\nTwo\n\nNext.");
    let kinds: Vec<_> =
        document.sections.iter().map(|part| (part.kind.name(), part.span.of(&document.prose))).collect();
    assert_eq!(
        kinds,
        [("caption", "Told."), ("table", "a"), ("footnote", "Noted."), ("table", "a By Foo.\nTwo")]
    );
    let long = read("\\begin{longtable}{l}\\caption{Told.}\\\\ \\endhead a \\\\ b\\end{longtable}End.");
    assert_eq!(long.prose, "End.\n\na\nb\n\nTold.");
}

#[test]
fn a_table_in_a_file_of_its_own_leads_back_to_it() {
    let members =
        Members([("t.tex".to_string(), b"\\begin{tabular}{l}Foo-9 & x\\end{tabular}".to_vec())].into());
    let paper =
        read_latex("a.tex", "a.tex", "\\input{t} So.".into(), &members, ReadLimits::default()).unwrap();
    let document = paper.document;
    let at = document.prose.find("Foo-9").unwrap();
    let places = crate::document::Places::new(&document);
    assert_eq!(places.of(ByteSpan::new(at, at + 5)).file, Some("t.tex"));
}

#[test]
fn listings_are_parts_and_comments_are_none() {
    let document = read(
        "See\n\\begin{lstlisting}[language=Python,\n caption={x}]\ncall(\"foo-9\")\n\n  {1}\n\\end{lstlisting}\nand\n\
         \\begin{minted}[a]{json}\n{\"b\": 1}\n\\end{minted}\\begin{comment}gone\\end{comment}",
    );
    assert_eq!(document.prose, "See\n\ncall(\"foo-9\")\n\n  {1}\n\nand\n\n{\"b\": 1}");
    let verbatim = document.sections.iter().filter(|section| section.kind == SectionKind::Verbatim);
    assert_eq!(verbatim.count(), 2);
}

#[test]
fn legends_of_drawings_are_read() {
    assert_eq!(
        tables(
            "\\begin{figure}\\begin{tikzpicture}\\begin{axis}[ybar, legend entries={Foo-9, Bar}, x=1,\n symbolic x coords={Zed}]\
             \\addplot {x};\\addlegendentry{\\textbf{Qux} 7B}\\node{no};\\end{axis}\\end{tikzpicture}\\caption{C.}\\end{figure}"
        ),
        [["Foo-9, Bar"], ["Zed"], ["Qux 7B"]]
    );
    assert_eq!(read("A \\legend{word}.").prose, "A word.");
}

#[test]
fn a_table_of_many_rows_is_read_in_time() {
    let rows = "a & \\multicolumn{200}{c}{b} & c \\\\\n".repeat(20_000);
    let document = read(&format!("\\begin{{tabular}}{{l}}{rows}\\end{{tabular}}"));
    assert_eq!(document.prose.lines().count(), 20_000);
}

proptest::proptest! {
    #[test]
    fn any_table_leads_back_to_its_source(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "a ", "&", "\\\\", "\\begin{tabular}{l}", "\\end{tabular}", "\\multicolumn{2}{c}{", "}", "{", "\n\n", "$x$",
                "\\footnote{n}", "\\caption{c}", "\\begin{table}", "\\end{table}", "\\begin{longtable}{l}",
                "\\end{longtable}", "\\item", "\\hline", "\\begin{verbatim} v\n\\end{verbatim}", "é",
            ]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        let paper = read_latex("a.tex", "a.tex", text.clone().into(), &NoFiles, ReadLimits::default()).unwrap();
        assert_kept(&paper.document, text.as_bytes());
    }
}

#[test]
fn the_words_that_an_acronym_is_made_of_are_marked() {
    let marked = |text: &str| {
        let document = read(text);
        let spans = document.expansions.iter();
        spans.map(|span| span.of(&document.prose).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        marked(
            "So \\citet{k} call it \\textbf{L}ogic with {\\bf I}nternal \\underline{\\textbf{A}}gents and more."
        ),
        ["Logic with Internal Agents"]
    );
    assert_eq!(
        marked("\\textbf{L}ogic alone, \\textbf{W}ords and \\textbf{much} of it."),
        Vec::<String>::new()
    );
    assert_eq!(marked("A \\textbf{Model} and \\textbf{x}y \\textbf{A}B."), Vec::<String>::new());
}
