//! store

pub mod engine;
