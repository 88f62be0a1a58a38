//! Citations in a paper and the works cited.

use super::{ByteSpan, PartialDate};

/// A citation of works of the bibliography in the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its range in the prose, such as that of "(Brown et al., 2020)" or "\[12\]".
    pub span: ByteSpan,
    /// The works, as indexes into the document's bibliography.
    pub works: Vec<usize>,
}

/// An entry of the bibliography. Unknown fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedWork {
    /// The key that the format uses: a BibTeX key, an XML id, a number.
    pub key: String,
    /// The title of the work.
    pub title: Option<String>,
    /// Names of the authors, as written.
    pub authors: Vec<String>,
    /// The date of publication.
    pub date: Option<PartialDate>,
    /// Its arXiv identifier without version, such as `2005.14165`.
    pub arxiv: Option<String>,
    /// Its DOI, without a resolver's address.
    pub doi: Option<String>,
}
