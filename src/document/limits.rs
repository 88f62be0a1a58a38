//! Limits on the resources that reading a paper may use.

/// Limits that keep one paper from exhausting the machine. Reaching one is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Maximum size in bytes: of the paper's file, of all files of its project together, of the unpacked
    /// content of a compressed file, and of the text that its macros expand to.
    pub size: usize,
    /// Maximum nesting depth of files, macros and elements.
    pub depth: usize,
    /// Maximum number of bytes that each byte of a packed file may unpack to.
    pub unpacking: usize,
    /// Maximum number of pages read from a PDF.
    pub pages: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { size: 64 << 20, depth: 200, unpacking: 200, pages: 2000 }
    }
}
