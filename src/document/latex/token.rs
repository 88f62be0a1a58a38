//! The tokens of LaTeX source.

/// A byte range in one of the open files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SourceRange {
    /// Number of the file, in the order of opening.
    pub(super) file: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ordinary characters, with single blanks between them.
    Text,
    /// White space outside of a text, with one line end at most.
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
    /// `#1` to `#9`: in the text of a macro, a placeholder for one of its arguments.
    Parameter(u8),
    /// In an argument, the marker of an optional argument.
    Given(Given),
}

/// The presence of an optional argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// The star or sign was given.
    Yes,
    /// The star or sign was not given.
    No,
    /// The argument was left out and has no default.
    NoValue,
}

/// A token with its text and its place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The place of its text.
    pub(super) text: SourceRange,
    /// The source range that it stands for: itself with its backslash, or the whole call of the macro that
    /// it came from.
    pub(super) from: SourceRange,
}

impl Token {
    /// Returns whether the token is written in the source itself, and not in the text of a macro.
    pub(super) fn is_as_written(self) -> bool {
        // The backslash of a command stands before its name.
        let before = u32::from(self.kind == Kind::Command);
        self.text.file == self.from.file
            && self.text.start == self.from.start + before
            && self.text.end == self.from.end
    }
}

impl SourceRange {
    /// Returns the range that covers both, if they lie in one file; else the first.
    pub(super) fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
    }

    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns the place as a range of its file's text.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
