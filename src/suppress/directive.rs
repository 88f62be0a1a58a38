//! The content of a comment that addresses byname.

use std::fmt;

use crate::named_enum;

/// The prefix of a comment that addresses byname.
pub(super) const ADDRESS: &str = "byname:";

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
        comment.trim().strip_prefix(ADDRESS).map(|text| Self::parse_addressed(text.trim_start()))
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
        assert_eq!(Directive::parse("we run byname: ignore"), None);
    }
}
