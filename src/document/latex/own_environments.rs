//! The paper's own environments, as defined by `\newenvironment` and the like.

use std::rc::Rc;

use super::macros::{OwnEnvironment, Parameter, Tokens};
use super::reader::Reader;
use super::titles::above_text;
use super::token::{Kind, SourceRange, Token};

impl Reader<'_> {
    /// Handles `\newenvironment{name}[1]{begin}{end}`.
    pub(super) fn new_environment(&mut self) {
        self.expander.drop_arguments("*");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let parameters = self.expander.parameters();
        let (begin, end) = (self.expander.argument(), self.expander.argument());
        if let (Some((begin, _)), Some((end, _))) = (begin, end) {
            self.own_environment(&name, parameters, begin, end);
        }
    }

    fn own_environment(&mut self, name: &str, parameters: Vec<Parameter>, begin: Tokens, end: Tokens) {
        if self.hides(&begin, &end) {
            self.hidden_environments.insert(name.to_string());
        } else if self.begins_verbatim(&begin) {
            self.verbatim_environments.insert(name.to_string());
        } else if !self.expander.is_inner(&begin) && !self.expander.has_internal(&begin) {
            self.hidden_environments.remove(name);
            self.expander.macros.define_environment(name, OwnEnvironment { parameters, begin, end });
        }
    }

    /// Returns whether the code around the text of an environment keeps it from being printed.
    fn hides(&self, begin: &[Token], end: &[Token]) -> bool {
        let has = |tokens: &[Token], names: &[&str]| {
            let commands = tokens.iter().filter(|token| token.kind == Kind::Command);
            commands.into_iter().any(|token| names.contains(&&*self.expander.text(*token)))
        };
        has(begin, &["comment", "iffalse"])
            || has(begin, &["setbox", "lrbox", "savebox"])
                && !has(end, &["box", "usebox", "copy", "unhbox", "unvbox"])
    }

    /// Returns whether the code before the text of an environment makes that text no LaTeX.
    fn begins_verbatim(&self, begin: &[Token]) -> bool {
        const VERBATIM: &[&str] = &["verbatim", "Verbatim", "VerbatimEnvironment", "lstlisting", "minted"];
        begin
            .iter()
            .any(|token| token.kind == Kind::Command && VERBATIM.contains(&&*self.expander.text(*token)))
    }

    /// Handles `\excludecomment{name}` and `\includecomment{name}`.
    pub(super) fn hide_environment(&mut self, is_hidden: bool) {
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        if is_hidden {
            self.hidden_environments.insert(name);
        } else {
            self.hidden_environments.remove(&name);
        }
    }

    /// Handles `\NewDocumentEnvironment{name}{form}{begin}{end}`.
    pub(super) fn new_document_environment(&mut self) {
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let form = self.expander.argument();
        let (begin, end) = (self.expander.argument(), self.expander.argument());
        let (Some((form, _)), Some((begin, _)), Some((end, _))) = (form, begin, end) else { return };
        let takes_body = form.last().is_some_and(|last| self.expander.text(*last).ends_with('b'));
        let Some(mut parameters) = self.expander.document_parameters(&form) else { return };
        if !takes_body {
            return self.own_environment(&name, parameters, begin, end);
        }
        parameters.pop();
        let body = u8::try_from(parameters.len() + 1).unwrap_or(u8::MAX);
        let at = begin.iter().position(|token| token.kind == Kind::Parameter(body));
        self.environment_of_body(&name, parameters, &begin, at);
    }

    /// Handles `\NewEnviron{name}[1][default]{text with \BODY}`.
    pub(super) fn new_environ(&mut self) {
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let parameters = self.expander.parameters();
        let Some((text, _)) = self.expander.argument() else { return };
        let at =
            text.iter().position(|token| token.kind == Kind::Command && self.expander.is(*token, "BODY"));
        self.environment_of_body(&name, parameters, &text, at);
    }

    /// Defines an environment whose body is inserted at `at` in the printed text; `None` hides it.
    fn environment_of_body(
        &mut self,
        name: &str,
        parameters: Vec<Parameter>,
        text: &[Token],
        at: Option<usize>,
    ) {
        let Some(at) = at else {
            self.hidden_environments.insert(name.to_string());
            return;
        };
        // A brace that is open where the text is put in closes no group there.
        let (begin, end) = (&text[..at], &text[at + 1..]);
        let depth = |tokens: &[Token], kind| tokens.iter().filter(|token| token.kind == kind).count();
        let is_even = depth(begin, Kind::Open) == depth(begin, Kind::Close);
        let (begin, end) = if is_even { (begin, end) } else { (&text[..0], &text[..0]) };
        self.own_environment(name, parameters, begin.into(), end.into());
    }

    /// Handles `\newtcolorbox[init]{name}[1][default]{options}`: an environment that contains text.
    pub(super) fn new_box(&mut self) {
        self.expander.drop_arguments("o");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let parameters = self.expander.parameters();
        let nothing: Tokens = Rc::from([]);
        let options = self.expander.argument();
        let title = options.and_then(|(options, end)| Some(above_text(&self.title_in(&options)?, end)));
        let begin = title.unwrap_or_else(|| Rc::clone(&nothing));
        let environment = OwnEnvironment { parameters, begin, end: nothing };
        self.expander.macros.define_environment(&name, environment);
    }

    /// Handles `\lstnewenvironment{name}...`: an environment that contains no text.
    pub(super) fn new_verbatim(&mut self, command: &str) {
        let named = self.expander.optional();
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        if command == "newminted" {
            // The first argument is the language of `pythoncode`, unless another name is given.
            let name = named.map_or_else(|| format!("{name}code"), |(named, _)| self.expander.plain(&named));
            self.verbatim_environments.insert(name);
            self.expander.drop_arguments("m");
            return;
        }
        self.verbatim_environments.insert(name);
        self.expander.parameters();
        self.expander.drop_arguments("mm");
    }

    /// Handles `\newtcbtheorem[init]{name}{heading}{options}{prefix}`: an environment with a title and a label.
    pub(super) fn new_theorem_box(&mut self) {
        self.expander.drop_arguments("o");
        let Some((name, end)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        self.expander.drop_arguments("mmm");
        let token = |kind| Token { kind, text: SourceRange { start: end.end, ..end }, from: end };
        let begin: Tokens = Rc::from([token(Kind::Parameter(2)), token(Kind::Paragraph)]);
        let parameters = vec![Parameter::Optional(None), Parameter::Mandatory, Parameter::Mandatory];
        let environment = OwnEnvironment { parameters, begin, end: Rc::from([]) };
        self.expander.macros.define_environment(&name, environment);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{prose, read};
    use crate::document::SectionKind;

    #[test]
    fn environments_for_code_hold_no_latex() {
        for source in [
            "\\newminted{python}{frame=lines}\\begin{pythoncode}CODE\\end{pythoncode}",
            "\\newminted[pycode]{python}{}\\begin{pycode}CODE\\end{pycode}",
            "\\newenvironment{code}{\\VerbatimEnvironment\\begin{Verbatim}}{\\end{Verbatim}}\\begin{code}CODE\\end{code}",
            "\\begin{spverbatim}CODE\\end{spverbatim}",
            "\\begin{Highlighting}[]CODE\\end{Highlighting}",
        ] {
            let document =
                read(&source.replace("CODE", "\na = 5 % \\end{document}\nb\n").replace("a = 5", "We ask 5"));
            let parts: Vec<_> = document.sections.iter().map(|part| part.kind).collect();
            assert_eq!(document.prose, "We ask 5 % \\end{document}\nb", "{source}");
            assert_eq!(parts, [SectionKind::Verbatim], "{source}");
        }
        assert_eq!(
            prose("a \\begin{VerbatimOut}{x.py}\nb % \\end{document}\n\\end{VerbatimOut} c"),
            "a\n\nc"
        );
    }

    #[test]
    fn arguments_of_environments_are_not_printed() {
        for (source, printed) in [
            ("\\begin{CJK}{UTF8}{gbsn}Orvex 2 ran.\\end{CJK}", "Orvex 2 ran."),
            ("\\begin{adjustwidth}{1em}{0pt}It ran.\\end{adjustwidth}", "It ran."),
            ("\\begin{adjustwidth*}{1em}{0pt}It ran.\\end{adjustwidth*}", "It ran."),
            ("\\begin{restatable}[Size]{theorem}{main}It grows.\\end{restatable}", "It grows."),
            (
                "\\newtcbtheorem[no counter]{prompt}{Prompt}{colback=red}{pr}\\begin{prompt}{Ask}{one}It ran.\\end{prompt}",
                "Ask\n\nIt ran.",
            ),
            ("\\newmdtheoremenv[a]{claim}{Claim}\\begin{claim}It ran.\\end{claim}", "It ran."),
            ("\\declaretheorem[name=Claim]{claim}It ran.", "It ran."),
        ] {
            assert_eq!(prose(source), printed, "{source}");
        }
        let table = "\\begin{NiceTabular}{ll}\\CodeBefore \\rowcolor{red}{1}\\Body \\Block{2-1}{Orvex 2} & a \\\\ b & c\\end{NiceTabular}";
        assert_eq!(prose(table), "Orvex 2 | a\nb | c");
        let table = "\\begin{tblr}{ll}\\SetRow{c} \\SetCell[c=2]{c} Orvex 2 & a \\\\ b & c\\end{tblr}";
        assert_eq!(prose(table), "Orvex 2 | a\nb | c");
    }
}
