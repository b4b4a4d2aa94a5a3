//! 올라온 파일 — what a stranger uploads.

use domain::terms::FileType;
use files::{archive, compound, kind, name, picture};
use std::hint::black_box;

/// A name up to the first line end, and a content.
pub(crate) fn files(data: &[u8]) {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let typed = String::from_utf8_lossy(&data[..at]);
    let content = data.get(at + 1..).unwrap_or_default().to_vec();
    let Ok(taken) = files::take(&typed, content) else {
        return;
    };
    assert!(taken.name.len() <= name::LONGEST);
    assert!(
        !taken
            .name
            .contains(['/', '\\', '"', '\r', '\n', '\0', '\u{202E}'])
    );
    let ending = name::ending(&taken.name).expect("a name has an ending");
    assert!(kind::endings(taken.kind).contains(&ending.as_str()));
    assert_eq!(name::safe(&taken.name, taken.kind), taken.name);
    // What was taken is taken again, as the same, with nothing left to clean.
    let again = files::take(&taken.name, taken.bytes.clone()).expect("what was taken is taken again");
    assert_eq!((again.kind, again.cleaned), (taken.kind, false));
    assert!(again.bytes == taken.bytes);
}

/// A type by its first byte, and a content.
pub(crate) fn pictures(data: &[u8]) {
    let Some((first, content)) = data.split_first() else {
        return;
    };
    const KINDS: [FileType; 8] = [
        FileType::Jpeg,
        FileType::Png,
        FileType::Webp,
        FileType::Gif,
        FileType::Tiff,
        FileType::Heic,
        FileType::Mp4,
        FileType::M4a,
    ];
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    if let Ok(Some(clean)) = picture::clean(kind, content) {
        assert!(
            clean.len() <= content.len() + 64,
            "cleaning does not make a file larger"
        );
        assert_eq!(
            picture::clean(kind, &clean),
            Ok(None),
            "cleaned twice is cleaned once"
        );
    }
}

/// A zip or a compound file.
pub(crate) fn archives(data: &[u8]) {
    let _ = black_box(compound::list(data));
    if let Ok(facts) = archive::look(data) {
        let _ = black_box(kind::of_archive(&facts, data));
    }
}
