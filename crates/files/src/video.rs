//! 상자로 된 파일 — MP4, MOV, M4A and HEIC: boxes in boxes. What says of place and owner is emptied where it lies, so that every other
//! place the file names stays right.

use crate::Fault;

/// Most boxes looked at in one file.
const BOXES: usize = 50_000;

/// A box: its name, where its content begins, where it ends.
#[derive(Clone, Copy)]
struct Box {
    name: [u8; 4],
    begin: usize,
    at: usize,
    end: usize,
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let raw = bytes.get(at..at.checked_add(width)?)?;
    Some(raw.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)))
}

/// The boxes between two places.
fn boxes(bytes: &[u8], mut at: usize, end: usize) -> Result<Vec<Box>, Fault> {
    let mut found = Vec::new();
    // A few bytes of filling may stand behind the last box.
    while at.checked_add(8).is_some_and(|head| head <= end) {
        let size = number(bytes, at, 4).ok_or(Fault::Broken)?;
        let name: [u8; 4] = bytes
            .get(at + 4..at + 8)
            .and_then(|name| name.try_into().ok())
            .ok_or(Fault::Broken)?;
        let (begin, size) = match size {
            0 => (at + 8, (end - at) as u64),
            1 => (at + 16, number(bytes, at + 8, 8).ok_or(Fault::Broken)?),
            size => (at + 8, size),
        };
        let close = usize::try_from(size)
            .ok()
            .and_then(|size| at.checked_add(size))
            .filter(|close| *close <= end && *close >= begin);
        let Some(close) = close else {
            // A film cut off while it was sent: its data end early.
            if &name == b"mdat" {
                return Ok(found);
            }
            return Err(Fault::Broken);
        };
        found.push(Box {
            name,
            begin: at,
            at: begin,
            end: close,
        });
        if found.len() > BOXES {
            return Err(Fault::Bomb);
        }
        at = close;
    }
    Ok(found)
}

/// Turns a box into filling.
fn empty(out: &mut [u8], of: &Box) {
    out[of.begin + 4..of.begin + 8].copy_from_slice(b"free");
    out[of.at..of.end].fill(0);
}

/// A film or a recording: descriptions of the whole and of its tracks go.
pub fn film(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = bytes.to_vec();
    for outer in boxes(bytes, 0, bytes.len())? {
        match &outer.name {
            b"moov" => movie(bytes, &mut out, outer, 0)?,
            b"udta" | b"meta" | b"uuid" => empty(&mut out, &outer),
            _ => {}
        }
    }
    Ok(out)
}

fn movie(bytes: &[u8], out: &mut [u8], of: Box, depth: u32) -> Result<(), Fault> {
    for inner in boxes(bytes, of.at, of.end)? {
        match &inner.name {
            b"udta" | b"meta" | b"uuid" => empty(out, &inner),
            b"trak" if depth == 0 => movie(bytes, out, inner, 1)?,
            _ => {}
        }
    }
    Ok(())
}

/// A picture of this family: the items that describe it are emptied.
pub fn heic(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = bytes.to_vec();
    for outer in boxes(bytes, 0, bytes.len())? {
        match &outer.name {
            b"meta" => items(bytes, &mut out, outer)?,
            // Films that come along with a picture.
            b"moov" => movie(bytes, &mut out, outer, 0)?,
            b"udta" | b"uuid" => empty(&mut out, &outer),
            _ => {}
        }
    }
    Ok(out)
}

/// Empties the items of a picture that are descriptions of it.
fn items(bytes: &[u8], out: &mut [u8], meta: Box) -> Result<(), Fault> {
    // Four bytes of version and flags stand before its boxes.
    let inner = boxes(bytes, meta.at + 4, meta.end)?;
    let find = |name: &[u8; 4]| inner.iter().find(|b| &b.name == name);
    let (Some(names), Some(places)) = (find(b"iinf"), find(b"iloc")) else {
        return Ok(());
    };
    let telling = descriptions(bytes, names)?;
    let data = find(b"idat").map(|b| b.at);
    for (item, from, length) in extents(bytes, places, data)? {
        if !telling.contains(&item) || length == 0 {
            continue;
        }
        let end = from.checked_add(length).ok_or(Fault::Broken)?;
        let content = out.get_mut(from..end).ok_or(Fault::Broken)?;
        content.fill(0);
        // An empty description instead of a broken one. Which way up the picture is stands elsewhere.
        const EMPTY: &[u8] = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";
        if content.len() >= EMPTY.len() {
            content[..EMPTY.len()].copy_from_slice(EMPTY);
        }
    }
    Ok(())
}

/// The items that are Exif or XMP.
fn descriptions(bytes: &[u8], of: &Box) -> Result<Vec<u64>, Fault> {
    let broken = || Fault::Broken;
    let version = number(bytes, of.at, 1).ok_or_else(broken)?;
    let begin = of.at + if version == 0 { 6 } else { 8 };
    let mut found = Vec::new();
    for entry in boxes(bytes, begin, of.end)? {
        let version = number(bytes, entry.at, 1).ok_or_else(broken)?;
        let (id, kind) = match version {
            2 => (number(bytes, entry.at + 4, 2), entry.at + 8),
            3 => (number(bytes, entry.at + 4, 4), entry.at + 10),
            _ => continue,
        };
        let kind = bytes.get(kind..kind + 4).ok_or_else(broken)?;
        if kind == b"Exif" || kind == b"mime" || kind == b"uri " {
            found.push(id.ok_or_else(broken)?);
        }
    }
    Ok(found)
}

/// Where the items lie: item, place, length.
fn extents(bytes: &[u8], of: &Box, data: Option<usize>) -> Result<Vec<(u64, usize, usize)>, Fault> {
    let mut at = of.at + 4;
    let mut take = |width: usize| {
        let value = number(bytes, at, width)
            .filter(|_| at + width <= of.end)
            .ok_or(Fault::Broken)?;
        at += width;
        Ok::<u64, Fault>(value)
    };
    let version = number(bytes, of.at, 1).ok_or(Fault::Broken)?;
    let widths = take(2)?;
    let width = |shift: u32| (widths >> shift & 15) as usize;
    let (offset, length, base, index) = (width(12), width(8), width(4), width(0));
    if [offset, length, base, index].iter().any(|width| *width > 8) {
        return Err(Fault::Broken);
    }
    let count = take(if version < 2 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for _ in 0..count {
        let item = take(if version < 2 { 2 } else { 4 })?;
        let method = if version == 0 { 0 } else { take(2)? & 15 };
        take(2)?;
        let base = take(base)?;
        for _ in 0..take(2)? {
            if version > 0 {
                take(index)?;
            }
            let from = base.checked_add(take(offset)?).ok_or(Fault::Broken)?;
            let long = take(length)?;
            let start = if method == 1 {
                data.ok_or(Fault::Broken)? as u64
            } else {
                0
            };
            let from =
                usize::try_from(start.checked_add(from).ok_or(Fault::Broken)?).map_err(|_| Fault::Broken)?;
            found.push((item, from, usize::try_from(long).map_err(|_| Fault::Broken)?));
            if found.len() > BOXES {
                return Err(Fault::Bomb);
            }
        }
    }
    Ok(found)
}
