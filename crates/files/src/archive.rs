//! 압축 파일 — a zip looked through to its last part without being laid out anywhere: parts are unpacked in a stream against a
//! budget, and whatever goes beyond number, sum, ratio or depth ends the look at once.
//!
//! What the directory says of sizes is a claim and never used. Only a part that is itself an archive or a compound document
//! is held whole, up to [`HELD`].

use crate::{Fault, Harm, compound, kind};
use std::io::{Cursor, Read};
use zip::{ZipArchive, result::ZipError};

/// Most parts of an archive and all archives in it.
pub const PARTS: usize = 5_000;
/// Largest content of all parts together.
pub const SUM: u64 = 256 << 20;
/// A part above [`SMALL`] must not be packed tighter than this: a page of XML packs some twenty times, a bomb a thousand times.
pub const RATIO: u64 = 200;
/// Below this the ratio says nothing.
pub const SMALL: u64 = 1 << 20;
/// An archive in an archive in an archive is looked into; deeper none is.
pub const DEPTH: u32 = 3;
/// Largest part that is held whole.
pub const HELD: u64 = 32 << 20;
/// Longest name of a part.
const NAME: usize = 1_024;
/// The part of an office document that lists its types.
const TYPES: &str = "[Content_Types].xml";
/// Enough of a part to tell what it is.
const HEAD: usize = 4_096;

/// What is left of what may be unpacked.
#[derive(Debug)]
pub struct Budget {
    parts: usize,
    bytes: u64,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            parts: PARTS,
            bytes: SUM,
        }
    }
}

/// What an archive is made of, as far as its type shows in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The part `mimetype`, as far as it is short.
    pub mimetype: Option<String>,
    /// The part `[Content_Types].xml` of an office document.
    pub types: Option<String>,
    /// Whether a macro lies in it.
    pub macros: bool,
    /// Whether it is a program in the dress of an archive.
    pub program: bool,
    /// The worst that a name in it says.
    pub named: Option<Harm>,
}

/// Looks through an archive. Errors: a bomb, a lock, damage, or something harmful in it.
pub fn look(bytes: &[u8]) -> Result<Facts, Fault> {
    within(bytes, 1, &mut Budget::default())
}

fn within(bytes: &[u8], depth: u32, budget: &mut Budget) -> Result<Facts, Fault> {
    if depth > DEPTH {
        return Err(Fault::Bomb);
    }
    // The directory is read before its entries can be counted: so they are counted by their marks first.
    let marks = bytes.windows(4).filter(|mark| *mark == b"PK\x01\x02").count();
    if marks > budget.parts {
        return Err(Fault::Bomb);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(told)?;
    if zip.is_empty() || zip.has_duplicate_names() {
        return Err(Fault::Broken);
    }
    if zip.len() > budget.parts {
        return Err(Fault::Bomb);
    }
    budget.parts -= zip.len();
    let mut facts = Facts::default();
    for n in 0..zip.len() {
        let mut part = zip.by_index(n).map_err(told)?;
        if part.encrypted() {
            return Err(Fault::Locked);
        }
        let name = part.name().map_err(told)?.into_owned();
        if name.len() > NAME
            || name.contains(['\\', '\0'])
            || part.enclosed_name().is_none()
            || part.is_symlink()
        {
            return Err(Fault::Broken);
        }
        if part.is_dir() {
            continue;
        }
        let packed = part.compressed_size().max(1);
        let mut unpacked = Unpacked {
            whole: name.eq_ignore_ascii_case(TYPES),
            ..Unpacked::default()
        };
        let mut piece = [0; 16 << 10];
        loop {
            let read = part.read(&mut piece).map_err(|_| Fault::Broken)?;
            if read == 0 {
                break;
            }
            unpacked.take(&piece[..read], packed, budget)?;
        }
        tell_part(&name, &unpacked.held, depth, budget, &mut facts)?;
    }
    Ok(facts)
}

/// One part while it is unpacked.
#[derive(Default)]
struct Unpacked {
    size: u64,
    held: Vec<u8>,
    whole: bool,
}

impl Unpacked {
    fn take(&mut self, piece: &[u8], packed: u64, budget: &mut Budget) -> Result<(), Fault> {
        let read = piece.len() as u64;
        self.size += read;
        budget.bytes = budget.bytes.checked_sub(read).ok_or(Fault::Bomb)?;
        if self.size > SMALL && self.size / packed > RATIO {
            return Err(Fault::Bomb);
        }
        if self.held.len() < HEAD {
            self.held.extend_from_slice(piece);
            self.whole |= is_held(&self.held);
        } else if self.whole {
            if self.size > HELD {
                return Err(Fault::Bomb);
            }
            self.held.extend_from_slice(piece);
        }
        Ok(())
    }
}

/// What must be held whole to be looked into, beside the list of types.
fn is_held(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(compound::MARK)
}

fn tell_part(
    name: &str,
    held: &[u8],
    depth: u32,
    budget: &mut Budget,
    facts: &mut Facts,
) -> Result<(), Fault> {
    let low = name.to_ascii_lowercase();
    if kind::is_program(held) {
        return Err(Fault::Harmful(Harm::Program));
    }
    if kind::is_packed_otherwise(held) {
        return Err(Fault::NotTaken);
    }
    if held.starts_with(b"PK\x03\x04") {
        let inner = within(held, depth + 1, budget)?;
        kind::of_archive(&inner, held)?;
    }
    if held.starts_with(compound::MARK) {
        kind::of_compound(held).map(drop).or_else(|fault| match fault {
            // Old documents hold objects that are compound files of no type we know.
            Fault::NotTaken | Fault::Broken => Ok(()),
            other => Err(other),
        })?;
    }
    match low.as_str() {
        "mimetype" => facts.mimetype = short(held),
        "[content_types].xml" => facts.types = std::str::from_utf8(held).ok().map(str::to_owned),
        "meta-inf/manifest.mf" | "androidmanifest.xml" | "classes.dex" => facts.program = true,
        _ => {}
    }
    let last = low.rsplit('/').next().unwrap_or_default();
    facts.macros |= last.starts_with("vbaproject")
        || low.contains("/macrosheets/")
        || low.starts_with("basic/")
        || low.contains("/basic/script");
    if let Some(harm) = crate::name::ending(last).as_deref().and_then(kind::harm_of) {
        facts.named = facts.named.or(Some(harm));
    }
    Ok(())
}

fn short(held: &[u8]) -> Option<String> {
    (held.len() <= 100).then(|| String::from_utf8_lossy(held).trim().to_owned())
}

fn told(error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(what) if what == ZipError::PASSWORD_REQUIRED => Fault::Locked,
        ZipError::UnsupportedArchive(_) => Fault::NotTaken,
        _ => Fault::Broken,
    }
}
