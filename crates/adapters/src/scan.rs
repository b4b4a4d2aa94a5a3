//! 파일 검사기 — a real engine asked over its own protocol, and one that knows a single harmless pattern.

pub mod clamd;
pub mod sandbox;
