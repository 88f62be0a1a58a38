use super::super::reader_promises::{assert_kept, shown};
use super::super::{ReadLimits, read_xml};

#[test]
fn a_paper_of_grobid_is_read() {
    let source = concat!(
        "<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt>",
        "<title level=\"a\" type=\"main\">On size</title></titleStmt><publicationStmt><publisher/>",
        "<date type=\"published\" when=\"2021-08-03\">3 Aug 2021</date></publicationStmt><sourceDesc><biblStruct>",
        "<analytic><author><persName><forename type=\"first\">Ada</forename><surname>Byron</surname></persName>",
        "<affiliation key=\"aff0\"><orgName type=\"department\">Computing</orgName>",
        "<orgName type=\"institution\">Example University</orgName></affiliation></author></analytic>",
        "<idno type=\"arXiv\">arXiv:2108.00001v1[cs.CL]</idno></biblStruct></sourceDesc></fileDesc>",
        "<profileDesc><abstract><div><p>We ask a model.</p></div></abstract></profileDesc></teiHeader><text><body>",
        "<div><head n=\"1\">Set-up</head><p>A model <ref type=\"bibr\" target=\"#b0\">(Brown, 2020)</ref> of ",
        "<formula>n^2</formula> layers.</p><formula xml:id=\"f0\">x = y</formula></div>",
        "<note place=\"foot\" n=\"1\">Not ours.</note>",
        "<figure><head>Figure 1:</head><label>1</label><figDesc>What it does.</figDesc></figure></body><back>",
        "<div type=\"acknowledgement\"><div><head>Thanks</head><p>To all.</p></div></div>",
        "<div type=\"annex\"><div><head>Prompts</head><p>Last.</p></div></div>",
        "<div type=\"references\"><listBibl><biblStruct xml:id=\"b0\"><analytic><title>Of many shots</title><author>",
        "<persName><forename>Tom</forename><surname>Brown</surname></persName></author></analytic><monogr><imprint>",
        "<date type=\"published\" when=\"2020\">2020</date></imprint></monogr><idno type=\"DOI\">10.1/x</idno>",
        "</biblStruct></listBibl></div></back></text></TEI>",
    );
    let (document, fault) = read_xml("a.tei.xml", source.as_bytes().to_vec(), ReadLimits::default()).unwrap();
    assert_eq!(fault, None);
    assert_kept(&document, source.as_bytes());
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn an_empty_paper_is_an_empty_document() {
    let (document, _) = read_xml("a", b"<TEI><text/></TEI>".to_vec(), ReadLimits::default()).unwrap();
    assert_eq!((document.prose.as_str(), document.title), ("", None));
}

proptest::proptest! {
    #[test]
    fn any_paper_keeps_the_promises_of_readers(
        inner in "(</?(p|div|head|ref|note|figure|figDesc|formula|table|listBibl|biblStruct)( (target|n)='(#b0|1)')?/?>|&(amp|#65|x);|[a-z ]{1,9}|\n|\\PC){0,50}"
    ) {
        let source = format!("<TEI><text><body>{inner}</body></text></TEI>");
        if let Ok((document, _)) = read_xml("a.xml", source.as_bytes().to_vec(), ReadLimits::default()) {
            assert_kept(&document, source.as_bytes());
        }
    }
}
