//! 백업과 복원 — a copy of each place as it is at one moment, its manifest, and the way back into an empty folder or schema.
//!
//! Keys, the list of what was destroyed and the index are never in a copy. The manifest tells hashes, times, the newest roots,
//! and how long the list outside was: so a restore sees that the list it is given is not an older one.

use crate::place::{PlaceName, Where, bytes_of_hex};
use crypto::keyring::{KeyError, Keyring};
use domain::text::hex;
use domain::time::At;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What lies in a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this form.
    pub format: u32,
    /// The program that made it.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// When it was begun, in milliseconds.
    pub made_at: i64,
    /// One for each place.
    pub places: Vec<Copied>,
    /// Signature of the live place over everything above.
    #[serde(default)]
    pub signature: String,
}

/// The copy of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copied {
    /// Which place.
    pub name: String,
    /// The file in the copy.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The number of the newest signed root in it; 0 for none. `None` where it was not asked (PostgreSQL).
    pub root: Option<i64>,
    /// How many lines the list of what was destroyed had.
    pub destroyed: u64,
}

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";

/// Why a copy could not be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// A file.
    #[error("{doing} {}: {source}", file.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// SQLite.
    #[error("{}: {source}", file.display())]
    Sqlite {
        /// The database.
        file: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// A program of PostgreSQL is not there.
    #[error("{0} is not installed: install the client of PostgreSQL (Debian: postgresql-client)")]
    NoProgram(&'static str),
    /// A program of PostgreSQL failed.
    #[error("{program}: {told}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said.
        told: String,
    },
    /// The folder is not empty.
    #[error("{} is not empty; name a folder of its own", .0.display())]
    NotEmpty(PathBuf),
    /// Data lies there already.
    #[error("{0} holds data already; a copy is put back into an empty one only")]
    Occupied(String),
    /// The copy is not what its manifest says.
    #[error("the copy is not what was made: {0}")]
    Damaged(String),
    /// The list of what was destroyed is older than the copy.
    #[error(
        "the list of what was destroyed ({place}) has {have} lines and had {had} when the copy was made: it is not the newest one. \
         Put back the newest destroyed.list, or give it with --destroyed"
    )]
    ShortList {
        /// Which place's.
        place: String,
        /// How long it is.
        have: u64,
        /// How long it was.
        had: u64,
    },
    /// The copy was made on another engine.
    #[error("the copy was made on {made}; put it back there")]
    OtherEngine {
        /// On which.
        made: String,
    },
}

fn file_error(doing: &'static str, file: &Path) -> impl Fn(io::Error) -> CopyError {
    move |source| CopyError::File {
        doing,
        file: file.to_owned(),
        source,
    }
}

/// Makes a copy of every place that these keys open, in the empty folder `to`; it may run beside a server at work. Blocks.
pub fn back_up(at: &Where, keyring: &Keyring, now: At, to: &Path) -> Result<Manifest, CopyError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(to)
        .map_err(file_error("cannot make", to))?;
    if fs::read_dir(to)
        .map_err(file_error("cannot read", to))?
        .next()
        .is_some()
    {
        return Err(CopyError::NotEmpty(to.to_owned()));
    }
    let mut places = Vec::new();
    for name in PlaceName::ALL {
        let Some(keys) = keyring.place(name) else { continue };
        // Before the database is read: what is destroyed while we copy makes the list longer than we say, never shorter.
        let destroyed = keys.destroyed()?.len() as u64;
        let (file, root) = match at {
            Where::Folder(folder) => {
                let from = folder.join(format!("{}.db", name.name()));
                if !from.exists() {
                    continue;
                }
                let file = format!("{}.db", name.name());
                (file.clone(), Some(copy_sqlite(&from, &to.join(&file))?))
            }
            Where::Server { url, prefix } => {
                let file = format!("{}.dump", name.name());
                let schema = format!("{prefix}{}", name.name());
                dump(url, &schema, &to.join(&file))?;
                (file, None)
            }
        };
        let path = to.join(&file);
        let (bytes, sha256) = hashed(&path)?;
        places.push(Copied {
            name: name.name().to_owned(),
            file,
            bytes,
            sha256,
            root,
            destroyed,
        });
    }
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        engine: engine(at).to_owned(),
        made_at: now.0,
        places,
        signature: String::new(),
    };
    if let Some(live) = keyring.place(PlaceName::Live) {
        manifest.signature = hex(&live.signer.sign(&statement(&manifest)));
    }
    let path = to.join(MANIFEST);
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| CopyError::Damaged(error.to_string()))?;
    let write = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path);
    write
        .and_then(|mut out| io::Write::write_all(&mut out, &text).and_then(|()| out.sync_all()))
        .map_err(file_error("cannot write", &path))?;
    sync_dir(to)?;
    Ok(manifest)
}

/// Reads a manifest and checks signature and every file against it. Blocks.
pub fn check(from: &Path, keyring: &Keyring) -> Result<Manifest, CopyError> {
    let path = from.join(MANIFEST);
    let text = fs::read(&path).map_err(file_error("cannot read", &path))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| CopyError::Damaged(format!("{MANIFEST}: {error}")))?;
    if manifest.format != FORMAT {
        return Err(CopyError::Damaged(format!(
            "{MANIFEST} has the form {}",
            manifest.format
        )));
    }
    let signed = keyring.place(PlaceName::Live).is_some_and(|live| {
        let signature = bytes_of_hex(&manifest.signature).unwrap_or_default();
        live.signer.public().verify(&statement(&manifest), &signature)
    });
    if !signed {
        return Err(CopyError::Damaged("these keys did not sign its manifest".into()));
    }
    for copied in &manifest.places {
        let plain = Path::new(&copied.file)
            .file_name()
            .is_some_and(|name| name == copied.file.as_str());
        if !plain {
            return Err(CopyError::Damaged(format!(
                "{} names a file elsewhere",
                copied.file
            )));
        }
        let (bytes, sha256) = hashed(&from.join(&copied.file))?;
        if (bytes, &sha256) != (copied.bytes, &copied.sha256) {
            return Err(CopyError::Damaged(copied.file.clone()));
        }
    }
    Ok(manifest)
}

/// Whether the lists at hand are as long as they were when the copy was made. `more` tells how long further lists are, by place.
pub fn check_lists(
    manifest: &Manifest,
    keyring: &Keyring,
    more: impl Fn(PlaceName) -> u64,
) -> Result<(), CopyError> {
    for copied in &manifest.places {
        let name = PlaceName::ALL.into_iter().find(|name| name.name() == copied.name);
        let name = name.ok_or_else(|| CopyError::Damaged(format!("no place is called {}", copied.name)))?;
        let Some(keys) = keyring.place(name) else { continue };
        let have = (keys.destroyed()?.len() as u64).max(more(name));
        if have < copied.destroyed {
            return Err(CopyError::ShortList {
                place: copied.name.clone(),
                have,
                had: copied.destroyed,
            });
        }
    }
    Ok(())
}

/// Puts a checked copy where nothing lies yet. Nothing has been opened when it returns: opening applies the list of what was
/// destroyed. Blocks.
pub fn put_back(from: &Path, manifest: &Manifest, to: &Where) -> Result<(), CopyError> {
    if manifest.engine != engine(to) {
        return Err(CopyError::OtherEngine {
            made: manifest.engine.clone(),
        });
    }
    match to {
        Where::Folder(folder) => {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(file_error("cannot make", folder))?;
            for name in PlaceName::ALL {
                for suffix in ["", ".index"] {
                    let path = folder.join(format!("{}{suffix}.db", name.name()));
                    if path.exists() {
                        return Err(CopyError::Occupied(path.display().to_string()));
                    }
                }
            }
            // All under other names first: a restore that breaks off leaves nothing that could be served.
            for copied in &manifest.places {
                let (source, draft) = (
                    from.join(&copied.file),
                    folder.join(format!("{}.restoring", copied.file)),
                );
                fs::copy(&source, &draft).map_err(file_error("cannot copy", &source))?;
                fs::set_permissions(&draft, fs::Permissions::from_mode(0o600))
                    .and_then(|()| File::open(&draft)?.sync_all())
                    .map_err(file_error("cannot write", &draft))?;
                if hashed(&draft)?.1 != copied.sha256 {
                    return Err(CopyError::Damaged(copied.file.clone()));
                }
            }
            for copied in &manifest.places {
                let (draft, path) = (
                    folder.join(format!("{}.restoring", copied.file)),
                    folder.join(&copied.file),
                );
                fs::rename(&draft, &path).map_err(file_error("cannot put in place", &path))?;
            }
            sync_dir(folder)
        }
        Where::Server { url, .. } => {
            for copied in &manifest.places {
                load(url, &from.join(&copied.file))?;
            }
            Ok(())
        }
    }
}

fn engine(at: &Where) -> &'static str {
    match at {
        Where::Folder(_) => "sqlite",
        Where::Server { .. } => "postgres",
    }
}

fn statement(manifest: &Manifest) -> [u8; 32] {
    let unsigned = Manifest {
        signature: String::new(),
        ..manifest.clone()
    };
    let text = serde_json::to_vec(&unsigned).unwrap_or_default();
    crypto::hash::sha256("minwon back-up manifest", &[&text])
}

/// One moment of the database, compact: nothing deleted is in it. Gives the number of its newest root.
fn copy_sqlite(from: &Path, to: &Path) -> Result<i64, CopyError> {
    let failed = |source| CopyError::Sqlite {
        file: from.to_owned(),
        source,
    };
    // Made by us before SQLite does, for the mode: an empty file may be copied into.
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to);
    drop(made.map_err(file_error("cannot make", to))?);
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = rusqlite::Connection::open_with_flags(from, flags).map_err(failed)?;
    source
        .busy_timeout(std::time::Duration::from_secs(30))
        .map_err(failed)?;
    let target = to.to_string_lossy();
    source.execute("VACUUM INTO ?1", [&*target]).map_err(failed)?;
    drop(source);
    File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(file_error("cannot write", to))?;
    let copy = rusqlite::Connection::open_with_flags(to, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(failed)?;
    let sound: String = copy
        .query_row("PRAGMA quick_check", [], |row| row.get(0))
        .map_err(failed)?;
    if sound != "ok" {
        return Err(CopyError::Damaged(format!("{}: {sound}", to.display())));
    }
    let root = copy
        .query_row("SELECT coalesce(max(no), 0) FROM root", [], |row| row.get(0))
        .map_err(failed)?;
    Ok(root)
}

fn dump(url: &str, schema: &str, to: &Path) -> Result<(), CopyError> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to);
    let out = made.map_err(file_error("cannot make", to))?;
    let (url, password) = without_password(url);
    let mut command = Command::new("pg_dump");
    command
        .args(["--format=custom", "--no-owner", "--no-privileges"])
        .arg(format!("--schema={schema}"))
        .arg(format!("--exclude-table-data={schema}.entry"))
        .arg(format!("--dbname={url}"))
        .stdout(out.try_clone().map_err(file_error("cannot write", to))?);
    run("pg_dump", command, password)?;
    out.sync_all().map_err(file_error("cannot write", to))
}

fn load(url: &str, from: &Path) -> Result<(), CopyError> {
    let (url, password) = without_password(url);
    let mut command = Command::new("pg_restore");
    command
        .args([
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
        ])
        .arg(format!("--dbname={url}"))
        .stdin(File::open(from).map_err(file_error("cannot read", from))?);
    match run("pg_restore", command, password) {
        Err(CopyError::Program { told, .. }) if told.contains("already exists") => {
            Err(CopyError::Occupied(format!(
                "the database ({})",
                told.lines()
                    .find(|line| line.contains("already exists"))
                    .unwrap_or_default()
                    .trim()
            )))
        }
        done => done,
    }
}

fn run(program: &'static str, mut command: Command, password: Option<String>) -> Result<(), CopyError> {
    // Never an argument: everybody on the machine can read those.
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command.stderr(std::process::Stdio::piped());
    let done = command.spawn().and_then(std::process::Child::wait_with_output);
    match done {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(CopyError::Program {
            program,
            told: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(CopyError::NoProgram(program)),
        Err(error) => Err(CopyError::Program {
            program,
            told: error.to_string(),
        }),
    }
}

/// The address without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (user, host) = host.rsplit_once('@')?;
        let (user, password) = user.split_once(':')?;
        Some((format!("{scheme}://{user}@{host}{path}"), percent(password)))
    });
    match parts {
        Some((url, password)) => (url, Some(password)),
        None => (url.to_owned(), None),
    }
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hashed(path: &Path) -> Result<(u64, String), CopyError> {
    let read = File::open(path).and_then(crypto::hash::sha256_of);
    let (bytes, sha256) = read.map_err(file_error("cannot read", path))?;
    Ok((bytes, hex(&sha256)))
}

fn sync_dir(dir: &Path) -> Result<(), CopyError> {
    File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(file_error("cannot write", dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_no_argument() {
        for (url, bare, password) in [
            (
                "postgres://a:p%40ss@h:5432/d",
                "postgres://a@h:5432/d",
                Some("p@ss"),
            ),
            ("postgres://a@h/d", "postgres://a@h/d", None),
            (
                "postgres://minwon@/postgres?host=/run/postgresql",
                "postgres://minwon@/postgres?host=/run/postgresql",
                None,
            ),
            (
                "postgres://h/d?password=x:y@z",
                "postgres://h/d?password=x:y@z",
                None,
            ),
        ] {
            assert_eq!(
                without_password(url),
                (bare.to_owned(), password.map(str::to_owned)),
                "{url}"
            );
        }
    }
}
