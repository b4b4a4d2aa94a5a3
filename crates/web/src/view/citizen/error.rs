//! 오류 화면 — what went wrong, in plain words, with a number to quote.

use crate::view::{Message, View};
use serde::Serialize;

/// 오류 — one page for every status that is not a success.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// One of [`ErrorPage::STATUSES`].
    pub status: u16,
    /// What exactly, where there is more to say.
    pub detail: Option<Message>,
    /// Seconds after which to try again.
    pub retry_after: Option<u32>,
    /// The request's id.
    pub request: String,
}

impl ErrorPage {
    /// All statuses there are words for.
    pub const STATUSES: [u16; 11] = [400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503];
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "error.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let names = [
            "400", "403", "404", "405", "409", "413", "415", "422", "429", "500", "503",
        ];
        let page = |status| ErrorPage {
            status,
            detail: (status == 400).then(|| Message::new("error-encoding")),
            retry_after: matches!(status, 429 | 503).then_some(30),
            request: "7f3a09c2".into(),
        };
        names.into_iter().zip(Self::STATUSES.map(page)).collect()
    }
}
