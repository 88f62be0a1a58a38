//! Numbers and lengths in TeX's syntax, which set how a page looks: `\vskip 3pt plus 1fil`, `\tolerance=1000`.

use super::reader::Reader;
use super::token::{Kind, SourceRange};

const UNITS: [&str; 15] =
    ["filll", "fill", "fil", "pt", "em", "ex", "cm", "mm", "in", "bp", "pc", "dd", "cc", "sp", "mu"];

/// Parts of the names of lengths.
const LENGTH_NAMES: [&str; 9] =
    ["skip", "sep", "width", "height", "depth", "indent", "size", "margin", "spread"];

impl Reader<'_> {
    /// Handles `\hspace*{1em}`; where the length is none or less, no blank is seen.
    pub(super) fn gap(&mut self, from: SourceRange) {
        self.expander.drop_arguments("*");
        let Some((length, _)) = self.expander.argument() else { return self.blank_for(from) };
        let length = self.expander.plain(&length);
        let length = length.trim_start();
        let digits = length.trim_start_matches(['0', '.']);
        let is_none = digits.len() < length.len() && !digits.starts_with(|c: char| c.is_ascii_digit());
        if !is_none && !length.starts_with('-') {
            self.blank_for(from);
        }
    }

    /// Skips a number in TeX's syntax: `=10000`, with one blank behind it.
    pub(super) fn number(&mut self) {
        self.skip_amount(false);
    }

    /// Skips a length in TeX's syntax: `3pt plus 1fil`, `-0.5\baselineskip`.
    pub(super) fn length(&mut self) {
        self.skip_amount(true);
    }

    fn skip_amount(&mut self, has_unit: bool) {
        let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) else { return };
        let text = self.expander.text(next);
        let length = amount_length(&text, has_unit);
        if length > 0 {
            self.expander.take_text(length);
        }
    }

    /// Skips the value that an unknown command is set to: `\hbadness=10000`, `\topsep0pt`. Returns `false` if
    /// no value stands there.
    pub(super) fn sets_length(&mut self, name: &str) -> bool {
        let next = self.expander.peek_raw().filter(|token| token.kind == Kind::Text);
        let Some(next) = next else { return false };
        let is_set = self.expander.begins_with(next, "=") && !self.expander.begins_with(next, "==");
        if !is_set && !LENGTH_NAMES.iter().any(|part| name.contains(part)) {
            return false;
        }
        let text = self.expander.text(next);
        // A number that ends with a blank has no unit.
        let number = amount_length(&text, false);
        let is_number = text[..number].ends_with(' ');
        let length = if is_number { number } else { amount_length(&text, true) };
        if length > 0 && (is_set || has_unit(&text[..length])) {
            self.expander.take_text(length);
            return true;
        }
        // `\hsize=\textwidth`
        let is_copied = &*text == "=";
        if is_copied {
            self.expander.next_raw();
        }
        is_copied
    }

    /// Skips a character and a number, as of `` \catcode`\@=11 ``.
    pub(super) fn code(&mut self) {
        if self.expander.sign('`').is_some() {
            if self.expander.peek_raw().is_some_and(|next| next.kind == Kind::Text) {
                self.expander.take_character();
            } else {
                self.expander.next_raw();
            }
        } else {
            self.number();
        }
        self.number();
    }

    /// Skips `\name by 2pt`, as of `\advance`.
    pub(super) fn advance(&mut self) {
        if self.expander.peek_raw().is_none_or(|next| next.kind != Kind::Command) {
            return;
        }
        self.expander.next_raw();
        self.expander.skip_space();
        let Some(next) = self.expander.peek_raw().filter(|token| token.kind == Kind::Text) else { return };
        let text = self.expander.text(next);
        let by = text.strip_prefix("by").map_or(0, |_| 2);
        let length = by + text.get(by..).map_or(0, |rest| amount_length(rest, true));
        if length > 0 {
            self.expander.take_text(length);
        }
    }
}

/// Returns the number of bytes at the start of a text that are a number, with its unit and stretch if it may have
/// them, and the blank behind it.
fn amount_length(text: &str, has_unit: bool) -> usize {
    let amount = text.trim_start_matches(['=', ' ']);
    let digits = amount.trim_start_matches(['-', '+', ' ']);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || has_unit && c == '.');
    let number = &digits[..digits.len() - rest.len()];
    if !number.contains(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let unit = rest.trim_start_matches(' ');
    let unit = unit.strip_prefix("true").unwrap_or(unit).trim_start_matches(' ');
    let ended =
        UNITS.iter().filter(|_| has_unit).find_map(|name| unit.strip_prefix(name)).filter(|after| {
            !after.starts_with(|c: char| c.is_ascii_alphabetic()) || unit.len() == rest.len()
        });
    let end = match ended {
        Some(after) => text.len() - after.len() + glue_length(after),
        None => text.len() - rest.len(),
    };
    let blank = text.get(end..).is_some_and(|rest| rest.starts_with(' '));
    end + usize::from(blank)
}

fn has_unit(amount: &str) -> bool {
    amount.contains(|c: char| c.is_ascii_alphabetic())
}

/// Returns the number of bytes of a text that specify the stretch of a length: ` plus 1fill minus 2pt`.
fn glue_length(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches(' ');
        let Some(rest) = rest.strip_prefix("plus").or_else(|| rest.strip_prefix("minus")) else { return at };
        let amount = rest.trim_start_matches(' ');
        let amount = amount.trim_start_matches(|c: char| c.is_ascii_digit() || ".-".contains(c));
        let unit = UNITS.iter().find_map(|unit| amount.strip_prefix(unit)).unwrap_or(amount);
        at = text.len() - unit.len();
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::prose;

    #[test]
    fn values_of_lengths_and_numbers_are_not_printed() {
        for (source, printed) in [
            ("\\baselineskip=12pt plus 1pt minus 2pt We ask it.", "We ask it."),
            ("\\itemsep0em \\tabcolsep=3pt\\topsep-1.5ex A bot.", "A bot."),
            ("\\hbadness=10000 In it.\\hsize=\\textwidth{} So.", "In it. So."),
            ("\\advance\\hsize by 2pt In it. \\advance\\leftskip-2em So.", "In it. So."),
            ("\\tolerance=1000 In it. \\vskip 3pt plus 1fil So.", "In it. So."),
            ("\\vskip 3ptTight \\vskip 0.5\\baselineskip So.", "Tight So."),
            ("\\catcode`\\@=11 In it. \\lccode`A=97 So. \\catcode64=12 On.", "In it. So. On."),
            ("\\ours2 and \\ours 3pt and \\fontsizes of 4", "2 and 3pt and of 4"),
        ] {
            assert_eq!(prose(source), printed, "{source}");
        }
    }
}
