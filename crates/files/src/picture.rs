//! 사진 속 정보 — place, time, device and owner are taken out of pictures and films before they are kept (개인정보 보호법 제3조제1항); the
//! picture itself is not touched. Which way up it is to be shown stays, and so does its colour profile.
//!
//! A picture whose parts cannot be walked through is not kept: what cannot be read cannot be cleaned.

use crate::{Fault, kind, video};
use domain::terms::FileType;

/// The cleaned content; `None` where there was nothing to take out.
pub fn clean(kind: FileType, bytes: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    let cleaned = match kind {
        FileType::Jpeg => jpeg(bytes)?,
        FileType::Png => png(bytes)?,
        FileType::Webp => webp(bytes)?,
        FileType::Gif => gif(bytes)?,
        FileType::Tiff => where_it_lies(bytes, tiff)?,
        FileType::Heic => where_it_lies(bytes, video::heic)?,
        FileType::Mp4 | FileType::M4a => video::film(bytes)?,
        _ => return Ok(None),
    };
    Ok((cleaned != bytes).then_some(cleaned))
}

/// Cleans a picture whose parts are named by where they lie. Parts that lie over one another, or over the head of the file, would take
/// more away than they say: such a picture is not kept.
fn where_it_lies(bytes: &[u8], clean: fn(&[u8]) -> Result<Vec<u8>, Fault>) -> Result<Vec<u8>, Fault> {
    let cleaned = clean(bytes)?;
    let holds =
        cleaned == bytes || (kind::tell(&cleaned) == kind::tell(bytes) && clean(&cleaned)? == cleaned);
    if holds { Ok(cleaned) } else { Err(Fault::Broken) }
}

/// The smallest picture there is, one clear point as PNG: for whoever needs one.
pub fn smallest() -> Vec<u8> {
    let parts: [&[u8]; 4] = [
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1F\x15\xC4\x89",
        b"\0\0\0\x0AIDAT\x78\x9C\x63\0\x01\0\0\x05\0\x01\x0D\x0A\x2D\xB4",
        b"\0\0\0\0IEND\xAE\x42\x60\x82",
    ];
    parts.concat()
}

/// The tag of which way up a picture is shown.
const ORIENTATION: u16 = 0x0112;

/// Which way up, where it is not the usual one.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let order = Order::of(tiff)?;
    let first = order.long(tiff, 4)? as usize;
    let count = usize::from(order.short(tiff, first)?);
    let entry = (0..count)
        .map(|n| first + 2 + 12 * n)
        .find(|at| order.short(tiff, *at) == Some(ORIENTATION))?;
    order.short(tiff, entry + 8).filter(|way| (2..=8).contains(way))
}

/// The smallest description of a picture that says which way up it is.
fn upright(way: u16) -> Vec<u8> {
    let [high, low] = way.to_be_bytes();
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend([high, low, 0, 0, 0, 0, 0, 0]);
    tiff
}

/// The order of bytes of a TIFF.
#[derive(Clone, Copy)]
struct Order {
    big: bool,
}

impl Order {
    fn of(tiff: &[u8]) -> Option<Order> {
        match tiff {
            [b'M', b'M', 0, b'*', ..] => Some(Order { big: true }),
            [b'I', b'I', b'*', 0, ..] => Some(Order { big: false }),
            _ => None,
        }
    }
    fn short(self, of: &[u8], at: usize) -> Option<u16> {
        let b = of.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big {
            u16::from_be_bytes(b)
        } else {
            u16::from_le_bytes(b)
        })
    }
    fn long(self, of: &[u8], at: usize) -> Option<u32> {
        let b = of.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big {
            u32::from_be_bytes(b)
        } else {
            u32::from_le_bytes(b)
        })
    }
}

/// JPEG: segment by segment to the end of the picture. Kept are the frame, tables, JFIF, colour profile and Adobe's colour mark.
fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = vec![0xFF, 0xD8];
    let mut at = 2;
    let (mut way, mut scanned) = (None, false);
    loop {
        // Any number of fill bytes may stand before a marker.
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        let (Some(0xFF), Some(marker)) = (bytes.get(at), bytes.get(at + 1).copied()) else {
            // A picture cut off while it was sent is still a picture.
            return if scanned { Ok(out) } else { Err(Fault::Broken) };
        };
        at += 2;
        match marker {
            // What comes behind the end is no part of the picture: films, other pictures, anything.
            0xD9 => {
                out.extend([0xFF, 0xD9]);
                break;
            }
            0x01 | 0xD0..=0xD7 => continue,
            0x00 | 0xD8 => return Err(Fault::Broken),
            _ => {}
        }
        let Some(length) = bytes
            .get(at..at + 2)
            .map(|b| usize::from(u16::from_be_bytes([b[0], b[1]])))
        else {
            return if scanned { Ok(out) } else { Err(Fault::Broken) };
        };
        let segment = match bytes.get(at..at + length) {
            Some(segment) if length >= 2 => segment,
            _ => return if scanned { Ok(out) } else { Err(Fault::Broken) },
        };
        let content = &segment[2..];
        let kept = match marker {
            0xE1 => {
                if let Some(tiff) = content.strip_prefix(b"Exif\0\0".as_slice()) {
                    way = way.or(orientation(tiff));
                }
                false
            }
            0xE0 => content.starts_with(b"JFIF\0") && content.len() <= 16,
            0xE2 => content.starts_with(b"ICC_PROFILE\0"),
            0xEE => content.starts_with(b"Adobe"),
            0xE3..=0xEF | 0xFE => false,
            _ => true,
        };
        if kept {
            out.extend([0xFF, marker]);
            out.extend_from_slice(segment);
        }
        at += length;
        if marker == 0xDA {
            scanned = true;
            let data = &bytes[at..];
            let end = data
                .windows(2)
                .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF))
                .unwrap_or(data.len());
            out.extend_from_slice(&data[..end]);
            at += end;
        }
    }
    if let Some(way) = way {
        let tiff = upright(way);
        let mut segment = vec![0xFF, 0xE1];
        segment.extend(u16::try_from(tiff.len() + 8).unwrap_or_default().to_be_bytes());
        segment.extend(b"Exif\0\0");
        segment.extend(tiff);
        out.splice(2..2, segment);
    }
    Ok(out)
}

/// PNG: chunk by chunk to the end; texts, times and descriptions go.
fn png(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = bytes.get(..8).ok_or(Fault::Broken)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let head = bytes.get(at..at + 8).ok_or(Fault::Broken)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let whole = length
            .checked_add(12)
            .and_then(|all| bytes.get(at..at.checked_add(all)?))
            .ok_or(Fault::Broken)?;
        match &head[4..] {
            b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" => {}
            b"eXIf" => {
                if let Some(way) = orientation(&whole[8..8 + length]) {
                    let tiff = upright(way);
                    let chunk = [b"eXIf".as_slice(), &tiff].concat();
                    out.extend(u32::try_from(tiff.len()).unwrap_or_default().to_be_bytes());
                    out.extend_from_slice(&chunk);
                    out.extend(crc(&chunk).to_be_bytes());
                }
            }
            name if name[0].is_ascii_lowercase()
                && !KNOWN.contains(&[name[0], name[1], name[2], name[3]]) => {}
            _ => out.extend_from_slice(whole),
        }
        at += whole.len();
        if &head[4..] == b"IEND" {
            return Ok(out);
        }
    }
    Err(Fault::Broken)
}

/// Chunks beside the picture that say how it looks, not where it was taken.
const KNOWN: &[[u8; 4]] = &[
    *b"acTL", *b"bKGD", *b"cHRM", *b"cICP", *b"fcTL", *b"fdAT", *b"gAMA", *b"iCCP", *b"pHYs", *b"sBIT",
    *b"sRGB", *b"tRNS",
];

/// The check sum of a chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                0xEDB8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            }
        })
    })
}

/// WebP: chunk by chunk; the flags of the head follow.
fn webp(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let told = bytes
        .get(4..8)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
        .ok_or(Fault::Broken)?;
    let end = told
        .checked_add(8)
        .filter(|end| *end <= bytes.len())
        .ok_or(Fault::Broken)?;
    let mut out = bytes.get(..12).ok_or(Fault::Broken)?.to_vec();
    let (mut at, mut way) = (12, None);
    while at < end {
        let head = bytes.get(at..at + 8).ok_or(Fault::Broken)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let padded = length
            .checked_add(length % 2)
            .and_then(|n| n.checked_add(8))
            .ok_or(Fault::Broken)?;
        let whole = at
            .checked_add(padded)
            .filter(|next| *next <= end)
            .map(|next| &bytes[at..next])
            .ok_or(Fault::Broken)?;
        match &head[..4] {
            b"EXIF" => {
                let tiff = &whole[8..8 + length];
                way = way.or(orientation(
                    tiff.strip_prefix(b"Exif\0\0".as_slice()).unwrap_or(tiff),
                ));
            }
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {
                out.extend_from_slice(whole)
            }
            _ => {}
        }
        at += padded;
    }
    if out.get(12..16) == Some(b"VP8X") {
        let flags = out.get_mut(20).ok_or(Fault::Broken)?;
        *flags &= !0b1100;
        if let Some(way) = way {
            *flags |= 0b1000;
            let tiff = upright(way);
            out.extend(b"EXIF");
            out.extend(u32::try_from(tiff.len()).unwrap_or_default().to_le_bytes());
            out.extend(tiff);
        }
    }
    let size = u32::try_from(out.len() - 8).map_err(|_| Fault::TooLarge)?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Ok(out)
}

/// GIF: block by block; comments go, and all applications' blocks but the one that repeats the picture.
fn gif(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let flags = |at: usize| bytes.get(at).copied().ok_or(Fault::Broken);
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    // From a first block to behind the empty one that ends them.
    let blocks = |mut at: usize| loop {
        let length = usize::from(flags(at)?);
        at += length + 1;
        if length == 0 {
            return Ok::<_, Fault>(at);
        }
    };
    let mut at = 13 + table(flags(10)?);
    let mut out = bytes.get(..at).ok_or(Fault::Broken)?.to_vec();
    loop {
        let begin = at;
        let kept = match flags(at)? {
            0x3B => {
                out.push(0x3B);
                return Ok(out);
            }
            0x2C => {
                at = blocks(at + 11 + table(flags(at + 9)?))?;
                true
            }
            0x21 => {
                let label = flags(at + 1)?;
                at = blocks(at + 2)?;
                let repeats = bytes.get(begin + 3..begin + 14) == Some(b"NETSCAPE2.0");
                label == 0xF9 || label == 0x01 || (label == 0xFF && repeats)
            }
            _ => return Err(Fault::Broken),
        };
        if kept {
            out.extend_from_slice(bytes.get(begin..at).ok_or(Fault::Broken)?);
        }
    }
}

/// Tags of a TIFF whose values say of place, time, device and owner; what they point to is emptied.
const TELLING: &[u16] = &[
    0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x02BC, 0x8298, 0x83BB, 0x8649, 0x8769,
    0x8825, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0xC4A5, 0xC634, 0xEA1C,
];
/// Tags that point to a directory of their own.
const DIRECTORIES: &[u16] = &[0x8769, 0x8825, 0xA005];
/// Most directories of one file.
const PAGES: usize = 2_000;

/// TIFF: in place, so that everything else stays where the file says it is. A telling entry is taken out of its directory and
/// what it pointed to is filled with zeros.
fn tiff(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let order = Order::of(bytes).ok_or(Fault::Broken)?;
    let mut out = bytes.to_vec();
    let mut next = order.long(bytes, 4).ok_or(Fault::Broken)? as usize;
    let mut seen = Vec::new();
    while next != 0 {
        if seen.contains(&next) || seen.len() >= PAGES {
            return Err(Fault::Broken);
        }
        seen.push(next);
        next = page(order, &mut out, next)?;
    }
    Ok(out)
}

/// Cleans one directory; gives where the next one is.
fn page(order: Order, out: &mut [u8], at: usize) -> Result<usize, Fault> {
    let count = usize::from(order.short(out, at).ok_or(Fault::Broken)?);
    let first = at.checked_add(2).ok_or(Fault::Broken)?;
    let end = first + 12 * count;
    let next = order.long(out, end).ok_or(Fault::Broken)?;
    let mut kept = Vec::new();
    for n in 0..count {
        let entry = out
            .get(first + 12 * n..first + 12 * n + 12)
            .ok_or(Fault::Broken)?
            .to_vec();
        let tag = order.short(&entry, 0).ok_or(Fault::Broken)?;
        if TELLING.contains(&tag) {
            empty(order, out, &entry, 0)?;
        } else {
            kept.push(entry);
        }
    }
    let number = u16::try_from(kept.len()).unwrap_or_default();
    let number = if order.big {
        number.to_be_bytes()
    } else {
        number.to_le_bytes()
    };
    let next_bytes = if order.big {
        next.to_be_bytes()
    } else {
        next.to_le_bytes()
    };
    let written: Vec<u8> = (kept.into_iter().flatten()).chain(next_bytes).collect();
    out[at..first].copy_from_slice(&number);
    out[first..first + written.len()].copy_from_slice(&written);
    out[first + written.len()..end + 4].fill(0);
    Ok(next as usize)
}

/// Fills what an entry points to with zeros, and the directories it points to.
fn empty(order: Order, out: &mut [u8], entry: &[u8], depth: u32) -> Result<(), Fault> {
    let broken = || Fault::Broken;
    let tag = order.short(entry, 0).ok_or_else(broken)?;
    let width = match order.short(entry, 2).ok_or_else(broken)? {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    };
    let count = order.long(entry, 4).ok_or_else(broken)? as usize;
    let place = order.long(entry, 8).ok_or_else(broken)? as usize;
    if DIRECTORIES.contains(&tag) && depth < 3 {
        let entries = usize::from(order.short(out, place).ok_or_else(broken)?);
        for n in 0..entries {
            let at = place + 2 + 12 * n;
            let inner = out.get(at..at + 12).ok_or_else(broken)?.to_vec();
            empty(order, out, &inner, depth + 1)?;
        }
        out.get_mut(place..place + 2 + 12 * entries)
            .ok_or_else(broken)?
            .fill(0);
    } else if let Some(size) = count.checked_mul(width).filter(|size| *size > 4) {
        let end = place.checked_add(size).ok_or_else(broken)?;
        out.get_mut(place..end).ok_or_else(broken)?.fill(0);
    }
    Ok(())
}

#[cfg(test)]
#[path = "picture/tests.rs"]
mod tests;
