//! 정돈 — `cargo xtask tidy`: the rules of the house that the compiler does not know.
//!
//! Each rule is a file with a table at its top and a function `check(&Tree) -> Vec<Finding>`. To add one: a file here and
//! a line in [`RULES`].

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

mod doors;
mod imports;
mod lex;
mod locales;
mod rooms;
mod shape;
mod words;

/// Every rule, in the order in which its findings are shown.
const RULES: &[fn(&Tree) -> Vec<Finding>] = &[
    doors::check,
    imports::check,
    rooms::check,
    shape::check,
    words::check,
    locales::check,
];

/// Folders that hold nothing we wrote, for a tree that git does not know.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "minwon-data", "vendor"];

/// A text file of the repository.
pub struct File {
    /// Relative to the root, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// The files that git tracks or would track.
pub struct Tree {
    pub files: Vec<File>,
}

/// Something to be cured.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    path: String,
    /// From 1.
    line: usize,
    what: String,
    cure: String,
}

impl Finding {
    fn new(file: &File, line: usize, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            path: file.path.clone(),
            line,
            what: what.into(),
            cure: cure.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}\n    cure: {}",
            self.path, self.line, self.what, self.cure
        )
    }
}

/// Shows every finding; fails when there is one.
pub fn run() -> Result<()> {
    let tree = Tree::of(&shell::root())?;
    let findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for finding in &findings {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        bail!(
            "{} findings in {} files looked at",
            findings.len(),
            tree.files.len()
        );
    }
    Ok(())
}

impl Tree {
    /// Reads the tree under a root; files that are no UTF-8 text are passed over.
    pub fn of(root: &Path) -> Result<Self> {
        let mut paths = if root.join(".git").exists() {
            known_to_git(root)?
        } else {
            found_below(root)?
        };
        paths.sort();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            // A file that git still lists may have been deleted in the work tree.
            let Ok(bytes) = fs::read(root.join(&path)) else {
                continue;
            };
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(File { path, text });
            }
        }
        Ok(Self { files })
    }

    /// Files below a folder with one of the extensions.
    pub fn below<'a>(&'a self, folder: &'a str, extensions: &'a [&'a str]) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(folder) && file.has_extension(extensions))
    }
}

fn known_to_git(root: &Path) -> Result<Vec<String>> {
    let mut git = shell::program("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root);
    let text = shell::output_of(&mut git)?;
    Ok(text
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect())
}

fn found_below(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let path = entry.path();
            if path.is_dir() {
                if !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                    folders.push(path);
                }
            } else if let Some(path) = path.strip_prefix(root)?.to_str() {
                found.push(path.to_owned());
            }
        }
    }
    Ok(found)
}

/// A tree that exists on paper only, for the tests of the rules.
#[cfg(test)]
fn tree(files: &[(&str, &str)]) -> Tree {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    Tree {
        files: files.iter().map(file).collect(),
    }
}

/// What the findings say, shortened to `path:line`.
#[cfg(test)]
fn places(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{}:{}", finding.path, finding.line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_without_git_is_read_from_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in [
            ("crates/a/src/lib.rs", b"one".as_slice()),
            ("crates/web/assets/vendor/theirs.js", b"two"),
            ("target/debug/out.rs", b"three"),
            ("picture.png", &[0xff, 0xfe, 0x00]),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let tree = Tree::of(folder.path()).unwrap();
        let paths: Vec<&str> = tree.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["crates/a/src/lib.rs"]);
    }

    #[test]
    fn a_finding_says_where_what_and_how_to_cure() {
        let file = File {
            path: "a.rs".to_owned(),
            text: String::new(),
        };
        let finding = Finding::new(&file, 3, "this is wrong", "do that");
        assert_eq!(finding.to_string(), "a.rs:3: this is wrong\n    cure: do that");
    }
}
