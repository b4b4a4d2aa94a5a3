//! 저장소 — the one store: three places on SQLite or PostgreSQL, each with journal, heads, vault, index, numbers and keys.
//!
//! Writes are lists of values (`batch`), committed whole or not at all; rooms of this crate add to the list and read back.
//! No trait stands between us and our own database: one text of SQL serves both engines.

pub mod account;
pub mod answers;
pub mod batch;
pub mod bulk;
pub mod carry;
pub mod copy;
pub mod counter;
pub mod disposal;
pub mod engine;
pub mod epoch;
pub mod erase;
pub mod follow;
pub mod gate;
pub mod gazette;
pub mod handbook;
pub mod head;
pub mod index;
pub mod journal;
pub mod learning;
pub mod lease;
pub mod ledger;
pub mod ledger_seal;
pub mod mailing;
pub mod moving;
pub mod objects;
pub mod office;
pub mod outbox;
pub mod people;
pub mod person;
pub mod place;
pub mod proceeding;
pub mod protected;
pub mod queue;
pub mod records;
pub mod register;
pub mod retention;
pub mod review;
pub mod scan;
pub mod seal;
pub mod seats;
pub mod session;
pub mod sharing;
pub mod standing;
pub mod supervision;
pub mod template;
pub mod tie;
pub mod vault;
pub mod visitors;
