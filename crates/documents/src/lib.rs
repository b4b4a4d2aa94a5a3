//! 문서 — papers for citizens and officials: facts in, bytes out.
//!
//! This crate reads no file, no clock and no database, and starts no network or package look-up: fonts and facts are
//! handed in. The same facts give the same bytes. What people wrote reaches the typesetter as data, never as markup,
//! so no text can change a page's form. One paper is one file here with its `.typ` sheet beside it in `sheets/`; an
//! agency replaces a sheet without touching the facts.

pub mod advance_notice;
pub mod authorization;
pub mod body;
pub mod book;
pub mod certificate;
pub mod erasure_certificate;
pub mod extension_notice;
pub mod filing_confirmation;
pub mod fonts;
pub mod handover;
pub mod hwpx;
pub mod inspection_report;
pub mod letter;
pub mod objection;
pub mod parts;
pub mod preliminary_request;
pub mod preliminary_result;
pub mod press;
pub mod proceeding;
pub mod progress_notice;
pub mod receipt;
pub mod registers;
pub mod reminder;
pub mod result_notice;
pub mod review_report;
pub mod sheet;
pub mod supplement_request;

mod clean;
mod fill;
mod page;
