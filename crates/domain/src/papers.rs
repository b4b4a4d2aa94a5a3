//! 서식 — every paper of the office in one table: its form, its fields, and the article that asks for each field.
//!
//! The drawings of the forms of the rule (별지) were not at hand: their fields are those that the articles name, each such
//! form is marked 서식 확인 필요, and an agency lays its own template in place of ours. Papers take their labels from this
//! table, so that what is printed and what is written here cannot part; `docs/generated/forms.md` is written from it.

pub mod table;

use table::FORMS;

/// A paper of the office.
#[derive(Debug)]
pub struct Form {
    /// Its name in addresses, file names and templates: `receipt`.
    pub code: &'static str,
    /// 별지 제n호서식 of the rule; `None` where the law prescribes no form.
    pub annex: Option<u8>,
    /// Its title, in Korean and in English.
    pub title: [&'static str; 2],
    /// The articles it rests on.
    pub basis: &'static str,
    /// How it is set.
    pub sheet: Sheet,
    /// What it says, in the order it is printed.
    pub fields: &'static [Field],
}

/// How a paper is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// One page: a label and a value in each row.
    Page,
    /// An official letter (시행문); the fields are items of its text.
    Letter,
    /// A register: the fields are columns.
    Register,
}

/// One thing a paper says.
#[derive(Debug)]
pub struct Field {
    /// Its label in Korean; also its name in templates: `{{접수번호}}`.
    pub ko: &'static str,
    /// Its label in English.
    pub en: &'static str,
    /// The article that asks for it.
    pub basis: &'static str,
    /// Where it stands.
    pub part: Part,
}

/// Where on a paper a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A row of a page.
    Row,
    /// A row with room to write in, so many millimetres high.
    Box(u8),
    /// A line of the box of guidance below the rows; left out where there is nothing to say.
    Guidance,
    /// An item of a letter's text: “가. 민원명: …”.
    Item,
    /// A heading in a letter's text with items of its own below it.
    List,
    /// A column of a register, so many parts of its width.
    Column(u8),
    /// Part of the head or foot of every letter.
    Letter,
}

impl Form {
    /// The form of this code.
    pub fn of(code: &str) -> Option<&'static Form> {
        FORMS.iter().copied().find(|form| form.code == code)
    }

    /// 서식 확인 필요: whether there is a drawing of the rule that ours was not held against.
    pub const fn unchecked(&self) -> bool {
        self.annex.is_some()
    }
}

/// The table as a page of the documentation.
pub fn page() -> String {
    let mut text = String::from(
        "# 서식 — papers, their fields, and the articles that ask for them\n\n\
         Written by `cargo xtask gen` from `crates/domain/src/papers/table.rs`. The drawings of the forms of the rule (별지)\n\
         were not at hand: what is marked *서식 확인 필요* has the fields its articles name and must be held against the\n\
         drawing before it is used; an agency may lay its own template in its place. A field `n` of a template is written\n\
         `{{n}}`. 법, 영, 규칙: 「민원 처리에 관한 법률」, its 시행령 and 시행규칙.\n",
    );
    for form in FORMS {
        let [ko, en] = form.title;
        text.push_str(&format!("\n## {ko} — {en} (`{}`)\n\n", form.code));
        match form.annex {
            Some(n) => text.push_str(&format!(
                "시행규칙 별지 제{n}호서식 · {} · **서식 확인 필요**\n\n",
                form.basis
            )),
            None => text.push_str(&format!("No form prescribed · {}\n\n", form.basis)),
        }
        text.push_str("| field | in English | asked for by |\n|---|---|---|\n");
        for field in form.fields {
            text.push_str(&format!("| {} | {} | {} |\n", field.ko, field.en, field.basis));
        }
    }
    text
}
