//! Commands that point to works and parts by a key, and the unknown ones that must be such commands.

use super::citing::{Cite, CiteStyle};
use super::flow::Blank;
use super::macros::Tokens;
use super::reader::Reader;
use super::references::Style;
use super::token::{Kind, SourceRange, Token};

/// A note beside a citation, and the place of its end.
type Note = (Tokens, SourceRange);

/// The target of a command that nothing defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointer {
    Work(CiteStyle),
    Part,
    /// A part, if the key looks like that of one: `\reftab{tab:a}`, but not `\refined{it}`.
    PartIfKey,
    /// The place itself, if the key looks like one: `\phantomlabel{fig:a}`.
    HereIfKey,
}

/// Returns what the name of an unknown command says that it points to.
fn pointer_of(name: &str) -> Option<Pointer> {
    if !name.contains("cite") && !name.contains("Cite") {
        let is_reference = ["ref", "Ref", "refs"].iter().any(|ending| name.ends_with(ending));
        return match name {
            _ if is_reference => Some(Pointer::Part),
            _ if name.starts_with("ref") => Some(Pointer::PartIfKey),
            _ if name.ends_with("label") => Some(Pointer::HereIfKey),
            _ => None,
        };
    }
    let name = name.trim_end_matches('*');
    Some(Pointer::Work(if name.contains("author") {
        CiteStyle::Authors
    } else if name.contains("year") || name.contains("date") {
        CiteStyle::Year
    } else if name.ends_with("citet") || name.contains("textcite") {
        CiteStyle::Textual
    } else {
        CiteStyle::Bracketed
    }))
}

impl Reader<'_> {
    /// Handles `\ref{key}` and the like.
    pub(super) fn reference(&mut self, style: Style, from: SourceRange) {
        self.expander.drop_arguments("*");
        let Some((key, end)) = self.expander.argument() else { return };
        let key = self.expander.plain(&key);
        self.hole(Blank::Reference { key, style }, from.to(end));
    }

    /// Handles `\citep[see][p. 3]{one,two}`, and of several groups `\parencites[see]{one}[p. 3]{two}`. Of the notes
    /// of several groups, those that stand between two works are not printed.
    pub(super) fn cite(&mut self, style: CiteStyle, several: bool, from: SourceRange) {
        self.expander.drop_arguments("*a");
        let mut notes = (None, None);
        if several {
            notes = (self.expander.delimited('(', ')'), self.expander.delimited('(', ')'));
        }
        let (mut keys, mut end) = (Vec::new(), None);
        while end.is_none() || several && self.has_another_group() {
            let (first, second) = (self.expander.optional(), self.expander.optional());
            let Some((found, place)) = self.expander.argument() else { break };
            keys.extend(self.keys(&found));
            // One note stands after the works, the first of two before them.
            let (before, after) = if second.is_some() { (first, second) } else { (None, first) };
            if end.is_none() && notes.0.is_none() {
                notes.0 = before;
            }
            notes.1 = after.or(notes.1);
            end = Some(place);
        }
        if let Some(end) = end {
            self.put_citation(keys, style, notes, from.to(end));
        }
    }

    /// Cites works with the options that were read before their keys.
    fn cite_with(&mut self, options: Vec<Note>, style: CiteStyle, from: SourceRange) {
        let Some((found, end)) = self.expander.argument() else { return };
        let keys = self.keys(&found);
        let mut options = options.into_iter();
        let (first, second) = (options.next(), options.next());
        let notes = if second.is_some() { (first, second) } else { (None, first) };
        self.put_citation(keys, style, notes, from.to(end));
    }

    fn keys(&self, found: &[Token]) -> Vec<String> {
        self.expander.plain(found).split(',').map(|key| key.trim().to_string()).collect()
    }

    fn put_citation(
        &mut self,
        keys: Vec<String>,
        style: CiteStyle,
        notes: (Option<Note>, Option<Note>),
        from: SourceRange,
    ) {
        if self.is_quiet() {
            return;
        }
        for key in &keys {
            self.works.cite(key);
        }
        let mut note =
            |tokens: Option<Note>| tokens.map_or_else(String::new, |(tokens, _)| self.line_of(tokens));
        let (before, after) = (note(notes.0), note(notes.1));
        self.hole(Blank::Citation(Cite { keys, style, before, after }), from);
    }

    fn has_another_group(&mut self) -> bool {
        self.expander.peek_raw().is_some_and(|token| token.kind == Kind::Open)
            || self.next_starts_with(&['['])
    }

    pub(super) fn no_cite(&mut self) {
        let Some((keys, _)) = self.expander.argument() else { return };
        for key in self.expander.plain(&keys).split(',').filter(|key| key.trim() != "*") {
            self.works.cite(key.trim());
        }
    }

    /// Handles `\crefrange{first}{last}`.
    pub(super) fn reference_range(&mut self, style: Style, from: SourceRange) {
        self.reference(style, from);
        self.replaced("–", from);
        self.reference(Style::Number, from);
    }

    /// Handles a command that nothing defines and whose name and argument say that it cites or refers, as those of a
    /// class that is not there: `\figref{fig:a}`. Returns `false` for others.
    pub(super) fn points(&mut self, name: &str, from: SourceRange) -> bool {
        let Some(pointer) = pointer_of(name) else { return false };
        let mut options = Vec::new();
        let star = self.expander.star();
        while options.len() < 2
            && let Some(option) = self.expander.optional()
        {
            options.push(option);
        }
        let Some(open) = self.expander.peek_raw().filter(|token| token.kind == Kind::Open) else {
            return star.is_some();
        };
        let Some((inside, end)) = self.expander.argument() else { return star.is_some() };
        let mut is_key = self.is_key(&inside);
        if matches!(pointer, Pointer::PartIfKey | Pointer::HereIfKey) {
            is_key &= self.expander.plain(&inside).contains([':', '_', '-']);
        }
        let close = Token { kind: Kind::Close, text: end, from: end };
        self.expander.give_back([&[open], &inside[..], &[close]].concat());
        if !is_key {
            return true; // its options are passed over, and the text of its argument is read
        }
        match pointer {
            Pointer::Part | Pointer::PartIfKey => self.reference(Style::Number, from),
            Pointer::HereIfKey => self.label(),
            Pointer::Work(style) => self.cite_with(options, style, from),
        }
        true
    }

    /// Returns whether an argument is one key or several, with commas between them, and no text.
    fn is_key(&self, argument: &[Token]) -> bool {
        let is_plain = |token: &Token| match token.kind {
            Kind::Text | Kind::Script | Kind::Space => true,
            Kind::Command => token.text.len() == 1,
            _ => false,
        };
        let written = self.expander.plain(argument);
        argument.iter().all(is_plain)
            && written
                .split(',')
                .all(|key| !key.trim().is_empty() && !key.trim().contains(char::is_whitespace))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{prose, read};

    #[test]
    fn keys_of_parts_are_not_printed() {
        let labels = "\\section{A}\\label{sec:a}\\section{B}\\label{sec:b}";
        for (source, printed) in [
            ("\\subref{fig:orvex2} \\subref*{fig:orvex2}", "?? ??"),
            ("\\crefrange{sec:a}{sec:b} and \\Crefrange{sec:a}{sec:b}", "section 1–2 and Section 1–2"),
            ("\\labelcref{sec:b} \\cpageref{sec:b} \\footref{fn:orvex} \\zcref{sec:a}", "2 2 ?? section 1"),
            ("\\namecref{sec:a} \\nameCref{sec:a}", "section Section"),
            ("Fig.~\\figref{fig:orvex-2}, \\reftab[x]{tab:orvex}", "Fig. ??, ??"),
            ("\\myref{sec:a,sec:b}", "1, 2"),
            ("\\phantomlabel{fig:orvex}\\ref{fig:orvex} \\axislabel{length}", "2 length"),
            ("\\briefref{what is said} \\refined{it}", "what is said it"),
        ] {
            assert_eq!(prose(&format!("{labels}{source}")), format!("A\n\nB\n\n{printed}"), "{source}");
        }
    }

    #[test]
    fn keys_of_works_are_citations() {
        for (source, cited) in [
            (r"A bot\posscite{poe2020orvex2} ran.", "[1]"),
            (r"A bot\citeposs[p. 3]{poe2020orvex2} ran.", "[1, p. 3]"),
            (r"A bot\mycitep*[see][]{poe2020orvex2} ran.", "[see 1]"),
            (r"A bot\citeplanguageresource{poe2020orvex2} ran.", "[1]"),
            (r"A bot\bibentry{poe2020orvex2} ran.", "[1]"),
        ] {
            let document = read(source);
            assert_eq!(document.prose, format!("A bot{cited} ran."), "{source}");
            assert_eq!(document.bibliography.len(), 1, "{source}");
        }
        assert_eq!(prose(r"\excited{by all of us} \mycite{poe, may}"), "by all of us [1, 2]");
    }
}
