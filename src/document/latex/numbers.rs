//! Numbers that conditionals compare: digits, macros that stand for them, and counters.

use super::reader::Reader;
use super::token::{Kind, Token};

/// Most commands that are put in while one number is read.
const EXPANSIONS: usize = 32;

impl Reader<'_> {
    /// Handles `\newcounter{name}`, `\setcounter{name}{1}`, `\addtocounter{name}{1}` and `\stepcounter{name}`.
    pub(super) fn set_counter(&mut self, name: &str) {
        let Some((counter, _)) = self.expander.argument() else { return };
        let counter = self.expander.plain(&counter);
        let known = self.counters.get(&counter).copied();
        let value = match name {
            "newcounter" => {
                self.expander.drop_arguments("o");
                Some(0)
            }
            "setcounter" => self.number_argument(),
            "addtocounter" => {
                self.number_argument().zip(known).and_then(|(added, value)| value.checked_add(added))
            }
            _ => known.and_then(|value| value.checked_add(1)),
        };
        match value {
            Some(value) => drop(self.counters.insert(counter, value)),
            None => drop(self.counters.remove(&counter)),
        }
    }

    /// Handles `\newcount\name` and `\chardef\name=1`.
    pub(super) fn new_count(&mut self, has_value: bool) {
        let Some(name) = self.expander.command_name() else { return };
        let value = if has_value { self.assigned() } else { Some(0) };
        self.registers.insert(name.to_string(), value.unwrap_or(0));
    }

    /// Handles `\name=1` of a counter made by `\newcount`. Returns `false` for other commands.
    pub(super) fn sets_count(&mut self, name: &str) -> bool {
        if !self.registers.contains_key(name) {
            return false;
        }
        if let Some(value) = self.assigned() {
            self.registers.insert(name.to_string(), value);
        }
        true
    }

    fn assigned(&mut self) -> Option<i64> {
        self.expander.skip_space();
        self.expander.sign('=');
        self.integer()
    }

    fn number_argument(&mut self) -> Option<i64> {
        let (tokens, _) = self.expander.argument()?;
        self.value_of(&tokens)
    }

    /// Returns the number that tokens stand for.
    fn value_of(&mut self, tokens: &[Token]) -> Option<i64> {
        self.expander.begin_part(tokens.into());
        let value = self.integer();
        self.expander.end_part();
        value
    }

    /// Reads a number as TeX does, with one blank behind it; `None` if it is unknown.
    pub(super) fn integer(&mut self) -> Option<i64> {
        let (mut digits, mut is_negative) = (String::new(), false);
        for _ in 0..EXPANSIONS {
            let next = self.expander.peek_raw();
            let is_digit = |c: char| c.is_ascii_digit();
            match next.map(|token| token.kind) {
                Some(Kind::Text) => {
                    let token = next?;
                    let text = self.expander.text(token);
                    let unsigned =
                        text.trim_start_matches(|c| digits.is_empty() && matches!(c, '-' | '+' | ' '));
                    let rest = unsigned.trim_start_matches(is_digit);
                    let read = &unsigned[..unsigned.len() - rest.len()];
                    let sign = &text[..text.len() - unsigned.len()];
                    if read.is_empty() && !(rest.is_empty() && digits.is_empty()) {
                        break;
                    }
                    is_negative ^= sign.matches('-').count() % 2 == 1;
                    digits.push_str(read);
                    let end = text.len() - rest.strip_prefix(' ').unwrap_or(rest).len();
                    self.expander.take_text(end);
                    if !rest.is_empty() {
                        break;
                    }
                }
                Some(Kind::Space) if digits.is_empty() => drop(self.expander.next_raw()),
                Some(Kind::Space) => {
                    self.expander.next_raw();
                    break;
                }
                Some(Kind::Command) if digits.is_empty() => {
                    let token = self.expander.next_raw()?;
                    let name = self.expander.text(token);
                    if let Some(value) = self.counted(&name) {
                        return if is_negative { value.checked_neg() } else { Some(value) };
                    }
                    if !self.expander.expand(token) {
                        self.expander.give_back([token]);
                        return None;
                    }
                }
                Some(Kind::Command) => {
                    let token = self.expander.next_raw()?;
                    let is_relax = self.expander.is(token, "relax");
                    if is_relax || !self.expander.expand(token) {
                        self.expander.give_back((!is_relax).then_some(token).into_iter().collect::<Vec<_>>());
                        break;
                    }
                }
                _ => break,
            }
        }
        let value = digits.parse::<i64>().ok()?;
        Some(if is_negative { -value } else { value })
    }

    /// Returns the value of a command that is a number.
    fn counted(&mut self, name: &str) -> Option<i64> {
        match name {
            "z@" => Some(0),
            "@ne" => Some(1),
            "tw@" => Some(2),
            "value" => {
                let (counter, _) = self.expander.argument()?;
                self.counters.get(&self.expander.plain(&counter)).copied()
            }
            "number" | "numexpr" => None,
            _ => self.registers.get(name).copied(),
        }
    }

    /// Reads `<`, `>` or `=`.
    pub(super) fn relation(&mut self) -> Option<char> {
        self.expander.skip_space();
        let token = self.expander.peek_raw().filter(|token| token.kind == Kind::Text)?;
        let text = self.expander.text(token);
        let sign = text.chars().next().filter(|sign| "<>=".contains(*sign))?;
        self.expander.sign(sign);
        Some(sign)
    }

    /// Returns the number that a side of a condition spells: `1`, `\value{name}`.
    pub(super) fn written_number(&self, written: &str) -> Option<i64> {
        let written = written.trim();
        let counter = written.strip_prefix("\\value{").and_then(|rest| rest.strip_suffix('}'));
        match (counter, written.strip_prefix('\\')) {
            (Some(counter), _) => self.counters.get(counter.trim()).copied(),
            (None, Some(name)) => self.registers.get(name).copied(),
            (None, None) => written.parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::prose;

    #[test]
    fn conditionals_know_what_macros_and_counters_stand_for() {
        let given = "\\newcommand{\\blind}{0}\\def\\anon{1}\\newcounter{v}\\setcounter{v}{2}\\stepcounter{v}\
                     \\newcount\\kind \\kind=2 \\chardef\\one=1 ";
        for (source, printed) in [
            ("\\if1\\blind yes\\fi\\if0\\blind no\\fi", "no"),
            ("\\if\\blind0yes\\else no\\fi", "yes"),
            ("\\ifnum\\anon=1 yes\\else no\\fi{} \\ifnum\\anon=0 yes\\else no\\fi", "yes no"),
            ("\\ifnum 0<\\anon\\relax yes\\else no\\fi", "yes"),
            ("\\ifnum\\value{v}>2 yes\\else no\\fi{} \\ifnum\\kind=\\one yes\\else no\\fi", "yes no"),
            (
                "\\ifcase\\blind zero\\or one\\else many\\fi{} \\ifcase\\value{v}zero\\or one\\else many\\fi",
                "zero many",
            ),
            ("\\ifcase\\kind zero\\or one\\or two\\fi", "two"),
            ("\\ifodd\\value{v} yes\\else no\\fi", "yes"),
            ("\\ifthenelse{\\value{v}>2}{yes}{no} \\ifthenelse{\\equal{\\anon}{1}}{yes}{no}", "yes yes"),
            ("\\ifnumequal{\\value{v}}{3}{yes}{no} \\ifnumcomp{\\anon}{<}{1}{yes}{no}", "yes no"),
            ("\\IfSubStr{dark orvex}{orv}{yes}{no} \\IfBeginWith{orvex}{ex}{yes}{no}", "yes no"),
            ("\\IfEndWith{orvex}{ex}{yes}{no} \\IfInteger{12}{yes}{no}", "yes yes"),
            ("\\setcounter{v}{\\kind}\\ifnum\\value{v}=2 yes\\fi", "yes"),
            ("\\ifnum\\pdfoutput>0 yes\\else no\\fi", "no"),
            ("\\ifnum-\\anon<0 yes\\fi", "yes"),
            // The least number has no negative.
            (
                "\\setcounter{v}{-9223372036854775807}\\addtocounter{v}{-1}\\ifnum-\\value{v}<0 yes\\else no\\fi",
                "no",
            ),
        ] {
            assert_eq!(prose(&format!("{given}{source}")), printed, "{source}");
        }
    }
}
