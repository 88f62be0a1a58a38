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
    /// In an argument: whether what may be given was given.
    Given(Given),
}

/// Whether an argument that may be left out was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// The star or sign was.
    Yes,
    /// It was not.
    No,
    /// The argument was left out and has no default.
    NoValue,
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

impl Token {
    /// Whether what it says is what stands in the source, and not the text of a macro.
    pub(super) fn is_as_written(self) -> bool {
        // The backslash of a command stands before its name.
        let before = u32::from(self.kind == Kind::Command);
        self.text.file == self.from.file
            && self.text.start == self.from.start + before
            && self.text.end == self.from.end
    }
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
