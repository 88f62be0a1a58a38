//! Charts as HTML and SVG: columns over time, and bars in a table, which is its own text alternative.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::summary::number;
use crate::saved::periods::GAP;

/// A chart of stacked columns with two parts each.
pub(super) struct Columns<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// Description of what the chart shows, also its text alternative.
    pub(super) description: &'a str,
    /// Unit of time of the columns: "year" or "month".
    pub(super) by: &'a str,
    /// Labels of the lower and the upper part of a column.
    pub(super) parts: [&'a str; 2],
    pub(super) columns: &'a [(String, [usize; 2])],
}

/// A bar and its label.
pub(super) struct Bar {
    /// HTML before the bar.
    pub(super) label: String,
    pub(super) value: f64,
    /// Text after the bar.
    pub(super) value_text: String,
    /// `true` if it is set apart from the others, such as the bar of unknown systems.
    pub(super) apart: bool,
}

/// A chart of horizontal bars.
pub(super) struct Bars<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Titles of the table's columns: the labels, and the lengths of the bars.
    pub(super) heads: [&'a str; 2],
    pub(super) bars: &'a [Bar],
}

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// Largest ratio of a bar that is set apart to the longest of the others; beyond it, the bar is cut.
const LONGEST_APART: f64 = 3.0;
/// Most labels that fit below the columns.
const MOST_NAMES: usize = 9;

impl Columns<'_> {
    /// Writes the chart, and its numbers as a table.
    pub(super) fn write(&self, out: &mut String) {
        let [lower, upper] = self.parts.map(escape);
        begin(out, self.id, self.title, self.description);
        let _ = writeln!(
            out,
            "<p class=\"legend\"><span class=\"key first\"></span>{lower} \
             <span class=\"key second\"></span>{upper}</p>"
        );
        self.draw(out);
        let _ = writeln!(
            out,
            "<details><summary>Numbers</summary><table><thead><tr><th scope=\"col\">{}</th>\
             <th scope=\"col\">{lower}</th><th scope=\"col\">{upper}</th></tr></thead><tbody>",
            escape(self.by)
        );
        for (name, [lower, upper]) in self.columns {
            let (name, [lower, upper]) = (escape(name.as_str()), [*lower, *upper].map(number));
            let _ = writeln!(out, "<tr><th scope=\"row\">{name}</th><td>{lower}</td><td>{upper}</td></tr>");
        }
        out.push_str("</tbody></table></details>\n</figure>\n");
    }

    fn draw(&self, out: &mut String) {
        let highest = self.columns.iter().map(|(_, parts)| parts[0] + parts[1]).max().unwrap_or(0);
        let top = round_above(highest);
        let height = HEIGHT - TOP - BOTTOM;
        let y = |count: usize| TOP + height * (1.0 - count as f64 / top as f64);
        let _ = writeln!(
            out,
            "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n\
             <svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
            escape(format!("Picture: {}", self.title)),
            escape(self.description)
        );
        for line in [0, top / 2, top] {
            let at = y(line);
            let _ = writeln!(
                out,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
                 <text class=\"number\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                LEFT - 6.0,
                at + 4.0,
                number(line)
            );
        }
        let step = (WIDTH - LEFT) / self.columns.len().max(1) as f64;
        let width = (step * 0.72).min(64.0);
        let every = self.columns.len().div_ceil(MOST_NAMES).max(1);
        for (index, (name, [lower, upper])) in self.columns.iter().enumerate() {
            let middle = LEFT + step * (index as f64 + 0.5);
            let left = middle - width / 2.0;
            let (base, between, above) = (y(0), y(*lower), y(lower + upper));
            let name = escape(name.as_str());
            let title = format!("<title>{name}: {} and {}</title>", number(*lower), number(*upper));
            let _ = write!(out, "<g>{title}");
            for (class, from, to) in [("first", base, between), ("second", between, above)] {
                if from - to > 0.05 {
                    let _ = write!(
                        out,
                        "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{to:.1}\" width=\"{width:.1}\" \
                         height=\"{:.1}\"/>",
                        from - to
                    );
                }
            }
            if index % every == 0 || name == GAP {
                let _ = write!(out, "<text x=\"{middle:.1}\" y=\"{:.1}\">{name}</text>", HEIGHT - 10.0);
            }
            out.push_str("</g>\n");
        }
        out.push_str("</svg>\n</div>\n");
    }
}

impl Bars<'_> {
    /// Writes the chart; without bars, the description alone.
    pub(super) fn write(&self, out: &mut String) {
        begin(out, self.id, self.title, self.description);
        if self.bars.is_empty() {
            out.push_str("</figure>\n");
            return;
        }
        let [what, length] = self.heads.map(escape);
        let _ = writeln!(
            out,
            "<table class=\"bars\"><thead><tr><th scope=\"col\">{what}</th>\
             <th scope=\"col\" colspan=\"2\">{length}</th></tr></thead><tbody>"
        );
        let longest = |apart: bool| {
            let bars = self.bars.iter().filter(|bar| bar.apart == apart);
            bars.map(|bar| bar.value).fold(0.0, f64::max)
        };
        let (own, apart) = (longest(false), longest(true));
        // A bar that stands apart may be so long that the others could no longer be told from each other.
        let whole = if own > 0.0 && apart > own * LONGEST_APART { own } else { own.max(apart) };
        for bar in self.bars {
            let share = if whole > 0.0 { (100.0 * bar.value / whole).min(100.0) } else { 0.0 };
            let beyond = bar.value > whole;
            let class = if bar.apart { "apart" } else { "first" };
            let (label, value_text) = (&bar.label, escape(bar.value_text.as_str()));
            let _ = write!(
                out,
                "<tr><th scope=\"row\">{label}</th><td class=\"drawn\"><svg viewBox=\"0 0 100 10\" \
                 preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
                 <rect class=\"{class}\" width=\"{share:.2}\" height=\"10\"/>"
            );
            if beyond {
                // The bar is cut, and shows it.
                out.push_str("<path class=\"cut\" d=\"M90 10 L93 0 L95 0 L92 10 Z\"/>");
            }
            let _ = writeln!(out, "</svg></td><td class=\"number\">{value_text}</td></tr>");
        }
        out.push_str("</tbody></table>\n</figure>\n");
    }
}

fn begin(out: &mut String, id: &str, title: &str, description: &str) {
    let _ = writeln!(
        out,
        "<figure id=\"{id}\" aria-labelledby=\"{id}-title\">\n<figcaption>\
         <h2 id=\"{id}-title\">{}</h2><p>{}</p></figcaption>",
        escape(title),
        escape(description)
    );
}

/// Rounds up to 2, 4, 6 or 10 times a power of ten, so that half of the result is a whole number.
fn round_above(count: usize) -> usize {
    let mut unit = 1;
    loop {
        for top in [2 * unit, 4 * unit, 6 * unit, 10 * unit] {
            if top >= count {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_an_even_round_number() {
        let tops: Vec<usize> = [0, 1, 3, 7, 11, 99, 101, 4321].into_iter().map(round_above).collect();
        assert_eq!(tops, [2, 2, 4, 10, 20, 100, 200, 6000]);
    }

    #[test]
    fn a_bar_that_stands_apart_does_not_shrink_the_others() {
        let bar =
            |value: f64, apart: bool| Bar { label: "x".into(), value, value_text: String::new(), apart };
        let bars = [bar(2.0, false), bar(1.0, false), bar(900.0, true)];
        let mut out = String::new();
        Bars { id: "b", title: "t", description: "s", heads: ["a", "b"], bars: &bars }.write(&mut out);
        assert!(out.contains("width=\"100.00\"") && out.contains("width=\"50.00\""), "{out}");
        assert_eq!(out.matches("class=\"cut\"").count(), 1, "{out}");
    }
}
