//! 파일의 모양 — how long a file may be, how it begins, and what its code may not contain.

use super::{File, Finding, Tree, lex};

/// Above this a file is split, or says why it is not.
const LINES: usize = 600;
const LIMITED: &[&str] = &["rs", "html", "css", "js"];
/// The sentence that lets a long file be long, within its first lines.
const EXCUSE: &str = "longer than 600 lines because";

/// Names that are the same in Korean.
const NAMES: &[&str] = &[
    "HTTP",
    "HWPX",
    "Open311",
    "OpenAPI",
    "PDF",
    "PostgreSQL",
    "SQLite",
    "XLSX",
];

/// Code that does not stay: what, cure.
const NOT_TO_STAY: &[(&str, &str)] = &[
    (
        "#[allow(",
        "`#[expect(…, reason = \"…\")]` complains when it is no longer needed",
    ),
    (
        "#![allow(",
        "`#![expect(…, reason = \"…\")]` complains when it is no longer needed",
    ),
    ("todo!", "write it, or leave it out"),
    ("unimplemented!", "write it, or leave it out"),
];

/// Length of every page and source file; beginning and code of every Rust file.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.has_extension(LIMITED)) {
        length(file, &mut findings);
        if file.has_extension(&["rs"]) {
            beginning(file, &mut findings);
            code(file, &mut findings);
        }
    }
    findings
}

fn length(file: &File, findings: &mut Vec<Finding>) {
    let lines = file.text.lines().count();
    if lines > LINES && !file.text.lines().take(5).any(|line| line.contains(EXCUSE)) {
        let cure = format!("split it by what it is about, or write in its first five lines: `{EXCUSE} …`");
        findings.push(Finding::new(file, LINES + 1, format!("{lines} lines"), cure));
    }
}

fn beginning(file: &File, findings: &mut Vec<Finding>) {
    let first = file.text.lines().next().unwrap_or_default();
    let good = first
        .strip_prefix("//! ")
        .and_then(|title| title.split_once(" — "))
        .is_some_and(|(korean, english)| {
            (korean.chars().any(is_hangul) || NAMES.contains(&korean))
                && english.chars().any(|c| c.is_ascii_alphabetic())
        });
    // A room that nobody has moved into has nothing to be called yet.
    let empty = lex::code_only(&file.text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if !good && !empty.is_empty() && empty != "fn main() {}" {
        let cure = "`//! 한국어 — what it is in English (the clause, where there is one)`";
        findings.push(Finding::new(
            file,
            1,
            "the first line does not say what the file is",
            cure,
        ));
    }
}

fn code(file: &File, findings: &mut Vec<Finding>) {
    for (index, line) in lex::code_only(&file.text).lines().enumerate() {
        for (what, cure) in NOT_TO_STAY.iter().filter(|(what, _)| line.contains(what)) {
            findings.push(Finding::new(file, index + 1, format!("`{what}` in code"), *cure));
        }
    }
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::super::{places, tree};
    use super::*;

    const TITLE: &str = "//! 시험 — a test\n";

    #[test]
    fn long_files_are_split_or_say_why() {
        let long = "p {}\n".repeat(601);
        let excused = format!("/* {EXCUSE} it is one table */\n{long}");
        let late = format!("{}/* {EXCUSE} … */\n{long}", "\n".repeat(5));
        let files = [
            ("crates/web/assets/a.css", long.as_str()),
            ("crates/web/assets/b.css", &long[5..]),
            ("crates/web/assets/c.css", &excused),
            ("crates/web/assets/d.css", &late),
            ("data/rows.csv", &long),
        ];
        let expected = ["crates/web/assets/a.css:601", "crates/web/assets/d.css:601"];
        assert_eq!(places(&check(&tree(&files))), expected);
    }

    #[test]
    fn the_first_line_says_what_the_file_is() {
        let table = [
            (
                "//! 보완 — asking for what is missing (법 제22조)\nfn f() {}",
                true,
            ),
            ("//! supplement — asking for what is missing\nfn f() {}", false),
            ("//! SQLite — one writer\nfn f() {}", true),
            ("//! 보완 - a hyphen is no dash\nfn f() {}", false),
            ("// 보완 — an ordinary comment\nfn f() {}", false),
            ("\n//! 보완 — not in the first line\nfn f() {}", false),
            ("use std::fmt;\n", false),
            ("//! store\n", true),
            ("", true),
        ];
        for (text, good) in table {
            assert_eq!(
                check(&tree(&[("crates/a/src/x.rs", text)])).is_empty(),
                good,
                "{text}"
            );
        }
    }

    #[test]
    fn lints_are_expected_with_a_reason_and_nothing_is_left_for_later() {
        let spoken =
            format!("{TITLE}// #[allow(x)] and todo!() are only spoken of\nconst A: &str = \"todo!\";\n");
        assert_eq!(check(&tree(&[("crates/a/src/x.rs", &spoken)])), []);
        let done =
            format!("{TITLE}#[allow(dead_code)]\nfn f() {{ todo!() }}\nfn g() {{ unimplemented!() }}\n");
        assert_eq!(check(&tree(&[("crates/a/src/x.rs", &done)])).len(), 3);
    }
}
