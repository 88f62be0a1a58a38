//! The content of a comment that addresses byname.

use std::fmt;

use crate::named_enum;

/// The prefix of a comment that addresses byname.
pub(super) const ADDRESS: &str = "byname:";
/// The prefix without its colon.
const NAME: &str = "byname";

/// Returns whether a text holds the name in any case, without which no comment in it addresses byname.
pub(super) fn may_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'b', b'B', bytes).any(|at| {
        bytes.get(at..at + NAME.len()).is_some_and(|found| found.eq_ignore_ascii_case(NAME.as_bytes()))
    })
}

named_enum! {
    /// The part of the file to which a comment applies.
    pub enum Scope {
        /// Its own line.
        Line => "ignore",
        /// The line after it.
        NextLine => "ignore-next-line",
        /// All lines from its own on, up to the comment that ends the range.
        Start => "ignore-start",
        /// All lines up to its own.
        End => "ignore-end",
        /// The whole file.
        File => "ignore-file",
    }
}

/// A parsed comment that addresses byname.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its scope.
    pub scope: Scope,
    /// The rules whose findings it suppresses; all rules if empty. `described` denotes all rules of that
    /// folder.
    pub rules: Vec<String>,
    /// The reason, in the author's words.
    pub reason: String,
}

/// An error in a comment that addresses byname.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DirectiveError {
    /// The directive is unknown.
    UnknownWord(String),
    /// It is meant for byname, and begins with another spelling of the prefix.
    OtherSpelling(String),
    /// The list of rules is not closed.
    OpenList,
    /// The list of rules is empty.
    EmptyList,
}

impl fmt::Display for DirectiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownWord(word) => {
                write!(f, "`{word}` is no directive of byname; expected one of: {}", Scope::NAMES.join(", "))
            }
            Self::OtherSpelling(spelling) => {
                write!(f, "`{spelling}` is not read as an address of byname; write `{ADDRESS}`")
            }
            Self::OpenList => f.write_str("the list of rules has no `]` at its end"),
            Self::EmptyList => f.write_str("the list of rules is empty; name rules in it, or leave it out"),
        }
    }
}

impl std::error::Error for DirectiveError {}

impl Directive {
    /// Parses the text of a comment; `None` if it does not address byname.
    ///
    /// # Errors
    /// When it addresses byname but cannot be understood.
    pub fn parse(comment: &str) -> Option<Result<Self, DirectiveError>> {
        let comment = comment.trim();
        match comment.strip_prefix(ADDRESS) {
            Some(text) => Some(Self::parse_addressed(text.trim_start())),
            None => Some(Err(DirectiveError::OtherSpelling(other_spelling(comment)?.to_string()))),
        }
    }

    fn parse_addressed(text: &str) -> Result<Self, DirectiveError> {
        let end = text.find(|letter: char| letter.is_whitespace() || letter == '[').unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let scope = word.parse().map_err(|_| DirectiveError::UnknownWord(word.to_string()))?;
        let Some(list) = rest.trim_start().strip_prefix('[') else {
            return Ok(Self { scope, rules: Vec::new(), reason: rest.trim().to_string() });
        };
        let (list, reason) = list.split_once(']').ok_or(DirectiveError::OpenList)?;
        let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
        let rules: Vec<String> = names.map(str::to_string).collect();
        if rules.is_empty() {
            return Err(DirectiveError::EmptyList);
        }
        Ok(Self { scope, rules, reason: reason.trim().to_string() })
    }

    /// Returns whether it suppresses the findings of a rule.
    pub fn silences(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|named| covers(named, rule))
    }
}

/// Returns another spelling of the prefix, with a directive after it, that a comment begins with.
fn other_spelling(comment: &str) -> Option<&str> {
    let name = comment.get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let rest = comment[name.len()..].trim_start().strip_prefix(':')?;
    let word: &str = rest.trim_start();
    let end = word.find(|letter: char| letter.is_whitespace() || letter == '[').unwrap_or(word.len());
    let is_directive = Scope::NAMES.iter().any(|scope| word[..end].eq_ignore_ascii_case(scope));
    is_directive.then(|| &comment[..comment.len() - rest.len()])
}

/// Tests whether a rule or folder of rules named by a comment is, or contains, this rule.
pub(super) fn covers(named: &str, rule: &str) -> bool {
    rule.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Directive {
        Directive::parse(comment).unwrap().unwrap()
    }

    #[test]
    fn word_rules_and_reason_are_read() {
        let whole = read(" byname: ignore-next-line [described/standing, own] as the editor asked ");
        assert_eq!((whole.scope, whole.rules.len()), (Scope::NextLine, 2));
        assert_eq!(whole.reason, "as the editor asked");
        assert!(whole.silences("described/standing") && whole.silences("own/our-model"));
        assert!(!whole.silences("described/standing-tall") && !whole.silences("described"));
        let bare = read("byname:ignore");
        assert!(bare.scope == Scope::Line && bare.reason.is_empty() && bare.silences("any/rule"));
        assert_eq!(read("byname: ignore blind review").reason, "blind review");
    }

    #[test]
    fn what_cannot_be_understood_is_told_and_other_comments_are_left_alone() {
        let fault = |comment| Directive::parse(comment).unwrap().unwrap_err().to_string();
        assert!(
            fault("byname: ingore")
                .starts_with("`ingore` is no directive of byname; expected one of: ignore,")
        );
        assert!(fault("byname: ignore[a").contains("no `]`"));
        assert!(fault("byname: ignore[ , ]").contains("is empty"));
        assert!(fault("byname:").starts_with("`` is no directive"));
        for spelling in ["BYNAME: ignore", "byname : ignore[a]", "Byname:Ignore"] {
            assert!(fault(spelling).ends_with("write `byname:`"), "{spelling}");
        }
        for comment in ["we run byname: ignore", "Byname: a program", "bynames: ignore", "byname"] {
            assert_eq!(Directive::parse(comment), None, "{comment}");
        }
    }
}
