//! 그리기 — templates (minijinja, strict) and translations (Fluent), one environment per language.
//!
//! A variable that is not there, a word without a translation or a link to nowhere is an error; the test over the
//! gallery finds it before a citizen does.

use crate::{
    assets, route, show,
    view::{Frame, Message, View},
};
use domain::time::At;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::Date;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior,
    value::{Kwargs, Rest, Serde, Value, ValueKind},
};
use std::sync::Arc;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A language we have a folder for: “ko”, “en”.
pub type Lang = &'static str;

/// A page that cannot be drawn: a mistake of ours in a template or a translation.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A template.
    #[error("template: {0:#}")]
    Template(#[from] Error),
    /// A translation file, or a word missing in it.
    #[error("translation: {0}")]
    Words(String),
}

/// All pages in all languages, ready to be drawn.
pub struct Pages {
    tongues: Vec<Tongue>,
}

struct Tongue {
    lang: Lang,
    words: Arc<Words>,
    env: Environment<'static>,
}

impl Pages {
    /// Reads every embedded template and translation.
    pub fn new() -> Result<Pages, Broken> {
        let tongues = crate::lang::all()
            .into_iter()
            .map(tongue)
            .collect::<Result<_, _>>()?;
        Ok(Pages { tongues })
    }

    /// Draws a page: the frame as `page`, the view as `v`.
    pub fn draw<V: View>(&self, frame: &Frame, view: &V) -> Result<String, Broken> {
        self.draw_value(frame, V::TEMPLATE, &Value::from(Serde(view)))
    }

    /// Draws a page from its template's name and a view already turned into a value (the gallery does).
    pub fn draw_value(&self, frame: &Frame, template: &str, view: &Value) -> Result<String, Broken> {
        let tongue = self.tongue(frame.lang)?;
        Ok(tongue
            .env
            .get_template(template)?
            .render(minijinja::context! { page => Value::from(Serde(frame)), v => view.clone() })?)
    }

    /// A message in words, for places without a template.
    pub fn say(&self, lang: Lang, message: &Message) -> Result<String, Broken> {
        let args = message
            .args
            .iter()
            .map(|(k, v)| (k.as_str(), Value::from(Serde(v))));
        self.tongue(lang)?.words.say(&message.key, args)
    }

    fn tongue(&self, lang: &str) -> Result<&Tongue, Broken> {
        self.tongues
            .iter()
            .find(|t| t.lang == lang)
            .ok_or_else(|| Broken::Words(format!("no language {lang}")))
    }
}

/// The translations of one language.
struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    fn read(lang: Lang) -> Result<Words, Broken> {
        let id = lang.parse().map_err(|e| Broken::Words(format!("{lang}: {e}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Direction marks around values would be read aloud by some screen readers; both languages run left to right.
        bundle.set_use_isolating(false);
        for (_, name, text) in LOCALES.iter().filter(|(l, _, _)| *l == lang) {
            let resource = FluentResource::try_new((*text).to_owned())
                .map_err(|(_, errors)| Broken::Words(format!("{lang}/{name}: {errors:?}")))?;
            bundle
                .add_resource(resource)
                .map_err(|errors| Broken::Words(format!("{lang}/{name}: {errors:?}")))?;
        }
        Ok(Words { lang, bundle })
    }

    fn say<'a>(&self, key: &str, args: impl Iterator<Item = (&'a str, Value)>) -> Result<String, Broken> {
        let missing = || Broken::Words(format!("no word {key} in {}", self.lang));
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|m| m.value())
            .ok_or_else(missing)?;
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            let value = match value.kind() {
                ValueKind::Number => {
                    f64::try_from(value.clone()).map_or(FluentValue::None, FluentValue::from)
                }
                ValueKind::Undefined => return Err(Broken::Words(format!("{key}: {name} is undefined"))),
                // “@key” stands for a word in the reader's language; what people wrote is never looked up.
                _ => match value
                    .as_str()
                    .and_then(|text| text.strip_prefix('@'))
                    .filter(|key| name == "field" || (name != "text" && self.bundle.has_message(key)))
                {
                    Some(label) if self.bundle.has_message(label) => {
                        FluentValue::from(self.say(label, std::iter::empty())?)
                    }
                    // The label of a form that is data stands for itself.
                    Some(label) => FluentValue::from(label.to_owned()),
                    None => FluentValue::from(value.to_string()),
                },
            };
            fluent.set(name.to_owned(), value);
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&fluent), &mut errors)
            .into_owned();
        if errors.is_empty() {
            Ok(text)
        } else {
            Err(Broken::Words(format!("{key} in {}: {errors:?}", self.lang)))
        }
    }
}

fn tongue(lang: Lang) -> Result<Tongue, Broken> {
    let words = Arc::new(Words::read(lang)?);
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, text) in TEMPLATES {
        env.add_template(name, text)?;
    }

    // t("key", n=3): a word of the reader's language.
    let w = words.clone();
    env.add_function("t", move |key: &str, args: Kwargs| -> Result<String, Error> {
        let pairs = args
            .args()
            .map(|name| Ok((name, args.get::<Value>(name)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        w.say(key, pairs.into_iter()).map_err(mistake)
    });
    // say(message): a Message { key, args } in words.
    let w = words.clone();
    env.add_function("say", move |message: Value| -> Result<String, Error> {
        let key = message.get_attr("key")?;
        let args = message.get_attr("args")?;
        let pairs = args
            .try_iter()?
            .map(|name| Ok((name.to_string(), args.get_item(&name)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        w.say(
            &key.to_string(),
            pairs.iter().map(|(k, v)| (k.as_str(), v.clone())),
        )
        .map_err(mistake)
    });
    // url("service", code, q="…"): an address by its name.
    env.add_function(
        "url",
        |name: &str, args: Rest<Value>, query: Kwargs| -> Result<String, Error> {
            let args: Vec<String> = args.iter().map(text).collect::<Result<_, _>>()?;
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let query = query
                .args()
                .map(|key| Ok((key.to_owned(), text(&query.get::<Value>(key)?)?)))
                .collect::<Result<Vec<_>, Error>>()?;
            route::by_name(name, &args, &query).map_err(mistake)
        },
    );
    // asset("app.css"): the address of an embedded file.
    env.add_function("asset", |path: &str| {
        assets::address(path).ok_or_else(|| mistake(format!("no asset {path}")))
    });
    // csrf_field(page): the hidden field every POST form carries.
    env.add_function("csrf_field", |page: Value| -> Result<Value, Error> {
        let token = page.get_attr("csrf")?.to_string();
        if !token.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(mistake("a CSRF token holds letters and digits only"));
        }
        Ok(Value::from_safe_string(format!(
            r#"<input type="hidden" name="csrf" value="{token}">"#
        )))
    });

    // date, datetime, due, weekday, day_of_month: a moment (ms UTC) or a day ("2018-07-17") as people read it.
    env.add_filter("date", move |value: Value| {
        Ok::<_, Error>(show::date(lang, day(&value)?))
    });
    env.add_filter("datetime", move |value: Value| -> Result<String, Error> {
        let civil = moment(&value)?
            .civil()
            .ok_or_else(|| mistake("a moment outside the calendar"))?;
        Ok(show::datetime(lang, civil))
    });
    env.add_filter("due", move |value: Value| -> Result<String, Error> {
        show::due(lang, moment(&value)?).ok_or_else(|| mistake("a moment outside the calendar"))
    });
    env.add_filter("due_date", move |value: Value| -> Result<String, Error> {
        let last = moment(&value)?
            .plus(-60_000)
            .date()
            .ok_or_else(|| mistake("a moment outside the calendar"))?;
        Ok(show::date(lang, last))
    });
    env.add_filter("weekday", move |value: Value| {
        Ok::<_, Error>(show::weekday(lang, day(&value)?.weekday()))
    });
    env.add_filter("iso", |value: Value| -> Result<String, Error> {
        match value.as_str() {
            Some(day) => Ok(day.to_owned()),
            None => moment(&value)?
                .civil()
                .map(|c| c.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string())
                .ok_or_else(|| mistake("a moment outside the calendar")),
        }
    });
    env.add_filter("size", |bytes: u64| show::size(bytes));
    env.add_filter("number", |n: i64| domain::korean::number(n));
    env.add_filter("has_hangul", |text: &str| {
        text.chars().any(|c| matches!(c, '가'..='힣' | 'ㄱ'..='ㅣ'))
    });
    env.add_filter("josa", |word: &str, pair: &str| {
        show::josa(word, pair).ok_or_else(|| mistake(format!("no particle {pair}")))
    });
    Ok(Tongue { lang, words, env })
}

/// Ids, numbers and texts may stand in an address; nothing else.
fn text(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::String | ValueKind::Number => Ok(value.to_string()),
        other => Err(mistake(format!("{other} in an address"))),
    }
}

fn moment(value: &Value) -> Result<At, Error> {
    i64::try_from(value.clone()).map(At)
}

fn day(value: &Value) -> Result<Date, Error> {
    match value.as_str() {
        Some(text) => text.parse().map_err(mistake),
        None => moment(value)?
            .date()
            .ok_or_else(|| mistake("a moment outside the calendar")),
    }
}

fn mistake(error: impl ToString) -> Error {
    Error::new(ErrorKind::InvalidOperation, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_words_as_korean() {
        let keys = |lang: &str| -> std::collections::BTreeSet<String> {
            LOCALES
                .iter()
                .filter(|(l, _, _)| *l == lang)
                .flat_map(|(_, _, text)| text.lines())
                .filter_map(|line| line.split_once(" ="))
                .filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()))
                .map(|(key, _)| key.trim().to_owned())
                .collect()
        };
        let korean = keys("ko");
        for lang in crate::lang::all() {
            let missing: Vec<_> = korean.symmetric_difference(&keys(lang)).cloned().collect();
            assert!(missing.is_empty(), "{lang}: {missing:?}");
        }
    }

    #[test]
    fn a_missing_word_is_an_error() {
        let pages = Pages::new().expect("pages");
        assert!(pages.say("ko", &Message::new("no-such-word")).is_err());
        assert!(
            pages.say("ko", &Message::new("error-too-long")).is_err(),
            "an argument is missing"
        );
    }
}
