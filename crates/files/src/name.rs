//! 파일 이름 — made safe for every file system, header and page; what is harmless stays as it was typed.

use domain::terms::FileType;
use unicode_normalization::UnicodeNormalization;

/// Longest name, in bytes of UTF-8: what every file system takes, with room for a number a browser may add.
pub const LONGEST: usize = 240;
/// An ending is short and plain; anything else is part of the name.
const ENDING: usize = 8;
/// What a file was called before it was a file: names of devices on one system, and so of no file on it.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "clock$", "conin$", "conout$"];

/// The ending in small letters, without its dot; `None` where there is none.
pub fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.trim_end_matches(['.', ' ']).rsplit_once('.')?;
    let plain = (1..=ENDING).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    (plain && !stem.is_empty()).then(|| ending.to_ascii_lowercase())
}

/// Whether a character may stand in a name: no control, no change of writing direction, nothing invisible.
fn shown(c: char) -> bool {
    let hidden = matches!(c, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    !c.is_control() && !hidden && !matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
}

/// A safe name: the last part of a path, composed letters (some systems send 한글 in pieces), no character that means
/// something to a system or cannot be seen, no device, not too long; with the ending of its kind where it has none.
pub fn safe(name: &str, kind: FileType) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // What cannot be seen goes first: it may have stood between two letters that are composed without it.
    let clean: String = (last.chars().filter(|c| shown(*c)))
        .nfc()
        .map(|c| {
            if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';') {
                '_'
            } else {
                c
            }
        })
        .collect();
    let clean = clean.trim().trim_end_matches(['.', ' ']);
    let own = ending(clean).filter(|ending| crate::kind::endings(kind).contains(&ending.as_str()));
    let (stem, end) = match &own {
        Some(own) => (
            &clean[..clean.len() - own.len() - 1],
            clean[clean.len() - own.len()..].to_owned(),
        ),
        None => (clean, crate::kind::endings(kind)[0].to_owned()),
    };
    let stem = stem.trim_end_matches(['.', ' ']);
    let mut stem = if stem.is_empty() { "file" } else { stem };
    // Room for the dot, and for the guard of a device.
    let room = LONGEST - end.len() - 1 - usize::from(is_device(stem));
    while stem.len() > room {
        let mut letters = stem.chars();
        letters.next_back();
        stem = letters.as_str();
    }
    // Cut off, it may end in what no name ends in.
    let cut = stem.trim_end_matches(['.', ' ']);
    let stem = if cut.is_empty() { "file" } else { cut };
    let guard = if is_device(stem) { "_" } else { "" };
    format!("{guard}{stem}.{end}")
}

fn is_device(stem: &str) -> bool {
    let first = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    let numbered = |port: &str| {
        (first.strip_prefix(port)).is_some_and(|n| {
            n.chars().count() == 1 && n.starts_with(|c: char| c.is_numeric() || "¹²³".contains(c))
        })
    };
    DEVICES.contains(&first.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_harmless_stays_and_what_is_not_goes() {
        for (typed, kept) in [
            ("현장 사진 (1).pdf", "현장 사진 (1).pdf"),
            ("위임장_홍길동.PDF", "위임장_홍길동.PDF"),
            ("..\\..\\창고\\a.pdf", "a.pdf"),
            ("../../a.pdf", "a.pdf"),
            ("영수증\u{202E}fdp.exe.pdf", "영수증fdp.exe.pdf"),
            ("줄\r\n바꿈\0.pdf", "줄바꿈.pdf"),
            ("\u{1112}\u{1161}\u{11AB}.pdf", "한.pdf"),
            // Found by fuzzing: composed only when it came in again, it was another name.
            ("g\0\u{304}.pdf", "\u{1E21}.pdf"),
            ("a<b>:\"|?*.pdf", "a_b______.pdf"),
            ("con.pdf", "_con.pdf"),
            ("COM1.tar.pdf", "_COM1.tar.pdf"),
            ("", "file.pdf"),
            ("...", "file.pdf"),
            (".pdf", ".pdf.pdf"),
            ("이름.", "이름.pdf"),
        ] {
            assert_eq!(safe(typed, FileType::Pdf), kept, "{typed:?}");
        }
        // Found by fuzzing: with its guard a long name of a device was cut once more each time it came in.
        let device = safe(&format!("con.{}", "a".repeat(400)), FileType::Pdf);
        assert_eq!(
            (device.len(), safe(&device, FileType::Pdf)),
            (LONGEST, device.clone())
        );
        let long = safe(&format!("{}.pdf", "가".repeat(400)), FileType::Pdf);
        assert!(
            long.len() <= LONGEST && long.ends_with("가.pdf"),
            "{}",
            long.len()
        );
    }

    proptest! {
        #[test]
        fn every_name_becomes_safe_and_stays_so(typed in "\\PC{0,300}|[\\x00-\\x7f]{0,40}|(con|nul|com1|..)(\\.[a-z]{0,4}){0,3}") {
            let once = safe(&typed, FileType::Pdf);
            prop_assert!(once.len() <= LONGEST && !once.contains(['/', '\\', '"', '\r', '\n', '\0']));
            prop_assert!(once.to_ascii_lowercase().ends_with(".pdf"));
            prop_assert_eq!(safe(&once, FileType::Pdf), once.clone());
        }
    }
}
