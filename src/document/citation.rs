//! What a paper cites, and where.

use super::{ByteSpan, PartialDate};

/// A place in the prose that cites works of the bibliography.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its bytes of the prose, such as those of "(Brown et al., 2020)" or "\[12\]".
    pub span: ByteSpan,
    /// The works, as indexes into the document's bibliography.
    pub works: Vec<usize>,
}

/// One entry of the bibliography. What could not be told is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedWork {
    /// The key that the format uses: a BibTeX key, an XML id, a number.
    pub key: String,
    /// The title of the work.
    pub title: Option<String>,
    /// Names of the authors, as written.
    pub authors: Vec<String>,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// Its arXiv identifier without version, such as `2005.14165`.
    pub arxiv: Option<String>,
    /// Its DOI, without a resolver's address.
    pub doi: Option<String>,
}
