use pdf_extract::{Dictionary, Document as File, Object, Stream, dictionary};

use super::super::reader_promises::{assert_kept, shown};
use super::*;

/// A text on a page: its position in points from the lower left, its size, and the text.
type Placed<'a> = (i64, i64, i64, &'a str);

/// Returns a PDF with these texts on its pages.
fn pdf_of(pages: &[Vec<Placed<'_>>]) -> File {
    let contents = pages.iter().map(|page| {
        let text = |(x, y, size, text): &Placed<'_>| format!("BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n");
        page.iter().map(text).collect::<String>()
    });
    pdf_with(contents.collect(), dictionary! {})
}

/// Returns a PDF with these page contents, and with `drawings` as its XObjects.
fn pdf_with(contents: Vec<String>, drawings: Dictionary) -> File {
    let mut file = File::with_version("1.5");
    let tree = file.new_object_id();
    let widths: Vec<Object> = (0..256).map(|_| 500.into()).collect();
    let font = file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding",
        "FirstChar" => 0, "LastChar" => 255, "Widths" => widths,
    });
    let resources =
        file.add_object(dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => drawings });
    let pages: Vec<Object> = contents
        .into_iter()
        .map(|content| {
            let content = file.add_object(Stream::new(dictionary! {}, content.into_bytes()));
            file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }).into()
        })
        .collect();
    let count = i64::try_from(pages.len()).unwrap();
    let node = dictionary! {
        "Type" => "Pages", "Kids" => pages, "Count" => count, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
    };
    file.objects.insert(tree, Object::Dictionary(node));
    let catalogue = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalogue);
    file
}

fn bytes_of(mut file: File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

fn read(file: File) -> Result<(Document, Option<ReadError>), ReadError> {
    read_pdf("a.pdf", &bytes_of(file), ReadLimits::default())
}

fn kind(file: File) -> &'static str {
    read(file).unwrap_err().kind
}

/// Returns pages of two columns with head and page number, in the style of conferences.
fn paper() -> File {
    let page = |number: usize, body: &[Placed<'static>]| {
        let mut page: Vec<Placed<'static>> = vec![(200, 780, 8, "Proceedings of a conference")];
        page.extend_from_slice(body);
        page.push((300, 20, 10, if number == 1 { "1" } else { "2" }));
        page
    };
    pdf_of(&[
        page(
            1,
            &[
                (100, 700, 18, "On the size of models"),
                (150, 670, 12, "Ada Byron, Ben Okri"),
                (150, 655, 12, "Example University"),
                (50, 600, 12, "1 Introduction"),
                (50, 580, 10, "We ask a large lan-"),
                (50, 568, 10, "guage model of the usual size and we look"),
                (50, 556, 10, "at what it says."),
                (50, 530, 10, "A second paragraph stands at the end and"),
                (320, 600, 10, "goes on in the next column of the page."),
                (320, 570, 12, "2 Method"),
                (320, 550, 10, "Our well-known method is a well-"),
                (320, 538, 10, "known one, and it goes on over the"),
            ],
        ),
        page(
            2,
            &[
                (50, 700, 10, "end of the page."),
                (50, 650, 12, "References"),
                (50, 630, 10, "Brown. Of many shots. 2020."),
            ],
        ),
    ])
}

#[test]
fn a_paper_in_two_columns_is_read() {
    let (document, fault) = read(paper()).unwrap();
    assert_eq!(fault, None);
    assert_kept(&document, document.prose.as_bytes());
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn pages_are_known() {
    let (document, _) = read(paper()).unwrap();
    let page = |text: &str| document.page_of(document.prose.find(text).unwrap());
    assert_eq!(
        (page("On the size"), page("one, and it"), page("end of the page"), page("Brown")),
        (Some(1), Some(1), Some(2), Some(2))
    );
}

#[test]
fn what_is_no_sound_pdf_is_told() {
    let limits = ReadLimits::default();
    assert_eq!(read_pdf("a", b"%PDF-1.5 and nothing else", limits).unwrap_err().kind, "broken-pdf");
    let whole = bytes_of(paper());
    for length in [20, whole.len() / 3, whole.len() / 2] {
        assert!(read_pdf("a", &whole[..length], limits).is_err());
    }
    assert_eq!(kind(pdf_of(&[vec![]])), "no-text");
}

#[test]
fn drawings_that_hold_themselves_are_refused() {
    let mut file = pdf_with(vec!["/X1 Do".into()], dictionary! {});
    let form = file.new_object_id();
    let drawings = dictionary! { "X1" => form };
    let resources = dictionary! { "XObject" => drawings };
    let stream = Stream::new(
        dictionary! { "Subtype" => "Form", "Resources" => resources.clone() },
        b"/X1 Do".to_vec(),
    );
    file.objects.insert(form, stream.into());
    for object in file.objects.values_mut() {
        if let Object::Dictionary(node) = object
            && node.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"Pages")
        {
            node.set("Resources", resources.clone());
        }
    }
    assert_eq!(kind(file), "broken-pdf");
}

#[test]
fn drawings_that_repeat_each_other_are_refused() {
    let mut file = File::with_version("1.5");
    let mut inner =
        file.add_object(Stream::new(dictionary! { "Subtype" => "Form" }, b"BT (x) Tj ET".to_vec()));
    for _ in 0..10 {
        let resources = dictionary! { "XObject" => dictionary! { "X" => inner } };
        let content = "/X Do\n".repeat(20).into_bytes();
        inner = file
            .add_object(Stream::new(dictionary! { "Subtype" => "Form", "Resources" => resources }, content));
    }
    let tree = file.new_object_id();
    let content = file.add_object(Stream::new(dictionary! {}, b"/X Do".to_vec()));
    let page = file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content });
    let node = dictionary! {
        "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
        "Resources" => dictionary! { "XObject" => dictionary! { "X" => inner } },
        "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
    };
    file.objects.insert(tree, Object::Dictionary(node));
    let catalogue = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalogue);
    assert_eq!(kind(file), "too-large");
}

#[test]
fn a_page_that_is_its_own_parent_is_refused() {
    let mut file = pdf_of(&[vec![(50, 500, 10, "text")]]);
    let tree = file.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    file.get_dictionary_mut(tree).unwrap().set("Parent", tree);
    assert_eq!(kind(file), "broken-pdf");
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    let mut file = pdf_of(&[vec![(50, 500, 10, "text")]]);
    let mut bomb = Stream::new(dictionary! {}, vec![b' '; 8 << 20]);
    bomb.compress().unwrap();
    file.add_object(bomb);
    let limits = ReadLimits { size: 1 << 20, ..ReadLimits::default() };
    assert_eq!(read_pdf("a", &bytes_of(file), limits).unwrap_err().kind, "too-large");
}

/// Returns a file of one stream with this dictionary.
fn with_stream(dictionary: &str, packed: &[u8]) -> Vec<u8> {
    let head = format!("%PDF-1.5\n5 0 obj <<{dictionary}/Length {}>>\nstream\n", packed.len());
    [head.as_bytes(), packed, b"\nendstream endobj\nstartxref\n9\n%%EOF"].concat()
}

fn packed(bytes: Vec<u8>) -> Vec<u8> {
    let mut stream = Stream::new(dictionary! {}, bytes);
    stream.compress().unwrap();
    stream.content
}

#[test]
fn what_a_stream_unpacks_to_is_counted_however_its_dictionary_is_written() {
    let bomb = packed(vec![b' '; 8 << 20]);
    let twice = packed(bomb.clone());
    let blanks = " ".repeat(5000);
    let limits = ReadLimits { size: 1 << 20, ..ReadLimits::default() };
    for (dictionary, packed) in [
        ("/Filter/Fl#61teDecode", &bomb),
        ("/X<</Subtype/Image>>/Filter/FlateDecode", &bomb),
        ("/Subtype/Image/Type/ObjStm/Filter/FlateDecode", &bomb),
        ("/Filter[/Flate#44ecode/FlateDecode]", &twice),
        (&format!("/Filter[/FlateDecode{blanks}/FlateDecode]"), &twice),
        ("/Filter/FlateDecode/Filter[/FlateDecode%x>>\n/FlateDecode]", &twice),
    ] {
        let error = read_pdf("a", &with_stream(dictionary, packed), limits).unwrap_err();
        assert_eq!(error.kind, "too-large", "{dictionary}");
    }
}

#[test]
fn tables_that_claim_more_than_there_is_room_for_are_refused() {
    for dictionary in [
        "/Type/XRef/W[0 0 0]/Index[0 9223372036854775807]/Size 9",
        "/Type/XRef/W[1 99999999999 1]/Size 9",
        "/W[1 2 1]/Size 9/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 99999999999>>",
        "/Subtype/Image/W[1 2 1]/Size 9/Filter/FlateDecode",
    ] {
        let error = read_pdf("a", &with_stream(dictionary, b""), ReadLimits::default()).unwrap_err();
        assert_eq!(error.kind, "broken-pdf", "{dictionary}");
    }
}

/// Returns a page with a font whose characters map to text by `table`.
fn with_font_table(table: &str) -> File {
    let mut file = pdf_of(&[vec![(50, 500, 10, "We ask a model.")]]);
    let table = file.add_object(Stream::new(dictionary! {}, table.as_bytes().to_vec()));
    for object in file.objects.values_mut() {
        if let Object::Dictionary(font) = object
            && font.has_type(b"Font")
        {
            font.set("ToUnicode", table);
        }
    }
    file
}

#[test]
fn a_font_of_four_billion_letters_has_as_many_as_fit() {
    let range = "1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange\n";
    let (document, fault) = read(with_font_table(range)).unwrap();
    assert_eq!((document.prose.trim(), fault), ("We ask a model.", None));
    assert!(read(with_font_table(&"[(".repeat(100_000))).is_ok());
}

#[test]
fn a_page_that_draws_one_content_over_and_over_is_refused() {
    let mut file = pdf_of(&[vec![(50, 500, 10, "We ask a model.")]]);
    let page = file.page_iter().next().unwrap();
    let content = file.get_dictionary(page).unwrap().get(b"Contents").unwrap().clone();
    file.get_dictionary_mut(page).unwrap().set("Contents", vec![content; 100_000]);
    assert_eq!(kind(file), "too-large");
}

#[test]
fn drawings_called_by_escaped_names_count_as_often_as_they_are_drawn() {
    let mut file = pdf_with(vec!["/X#31  Do".into()], dictionary! {});
    let font =
        file.objects.iter().find(|(_, object)| object.as_dict().is_ok_and(|font| font.has_type(b"Font")));
    let fonts = dictionary! { "F1" => *font.unwrap().0 };
    let text = b"BT /F1 9 Tf (x) Tj ET".to_vec();
    let mut inner = file.add_object(Stream::new(dictionary! { "Subtype" => "Form" }, text));
    for _ in 0..10 {
        let drawings = dictionary! { "X1" => inner };
        let resources = dictionary! { "XObject" => drawings, "Font" => fonts.clone() };
        let content = "/X#31\nDo\n".repeat(20).into_bytes();
        inner = file
            .add_object(Stream::new(dictionary! { "Subtype" => "Form", "Resources" => resources }, content));
    }
    for object in file.objects.values_mut() {
        if let Object::Dictionary(node) = object
            && node.get(b"XObject").is_ok()
        {
            node.set("XObject", dictionary! { "X1" => inner });
        }
    }
    assert_eq!(kind(file), "too-large");
}

#[test]
fn a_locked_pdf_without_a_password_is_read() {
    let mut file = paper();
    let id = || Object::string_literal("0123456789abcdef");
    file.trailer.set("ID", vec![id(), id()]);
    let version = pdf_extract::EncryptionVersion::V2 {
        document: &file,
        owner_password: "owner",
        user_password: "",
        key_length: 128,
        permissions: pdf_extract::Permissions::all(),
    };
    let state = pdf_extract::EncryptionState::try_from(version).unwrap();
    file.encrypt(&state).unwrap();
    let bytes = bytes_of(file);
    assert!(memchr::memmem::find(&bytes, b"large lan-").is_none());
    let (document, fault) = read_pdf("a.pdf", &bytes, ReadLimits::default()).unwrap();
    assert_eq!((document.prose, fault), (read(paper()).unwrap().0.prose, None));
}

#[test]
fn of_too_many_pages_the_first_are_read_and_it_is_told() {
    let pages: Vec<_> = (0..30).map(|_| vec![(50, 500, 10, "One page of many.")]).collect();
    let limits = ReadLimits { pages: 10, ..ReadLimits::default() };
    let (document, fault) = read_pdf("a", &bytes_of(pdf_of(&pages)), limits).unwrap();
    assert_eq!((document.pages.len(), fault.unwrap().kind), (10, "too-large"));
}

#[test]
fn a_locked_pdf_is_told() {
    let mut file = pdf_of(&[vec![(50, 500, 10, "text")]]);
    file.trailer.set(
        "ID",
        vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")],
    );
    let lock = dictionary! {
        "Filter" => "Standard", "V" => 1, "R" => 2, "P" => -4,
        "O" => Object::string_literal(vec![b'o'; 32]), "U" => Object::string_literal(vec![b'u'; 32]),
    };
    let lock = file.add_object(lock);
    file.trailer.set("Encrypt", lock);
    assert!(matches!(kind(file), "encrypted" | "broken-pdf"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn a_pdf_with_any_bytes_changed_is_read_or_refused(
        changes in proptest::collection::vec((proptest::num::usize::ANY, proptest::num::u8::ANY), 1..40)
    ) {
        let mut bytes = bytes_of(paper());
        let length = bytes.len();
        for (at, byte) in changes {
            bytes[at % length] = byte;
        }
        if let Ok((document, _)) = read_pdf("a.pdf", &bytes, ReadLimits::default()) {
            assert_kept(&document, document.prose.as_bytes());
        }
    }
}

#[test]
fn marked_letters_are_what_the_mark_says() {
    let content = "BT /F1 10 Tf 72 700 Td (an e) Tj /Span <</ActualText(ffi)>> BDC (\\001) Tj EMC (cient) Tj ET BT /F1 10 Tf 72 680 \
                   Td /Span <</ActualText<FEFF0061006C007000680061>>> BDC (xy) Tj (z) Tj EMC ( and more) Tj ET";
    let (document, _) = read(pdf_with(vec![content.to_string()], dictionary! {})).unwrap();
    assert_eq!(document.prose, "an efficient\n\nalpha and more");
}
