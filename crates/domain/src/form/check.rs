//! 점검 — what is wrong with the answers to a form, field by field, before they are sent.

use super::{Answers, Field, FieldType, Form, Side, numbers};
use crate::terms::{Code, coded};
use jiff::civil::Date;

coded! {
    /// What is wrong with an answer: a key of the locale files, `form-fault-<code>`.
    Why {
        /// It must be answered.
        Required = "required",
        /// One must be chosen.
        NotChosen = "not_chosen",
        /// The statement must be agreed to.
        NotAgreed = "not_agreed",
        /// None of what may be chosen.
        NotAChoice = "not_a_choice",
        /// Longer than it may be; `limit` says how many characters.
        TooLong = "too_long",
        /// More than one line.
        NotALine = "not_a_line",
        /// No number.
        NotANumber = "not_a_number",
        /// More digits behind the point than are asked; `limit` says how many.
        TooFine = "too_fine",
        /// Below `limit`.
        TooSmall = "too_small",
        /// Above `limit`.
        TooGreat = "too_great",
        /// No day of the calendar.
        NotADate = "not_a_date",
        /// After today.
        InFuture = "in_future",
        /// Before today.
        InPast = "in_past",
        /// No telephone number.
        NotAPhone = "not_a_phone",
        /// No mail address.
        NotAMail = "not_a_mail",
        /// No possible 사업자등록번호.
        NotABusiness = "not_a_business",
        /// No possible 법인등록번호.
        NotACorporation = "not_a_corporation",
        /// The form has no such field.
        Unknown = "unknown",
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: Code,
    /// What is wrong.
    pub why: Why,
    /// The limit it breaks, where there is one.
    pub limit: i64,
}

/// What is wrong with these answers, in the order of the form; empty when they can be filed. Files are never in the way:
/// see [`Form::missing_documents`].
pub fn check(form: &Form, answers: &Answers, today: Date) -> Vec<Fault> {
    let mut faults: Vec<Fault> = (form.fields())
        .filter(|field| field.is != FieldType::File && form.asks(field, answers))
        .filter_map(|field| answer(field, answers.all(field.name), today))
        .collect();
    let stray = answers.0.keys().filter(|name| form.field(**name).is_none());
    faults.extend(stray.map(|name| Fault {
        field: *name,
        why: Why::Unknown,
        limit: 0,
    }));
    faults
}

fn answer(field: &Field, values: &[String], today: Date) -> Option<Fault> {
    let fault = |why| {
        Some(Fault {
            field: field.name,
            why,
            limit: 0,
        })
    };
    let given: Vec<&String> = values.iter().filter(|value| !value.trim().is_empty()).collect();
    if given.is_empty() {
        return match field.is {
            _ if !field.required => None,
            FieldType::Choice | FieldType::Choices => fault(Why::NotChosen),
            FieldType::Agree => fault(Why::NotAgreed),
            _ => fault(Why::Required),
        };
    }
    if given.len() > 1 && field.is != FieldType::Choices {
        return fault(Why::NotAChoice);
    }
    given.into_iter().find_map(|value_| value(field, value_, today))
}

/// What is wrong with one value that is not empty.
pub fn value(field: &Field, value: &str, today: Date) -> Option<Fault> {
    let fault = |why, limit| {
        Some(Fault {
            field: field.name,
            why,
            limit,
        })
    };
    let value = value.trim();
    let longest = field.longest();
    if value.chars().count() > longest {
        return fault(Why::TooLong, i64::try_from(longest).unwrap_or(i64::MAX));
    }
    if field.is != FieldType::Text && value.contains('\n') {
        return fault(Why::NotALine, 0);
    }
    let unless = |possible: bool, why| if possible { None } else { fault(why, 0) };
    match field.is {
        FieldType::Line | FieldType::Text | FieldType::Address | FieldType::File => None,
        FieldType::Choice | FieldType::Choices => unless(
            field.options.iter().any(|option| option.value.as_str() == value),
            Why::NotAChoice,
        ),
        FieldType::Agree => unless(value == "yes", Why::NotAChoice),
        FieldType::Number | FieldType::Money => {
            let Some((number, decimals)) = number(value) else {
                return fault(Why::NotANumber, 0);
            };
            let most = if field.is == FieldType::Money {
                0
            } else {
                field.decimals
            };
            let scale = 10_i128.pow(decimals);
            if decimals > most {
                return fault(Why::TooFine, most.into());
            }
            match (
                field.min.or((field.is == FieldType::Money).then_some(0)),
                field.max,
            ) {
                (Some(min), _) if number < i128::from(min) * scale => fault(Why::TooSmall, min),
                (_, Some(max)) if number > i128::from(max) * scale => fault(Why::TooGreat, max),
                _ => None,
            }
        }
        FieldType::Date => {
            let Ok(day) = value.parse::<Date>() else {
                return fault(Why::NotADate, 0);
            };
            match field.side {
                Some(Side::Past) if day > today => fault(Why::InFuture, 0),
                Some(Side::Future) if day < today => fault(Why::InPast, 0),
                Some(Side::Past | Side::Future) | None => None,
            }
        }
        FieldType::Phone => unless(is_phone(value), Why::NotAPhone),
        FieldType::Mail => unless(is_mail(value), Why::NotAMail),
        FieldType::Business => unless(numbers::is_business(value), Why::NotABusiness),
        FieldType::Corporation => unless(numbers::is_corporation(value), Why::NotACorporation),
    }
}

/// A number as people write it, with commas or without: its digits as a whole number, and how many stand behind the point.
pub fn number(text: &str) -> Option<(i128, u32)> {
    let text: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.as_str()),
    };
    let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() + part.len() > 18 || !all_digits(whole) || !all_digits(part) {
        return None;
    }
    if rest.contains('.') && part.is_empty() {
        return None;
    }
    let number: i128 = format!("{whole}{part}").parse().ok()?;
    Some((sign * number, u32::try_from(part.len()).ok()?))
}

/// A Korean telephone number, or one that begins with its country.
fn is_phone(text: &str) -> bool {
    let (abroad, rest) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let plain: String = rest
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '(' | ')' | '.'))
        .collect();
    let digits = plain.bytes().all(|b| b.is_ascii_digit());
    let local = plain.starts_with('0') && (9..=12).contains(&plain.len());
    let service = plain.len() == 8 && ["15", "16", "18"].iter().any(|start| plain.starts_with(start));
    digits
        && if abroad {
            (8..=15).contains(&plain.len())
        } else {
            local || service
        }
}

fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let plain =
        |s: &str| !s.is_empty() && !s.contains(|c: char| c.is_whitespace() || c == '@' || c.is_control());
    plain(name)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..")
}
