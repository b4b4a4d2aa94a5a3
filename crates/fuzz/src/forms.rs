//! 양식 — what a browser, or whoever pretends to be one, sends.

use app::identity::{Address, masked};
use axum::body::Body;
use axum::extract::{FromRequest, Multipart};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use domain::filter::Filter;
use domain::form::show::{Tongue, parts, summary};
use domain::form::{Answers, Forms, check};
use domain::terms::FileType;
use std::hint::black_box;
use std::sync::OnceLock;
use web::form::{self, Field, Files, Kinds, Shape};

const FIELDS: &[Field] = &[
    Field {
        name: "title",
        label: "title",
        max: 50,
        shape: Shape::NeededLine,
    },
    Field {
        name: "body",
        label: "body",
        max: 500,
        shape: Shape::Text,
    },
    Field {
        name: "public",
        label: "public",
        max: 3,
        shape: Shape::NeededChoice(&["yes", "no"]),
    },
];

/// What every read form keeps to: no value that cannot be shown, and none of a field that was not asked for.
fn keeps(read: &form::Read) {
    for (name, value) in &read.filled.values {
        assert!(FIELDS.iter().any(|field| field.name == name));
        assert!(!value.contains(['\0', '\r', '\u{202E}', '\u{7f}']));
    }
    if read.sound() {
        assert!(!read.get("title").trim().is_empty() && read.get("title").chars().count() <= 50);
        assert!(matches!(read.get("public"), "yes" | "no"));
    }
}

/// A body as it comes in.
pub(crate) fn urlencoded(data: &[u8]) {
    if let Ok(read) = form::urlencoded(data, FIELDS) {
        keeps(&read);
        let filter = Filter::read(|name| read.filled.values.get(name).map(String::as_str));
        assert!(filter.is_empty());
    }
    let ([chosen, others], rest) = form::lists(data, ["petition", "others"]);
    assert!(chosen.len() + others.len() <= data.len() + 1);
    assert!(rest.len() <= data.len());
    let text = String::from_utf8_lossy(data);
    let pairs: Vec<(&str, &str)> = text.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let filter = Filter::read(|name| {
        pairs
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    });
    let said = filter.parts();
    let again = Filter::read(|name| {
        said.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    });
    assert_eq!(again, filter, "a filter says itself");
}

/// A body with the boundary `x`.
pub(crate) fn multipart(data: &[u8]) {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        let built = tokio::runtime::Builder::new_current_thread().build();
        built.expect("a runtime can be built")
    });
    let files = Files {
        name: "files",
        count: 3,
        each: 4_096,
        all: 8_192,
        take: Some(Kinds::of(FileType::ALL)),
    };
    runtime.block_on(async {
        let request = Request::post("/")
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(data.to_vec()))
            .expect("a request");
        let Ok(parts) = Multipart::from_request(request, &()).await else {
            return;
        };
        let Ok(read) = form::multipart(parts, FIELDS, files).await else {
            return;
        };
        keeps(&read);
        assert!(read.files.len() <= files.count);
        for part in &read.files {
            assert!(!part.name.contains(['/', '\\', '\0', '\r']));
            assert!(part.taken.is_some() && part.bytes.is_empty());
        }
    });
}

fn catalogue() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| {
        app::forms::read(crate::room_seeds::FORMS.iter().copied()).expect("the forms are whole")
    })
}

/// A form by the first byte; then its fields, one value a line.
pub(crate) fn answers(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let forms: Vec<_> = catalogue().iter().collect();
    let form = forms[usize::from(*first) % forms.len()];
    let text = String::from_utf8_lossy(rest);
    let fields = form.sections.iter().flat_map(|section| &section.fields);
    let answers = (fields.zip(text.split('\n')))
        .map(|(field, value)| (field.name, value.split('\t').map(str::to_owned).collect()));
    let answers = Answers(answers.collect());
    let today = jiff::civil::date(2026, 11, 23);
    let faults = check::check(form, &answers, today);
    for tongue in [Tongue::Ko, Tongue::En] {
        let _ = black_box(parts(form, &answers, tongue));
    }
    let _ = black_box(summary(form, &answers));
    let record = form.record(&answers);
    if faults.is_empty() {
        assert!(
            check::check(form, &record.answers, today).is_empty(),
            "what was sound is sound as kept"
        );
        assert!(
            form.record(&record.answers) == record,
            "a record is its own record"
        );
    }
}

/// A value of each header that is read.
pub(crate) fn headers(data: &[u8]) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let mut headers = HeaderMap::new();
    for name in ["cookie", "accept-language", "x-forwarded-for", "cookie"] {
        let value = lines.next().and_then(|line| HeaderValue::from_bytes(line).ok());
        if let Some(value) = value {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    assert!(web::lang::all().contains(&web::lang::of(&headers)));
    let _ = black_box(web::look::of(&headers));
    let _ = black_box(web::session::forwarded(&headers));
    if let Some(token) = web::lang::cookie(&headers, "minwon") {
        let _ = black_box(app::App::session_key(token));
    }
    let way = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let safe = web::lang::safe_return(&way);
    assert!(
        safe.starts_with('/') && !safe.starts_with("//") && !safe.contains(['\\', '\r', '\n']),
        "{safe:?}"
    );
    let _ = black_box(web::session::id16(&way));
}

/// A way to reach somebody, or the number of a notice in the gazette.
pub(crate) fn addresses(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = black_box(app::gazette::is_number(&text));
    if let Some(address) = Address::parse(&text) {
        let again = Address::parse(&address.value);
        assert_eq!(again.as_ref(), Some(&address), "{text:?}");
        // Whoever is called `1***@…` looks masked as they are.
        let starred = address.value.contains('*');
        assert!(starred || masked(&address) != address.value, "{text:?} is shown");
    }
}
