//! 열쇠 파일 — how key files are written, read and destroyed: whole or not at all, sealed under the root key.

use super::KeyError;
use crate::{
    Fill,
    hash::framed,
    place::Place,
    seal::{Key, Suite, open, seal},
};
use domain::text::hex;
use std::{fs, io, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

/// Key files are few and small and outlive every setting, so they are always sealed by the standard suite.
pub(super) fn write_sealed(
    root: &Key,
    place: Place,
    dir: &Path,
    name: &str,
    key: &Key,
    fill: Fill<'_>,
) -> Result<(), KeyError> {
    let sealed = seal(Suite::Standard, root, &sealing(place, name), key.expose(), fill);
    write_new(dir, &format!("{name}.key"), &format!("{}\n", hex(&sealed)), fill)
}

pub(super) fn read_sealed(root: &Key, place: Place, dir: &Path, name: &str) -> Result<Key, KeyError> {
    let file = dir.join(format!("{name}.key"));
    let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => KeyError::Missing {
            file: file.clone(),
            cure: "put it back from the back-up of the key folder; without it what it wrapped stays shut",
        },
        // Not text at all: damaged.
        io::ErrorKind::InvalidData => KeyError::DoesNotOpen { file: file.clone() },
        _ => failed("cannot read", &file)(error),
    })?;
    bytes(text.trim_end())
        .and_then(|sealed| open(root, &sealing(place, name), &sealed).ok())
        .and_then(|plain| Key::from_slice(&plain))
        .ok_or(KeyError::DoesNotOpen { file })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// Writes a file that must not be there yet: whole or not at all, readable by its owner only.
pub(super) fn write_new(dir: &Path, name: &str, text: &str, fill: Fill<'_>) -> Result<(), KeyError> {
    let (file, draft) = (dir.join(name), dir.join(format!(".{}", random_name(fill))));
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)
        .and_then(|mut out| {
            out.write_all(text.as_bytes())?;
            out.sync_all()
        })
        .map_err(failed("cannot write", &draft));
    // A hard link never replaces: of two nodes that make the same month's key at once, one wins and the other reads it.
    let linked = written.and_then(|()| {
        fs::hard_link(&draft, &file).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => KeyError::AlreadyThere(file.clone()),
            _ => failed("cannot write", &file)(error),
        })
    });
    match fs::remove_file(&draft) {
        Err(error) if linked.is_ok() => Err(failed("cannot remove", &draft)(error)),
        _ => linked,
    }
}

/// Overwrites in place. On drives that remap blocks this is a courtesy; the promise rests on the file being sealed and removed.
pub(super) fn overwrite(file: &Path, fill: Fill<'_>) -> io::Result<()> {
    let mut noise = vec![0; usize::try_from(fs::metadata(file)?.len()).unwrap_or(0)];
    fill(&mut noise);
    let mut out = fs::OpenOptions::new().write(true).open(file)?;
    out.write_all(&noise)?;
    out.sync_all()
}

pub(super) fn random_name(fill: Fill<'_>) -> String {
    let mut name = [0; 8];
    fill(&mut name);
    format!("{}.new", hex(&name))
}

pub(super) fn file_name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub(super) fn parent(dir: &Path) -> &Path {
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

pub(super) fn exists(file: &Path) -> Result<bool, KeyError> {
    file.try_exists().map_err(failed("cannot read", file))
}

pub(super) fn sync_dir(dir: &Path) -> Result<(), KeyError> {
    fs::File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(failed("cannot sync", dir))
}

pub(super) fn failed(doing: &'static str, file: &Path) -> impl Fn(io::Error) -> KeyError {
    move |source| KeyError::Io {
        doing,
        file: file.to_owned(),
        source,
    }
}

/// Framed parts as the context of a sealed value.
pub(super) fn context(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    framed(label, parts, |bytes| out.extend_from_slice(bytes));
    out
}

fn sealing(place: Place, name: &str) -> Vec<u8> {
    context("key file", &[place.name().as_bytes(), name.as_bytes()])
}
