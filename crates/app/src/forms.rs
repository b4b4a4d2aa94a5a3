//! 서식 읽기 — the forms of `data/forms`, read with messages that name file, line and cure; and filings held against them.

use crate::App;
use crate::act::ActError;
use crate::words::Raw;
use domain::form::check::check;
use domain::form::{Answers, Form, Forms, Record, Written};
use domain::refusal::Refusal;
use domain::terms::Code;
use store::vault::Opened;

/// Longest answers to a form, in bytes of the sealed text.
pub const ANSWERS: usize = 400_000;

/// A file that cannot be used, with where and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", said.join("\n"))]
pub struct Unusable {
    /// One line each: file, line, what is wrong and how to cure it.
    pub said: Vec<String>,
}

/// Reads forms: file name and text of each. Errors name every file that cannot be used.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Forms, Unusable> {
    let (mut forms, mut said): (Vec<Form>, Vec<String>) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match toml::from_str::<Form>(text) {
            Ok(form) => {
                said.extend((form.problems().into_iter()).map(|problem| {
                    let line = problem.field.map_or(1, |field| line_of(text, field));
                    let field = problem
                        .field
                        .map(|field| format!("`{field}` "))
                        .unwrap_or_default();
                    format!("{file}:{line}: {field}{}", problem.what)
                }));
                if let Some(other) = (forms.iter()).find(|f| (f.code, f.version) == (form.code, form.version))
                {
                    said.push(format!(
                        "{file}:1: form `{}` version {} is there already: count `version` up",
                        other.code, other.version
                    ));
                }
                forms.push(form);
            }
            Err(error) => {
                let line = error
                    .span()
                    .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
                said.push(format!(
                    "{file}:{line}: {}: mend the line",
                    error.message().replace('\n', " ")
                ));
            }
        }
    }
    if said.is_empty() {
        Ok(Forms::new(forms))
    } else {
        Err(Unusable { said })
    }
}

/// The line on which a field is named.
fn line_of(text: &str, field: Code) -> usize {
    let named = |line: &str| {
        let value = line
            .trim()
            .strip_prefix("name")
            .map(str::trim_start)
            .and_then(|l| l.strip_prefix('='));
        value.is_some_and(|value| value.trim() == format!("\"{field}\""))
    };
    text.lines().position(named).map_or(1, |at| at + 1)
}

/// The answers ready to be handed in: only to what is asked.
pub fn written(form: &Form, answers: &Answers) -> Result<Written<Raw>, serde_json::Error> {
    Ok(Written {
        form: form.code,
        version: form.version,
        answers: Raw(serde_json::to_vec(&form.record(answers))?),
    })
}

impl App {
    /// Whether a filled-in form can be taken. Errors: `FormUnfit` for a form the service does not have, or answers that
    /// `domain::form::check` finds faults in.
    pub(crate) fn fits(&self, service: Code, written: Option<&Written<Raw>>) -> Result<(), ActError> {
        let Some(written) = written else { return Ok(()) };
        let unfit = || ActError::Refused(Refusal::FormUnfit);
        let form = self
            .forms
            .version(written.form, written.version)
            .ok_or_else(unfit)?;
        if written.answers.0.len() > ANSWERS {
            return Err(Refusal::TooLong.into());
        }
        let record: Record = serde_json::from_slice(&written.answers.0).map_err(|_| unfit())?;
        let today = self.now().date().ok_or(Refusal::OutsideCalendar)?;
        let sound = form.services.contains(&service)
            && record == form.record(&record.answers)
            && check(form, &record.answers, today).is_empty();
        if sound { Ok(()) } else { Err(unfit()) }
    }

    /// The form a petition was filed with and what was answered; `None` where it had none, or its key is gone.
    pub fn filled_in(&self, written: Option<Written>, texts: &Opened) -> Option<(&Form, Answers)> {
        let written = written?;
        let form = self.forms.version(written.form, written.version)?;
        let record: Record = serde_json::from_str(texts.text(written.answers)?).ok()?;
        Some((form, record.answers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAMP: &str = r#"code = "lamp"
version = 1
name = { ko = "고장 신고", en = "Fault" }
services = ["G001"]
basis = "영 제16조"
basis_sure = true
summary = { title = "고장({kind})" }

[[sections]]
name = { ko = "고장", en = "Fault" }

[[sections.fields]]
name = "kind"
type = "choice"
label = { ko = "종류", en = "Kind" }
required = true
options = [{ value = "off", ko = "꺼짐", en = "Off" }]

[[sections.fields]]
name = "phone"
type = "phone"
label = { ko = "전화", en = "Phone" }
basis = "영 제2조제1항"
"#;

    #[test]
    fn a_broken_form_is_named_with_file_line_and_cure() {
        assert_eq!(
            read([("lamp.toml", LAMP)]).map(|forms| forms.iter().count()),
            Ok(1)
        );
        for (from, to, wanted) in [
            (
                "basis = \"영 제2조제1항\"\n",
                "",
                "lamp.toml:20: `phone` asks about a person: name the law",
            ),
            (
                "type = \"choice\"",
                "type = \"chioce\"",
                "lamp.toml:14: unknown variant `chioce`",
            ),
            ("({kind})", "({sort})", "lamp.toml:1: `summary` speaks of {sort}"),
            ("name = \"phone\"", "name = \"kind\"", "`kind` stands twice"),
            ("version = 1\n", "", "missing field `version`"),
            ("options = [", "option = [", "unknown field `option`"),
            (
                "required = true",
                "when = { field = \"phone\", is = [\"x\"] }",
                "lamp.toml:13: `kind` `when` must name an earlier choice",
            ),
        ] {
            assert!(LAMP.contains(from), "{from}");
            let told = read([("lamp.toml", LAMP.replacen(from, to, 1).as_str())])
                .unwrap_err()
                .to_string();
            assert!(told.contains(wanted), "{told}");
        }
        let twice = read([("a.toml", LAMP), ("b.toml", LAMP)])
            .unwrap_err()
            .to_string();
        assert!(
            twice.contains("b.toml:1: form `lamp` version 1 is there already"),
            "{twice}"
        );
    }
}
