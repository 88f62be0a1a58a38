//! The numbers of a paper's own parts, and references to them.

use std::collections::HashMap;

/// A kind of numbered part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Counter {
    Section,
    Appendix,
    Figure,
    Table,
    Algorithm,
    Listing,
    Equation,
    /// A theorem or an item, whose number is not tracked.
    Other,
}

/// The style of a printed reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// "3", as by `\ref`.
    Number,
    /// "(3)", as by `\eqref`.
    Bracketed,
    /// "Figure 3", as by `\autoref`.
    Capital,
    /// "figure 3", as by `\cref`.
    Small,
    /// The heading, as by `\nameref`.
    Name,
    /// "figure", as by `\namecref`, or "Figure" if `true`.
    Word(bool),
}

/// A part that labels can refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) counter: Counter,
    pub(super) number: String,
    /// Its heading, if it has one.
    pub(super) heading: String,
}

/// All numbers assigned so far, and the labels.
#[derive(Debug, Default)]
pub(super) struct References {
    sections: [u32; 6],
    others: HashMap<Counter, u32>,
    in_appendix: bool,
    labels: HashMap<String, Part>,
}

impl Counter {
    /// Returns the word that packages put before a number of this kind.
    fn word(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Appendix => "appendix",
            Self::Figure => "figure",
            Self::Table => "table",
            Self::Algorithm => "algorithm",
            Self::Listing => "listing",
            Self::Equation => "equation",
            Self::Other => "",
        }
    }
}

impl Part {
    /// Returns the target of labels before anything has a number.
    pub(super) fn none() -> Self {
        Self { counter: Counter::Other, number: String::new(), heading: String::new() }
    }
}

impl References {
    /// Starts the appendix: sections are numbered anew, with letters.
    pub(super) fn begin_appendix(&mut self) {
        self.in_appendix = true;
        self.sections = [0; 6];
    }

    pub(super) fn is_in_appendix(&self) -> bool {
        self.in_appendix
    }

    /// Returns the next section at a depth, 1 for a section.
    pub(super) fn next_section(&mut self, depth: u8) -> Part {
        let counter = if self.in_appendix { Counter::Appendix } else { Counter::Section };
        let level = usize::from(depth.clamp(1, 5));
        self.sections[level] += 1;
        self.sections[level + 1..].fill(0);
        let number = |(index, number): (usize, &u32)| match (index, u8::try_from(*number)) {
            (0, Ok(letter @ 1..=26)) if self.in_appendix => char::from(b'A' + letter - 1).to_string(),
            _ => number.to_string(),
        };
        let numbers: Vec<String> = self.sections[1..=level].iter().enumerate().map(number).collect();
        Part { counter, number: numbers.join("."), heading: String::new() }
    }

    /// Returns the next figure, table or the like.
    pub(super) fn next(&mut self, counter: Counter) -> Part {
        let number = self.others.entry(counter).or_default();
        *number += 1;
        Part { counter, number: number.to_string(), heading: String::new() }
    }

    /// Records the target of a label.
    pub(super) fn set_label(&mut self, key: String, part: Part) {
        self.labels.insert(key, part);
    }

    /// Returns a reference as printed; `??` stands for an unknown number, as in LaTeX.
    pub(super) fn text(&self, keys: &str, style: Style) -> String {
        let parts: Vec<Option<&Part>> = keys.split(',').map(|key| self.labels.get(key.trim())).collect();
        let number = |part: &Option<&Part>| match part {
            Some(part) if style == Style::Name && !part.heading.is_empty() => part.heading.clone(),
            Some(part) if !part.number.is_empty() => part.number.clone(),
            _ => "??".to_string(),
        };
        let numbers = parts.iter().map(number).collect::<Vec<_>>().join(", ");
        let word = parts[0].map_or("", |part| part.counter.word());
        let plural = if parts.len() > 1 && !word.is_empty() { "s" } else { "" };
        let cased = |word: &str, is_capital: bool| {
            let (first, rest) = word.split_at(1);
            if is_capital { format!("{}{rest}", first.to_ascii_uppercase()) } else { word.to_string() }
        };
        match style {
            Style::Word(is_capital) if !word.is_empty() => format!("{}{plural}", cased(word, is_capital)),
            Style::Bracketed => format!("({numbers})"),
            Style::Small | Style::Capital if !word.is_empty() => {
                format!("{}{plural} {numbers}", cased(word, style == Style::Capital))
            }
            _ => numbers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_and_referred_to() {
        let mut references = References::default();
        let first = references.next_section(1);
        let second = references.next_section(2);
        let figure = references.next(Counter::Figure);
        references.begin_appendix();
        let appendix = references.next_section(1);
        let below = references.next_section(2);
        for (key, part) in [("a", first), ("b", second), ("f", figure), ("x", appendix), ("y", below)] {
            references.set_label(key.to_string(), part);
        }
        assert_eq!(references.text("b", Style::Number), "1.1");
        assert_eq!(references.text("a,b", Style::Capital), "Sections 1, 1.1");
        assert_eq!(references.text("f", Style::Small), "figure 1");
        assert_eq!(references.text("x", Style::Capital), "Appendix A");
        assert_eq!(references.text("y", Style::Number), "A.1");
        assert_eq!(references.text("nowhere", Style::Capital), "??");
        assert_eq!(references.text("f", Style::Bracketed), "(1)");
    }
}
