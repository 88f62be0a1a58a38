//! What a comment to byname says.

use std::fmt;

use crate::catalogue::named_enum;

/// What a comment to byname begins with.
pub(super) const ADDRESS: &str = "byname:";

named_enum! {
    /// What a comment speaks of.
    pub enum Scope {
        /// Its own line.
        Line => "ignore",
        /// The line after it.
        NextLine => "ignore-next-line",
        /// All from its line on, up to the comment that ends it.
        Start => "ignore-start",
        /// All up to its line.
        End => "ignore-end",
        /// The whole file.
        File => "ignore-file",
    }
}

/// A comment to byname, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// What it speaks of.
    pub scope: Scope,
    /// The rules whose findings it silences; all where there are none. `described` stands for all rules of
    /// that folder.
    pub rules: Vec<String>,
    /// Why, in the author's words.
    pub reason: String,
}

/// What is wrong with a comment to byname.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DirectiveError {
    /// The word is none that is known.
    UnknownWord(String),
    /// The list of rules has no end.
    OpenList,
    /// The list of rules is empty.
    EmptyList,
}

impl fmt::Display for DirectiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownWord(word) => {
                write!(f, "`{word}` says nothing to byname; write one of: {}", Scope::NAMES.join(", "))
            }
            Self::OpenList => f.write_str("the list of rules has no `]` at its end"),
            Self::EmptyList => f.write_str("the list of rules is empty; name rules in it, or leave it out"),
        }
    }
}

impl std::error::Error for DirectiveError {}

impl Directive {
    /// Reads the text of a comment; none where it does not speak to byname.
    ///
    /// # Errors
    /// When it speaks to byname and cannot be understood.
    pub fn parse(comment: &str) -> Option<Result<Self, DirectiveError>> {
        comment.trim().strip_prefix(ADDRESS).map(|said| Self::parse_said(said.trim_start()))
    }

    fn parse_said(said: &str) -> Result<Self, DirectiveError> {
        let end = said.find(|letter: char| letter.is_whitespace() || letter == '[').unwrap_or(said.len());
        let (word, rest) = said.split_at(end);
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

    /// Whether it silences what a rule found.
    pub fn silences(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|named| covers(named, rule))
    }
}

/// Whether a rule, or the folder of rules, that a comment names is or holds this rule.
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
            fault("byname: ingore").starts_with("`ingore` says nothing to byname; write one of: ignore,")
        );
        assert!(fault("byname: ignore[a").contains("no `]`"));
        assert!(fault("byname: ignore[ , ]").contains("is empty"));
        assert!(fault("byname:").starts_with("`` says nothing"));
        assert_eq!(Directive::parse("we run byname: ignore"), None);
    }
}
