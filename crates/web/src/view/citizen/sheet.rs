//! 서식 — a typed form on the page, field by field, and what was written on it, as rows.

use super::filing::FileRow;
use domain::form::FieldType;
use serde::Serialize;

/// A typed form, ready to be drawn; the values and faults stand in the `Filled` beside it, under `f-<name>`.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// Code and version, as they go with the form's address: “lamp.1”.
    pub code: String,
    /// 서식명.
    pub name: String,
    /// What to know before the first field; may be empty.
    pub lead: String,
    /// The article or form of the law it follows.
    pub basis: String,
    /// Whether that was seen; if not, 확인 필요.
    pub sure: bool,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a form.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Its heading.
    pub name: String,
    /// What to know; may be empty.
    pub hint: String,
    /// Its fields.
    pub fields: Vec<SheetField>,
}

/// A field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct SheetField {
    /// Its name and id: “f-<name>”.
    pub name: String,
    /// Its type.
    pub is: FieldType,
    /// Its label, with the unit behind it.
    pub label: String,
    /// Whether it must be answered.
    pub required: bool,
    /// What helps; may be empty.
    pub hint: String,
    /// A value as it could stand there; may be empty.
    pub example: String,
    /// Asked only in this case: the label of another field, and the answers it must have.
    pub when: Option<(String, String)>,
    /// The law that lets the office ask this about a person; may be empty.
    pub basis: String,
    /// Value (or name of the box, for `choices`) and words.
    pub options: Vec<[String; 3]>,
    /// Most characters.
    pub max: usize,
    /// Whether the office can look the paper up itself.
    pub looked_up: bool,
    /// Files already kept in this slot.
    pub kept: Vec<FileRow>,
}

/// A section of a form as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its heading.
    pub name: String,
    /// Label and answer.
    pub rows: Vec<[String; 2]>,
}

impl Sheet {
    /// A form with a field of every type, for samples.
    pub fn sample() -> Sheet {
        let field = |name: &str, is: FieldType, label: &str| SheetField {
            name: format!("f-{name}"),
            is,
            label: label.into(),
            required: matches!(is, FieldType::Choice | FieldType::Address),
            hint: String::new(),
            example: String::new(),
            when: None,
            basis: String::new(),
            options: vec![],
            max: 200,
            looked_up: false,
            kept: vec![],
        };
        let option = |value: &str, text: &str| [value.to_owned(), text.to_owned(), String::new()];
        let few = SheetField {
            options: vec![option("off", "꺼져 있음"), option("other", "그 밖의 고장 <빠름>")],
            ..field("kind", FieldType::Choice, "고장 종류")
        };
        let many = SheetField {
            options: (1..=9)
                .map(|n| option(&n.to_string(), &format!("{n}층")))
                .collect(),
            ..field("floor", FieldType::Choice, "층")
        };
        let boxes = SheetField {
            options: vec![
                option("f-danger-car", "차가 다니는 길"),
                option("f-danger-child", "통학로"),
            ],
            ..field("danger", FieldType::Choices, "주변 상황")
        };
        let asked = SheetField {
            when: Some(("고장 종류".into(), "그 밖의 고장".into())),
            hint: "본 대로 적어 주시기 바랍니다.".into(),
            example: "전선이 늘어져 있습니다".into(),
            max: 1_000,
            ..field("detail", FieldType::Text, "자세한 내용")
        };
        let phone = SheetField {
            basis: "민원 처리에 관한 법률 시행령 제2조제1항".into(),
            ..field("phone", FieldType::Phone, "현장 전화")
        };
        let slot = SheetField {
            required: true,
            looked_up: true,
            kept: vec![FileRow {
                id: "f1".into(),
                name: "등기.pdf".into(),
                size: 20_000,
                cleaned: true,
                standing: None,
            }],
            ..field("register", FieldType::File, "법인 등기사항증명서")
        };
        let short = [
            (FieldType::Line, "등주번호"),
            (FieldType::Number, "면적(㎡)"),
            (FieldType::Money, "금액(원)"),
            (FieldType::Date, "발견한 날"),
            (FieldType::Address, "주소"),
            (FieldType::Mail, "전자우편"),
            (FieldType::Business, "사업자등록번호"),
            (FieldType::Corporation, "법인등록번호"),
            (FieldType::Agree, "행정정보 공동이용에 동의합니다"),
        ];
        let short = short.map(|(is, label)| field(is.code(), is, label));
        Sheet {
            code: "lamp.1".into(),
            name: "가로등·보안등 고장 신고서".into(),
            lead: "아시는 것만 적으셔도 됩니다.".into(),
            basis: "민원 처리에 관한 법률 시행령 제16조".into(),
            sure: false,
            sections: vec![
                Section {
                    name: "고장 내용".into(),
                    hint: "보이는 대로 골라 주시기 바랍니다.".into(),
                    fields: vec![few, many, boxes, asked, phone],
                },
                Section {
                    name: "위치와 서류".into(),
                    hint: String::new(),
                    fields: short.into_iter().chain([slot]).collect(),
                },
            ],
        }
    }
}

/// A filled-in form for samples.
pub fn parts_sample() -> Vec<Part> {
    vec![Part {
        name: "고장 내용".into(),
        rows: vec![
            ["고장 종류".into(), "꺼져 있음".into()],
            ["자세한 내용".into(), "두 줄\n<b>굵게</b>".into()],
        ],
    }]
}
