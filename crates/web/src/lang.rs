//! 언어 — which language a page speaks: the cookie, else what the browser asks for, else Korean.

use crate::render::{LOCALES, Lang};
use axum::{
    extract::Query,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};

/// The cookie that keeps the choice; it holds nothing but the language.
pub const COOKIE: &str = "lang";

/// The language of a request.
pub fn of(headers: &HeaderMap) -> Lang {
    cookie(headers, COOKIE)
        .and_then(known)
        .or_else(|| {
            headers
                .get(header::ACCEPT_LANGUAGE)?
                .to_str()
                .ok()
                .and_then(accepted)
        })
        .unwrap_or("ko")
}

/// A language we have a folder for.
pub fn known(tag: &str) -> Option<Lang> {
    let primary = tag.trim().split('-').next()?;
    LOCALES
        .iter()
        .map(|(lang, _, _)| *lang)
        .find(|lang| lang.eq_ignore_ascii_case(primary))
}

/// All languages, Korean first.
pub fn all() -> Vec<Lang> {
    let mut langs: Vec<Lang> = LOCALES.iter().map(|(lang, _, _)| *lang).collect();
    langs.sort_by_key(|lang| (*lang != "ko", *lang));
    langs.dedup();
    langs
}

/// The first known language by weight; equal weights keep their order.
fn accepted(value: &str) -> Option<Lang> {
    let mut best: Option<(u32, Lang)> = None;
    for one in value.split(',').take(20) {
        let mut parts = one.split(';');
        let Some(lang) = parts.next().and_then(known) else {
            continue;
        };
        let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, |q| {
            q.trim()
                .parse::<f32>()
                .map_or(0, |q| (q.clamp(0.0, 1.0) * 1000.0) as u32)
        });
        if weight > 0 && best.is_none_or(|(w, _)| weight > w) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// What `GET /language` carries.
#[derive(Debug, serde::Deserialize)]
pub struct Switch {
    /// The language.
    pub to: String,
    /// Where to go back to.
    #[serde(default)]
    pub back: String,
}

/// `GET /language?to=en&back=/my`: keeps the choice for a year and goes back.
pub async fn switch(Query(wish): Query<Switch>) -> Response {
    let lang = known(&wish.to).unwrap_or("ko");
    let keep = format!("{COOKIE}={lang}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    (
        [(header::SET_COOKIE, keep)],
        Redirect::to(safe_return(&wish.back)),
    )
        .into_response()
}

/// Where to go after switching the language: only a path of our own, never another host.
pub fn safe_return(path: &str) -> &str {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.len() <= 2_000
        && path.bytes().all(|b| (0x21..0x7f).contains(&b));
    if own { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(cookie: Option<&str>, accept: Option<&str>) -> Lang {
        let mut headers = HeaderMap::new();
        if let Some(c) = cookie {
            headers.insert(header::COOKIE, c.parse().expect("header"));
        }
        if let Some(a) = accept {
            headers.insert(header::ACCEPT_LANGUAGE, a.parse().expect("header"));
        }
        of(&headers)
    }

    #[test]
    fn the_choice_goes_before_the_browser_and_korean_before_nothing() {
        assert_eq!(asks(None, None), "ko");
        assert_eq!(asks(None, Some("fr, en-GB;q=0.8, ko;q=0.5")), "en");
        assert_eq!(asks(None, Some("en;q=0.1, ko-KR")), "ko");
        assert_eq!(asks(None, Some("en, ko")), "en");
        assert_eq!(asks(None, Some("en;q=0")), "ko");
        assert_eq!(asks(Some("x=1; lang=en"), Some("ko")), "en");
        assert_eq!(asks(Some("lang=xx"), Some("en")), "en");
    }

    #[test]
    fn the_way_back_never_leaves_the_house() {
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "",
            "/a b",
            "/a\r\nb",
        ] {
            assert_eq!(safe_return(bad), "/", "{bad:?}");
        }
        assert_eq!(safe_return("/services?page=2"), "/services?page=2");
    }
}
