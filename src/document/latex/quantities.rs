//! Numbers with units, as siunitx writes them.

use super::macros::Tokens;
use super::reader::Reader;
use super::token::{Kind, SourceRange, Token};

/// How many numbers a command has, and how they are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// `\qty{7}{\byte}`
    One,
    /// `\qtyrange{7}{70}{\byte}`
    Range,
    /// `\qtylist{7;13;70}{\byte}`
    List,
    /// `\unit{\byte}`
    None,
}

/// Units and their prefixes, by the commands for them.
const UNITS: &[(&str, &str)] = &[
    ("percent", "%"),
    ("degree", "°"),
    ("kilo", "k"),
    ("mega", "M"),
    ("giga", "G"),
    ("tera", "T"),
    ("peta", "P"),
    ("exa", "E"),
    ("kibi", "Ki"),
    ("mebi", "Mi"),
    ("gibi", "Gi"),
    ("tebi", "Ti"),
    ("milli", "m"),
    ("micro", "µ"),
    ("nano", "n"),
    ("centi", "c"),
    ("byte", "B"),
    ("bit", "bit"),
    ("flop", "FLOP"),
    ("second", "s"),
    ("minute", "min"),
    ("hour", "h"),
    ("day", "d"),
    ("metre", "m"),
    ("meter", "m"),
    ("gram", "g"),
    ("kilogram", "kg"),
    ("watt", "W"),
    ("joule", "J"),
    ("hertz", "Hz"),
    ("volt", "V"),
    ("kelvin", "K"),
    ("celsius", "°C"),
    ("degreeCelsius", "°C"),
    ("per", "/"),
    ("squared", "²"),
    ("cubed", "³"),
    ("kB", "kB"),
    ("MB", "MB"),
    ("GB", "GB"),
    ("TB", "TB"),
];

impl Reader<'_> {
    /// Handles `\DeclareSIUnit{\name}{unit}`.
    pub(super) fn declare_unit(&mut self) {
        self.expander.drop_arguments("o");
        let Some(name) = self.expander.command_name() else { return };
        let Some((unit, _)) = self.expander.argument() else { return };
        let unit = self.unit_of(unit);
        self.units.insert(name.to_string(), unit);
    }

    /// Handles `\qty[options]{7}{\byte}` and its kind; without a unit, as `\numrange{7}{70}`.
    pub(super) fn quantity(&mut self, numbers: Numbers, has_unit: bool, from: SourceRange) {
        self.expander.drop_arguments("o");
        let mut end = from;
        let mut read = |reader: &mut Self| {
            let (tokens, place) = reader.expander.argument()?;
            end = place;
            Some(tokens)
        };
        let mut written = Vec::new();
        for _ in 0..match numbers {
            Numbers::None => 0,
            Numbers::Range => 2,
            _ => 1,
        } {
            let Some(tokens) = read(self) else { return };
            let tokens = self.expanded(tokens);
            written.push(self.expander.plain(&tokens));
        }
        let unit = if has_unit {
            let Some(tokens) = read(self) else { return };
            self.unit_of(tokens)
        } else {
            String::new()
        };
        let number = match numbers {
            Numbers::List => written.concat().split(';').map(str::trim).collect::<Vec<_>>().join(", "),
            _ => written.join("–"),
        };
        let shown = format!("{number}{unit}");
        self.replaced(shown.trim_start(), from.to(end));
    }

    /// Returns a unit as it stands behind its number: letters as they are written, and what commands stand for behind a
    /// blank, except for signs.
    fn unit_of(&mut self, tokens: Tokens) -> String {
        let tokens = self.expanded(tokens);
        let mut unit = String::new();
        // The blank behind a spelled word was passed over.
        let mut is_in_words = false;
        for token in &tokens {
            let text = self.expander.text(*token);
            let is_apart = is_in_words && text.starts_with(char::is_alphabetic);
            is_in_words = false;
            match token.kind {
                Kind::Text => {
                    unit.push_str(if is_apart { " " } else { "" });
                    unit.push_str(&text);
                }
                Kind::Tie | Kind::Space if !unit.is_empty() => unit.push(' '),
                Kind::Command if &*text == "%" => unit.push('%'),
                Kind::Command if text.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let known = self.units.get(&*text).map(String::as_str);
                    let listed = UNITS.iter().find(|(name, _)| *name == &*text).map(|(_, unit)| *unit);
                    let shown = known.or(listed).unwrap_or(&text);
                    let is_word = shown.starts_with(char::is_alphabetic);
                    unit.push_str(if (unit.is_empty() || is_apart) && is_word { " " } else { "" });
                    unit.push_str(shown);
                    is_in_words = listed.is_none();
                }
                _ => {}
            }
        }
        unit
    }

    /// Returns tokens with the paper's own macros put in.
    pub(super) fn expanded(&mut self, tokens: Tokens) -> Vec<Token> {
        if tokens.iter().all(|token| token.kind != Kind::Command) {
            return tokens.to_vec();
        }
        let mut found = Vec::new();
        self.expander.begin_part(tokens);
        while let Some(token) = self.expander.next() {
            found.push(token);
        }
        self.expander.end_part();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::prose;

    #[test]
    fn numbers_keep_their_units() {
        let declared = "\\DeclareSIUnit{\\params}{B}\\DeclareSIUnit\\token{tokens}\\newcommand{\\size}{137}";
        for (source, printed) in [
            ("\\SI{175}{\\billion} weights", "175 billion weights"),
            ("\\qty{300}{\\billion tokens}, \\qty{2}{\\million\\word}", "300 billion tokens, 2 million word"),
            ("\\qty[mode=text]{\\size}{\\params}, \\SI{9}{\\token}", "137 B, 9 tokens"),
            ("\\SI{137}{B} and \\qty{25}{\\percent} or \\SI{25}{\\%}", "137B and 25% or 25%"),
            (
                "\\numrange{7}{70}B, \\SIrange{7}{70}{B}, \\qtyrange{7}{70}{\\giga\\byte}",
                "7–70B, 7–70B, 7–70 GB",
            ),
            ("\\numlist{7;13;70} and \\SIlist{7;13}{\\percent}", "7, 13, 70 and 7, 13%"),
            ("\\unit{\\kilo\\watt\\per\\hour} \\si{\\byte} \\num{1.5e9}", "kW/h B 1.5e9"),
            ("\\qty", ""),
        ] {
            assert_eq!(prose(&format!("{declared}{source}")), printed, "{source}");
        }
    }
}
