//! 민원사무 파일 — `services/<code>.toml`: what a service tells that is too long for a row of a sheet.
//!
//! Every key is a part of the handbook (`domain::handbook::part`), said as a text, a yes or no, a list, or in the shapes
//! below; `unsure` lists the parts that are still to be confirmed (확인 필요), all others are sure.
//!
//! ```toml
//! unsure = ["criteria", "refusals"]
//! criteria = ["등록기준을 갖추었는지", "결격사유가 없는지"]
//! documents = ["사진", { name = "주민등록표 초본", basis = "주민등록법 제29조", supply = "shared" }]
//! example = "성명: 홍길동"
//! [[manual]]
//! step = "receive"
//! procedure = "…"
//! method = "…"
//! cautions = "…"
//! [[refusals]]
//! title = "등록기준 미달"
//! text = "…"
//! ```

use domain::handbook::part::{Part, Units};
use domain::handbook::{Service, Surety};
use domain::procedure::Words;
use domain::terms::{Code, Kind};
use jiff::civil::Date;
use toml::{Table, Value};

/// What is wrong with a file, and how it is cured.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No TOML.
    #[error("{0}")]
    Toml(String),
    /// A key that is no part.
    #[error("`{0}` is no part of a service; the parts are: {1}")]
    UnknownKey(String, String),
    /// A value of another shape.
    #[error("`{0}` must be {1}")]
    Shape(String, &'static str),
    /// A value that cannot be read.
    #[error("`{0}` cannot be read ({1}): {2}")]
    Misfit(Part, domain::handbook::part::Misfit, String),
    /// A new service without a name, kind or group.
    #[error("the catalogue has no such row, so `{0}` is needed here")]
    Missing(&'static str),
}

/// Lays a file over the row of the catalogue, or makes a new one that begins on `day`.
pub fn lay(text: &str, code: Code, row: Option<Service>, day: Date, units: &Units) -> Result<Service, Wrong> {
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| Wrong::Toml(error.to_string()))?;
    let mut service = match row {
        Some(row) => row,
        None => {
            for needed in ["name", "kind", "group"] {
                if !table.contains_key(needed) {
                    return Err(Wrong::Missing(needed));
                }
            }
            let (ko, en) = (String::new(), String::new());
            let procedure = "ordinary".parse().map_err(|_| Wrong::Missing("procedure"))?;
            Service::new(code, Words { ko, en }, Kind::Statutory, procedure, day)
        }
    };
    let unsure = unsure(&table)?;
    for (key, value) in table.iter().filter(|(key, _)| *key != "unsure") {
        let part = part(key)?;
        let text = match part {
            Part::Documents => documents(key, value)?,
            Part::Manual => manual(key, value)?,
            Part::Refusals | Part::Notices => phrases(key, value)?,
            Part::Example => example(key, value)?,
            _ => plain(key, value)?,
        };
        let surety = if unsure.contains(&part) {
            Surety::Unsure
        } else {
            Surety::Sure
        };
        part.set(&mut service, &text, Some(surety), units)
            .map_err(|why| Wrong::Misfit(part, why, text))?;
    }
    Ok(service)
}

fn part(key: &str) -> Result<Part, Wrong> {
    let other = match key {
        "words" => "keywords",
        "basis" => "legal_basis",
        "supporting" => "supporting_units",
        other => other,
    };
    other.parse().map_err(|_| {
        let all: Vec<&str> = Part::ALL.iter().map(|part| part.code()).collect();
        Wrong::UnknownKey(key.to_owned(), all.join(", "))
    })
}

fn unsure(table: &Table) -> Result<Vec<Part>, Wrong> {
    let shape = || Wrong::Shape("unsure".into(), "a list of parts");
    let Some(value) = table.get("unsure") else {
        return Ok(Vec::new());
    };
    (value.as_array().ok_or_else(shape)?.iter())
        .map(|key| part(key.as_str().ok_or_else(shape)?))
        .collect()
}

/// A text, a yes or no, a day, or a list of texts (one a line).
fn plain(key: &str, value: &Value) -> Result<String, Wrong> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Boolean(holds) => Ok(if *holds { "yes" } else { "no" }.to_owned()),
        Value::Datetime(day) => Ok(day.to_string()),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            let texts = texts.ok_or_else(|| Wrong::Shape(key.to_owned(), "a list of texts"))?;
            Ok(texts.iter().map(|text| format!("{text}\n")).collect())
        }
        Value::Integer(_) | Value::Float(_) | Value::Table(_) => Err(Wrong::Shape(
            key.to_owned(),
            "a text, a list of texts, or true or false",
        )),
    }
}

/// A text of a table; nothing where the key is not there.
fn of<'a>(key: &str, table: &'a Table, name: &str) -> Result<&'a str, Wrong> {
    match table.get(name) {
        None => Ok(""),
        Some(value) => value
            .as_str()
            .ok_or_else(|| Wrong::Shape(format!("{key}.{name}"), "a text")),
    }
}

fn only(key: &str, table: &Table, names: &[&str]) -> Result<(), Wrong> {
    match table.keys().find(|name| !names.contains(&name.as_str())) {
        Some(stray) => Err(Wrong::UnknownKey(format!("{key}.{stray}"), names.join(", "))),
        None => Ok(()),
    }
}

fn documents(key: &str, value: &Value) -> Result<String, Wrong> {
    let shape = || Wrong::Shape(key.to_owned(), "a list of names or of { name, basis, supply }");
    let mut lines = String::new();
    for item in value.as_array().ok_or_else(shape)? {
        match item {
            Value::String(name) => lines += name,
            Value::Table(table) => {
                only(key, table, &["name", "basis", "supply"])?;
                let supply = of(key, table, "supply")?;
                lines += &format!(
                    "{} | {} | {supply}",
                    of(key, table, "name")?,
                    of(key, table, "basis")?
                );
            }
            _ => return Err(shape()),
        }
        lines.push('\n');
    }
    Ok(lines)
}

/// One table for the whole way, or one for each step.
fn manual(key: &str, value: &Value) -> Result<String, Wrong> {
    let shape = || {
        Wrong::Shape(
            key.to_owned(),
            "a table or tables of step, procedure, method, cautions",
        )
    };
    let tables: Vec<&Table> = match value {
        Value::Table(table) => vec![table],
        Value::Array(items) => items
            .iter()
            .map(Value::as_table)
            .collect::<Option<_>>()
            .ok_or_else(shape)?,
        _ => return Err(shape()),
    };
    let mut blocks = String::new();
    for table in tables {
        only(
            key,
            table,
            &["step", "procedure", "method", "caution", "cautions"],
        )?;
        let step = match of(key, table, "step")? {
            "" => "whole",
            step => step,
        };
        for (name, aspect) in [
            ("procedure", "procedure"),
            ("method", "method"),
            ("caution", "caution"),
            ("cautions", "caution"),
        ] {
            let text = match table.get(name) {
                None => continue,
                Some(value) => plain(&format!("{key}.{name}"), value)?,
            };
            blocks += &format!("[{step} / {aspect}]\n{}\n", text.trim());
        }
    }
    Ok(blocks)
}

/// Tables of title and text, or one table of title = text.
fn phrases(key: &str, value: &Value) -> Result<String, Wrong> {
    let shape = || Wrong::Shape(key.to_owned(), "tables of title and text");
    let mut blocks = String::new();
    let mut block = |title: &str, text: &str| blocks += &format!("[{title}]\n{}\n", text.trim());
    match value {
        Value::Table(table) => {
            for title in table.keys() {
                block(title, of(key, table, title)?);
            }
        }
        Value::Array(items) => {
            for item in items {
                let table = item.as_table().ok_or_else(shape)?;
                only(key, table, &["title", "text"])?;
                block(of(key, table, "title")?, of(key, table, "text")?);
            }
        }
        _ => return Err(shape()),
    }
    Ok(blocks)
}

/// A text, or one table of label = value.
fn example(key: &str, value: &Value) -> Result<String, Wrong> {
    match value {
        Value::Table(table) => (table.keys())
            .map(|label| Ok(format!("{label}: {}\n", of(key, table, label)?)))
            .collect(),
        other => plain(key, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::handbook::{Aspect, Step, Supply};
    use jiff::civil::date;

    fn read(text: &str) -> Result<Service, Wrong> {
        let head = "name = \"시험 등록\"\nkind = \"statutory\"\ngroup = \"registration\"\n";
        let code = "T001".parse().unwrap();
        lay(
            &format!("{head}{text}"),
            code,
            None,
            date(2026, 1, 1),
            &Units::default(),
        )
    }

    #[test]
    fn a_file_tells_what_a_row_cannot() {
        let service = read(
            r#"
            unsure = ["criteria"]
            period = "5일"
            oral = true
            criteria = ["등록기준", "결격사유; 없음"]
            documents = ["사진", { name = "초본", basis = "주민등록법 제29조", supply = "shared" }]
            [example]
            "성명" = "홍길동"
            [[manual]]
            step = "receive"
            procedure = "접수합니다."
            cautions = ["본인 확인", "대리인은 위임장"]
            [[refusals]]
            title = "기준 미달"
            text = "갖추지 못했습니다."
            "#,
        )
        .unwrap();
        assert_eq!(service.criteria.as_ref().unwrap().surety, Surety::Unsure);
        assert_eq!(service.criteria.as_ref().unwrap().value.len(), 2);
        assert_eq!(service.period.unwrap().surety, Surety::Sure);
        assert_eq!(
            service.documents.as_ref().unwrap().value[1].supply,
            Supply::Shared
        );
        assert_eq!(service.example.as_ref().unwrap().value, "성명: 홍길동");
        let manual = &service.manual.as_ref().unwrap().value;
        assert_eq!(
            (manual[1].step, manual[1].aspect),
            (Step::Receive, Aspect::Caution)
        );
        assert_eq!(manual[1].text, "본인 확인\n대리인은 위임장");
        assert_eq!(service.refusals.unwrap().value[0].title, "기준 미달");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_key() {
        for (text, told) in [
            ("colour = \"red\"", "`colour` is no part"),
            ("period = 5", "`period` must be"),
            ("period = \"곧\"", "`period` cannot be read (not_a_period)"),
            ("unsure = [\"x\"]", "`x` is no part"),
            (
                "[[manual]]\nstep = \"party\"\nmethod = \"a\"",
                "`manual` cannot be read (not_headed)",
            ),
            ("[[manual]]\nadvice = \"a\"", "`manual.advice` is no part"),
            ("name = ", "TOML"),
        ] {
            let wrong = read(text).unwrap_err().to_string();
            assert!(wrong.contains(told), "{text}: {wrong}");
        }
    }
}
