//! How much a paper may ask for.

/// Limits that keep one paper from taking the machine. Each is told when it is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of the paper: of its file, of all files of its project together, of what a compressed
    /// file unpacks to, and of the text that its macros come to.
    pub size: usize,
    /// How deep files, macros and elements may lie in each other.
    pub depth: usize,
    /// How many bytes each byte of a packed file may unpack to.
    pub unpacking: usize,
    /// How many pages of a PDF are read.
    pub pages: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { size: 64 << 20, depth: 200, unpacking: 200, pages: 2000 }
    }
}
