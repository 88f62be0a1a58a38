//! A bibliography in the paper itself, or in the `.bbl` file that BibTeX made for it.

use std::rc::Rc;

use super::files::Opened;
use super::flow::Flow;
use super::groups::Act;
use super::project::folder_of;
use super::reader::Reader;
use crate::document::SectionKind;
use crate::document::bibliography::{Item, Work, entries, work_of};

/// Separator between the parts of an entry: `\newblock`.
const PART: char = '\u{1E}';

impl Reader<'_> {
    /// Handles `\begin{thebibliography}`, whose contents are not prose.
    pub(super) fn begin_bibliography(&mut self, name: Rc<str>) {
        self.end_block();
        if self.muted || self.in_bibliography {
            return self.open_group(Some(name), Act::Nothing);
        }
        self.open_group(Some(name), Act::Bibliography);
        self.silent = false;
        self.in_bibliography = true;
        self.flows.push(Flow::default());
    }

    /// Handles `\bibitem[label]{key}`, which begins an entry.
    pub(super) fn bib_item(&mut self) {
        let label = self.expander.optional();
        let Some((key, _)) = self.expander.argument() else { return };
        if !self.in_bibliography {
            return;
        }
        self.end_item();
        let label = label.map(|(label, _)| self.line_of(label));
        self.items.push(Item { key: self.expander.plain(&key), label, text: String::new() });
    }

    pub(super) fn new_block(&mut self) {
        if self.in_bibliography {
            self.flow().replaced(PART.encode_utf8(&mut [0; 4]), super::token::SourceRange::default());
        }
    }

    /// Assigns the text since the start of the last entry to it.
    fn end_item(&mut self) {
        let text = std::mem::take(self.flow()).text;
        if let Some(item) = self.items.last_mut()
            && item.text.is_empty()
        {
            item.text = text;
        }
    }

    pub(super) fn end_bibliography(&mut self) {
        self.end_item();
        self.in_bibliography = false;
        if self.flows.len() > 1 {
            self.flows.pop();
        }
    }

    /// Handles `\bibliography{one,two}` and `\addbibresource{one.bib}`.
    pub(super) fn bibliography(&mut self) {
        self.expander.drop_arguments("o");
        let is_named = self.expander.peek_raw().is_some_and(|next| next.kind == super::token::Kind::Open);
        let Some((names, _)) = is_named.then(|| self.expander.argument()).flatten() else { return };
        let names = self.expander.plain(&names);
        self.bibliography_files.extend(names.split(',').map(|name| name.trim().to_string()));
    }

    /// Looks up the cited works, first in the database files that the paper names, then in the bibliography
    /// made from them.
    pub(super) fn look_up_works(&mut self) {
        if self.works.is_empty() && self.items.is_empty() {
            return;
        }
        let main = self.expander.files.path(0).to_string();
        let folder = folder_of(&main).to_string();
        for name in std::mem::take(&mut self.bibliography_files) {
            let names = if name.ends_with(".bib") { vec![name] } else { vec![format!("{name}.bib"), name] };
            let Some(number) = self.open_quietly(&folder, &names) else { continue };
            let text = self.expander.files.text(number);
            for entry in entries(&text) {
                if self.works.is_wanted(entry.key) {
                    let work = work_of(&entry, &mut |latex| super::plain_text(latex));
                    self.works.tell(work);
                }
            }
        }
        if self.items.is_empty() {
            let made = format!("{}.bbl", main.strip_suffix(".tex").unwrap_or(&main));
            if let Some(number) = self.open_quietly("", &[made]) {
                self.expander.begin_part([].into());
                self.expander.enter_file(number, None, false);
                self.run();
                self.close_groups(0);
                self.expander.end_part();
            }
        }
        for item in std::mem::take(&mut self.items) {
            self.works.tell(Work::from_item(&item, PART));
        }
    }

    /// Opens a file that need not exist.
    fn open_quietly(&mut self, folder: &str, names: &[String]) -> Option<u32> {
        let opened = self.expander.files.open(&[folder], names, &mut self.notes);
        match opened {
            Opened::File(number) => Some(number),
            Opened::NotFound => None,
            Opened::Outside => {
                let name = names.first().map_or("", String::as_str);
                let message = format!("`{name}` lies outside of the project and was not read");
                self.notes.push(crate::document::ReadNote { kind: "outside-project", message });
                None
            }
            Opened::Failed(error) => {
                self.error.get_or_insert(error);
                None
            }
        }
    }

    /// Handles `\abstract{...}`, or `\abstract` before its text.
    pub(super) fn abstract_argument(&mut self) {
        if self.in_style {
            return;
        }
        let is_argument = self.expander.peek_raw().is_some_and(|next| next.kind == super::token::Kind::Open);
        if !is_argument {
            return self.end_block();
        }
        let Some((text, _)) = self.expander.argument() else { return };
        let flow = self.part_of(text);
        self.add_block(flow, SectionKind::Abstract);
    }
}
