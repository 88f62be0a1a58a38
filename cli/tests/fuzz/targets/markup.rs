//! HTML and XML.

use byname::collection::Format;

use super::{one_paper, target};
use crate::driver::Target;
use crate::promises::Source;
use crate::seeds::with;

pub fn html() -> Target {
    let tokens = &[
        "<p>",
        "</p>",
        "<div class=\"ltx_",
        "<span",
        ">",
        "<",
        "</",
        "\"",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "<table><tr><td>",
        "</table>",
        "<sup>",
        "</sup>",
        "<wbr>",
        "&shy;",
        "&#x",
        ";",
        "&amp",
        "<math",
        "<a href=\"#bib1\">",
        "<h1>",
        "<title>",
        "<meta name=\"citation_",
        "<![CDATA[",
        "<svg>",
        "<template>",
        "<cite>",
        "<pre>",
        "<ul><li>",
        " a=b",
        "<section id=\"bib\">",
        "</body>",
    ];
    let own = "<!doctype html><html><head><title>On models</title><meta name=\"citation_author\" content=\"Ada\"></head><body><h1 class=\"ltx_title\">\
               On models</h1><section><h2>1 Method</h2><p>We ran a <b>large</b> lan&shy;guage model<sup>3</sup> (GPT<sub>4</sub>) <cite><a href=\"#bib1\">[1]\
               </a></cite>.</p><table><tr><th>Model<td>GPT-4</table><pre>x</pre><math alttext=\"x\"><mi>x</mi></math></section><ul \
               class=\"ltx_biblist\"><li id=\"bib1\" class=\"ltx_bibitem\">Byron 2023</li></ul></body></html>";
    target("html", with(Vec::new(), &[own]), tokens, |bytes| {
        one_paper(Format::Html, bytes, Source::File(bytes))
    })
}

const XML: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<sec>",
    "</sec>",
    "<p>",
    "</p>",
    "<xref ref-type=\"bibr\" rid=\"b1\">",
    "<ref type=\"bibr\" target=\"#b1\">",
    "<sup>",
    "<italic>",
    "<table-wrap>",
    "<fn>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#0;",
    "&#x110000;",
    "&amp;",
    "<?x",
    "?>",
    " a=\"b\"",
    "<formula>",
    "<front>",
    "<back>",
    "<contrib>",
    "<pub-date>",
    "<year>",
    "<biblStruct xml:id=\"b1\">",
    "\u{FEFF}",
];

pub fn jats() -> Target {
    let own = "<?xml version=\"1.0\"?><article><front><article-meta><title-group><article-title>On models</article-title></title-group><contrib-group>\
               <contrib contrib-type=\"author\"><name><surname>Byron</surname><given-names>Ada</given-names></name></contrib><aff>Example \
               University</aff></contrib-group><pub-date><year>2023</year></pub-date><abstract><p>We ran a model.</p></abstract></article-meta></front><body>\
               <sec><title>Method</title><p>We ran <italic>a large</italic> language model<sup><xref ref-type=\"bibr\" rid=\"b1\">3</xref></sup> (GPT-4).</p>\
               <table-wrap><table><tr><td>GPT-4</td></tr></table></table-wrap></sec></body><back><ref-list><ref id=\"b1\"><mixed-citation>Byron \
               2023</mixed-citation></ref></ref-list></back></article>";
    target("jats", with(Vec::new(), &[own]), XML, |bytes| one_paper(Format::Xml, bytes, Source::File(bytes)))
}

pub fn tei() -> Target {
    let own = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>On models</title></titleStmt><sourceDesc><biblStruct>\
               <analytic><author><persName><forename>Ada</forename><surname>Byron</surname></persName><affiliation><orgName>Google</orgName></affiliation>\
               </author></analytic><date when=\"2023-01\"/></biblStruct></sourceDesc></fileDesc></teiHeader><text><body><div><head n=\"1\">Method</head><p>We \
               ran a large language model <ref type=\"bibr\" target=\"#b1\">[1]</ref> and GPT-4 <formula>x</formula>.</p></div></body><back><div \
               type=\"references\"><listBibl><biblStruct xml:id=\"b1\"><title>GPT-4</title></biblStruct></listBibl></div></back></text></TEI>";
    target("tei", with(Vec::new(), &[own]), XML, |bytes| one_paper(Format::Xml, bytes, Source::File(bytes)))
}
