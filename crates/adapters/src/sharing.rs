//! 행정정보 공동이용 어댑터 — the centre over HTTPS, and the sandbox.

pub mod http;
pub mod near;
pub mod sandbox;
