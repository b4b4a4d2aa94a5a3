//! 서식 — a form of a service as data: sections and typed fields, what each asks for, and on which legal ground (법 제10조제1항, 영 제10조제2항).
//!
//! A form is a value, like a procedure: it says what is asked, `check` says what is wrong with what was answered, `show`
//! says it again in words. A filing stays on the version of the form it was written on.
//!
//! There is no field for a 주민등록번호: no form of ours has a law that demands one (개인정보 보호법 제24조의2제1항).

pub mod check;
pub mod numbers;
pub mod show;

use crate::procedure::Words;
use crate::terms::{Code, coded};
use crate::text::{Text, plain};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// 서식.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Stable code.
    pub code: Code,
    /// Grows with every change.
    pub version: u32,
    /// 서식명.
    pub name: Words,
    /// The services it is for.
    pub services: Vec<Code>,
    /// The article or form of the law it follows.
    pub basis: String,
    /// Whether the law's own form was at hand; if not, the page says 서식 확인 필요.
    pub basis_sure: bool,
    /// What a citizen reads before the first field.
    #[serde(default)]
    pub lead: Option<Words>,
    /// How title, content and place of the petition are made of the answers; in Korean, for officials' lists and search.
    pub summary: Summary,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// 제목·내용·장소의 본 — texts with `{field}` where an answer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// 제목.
    pub title: String,
    /// 내용.
    #[serde(default)]
    pub body: Option<String>,
    /// 장소.
    #[serde(default)]
    pub place: Option<String>,
}

/// 서식의 한 부분.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading.
    pub name: Words,
    /// What to know before filling it in.
    #[serde(default)]
    pub hint: Option<Words>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

coded! {
    /// 칸의 종류.
    FieldType {
        /// One line.
        Line = "line",
        /// Several lines.
        Text = "text",
        /// A number, with a unit.
        Number = "number",
        /// 금액, in won.
        Money = "money",
        /// A day.
        Date = "date",
        /// One of several.
        Choice = "choice",
        /// Any of several.
        Choices = "choices",
        /// A statement to agree to.
        Agree = "agree",
        /// 주소.
        Address = "address",
        /// 전화번호.
        Phone = "phone",
        /// 전자우편.
        Mail = "mail",
        /// 사업자등록번호.
        Business = "business",
        /// 법인등록번호.
        Corporation = "corporation",
        /// 구비서류: a file in its slot.
        File = "file",
    }
}

coded! {
    /// On which side of today a day must lie.
    Side {
        /// Not after today.
        Past = "past",
        /// Not before today.
        Future = "future",
    }
}

/// 칸.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable within the form.
    pub name: Code,
    /// Its type.
    #[serde(rename = "type")]
    pub is: FieldType,
    /// Its label.
    pub label: Words,
    /// Whether it must be answered. A file slot is never in the way of filing: what is missing is told, and may be handed
    /// in later (법 제9조제1항, 제22조제1항).
    #[serde(default)]
    pub required: bool,
    /// What helps to fill it in.
    #[serde(default)]
    pub hint: Option<Words>,
    /// A value as it could stand there; also that of the filled-in example.
    #[serde(default)]
    pub example: Option<Words>,
    /// Asked only when another field has one of these values.
    #[serde(default)]
    pub when: Option<When>,
    /// What may be chosen.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// 단위 of a number.
    #[serde(default)]
    pub unit: Option<Words>,
    /// Smallest number or amount.
    #[serde(default)]
    pub min: Option<i64>,
    /// Greatest number or amount; most characters of a line or a text.
    #[serde(default)]
    pub max: Option<i64>,
    /// Digits behind the point of a number.
    #[serde(default)]
    pub decimals: u32,
    /// On which side of today the day must lie.
    #[serde(default)]
    pub side: Option<Side>,
    /// 수집 근거 — why the law lets the office ask for this about a person (개인정보 보호법 제15조).
    #[serde(default)]
    pub basis: Option<String>,
    /// Whether it says something about a person: then it is never searched, and `basis` must stand.
    #[serde(default)]
    pub personal: bool,
    /// The 구비서류 that goes into this slot, as the catalogue names it.
    #[serde(default)]
    pub document: Option<String>,
    /// Whether the office can see it itself by 행정정보 공동이용 where the citizen agrees (법 제10조제3항).
    #[serde(default)]
    pub looked_up: bool,
}

/// 조건.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// An earlier field.
    pub field: Code,
    /// The values it must have one of.
    pub is: Vec<Code>,
}

/// 고를 것.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored.
    pub value: Code,
    /// What is read, in Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// 적힌 것 — what was answered: for each field its values, one for most types, several for `choices`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<Code, Vec<String>>);

impl Answers {
    /// The value of a field; "" where there is none.
    pub fn one(&self, field: Code) -> &str {
        self.0
            .get(&field)
            .and_then(|all| all.first())
            .map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, field: Code) -> &[String] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Sets the one value of a field.
    pub fn set(&mut self, field: Code, value: &str) {
        self.0.insert(field, vec![value.to_owned()]);
    }
}

/// 작성된 서식 — which form, in which version, and where its answers lie: as one sealed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written<T = Text> {
    /// The form.
    pub form: Code,
    /// Its version.
    pub version: u32,
    /// The answers: a [`Record`] as JSON.
    pub answers: T,
}
plain!(Written);

/// 봉인되는 글 — the answers as they lie in the vault, with the names of those whose words may be searched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The answers.
    pub answers: Answers,
    /// Fields that hold free text about the matter: no name, no contact, no number.
    #[serde(default)]
    pub words: Vec<Code>,
}

impl Record {
    /// What of the sealed text may be searched; "" for what is no record.
    pub fn searched(sealed: &str) -> String {
        let record: Record = serde_json::from_str(sealed).unwrap_or_default();
        let values = record.words.iter().flat_map(|field| record.answers.all(*field));
        values.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

impl Form {
    /// Every field in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// One field.
    pub fn field(&self, name: Code) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }

    /// The answers to what is really asked, ready to be sealed: nothing to a question whose condition does not hold.
    pub fn record(&self, answers: &Answers) -> Record {
        let asked = self
            .fields()
            .filter(|field| self.asks(field, answers) && field.is != FieldType::File);
        let asked: Vec<&Field> = asked.collect();
        let given = |field: &&Field| {
            let values: Vec<String> = (answers.all(field.name).iter())
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .collect();
            (!values.is_empty()).then_some((field.name, values))
        };
        Record {
            answers: Answers(asked.iter().filter_map(given).collect()),
            words: (asked.iter().filter(|field| field.is_searched()))
                .map(|field| field.name)
                .collect(),
        }
    }

    /// Whether a field is asked, given the other answers.
    pub fn asks(&self, field: &Field, answers: &Answers) -> bool {
        field.when.as_ref().is_none_or(|when| {
            let holds =
                (answers.all(when.field).iter()).any(|value| when.is.iter().any(|is| is.as_str() == value));
            // A condition on a field that is itself not asked does not hold.
            holds && self.field(when.field).is_some_and(|on| self.asks(on, answers))
        })
    }

    /// 구비서류 that are asked for and have no file: told before sending, never in the way of it.
    pub fn missing_documents(&self, answers: &Answers, slots: &[Code]) -> Vec<&Field> {
        self.fields()
            .filter(|field| field.is == FieldType::File && field.required)
            .filter(|field| self.asks(field, answers) && !slots.contains(&field.name))
            .collect()
    }

    /// What is wrong with the form itself: the field it is about, and a sentence with its cure. Empty when it can be used.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |field: Option<Code>, what: String| problems.push(Problem { field, what });
        if self.services.is_empty() {
            say(None, "names no service: write `services = [\"S000\"]`".into());
        }
        let mut earlier: BTreeSet<Code> = BTreeSet::new();
        for field in self.fields() {
            let name = Some(field.name);
            let has_options = matches!(field.is, FieldType::Choice | FieldType::Choices);
            if !earlier.insert(field.name) {
                say(name, "stands twice: give each field a name of its own".into());
            }
            if has_options == field.options.is_empty() {
                say(
                    name,
                    "`options` belong to `choice` and `choices`, and only there: add or remove them".into(),
                );
            }
            let values: BTreeSet<Code> = field.options.iter().map(|option| option.value).collect();
            if values.len() != field.options.len() {
                say(name, "two options have the same value: give each its own".into());
            }
            if (field.personal || field.is.is_contact()) && field.basis.is_none() {
                say(
                    name,
                    "asks about a person: name the law in `basis`, or do not ask".into(),
                );
            }
            if field.document.is_some() != (field.is == FieldType::File) {
                say(
                    name,
                    "`document` names the paper of a `file` slot: write it there, and only there".into(),
                );
            }
            if field.unit.is_some() && field.is != FieldType::Number {
                say(name, "only a `number` has a `unit`: remove it".into());
            }
            if field.side.is_some() && field.is != FieldType::Date {
                say(name, "only a `date` has a `side`: remove it".into());
            }
            if let (Some(min), Some(max)) = (field.min, field.max)
                && min > max
            {
                say(name, "`min` is greater than `max`: exchange them".into());
            }
            if let Some(when) = &field.when {
                let on = self
                    .field(when.field)
                    .filter(|_| earlier.contains(&when.field) && when.field != field.name);
                let known = |on: &Field| {
                    when.is
                        .iter()
                        .all(|is| on.options.iter().any(|option| option.value == *is))
                };
                if !on.is_some_and(known) || when.is.is_empty() {
                    say(name, "`when` must name an earlier choice and values of it".into());
                }
            }
            for example in field
                .example
                .iter()
                .filter(|_| !has_options && field.is != FieldType::File)
            {
                for value in [&example.ko, &example.en] {
                    let fault = check::value(field, value, jiff::civil::date(2026, 1, 1));
                    if fault.is_some() && field.side.is_none() {
                        say(
                            name,
                            format!("its own example “{value}” is not taken: mend one of the two"),
                        );
                    }
                }
            }
        }
        let texts = [
            Some(&self.summary.title),
            self.summary.body.as_ref(),
            self.summary.place.as_ref(),
        ];
        for name in texts.into_iter().flatten().flat_map(|text| show::places(text)) {
            if !name.parse().is_ok_and(|code| self.field(code).is_some()) {
                say(
                    None,
                    format!("`summary` speaks of {{{name}}}, which is no field: write the name of one"),
                );
            }
        }
        problems
    }
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field it is about; `None` for the whole form.
    pub field: Option<Code>,
    /// What, and how to cure it.
    pub what: String,
}

impl FieldType {
    /// Whether it reaches a person.
    pub const fn is_contact(self) -> bool {
        matches!(self, FieldType::Phone | FieldType::Mail)
    }
}

impl Field {
    /// Whether its words go into the search index: free text that says nothing about a person.
    pub fn is_searched(&self) -> bool {
        matches!(self.is, FieldType::Line | FieldType::Text) && !self.personal && self.basis.is_none()
    }

    /// Most characters of what may be typed.
    pub fn longest(&self) -> usize {
        let given = self.max.and_then(|max| usize::try_from(max).ok());
        match self.is {
            FieldType::Line => given.unwrap_or(200),
            FieldType::Text => given.unwrap_or(20_000),
            FieldType::Address => 300,
            FieldType::Mail => 254,
            FieldType::Number | FieldType::Money | FieldType::Date | FieldType::Phone => 30,
            FieldType::Business | FieldType::Corporation => 30,
            FieldType::Choice | FieldType::Choices | FieldType::Agree | FieldType::File => 16,
        }
    }
}

/// 서식 목록 — every form of this office, in every version still in use.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    all: BTreeMap<(Code, u32), Form>,
}

impl Forms {
    /// A list of these.
    pub fn new(forms: impl IntoIterator<Item = Form>) -> Forms {
        Forms {
            all: forms
                .into_iter()
                .map(|form| ((form.code, form.version), form))
                .collect(),
        }
    }

    /// One version.
    pub fn version(&self, code: Code, version: u32) -> Option<&Form> {
        self.all.get(&(code, version))
    }

    /// The form a service is filed with, in its newest version; `None` where people write freely.
    pub fn of_service(&self, service: Code) -> Option<&Form> {
        self.all.values().rfind(|form| {
            let newest = self.all.range((form.code, 0)..=(form.code, u32::MAX)).next_back();
            form.services.contains(&service) && newest.is_some_and(|(key, _)| key.1 == form.version)
        })
    }

    /// Every form, every version.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.all.values()
    }
}
