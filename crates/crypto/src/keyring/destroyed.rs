//! 파기 목록 — which owners were destroyed on purpose: identities only, outside the database, never in its back-up.
//!
//! `keys/<place>/destroyed.list` lies beside the keys and not beside the data. A copy of the database from before a destruction
//! still holds the sealed texts and the wrapped key, and for [the horizon](super) the epoch key lives: this list is what
//! makes such a copy forget again before it answers anybody. So a line is on disk before the database drops the key.
//!
//! One line each: `number owner at mac`. The mac covers the line and the mac before it, under a key of the place: a line cannot be
//! added, changed or taken out of the middle. That the end is missing is seen by who remembers the length: the database
//! (`destroyed_applied`) and every back-up's manifest.

use super::files::{exists, failed, sync_dir};
use super::{KeyError, PlaceKeys};
use crate::hash;
use domain::text::{hex, unhex};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destroyed {
    /// 1, 2, …
    pub n: u64,
    /// Whose key was destroyed.
    pub owner: [u8; 16],
    /// When that was decided, in milliseconds.
    pub at: i64,
    mac: [u8; 32],
}

const NAME: &str = "destroyed.list";
/// A line is never longer.
const LONGEST: u64 = 160;

impl PlaceKeys {
    /// Writes these owners down, each once, and gives the length of the list. When it returns, the lines are on disk.
    pub fn write_destroyed(&self, owners: &[[u8; 16]], at: i64) -> Result<u64, KeyError> {
        let path = self.destroyed_list();
        let fresh = !exists(&path)?;
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed("cannot open", &path))?;
        // Several processes share the folder: one writes at a time. The lock ends with the handle.
        file.lock().map_err(failed("cannot lock", &path))?;
        let (mut last, end) = self.last_line(&mut file, &path)?;
        let mut text = String::new();
        for owner in owners {
            let n = last.map_or(1, |line| line.n + 1);
            let mac = self.line_mac(last.map_or([0; 32], |line| line.mac), n, owner, at);
            text.push_str(&format!("{n} {} {at} {}\n", hex(owner), hex(&mac)));
            last = Some(Destroyed {
                n,
                owner: *owner,
                at,
                mac,
            });
        }
        let written = file
            .set_len(end)
            .and_then(|()| file.seek(SeekFrom::Start(end)))
            .and_then(|_| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all());
        written.map_err(failed("cannot write", &path))?;
        if fresh {
            sync_dir(&self.dir)?;
        }
        Ok(last.map_or(0, |line| line.n))
    }

    /// The whole list, oldest first; empty where nothing was destroyed yet. A list that was tampered with is refused.
    pub fn destroyed(&self) -> Result<Vec<Destroyed>, KeyError> {
        self.destroyed_in(&self.destroyed_list())
    }

    /// A list of this place that lies elsewhere: another machine's, or one saved from a lost key folder.
    pub fn destroyed_in(&self, path: &Path) -> Result<Vec<Destroyed>, KeyError> {
        let mut text = String::new();
        match File::open(path).and_then(|mut file| file.read_to_string(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed("cannot read", path)(error)),
        }
        // A last line without its end was never acknowledged.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let mut lines: Vec<Destroyed> = Vec::new();
        for line in whole.lines() {
            let before = lines.last().map_or(([0; 32], 0), |line| (line.mac, line.n));
            let read = parse(line).filter(|read| {
                read.n == before.1 + 1
                    && hash::same(&read.mac, &self.line_mac(before.0, read.n, &read.owner, read.at))
            });
            lines.push(read.ok_or_else(|| KeyError::ListBroken {
                file: path.to_owned(),
                line: before.1 + 1,
            })?);
        }
        Ok(lines)
    }

    /// Where the list of this place lies.
    pub fn destroyed_list(&self) -> PathBuf {
        self.dir.join(NAME)
    }

    fn line_mac(&self, before: [u8; 32], n: u64, owner: &[u8; 16], at: i64) -> [u8; 32] {
        let parts: [&[u8]; 4] = [&before, &n.to_be_bytes(), owner, &at.to_be_bytes()];
        hash::mac(&self.derive("destroyed list"), "destroyed", &parts)
    }

    /// The last whole line, and where it ends.
    fn last_line(&self, file: &mut File, path: &Path) -> Result<(Option<Destroyed>, u64), KeyError> {
        let mut tail = String::new();
        let length = file.metadata().map_err(failed("cannot read", path))?.len();
        let from = length.saturating_sub(2 * LONGEST);
        file.seek(SeekFrom::Start(from))
            .and_then(|_| file.read_to_string(&mut tail))
            .map_err(failed("cannot read", path))?;
        let end = match tail.rfind('\n') {
            Some(end) => end,
            // Nothing but a first line that was never acknowledged.
            None if from == 0 => return Ok((None, 0)),
            None => return Err(broken(path)),
        };
        let line = tail[..end].lines().next_back().and_then(parse);
        Ok((Some(line.ok_or_else(|| broken(path))?), from + end as u64 + 1))
    }
}

fn broken(path: &Path) -> KeyError {
    KeyError::ListBroken {
        file: path.to_owned(),
        line: 0,
    }
}

fn parse(line: &str) -> Option<Destroyed> {
    let mut parts = line.split(' ');
    let n = parts.next()?.parse().ok()?;
    let owner = short(parts.next()?)?;
    let at = parts.next()?.parse().ok()?;
    let mac = unhex(parts.next()?)?;
    parts.next().is_none().then_some(Destroyed { n, owner, at, mac })
}

fn short(text: &str) -> Option<[u8; 16]> {
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    let mut owner = [0; 16];
    for (byte, at) in owner.iter_mut().zip((0..32).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(owner)
}
