//! The notation of phrase patterns; `patterns/README.md` explains it to authors of rules.
//!
//! ```text
//! word        that word, whatever its case; a hyphen counts as a space
//! "("         that sign or word, letter for letter
//! {class}     a word of a lexicon class      {!class}  a word that is not of it
//! _           any one word or sign           ...       any number of them
//! ( a | b )   one of several                 ? * +     once at most, any number, at least once
//! ```

use std::ops::Range;

use super::ClassId;

/// The maximum number of elements of a compiled pattern: one bit of a machine word each.
pub const MAX_ELEMENTS: usize = 64;

/// The maximum length of a pattern, in bytes.
const MAX_BYTES: usize = 4096;

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// One unit of text.
    Unit(Element),
    /// All parts, one after another.
    Sequence(Vec<Pattern>),
    /// One of the alternatives.
    Choice(Vec<Pattern>),
    /// A repeated pattern.
    Repeat {
        /// The repeated pattern.
        inner: Box<Pattern>,
        /// `true` if it may be absent.
        optional: bool,
        /// `true` if it may occur more than once.
        many: bool,
    },
}

/// The condition on one unit of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// This word or sign, in lower case.
    Word(String),
    /// A member of this class.
    Class(ClassId),
    /// No member of this class.
    NotClass(ClassId),
    /// Any unit.
    Any,
}

/// The error of a pattern that cannot be parsed: position and cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset in the pattern.
    pub at: usize,
    /// The cause.
    pub message: String,
    /// The unknown class, if that is the cause.
    pub unknown_class: Option<String>,
}

impl PatternError {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), unknown_class: None }
    }
}

impl Pattern {
    /// Parses a pattern; `class_of` looks up lexicon classes.
    pub fn parse(text: &str, class_of: impl Fn(&str) -> Option<ClassId>) -> Result<Self, PatternError> {
        Self::parse_placed(text, class_of).map(|(pattern, _)| pattern)
    }

    /// Parses a pattern and returns the byte range of each unit, in the order of
    /// [`Pattern::for_each_element`].
    ///
    /// # Errors
    ///
    /// See [`Pattern::parse`].
    pub fn parse_placed(
        text: &str,
        class_of: impl Fn(&str) -> Option<ClassId>,
    ) -> Result<(Self, Vec<Range<usize>>), PatternError> {
        if text.len() > MAX_BYTES {
            let length = text.len();
            return Err(PatternError::new(
                0,
                format!("the pattern has {length} bytes; the most is {MAX_BYTES}"),
            ));
        }
        let mut parser = Parser { text, at: 0, class_of, depth: 0, places: Vec::new() };
        let pattern = parser.choice()?;
        parser.skip_space();
        if parser.at < text.len() {
            return Err(parser.error("a closing bracket without an opening one"));
        }
        let elements = pattern.count();
        if elements == 0 {
            return Err(PatternError::new(0, "the pattern is empty"));
        }
        if elements > MAX_ELEMENTS {
            return Err(PatternError::new(
                0,
                format!(
                    "the pattern has {elements} elements; {MAX_ELEMENTS} is the most, as more would be slow"
                ),
            ));
        }
        Ok((pattern, parser.places))
    }

    /// Returns the number of units in the pattern.
    pub fn count(&self) -> usize {
        match self {
            Self::Unit(_) => 1,
            Self::Sequence(parts) | Self::Choice(parts) => parts.iter().map(Self::count).sum(),
            Self::Repeat { inner, .. } => inner.count(),
        }
    }

    /// Calls `visit` on every unit.
    pub fn for_each_element(&self, visit: &mut impl FnMut(&Element)) {
        match self {
            Self::Unit(element) => visit(element),
            Self::Sequence(parts) | Self::Choice(parts) => {
                parts.iter().for_each(|part| part.for_each_element(visit));
            }
            Self::Repeat { inner, .. } => inner.for_each_element(visit),
        }
    }

    /// Calls `visit` on the units that every match contains.
    pub fn for_each_required(&self, visit: &mut impl FnMut(&Element)) {
        match self {
            Self::Unit(element) => visit(element),
            Self::Sequence(parts) => parts.iter().for_each(|part| part.for_each_required(visit)),
            Self::Choice(parts) if parts.len() == 1 => parts[0].for_each_required(visit),
            Self::Choice(_) => {}
            Self::Repeat { inner, optional, .. } => {
                if !optional {
                    inner.for_each_required(visit);
                }
            }
        }
    }

    /// Returns whether the pattern can match the empty text.
    pub fn can_be_empty(&self) -> bool {
        match self {
            Self::Unit(_) => false,
            Self::Sequence(parts) => parts.iter().all(Self::can_be_empty),
            Self::Choice(parts) => parts.iter().any(Self::can_be_empty),
            Self::Repeat { inner, optional, .. } => *optional || inner.can_be_empty(),
        }
    }
}

/// The maximum nesting of brackets.
const MAX_DEPTH: usize = 16;

struct Parser<'a, F> {
    text: &'a str,
    at: usize,
    class_of: F,
    depth: usize,
    /// The byte range of each unit.
    places: Vec<Range<usize>>,
}

impl<'a, F: Fn(&str) -> Option<ClassId>> Parser<'a, F> {
    fn choice(&mut self) -> Result<Pattern, PatternError> {
        let mut options = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            options.push(self.sequence()?);
        }
        Ok(if options.len() == 1 { options.remove(0) } else { Pattern::Choice(options) })
    }

    fn sequence(&mut self) -> Result<Pattern, PatternError> {
        let mut parts = Vec::new();
        while let Some(next) = self.peek() {
            if next == '|' || next == ')' {
                break;
            }
            let (atom, repeatable) = self.atom(next)?;
            let repeated = match self.text[self.at..].chars().next().filter(|_| repeatable) {
                Some('?') => Some((true, false)),
                Some('*') => Some((true, true)),
                Some('+') => Some((false, true)),
                _ => None,
            };
            parts.push(match repeated {
                Some((optional, many)) => {
                    self.at += 1;
                    Pattern::Repeat { inner: Box::new(atom), optional, many }
                }
                None => atom,
            });
        }
        if parts.is_empty() {
            return Err(self.error("nothing stands here; write a word, a {class} or `_`"));
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Pattern::Sequence(parts) })
    }

    fn atom(&mut self, next: char) -> Result<(Pattern, bool), PatternError> {
        let start = self.at;
        match next {
            '(' => {
                if self.depth == MAX_DEPTH {
                    return Err(self.error("brackets stand too deep inside each other"));
                }
                self.at += 1;
                self.depth += 1;
                let inner = self.choice()?;
                self.depth -= 1;
                if self.peek() != Some(')') {
                    return Err(PatternError::new(start, "this bracket is never closed"));
                }
                self.at += 1;
                Ok((inner, true))
            }
            '{' => {
                let name = self.until('}', "this brace is never closed")?;
                let (negated, name) = match name.strip_prefix('!') {
                    Some(name) => (true, name),
                    None => (false, name),
                };
                let class = (self.class_of)(name).ok_or_else(|| PatternError {
                    at: start,
                    message: format!("there is no lexicon class `{name}`"),
                    unknown_class: Some(name.to_string()),
                })?;
                let element = if negated { Element::NotClass(class) } else { Element::Class(class) };
                self.places.push(start..self.at);
                Ok((Pattern::Unit(element), true))
            }
            '"' => {
                let sign = self.until('"', "this quotation mark is never closed")?.to_lowercase();
                if sign.is_empty() {
                    return Err(PatternError::new(start, "nothing stands between the marks"));
                }
                self.places.push(start..self.at);
                Ok((Pattern::Unit(Element::Word(sign)), true))
            }
            '.' if self.text[self.at..].starts_with("...") => {
                self.at += 3;
                self.places.push(start..self.at);
                let any = Box::new(Pattern::Unit(Element::Any));
                Ok((Pattern::Repeat { inner: any, optional: true, many: true }, false))
            }
            '_' => {
                self.at += 1;
                self.places.push(start..self.at);
                Ok((Pattern::Unit(Element::Any), true))
            }
            c if c.is_alphanumeric() || c == '\'' => {
                let rest = &self.text[self.at..];
                let length = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
                    .unwrap_or(rest.len());
                self.at += length;
                let word = rest[..length].to_lowercase();
                let mut parts: Vec<Pattern> = word
                    .split('-')
                    .filter(|part| !part.is_empty())
                    .map(|part| Pattern::Unit(Element::Word(part.to_string())))
                    .collect();
                self.places.extend(parts.iter().map(|_| start..start + length));
                Ok((if parts.len() == 1 { parts.remove(0) } else { Pattern::Sequence(parts) }, true))
            }
            c => Err(self.error(format!("`{c}` means nothing here; write a sign between quotation marks"))),
        }
    }

    fn until(&mut self, end: char, complaint: &str) -> Result<&'a str, PatternError> {
        let start = self.at;
        let text = self.text;
        let rest = &text[start + 1..];
        match rest.find(end) {
            Some(length) => {
                self.at = start + 1 + length + 1;
                Ok(&rest[..length])
            }
            None => Err(PatternError::new(start, complaint)),
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_space();
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn error(&self, message: impl Into<String>) -> PatternError {
        PatternError::new(self.at, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<Pattern, PatternError> {
        Pattern::parse(text, |name| (name == "model").then_some(ClassId(3)))
    }

    #[test]
    fn words_classes_and_repetition_are_read() {
        let Ok(Pattern::Sequence(parts)) = parse("an? _* {model}") else { panic!() };
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[2], Pattern::Unit(Element::Class(ClassId(3))));
        assert_eq!(parse("state-of-the-art").unwrap().count(), 4);
        assert_eq!(parse("( a | b c )+").unwrap().count(), 3);
    }

    #[test]
    fn the_place_of_each_unit_is_told_in_its_order() {
        let text = "an? {!model} (state-of-x | ... _) \";\"";
        let (pattern, places) = Pattern::parse_placed(text, |_| Some(ClassId(3))).unwrap();
        assert_eq!(pattern.count(), places.len());
        let written: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
        assert_eq!(
            written,
            ["an", "{!model}", "state-of-x", "state-of-x", "state-of-x", "...", "_", "\";\""]
        );
    }

    #[test]
    fn what_a_match_must_hold_leaves_options_out() {
        let mut required = Vec::new();
        parse("a b? (c | d) e").unwrap().for_each_required(&mut |element| required.push(element.clone()));
        assert_eq!(required, [Element::Word("a".into()), Element::Word("e".into())]);
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        for (text, at, cause) in [
            ("", 0, "nothing stands here"),
            ("a (b", 2, "never closed"),
            ("a b)", 3, "closing bracket"),
            ("a {modle}", 2, "no lexicon class `modle`"),
            ("a {model", 2, "never closed"),
            ("a ; b", 2, "means nothing"),
            ("a | ", 4, "nothing stands here"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.at, at, "{text}: {error:?}");
            assert!(error.message.contains(cause), "{error:?}");
        }
        assert!(parse(&"a ".repeat(65)).unwrap_err().message.contains("64"));
        assert!(parse(&"(".repeat(9000)).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[a-z(){}|?*+._\"! -]{0,40}|.{0,20}") {
            if let Ok((pattern, places)) = Pattern::parse_placed(&text, |_| Some(ClassId(3))) {
                prop_assert_eq!(pattern.count(), places.len());
            }
        }
    }
}
