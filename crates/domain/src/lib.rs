//! 민원의 법과 생애 — the law and the life of a petition, as tables and functions of values.
//!
//! Nothing in this crate reads a clock, a row, a file or the environment; nothing in it is async. What it needs to
//! know is handed in, and what it decides is handed back as values. The ground floor (`id`, `time`, `text`) is shared
//! by all rooms; rooms do not import one another's insides.

pub mod absence;
pub mod access;
pub mod account;
pub mod act;
pub mod answers;
pub mod assurance;
pub mod calendar;
pub mod certificate;
pub mod claim;
pub mod clock;
pub mod consent;
pub mod decide;
pub mod due;
pub mod evaluation;
pub mod event;
pub mod external;
pub mod fee;
pub mod filter;
pub mod form;
pub mod gate;
pub mod glass;
pub mod handbook;
pub mod handover;
pub mod id;
pub mod inspection;
pub mod intake;
pub mod korean;
pub mod life;
pub mod likeness;
pub mod machine;
pub mod mailing;
pub mod number;
pub mod organisation;
pub mod oversight;
pub mod papers;
pub mod petition;
pub mod petitioner;
pub mod procedure;
pub mod proceeding;
pub mod queue;
pub mod refusal;
pub mod register;
pub mod retention;
pub mod search;
pub mod suggest;
pub mod tally;
pub mod terms;
pub mod text;
pub mod time;
pub mod track;
