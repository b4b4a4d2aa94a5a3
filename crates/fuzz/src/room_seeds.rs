//! 방의 씨앗 — bytes to begin with, for what reads forms, tables, templates and answers.

use crate::seeds::{packed, texts};

/// The forms of the city, as `data/forms` has them.
pub(crate) const FORMS: &[(&str, &str)] = &[
    ("lamp.toml", include_str!("../../../data/forms/lamp.toml")),
    (
        "disclosure.toml",
        include_str!("../../../data/forms/disclosure.toml"),
    ),
    (
        "nonprofit.toml",
        include_str!("../../../data/forms/nonprofit.toml"),
    ),
    (
        "building_report.toml",
        include_str!("../../../data/forms/building_report.toml"),
    ),
];

pub(crate) fn multipart() -> Vec<Vec<u8>> {
    let text = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n가로등\r\n--x\r\nContent-Disposition: form-data; \
                name=\"public\"\r\n\r\nno\r\n";
    let file = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"..\\\\a.txt\"\r\nContent-Type: text/plain\r\n\r\n글\r\n";
    texts(&[
        &format!("{text}--x--\r\n"),
        &format!("{text}{file}--x--\r\n"),
        &format!("{file}{file}{file}{file}--x--"),
    ])
}

pub(crate) fn urlencoded() -> Vec<Vec<u8>> {
    texts(&[
        "title=%EA%B0%80%EB%A1%9C+1&body=a%0D%0Ab&public=yes&csrf=abc",
        "petition=01890a5d-ac96-774b-bcce-b302099a8057&petition=x&others=1",
        "kind=inquiry&life=received&entry=web&due=overdue&unit=01890a5d-ac96-774b-bcce-b302099a8057&service=S134",
        "%zz=%&&=&title=a&title=b",
    ])
}

pub(crate) fn answers() -> Vec<Vec<u8>> {
    texts(&[
        "\0off\n010-1234-5678\n2026-11-23\n1,000",
        "\u{1}123-45-67890\n110111-1234567\n홍길동",
        "\u{2}2026-02-30\n-1.5\n가나다",
    ])
}

pub(crate) fn headers() -> Vec<Vec<u8>> {
    let token = "ab".repeat(32);
    let first = format!(
        "minwon={token}; lang=en; look=large.contrast\nko;q=0.9,en\n203.0.113.9, 2001:db8::1\nminwon=x\n/my?x=1"
    );
    texts(&[
        &first,
        "\n\n\n\n//evil.example",
        "lang=ko\n*\nunknown\n\n/\\evil.example",
    ])
}

/// A workbook of two cells, one in its last corner.
pub(crate) fn corner() -> Option<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write(0, 0, "login").ok()?;
    page.write(1_048_575, 16_383, "x").ok()?;
    book.save_to_buffer().ok()
}

fn sheet() -> Option<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (column, (head, cell)) in
        (0_u16..).zip([("login", "kim"), ("name", "김하늘"), ("unit", "도로시설과")])
    {
        page.write(0, column, head).ok()?;
        page.write(1, column, cell).ok()?;
    }
    book.save_to_buffer().ok()
}

pub(crate) fn tables() -> Vec<Vec<u8>> {
    let mut all = texts(&[
        include_str!("../../../data/officials.csv")
            .get(..600)
            .unwrap_or_default(),
        include_str!("../../../data/units.csv")
            .get(..300)
            .unwrap_or_default(),
        "login,name,unit\nkim,\"김,\"\"하늘\",x\n",
    ]);
    let services: String = include_str!("../../../data/services.csv")
        .lines()
        .take(4)
        .collect::<Vec<_>>()
        .join("\n");
    all.push(services.into_bytes());
    all.extend(sheet());
    all.extend(corner());
    all
}

pub(crate) fn hwpx() -> Vec<Vec<u8>> {
    let form =
        domain::papers::Form::of("receipt").and_then(|form| documents::hwpx::starter::template(form)?.ok());
    let small = packed(&[
        ("mimetype", b"application/hwp+zip"),
        ("Contents/section0.xml", "<hs:sec xmlns:hs=\"s\" xmlns:hp=\"p\"><hp:p><hp:run><hp:t>{{접수번호}}</hp:t></hp:run></hp:p></hs:sec>".as_bytes()),
    ]);
    std::iter::once(small).chain(form).collect()
}

pub(crate) fn exchange() -> Vec<Vec<u8>> {
    texts(&[
        "<registered><petition>01890a5d-ac96-774b-bcce-b302099a8057</petition><approval>9</approval><unit-code>road</unit-code>\
         <number>16175</number><date>2026-06-16</date></registered>",
        "<refused><petition>01890a5d-ac96-774b-bcce-b302099a8057</petition><approval>9</approval><reason>붙임&amp;</reason></refused>",
        "<!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">]><refused><reason>&c;</reason></refused>",
    ])
}

pub(crate) fn catalogue() -> Vec<Vec<u8>> {
    FORMS.iter().map(|(_, text)| text.as_bytes().to_vec()).collect()
}

pub(crate) fn addresses() -> Vec<Vec<u8>> {
    texts(&[
        "010-1234-5678",
        "Hong.Gd+x@Example.kr",
        "+82 10 1234 5678",
        "2026-112",
    ])
}
