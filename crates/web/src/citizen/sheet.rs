//! 서식 작성 — a typed form on the way between the page and the rules: its fields as posted, its answers, its faults in words.

use crate::{
    form::{Named, Read, Shape},
    render::Lang,
    view::{
        FieldError, Filled, Message,
        citizen::{
            filing::FileRow,
            sheet::{Part, Section, Sheet, SheetField},
        },
    },
};
use app::saved::SavedFile;
use domain::{
    form::{
        Answers, Field, FieldType, Form,
        check::{Why, check},
        numbers,
        show::{self, Tongue},
    },
    terms::Code,
};
use jiff::civil::Date;

/// What the name of every field of a typed form begins with on the page.
pub(crate) const FIELD: &str = "f-";

/// The language of a form's words.
pub(crate) fn tongue(lang: Lang) -> Tongue {
    match lang {
        "en" => Tongue::En,
        _ => Tongue::Ko,
    }
}

/// The fields of a form as a browser posts them: name, label, most characters.
pub(crate) struct Posted {
    values: Vec<(String, String, usize, FieldType)>,
    slots: Vec<String>,
}

impl Posted {
    /// Those of a form, with labels in this language.
    pub(crate) fn of(form: &Form, lang: Lang) -> Posted {
        let mut posted = Posted {
            values: Vec::new(),
            slots: Vec::new(),
        };
        for field in form.fields() {
            let (name, label) = (id(field.name), tongue(lang).of(&field.label).to_owned());
            match field.is {
                FieldType::File => posted.slots.push(name),
                FieldType::Choices => posted.values.extend(
                    (field.options.iter())
                        .map(|option| (boxed(field, option.value), label.clone(), 16, field.is)),
                ),
                _ => posted.values.push((name, label, field.longest(), field.is)),
            }
        }
        posted
    }

    /// As the reader of forms takes them. What they must hold is for `domain::form::check` to say.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Named<'_>> {
        self.values.iter().map(|(name, label, max, is)| Named {
            name,
            label,
            max: *max,
            shape: if *is == FieldType::Text {
                Shape::Text
            } else {
                Shape::Line
            },
        })
    }

    /// The fields that take files.
    pub(crate) fn slots(&self) -> Vec<&str> {
        self.slots.iter().map(String::as_str).collect()
    }
}

fn id(field: Code) -> String {
    format!("{FIELD}{field}")
}

/// The name of one box of a `choices` field.
fn boxed(field: &Field, option: Code) -> String {
    format!("{FIELD}{}-{option}", field.name)
}

/// What was answered, as typed.
pub(crate) fn taken(form: &Form, read: &Read) -> Answers {
    let mut answers = Answers::default();
    for field in form.fields() {
        match field.is {
            FieldType::File => {}
            FieldType::Choices => {
                let chosen = field
                    .options
                    .iter()
                    .filter(|option| !read.get(&boxed(field, option.value)).is_empty());
                let chosen: Vec<String> = chosen.map(|option| option.value.to_string()).collect();
                if !chosen.is_empty() {
                    answers.0.insert(field.name, chosen);
                }
            }
            _ => {
                let value: String = read.get(&id(field.name)).chars().take(field.longest()).collect();
                if !value.trim().is_empty() {
                    answers.set(field.name, &value);
                }
            }
        }
    }
    answers
}

/// Values for the page.
pub(crate) fn filled(form: &Form, answers: &Answers) -> Filled {
    let mut filled = Filled::default();
    for field in form.fields() {
        for value in answers.all(field.name) {
            match (field.is, value.parse::<Code>()) {
                (FieldType::Choices, Ok(option)) => filled.values.insert(boxed(field, option), value.clone()),
                _ => filled.values.insert(id(field.name), value.clone()),
            };
        }
    }
    filled
}

/// Adds what is wrong to a form as read, in the order of the page; `saving` lets what is only not answered yet pass.
pub(crate) fn judge(
    form: &Form,
    answers: &Answers,
    today: Date,
    saving: bool,
    lang: Lang,
    filled: &mut Filled,
) {
    for fault in check(form, answers, today) {
        let unfinished = matches!(fault.why, Why::Required | Why::NotChosen | Why::NotAgreed);
        let Some(field) = form.field(fault.field) else {
            continue;
        };
        let name = id(field.name);
        let told = filled.errors.iter().any(|error| error.field == name);
        if told || (saving && unfinished) {
            continue;
        }
        let message = Message::new(format!("form-fault-{}", fault.why.code().replace('_', "-")))
            .with("field", tongue(lang).of(&field.label))
            .with("limit", fault.limit);
        filled.errors.push(FieldError { field: name, message });
    }
    let place = |error: &FieldError| {
        let of = |field: &Field| {
            error.field == id(field.name) || error.field.starts_with(&format!("{}-", id(field.name)))
        };
        form.fields().position(of).unwrap_or(usize::MAX)
    };
    filled.errors.sort_by_key(place);
}

/// Whether there is nothing wrong with the answers.
pub(crate) fn is_whole(form: &Form, answers: &Answers, today: Date) -> bool {
    check(form, answers, today).is_empty()
}

/// The form as the page draws it.
pub(crate) fn sheet(form: &Form, files: &[SavedFile], lang: Lang) -> Sheet {
    let tongue = tongue(lang);
    let words =
        |words: Option<&domain::procedure::Words>| words.map(|w| tongue.of(w).to_owned()).unwrap_or_default();
    let field = |field: &Field| {
        let label = tongue.of(&field.label);
        let unit = match (&field.unit, field.is) {
            (Some(unit), _) => tongue.of(unit),
            (None, FieldType::Money) if tongue == Tongue::Ko => "원",
            (None, FieldType::Money) => "won",
            (None, _) => "",
        };
        SheetField {
            name: id(field.name),
            is: field.is,
            label: if unit.is_empty() {
                label.to_owned()
            } else {
                format!("{label}({unit})")
            },
            required: field.required,
            hint: words(field.hint.as_ref()),
            example: words(field.example.as_ref()),
            when: field.when.as_ref().and_then(|when| {
                let on = form.field(when.field)?;
                let names = on.options.iter().filter(|option| when.is.contains(&option.value));
                let names = names.map(|option| {
                    if tongue == Tongue::En {
                        &option.en
                    } else {
                        &option.ko
                    }
                });
                Some((
                    tongue.of(&on.label).to_owned(),
                    names.cloned().collect::<Vec<_>>().join(", "),
                ))
            }),
            basis: field.basis.clone().unwrap_or_default(),
            options: (field.options.iter())
                .map(|option| {
                    let text = if tongue == Tongue::En {
                        &option.en
                    } else {
                        &option.ko
                    };
                    let value = match field.is {
                        FieldType::Choices => boxed(field, option.value),
                        _ => option.value.to_string(),
                    };
                    [value, text.clone(), String::new()]
                })
                .collect(),
            max: field.longest(),
            looked_up: field.looked_up,
            kept: (files.iter().filter(|file| file.slot == Some(field.name)))
                .map(|file| FileRow {
                    id: file.id.to_string(),
                    name: file.name.clone(),
                    size: file.size,
                    cleaned: file.cleaned,
                    standing: None,
                })
                .collect(),
        }
    };
    Sheet {
        code: mark(form),
        name: tongue.of(&form.name).to_owned(),
        lead: words(form.lead.as_ref()),
        basis: form.basis.clone(),
        sure: form.basis_sure,
        sections: (form.sections.iter())
            .map(|section| Section {
                name: tongue.of(&section.name).to_owned(),
                hint: words(section.hint.as_ref()),
                fields: section.fields.iter().map(field).collect(),
            })
            .collect(),
    }
}

/// Code and version of a form in an address.
pub(crate) fn mark(form: &Form) -> String {
    format!("{}.{}", form.code, form.version)
}

/// Code and version from an address.
pub(crate) fn from_mark(mark: &str) -> Option<(Code, u32)> {
    let (code, version) = mark.split_once('.')?;
    Some((code.parse().ok()?, version.parse().ok()?))
}

/// A filled-in form as rows.
pub(crate) fn parts(form: &Form, answers: &Answers, lang: Lang) -> Vec<Part> {
    (show::parts(form, answers, tongue(lang)).into_iter())
        .map(|part| Part {
            name: part.name,
            rows: part
                .rows
                .into_iter()
                .map(|(label, answer)| [label, answer])
                .collect(),
        })
        .collect()
}

/// The labels of fields in which somebody seems to have written a 주민등록번호.
pub(crate) fn residents(form: &Form, answers: &Answers, lang: Lang) -> Vec<String> {
    (form.fields())
        .filter(|field| matches!(field.is, FieldType::Line | FieldType::Text | FieldType::Address))
        .filter(|field| {
            answers
                .all(field.name)
                .iter()
                .any(|value| numbers::holds_resident(value))
        })
        .map(|field| tongue(lang).of(&field.label).to_owned())
        .collect()
}
