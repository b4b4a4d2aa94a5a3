//! 서식 채우기 시험 — marks split by the word processor, rows that repeat, text that would be markup, files that lie.

use super::*;
use domain::papers::{Sheet, table::FORMS};
use std::io::Write;
use zip::write::SimpleFileOptions;

/// A document whose section holds this XML between its first and its last tag.
fn document(inside: &str) -> Vec<u8> {
    let section = format!("<hs:sec xmlns:hs=\"s\" xmlns:hp=\"p\">{inside}</hs:sec>");
    let preview = ("Preview/PrvText.txt", "{{민원명}}".to_owned());
    let picture = ("Preview/PrvImage.png", "old".to_owned());
    Package::of(vec![("Contents/section0.xml", section), preview, picture])
        .write()
        .unwrap()
}

fn values() -> Values {
    let mut values = Values::default();
    values.set("접수번호", "2026-001234");
    values.set("민원명", "<b>도로</b> & \"점용\"\n허가");
    let entry = |n: u32, text: &str| {
        vec![
            ("순번".to_owned(), n.to_string()),
            ("내용".to_owned(), text.to_owned()),
        ]
    };
    values.group(
        "보완할 사항",
        vec![entry(1, "도면"), entry(2, "{{민원명}}"), entry(3, "서명")],
    );
    values
}

fn section_of(bytes: &[u8]) -> String {
    Package::read(bytes)
        .unwrap()
        .text("Contents/section0.xml")
        .unwrap()
        .to_owned()
}

#[test]
fn a_mark_is_found_however_the_word_processor_has_split_it() {
    for (name, runs) in [
        ("하나", "<hp:run><hp:t>번호 {{접수번호}}번</hp:t></hp:run>"),
        (
            "여러 조각",
            "<hp:run><hp:t>번호 {</hp:t></hp:run><hp:run><hp:t>{접수</hp:t><hp:t>번호}</hp:t></hp:run><hp:run><hp:t>}번</hp:t></hp:run>",
        ),
        (
            "사이의 표시",
            "<hp:run><hp:t>번호 {{<hp:markpenBegin/>접수번<hp:markpenEnd/>호}}번</hp:t></hp:run>",
        ),
        ("빈칸", "<hp:run><hp:t>번호 {{ 접수번호 }}번</hp:t></hp:run>"),
        (
            "문자 참조",
            "<hp:run><hp:t>번호 &#123;{접수번호}&#x7d;번</hp:t></hp:run>",
        ),
    ] {
        let template = Template::read(&document(&format!("<hp:p>{runs}</hp:p>"))).unwrap();
        assert!(template.marks().contains("접수번호"), "{name}");
        let filled = section_of(&template.fill(&values()).unwrap());
        let root = tree::read("", &filled).unwrap();
        let text = text_of(root.elements().next().unwrap());
        assert_eq!(text, "번호 2026-001234번", "{name}: {filled}");
    }
}

#[test]
fn a_paragraph_that_is_one_mark_becomes_a_paragraph_a_line() {
    let template = Template::read(&document(
        "<hp:p><hp:run><hp:secPr/></hp:run><hp:run><hp:t>{{민원명}}</hp:t></hp:run></hp:p>",
    ))
    .unwrap();
    let filled = section_of(&template.fill(&values()).unwrap());
    assert_eq!(filled.matches("<hp:p>").count(), 2, "{filled}");
    assert_eq!(filled.matches("secPr").count(), 1, "{filled}");
    assert!(
        !filled.contains("lineBreak") && filled.contains("<hp:t>허가"),
        "{filled}"
    );
}

#[test]
fn values_are_text_and_their_lines_are_lines() {
    let template = Template::read(&document(
        "<hp:p><hp:run><hp:t>이름 {{민원명}}</hp:t></hp:run><hp:linesegarray><x/></hp:linesegarray></hp:p>",
    ))
    .unwrap();
    let done = template.fill(&values()).unwrap();
    let filled = section_of(&done);
    assert!(
        filled.contains("&lt;b&gt;도로&lt;/b&gt; &amp; &quot;점용&quot;<hp:lineBreak/>허가"),
        "{filled}"
    );
    assert!(!filled.contains("linesegarray"), "{filled}");
    let package = Package::read(&done).unwrap();
    assert!(
        package
            .text("Preview/PrvText.txt")
            .unwrap()
            .starts_with("이름 <b>도로")
    );
    assert!(
        package.text("Preview/PrvImage.png").is_none(),
        "the picture of the template is gone"
    );
}

fn row(r: u32, cells: &[&str], span: u32) -> String {
    let cells: String = (0..)
        .zip(cells)
        .map(|(c, cell)| {
            format!(
                "<hp:tc><hp:subList><hp:p><hp:run><hp:t>{cell}</hp:t></hp:run></hp:p></hp:subList><hp:cellAddr colAddr=\"{c}\" \
                 rowAddr=\"{r}\"/><hp:cellSpan colSpan=\"1\" rowSpan=\"{span}\"/><hp:cellSz height=\"1000\"/></hp:tc>"
            )
        })
        .collect();
    format!("<hp:tr>{cells}</hp:tr>")
}

fn table(rows: &[String]) -> String {
    format!(
        "<hp:p><hp:run><hp:tbl rowCnt=\"{}\"><hp:sz height=\"3000\"/>{}</hp:tbl></hp:run></hp:p>",
        rows.len(),
        rows.concat()
    )
}

#[test]
fn a_row_is_repeated_for_each_entry_and_the_rows_are_numbered_anew() {
    let rows = [
        row(0, &["순번", "사항"], 1),
        row(
            1,
            &["{{보완할 사항.순번}}", "{{보완할 사항.내용}} ({{접수번호}})"],
            1,
        ),
        row(2, &["끝", "{{없는 이름}}"], 1),
    ];
    let template = Template::read(&document(&table(&rows))).unwrap();
    let filled = section_of(&template.fill(&values()).unwrap());
    assert_eq!(filled.matches("<hp:tr>").count(), 5, "{filled}");
    assert!(
        filled.contains("rowCnt=\"5\"") && filled.contains("<hp:sz height=\"5000\"/>"),
        "{filled}"
    );
    // The second entry looks like a mark, and is a value all the same.
    for (n, text) in [
        "도면 (2026-001234)",
        "{{민원명}} (2026-001234)",
        "서명 (2026-001234)",
    ]
    .iter()
    .enumerate()
    {
        let at = filled
            .find(&format!(">{text}<"))
            .unwrap_or_else(|| panic!("{text}: {filled}"));
        assert!(
            filled[at..].find(&format!("rowAddr=\"{}\"", n + 1)).unwrap() < 120,
            "{filled}"
        );
    }
    assert!(
        filled.contains("rowAddr=\"4\"") && !filled.contains("없는 이름"),
        "{filled}"
    );
    let mut none = values();
    none.group("보완할 사항", Vec::new());
    let filled = section_of(&template.fill(&none).unwrap());
    assert_eq!(filled.matches("<hp:tr>").count(), 3, "one empty row stays");
}

#[test]
fn a_row_that_reaches_into_another_cannot_be_repeated() {
    let own = [row(0, &["{{보완할 사항.내용}}"], 2), row(1, &["x"], 1)];
    let above = [row(0, &["x", "y"], 2), row(1, &["{{보완할 사항.내용}}"], 1)];
    let beside = [
        row(0, &["x"], 2),
        row(1, &["y"], 1),
        row(2, &["{{보완할 사항.내용}}"], 1),
    ];
    assert_eq!(
        Template::read(&document(&table(&own))).err(),
        Some(Unfit::MergedRow)
    );
    assert_eq!(
        Template::read(&document(&table(&above))).err(),
        Some(Unfit::MergedRow)
    );
    assert!(Template::read(&document(&table(&beside))).is_ok());
}

#[test]
fn unknown_and_unclosed_marks_are_named() {
    let template = Template::read(&document(
        "<hp:p><hp:run><hp:t>{{접수번호}} {{접수번허}}</hp:t></hp:run></hp:p>",
    ))
    .unwrap();
    assert_eq!(
        template.check(&values().names()),
        Err(Unfit::Unknown(vec!["접수번허".into()]))
    );
    let open = Template::read(&document(
        "<hp:p><hp:run><hp:t>{{접수번호</hp:t></hp:run></hp:p><hp:p><hp:run><hp:t>}}</hp:t></hp:run></hp:p>",
    ));
    assert_eq!(open.err(), Some(Unfit::Unclosed("접수번호".into())));
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(
            *name,
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated),
        )
        .unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_document_or_would_do_harm_is_not_taken() {
    let kind: (&str, &[u8]) = ("mimetype", b"application/hwp+zip");
    let good: (&str, &[u8]) = ("Contents/section0.xml", b"<s><hp:p/></s>");
    let bomb = vec![b' '; 8 * 1024 * 1024];
    let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
    let section = |text: &'static str| ("Contents/section0.xml", text.as_bytes());
    let sealed: (&str, &[u8]) = ("META-INF/manifest.xml", b"<odf:encryption-data/>");
    assert!(Template::read(&zip_of(&[kind, good])).is_ok());
    for (name, bytes, unfit) in [
        ("빈 파일", Vec::new(), "no HWPX"),
        ("PDF", b"%PDF-1.7".to_vec(), "no HWPX"),
        ("종류 없음", zip_of(&[good]), "no HWPX"),
        (
            "다른 종류",
            zip_of(&[("mimetype", b"application/epub+zip"), good]),
            "no HWPX",
        ),
        ("본문 없음", zip_of(&[kind]), "no HWPX"),
        (
            "밖으로 나가는 이름",
            zip_of(&[kind, good, ("../x", b"")]),
            "no HWPX",
        ),
        ("압축 폭탄", zip_of(&[kind, good, ("x", &bomb)]), "too large"),
        ("암호", zip_of(&[kind, good, sealed]), "encrypted"),
        (
            "닫히지 않은 요소",
            zip_of(&[kind, section("<a><b></a>")]),
            "cannot be read",
        ),
        (
            "문서형 선언",
            zip_of(&[kind, section("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")]),
            "document type",
        ),
        ("모르는 실체", zip_of(&[kind, section("<a>&x;</a>")]), "entity"),
        (
            "너무 깊음",
            zip_of(&[kind, ("Contents/section0.xml", deep.as_bytes())]),
            "too deep",
        ),
        ("뿌리 둘", zip_of(&[kind, section("<a/><b/>")]), "one root"),
    ] {
        let seen = Template::read(&bytes).err().map(|unfit| unfit.to_string());
        assert!(
            seen.as_deref().is_some_and(|seen| seen.contains(unfit)),
            "{name}: {seen:?}"
        );
    }
    let many: Vec<(String, Vec<u8>)> = (0..600).map(|n| (format!("x{n}"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    assert!(matches!(Template::read(&zip_of(&many)), Err(Unfit::TooLarge(_))));
}

#[test]
fn every_starter_holds_only_marks_that_its_paper_knows_and_begins_with_its_kind() {
    for form in FORMS {
        let Some(bytes) = starter::template(form) else {
            assert_eq!(form.sheet, Sheet::Register);
            continue;
        };
        let bytes = bytes.unwrap();
        assert_eq!(&bytes[30..38], b"mimetype");
        assert_eq!(&bytes[38..57], b"application/hwp+zip");
        let template = Template::read(&bytes).unwrap_or_else(|unfit| panic!("{}: {unfit}", form.code));
        template
            .check(&names::names(form))
            .unwrap_or_else(|unfit| panic!("{}: {unfit}", form.code));
        let own = form
            .fields
            .iter()
            .filter(|field| matches!(field.part, domain::papers::Part::Row | domain::papers::Part::Item));
        for field in own {
            assert!(
                template.marks().contains(field.ko),
                "{} lacks {}",
                form.code,
                field.ko
            );
        }
    }
}
