//! Faults of catalogue files: where, what, and what to do.

use std::fmt;

use super::CatalogueFile;

/// One fault in one catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as reports show it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    /// A fault at a byte offset of a file.
    pub fn at(file: &CatalogueFile, offset: usize, message: impl Into<String>) -> Self {
        let before = file.text.get(..offset).unwrap_or(&file.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.shown.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            help: None,
        }
    }

    /// The same fault with a word on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// A catalogue that can't be used: every fault that was found, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The faults; at least one.
    pub faults: Vec<Fault>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_counts_lines_and_characters_from_one() {
        let file =
            CatalogueFile { shown: "a.toml".into(), path: "a.toml".into(), text: "é = 1\nö ö x".into() };
        let offset = file.text.find('x').unwrap();
        let fault = Fault::at(&file, offset, "bad");
        assert_eq!((fault.line, fault.column), (2, 5));
        assert_eq!(Fault::at(&file, 0, "bad").help("mend").to_string(), "a.toml:1:1: bad\n  help: mend");
    }
}
