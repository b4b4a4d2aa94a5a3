//! 본인 확인 어댑터 — how officials are recognised.

pub mod oidc;
pub mod password;
