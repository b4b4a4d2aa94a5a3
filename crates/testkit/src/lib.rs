//! 시험 도구 — a whole city for tests: frozen clock, sandboxes, both engines, and people who act in it.

pub mod browser;
pub mod city;
pub mod hands;
pub mod postgres;
pub mod site;
pub mod sso;
pub mod ten;
pub mod ways;
