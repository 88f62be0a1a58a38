//! `\if...`, `\else` and `\fi`.

use super::reader::Reader;
use super::token::Kind;

/// Conditions of TeX itself and of usual packages. What they test is not followed: the text for
/// "no" is read.
const CONDITIONS: &[&str] = &[
    "if",
    "ifx",
    "ifnum",
    "ifdim",
    "ifodd",
    "ifmmode",
    "ifcase",
    "ifdefined",
    "ifcat",
    "ifvoid",
    "ifhmode",
    "ifvmode",
    "ifinner",
    "ifeof",
    "ifcsname",
    "ifpdf",
    "ifxetex",
    "ifluatex",
    "ifPDFTeX",
    "ifXeTeX",
    "ifLuaTeX",
    "ifvbox",
    "ifhbox",
];

impl Reader<'_> {
    /// Does what a command says that belongs to conditions. False if it does not.
    pub(super) fn conditional(&mut self, name: &str) -> bool {
        match name {
            // What is met here ends the part that was read.
            "else" | "or" => self.skip_to_fi(false),
            "fi" => {}
            "iftrue" => {}
            "iffalse" => self.skip_to_fi(true),
            _ => {
                if let Some(value) = self.switches.get(name).copied() {
                    if !value {
                        self.skip_to_fi(true);
                    }
                } else if CONDITIONS.contains(&name) {
                    self.skip_to_fi(true);
                } else {
                    return self.set_switch(name);
                }
            }
        }
        true
    }

    /// `\newif\ifname`
    pub(super) fn new_if(&mut self) {
        if let Some(name) = self.expander.command_name()
            && name.starts_with("if")
        {
            self.switches.entry(name.to_string()).or_insert(false);
        }
    }

    /// Whether a command belongs to a `\newif`.
    pub(super) fn is_switch(&self, name: &str) -> bool {
        self.switches.contains_key(name) || self.switch_of(name).is_some()
    }

    /// `\nametrue` and `\namefalse`
    fn set_switch(&mut self, name: &str) -> bool {
        let Some((switch, value)) = self.switch_of(name) else { return false };
        self.switches.insert(switch, value);
        true
    }

    fn switch_of(&self, name: &str) -> Option<(String, bool)> {
        let (stem, value) = match (name.strip_suffix("true"), name.strip_suffix("false")) {
            (Some(stem), _) => (stem, true),
            (_, Some(stem)) => (stem, false),
            _ => return None,
        };
        let switch = format!("if{stem}");
        self.switches.contains_key(&switch).then_some((switch, value))
    }

    /// Passes over tokens up to the `\fi` that belongs here, or to the `\else` if that will do.
    fn skip_to_fi(&mut self, or_else: bool) {
        let mut passed = Vec::new();
        let mut depth = 0usize;
        while let Some(token) = self.expander.next_raw() {
            passed.push(token);
            if token.kind != Kind::Command {
                continue;
            }
            let name = self.expander.text(token);
            match &*name {
                "fi" if depth == 0 => return,
                "fi" => depth -= 1,
                "else" if depth == 0 && or_else => return,
                "iftrue" | "iffalse" => depth += 1,
                name if CONDITIONS.contains(&name) || self.switches.contains_key(name) => depth += 1,
                _ => {}
            }
        }
        // Without an end, the condition was none that we know how to read.
        self.expander.give_back(passed);
    }
}
