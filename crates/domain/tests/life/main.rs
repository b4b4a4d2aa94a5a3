//! 민원의 생애 — one petition through a small invented office: stories, refusals, random walks, folding, access.

mod absence;
mod access;
mod beside;
mod counter;
mod dice;
mod disclosure;
mod entrust;
mod folding;
mod letters;
mod measure;
mod office;
mod post;
mod proceedings;
mod records;
mod refusals;
mod stories;
mod table;
mod tracks;
mod walks;
#[path = "../../../testkit/src/ways.rs"]
mod ways;
