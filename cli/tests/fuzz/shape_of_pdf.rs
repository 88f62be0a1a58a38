//! PDFs around randomly changed parts: a PDF with a wrong cross-reference table is refused before its parts
//! are read.

use std::io::Write;

use fastrand::Rng;

/// The parts of a small PDF: a page, its content, its font, the Unicode mapping of the font, and a composite
/// font with its descendant.
pub const PARTS: &[&str] = &[
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Rotate 0/Resources<</Font<</F1 5 0 R/F2 7 0 R>>/XObject<</X 4 0 R>>>>/Contents[4 0 R 4 0 R]>>",
    "q BT /F1 12 Tf 72 700 Td (We asked a large lan-) Tj 0 -14 Td [(guage)-300(model)] TJ T* <47505434> Tj ET Q 1 0 0 1 0 0 cm /X Do BT /F2 9 Tf 1 0 0 1 \
     72 500 Tm (\\101\\(b\\)) ' /Span<</ActualText(ffi)>>BDC (x) Tj EMC ET BI /W 1 /H 1 ID x EI",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/LastChar 34/Widths[500 600 700]/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/A/ff]>>\
     /ToUnicode 6 0 R>>",
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0041> <42> <00660066> \
     endbfchar 2 beginbfrange <43> <50> <0043> <51> <52> [<0051> <0052>] endbfrange endcmap end end",
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[8 0 R]/ToUnicode 6 0 R>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/W[1[500]3 9 700]>>",
];

/// Tokens of the PDF format.
pub const TOKENS: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/",
    " 0 R",
    "1 0 R",
    "3 0 R",
    "4 0 R",
    "/Type",
    "/Kids",
    "/Length",
    "/Filter",
    "/FlateDecode",
    "/LZWDecode",
    "/ASCIIHexDecode",
    "/DecodeParms",
    "/Predictor 12",
    "/Columns 9",
    "stream\n",
    "endstream",
    "endobj",
    "BT",
    "ET",
    "Tj",
    "TJ",
    "Td",
    "Tm",
    "Tf",
    "q",
    "Q",
    "cm",
    "Do",
    "BDC",
    "EMC",
    "BI",
    "ID",
    "EI",
    "beginbfrange",
    "endbfrange",
    "beginbfchar",
    "begincmap",
    "<0000>",
    "<FFFF>",
    "<FFFFFFFF>",
    "null",
    "true",
    "-1",
    "0.",
    "99999999999",
    "/F1 12 Tf",
    "(a language model) Tj",
    "\\",
    "%",
    "\u{1E}",
    "/W[1 2 1]",
    "/Subtype/Image",
    "/Matrix[0 0 0 0 0 0]",
    "/Rotate 90",
    "/Encrypt",
];

const PART: u8 = 0x1E;

/// Assembles parts into a PDF with a correct cross-reference table. An input that is a single part replaces
/// one part, and the others are the original ones.
pub fn shape(rng: &mut Rng, bytes: Vec<u8>) -> Vec<u8> {
    let mut parts: Vec<Vec<u8>> = PARTS.iter().map(|part| part.as_bytes().to_vec()).collect();
    if bytes.contains(&PART) {
        bytes.split(|byte| *byte == PART).zip(&mut parts).for_each(|(new, part)| *part = new.to_vec());
    } else {
        // The seeds are parts, and what was changed still says which.
        let like = |part: &[u8]| bytes.iter().zip(part).take_while(|(one, other)| one == other).count();
        let place = (0..parts.len()).max_by_key(|place| like(&parts[*place])).unwrap_or(0);
        let place = if rng.u8(..8) == 0 { rng.usize(..parts.len()) } else { place };
        parts[place] = bytes;
    }
    let [page, content, font, letters, composite, descendant] = &parts[..] else {
        unreachable!("there are six parts")
    };
    let packed = rng.u8(..4);
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.clone(),
        stream(content, packed == 0),
        font.clone(),
        stream(letters, packed == 1),
        composite.clone(),
        descendant.clone(),
    ];
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    let tail = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    );
    file.extend(tail.bytes());
    // Some are changed as a whole as well, and then most are refused.
    if rng.u8(..6) == 0 {
        let at = rng.usize(..file.len());
        file[at] = rng.u8(..);
    }
    file
}

fn stream(content: &[u8], is_packed: bool) -> Vec<u8> {
    let mut packed = content.to_vec();
    if is_packed {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(content).unwrap();
        packed = encoder.finish().unwrap();
    }
    let filter = if is_packed { "/Filter/FlateDecode" } else { "" };
    let head = format!("<</Length {}{filter}/Subtype/Form/BBox[0 0 9 9]>>stream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream"].concat()
}
