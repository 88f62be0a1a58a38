//! Inclusion of files.

use std::collections::HashSet;

use super::expander::LimitMet;
use super::files::Opened;
use super::macros::{Macro, Tokens};
use super::project::folder_of;
use super::reader::Reader;
use super::token::{Kind, SourceRange, Token};
use crate::document::{ReadError, ReadNote, SectionKind};

/// Returns the candidate files for a name, the preferred one first. A name that ends in `.tex` is used as
/// is, although TeX would first append another `.tex`.
fn names_of(name: &str) -> Vec<String> {
    let with_ending = (!name.to_ascii_lowercase().ends_with(".tex")).then(|| format!("{name}.tex"));
    with_ending.into_iter().chain([name.to_string()]).collect()
}

/// Maximum number of missing files that are looked up; papers name a hundred packages that are not part of
/// them.
const MISSING: usize = 1000;

/// Most folders of `\input@path` that are looked into.
const MOST_FOLDERS: usize = 32;

impl Reader<'_> {
    /// Handles `\input{name}`, `\include{name}` and `\subfile{name}`, and `\input name` in TeX's syntax.
    pub(super) fn input(&mut self, token: Token) {
        self.expander.skip_space();
        let name = match self.expander.peek_raw().map(|next| next.kind) {
            Some(Kind::Open) => self.expander.argument().map(|found| self.file_name(found.0)),
            Some(Kind::Text) => self.word(),
            _ => None,
        };
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            self.include(&name, None, token);
        }
    }

    /// Handles `\import{folder/}{name}`: names in the included file are looked up in its folder first.
    pub(super) fn import(&mut self, token: Token) {
        self.expander.drop_arguments("*");
        let (folder, name) = (self.expander.argument(), self.expander.argument());
        let (Some((folder, _)), Some((name, _))) = (folder, name) else { return };
        let folder = self.file_name(folder);
        let name = self.file_name(name);
        let path = format!("{}/{name}", folder.trim_end_matches('/'));
        self.include(&path, Some(folder), token);
    }

    /// Returns the name of a file in an argument, with macros put in and without quotes.
    fn file_name(&mut self, argument: Tokens) -> String {
        let tokens = self.expanded(argument);
        self.expander.plain(&tokens).replace('"', "")
    }

    /// Reads the next word of the text.
    fn word(&mut self) -> Option<String> {
        let mut name = String::new();
        let mut quoted = false;
        while let Some(token) = self.expander.peek_raw().filter(|token| {
            matches!(token.kind, Kind::Text | Kind::Script) || quoted && token.kind == Kind::Space
        }) {
            let text = self.expander.text(token);
            self.expander.next_raw();
            if name.is_empty() && text.starts_with('"') {
                quoted = true;
            }
            if quoted {
                // A name in quotes may hold blanks, and ends with its second quote.
                let from = usize::from(name.is_empty());
                let Some(end) = text.get(from..).and_then(|rest| rest.find('"')).map(|at| at + from) else {
                    name.push_str(if token.kind == Kind::Space { " " } else { &text });
                    continue;
                };
                name.push_str(&text[..end]);
                self.expander.give_back_text(super::arguments::split(token, end + 1).1);
                break;
            }
            match text.find(' ') {
                Some(blank) => {
                    name.push_str(&text[..blank]);
                    self.expander.give_back_text(super::arguments::split(token, blank).1);
                    break;
                }
                None => name.push_str(&text),
            }
        }
        Some(name.trim_matches('"').to_string())
    }

    /// Handles `\InputIfFileExists{name}{before it}{else}`.
    pub(super) fn input_if_there(&mut self, token: Token) {
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.file_name(name);
        let (before, otherwise) = (self.expander.argument(), self.expander.argument());
        let chosen = if self.is_there(&name) {
            self.include(&name, None, token);
            before
        } else {
            otherwise
        };
        if let Some((chosen, _)) = chosen {
            self.expander.give_back(chosen);
        }
    }

    /// Returns whether the paper has a LaTeX file of that name.
    pub(super) fn is_there(&mut self, name: &str) -> bool {
        let is_latex =
            name.rsplit('/').next().is_some_and(|file| !file.contains('.')) || name.ends_with(".tex");
        if !is_latex || self.missing_files >= MISSING {
            return false;
        }
        let names = names_of(name);
        let folders = self.folders(name);
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        let is_there = matches!(self.expander.files.open(&folders, &names, &mut self.notes), Opened::File(_));
        self.missing_files += usize::from(!is_there);
        is_there
    }

    /// Returns the folders in which a name is looked up: that of `\import`, if any; that of the main file,
    /// as in LaTeX; that of the current file, near which parts of parts are kept; and those above them, from
    /// which some authors run LaTeX.
    fn folders(&self, name: &str) -> Vec<String> {
        let main = folder_of(self.expander.files.path(0)).to_string();
        let mut folders = Vec::new();
        if let Some(import) = self.expander.import_folder() {
            folders.extend(super::project::join(&main, import));
        }
        let listed = self.listed_folders();
        let listed: Vec<String> =
            listed.iter().filter_map(|folder| super::project::join(&main, folder)).collect();
        folders.push(main);
        folders.extend(listed);
        if let Some(current) = self.expander.open_files().last() {
            folders.push(folder_of(self.expander.files.path(current)).to_string());
        }
        let leads_up = name.trim_start_matches(['"', ' ']).starts_with("..");
        let mut above = Vec::new();
        for folder in folders.iter().rev().filter(|_| !leads_up) {
            let ends = folder.rmatch_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(0));
            above.extend(ends.map(|end| folder[..end].to_string()));
        }
        folders.extend(above);
        let mut met = HashSet::new();
        folders.retain(|folder| met.insert(folder.clone()));
        folders
    }

    /// Returns the folders that the paper lists in `\input@path`: `{{sections/}{appendix/}}`.
    fn listed_folders(&self) -> Vec<String> {
        let Some(Macro::Text { body, .. }) = self.expander.macros.command("input@path").map(|found| &**found)
        else {
            return Vec::new();
        };
        let groups = body.split(|token| token.kind == Kind::Close).take(MOST_FOLDERS);
        groups.map(|group| self.expander.plain(group)).filter(|folder| !folder.is_empty()).collect()
    }

    /// Handles `\lstinputlisting[options]{name}`: the file is a part of its own, as it stands there.
    pub(super) fn listing(&mut self, form: &str) {
        self.expander.drop_arguments(form);
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.file_name(name);
        if name.is_empty() || self.muted || self.missing_files >= MISSING {
            return;
        }
        let folders = self.folders(&name);
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        match self.expander.files.open(&folders, std::slice::from_ref(&name), &mut self.notes) {
            Opened::File(number) => self.verbatim_file(number),
            Opened::Failed(error) => {
                self.note("missing-file", format!("`{name}` is not printed: {}", error.message))
            }
            Opened::NotFound | Opened::Outside => {
                self.missing_files += 1;
                self.note("missing-file", format!("`{name}` is printed and is not there"));
            }
        }
    }

    fn verbatim_file(&mut self, number: u32) {
        let text = self.expander.files.text(number);
        if !self.expander.spend(text.len()) {
            return;
        }
        self.end_block();
        let shown = text.trim();
        let at = text.len() - text.trim_start().len();
        let whole =
            SourceRange { file: number, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
        let mut flow = super::flow::Flow::default();
        flow.literal(shown, super::reader::part(whole, at..at + shown.len()));
        flow.make_part(SectionKind::Verbatim);
        self.flow().add_later(flow);
        self.end_block();
    }

    fn include(&mut self, name: &str, import: Option<String>, token: Token) {
        let names = &names_of(name)[..];
        let folders = self.folders(name);
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        let is_there = matches!(self.expander.files.open(&folders, names, &mut self.notes), Opened::File(_));
        if !is_there && self.include_filed(names, false) {
            return;
        }
        let Some(number) = self.open(names, "file", name) else { return };
        if self.expander.enter_file(number, import, false) {
            return;
        }
        let path = self.expander.files.path(number);
        let shown = self.expander.files.shown(path);
        if self.expander.open_files().any(|open| open == number) {
            let from = self.expander.files.shown(self.expander.files.path(token.from.file));
            let message =
                format!("{from} includes {shown}, in which it lies itself; the second time was left out");
            self.fail("include-loop", message);
        }
    }

    /// Opens a file that the paper names, or records why not.
    fn open(&mut self, names: &[String], what: &str, written: &str) -> Option<u32> {
        if self.missing_files >= MISSING {
            return None;
        }
        let folders = self.folders(written);
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        match self.expander.files.open(&folders, names, &mut self.notes) {
            Opened::File(number) => Some(number),
            Opened::NotFound => {
                self.missing_files += 1;
                if self.missing_files == MISSING {
                    let message = format!("{MISSING} files are not there; others were not looked for");
                    self.note("missing-file", message);
                }
                if what == "file" {
                    self.note("missing-file", format!("`{written}` is included and is not there"));
                }
                None
            }
            Opened::Outside if what != "file" => None,
            Opened::Outside => {
                self.missing_files += 1;
                let message = format!("`{written}` lies outside of the project and was not read");
                self.note("outside-project", message);
                None
            }
            Opened::Failed(error) => {
                self.error.get_or_insert(error);
                None
            }
        }
    }

    fn note(&mut self, kind: &'static str, message: String) {
        if !self.notes.iter().any(|note| note.message == message) {
            self.notes.push(ReadNote { kind, message });
        }
    }

    fn fail(&mut self, kind: &'static str, message: String) {
        self.error.get_or_insert_with(|| ReadError::new(kind, message));
    }

    /// Records a limit that was reached as the error.
    pub(super) fn tell_limit(&mut self, depth: usize) {
        match self.expander.limit_met {
            None => {}
            Some(LimitMet::Size) => self.fail(
                "too-large",
                format!(
                    "its macros, files that are included again and arguments that do not end come to more \
                     than {} bytes, out of {} of LaTeX; what came after that was left out \
                     (--max-document-size raises the limit)",
                    self.expander.allowance(),
                    self.expander.files.bytes()
                ),
            ),
            Some(LimitMet::Depth) => self.fail(
                "too-deep",
                format!(
                    "macros and files lie more than {depth} deep in each other; what lay deeper was left out \
                     (--max-depth raises the limit)"
                ),
            ),
        }
    }

    /// Handles `\documentclass[options]{name}`.
    pub(super) fn document_class(&mut self) {
        self.expander.drop_arguments("o");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        self.note_year(&name);
        self.muted = true;
        self.style(&format!("{name}.cls"));
    }

    /// Handles `\usepackage[options]{one,two}`.
    pub(super) fn use_package(&mut self) {
        self.expander.drop_arguments("o");
        let Some((names, _)) = self.expander.argument() else { return };
        let names = self.expander.plain(&names);
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            self.note_year(name);
            self.style(&format!("{name}.sty"));
        }
    }

    /// Records the year in the name of a class or a style that the paper itself loads.
    fn note_year(&mut self, name: &str) {
        if !self.in_style {
            self.front.class_year = self.front.class_year.max(crate::document::dating::year_of_class(name));
        }
    }

    /// Reads the definitions of commands in a style file of the project.
    fn style(&mut self, name: &str) {
        let number = self.open(&[name.to_string()], "style", name);
        let is_filed = number.is_none() && self.filed.contains_key(name);
        if !is_filed && !number.is_some_and(|number| self.styles_read.insert(number)) {
            return;
        }
        let before = (self.in_style, self.muted, self.ended);
        let groups = std::mem::take(&mut self.groups);
        self.expander.begin_part([].into());
        let is_open = match number {
            Some(number) => self.expander.enter_file(number, None, true),
            None => self.include_filed(&[name.to_string()], true),
        };
        if is_open {
            (self.in_style, self.muted) = (true, true);
            self.run();
            self.close_groups(0);
        }
        self.expander.end_part();
        self.groups = groups;
        (self.in_style, self.muted, self.ended) = before;
    }
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
