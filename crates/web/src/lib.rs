//! 화면 — pages rendered on the server, Korean first, in the look of the government's design system (KRDS).
//!
//! A page is a [`view::View`]: plain data, a template, samples. Web holds no rule of law, no SQL and no clock: handlers
//! parse a form, call `app`, and show what comes back. Every page works without JavaScript.
//!
//! To add a page: a line in [`route`], a struct with `impl View` in `view/`, a template, its words in every folder of
//! `locales/`, and the struct's name in the gallery of its room. The test over the gallery then renders it with every
//! sample in every language.

pub mod assets;
pub mod form;

pub mod lang;
pub mod render;
pub mod route;
pub mod security;

pub mod show;
pub mod view;

/// The content policy of every page: nothing foreign, nothing inline.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
