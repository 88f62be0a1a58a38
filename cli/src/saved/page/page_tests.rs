//! Tests of the page of saved results. Its behaviour in a browser is tested in tests/browser/.

use serde_json::Value;

use super::*;
use crate::saved::SavedDocument;
use crate::saved::samples::{gathered, hostile, hostile_texts, saved};

fn render(documents: &[SavedDocument]) -> String {
    let mut out = Vec::new();
    Page::new(&gathered(documents), 0, None).write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Returns the part of a page between two texts.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let from = page.find(start).unwrap() + start.len();
    &page[from..from + page[from..].find(end).unwrap()]
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"data\">", "</script>"))
        .unwrap()
}

#[test]
fn saved_results_make_a_page() {
    let mut document = saved();
    document.references[1].level = "hint".to_string();
    let page = render(&[document]);
    let body = between(&page, "<body>", "<section id=\"browse\"");
    let rest = between(&page, "<section id=\"plain\"", "<script>");
    insta::assert_snapshot!(
        format!("{body}\n[the filters]\n{rest}").replace(env!("CARGO_PKG_VERSION"), "0.0.0")
    );
}

#[test]
fn no_number_of_the_page_is_zero_with_a_sign() {
    let mut document = saved();
    document.references.truncate(1);
    document.references[0].unknown = -0.0;
    document.references[0].candidates[0].evidence[0].weight = -0.003;
    document.references[0].candidates[0].evidence[1].weight = -0.04;
    let page = render(&[document]);
    let shown = between(&page, "<body>", "<script");
    assert!(!shown.contains("-0.0") && !shown.contains("-0 %"), "{shown}");
    assert!(shown.contains("is not open (0.0)") && shown.contains("is at Google (0.0)"), "{shown}");
    let kept = data(&page).to_string();
    assert!(!kept.contains("-0.0,") && !kept.contains("-0.0]"), "{kept}");
}

#[test]
fn formulas_of_signs_are_shown_as_they_are_printed() {
    let mut document = saved();
    document.title = Some("$\\sim$7B".to_string());
    let context = document.references[0].context.as_mut().unwrap();
    context.after = " that is 3$\\times$ as large and costs $5 or $7.".to_string();
    let page = render(&[document]);
    assert!(page.contains("</mark> that is 3× as large and costs $5 or $7.<br>"), "{page}");
    assert!(page.contains("<td>∼7B<br>") && !data(&page).to_string().contains("times$"), "{page}");
}

#[test]
fn the_policy_of_the_page_lets_only_its_own_style_and_script_run() {
    let page = render(&[saved()]);
    for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let text = between(&page, &format!("<{element}>"), &format!("</{element}>"));
        let hash = STANDARD.encode(Sha256::digest(text.as_bytes()));
        assert!(page.contains(&format!("{directive} 'sha256-{hash}'")), "{element}");
    }
    assert!(page.contains("content=\"default-src 'none';"));
    assert!(!page.contains("unsafe-inline") && !page.contains(" style=") && !page.contains(" onclick"));
}

#[test]
fn no_text_of_a_paper_becomes_an_element_of_the_page() {
    let elements = |page: &str| page.matches('<').count();
    let plain = elements(&render(&[hostile("x")]));
    let more =
        ["</script><script>alert(1)</script>", "<!--<script>", "\" onload=alert(1) x=\"", "a\u{202e}b"];
    let texts = hostile_texts();
    for text in texts.iter().map(String::as_str).chain(more) {
        let page = render(&[hostile(text)]);
        assert_eq!(elements(&page), plain, "{text}");
        assert!(!page.contains(['\u{1b}', '\u{202e}']), "{text}");
        let mention = data(&page)["references"][0][6].as_str().unwrap().to_string();
        assert_eq!(mention, byname::report::visible(text), "all of the text is there, as text");
    }
}

#[test]
fn the_data_of_the_page_holds_each_text_once() {
    let page = render(&[saved(), saved()]);
    let data = data(&page);
    let lengths = ["papers", "references", "details", "systems", "organisations"]
        .map(|key| data[key].as_array().unwrap().len());
    assert_eq!(lengths, [2, 6, 6, 2, 1]);
    assert_eq!(data["systems"][0], serde_json::json!(["lamda", "LaMDA"]));
    let probability = |row: usize| data["references"][row][10][1].as_f64().unwrap();
    assert!((probability(0) - 0.8312).abs() < 1e-4, "{}", probability(0));
}

#[test]
fn what_has_no_room_stands_on_further_pages_and_the_first_one_says_so() {
    let documents: Vec<SavedDocument> = (0..40).map(|_| saved()).collect();
    let gathered = gathered(&documents);
    let name = |number: usize| format!("found-{number}.html");
    let page = Page::within(&gathered, 0, Some(&name), (6_000, 7_500));
    let names: Vec<&str> = page.further().collect();
    assert!(names.len() > 1 && names[0] == "found-2.html", "{names:?}");
    let mut first = Vec::new();
    page.write(&mut first).unwrap();
    assert!(!is_further(&*first, 2).unwrap(), "it is the first one");
    let first = String::from_utf8(first).unwrap();
    assert!(
        first.contains("<a href=\"found-2.html\">") && first.contains("So that it does not grow too long"),
        "{first}"
    );
    let listed = data(&first);
    let details = listed["details"].as_array().unwrap().len();
    assert!(details < listed["references"].as_array().unwrap().len());
    let mut next = details;
    for place in 0..names.len() {
        let mut further = Vec::new();
        page.write_further(place, &mut further).unwrap();
        let number = place + 2;
        assert!(is_further(&*further, number).unwrap() && !is_further(&*further, number + 1).unwrap());
        let further = data(std::str::from_utf8(&further).unwrap());
        assert_eq!(
            (further["first"].as_u64().unwrap() as usize, &listed["parts"][place][0]),
            (next, &further["first"])
        );
        next += further["details"].as_array().unwrap().len();
    }
    assert_eq!(next, gathered.rows.len(), "nothing is lost");

    let alone = Page::within(&gathered, 2, None, (6_000, 7_500));
    let mut out = Vec::new();
    alone.write(&mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.contains("<code>--output</code>") && out.contains("2 lines of the results could not be read")
    );
    assert_eq!(alone.further().count(), 0);
}

#[test]
fn numbers_of_the_pictures_have_their_thousands_set_apart() {
    let documents: Vec<SavedDocument> = (0..1234).map(|_| saved()).collect();
    let page = render(&documents);
    let pictures = between(&page, "<section id=\"pictures\"", "</section>");
    let shown = pictures.split('>').filter_map(|part| part.split_once('<')).map(|(text, _)| text);
    let is_long = |digits: &str| digits.len() > 4 || digits.len() == 4 && !digits.starts_with("20");
    let long = |text: &&str| text.split(|letter: char| !letter.is_ascii_digit()).any(is_long);
    assert_eq!(shown.filter(long).collect::<Vec<_>>(), [""; 0]);
    assert!(pictures.contains("1,234"), "{pictures}");
}

#[test]
fn a_collection_without_known_organisations_says_so_and_draws_no_picture_of_them() {
    let mut document = saved();
    for organisations in [&[][..], &["A village school".to_string()]] {
        document.organisations = organisations.to_vec();
        let page = render(std::slice::from_ref(&document));
        let figure = between(&page, "<figure id=\"organisations\"", "</figure>");
        assert!(figure.contains("This is not known:") && !figure.contains("<table"), "{figure}");
    }
    document.organisations = vec!["Google".to_string()];
    document.references.truncate(1);
    document.references[0].candidates.clear();
    let page = render(&[document]);
    let figure = between(&page, "<figure id=\"organisations\"", "</figure>");
    assert!(figure.contains("No nameless reference is likely") && !figure.contains("<table"), "{figure}");
}

#[test]
fn a_page_of_nothing_says_that_nothing_was_found() {
    let page = render(&[]);
    assert!(page.contains("In 0 papers, no reference to a system was found that its paper never names."));
    assert!(!page.contains("<figure"));
}
