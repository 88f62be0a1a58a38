use super::super::ByteSpan;
use super::super::reader_promises::{assert_kept, shown};
use super::*;

fn read_page(source: &str) -> Document {
    let (document, fault) = read_html("a.html", source.as_bytes().to_vec(), ReadLimits::default());
    assert_eq!(fault, None);
    assert_kept(&document, source.as_bytes());
    document
}

#[test]
fn a_page_of_latexml_is_read() {
    let document = read_page(concat!(
        "<!DOCTYPE html><html><head><title>x</title></head><body><nav class=\"ltx_page_navbar\">menu</nav>\n",
        "<div id=\"watermark-tr\" hidden>arXiv:2108.00001v2 [cs.CL] 03 Aug 2021</div>",
        "<article class=\"ltx_document\"><h1 class=\"ltx_title ltx_title_document\">On <em>size</em></h1>\n",
        "<div class=\"ltx_authors\"><span class=\"ltx_creator ltx_role_author\"><span class=\"ltx_personname\">",
        "Ada Byron<sup>1</sup>, Ben Okri<sup>2</sup><br class=\"ltx_break\"><sup>1</sup>Example University<br>",
        "<sup>2</sup>Sample Labs</span></span></div>",
        "<div class=\"ltx_abstract\"><h6 class=\"ltx_title\">Abstract</h6><p class=\"ltx_p\">We ask a model.</p></div>",
        "<section class=\"ltx_section\"><h2><span class=\"ltx_tag ltx_tag_section\">1 </span>Set-up</h2>",
        "<div class=\"ltx_para\"><p class=\"ltx_p\">A caf&eacute;\n  model<span class=\"ltx_note ltx_role_footnote\">",
        "<sup class=\"ltx_note_mark\">1</sup><span class=\"ltx_note_outer\"><span class=\"ltx_note_content\">",
        "<sup class=\"ltx_note_mark\">1</sup>Not ours.</span></span></span> of ",
        "<math alttext=\"10^{11}\" display=\"inline\"><mn>10</mn></math> weights ",
        "<cite class=\"ltx_cite\">(<a href=\"#bib.bib1\" class=\"ltx_ref\">Brown, 2020</a>)</cite> &lt;b&gt;.</p>",
        "<table class=\"ltx_equation\"><tr><td>x = y</td></tr></table>",
        "<figure class=\"ltx_table\"><figcaption class=\"ltx_caption\">Table 1: What it does.</figcaption>",
        "<table class=\"ltx_tabular\"><tr><td>cell</td></tr></table></figure></div>",
        "<section class=\"ltx_subsection\"><h3>Detail</h3><p>More.</p></section></section>",
        "<section class=\"ltx_bibliography\"><h2>References</h2><ul><li id=\"bib.bib1\" class=\"ltx_bibitem\">",
        "<span class=\"ltx_tag ltx_tag_bibitem\">Brown (2020)</span><span class=\"ltx_bibblock\">Tom Brown.</span>",
        "<span class=\"ltx_bibblock\">Of many shots.</span><span class=\"ltx_bibblock\">arXiv:2005.14165, 2020.</span>",
        "</li></ul></section><section class=\"ltx_appendix\"><h2>More</h2><p>Last.</p></section></article>",
        "<footer>made by</footer></body></html>",
    ));
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn a_page_of_pandoc_is_read() {
    let document = read_page(concat!(
        "<html><head><title>T</title><meta name=\"citation_author\" content=\"Byron, Ada\">",
        "<meta name=\"citation_author_institution\" content=\"Example University\">",
        "<meta name=\"citation_publication_date\" content=\"2021/08/15\"></head><body>",
        "<header id=\"title-block-header\"><h1 class=\"title\">On size</h1></header><nav id=\"TOC\">toc</nav>",
        "<h1 id=\"one\">One</h1><p>We ask <span class=\"citation\" data-cites=\"b20\">(Brown, 2020)</span> it",
        "<a href=\"#fn1\" class=\"footnote-ref\"><sup>1</sup></a> of <span class=\"math inline\">\\(10^9\\)</span>.</p>",
        "<pre><code>code</code></pre><h2>Two</h2><ul><li>first<li>second</ul>",
        "<div class=\"references csl-bib-body\"><div id=\"ref-b20\" class=\"csl-entry\" role=\"doc-biblioentry\">",
        "Brown, T. (2020). Of many shots. <em>Journal</em>.</div></div>",
        "<section class=\"footnotes\"><ol><li id=\"fn1\"><p>A note.<a href=\"#fnref1\" class=\"footnote-back\">back</a>",
        "</p></li></ol></section></body></html>",
    ));
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn a_page_of_distill_is_read() {
    let document = read_page(concat!(
        "<d-front-matter><script type=\"text/json\">{\"title\": \"On size\", \"published\": \"May 2, 2019\", \"authors\": [",
        "{\"author\": \"Ada Byron\", \"affiliation\": \"Sample Labs\"}]}</script></d-front-matter>",
        "<d-title><h1>On size</h1><p>In short.</p></d-title><d-byline></d-byline><d-article>",
        "<p>A model<d-cite key=\"b20\"></d-cite> of <d-math>n^2</d-math>.<d-footnote>A note.</d-footnote> Done.</p>",
        "<table><caption>What it does</caption><tr><td>cell</table></d-article>",
        "<d-appendix><h3>Thanks</h3><p>To all.</p></d-appendix>",
        "<script type=\"text/bibliography\">@article{b20, title={Of many shots}, author={Brown, Tom}, year={2020}}</script>",
    ));
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn spans_lead_through_entities_and_markup() {
    let source = "<p>We ran a <b>caf&eacute;</b>\n\n   <i>language</i> model&nbsp;twice.</p>";
    let document = read_page(source);
    assert_eq!(document.prose, "We ran a café language model twice.");
    let span_of = |text: &str| {
        let start = document.prose.find(text).unwrap();
        document.source_map.to_source(ByteSpan::new(start, start + text.len())).of(source)
    };
    assert_eq!(span_of("café language model"), "caf&eacute;</b>\n\n   <i>language</i> model");
    assert_eq!(span_of("twice"), "twice");
}

#[test]
fn what_is_struck_out_is_no_prose() {
    let page = "<p>We ask <del>a secret <i>model</i></del><ins>GPT-4</ins>, <s>once</s> twice.<strike>No.</strike></p>";
    assert_eq!(read_page(page).prose, "We ask GPT-4, twice.");
}

#[test]
fn an_empty_page_is_an_empty_document() {
    assert_eq!(read_page("").prose, "");
    assert_eq!(read_page("<html></html>").title, None);
}

#[test]
fn a_page_in_latin_1_is_read_and_told() {
    let bytes = b"<meta charset=iso-8859-1><p>The na\xEFve caf\xE9".to_vec();
    let (document, _) = read_html("a.html", bytes.clone(), ReadLimits::default());
    assert_eq!((document.prose.as_str(), document.notes[0].kind), ("The naïve café", "encoding"));
    let start = document.prose.find("naïve").unwrap();
    let span = document.source_map.to_source(ByteSpan::new(start, start + "naïve".len()));
    assert_eq!(&bytes[span.start..span.end], b"na\xEFve");
}

#[test]
fn deep_nesting_is_told_and_the_text_is_kept() {
    let source = format!("{}deep", "<div>".repeat(100_000));
    let (document, fault) = read_html("a.html", source.into_bytes(), ReadLimits::default());
    assert_eq!((fault.unwrap().kind, document.prose.as_str()), ("too-deep", "deep"));
}

proptest::proptest! {
    #[test]
    fn any_page_keeps_the_promises_of_readers(
        source in "(</?(p|div|h2|li|table|td|math|figure|figcaption|section|a|cite|sup|span)( (class|href|id)='?(ltx_[a-z]{4,9}|#?b1|math inline|csl-entry)'?)?>|&(amp|nbsp|eacute|#1[0-9]{2});?|[a-z ]{1,9}|\n|\\PC){0,50}"
    ) {
        let (document, _) = read_html("a.html", source.as_bytes().to_vec(), ReadLimits::default());
        assert_kept(&document, source.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let (document, _) = read_html("a.html", bytes.clone(), ReadLimits::default());
        for (at, letter) in document.prose.char_indices() {
            let span = document.source_map.to_source(ByteSpan::new(at, at + letter.len_utf8()));
            proptest::prop_assert!(span.end <= bytes.len());
        }
    }
}

#[test]
fn what_is_called_the_mark_of_a_note_is_no_text_whatever_it_links_to() {
    for mark in [
        "<sup class='footnote-ref'><a href='#note-1'>1</a></sup>",
        "<sup class='footnote-ref'>1</sup>",
        "<sup><a class='footnote-ref' href='#n1'>1</a></sup>",
        "<span role='doc-noteref'>1</span>",
        "<sup><a href='#fn:1'>1</a></sup>",
    ] {
        let page = format!("<body><p>a bot{mark} ran</p></body>");
        let (document, _) = read_html("p.html", page.into_bytes(), ReadLimits::default());
        assert_eq!(document.prose, "a bot ran", "{mark}");
    }
}
