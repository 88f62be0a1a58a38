//! Tests of reading the tables and listings of HTML and XML.

use crate::document::reader_promises::assert_kept;
use crate::document::{Document, ReadLimits, read_html, read_xml};

fn page(inner: &str) -> Document {
    let source = format!("<body><p>One</p>{inner}<p>Two</p></body>");
    let (document, _) = read_html("a.html", source.clone().into_bytes(), ReadLimits::default());
    assert_kept(&document, source.as_bytes());
    document
}

fn article(inner: &str) -> Document {
    let (document, fault) = read_xml("a.xml", inner.as_bytes().to_vec(), ReadLimits::default()).unwrap();
    assert_eq!(fault, None);
    assert_kept(&document, inner.as_bytes());
    document
}

fn parts(document: &Document) -> Vec<(&str, &str)> {
    let parts = document.sections.iter().filter(|section| section.heading.is_none());
    parts.map(|part| (part.kind.name(), part.span.of(&document.prose))).collect()
}

#[test]
fn rows_of_html_are_lines_with_marks_between_cells() {
    let document = page(
        "<table><caption>Told.</caption><thead><tr><th> Role </th><th colspan=2>Score</th><th>n</th></tr></thead>\
         <tbody><tr><td rowspan=2>Judge<td><p>Foo</p><p>9 &amp; x</p><td><b>B</b>ar<td><table><tr><td>y<td>z</table></tr>\
         <tr><td></td><td><h3>Zed</h3></td><td></td></tr></tbody></table>",
    );
    let rows = "Role | Score | | n\nJudge | Foo 9 & x | Bar | y z\n| Zed";
    assert_eq!(document.prose, format!("One\n\nTold.\n\n{rows}\n\nTwo"));
    assert_eq!(parts(&document), [("caption", "Told."), ("table", rows)]);
}

#[test]
fn tables_of_latexml_may_be_made_of_spans() {
    let document = page(
        "<p class=ltx_p>Before <span class=ltx_tabular><span class=ltx_tr><span class=ltx_td>a</span><span class=ltx_td>b\
         </span></span><span class=ltx_tr><span class=ltx_td>c</span></span></span> and after.</p>",
    );
    assert_eq!(document.prose, "One\n\nBefore and after.\n\na | b\nc\n\nTwo");
    let formula = page("<table class='ltx_equation ltx_eqn_table'><tr><td>x = y</td></tr></table>");
    assert_eq!(formula.prose, "One\n\nTwo");
}

#[test]
fn listings_of_html_are_parts_and_words_in_colours_are_not() {
    let document =
        page("<div class='sourceCode'><pre class='sourceCode'><code>run <span>foo</span></code></pre></div>");
    assert_eq!(parts(&document), [("verbatim", "run foo")]);
    assert_eq!(page("<p>a <span class='highlight'>x</span>b</p>").prose, "One\n\na b\n\nTwo");
}

#[test]
fn tables_of_jats_stand_behind_their_captions_and_before_their_notes() {
    let document = article(
        "<article><front/><body><p>One<table-wrap><label>Table 1</label><caption><p>Told.</p></caption>\
         <table><thead><tr><th colspan='2'>Role</th><th>n</th></tr></thead><tbody><tr><td>a</td><td/><td>Foo-9</td></tr></tbody>\
         </table><table-wrap-foot><fn><p>By Foo.</p></fn></table-wrap-foot></table-wrap> goes on.</p>\
         <preformat>ask(x)</preformat></body></article>",
    );
    assert_eq!(
        document.prose,
        "One goes on.\n\nTable 1\n\nTold.\n\nRole | | n\na | | Foo-9\n\nBy Foo.\n\nask(x)"
    );
    let kinds: Vec<_> = parts(&document).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["caption", "table", "footnote", "verbatim"]);
}

#[test]
fn tables_of_tei_are_read() {
    let document = article(
        "<TEI><text><body><figure type='table'><head>Table 1:</head><figDesc>Told.</figDesc><table><row><cell cols='2'>Role</cell>\
         <cell>n</cell></row><row><cell>a</cell><cell>b</cell><cell>Foo-9</cell></row></table></figure></body></text></TEI>",
    );
    assert_eq!(document.prose, "Table 1:\n\nTold.\n\nRole | | n\na | b | Foo-9");
    assert_eq!(parts(&document)[1], ("table", "Role | | n\na | b | Foo-9"));
}

proptest::proptest! {
    #[test]
    fn any_table_keeps_the_promises_of_readers(
        inner in "(</?(p|table|tr|td|th|caption|pre|h2|section|figure|math)( colspan=(2|999|x)| class=ltx_(tr|td|tabular))?>|[a-z ]{1,5}|\n|\\PC){0,50}"
    ) {
        page(&inner);
    }
}
