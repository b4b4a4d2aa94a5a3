//! 민원편람 — the officials' pages of the handbook: list, one service, its history, its next version, sheets.

mod samples;

use super::Bar;
use crate::view::{Filled, Message, View};
use domain::{
    handbook::{Surety, edition::Ground, part::Part},
    time::At,
};
use jiff::civil::Date;
use serde::Serialize;

crate::routes! {
    /// The addresses of the handbook.
    Book {
        /// 민원편람 (POST: by words, group, unit)
        List = "book" "/desk/handbook";
        /// 민원사무 신설
        New = "book_new" "/desk/handbook/new";
        /// 일괄 올리기
        Upload = "book_upload" "/desk/handbook/upload";
        /// 올린 표: GET shows what it would change, POST takes it in
        Sheet(id) = "book_sheet" "/desk/handbook/sheets/{id}";
        /// 내려받기: handbook.csv, handbook.xlsx
        File(file) = "book_file" "/desk/handbook/files/{file}";
        /// 민원사무 한 가지
        Service(code) = "book_service" "/desk/handbook/services/{code}";
        /// 개정 이력
        History(code) = "book_history" "/desk/handbook/services/{code}/history";
        /// 개정
        Edit(code) = "book_edit" "/desk/handbook/services/{code}/edit";
        /// 폐지
        Close(code) = "book_close" "/desk/handbook/services/{code}/close";
        /// 업무 매뉴얼 (PDF)
        Manual(code) = "book_manual" "/desk/handbook/services/{code}/manual.pdf";
        /// 고시본: GET lists them, POST lays one down
        Editions = "book_editions" "/desk/handbook/editions";
    }
}

/// A choice in a list: its value and its words.
pub type Option2 = (String, String);

/// A service in the list.
#[derive(Debug, Clone, Serialize)]
pub struct BookRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// 종; empty where it stands alone.
    pub family: String,
    /// Kind, as code.
    pub kind: String,
    /// 처리기간.
    pub period: Option<Message>,
    /// 주관부서.
    pub unit: String,
    /// How many facts are still to be confirmed.
    pub unsure: u64,
    /// The first day of a version that is planned.
    pub planned: Option<Date>,
}

/// The services of one group.
#[derive(Debug, Clone, Serialize)]
pub struct BookGroup {
    /// Its word.
    pub name: String,
    /// Its services.
    pub rows: Vec<BookRow>,
}

/// 민원편람.
#[derive(Debug, Clone, Serialize)]
pub struct BookList {
    /// The menu.
    pub bar: Bar,
    /// What was asked for.
    pub form: Filled,
    /// Groups to choose from.
    pub groups: Vec<Option2>,
    /// Units to choose from.
    pub units: Vec<Option2>,
    /// What was found.
    pub found: Vec<BookGroup>,
    /// How many.
    pub count: u64,
    /// Whether the one who looks may change anything.
    pub edits: bool,
    /// Today.
    pub day: Date,
}

/// 고시본.
#[derive(Debug, Clone, Serialize)]
pub struct EditionLine {
    /// 고시번호.
    pub number: String,
    /// 기준일.
    pub day: Date,
    /// When it was laid down.
    pub made_at: At,
    /// By whom; empty where it is shown to everybody.
    pub by: String,
    /// How many services.
    pub services: u32,
}

/// 처리기준표 고시본.
#[derive(Debug, Clone, Serialize)]
pub struct BookEditions {
    /// The menu.
    pub bar: Bar,
    /// What was entered.
    pub form: Filled,
    /// Whether the one who looks may lay one down.
    pub edits: bool,
    /// Whether one was just laid down.
    pub done: bool,
    /// Today.
    pub day: Date,
    /// The editions, the newest day first.
    pub editions: Vec<EditionLine>,
}

/// A part of a service, to be read.
#[derive(Debug, Clone, Serialize)]
pub struct PartRow {
    /// Which.
    pub part: Part,
    /// Its text, line by line; empty for nothing known.
    pub lines: Vec<String>,
    /// Its word, where it is a code.
    pub word: Option<Message>,
    /// How sure; `None` where that is not asked.
    pub surety: Option<Surety>,
}

/// Parts that belong together.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// The key of its title.
    pub title: &'static str,
    /// Its parts.
    pub parts: Vec<PartRow>,
}

/// 판 — which version of a service is looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: u32,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Option<Date>,
    /// Where it stands today: valid, planned, past, closed, never.
    pub state: &'static str,
}

/// 민원사무 한 가지.
#[derive(Debug, Clone, Serialize)]
pub struct BookService {
    /// The menu.
    pub bar: Bar,
    /// Which version.
    pub version: Version,
    /// A newer version that is planned: its number and first day.
    pub planned: Option<(u32, Date)>,
    /// All its parts.
    pub sections: Vec<Section>,
    /// Whether the one who looks may change it.
    pub edits: bool,
}

/// What one part was and is.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceRow {
    /// Which.
    pub part: Part,
    /// As it was.
    pub before: PartRow,
    /// As it is.
    pub after: PartRow,
}

/// A version in the history.
#[derive(Debug, Clone, Serialize)]
pub struct EditionRow {
    /// Which.
    pub version: Version,
    /// When it was made; `None` for what the city began with.
    pub at: Option<At>,
    /// Who made it.
    pub by: String,
    /// On what ground.
    pub ground: Option<Ground>,
    /// What was remarked.
    pub remark: String,
    /// What it changed.
    pub differences: Vec<DifferenceRow>,
}

/// A piece of the manual, at the step it speaks of.
#[derive(Debug, Clone, Serialize)]
pub struct GuideRow {
    /// The step.
    pub step: domain::handbook::Step,
    /// What it tells.
    pub aspect: domain::handbook::Aspect,
    /// The text.
    pub text: String,
}

/// 업무 매뉴얼 beside a petition.
#[derive(Debug, Clone, Serialize)]
pub struct Manual {
    /// The service, by code: the way to the whole of it.
    pub code: String,
    /// What is at hand now.
    pub guides: Vec<GuideRow>,
    /// Whether it is confirmed.
    pub sure: bool,
}

impl Manual {
    /// A manual for samples.
    pub(super) fn sample() -> Manual {
        Manual {
            code: "S074".into(),
            guides: vec![GuideRow {
                step: domain::handbook::Step::Review,
                aspect: domain::handbook::Aspect::Caution,
                text: "점용 위치를 <도면>과 견준다.".into(),
            }],
            sure: false,
        }
    }
}

/// 개정 이력.
#[derive(Debug, Clone, Serialize)]
pub struct BookHistory {
    /// The menu.
    pub bar: Bar,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Newest first.
    pub editions: Vec<EditionRow>,
}

/// A field of the form.
#[derive(Debug, Clone, Serialize)]
pub struct PartField {
    /// Which part.
    pub part: Part,
    /// The field of its surety; `None` where that is not asked.
    pub surety: Option<&'static str>,
    /// line, text, choice, day.
    pub shape: &'static str,
    /// Letters it may have; 0 for no matter.
    pub max: usize,
    /// Rows of a text.
    pub rows: usize,
    /// What may be chosen.
    pub options: Vec<Option2>,
    /// Whether something is needed.
    pub required: bool,
}

/// Fields that belong together.
#[derive(Debug, Clone, Serialize)]
pub struct FieldSection {
    /// The key of its title.
    pub title: &'static str,
    /// Its fields.
    pub fields: Vec<PartField>,
}

/// 개정, 신설.
#[derive(Debug, Clone, Serialize)]
pub struct BookEdit {
    /// The menu.
    pub bar: Bar,
    /// Whose; `None` for a new service.
    pub service: Option<Option2>,
    /// The form as it was left.
    pub form: Filled,
    /// All its fields.
    pub sections: Vec<FieldSection>,
    /// Grounds to choose from.
    pub grounds: Vec<Option2>,
    /// What would change; `None` before one has looked.
    pub changes: Option<Vec<DifferenceRow>>,
    /// What deserves a look.
    pub warnings: Vec<Message>,
}

/// 폐지.
#[derive(Debug, Clone, Serialize)]
pub struct BookClose {
    /// The menu.
    pub bar: Bar,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The form as it was left.
    pub form: Filled,
}

/// 일괄 올리기.
#[derive(Debug, Clone, Serialize)]
pub struct BookUpload {
    /// The menu.
    pub bar: Bar,
    /// The form as it was left.
    pub form: Filled,
}

/// A row of an uploaded sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetRow {
    /// Its line in the file.
    pub line: u32,
    /// Its code as written.
    pub code: String,
    /// Its name.
    pub name: String,
    /// new, changed, same, bad.
    pub state: &'static str,
    /// What is wrong, or deserves a look.
    pub messages: Vec<Message>,
    /// What it changes.
    pub differences: Vec<DifferenceRow>,
}

/// 올린 표.
#[derive(Debug, Clone, Serialize)]
pub struct BookSheet {
    /// The menu.
    pub bar: Bar,
    /// Its name in addresses.
    pub id: String,
    /// The name of the file.
    pub file: String,
    /// The first day of rows that name none.
    pub day: Date,
    /// Why nothing can be read; then there are no rows.
    pub fault: Option<Message>,
    /// Columns that are not read.
    pub unknown: Vec<String>,
    /// Its rows, those with faults first.
    pub rows: Vec<SheetRow>,
    /// How many are new, changed, the same, bad.
    pub counts: [u64; 4],
    /// Whether the good rows have been taken in.
    pub done: bool,
    /// The form that takes them in.
    pub form: Filled,
    /// Grounds to choose from.
    pub grounds: Vec<Option2>,
}

impl View for BookList {
    const TEMPLATE: &'static str = "desk/book/list.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::list()
    }
}
impl View for BookService {
    const TEMPLATE: &'static str = "desk/book/service.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::service()
    }
}
impl View for BookHistory {
    const TEMPLATE: &'static str = "desk/book/history.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::history()
    }
}
impl View for BookEdit {
    const TEMPLATE: &'static str = "desk/book/edit.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::edit()
    }
}
impl View for BookClose {
    const TEMPLATE: &'static str = "desk/book/close.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::close()
    }
}
impl View for BookUpload {
    const TEMPLATE: &'static str = "desk/book/upload.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::upload()
    }
}
impl View for BookSheet {
    const TEMPLATE: &'static str = "desk/book/sheet.html";
    fn samples() -> Vec<(&'static str, Self)> {
        samples::sheet()
    }
}
