//! 글자 고르기 — makes any text printable, and says what could not be printed.
//!
//! A sheet gets strings that hold only characters the fonts have. What they lack is printed as 〓, the mark Korean
//! printers set for a missing type, and reported; controls and invisible direction marks are dropped, for they could
//! make a line read otherwise than it is stored.

use crate::fonts::Fonts;
use serde_json::Value;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// 〓: stands for a character no font has.
pub const MISSING: char = '〓';

/// A run of letters without a place to break, longer than this, is given one: it would run off the page.
const RUN: usize = 24;

/// Cleans every string inside `facts`, and adds what could not be printed to `missing`.
pub fn clean(facts: &mut Value, fonts: &Fonts, missing: &mut BTreeSet<char>) {
    match facts {
        Value::String(text) => *text = line(text, fonts, missing),
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, fonts, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|item| clean(item, fonts, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One string, printable. Line ends become a single `\n`; composed forms are used, so that letters typed on other
/// systems (Hangul as separate jamo) print as syllables.
fn line(text: &str, fonts: &Fonts, missing: &mut BTreeSet<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    let mut before = ' ';
    for c in text.nfc() {
        let c = match c {
            '\n' if before == '\r' => {
                before = c;
                continue;
            }
            '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{0b}' | '\u{0c}' | '\u{85}' => {
                before = c;
                '\n'
            }
            '\t' => ' ',
            c if invisible(c) => continue,
            c if private(c) || !(fonts.covers(c) || c == '\u{a0}') => {
                missing.insert(c);
                MISSING
            }
            c => c,
        };
        if c != '\n' {
            before = c;
        }
        // Hangul and hanja break anywhere; everything else only at spaces and hyphens.
        run = if c.is_whitespace() || u32::from(c) >= 0x2E80 {
            0
        } else {
            run + 1
        };
        if run > RUN {
            out.push('\u{200B}');
            run = 1;
        }
        out.push(c);
    }
    out
}

/// Controls, direction marks, joiners, variation selectors, tags: nothing of them shows on paper.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// Private areas mean something else in every font, and non-characters nothing: archives (PDF/A) forbid both.
fn private(c: char) -> bool {
    let c = u32::from(c);
    matches!(c, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF | 0xFDD0..=0xFDEF) || c & 0xFFFE == 0xFFFE
}
