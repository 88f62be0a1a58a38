//! Pictures as HTML and SVG: columns over time, and bars in a table, which is its own text alternative.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::summary::number;
use crate::saved::periods::GAP;

/// Columns of two parts, one on the other.
pub(super) struct Columns<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// One sentence that says what is to be seen.
    pub(super) told: &'a str,
    /// What is counted by: "year".
    pub(super) by: &'a str,
    /// What the lower and the upper part of a column stand for.
    pub(super) parts: [&'a str; 2],
    pub(super) columns: &'a [(String, [usize; 2])],
}

/// One bar, with what it is called.
pub(super) struct Bar {
    /// HTML that stands before the bar.
    pub(super) label: String,
    pub(super) value: f64,
    /// What stands behind the bar.
    pub(super) told: String,
    /// Whether it stands apart from the others, as what stays unknown.
    pub(super) apart: bool,
}

/// Bars one below the other.
pub(super) struct Bars<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) told: &'a str,
    /// The titles of the columns: what the bars are, and their length.
    pub(super) heads: [&'a str; 2],
    pub(super) bars: &'a [Bar],
}

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// How much longer than all others a bar that stands apart may be before it is cut.
const LONGEST_APART: f64 = 3.0;
/// The most names of columns that fit below them.
const MOST_NAMES: usize = 9;

impl Columns<'_> {
    /// Adds the picture, and its numbers as a table.
    pub(super) fn write(&self, out: &mut String) {
        let [lower, upper] = self.parts.map(escape);
        begin(out, self.id, self.title, self.told);
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
            escape(self.told)
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
    /// Adds the bars.
    pub(super) fn write(&self, out: &mut String) {
        begin(out, self.id, self.title, self.told);
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
            let (label, told) = (&bar.label, escape(bar.told.as_str()));
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
            let _ = writeln!(out, "</svg></td><td class=\"number\">{told}</td></tr>");
        }
        out.push_str("</tbody></table>\n</figure>\n");
    }
}

fn begin(out: &mut String, id: &str, title: &str, told: &str) {
    let _ = writeln!(
        out,
        "<figure id=\"{id}\" aria-labelledby=\"{id}-title\">\n<figcaption>\
         <h2 id=\"{id}-title\">{}</h2><p>{}</p></figcaption>",
        escape(title),
        escape(told)
    );
}

/// The next number above that divides well: 1, 2, 5, 10, 20, ..., and even, so that its half is whole.
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
        let bar = |value: f64, apart: bool| Bar { label: "x".into(), value, told: String::new(), apart };
        let bars = [bar(2.0, false), bar(1.0, false), bar(900.0, true)];
        let mut out = String::new();
        Bars { id: "b", title: "t", told: "s", heads: ["a", "b"], bars: &bars }.write(&mut out);
        assert!(out.contains("width=\"100.00\"") && out.contains("width=\"50.00\""), "{out}");
        assert_eq!(out.matches("class=\"cut\"").count(), 1, "{out}");
    }
}
