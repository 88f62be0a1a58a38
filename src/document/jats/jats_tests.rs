use super::super::reader_promises::{assert_kept, shown};
use super::super::{ReadLimits, read_xml};

#[test]
fn an_article_is_read() {
    let source = concat!(
        "<?xml version=\"1.0\"?><!DOCTYPE article PUBLIC \"-//NLM//DTD JATS\" \"x.dtd\"><article><front>",
        "<journal-meta><journal-title>Journal</journal-title></journal-meta><article-meta>",
        "<title-group><article-title>On <italic>size</italic></article-title></title-group><contrib-group>",
        "<contrib contrib-type=\"author\"><name><surname>Byron</surname><given-names>Ada</given-names></name>",
        "<xref ref-type=\"aff\" rid=\"a1\">1</xref></contrib></contrib-group>",
        "<aff id=\"a1\"><label>1</label><institution>Example University</institution>, <country>UK</country></aff>",
        "<aff id=\"a2\"><label>2</label>Sample Labs, Oslo</aff>",
        "<pub-date pub-type=\"ppub\"><year>2019</year></pub-date>",
        "<pub-date pub-type=\"epub\"><day>08</day><month>12</month><year>2018</year></pub-date>",
        "<abstract abstract-type=\"teaser\"><p>Teaser.</p></abstract><abstract><p>We ask a model.</p></abstract>",
        "</article-meta></front><body><sec><label>1</label><title>Set-up</title><p>A model<xref ref-type=\"fn\" ",
        "rid=\"f1\"><sup>1</sup></xref> of <inline-formula><italic>n</italic></inline-formula> layers",
        "<xref ref-type=\"bibr\" rid=\"r1\"><sup>1</sup></xref> &#x2013; &alpha;.",
        "<fn id=\"f1\"><label>1</label><p>Not ours.</p></fn> It ends.</p><disp-formula>x</disp-formula>",
        "<fig><label>Figure 1</label><caption><title>What it does.</title><p>In colour.</p></caption><graphic/></fig>",
        "<table-wrap><label>Table 1</label><caption><p>Sizes.</p></caption><table><tr><td>c</td></tr></table>",
        "</table-wrap><sec><title>Detail</title><p>More, see <xref ref-type=\"fig\">Figure 1</xref>.</p></sec></sec>",
        "</body><back><ack><title>Thanks</title><p>To all.</p></ack><ref-list><ref id=\"r1\"><mixed-citation>",
        "<person-group><name><surname>Brown</surname><given-names>Tom</given-names></name></person-group> ",
        "<year>2020</year>. <article-title>Of many shots</article-title>. arXiv:2005.14165 ",
        "<pub-id pub-id-type=\"doi\">10.1/x</pub-id></mixed-citation></ref></ref-list></back></article>",
    );
    let (document, fault) = read_xml("a.xml", source.as_bytes().to_vec(), ReadLimits::default()).unwrap();
    assert_eq!(fault, None);
    assert_kept(&document, source.as_bytes());
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn what_is_struck_out_is_no_prose() {
    let source = "<article><body><p>We ask <strike>a bot</strike><styled-content style=\"text-decoration:line-through\">\
                  an <i>old</i> bot</styled-content> <styled-content style=\"color:red\">GPT-4</styled-content>.</p></body></article>";
    let (document, _) = read_xml("a.xml", source.as_bytes().to_vec(), ReadLimits::default()).unwrap();
    assert_eq!(document.prose, "We ask GPT-4.");
}

#[test]
fn xml_of_another_kind_is_refused_by_name() {
    let error = read_xml("a.xml", b"<rss><channel/></rss>".to_vec(), ReadLimits::default()).unwrap_err();
    assert_eq!(error.message, "this XML is neither JATS nor TEI: it holds <rss>; give one of these");
}

#[test]
fn an_article_that_is_cut_off_is_read_up_to_there() {
    let source = b"<article><front/><body><p>One.</p><p>Two".to_vec();
    let (document, fault) = read_xml("a.xml", source, ReadLimits::default()).unwrap();
    assert_eq!((document.prose.as_str(), fault.unwrap().kind), ("One.\n\nTwo", "invalid-xml"));
}

#[test]
fn entity_bombs_and_entities_outside_stay_as_they_are_written() {
    let source = concat!(
        "<!DOCTYPE article [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">",
        "<!ENTITY file SYSTEM \"file:///etc/hostname\">]><article><body><p>x &c; &file; y</p></body></article>"
    );
    let (document, _) = read_xml("a.xml", source.as_bytes().to_vec(), ReadLimits::default()).unwrap();
    assert_eq!(document.prose, "x &c; &file; y");
}

proptest::proptest! {
    #[test]
    fn any_article_keeps_the_promises_of_readers(
        inner in "(</?(p|sec|title|fig|caption|fn|xref|ack|table|inline-formula)( (rid|ref-type)='(r1|bibr)')?/?>|&(amp|alpha|#65|x);|<!\\[CDATA\\[|\\]\\]>|[a-z ]{1,9}|\n|\\PC){0,50}"
    ) {
        let source = format!("<article><body>{inner}</body><back><ref-list><ref id='r1'/></ref-list></back></article>");
        if let Ok((document, _)) = read_xml("a.xml", source.as_bytes().to_vec(), ReadLimits::default()) {
            assert_kept(&document, source.as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = read_xml("a.xml", [b"<article><body>".to_vec(), bytes].concat(), ReadLimits::default());
    }
}

#[test]
fn powers_and_indices_in_mathml_without_tex_are_told() {
    let formula = "<inline-formula><mml:math><mml:mn>1.7</mml:mn><mml:mo>×</mml:mo><mml:msup>\n<mml:mn>10</mml:mn><mml:mn>11</mml:mn>\n\
                   </mml:msup></mml:math></inline-formula> and <inline-formula><mml:math><mml:msub><mml:mi>x</mml:mi><mml:mrow>\
                   <mml:mi>i</mml:mi><mml:mn>2</mml:mn></mml:mrow></mml:msub></mml:math></inline-formula>";
    let paper = format!("<article><body><p>It has {formula}.</p></body></article>");
    let (document, _) =
        crate::document::read_xml("a.xml", paper.into_bytes(), ReadLimits::default()).unwrap();
    assert_eq!(document.prose, "It has $1.7×10^{11}$ and $x_{i2}$.");
}
