//! 편람 화면의 보기 — every face of the handbook's pages, with made-up services.

use super::*;
use crate::view::desk::{Here, at};
use jiff::civil::date;

fn bar() -> Bar {
    Bar {
        here: Here::Handbook,
        approvals: 0,
    }
}

fn options(all: &[(&str, &str)]) -> Vec<Option2> {
    all.iter()
        .map(|(value, word)| ((*value).to_owned(), (*word).to_owned()))
        .collect()
}

fn grounds() -> Vec<Option2> {
    options(&[
        ("law_changed", "법령의 제정·개정·폐지"),
        ("correction", "오류 정정"),
    ])
}

pub(super) fn part(part: Part, lines: &[&str], surety: Option<Surety>) -> PartRow {
    PartRow {
        part,
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        word: None,
        surety,
    }
}

fn version(state: &'static str) -> Version {
    Version {
        code: "S008".into(),
        name: "국제물류주선업 등록".into(),
        number: 2,
        from: date(2026, 12, 1),
        to: (state == "past").then(|| date(2026, 12, 31)),
        state,
    }
}

fn difference() -> DifferenceRow {
    DifferenceRow {
        part: Part::Fee,
        before: part(Part::Fee, &[], None),
        after: part(Part::Fee, &["20,000원 <b>"], Some(Surety::Sure)),
    }
}

pub(super) fn list() -> Vec<(&'static str, BookList)> {
    let row = |code: &str, unsure, planned| BookRow {
        code: code.into(),
        name: "국제물류주선업 등록".into(),
        family: "국제물류주선업".into(),
        kind: "statutory".into(),
        period: Some(Message::new("period-days").with("n", 5)),
        unit: "택시물류과".into(),
        unsure,
        planned,
    };
    let bare = BookRow {
        period: None,
        family: String::new(),
        unit: String::new(),
        ..row("S009", 0, None)
    };
    let full = BookList {
        bar: bar(),
        form: Filled::of(&[("q", "물류 <회사>"), ("group", "registration")]),
        groups: options(&[("", "모두"), ("registration", "업체등록")]),
        units: options(&[("", "모두"), ("taxi_logistics", "택시물류과")]),
        found: vec![BookGroup {
            name: "업체등록".into(),
            rows: vec![row("S008", 4, Some(date(2027, 1, 1))), bare],
        }],
        count: 2,
        edits: true,
        day: date(2026, 11, 25),
    };
    let none = BookList {
        found: vec![],
        count: 0,
        edits: false,
        ..full.clone()
    };
    vec![("two services", full), ("nothing found, a reader", none)]
}

pub(super) fn service() -> Vec<(&'static str, BookService)> {
    let kind = PartRow {
        word: Some(Message::new("book-kind-statutory")),
        ..part(Part::Kind, &[], None)
    };
    let full = BookService {
        bar: bar(),
        version: version("valid"),
        planned: Some((3, date(2027, 1, 1))),
        sections: vec![Section {
            title: "book-section-what",
            parts: vec![
                part(Part::Name, &["국제물류주선업 등록"], None),
                kind,
                part(
                    Part::Documents,
                    &["등록신청서", "주민등록표 초본 | 주민등록법 제29조 | 공동이용"],
                    Some(Surety::Unsure),
                ),
                part(Part::Fee, &[], None),
                part(Part::Waivers, &[], Some(Surety::Sure)),
            ],
        }],
        edits: true,
    };
    let closed = BookService {
        version: version("closed"),
        planned: None,
        edits: false,
        ..full.clone()
    };
    vec![("valid, a change planned", full), ("closed, a reader", closed)]
}

pub(super) fn history() -> Vec<(&'static str, BookHistory)> {
    let edition = EditionRow {
        version: version("planned"),
        at: Some(at(2026, 11, 25, 10, 0)),
        by: "택시물류과 <홍길동>".into(),
        ground: Some(Ground::LawChanged),
        remark: "조례 제1234호 개정 <반영>".into(),
        differences: vec![difference()],
    };
    let first = EditionRow {
        version: version("past"),
        at: None,
        by: String::new(),
        ground: None,
        remark: String::new(),
        differences: vec![],
    };
    vec![(
        "two versions",
        BookHistory {
            bar: bar(),
            code: "S008".into(),
            name: "국제물류주선업 등록".into(),
            editions: vec![edition, first],
        },
    )]
}

pub(super) fn edit() -> Vec<(&'static str, BookEdit)> {
    let field = |part: Part, shape: &'static str, options: Vec<Option2>| PartField {
        part,
        surety: part.surety_column(),
        shape,
        max: 200,
        rows: 4,
        options,
        required: part == Part::Name,
    };
    let fields = vec![
        field(Part::Name, "line", vec![]),
        field(
            Part::Kind,
            "choice",
            options(&[("statutory", "법정민원"), ("other", "기타민원")]),
        ),
        field(Part::Documents, "text", vec![]),
        field(Part::ValidFrom, "day", vec![]),
    ];
    let first = BookEdit {
        bar: bar(),
        service: Some(("S008".into(), "국제물류주선업 등록".into())),
        form: Filled::of(&[("name", "국제물류주선업 등록"), ("documents", "사진\n<신청서>")]),
        sections: vec![FieldSection {
            title: "book-section-what",
            fields,
        }],
        grounds: grounds(),
        changes: None,
        warnings: vec![],
    };
    let looked = BookEdit {
        changes: Some(vec![difference()]),
        warnings: vec![
            Message::new("unfit-basis_missing")
                .with("item", "")
                .with("clause", ""),
        ],
        ..first.clone()
    };
    let wrong = BookEdit {
        service: None,
        form: (first.form.clone())
            .wrong("name", Message::new("misfit-missing").with("field", "@book-name"))
            .wrong(
                "",
                Message::new("unfit-overtaken")
                    .with("item", "")
                    .with("clause", ""),
            ),
        ..first.clone()
    };
    vec![("begun", first), ("looked over", looked), ("new, wrong", wrong)]
}

pub(super) fn close() -> Vec<(&'static str, BookClose)> {
    let first = BookClose {
        bar: bar(),
        code: "S008".into(),
        name: "국제물류주선업 등록".into(),
        form: Filled::of(&[("last_day", "2026-12-31"), ("base", "2")]),
    };
    let form = first.form.clone().wrong(
        "last_day",
        Message::new("misfit-not_a_date").with("field", "@book-last-day"),
    );
    vec![("begun", first.clone()), ("wrong", BookClose { form, ..first })]
}

pub(super) fn upload() -> Vec<(&'static str, BookUpload)> {
    let first = BookUpload {
        bar: bar(),
        form: Filled::of(&[("day", "2026-11-26")]),
    };
    let form = first
        .form
        .clone()
        .wrong("sheet", Message::new("book-sheet-needed"));
    vec![
        ("begun", first.clone()),
        ("no file", BookUpload { form, ..first }),
    ]
}

pub(super) fn sheet() -> Vec<(&'static str, BookSheet)> {
    let row = |line, state: &'static str, messages: Vec<Message>, differences: Vec<DifferenceRow>| SheetRow {
        line,
        code: "S008".into(),
        name: "국제물류주선업 <등록>".into(),
        state,
        messages,
        differences,
    };
    let bad = Message::new("book-cell")
        .with("field", "@book-period")
        .with("column", 9)
        .with("why", "처리기간이 아닙니다.")
        .with("text", "곧 <바로>");
    let full = BookSheet {
        bar: bar(),
        id: "00000000-0000-7000-8000-000000000001".into(),
        file: "편람 <1>.xlsx".into(),
        day: date(2026, 11, 26),
        fault: None,
        unknown: vec!["비밀 <열>".into()],
        rows: vec![
            row(4, "bad", vec![bad], vec![]),
            row(2, "changed", vec![], vec![difference()]),
            row(3, "new", vec![], vec![]),
            row(5, "same", vec![], vec![]),
        ],
        counts: [1, 1, 1, 1],
        done: false,
        form: Filled::of(&[("ground", "review")]),
        grounds: grounds(),
    };
    let done = BookSheet {
        done: true,
        unknown: vec![],
        ..full.clone()
    };
    let unreadable = BookSheet {
        fault: Some(Message::new("book-no-sheet-malformed")),
        rows: vec![],
        counts: [0; 4],
        unknown: vec![],
        ..full.clone()
    };
    vec![
        ("looked over", full),
        ("taken in", done),
        ("unreadable", unreadable),
    ]
}

impl View for BookEditions {
    const TEMPLATE: &'static str = "desk/book/editions.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = BookEditions {
            bar: Bar {
                here: Here::Handbook,
                approvals: 0,
            },
            form: Filled::default(),
            edits: true,
            done: true,
            day: jiff::civil::date(2026, 11, 25),
            editions: vec![EditionLine {
                number: "제2026-15호".into(),
                day: jiff::civil::date(2026, 9, 1),
                made_at: crate::view::desk::at(2026, 9, 2, 10, 0),
                by: "감사담당관 <오말순>".into(),
                services: 12,
            }],
        };
        let wrong = BookEditions {
            form: Filled::of(&[("number", "<b>"), ("day", "어제")])
                .wrong("number", Message::new("book-edition-number-wrong"))
                .wrong("day", Message::new("error-date-form")),
            done: false,
            editions: Vec::new(),
            ..page.clone()
        };
        let reader = BookEditions {
            edits: false,
            done: false,
            ..page.clone()
        };
        vec![("laid down", page), ("wrong", wrong), ("reader", reader)]
    }
}
