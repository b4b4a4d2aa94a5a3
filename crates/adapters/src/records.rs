//! 문서시스템 — an outside document system by exchange of files, or its sandbox twin.

pub mod exchange;
pub mod sandbox;
pub mod xml;
