//! 화면의 값 — what a page is given: plain data, ready to show but not yet translated.

pub mod citizen;
pub mod counter;
pub mod desk;
pub mod proceeding;
pub mod shared;

use crate::{render::Lang, route};
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// The address tables the template function `url` looks into.
pub static ROUTES: &[&[route::Row]] = &[
    route::To::TABLE,
    desk::TABLE,
    counter::TABLE,
    desk::people::TABLE,
    desk::account::TABLE,
    desk::handbook::Book::TABLE,
    crate::machine::Api::TABLE,
];

/// A page: plain owned data, a template, and samples that show all its faces.
pub trait View: Serialize + Sized {
    /// The template's name below `templates/`.
    const TEMPLATE: &'static str;
    /// Named samples: the ordinary case first, then every branch of the template.
    fn samples() -> Vec<(&'static str, Self)>;
}

/// One sample of one template, for the gallery and its tests.
pub struct Sample {
    /// The template.
    pub template: &'static str,
    /// The sample's name.
    pub name: &'static str,
    /// Who looks at it.
    pub face: Face,
    /// The view.
    pub view: Value,
}

/// All samples of a view.
pub fn samples<V: View>(face: Face) -> Vec<Sample> {
    V::samples()
        .into_iter()
        .map(|(name, view)| Sample {
            template: V::TEMPLATE,
            name,
            face,
            view: Value::from(Serde(&view)),
        })
        .collect()
}

/// Every sample of every page.
pub fn gallery() -> Vec<Sample> {
    [citizen::gallery(), desk::gallery(), counter::gallery()]
        .into_iter()
        .flatten()
        .collect()
}

/// Who a page is for; it decides header and menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// 민원인
    Citizen,
    /// 공무원
    Desk,
}

/// What every page has around it.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The page's language.
    pub lang: Lang,
    /// All languages there are.
    pub langs: Vec<Lang>,
    /// Large print, high contrast.
    pub look: crate::look::Look,
    /// Citizen's or official's page.
    pub face: Face,
    /// The agency's name, in the page's language.
    pub agency: String,
    /// The agency's telephone for those who would rather speak to someone.
    pub phone: String,
    /// 체험판: nothing sent here reaches an office.
    pub demo: bool,
    /// The CSRF token (letters and digits) bound to this session.
    pub csrf: String,
    /// Path and query of this page, for the way back after switching the language.
    pub path: String,
    /// Who is signed in, as shown: a masked contact or an official's name and seat; `None` for nobody.
    pub who: Option<String>,
    /// What just happened, told once.
    pub notice: Option<Notice>,
    /// Whether this page lies in the 보안민원실.
    pub inside: bool,
    /// Whether whoever looks may go into it.
    pub entitled: bool,
}

impl Frame {
    /// A frame for samples and error pages.
    pub fn sample(lang: Lang, face: Face) -> Frame {
        Frame {
            lang,
            langs: crate::lang::all(),
            look: crate::look::Look::default(),
            face,
            agency: if lang == "ko" {
                "한빛시".into()
            } else {
                "Hanbit City".into()
            },
            phone: "02-120".into(),
            demo: true,
            csrf: "0123456789abcdef".into(),
            path: "/".into(),
            who: None,
            notice: None,
            inside: false,
            entitled: false,
        }
    }
}

/// 알림 — one message at the top of a page.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// How it is meant; shown by words and colour.
    pub tone: Tone,
    /// What it says.
    pub message: Message,
}

/// How a notice or a badge is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// 안내
    Information,
    /// 완료
    Success,
    /// 주의
    Warning,
    /// 오류
    Danger,
    /// 보통
    Gray,
    /// 강조
    Primary,
}

/// A word of the translation files with its arguments: translated by the template (`say(message)`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The key in the translation files.
    pub key: String,
    /// Its arguments: texts and numbers.
    pub args: BTreeMap<String, serde_json::Value>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<String>) -> Message {
        Message {
            key: key.into(),
            args: BTreeMap::new(),
        }
    }
    /// The same with one argument more.
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Message {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// 입력값과 오류 — a form as the citizen left it: what was entered stays, errors stand beside their fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Filled {
    /// Field name → text as entered.
    pub values: BTreeMap<String, String>,
    /// What is wrong, in the order of the fields.
    pub errors: Vec<FieldError>,
}

impl Filled {
    /// A form with these values and no error.
    pub fn of(values: &[(&str, &str)]) -> Filled {
        let values = values
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        Filled {
            values,
            errors: Vec::new(),
        }
    }
    /// The same with one error more; `field` "" speaks of the whole form.
    pub fn wrong(mut self, field: &str, message: Message) -> Filled {
        self.errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
        self
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldError {
    /// The field's name; "" for the whole form.
    pub field: String,
    /// What is wrong and what to do.
    pub message: Message,
}

/// 더 보기 — keyset paging: “older” and “newer”, each an opaque place to continue from.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Paging {
    /// Continue with what is older; `None` at the end.
    pub older: Option<String>,
    /// Go back to what is newer; `None` at the start.
    pub newer: Option<String>,
}
