//! 복합 문서 — the compound files that .hwp, .doc, .xls and .ppt are: which streams lie in their directory, told by walking the
//! file's own tables within bounds. A name or a word somewhere inside proves nothing.

/// How every compound file begins.
pub const MARK: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Most entries of a directory.
const ENTRIES: usize = 20_000;
/// Sectors above this are marks, not places.
const END: u32 = 0xFFFF_FFFA;
/// The program installer's own kind of compound file, by the class of its root.
const INSTALLER: &[u8] = &[0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

/// What a compound file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Names of its streams and storages.
    pub names: Vec<String>,
    /// The first 40 bytes of the stream `FileHeader`, where there is one.
    pub header: Option<Vec<u8>>,
    /// Whether it is the installer of a program.
    pub installer: bool,
}

impl Listing {
    /// Whether a stream or storage of this name lies in it.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }
}

struct File<'a> {
    content: &'a [u8],
    sector: usize,
    /// The places of the table of sectors.
    table: Vec<u32>,
}

fn short(content: &[u8], at: usize) -> Option<u16> {
    let bytes = content.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn long(content: &[u8], at: usize) -> Option<u32> {
    let bytes = content.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

impl File<'_> {
    fn place(&self, n: u32) -> Option<usize> {
        (n as usize).checked_add(1)?.checked_mul(self.sector)
    }

    fn next(&self, n: u32) -> Option<u32> {
        let per = self.sector / 4;
        let table = *self.table.get(n as usize / per)?;
        long(
            self.content,
            self.place(table)?.checked_add(4 * (n as usize % per))?,
        )
    }

    /// The sectors of a stream; a chain that runs in a circle ends when it is longer than the file.
    fn chain(&self, first: u32) -> impl Iterator<Item = u32> + '_ {
        let most = self.content.len() / self.sector + 1;
        std::iter::successors(Some(first), |n| self.next(*n))
            .take_while(|n| *n < END)
            .take(most)
    }
}

/// Reads the directory; `None` for what is no compound file, or a damaged one.
pub fn list(content: &[u8]) -> Option<Listing> {
    if !content.starts_with(MARK) {
        return None;
    }
    let shift = short(content, 30).filter(|shift| matches!(shift, 9 | 12))?;
    let mut file = File {
        content,
        sector: 1 << shift,
        table: Vec::new(),
    };
    // The first 109 sectors of the table stand in the header, the others in sectors that hang in a chain of their own.
    let most = content.len() / file.sector + 1;
    for i in 0..109 {
        file.table.push(long(content, 76 + 4 * i)?);
    }
    let mut further = long(content, 68)?;
    while further < END && file.table.len() <= most {
        let at = file.place(further)?;
        let per = file.sector / 4 - 1;
        for i in 0..per {
            file.table.push(long(content, at.checked_add(4 * i)?)?);
        }
        further = long(content, at.checked_add(4 * per)?)?;
    }
    let mut listing = Listing::default();
    let (mut header, mut small) = (None, None);
    for n in file.chain(long(content, 48)?) {
        let begin = file.place(n)?;
        for entry in (begin..begin + file.sector).step_by(128) {
            let kind = *content.get(entry + 66)?;
            if kind == 0 {
                continue;
            }
            let units: Vec<u16> = (0..usize::from(short(content, entry + 64)?).min(64) / 2)
                .filter_map(|i| short(content, entry + 2 * i))
                .take_while(|unit| *unit != 0)
                .collect();
            let name = String::from_utf16_lossy(&units);
            let (start, size) = (long(content, entry + 116)?, long(content, entry + 120)?);
            if kind == 5 {
                small = Some(start);
                listing.installer = content.get(entry + 80..entry + 96) == Some(INSTALLER);
            }
            if kind == 2 && name == "FileHeader" {
                header = Some((start, size));
            }
            listing.names.push(name);
            if listing.names.len() > ENTRIES {
                return None;
            }
        }
    }
    listing.header = header.and_then(|(start, size)| begins(&file, start, size, small));
    Some(listing)
}

/// The first 40 bytes of a stream.
fn begins(file: &File<'_>, start: u32, size: u32, small: Option<u32>) -> Option<Vec<u8>> {
    let at = if size >= long(file.content, 56)? {
        file.place(start)?
    } else {
        // Small streams lie in pieces of 64 bytes inside the root's own stream.
        let shift = short(file.content, 32).filter(|shift| (4..12).contains(shift))?;
        let offset = (start as usize).checked_mul(1 << shift)?;
        let sector = file.chain(small?).nth(offset / file.sector)?;
        file.place(sector)?.checked_add(offset % file.sector)?
    };
    Some(file.content.get(at..at.checked_add(40)?)?.to_vec())
}

/// A compound file with these small streams: header, table, directory, small table, small data. For tests of all who take files.
pub fn compose(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let long = |n: u32| n.to_le_bytes();
    let entries = (streams.len() + 1).div_ceil(4) * 4;
    let directory = entries / 4;
    let pieces: Vec<usize> = streams
        .iter()
        .map(|(_, content)| content.len().div_ceil(64).max(1))
        .collect();
    let data = (pieces.iter().sum::<usize>() * 64).div_ceil(SECTOR);
    let mut file = vec![0_u8; SECTOR * (3 + directory + data)];
    let put = |file: &mut Vec<u8>, at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    let end = 0xFFFF_FFFE_u32;
    put(&mut file, 0, MARK);
    put(&mut file, 24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    let (small_table, small_data) = (1 + directory, 2 + directory);
    for (at, n) in [
        (44, 1),
        (48, 1),
        (56, 4096),
        (60, u32::try_from(small_table).unwrap_or(end)),
        (64, 1),
        (68, end),
        (76, 0),
    ] {
        put(&mut file, at, &long(n));
    }
    put(&mut file, 80, &[0xFF; 432]);
    put(&mut file, SECTOR, &[0xFF; SECTOR]);
    put(&mut file, SECTOR, &long(0xFFFF_FFFD));
    // Chains of whole sectors: the directory, the small table, the small data.
    for (first, count) in [(1, directory), (small_table, 1), (small_data, data)] {
        for n in 0..count {
            let next = if n + 1 == count {
                end
            } else {
                u32::try_from(first + n + 1).unwrap_or(end)
            };
            put(&mut file, SECTOR + 4 * (first + n), &long(next));
        }
    }
    put(&mut file, SECTOR * (1 + small_table), &[0xFF; SECTOR]);
    let mut piece = 0;
    for n in 0..entries {
        let at = SECTOR * 2 + 128 * n;
        put(&mut file, at + 68, &[0xFF; 12]);
        let (name, kind, start, size) = match n.checked_sub(1).map(|i| (i, streams.get(i))) {
            None => ("Root Entry", 5, small_data, data * SECTOR),
            Some((i, Some((name, content)))) => {
                for k in 0..pieces[i] {
                    let next = if k + 1 == pieces[i] {
                        end
                    } else {
                        u32::try_from(piece + k + 1).unwrap_or(end)
                    };
                    put(
                        &mut file,
                        SECTOR * (1 + small_table) + 4 * (piece + k),
                        &long(next),
                    );
                }
                put(&mut file, SECTOR * (1 + small_data) + 64 * piece, content);
                piece += pieces[i];
                (*name, 2, piece - pieces[i], content.len())
            }
            Some((_, None)) => continue,
        };
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        put(&mut file, at, &units);
        file[at + 64] = u8::try_from(units.len() + 2).unwrap_or(64);
        file[at + 66] = kind;
        file[at + 67] = 1;
        put(&mut file, at + 116, &long(u32::try_from(start).unwrap_or(end)));
        put(&mut file, at + 120, &long(u32::try_from(size).unwrap_or(0)));
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_found_by_the_directory_alone() {
        let long = [b"HWP Document File".as_slice(), &[0; 200]].concat();
        let file = compose(&[("DocInfo", b"x"), ("FileHeader", &long), ("BodyText", b"y")]);
        let listing = list(&file).unwrap();
        assert!(listing.has("BodyText") && listing.has("DocInfo") && !listing.has("Workbook"));
        assert!(listing.header.unwrap().starts_with(b"HWP Document File"));
        for cut in 0..file.len() {
            list(&file[..cut]);
        }
        // Chains that run in a circle, or out of the file.
        for at in [48, 68, 76, 512 + 4, 1024 + 116, 1024 + 128 + 116] {
            for n in [0_u32, 1, 3, 0x7FFF_FFFF, 0xFFFF_FFF0] {
                let mut bent = file.clone();
                bent[at..at + 4].copy_from_slice(&n.to_le_bytes());
                list(&bent);
            }
        }
    }
}
