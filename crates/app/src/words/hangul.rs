//! 한글 문서 — whether a file is one of the word processor's documents, told by its structure: a name or a word inside proves
//! nothing.

/// HWPX: a zip whose first part, unpacked, says so.
pub(super) fn is_hwpx(content: &[u8]) -> bool {
    const NAME: &[u8] = b"mimetype";
    const KIND: &[u8] = b"application/hwp+zip";
    let number = |at: usize| {
        content
            .get(at..at + 2)
            .map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])))
    };
    let (Some(method), Some(name), Some(extra)) = (number(8), number(26), number(28)) else {
        return false;
    };
    content.starts_with(b"PK\x03\x04")
        && method == 0
        && name == NAME.len()
        && content.get(30..30 + name) == Some(NAME)
        && content
            .get(30 + name + extra..)
            .is_some_and(|rest| rest.starts_with(KIND))
}

/// HWP 5: a compound file whose root holds a stream `FileHeader` that begins with the format's signature.
pub(super) fn is_hwp(content: &[u8]) -> bool {
    signature(content).is_some_and(|start| start == b"HWP Document File")
}

/// No file of ours has more sectors than this in one chain: 10 MiB of 512 bytes.
const CHAIN: usize = 20_480;
const END: u32 = 0xFFFF_FFFA;

/// The first 17 bytes of the stream `FileHeader`.
fn signature(content: &[u8]) -> Option<&[u8]> {
    if !content.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return None;
    }
    let short = |at: usize| content.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let long = |at: usize| {
        content
            .get(at..at + 4)
            .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    };
    let shift = short(30).filter(|shift| matches!(shift, 9 | 12))?;
    let sector = 1_usize << shift;
    let place = |n: u32| (n as usize + 1).checked_mul(sector);
    // The file's own table of sectors lies in sectors that the header lists; the first 109 are enough for 6 MiB and more.
    let next = |n: u32| {
        let per = sector / 4;
        let table = long(76 + 4 * (n as usize / per)).filter(|_| n as usize / per < 109)?;
        long(place(table)? + 4 * (n as usize % per))
    };
    let chain = |first: u32| {
        let whole = std::iter::successors(Some(first), |n| next(*n));
        whole.take_while(|n| *n < END).take(CHAIN)
    };
    let (mut header, mut small) = (None, None);
    for n in chain(long(48)?) {
        let begin = place(n)?;
        for entry in (begin..begin + sector).step_by(128) {
            let kind = *content.get(entry + 66)?;
            let name: Vec<u16> = (0..usize::from(short(entry + 64)?).min(64) / 2)
                .filter_map(|i| short(entry + 2 * i))
                .take_while(|unit| *unit != 0)
                .collect();
            let (start, size) = (long(entry + 116)?, long(entry + 120)?);
            match kind {
                5 => small = Some(start),
                2 if String::from_utf16_lossy(&name) == "FileHeader" => header = Some((start, size)),
                _ => {}
            }
        }
    }
    let (start, size) = header?;
    let at = if size >= long(56)? {
        place(start)?
    } else {
        // Small streams lie in pieces of 64 bytes inside the root's own stream.
        let offset = (start as usize).checked_mul(1 << short(32).filter(|shift| *shift < 12)?)?;
        place(chain(small?).nth(offset / sector)?)? + offset % sector
    };
    content.get(at..at + 17)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A compound file with one small stream of this name and beginning: header, table, directory, small table, small data.
    pub fn compound(name: &str, begins: &[u8]) -> Vec<u8> {
        let mut file = vec![0_u8; 512 * 5];
        let put =
            |file: &mut Vec<u8>, at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        let long = |n: u32| n.to_le_bytes();
        put(&mut file, 0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        put(&mut file, 24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        for (at, n) in [
            (44, 1),
            (48, 1),
            (56, 4096),
            (60, 2),
            (64, 1),
            (68, 0xFFFF_FFFE),
            (76, 0),
        ] {
            put(&mut file, at, &long(n));
        }
        put(&mut file, 80, &[0xFF; 432]);
        // The table: itself, the directory, the small table and the small data end at once.
        put(&mut file, 512, &[0xFF; 512]);
        for (n, next) in [
            (0, 0xFFFF_FFFD),
            (1, 0xFFFF_FFFE),
            (2, 0xFFFF_FFFE),
            (3, 0xFFFF_FFFE),
        ] {
            put(&mut file, 512 + 4 * n, &long(next));
        }
        let entry =
            |file: &mut Vec<u8>, n: usize, name: &str, kind: u8, child: u32, start: u32, size: u32| {
                let at = 1024 + 128 * n;
                let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                file[at..at + units.len()].copy_from_slice(&units);
                file[at + 64] = u8::try_from(units.len() + 2).unwrap();
                file[at + 66..at + 68].copy_from_slice(&[kind, 1]);
                file[at + 68..at + 76].copy_from_slice(&[0xFF; 8]);
                file[at + 76..at + 80].copy_from_slice(&child.to_le_bytes());
                file[at + 116..at + 120].copy_from_slice(&start.to_le_bytes());
                file[at + 120..at + 124].copy_from_slice(&size.to_le_bytes());
            };
        entry(&mut file, 0, "Root Entry", 5, 1, 3, 256);
        entry(&mut file, 1, name, 2, 0xFFFF_FFFF, 0, 256);
        for unused in [2, 3] {
            let at = 1024 + 128 * unused;
            file[at + 68..at + 80].copy_from_slice(&[0xFF; 12]);
        }
        put(&mut file, 1536, &[0xFF; 512]);
        for (n, next) in [(0, 1_u32), (1, 2), (2, 3), (3, 0xFFFF_FFFE)] {
            put(&mut file, 1536 + 4 * n, &long(next));
        }
        put(&mut file, 2048, begins);
        file
    }

    #[test]
    fn a_compound_file_is_what_its_header_stream_says() {
        let signature = b"HWP Document File\0\0\0";
        let good = compound("FileHeader", signature);
        assert!(is_hwp(&good));
        assert!(
            !is_hwp(&compound("WordDocument", signature)),
            "the signature in another stream"
        );
        assert!(
            !is_hwp(&compound("FileHeader", b"Microsoft Word")),
            "another signature"
        );
        for cut in 0..good.len() {
            is_hwp(&good[..cut]);
        }
        // Chains that run in a circle, or out of the file.
        for at in [48, 76, 512 + 4, 1024 + 116, 1024 + 128 + 116] {
            for n in [0_u32, 1, 3, 0x7FFF_FFFF, 0xFFFF_FFF0] {
                let mut bent = good.clone();
                bent[at..at + 4].copy_from_slice(&n.to_le_bytes());
                is_hwp(&bent);
            }
        }
    }

    #[test]
    fn a_zip_is_what_its_first_part_says() {
        let part = |method: u8, name: &str, content: &str| {
            let mut zip = b"PK\x03\x04\x14\0\0\0".to_vec();
            zip.extend([method, 0]);
            zip.extend([0; 16]);
            zip.extend([u8::try_from(name.len()).unwrap(), 0, 0, 0]);
            zip.extend(name.bytes().chain(content.bytes()));
            zip
        };
        assert!(is_hwpx(&part(0, "mimetype", "application/hwp+zipPK")));
        assert!(!is_hwpx(&part(0, "mimetype", "application/epub+zipPK")));
        assert!(
            !is_hwpx(&part(0, "application/hwp+zip", "mimetype")),
            "a name that says so"
        );
        assert!(!is_hwpx(&part(8, "mimetype", "application/hwp+zip")), "packed");
        assert!(!is_hwpx(b"PK\x03\x04"));
    }
}
