//! 방과 바닥 — the rooms of `domain` share the ground floor and do not import one another.

use super::{Finding, Tree, lex};

/// What every room stands on: values without a room of their own. A file moved here needs a reason in its first lines.
const GROUND_FLOOR: &[&str] = &[
    // What whoever files had shown of who they are: the filing carries it, and a service asks for it.
    "assurance",
    "calendar",
    // What was issued, what is to be handed out, what was written down at the counter, what it cost: events carry them.
    "certificate",
    "claim",
    "due",
    "event",
    "fee",
    // A filled-in form is a part of the filing that begins a petition.
    "form",
    "id",
    "intake",
    // Numbers, dates and telephone numbers as people write them.
    "korean",
    "life",
    // Letters by post are a part of the petition they tell of.
    "mailing",
    "money",
    "number",
    "petition",
    // Who asks, and who files for them: the filing carries it.
    "petitioner",
    "procedure",
    // A special procedure that runs is a part of the petition; events say where it stands, in the words of its track.
    "proceeding",
    "reference",
    "refusal",
    // Suggestions and likeness are told by the same pairs of letters that the index finds by.
    "search",
    "service",
    "terms",
    "text",
    "time",
    "track",
];

/// Where rooms meet within `domain`: the two doors through which every act and every look goes, and the rooms that say
/// themselves who may change them (`answers`, `organisation`), by the seats of `access`; `consent` weighs the papers of the handbook,
/// `account` the seats of those who log in, and `machine` keeps to the networks of people from outside.
const MEETING_PLACES: &[&str] = &[
    "access",
    "account",
    "answers",
    "consent",
    "decide",
    "machine",
    "organisation",
];

const ROOT: &str = "crates/domain/src/";

/// Looks for `crate::other` in every room, single and in groups.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.below(ROOT, &["rs"]) {
        let below = &file.path[ROOT.len()..];
        let own = below
            .split_once('/')
            .map_or(below.trim_end_matches(".rs"), |(folder, _)| folder);
        if own == "lib" || MEETING_PLACES.contains(&own) {
            continue;
        }
        let code = lex::code_only(&file.text);
        for (line, room) in named(lex::before_tests(&code)) {
            let is_module = room.chars().next().is_some_and(char::is_lowercase);
            let permitted = room == own || GROUND_FLOOR.contains(&room.as_str());
            if is_module && !permitted && is_room(tree, &room) {
                let what = format!("room `{own}` imports room `{room}`");
                let cure = "let them meet in app, or move what both need to the ground floor (xtask/src/tidy/rooms.rs)";
                findings.push(Finding::new(file, line, what, cure));
            }
        }
    }
    findings
}

fn is_room(tree: &Tree, name: &str) -> bool {
    let (file, folder) = (format!("{ROOT}{name}.rs"), format!("{ROOT}{name}/"));
    tree.files
        .iter()
        .any(|known| known.path == file || known.path.starts_with(&folder))
}

/// Each first name after `crate::`, with its line; `crate::{a::X, b}` names two.
fn named(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let line = code[..start].matches('\n').count() + 1;
        let rest = &code[start + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push((line, word(rest))),
            Some(group) => {
                let mut depth = 0_i32;
                let mut begins = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        c if begins && !c.is_whitespace() => {
                            found.push((line + group[..at].matches('\n').count(), word(&group[at..])));
                            begins = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{places, tree};
    use super::*;

    #[test]
    fn rooms_do_not_import_rooms() {
        let survey = "use crate::id::PetitionId;\nuse crate::{\n    time::{At, KST},\n    privacy::Request,\n};\nfn f(x: crate::privacy::Y) {}\n";
        let tree = tree(&[
            ("crates/domain/src/lib.rs", "pub use crate::survey::A;"),
            ("crates/domain/src/id.rs", ""),
            ("crates/domain/src/time.rs", ""),
            (
                "crates/domain/src/privacy/mod.rs",
                "use crate::privacy::inner::X;",
            ),
            (
                "crates/domain/src/privacy/inner.rs",
                "use crate::survey::Z;\n#[cfg(test)]\nuse crate::survey::Q;",
            ),
            ("crates/domain/src/survey.rs", survey),
            ("crates/domain/src/decide.rs", "use crate::{survey, privacy};"),
        ]);
        assert_eq!(
            places(&check(&tree)),
            [
                "crates/domain/src/privacy/inner.rs:1",
                "crates/domain/src/survey.rs:4",
                "crates/domain/src/survey.rs:6"
            ]
        );
    }
}
