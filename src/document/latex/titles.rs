//! Titles that stand in the options of an environment: of boxes and theorems.

use std::rc::Rc;

use super::groups::Act;
use super::macros::Tokens;
use super::reader::Reader;
use super::token::{Kind, SourceRange, Token};

/// The keys of options whose values are titles.
const KEYS: &[&str] = &["title", "frametitle", "name"];
/// Fewest letters of a word that is a title by itself; shorter ones are places, as in `[ht]`.
const SHORTEST_WORD: usize = 4;

impl Reader<'_> {
    /// Begins an environment of text with a title among its options: `\begin{tcolorbox}[title=Prompt]`. If the title
    /// `may_be_all`, options without a key are one: `\begin{theorem}[Bound]`.
    pub(super) fn begin_titled(&mut self, name: Rc<str>, may_be_all: bool) {
        let options = self.expander.optional();
        self.end_block();
        self.open_group(Some(name), Act::Block);
        let Some((options, end)) = options else { return };
        let title = self.title_in(&options).or_else(|| {
            let written = self.expander.plain(&options);
            let is_sentence = written.contains(' ')
                || written.starts_with(char::is_uppercase) && written.len() >= SHORTEST_WORD;
            (may_be_all && is_sentence && !written.contains('=')).then_some(options)
        });
        if let Some(title) = title {
            self.expander.give_back(above_text(&title, end));
        }
    }

    /// Returns the title among options with keys.
    pub(super) fn title_in(&self, options: &Tokens) -> Option<Tokens> {
        let values = self.key_values(options);
        let is_title = |key: &str| key.rsplit(',').next().is_some_and(|key| KEYS.contains(&key.trim()));
        values.into_iter().find(|(key, value)| is_title(key) && !value.is_empty()).map(|(_, value)| value)
    }
}

/// Returns a title as a paragraph of its own, which `end` gives a place in the source.
pub(super) fn above_text(title: &[Token], end: SourceRange) -> Tokens {
    let paragraph = Token { kind: Kind::Paragraph, text: SourceRange { start: end.end, ..end }, from: end };
    [title, &[paragraph]].concat().into()
}

#[cfg(test)]
mod tests {
    use super::super::samples::prose;

    #[test]
    fn titles_in_options_are_printed_above_the_text() {
        for (source, printed) in [
            ("\\begin{theorem}[Bound of Orvex]It grows.\\end{theorem}", "Bound of Orvex\n\nIt grows."),
            ("\\begin{claim}[Orvex]It grows.\\end{claim}", "Orvex\n\nIt grows."),
            ("\\begin{claim}[name={Of \\emph{size}}]It grows.\\end{claim}", "Of size\n\nIt grows."),
            (
                "\\begin{tcolorbox}[breakable, title={Prompt for Orvex, 2}, colback=red]Judge it.\\end{tcolorbox}",
                "Prompt for Orvex, 2\n\nJudge it.",
            ),
            ("\\begin{mdframed}[frametitle=Prompt]Judge it.\\end{mdframed}", "Prompt\n\nJudge it."),
            (
                "\\newtcolorbox{ask}[2][]{colback=red,title=For #2,#1}\\begin{ask}{Orvex}Judge it.\\end{ask}",
                "For Orvex\n\nJudge it.",
            ),
        ] {
            assert_eq!(prose(source), printed, "{source}");
        }
    }

    #[test]
    fn other_options_are_not_printed() {
        for options in ["[ht]", "[noitemsep]", "[leftmargin=*, label=a]", "[title=]", "[H]"] {
            assert_eq!(
                prose(&format!("\\begin{{boxed}}{options}It ran.\\end{{boxed}}")),
                "It ran.",
                "{options}"
            );
        }
        assert_eq!(prose("\\begin{tcolorbox}[enhanced jigsaw]It ran.\\end{tcolorbox}"), "It ran.");
    }
}
