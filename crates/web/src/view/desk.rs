//! 공무원 화면 — the officials' pages.

use crate::{route::Row, view::Sample};

/// The addresses of the officials' face, for the template function `url`.
pub const TABLE: &[Row] = &[];

/// Every sample of the officials' pages.
pub fn gallery() -> Vec<Sample> {
    Vec::new()
}
