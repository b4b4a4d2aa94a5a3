//! 꾸러미 — the zip a document is: read within limits, written with its kind first and unpacked.

use super::Unfit;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Largest template, packed.
pub(super) const LARGEST: usize = 10 * 1024 * 1024;
/// Largest content of all parts together.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// Most parts.
const PARTS: usize = 500;
/// A part above this size must not be packed tighter than [`RATIO`].
const SMALL: u64 = 256 * 1024;
/// A page of XML packs some twenty times; a bomb, thousands of times.
const RATIO: u64 = 200;

const KIND: &str = "mimetype";
const HWPX: &[u8] = b"application/hwp+zip";
const PREVIEW: &str = "Preview/PrvText.txt";

/// The parts in their order.
#[derive(Debug, Clone)]
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// A package of these parts, the kind put first.
    pub fn of(parts: Vec<(&str, String)>) -> Package {
        let kind = (KIND.to_owned(), HWPX.to_vec());
        let parts = parts
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into_bytes()));
        Package {
            parts: std::iter::once(kind).chain(parts).collect(),
        }
    }

    pub fn read(bytes: &[u8]) -> Result<Package, Unfit> {
        if bytes.len() > LARGEST {
            return Err(Unfit::TooLarge(format!("{} bytes", bytes.len())));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::NotHwpx)?;
        if zip.len() > PARTS {
            return Err(Unfit::TooLarge(format!("{} parts", zip.len())));
        }
        if zip.has_duplicate_names() {
            return Err(Unfit::NotHwpx);
        }
        let mut parts = Vec::with_capacity(zip.len());
        let mut total = 0;
        for n in 0..zip.len() {
            let part = zip.by_index(n).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(_) => Unfit::Encrypted,
                _ => Unfit::NotHwpx,
            })?;
            if part.encrypted() {
                return Err(Unfit::Encrypted);
            }
            if part.is_dir() {
                continue;
            }
            let name = part.name().map_err(|_| Unfit::NotHwpx)?.into_owned();
            if part.enclosed_name().is_none() || name.contains('\\') {
                return Err(Unfit::NotHwpx);
            }
            // What the directory says of sizes is a claim: only so much is ever read.
            let packed = part.compressed_size().max(1);
            let most = UNPACKED - total;
            let mut content = Vec::new();
            part.take(most + 1)
                .read_to_end(&mut content)
                .map_err(|error| Unfit::Broken {
                    part: name.clone(),
                    why: error.to_string(),
                })?;
            let size = content.len() as u64;
            total += size;
            if size > most || (size > SMALL && size / packed > RATIO) {
                return Err(Unfit::TooLarge(name));
            }
            parts.push((name, content));
        }
        let package = Package { parts };
        if package.bytes(KIND).map(<[u8]>::trim_ascii) != Some(HWPX) || package.texts().next().is_none() {
            return Err(Unfit::NotHwpx);
        }
        // A document protected by a password says so in its manifest, though the zip itself is open.
        if package
            .text("META-INF/manifest.xml")
            .is_some_and(|text| text.contains("encryption-data"))
        {
            return Err(Unfit::Encrypted);
        }
        Ok(package)
    }

    fn bytes(&self, name: &str) -> Option<&[u8]> {
        let found = self.parts.iter().find(|(part, _)| part == name);
        found.map(|(_, content)| content.as_slice())
    }

    /// A part that is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(name)?).ok()
    }

    /// The parts that hold the words of the document: its sections and master pages, in their order.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let holds = |name: &str| {
            name.strip_prefix("Contents/").is_some_and(|name| {
                (name.starts_with("section") || name.starts_with("masterpage")) && name.ends_with(".xml")
            })
        };
        (self.parts.iter())
            .filter(move |(name, _)| holds(name))
            .filter_map(|(name, content)| Some((name.as_str(), std::str::from_utf8(content).ok()?)))
    }

    /// Puts another content in the place of a part.
    pub fn put(&mut self, name: &str, content: String) {
        if let Some((_, old)) = self.parts.iter_mut().find(|(part, _)| part == name) {
            *old = content.into_bytes();
        }
    }

    /// The words shown by file managers; the picture of the template goes, for it shows another text.
    pub fn preview(&mut self, text: &str) {
        self.put(PREVIEW, text.chars().take(1_000).collect());
        self.parts
            .retain(|(name, _)| !name.starts_with("Preview/PrvImage"));
    }

    /// The file. The kind comes first and unpacked, so that a reader knows the file by its first bytes.
    pub fn write(&self) -> Result<Vec<u8>, Unfit> {
        let broken = |part: &str, why: String| Unfit::Broken {
            part: part.to_owned(),
            why,
        };
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let kind_first = |(name, _): &&(String, Vec<u8>)| name != KIND;
        let kind = self.parts.iter().filter(|part| !kind_first(part));
        for (name, content) in kind.chain(self.parts.iter().filter(kind_first)) {
            let method = if name == KIND {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            let options = SimpleFileOptions::default().compression_method(method);
            zip.start_file(name.as_str(), options)
                .map_err(|error| broken(name, error.to_string()))?;
            zip.write_all(content)
                .map_err(|error| broken(name, error.to_string()))?;
        }
        let done = zip.finish().map_err(|error| broken("", error.to_string()))?;
        Ok(done.into_inner())
    }
}
