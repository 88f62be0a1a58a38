//! The first references as a plain table, for readers whose browser does not run the script of the page.

use std::fmt::Write as _;

use byname::report::signed;

use super::html;
use crate::saved::gathered::{CandidateRow, Gathered, Row};

/// Most references in the table.
const MOST_ROWS: usize = 100;
/// Most candidates of each reference.
const MOST_CANDIDATES: usize = 5;
/// Probability of a system outside of the catalogue from which on candidates are not listed.
const NEARLY_NONE: f32 = 0.95;

/// Writes the table.
pub(super) fn plain_table(gathered: &Gathered, out: &mut String) {
    let rows = gathered.nameless();
    let shown = rows.len().min(MOST_ROWS);
    let _ = writeln!(
        out,
        "<section id=\"plain\" aria-labelledby=\"plain-title\">\n\
         <h2 id=\"plain-title\">{shown} of {} references to systems that are never named</h2>",
        rows.len()
    );
    if rows.len() > shown {
        out.push_str("<p>All of them are shown where the script of this page may run.</p>\n");
    }
    if shown > 0 {
        out.push_str(
            "<table><thead><tr><th scope=\"col\">paper</th><th scope=\"col\">sentence</th>\
             <th scope=\"col\">may be</th></tr></thead><tbody>\n",
        );
        rows.iter().take(MOST_ROWS).for_each(|row| plain_row(gathered, row, out));
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</section>\n");
}

fn plain_row(gathered: &Gathered, row: &Row, out: &mut String) {
    let Some(paper) = gathered.paper(row) else { return };
    let (file, line, column) = row.place;
    let file = gathered.words.get(file);
    let mut about = vec![html(&paper.id)];
    about.extend(paper.date.map(|date| date.to_string()));
    about.extend(
        paper.organisations.iter().map(|organisation| html(gathered.organisations.get(*organisation))),
    );
    about.push(format!("{}{}{line}:{column}", html(file), if file.is_empty() { "" } else { ":" }));
    let _ = write!(
        out,
        "<tr><td>{}<br><span class=\"about\">{}</span></td><td>{}<mark>{}</mark>{}<br><span class=\"about\">\
         {} {}, {:.0} % sure</span></td><td>",
        html(paper.title.as_deref().unwrap_or(&paper.id)),
        about.join(" · "),
        html(&row.before),
        html(&row.text),
        html(&row.after),
        html(gathered.words.get(row.kind)),
        html(gathered.words.get(row.entity_type)),
        row.confidence * 100.0
    );
    match &row.answer {
        Some((name, probability)) => {
            let _ = write!(out, "{} {:.0} %", html(name), probability * 100.0);
        }
        None => out.push_str("could not be identified"),
    }
    if row.unknown < NEARLY_NONE {
        row.candidates
            .iter()
            .take(MOST_CANDIDATES)
            .for_each(|candidate| write_candidate(gathered, candidate, out));
    }
    let _ = writeln!(out, "<div>{:.0} % none in the catalogue</div></td></tr>", row.unknown * 100.0);
}

fn write_candidate(gathered: &Gathered, candidate: &CandidateRow, out: &mut String) {
    let (share, name) = (candidate.probability * 100.0, html(gathered.system_name(candidate.system)));
    let _ = write!(out, "<details><summary>{share:.0} % {name}</summary><ul>");
    for (clue, weight) in &candidate.evidence {
        let _ = write!(out, "<li>{} ({})</li>", html(gathered.clues.get(*clue)), signed((*weight).into()));
    }
    out.push_str("</ul></details>");
}
