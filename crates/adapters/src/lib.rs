//! 바깥 세상 — what stands behind the ports: for each a real one, and a sandbox that refuses to run in production.
//!
//! | port | real | sandbox |
//! |---|---|---|
//! | `Clock`, `Ids`, `Chance` | [`system`] | [`sandbox`] |
//! | `Mailer` | [`mail::smtp`] | [`mail::sandbox`] |
//! | `Messenger` | [`sms::http`] | [`sms::sandbox`] |
//! | `Records` | [`records::exchange`] | [`records::sandbox`] |
//! | `Objects` | [`objects`] | [`objects::sandbox`] |
//! | `Scanner` | [`scan::clamd`] | [`scan::sandbox`] |
//! | `Sharing` | [`sharing::http`] | [`sharing::sandbox`] |
//! | `Identity` | [`identity::password`] | the same, over invented accounts |
//!
//! Only `minwon` and `testkit` name this crate. Nothing here decides anything: what to send, to whom and how often is
//! settled in `app`.

pub mod identity;
pub mod mail;
pub mod mode;
pub mod objects;
pub mod records;
pub mod sandbox;
pub mod scan;
pub mod secret;
pub mod sharing;
pub mod sms;
pub mod system;
