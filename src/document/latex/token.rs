//! The pieces that LaTeX source falls into.

/// A run of bytes of one of the files that are being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The file, counted in the order in which files were opened.
    pub(super) file: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ordinary characters, with single blanks between them.
    Text,
    /// White space that is not inside of a text; one line end at most.
    Space,
    /// The end of a paragraph: a blank line.
    Paragraph,
    /// `\name` or `\%`; its text is the name without the backslash.
    Command,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `$`
    Dollar,
    /// `~`
    Tie,
    /// `&`
    Ampersand,
    /// `^` or `_`
    Script,
    /// `#1` to `#9`: in the text of a macro, one of its arguments.
    Parameter(u8),
}

/// One token: what it says and where it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where what it says is written.
    pub(super) text: Place,
    /// What it stands for in the source: itself with its backslash, or the whole call of the macro
    /// that it came out of.
    pub(super) from: Place,
}

impl Place {
    /// Both runs and what lies between, if they lie in one file; else the first.
    pub(super) fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
    }

    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The run as a range of its file's text.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
