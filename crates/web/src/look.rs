//! 보기 설정 — large print and high contrast: chosen by a form, kept in a cookie that holds nothing else.
//!
//! The choice is drawn by the server, so that it needs no script. What the reader's own system asks for
//! (`prefers-contrast`, `forced-colors`, a larger text size) is respected without any choice here.

use crate::{
    Web,
    lang::{cookie, safe_return},
    security::Fault,
};
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// The cookie that keeps the choice.
pub const COOKIE: &str = "look";

/// How a reader wants pages drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Look {
    /// 글자 크게: everything at twice the size.
    pub large: bool,
    /// 고대비: black on white, lines in place of tints.
    pub contrast: bool,
}

/// The choice a request carries; none is the ordinary look.
pub fn of(headers: &HeaderMap) -> Look {
    let mut look = Look::default();
    for word in cookie(headers, COOKIE).unwrap_or_default().split('.') {
        look.large |= word == "large";
        look.contrast |= word == "contrast";
    }
    look
}

/// What is asked to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// 글자 크게
    Large,
    /// 글자 원래 크기로
    Usual,
    /// 고대비로
    Contrast,
    /// 고대비 끄기
    Soft,
}

impl Look {
    /// This look after a turn.
    pub fn after(self, turn: Turn) -> Look {
        match turn {
            Turn::Large => Look { large: true, ..self },
            Turn::Usual => Look { large: false, ..self },
            Turn::Contrast => Look {
                contrast: true,
                ..self
            },
            Turn::Soft => Look {
                contrast: false,
                ..self
            },
        }
    }

    fn words(self) -> &'static str {
        match (self.large, self.contrast) {
            (true, true) => "large.contrast",
            (true, false) => "large",
            (false, true) => "contrast",
            (false, false) => "usual",
        }
    }
}

/// What `POST /look` carries.
#[derive(Debug, Deserialize)]
pub struct Wish {
    /// The change.
    pub turn: Turn,
    /// Where to go back to.
    #[serde(default)]
    pub back: String,
    /// The token of the page's session.
    #[serde(default)]
    pub csrf: String,
}

/// `POST /look`: keeps the choice for a year and goes back. Citizens' and officials' pages share the address and the cookie.
pub async fn turn(State(web): State<Web>, headers: HeaderMap, Form(wish): Form<Wish>) -> Response {
    let known = [&web.gate, &web.desk].into_iter().any(|gate| {
        gate.session(&headers)
            .is_some_and(|session| gate.admit(&session, &wish.csrf).is_ok())
    });
    if !known {
        return Fault::of(StatusCode::FORBIDDEN).into_response();
    }
    let words = of(&headers).after(wish.turn).words();
    let keep = format!("{COOKIE}={words}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    (
        [(header::SET_COOKIE, keep)],
        Redirect::to(safe_return(&wish.back)),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_changes_one_thing_and_the_cookie_brings_it_back() {
        for (from, turn, words) in [
            ("", Turn::Large, "large"),
            ("look=large", Turn::Contrast, "large.contrast"),
            ("look=large.contrast", Turn::Usual, "contrast"),
            ("look=contrast", Turn::Soft, "usual"),
            ("look=<b>; lang=en", Turn::Soft, "usual"),
        ] {
            let headers = HeaderMap::from_iter([(header::COOKIE, from.parse().expect("header"))]);
            let look = of(&headers).after(turn);
            assert_eq!(look.words(), words, "{from:?}");
            let kept = format!("{COOKIE}={words}").parse().expect("header");
            assert_eq!(of(&HeaderMap::from_iter([(header::COOKIE, kept)])), look);
        }
    }
}
