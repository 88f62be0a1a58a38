//! The meanings of the environments of LaTeX, its classes and its common packages for a reader of prose.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::references::Counter;

/// The treatment of an environment's content, with the form of its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Environment {
    Document,
    Abstract,
    Acknowledgements,
    Appendix,
    /// Text in blocks of its own.
    Text(&'static str),
    /// A box of text, which may have a title among its options.
    Box,
    /// A figure, a table or the like: its caption and the cells in it are read.
    Float(Counter, &'static str),
    /// The cells of a table: a part of its own, with one row per line.
    Table(&'static str),
    /// A table that is its own float.
    LongTable(&'static str),
    /// A drawing: only its legends are read.
    Picture,
    /// Content that is not running text.
    Apart(&'static str),
    /// A display formula.
    Maths,
    /// An inline formula.
    InlineMaths,
    /// Content that is not LaTeX: a listing, a prompt.
    Verbatim,
    /// A file embedded in the paper itself.
    FileContents,
    /// Verbatim content that is not printed.
    Comment,
    Bibliography,
    /// The author block, with names and affiliations inside.
    Authors,
}

/// Returns the treatment of an environment; an unknown one contains text.
pub(super) fn lookup(name: &str) -> Option<Environment> {
    static BY_NAME: LazyLock<HashMap<&str, Environment, foldhash::fast::FixedState>> = LazyLock::new(|| {
        let names = |(names, environment): &(&'static str, Environment)| {
            let environment = *environment;
            names.split(' ').map(move |name| (name, environment)).collect::<Vec<_>>()
        };
        ENVIRONMENTS.iter().flat_map(names).collect()
    });
    BY_NAME.get(name).or_else(|| BY_NAME.get(name.trim_end_matches('*'))).copied()
}

const ENVIRONMENTS: &[(&str, Environment)] = &[
    ("document", Environment::Document),
    ("abstract onecolabstract", Environment::Abstract),
    (
        "ack acks acknowledgements acknowledgments acknowledgement acknowledgment",
        Environment::Acknowledgements,
    ),
    ("appendices subappendices appendix", Environment::Appendix),
    ("minipage adjustbox", Environment::Text("ooom")),
    ("multicols spacing otherlanguage hyphenrules tabbing", Environment::Text("m")),
    ("CJK adjustwidth", Environment::Text("mm")),
    ("restatable", Environment::Text("omm")),
    ("tcolorbox mdframed framed", Environment::Box),
    ("enumerate itemize description quote quotation", Environment::Text("o")),
    ("list", Environment::Text("mm")),
    ("figure teaserfigure sidewaysfigure", Environment::Float(Counter::Figure, "o")),
    ("SCfigure", Environment::Float(Counter::Figure, "oo")),
    ("subfigure subtable subcaptionblock", Environment::Float(Counter::Other, "ooom")),
    ("wrapfigure", Environment::Float(Counter::Figure, "omom")),
    ("table sidewaystable margintable", Environment::Float(Counter::Table, "o")),
    ("SCtable", Environment::Float(Counter::Table, "oo")),
    ("wraptable", Environment::Float(Counter::Table, "omom")),
    ("algorithm algorithm2e", Environment::Float(Counter::Algorithm, "o")),
    ("listing", Environment::Float(Counter::Listing, "o")),
    ("longtable longtblr supertabular mpsupertabular xtabular mpxtabular", Environment::LongTable("om")),
    ("xltabular", Environment::LongTable("omm")),
    ("longtabu", Environment::LongTable("bm")),
    ("tabular tblr talltblr", Environment::Table("om")),
    ("tabular* tabularx NiceTabular* NiceTabularX", Environment::Table("momo")),
    ("tabulary", Environment::Table("mm")),
    ("tabu", Environment::Table("bm")),
    ("NiceTabular", Environment::Table("omo")),
    ("tablenotes", Environment::Table("o")),
    (
        "tikzpicture axis semilogxaxis semilogyaxis loglogaxis polaraxis ternaryaxis groupplot pgfpicture scope",
        Environment::Picture,
    ),
    (
        "array threeparttable threeparttablex measuredfigure algorithmic forest picture pspicture CCSXML keywords \
         keyword IEEEkeywords",
        Environment::Apart("o"),
    ),
    (
        "equation eqnarray align gather multline displaymath flalign alignat dmath subequations",
        Environment::Maths,
    ),
    ("math", Environment::InlineMaths),
    (
        "verbatim Verbatim BVerbatim LVerbatim spverbatim lstlisting minted alltt tcblisting Highlighting python pycode \
         pyverbatim",
        Environment::Verbatim,
    ),
    ("comment luacode asy VerbatimOut SaveVerbatim sagesilent", Environment::Comment),
    ("filecontents", Environment::FileContents),
    ("thebibliography", Environment::Bibliography),
    ("icmlauthorlist", Environment::Authors),
];
