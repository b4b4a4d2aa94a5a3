//! 파일 형식 — which of the types a file is, told by its content; and which endings belong to each.

use crate::archive::{self, Facts};
use crate::{Fault, Harm, compound};
use domain::terms::FileType;
use encoding_rs::{EUC_KR, Encoding};

/// The endings of a type; the first is the usual one.
pub const fn endings(kind: FileType) -> &'static [&'static str] {
    match kind {
        FileType::Pdf => &["pdf"],
        FileType::Png => &["png"],
        FileType::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
        FileType::Hwp => &["hwp"],
        FileType::Hwpx => &["hwpx"],
        FileType::Docx => &["docx"],
        FileType::Xlsx => &["xlsx"],
        FileType::Text => &["txt"],
        FileType::Pptx => &["pptx"],
        FileType::Doc => &["doc"],
        FileType::Xls => &["xls"],
        FileType::Ppt => &["ppt"],
        FileType::Odt => &["odt"],
        FileType::Ods => &["ods"],
        FileType::Csv => &["csv"],
        FileType::Gif => &["gif"],
        FileType::Webp => &["webp"],
        FileType::Heic => &["heic", "heif"],
        FileType::Tiff => &["tif", "tiff"],
        FileType::Zip => &["zip"],
        FileType::Mp4 => &["mp4", "m4v", "mov"],
        FileType::Mp3 => &["mp3"],
        FileType::M4a => &["m4a"],
    }
}

/// Endings that a system runs, or a browser.
pub fn harm_of(ending: &str) -> Option<Harm> {
    match ending {
        "exe" | "com" | "scr" | "pif" | "msi" | "msp" | "dll" | "sys" | "cpl" | "ocx" | "drv" | "jar"
        | "apk" | "ipa" | "app" | "deb" | "rpm" | "dmg" | "iso" | "img" | "vhd" | "vhdx" | "lnk" | "chm"
        | "xll" | "gadget" | "appx" | "msix" | "elf" => Some(Harm::Program),
        "bat" | "cmd" | "ps1" | "psm1" | "psd1" | "vbs" | "vbe" | "js" | "jse" | "mjs" | "ws" | "wsf"
        | "wsc" | "wsh" | "sct" | "sh" | "bash" | "py" | "pl" | "rb" | "php" | "reg" | "inf" | "scf"
        | "url" | "desktop" | "ahk" | "hta" | "iqy" | "slk" | "application" => Some(Harm::Script),
        "html" | "htm" | "xhtml" | "shtml" | "mht" | "mhtml" | "svg" | "svgz" => Some(Harm::Page),
        "docm" | "dotm" | "xlsm" | "xltm" | "xlam" | "xlsb" | "pptm" | "potm" | "ppam" | "ppsm" | "sldm" => {
            Some(Harm::Macro)
        }
        _ => None,
    }
}

/// The type under this ending. Errors: the name says another type than the content is.
pub fn agrees(ending: Option<&str>, found: FileType) -> Result<FileType, Fault> {
    let Some(ending) = ending else { return Ok(found) };
    if endings(found).contains(&ending) {
        return Ok(found);
    }
    match (ending, found) {
        ("csv", FileType::Text) => Ok(FileType::Csv),
        _ => Err(harm_of(ending).map_or(Fault::Differs(found), Fault::Harmful)),
    }
}

/// What a file is. Errors: harmful, locked, damaged, a bomb, or of no type we know.
pub fn tell(content: &[u8]) -> Result<FileType, Fault> {
    if is_program(content) {
        return Err(Fault::Harmful(Harm::Program));
    }
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok(FileType::Pdf),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(FileType::Png),
        [0xFF, 0xD8, 0xFF, ..] => Ok(FileType::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(FileType::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(FileType::Webp),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Ok(FileType::Tiff),
        [b'P', b'K', 3, 4, ..] => of_archive(&archive::look(content)?, content),
        [b'I', b'D', b'3', ..] => Ok(FileType::Mp3),
        [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => of_brand(&[*a, *b, *c, *d]),
        [_, _, _, _, b'm', b'o', b'o', b'v', ..] => Ok(FileType::Mp4),
        start if start.starts_with(compound::MARK) => of_compound(start),
        sound if is_mp3(sound) => Ok(FileType::Mp3),
        other => of_text(other),
    }
}

fn of_brand(brand: &[u8; 4]) -> Result<FileType, Fault> {
    match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Ok(FileType::Heic),
        b"M4A " | b"M4B " => Ok(FileType::M4a),
        b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"dash" | b"MSNV"
        | b"M4V " | b"M4VH" | b"qt  " | b"mmp4" => Ok(FileType::Mp4),
        _ => Err(Fault::NotTaken),
    }
}

/// The type of an archive that was looked through.
pub fn of_archive(facts: &Facts, content: &[u8]) -> Result<FileType, Fault> {
    if facts.macros {
        return Err(Fault::Harmful(Harm::Macro));
    }
    if let Some(types) = &facts.types {
        if types.contains("macroEnabled") || types.contains("macrosheet") {
            return Err(Fault::Harmful(Harm::Macro));
        }
        let main = [
            ("wordprocessingml.document.main+xml", FileType::Docx),
            ("spreadsheetml.sheet.main+xml", FileType::Xlsx),
            ("presentationml.presentation.main+xml", FileType::Pptx),
        ];
        if let Some((_, kind)) = main.iter().find(|(main, _)| types.contains(main)) {
            return Ok(*kind);
        }
    }
    match facts.mimetype.as_deref() {
        Some("application/hwp+zip") if begins_with_mimetype(content) => return Ok(FileType::Hwpx),
        Some("application/vnd.oasis.opendocument.text") => return Ok(FileType::Odt),
        Some("application/vnd.oasis.opendocument.spreadsheet") => return Ok(FileType::Ods),
        _ => {}
    }
    if facts.program {
        return Err(Fault::Harmful(Harm::Program));
    }
    facts
        .named
        .map_or(Ok(FileType::Zip), |harm| Err(Fault::Harmful(harm)))
}

/// Whether the kind comes first and unpacked, as the format wants it.
fn begins_with_mimetype(content: &[u8]) -> bool {
    let number = |at: usize| content.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    number(8) == Some(0) && content.get(30..38) == Some(b"mimetype")
}

/// The type of a compound file.
pub fn of_compound(content: &[u8]) -> Result<FileType, Fault> {
    let listing = compound::list(content).ok_or(Fault::Broken)?;
    if listing.installer {
        return Err(Fault::Harmful(Harm::Program));
    }
    if listing.has("EncryptedPackage") || listing.has("EncryptionInfo") {
        return Err(Fault::Locked);
    }
    if ["VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"]
        .iter()
        .any(|name| listing.has(name))
    {
        return Err(Fault::Harmful(Harm::Macro));
    }
    if let Some(header) = &listing.header
        && header.starts_with(b"HWP Document File")
    {
        // Of the properties behind signature and version: packed, locked by a password, …
        return if header.get(36).is_some_and(|flags| flags & 2 != 0) {
            Err(Fault::Locked)
        } else {
            Ok(FileType::Hwp)
        };
    }
    let streams = [
        ("WordDocument", FileType::Doc),
        ("Workbook", FileType::Xls),
        ("Book", FileType::Xls),
        ("PowerPoint Document", FileType::Ppt),
    ];
    (streams.iter().find(|(name, _)| listing.has(name))).map_or(Err(Fault::NotTaken), |(_, kind)| Ok(*kind))
}

/// Programs of the systems people use, by how they begin.
pub fn is_program(content: &[u8]) -> bool {
    const STARTS: &[&[u8]] = &[
        b"\x7FELF",
        b"\xFE\xED\xFA\xCE",
        b"\xFE\xED\xFA\xCF",
        b"\xCE\xFA\xED\xFE",
        b"\xCF\xFA\xED\xFE",
        b"\xCA\xFE\xBA\xBE",
        b"dex\n",
        b"\0asm",
        b"L\0\0\0\x01\x14\x02\0",
        b"ITSF",
        b"!<arch>",
        b"\xED\xAB\xEE\xDB",
        b"MSCF",
    ];
    STARTS.iter().any(|start| content.starts_with(start))
        || (content.starts_with(b"MZ") && !is_prose_start(content))
}

/// “MZ세대 …” begins a text, not a program.
fn is_prose_start(content: &[u8]) -> bool {
    content.len() < 64 && content.len() > 2 && std::str::from_utf8(content).is_ok_and(is_prose)
        || content.len() >= 64 && of_text(content).is_ok()
}

/// Archives that are not looked into.
pub fn is_packed_otherwise(content: &[u8]) -> bool {
    let tar = content.get(257..262) == Some(b"ustar");
    let starts: &[&[u8]] = &[
        b"7z\xBC\xAF\x27\x1C",
        b"Rar!\x1A\x07",
        b"\x1F\x8B",
        b"BZh",
        b"\xFD7zXZ\0",
        b"\x28\xB5\x2F\xFD",
        b"EGGA",
        b"ALZ\x01",
    ];
    tar || starts.iter().any(|start| content.starts_with(start))
}

/// Two frames of a layer III sound, the second where the first says.
fn is_mp3(content: &[u8]) -> bool {
    frame(content)
        .and_then(|length| content.get(length..))
        .is_some_and(|rest| frame(rest).is_some())
}

/// The length of a layer III frame.
fn frame(content: &[u8]) -> Option<usize> {
    const FIRST: [usize; 16] = [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0,
    ];
    const SECOND: [usize; 16] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    let [0xFF, b, c, ..] = content else { return None };
    if b & 0xE6 != 0xE2 || b & 0x18 == 0x08 {
        return None;
    }
    let first = b & 0x18 == 0x18;
    let rate = [44_100, 48_000, 32_000].get(usize::from(c >> 2 & 3))?
        >> match b & 0x18 {
            0x18 => 0,
            0x10 => 1,
            _ => 2,
        };
    let bits = if first { FIRST } else { SECOND }[usize::from(c >> 4)] * 1_000;
    (bits > 0).then(|| if first { 144 } else { 72 } * bits / rate + usize::from(c >> 1 & 1))
}

/// Text in UTF-8, in UTF-16 with its mark, or in the older Korean encoding; no page that a browser would run.
fn of_text(content: &[u8]) -> Result<FileType, Fault> {
    let (encoding, mark) = Encoding::for_bom(content).unwrap_or((encoding_rs::UTF_8, 0));
    let of = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(content.get(mark..).unwrap_or_default())
    };
    let text = of(encoding).or_else(|| if mark == 0 { of(EUC_KR) } else { None });
    let text = text.ok_or(Fault::NotTaken)?;
    let start: String = text
        .trim_start()
        .chars()
        .take(64)
        .collect::<String>()
        .to_ascii_lowercase();
    let starts = |of: &[&str]| of.iter().any(|page| start.starts_with(page));
    if starts(&[
        "<!doctype",
        "<html",
        "<svg",
        "<?xml",
        "<script",
        "<!--",
        "<head",
        "<body",
        "<iframe",
        "mime-version:",
    ]) {
        return Err(Fault::Harmful(Harm::Page));
    }
    if starts(&[
        "#!",
        "<?php",
        "<job",
        "<package",
        "@echo off",
        "windows registry editor",
    ]) {
        return Err(Fault::Harmful(Harm::Script));
    }
    if is_prose(&text) {
        Ok(FileType::Text)
    } else {
        Err(Fault::NotTaken)
    }
}

/// Text without control characters.
fn is_prose(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{C}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    /// A zip of these parts, packed.
    fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            let method = if *name == "mimetype" {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            zip.start_file(*name, SimpleFileOptions::default().compression_method(method))
                .unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const WORD: &[u8] = br#"<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const MACRO: &[u8] = br#"<?xml version="1.0"?><Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;

    #[test]
    fn a_file_is_what_its_content_says() {
        let word = zip_of(&[("[Content_Types].xml", WORD), ("word/document.xml", b"<w/>")]);
        let nested = zip_of(&[("안/문서.docx", &word)]);
        let hwp = |flags: u8| {
            compound::compose(&[(
                "FileHeader",
                &[b"HWP Document File".as_slice(), &[0; 19], &[flags, 0, 0, 0]].concat(),
            )])
        };
        let mp3 = [
            [0xFF_u8, 0xFB, 0x90, 0].as_slice(),
            &[0; 413],
            &[0xFF, 0xFB, 0x90, 0],
            &[0; 50],
        ]
        .concat();
        let macro_in = Err(Fault::Harmful(Harm::Macro));
        let program = Err(Fault::Harmful(Harm::Program));
        let cases: &[(&str, &[u8], Result<FileType, Fault>)] = &[
            ("pdf", b"%PDF-1.7 ...", Ok(FileType::Pdf)),
            ("exe", b"MZ\x90\0\x03\0\0\0", program),
            ("세대", "MZ세대 이야기".as_bytes(), Ok(FileType::Text)),
            ("jpg", b"\xFF\xD8\xFF\xE0", Ok(FileType::Jpeg)),
            ("gif", b"GIF89a..", Ok(FileType::Gif)),
            ("webp", b"RIFF\0\0\0\0WEBPVP8 ", Ok(FileType::Webp)),
            ("wav", b"RIFF\0\0\0\0WAVEfmt ", Err(Fault::NotTaken)),
            ("tif", b"II*\0\x08\0\0\0", Ok(FileType::Tiff)),
            ("heic", b"\0\0\0\x18ftypheic\0\0\0\0", Ok(FileType::Heic)),
            ("mp4", b"\0\0\0\x18ftypisom\0\0\0\0", Ok(FileType::Mp4)),
            ("m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", Ok(FileType::M4a)),
            ("avif", b"\0\0\0\x18ftypavif\0\0\0\0", Err(Fault::NotTaken)),
            ("mp3", &mp3, Ok(FileType::Mp3)),
            ("글", "안녕하십니까".as_bytes(), Ok(FileType::Text)),
            ("유니코드", b"\xFF\xFE\x00\xAC\x01\xAC", Ok(FileType::Text)),
            ("옛글", b"\xB0\xA1\xB3\xAA\r\n", Ok(FileType::Text)),
            (
                "쪽",
                b"  <!DOCTYPE html><script>",
                Err(Fault::Harmful(Harm::Page)),
            ),
            (
                "그림글",
                b"\xEF\xBB\xBF<svg onload=alert(1)>",
                Err(Fault::Harmful(Harm::Page)),
            ),
            ("쉘", b"#!/bin/sh\nrm", Err(Fault::Harmful(Harm::Script))),
            ("docx", &word, Ok(FileType::Docx)),
            (
                "이름만 word",
                &zip_of(&[("word/document.xml", b"<w/>")]),
                Ok(FileType::Zip),
            ),
            (
                "zip 안의 웹 문서",
                &zip_of(&[("명세서.html", b"<html>")]),
                Err(Fault::Harmful(Harm::Page)),
            ),
            (
                "docm",
                &zip_of(&[("[Content_Types].xml", MACRO), ("word/document.xml", b"<w/>")]),
                macro_in,
            ),
            (
                "숨긴 매크로",
                &zip_of(&[("[Content_Types].xml", WORD), ("word/vbaProject.bin", b"x")]),
                macro_in,
            ),
            (
                "odt",
                &zip_of(&[
                    ("mimetype", b"application/vnd.oasis.opendocument.text"),
                    ("content.xml", b"<x/>"),
                ]),
                Ok(FileType::Odt),
            ),
            (
                "odt 매크로",
                &zip_of(&[
                    ("mimetype", b"application/vnd.oasis.opendocument.text"),
                    ("Basic/Standard/M.xml", b"<x/>"),
                ]),
                macro_in,
            ),
            (
                "hwpx",
                &zip_of(&[
                    ("mimetype", b"application/hwp+zip"),
                    ("Contents/section0.xml", b"<x/>"),
                ]),
                Ok(FileType::Hwpx),
            ),
            (
                "hwpx 아님",
                &zip_of(&[
                    ("Contents/section0.hml", b"<x/>"),
                    ("mimetype", b"application/hwp+zip"),
                ]),
                Ok(FileType::Zip),
            ),
            (
                "zip",
                &zip_of(&[("사진.jpg", b"\xFF\xD8\xFF")]),
                Ok(FileType::Zip),
            ),
            ("zip 안의 문서", &nested, Ok(FileType::Zip)),
            (
                "zip 안의 매크로",
                &zip_of(&[("a.docx", &zip_of(&[("word/vbaProject.bin", b"x")]))]),
                macro_in,
            ),
            (
                "zip 안의 실행",
                &zip_of(&[("사진.jpg", b"MZ\x90\0\x03\0\0\0")]),
                program,
            ),
            (
                "zip 안의 스크립트",
                &zip_of(&[("a/b.vbs", b"x")]),
                Err(Fault::Harmful(Harm::Script)),
            ),
            (
                "zip 안의 7z",
                &zip_of(&[("a.7z", b"7z\xBC\xAF\x27\x1C\0")]),
                Err(Fault::NotTaken),
            ),
            (
                "jar",
                &zip_of(&[("META-INF/MANIFEST.MF", b"x"), ("A.class", b"\xCA\xFE\xBA\xBE")]),
                program,
            ),
            (
                "밖으로",
                &zip_of(&[("../../etc/cron.d/x", b"x")]),
                Err(Fault::Broken),
            ),
            ("빈 zip", &zip_of(&[]), Err(Fault::NotTaken)),
            ("hwp", &hwp(1), Ok(FileType::Hwp)),
            ("잠긴 hwp", &hwp(3), Err(Fault::Locked)),
            (
                "doc",
                &compound::compose(&[("WordDocument", b"x")]),
                Ok(FileType::Doc),
            ),
            (
                "xls",
                &compound::compose(&[("Workbook", b"x")]),
                Ok(FileType::Xls),
            ),
            (
                "ppt",
                &compound::compose(&[("PowerPoint Document", b"x")]),
                Ok(FileType::Ppt),
            ),
            (
                "매크로 doc",
                &compound::compose(&[("WordDocument", b"x"), ("_VBA_PROJECT", b"x")]),
                macro_in,
            ),
            (
                "잠긴 docx",
                &compound::compose(&[("EncryptedPackage", b"x")]),
                Err(Fault::Locked),
            ),
            (
                "모르는 묶음",
                &compound::compose(&[("Other", b"x")]),
                Err(Fault::NotTaken),
            ),
        ];
        for (name, content, wanted) in cases {
            assert_eq!(tell(content), *wanted, "{name}");
        }
    }

    #[test]
    fn an_archive_that_swells_is_not_unpacked() {
        let zeros = vec![0_u8; 8 << 20];
        let tight = zip_of(&[("a", &zeros)]);
        assert!(tight.len() < 20_000);
        assert_eq!(tell(&tight), Err(Fault::Bomb), "ratio");
        let mut deep = zip_of(&[("a.txt", b"x")]);
        for _ in 0..archive::DEPTH {
            deep = zip_of(&[("a.zip", &deep)]);
        }
        assert_eq!(tell(&deep), Err(Fault::Bomb), "depth");
        let names: Vec<String> = (0..=archive::PARTS).map(|n| n.to_string()).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        assert_eq!(tell(&zip_of(&parts)), Err(Fault::Bomb), "number");
        // Many archives that are each within the limits, together beyond the sum: barely packed, so that no ratio tells.
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            [(state >> 24) as u8; 16]
        })
        .take(60_000)
        .flatten()
        .collect();
        let one = zip_of(&[("n", &noise)]);
        let copies: Vec<String> = (0..300).map(|n| format!("{n}.zip")).collect();
        let parts: Vec<(&str, &[u8])> = copies
            .iter()
            .map(|name| (name.as_str(), one.as_slice()))
            .collect();
        assert_eq!(tell(&zip_of(&parts)), Err(Fault::Bomb), "sum");
    }

    #[test]
    fn sizes_that_a_directory_tells_are_not_believed() {
        let mut zip = zip_of(&[("a", &vec![0_u8; 8 << 20])]);
        // The size unpacked, in the directory and in the part's own header: one byte.
        let directory = zip.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
        zip[directory + 24..directory + 28].copy_from_slice(&1_u32.to_le_bytes());
        assert!(
            matches!(tell(&zip), Err(Fault::Bomb | Fault::Broken)),
            "{:?}",
            tell(&zip)
        );
    }

    #[test]
    fn a_locked_archive_is_told() {
        let mut zip = zip_of(&[("a.txt", b"hello")]);
        let directory = zip.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
        zip[directory + 8] |= 1;
        zip[6] |= 1;
        assert_eq!(tell(&zip), Err(Fault::Locked));
    }
}
