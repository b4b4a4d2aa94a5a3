//! 만들어 내는 문서 — `cargo xtask gen`: documents that are written from the source, never by hand.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{fs, path::Path};

mod law_index;
mod tracks;

/// A document: where it lies, and the function that writes it from the tree under a root.
type Document = (&'static str, fn(&Path) -> Result<String>);

/// Every generated document.
const DOCUMENTS: &[Document] = &[
    ("docs/generated/access-matrix.md", |_| {
        Ok(domain::access::matrix_page())
    }),
    ("docs/generated/forms.md", |_| Ok(domain::papers::page())),
    ("docs/generated/law-index.md", law_index::text),
    ("docs/generated/procedures.md", tracks::text),
];

/// Writes those that have changed.
pub fn write() -> Result<()> {
    let root = shell::root();
    for (path, text) in stale(&root)? {
        let target = root.join(path);
        fs::create_dir_all(target.parent().context("a document lies in a folder")?)?;
        fs::write(&target, text).with_context(|| path.to_owned())?;
        shell::say(&format!("wrote {path}"));
    }
    Ok(())
}

/// Fails when one is out of date.
pub fn check() -> Result<()> {
    let stale = stale(&shell::root())?;
    for (path, _) in &stale {
        eprintln!("{path}: out of date\n    cure: cargo xtask gen");
    }
    if !stale.is_empty() {
        bail!("{} generated documents are out of date", stale.len());
    }
    Ok(())
}

fn stale(root: &Path) -> Result<Vec<(&'static str, String)>> {
    let mut stale = Vec::new();
    for (path, make) in DOCUMENTS {
        let text = make(root).with_context(|| (*path).to_owned())?;
        if fs::read_to_string(root.join(path)).ok().as_deref() != Some(&text) {
            stale.push((*path, text));
        }
    }
    Ok(stale)
}
