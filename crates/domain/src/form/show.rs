//! 다시 말하기 — a filled-in form in words: as rows for pages and papers, and as title, content and place of the petition.

use super::{Answers, Field, FieldType, Form, check, numbers};
use crate::korean;
use crate::procedure::Words;

/// In which language a form is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Korean.
    Ko,
    /// English.
    En,
}

impl Tongue {
    /// The words of this language.
    pub fn of(self, words: &Words) -> &str {
        match self {
            Tongue::Ko => &words.ko,
            Tongue::En => &words.en,
        }
    }
}

/// 서식의 한 부분, as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its heading.
    pub name: String,
    /// Label and answer of each field that was asked and answered.
    pub rows: Vec<(String, String)>,
}

/// The filled-in form, section by section; sections without an answer are left out.
pub fn parts(form: &Form, answers: &Answers, tongue: Tongue) -> Vec<Part> {
    let row = |field: &Field| {
        let shown = answer(field, answers, tongue);
        (!shown.is_empty()).then(|| (tongue.of(&field.label).to_owned(), shown))
    };
    (form.sections.iter())
        .map(|section| Part {
            name: tongue.of(&section.name).to_owned(),
            rows: (section.fields.iter())
                .filter(|field| form.asks(field, answers))
                .filter_map(row)
                .collect(),
        })
        .filter(|part| !part.rows.is_empty())
        .collect()
}

/// One answer in words; "" where there is none, and for files.
pub fn answer(field: &Field, answers: &Answers, tongue: Tongue) -> String {
    let words = (answers.all(field.name).iter())
        .filter(|value| !value.trim().is_empty())
        .map(|value| value_in_words(field, value.trim(), tongue));
    words.collect::<Vec<_>>().join(", ")
}

fn value_in_words(field: &Field, value: &str, tongue: Tongue) -> String {
    match field.is {
        FieldType::Choice | FieldType::Choices => {
            let option = field.options.iter().find(|option| option.value.as_str() == value);
            option.map_or(value, |option| match tongue {
                Tongue::Ko => &option.ko,
                Tongue::En => &option.en,
            })
        }
        .to_owned(),
        FieldType::Agree => match tongue {
            Tongue::Ko => "동의합니다".to_owned(),
            Tongue::En => "I agree".to_owned(),
        },
        FieldType::Number => {
            let unit = field.unit.as_ref().map_or("", |unit| tongue.of(unit));
            let gap = if unit.is_empty() || (tongue == Tongue::Ko && !unit.is_ascii()) {
                ""
            } else {
                " "
            };
            format!("{}{gap}{unit}", in_groups(value))
        }
        FieldType::Money => match tongue {
            Tongue::Ko => format!("{}원", in_groups(value)),
            Tongue::En => format!("{} won", in_groups(value)),
        },
        FieldType::Date => match (value.parse(), tongue) {
            (Ok(day), Tongue::Ko) => korean::plain_date(day),
            (Ok(day), Tongue::En) => jiff::civil::Date::strftime(&day, "%-d %B %Y").to_string(),
            (Err(_), _) => value.to_owned(),
        },
        FieldType::Phone => korean::phone(value),
        FieldType::Business => numbers::business(value),
        FieldType::Corporation => numbers::corporation(value),
        FieldType::Line | FieldType::Text | FieldType::Address | FieldType::Mail => value.to_owned(),
        FieldType::File => String::new(),
    }
}

/// 12345.5 as 12,345.5; what is no number stays as it is.
fn in_groups(value: &str) -> String {
    let Some((number, decimals)) = check::number(value) else {
        return value.to_owned();
    };
    let scale = 10_i128.pow(decimals);
    let whole = i64::try_from(number / scale).map_or_else(|_| value.to_owned(), korean::number);
    let sign = if number < 0 && number / scale == 0 {
        "-"
    } else {
        ""
    };
    match decimals {
        0 => whole,
        _ => format!(
            "{sign}{whole}.{:0width$}",
            (number % scale).abs(),
            width = decimals as usize
        ),
    }
}

/// Title, content and place of the petition, made of the answers as the form says; in Korean.
pub fn summary(form: &Form, answers: &Answers) -> (String, String, String) {
    let filled = |text: &str| fill(form, answers, text);
    (
        filled(&form.summary.title),
        form.summary.body.as_deref().map(filled).unwrap_or_default(),
        form.summary.place.as_deref().map(filled).unwrap_or_default(),
    )
}

/// Each `{field}` becomes its answer; what was put around an answer that is not there goes with it: `(…)`, `, …`, `: …`.
fn fill(form: &Form, answers: &Answers, text: &str) -> String {
    let whole = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if let Some(field) = whole
        .and_then(|name| name.parse().ok())
        .and_then(|name| form.field(name))
    {
        return if form.asks(field, answers) {
            answer(field, answers, Tongue::Ko)
        } else {
            String::new()
        };
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else {
            break;
        };
        out.push_str(&rest[..open]);
        let field = rest[open + 1..close]
            .parse()
            .ok()
            .and_then(|name| form.field(name));
        let asked = field.filter(|field| form.asks(field, answers));
        out.push_str(
            &asked
                .map(|field| answer(field, answers, Tongue::Ko))
                .unwrap_or_default(),
        );
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    let mut lines: Vec<String> = Vec::new();
    for line in out.replace("()", "").lines() {
        let tidy = line.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(tidy.trim_matches([' ', ',', ':', '·']).to_owned());
    }
    let text = lines.join("\n");
    text.trim().to_owned()
}

/// The names that stand in braces in a text.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
