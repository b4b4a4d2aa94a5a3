//! 문자 메시지 어댑터 — text messages by a provider's HTTP interface, and the sandbox.

pub mod http;
pub mod sandbox;
