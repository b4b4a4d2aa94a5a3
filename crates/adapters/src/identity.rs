//! 본인 확인 어댑터 — how officials are recognised, and who says who a citizen is.

pub mod broker;
pub mod client;
pub mod oidc;
pub mod password;
pub mod sandbox;
