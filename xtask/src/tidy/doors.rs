//! 관문 — a response becomes a file to keep in one place only, which asks by whose leave (docs/security.md, 관문·접속기록).

use super::{Finding, Tree};

/// The one place.
const DOOR: &str = "crates/web/src/leave.rs";
/// What makes a response a file.
const SIGNS: [&str; 2] = ["content-disposition", "content_disposition"];

/// Looks through the pages for files that go out another way.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree
        .below("crates/web/src/", &["rs"])
        .filter(|file| file.path != DOOR)
    {
        for (n, line) in file.text.lines().enumerate() {
            let lower = line.to_lowercase();
            if SIGNS.iter().any(|sign| lower.contains(sign)) {
                findings.push(Finding::new(
                    file,
                    n + 1,
                    "a file goes out past the gate".to_owned(),
                    format!("answer with {DOOR}, by a pass of app::gate, the petitioner's own session, or a named reason"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::File;
    use super::*;

    #[test]
    fn a_file_that_goes_another_way_is_found() {
        let file = |path: &str, text: &str| File {
            path: path.into(),
            text: text.into(),
        };
        let tree = Tree {
            files: vec![
                file(DOOR, "header::CONTENT_DISPOSITION"),
                file(
                    "crates/web/src/desk/mod.rs",
                    "x\n(header::CONTENT_DISPOSITION, name)",
                ),
                file("crates/app/src/lib.rs", "content-disposition"),
            ],
        };
        let found = check(&tree);
        assert_eq!(found.len(), 1);
    }
}
