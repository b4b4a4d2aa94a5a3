//! 사진 시험 — real structures with a place in them: it goes, everything else stays byte for byte.

use super::*;
use proptest::prelude::*;

/// Where no official needs to know the photographer stood; looked for in every cleaned file.
const PLACE: &[u8] = b"GPS37.5665N126.9780E";

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// An Exif description: which way up, a pointer to a directory of the place, and the place.
fn exif(big: bool, way: u16) -> Vec<u8> {
    let short = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
    let long = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
    let mut tiff = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    tiff.extend(long(8));
    tiff.extend(short(2));
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [short(tag).as_slice(), &short(kind), &long(count), &value].concat()
    };
    let way = [short(way).as_slice(), &[0, 0]].concat().try_into().unwrap();
    tiff.extend(entry(0x0112, 3, 1, way));
    tiff.extend(entry(0x8825, 4, 1, long(38)));
    tiff.extend(long(0));
    // The directory of the place: one entry, a text of twenty bytes behind it.
    tiff.extend(short(1));
    tiff.extend(entry(2, 2, u32::try_from(PLACE.len()).unwrap(), long(56)));
    tiff.extend(long(0));
    tiff.extend(PLACE);
    tiff
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [[0xFF, marker].as_slice(), &length, content].concat()
}

fn photo(way: u16, big: bool) -> Vec<u8> {
    [
        b"\xFF\xD8".to_vec(),
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xE1, &[b"Exif\0\0".as_slice(), &exif(big, way)].concat()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>GPS37.5665N126.9780E</x>"),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
        segment(0xED, b"Photoshop 3.0\08BIM GPS37.5665N126.9780E"),
        segment(0xFE, b"GPS37.5665N126.9780E"),
        segment(0xDB, &[7; 65]),
        segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        b"\x12\xFF\0\x34\xFF\xD0\x56".to_vec(),
        b"\xFF\xD9".to_vec(),
        b"film behind it GPS37.5665N126.9780E".to_vec(),
    ]
    .concat()
}

#[test]
fn a_photo_loses_its_place_and_keeps_picture_colours_and_which_way_up() {
    for big in [false, true] {
        let before = photo(6, big);
        assert!(holds(&before, PLACE));
        let after = clean(FileType::Jpeg, &before)
            .unwrap()
            .expect("something to take out");
        assert!(!holds(&after, PLACE));
        let wanted = [
            b"\xFF\xD8".to_vec(),
            segment(0xE1, &[b"Exif\0\0".as_slice(), &upright(6)].concat()),
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xDB, &[7; 65]),
            segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            b"\x12\xFF\0\x34\xFF\xD0\x56\xFF\xD9".to_vec(),
        ]
        .concat();
        assert_eq!(after, wanted);
        assert_eq!(orientation(&after[12..]), Some(6));
        assert_eq!(
            clean(FileType::Jpeg, &after),
            Ok(None),
            "nothing is left to take out"
        );
    }
    let plain = clean(FileType::Jpeg, &photo(1, true)).unwrap().unwrap();
    assert!(!holds(&plain, b"Exif"), "the usual way up needs no word");
    assert_eq!(
        clean(FileType::Jpeg, b"\xFF\xD8\xFF\xE1\xFF\xFFcut"),
        Err(Fault::Broken)
    );
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), content].concat();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [length.as_slice(), &named, &crc(&named).to_be_bytes()].concat()
}

#[test]
fn a_png_loses_its_texts() {
    let mark = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let before = [
        mark.clone(),
        head.clone(),
        chunk(b"iCCP", b"p\0\0x"),
        chunk(b"tEXt", b"Location\0GPS37.5665N126.9780E"),
        chunk(b"eXIf", &exif(true, 8)),
        chunk(b"prVt", PLACE),
        chunk(b"IDAT", b"picture"),
        chunk(b"IEND", b""),
        PLACE.to_vec(),
    ]
    .concat();
    let after = clean(FileType::Png, &before).unwrap().unwrap();
    let wanted = [
        mark,
        head,
        chunk(b"iCCP", b"p\0\0x"),
        chunk(b"eXIf", &upright(8)),
        chunk(b"IDAT", b"picture"),
        chunk(b"IEND", b""),
    ]
    .concat();
    assert_eq!(after, wanted);
    // The check sum of the format's own empty end, as its standard gives it.
    assert!(holds(&after, b"IEND\xAE\x42\x60\x82"));
    assert_eq!(clean(FileType::Png, b"\x89PNG\r\n\x1a\n1234"), Err(Fault::Broken));
}

#[test]
fn a_webp_loses_its_descriptions_and_its_flags_follow() {
    let part = |name: &[u8; 4], content: &[u8]| {
        let mut part = name.to_vec();
        part.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        part.extend(content);
        part.extend(vec![0; content.len() % 2]);
        part
    };
    let parts = [
        part(b"VP8X", &[0b1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        part(b"VP8 ", b"picture"),
        part(b"EXIF", &exif(false, 3)),
        part(b"XMP ", PLACE),
    ]
    .concat();
    let size = u32::try_from(parts.len() + 4).unwrap().to_le_bytes();
    let before = [b"RIFF".as_slice(), &size, b"WEBP", &parts].concat();
    let after = clean(FileType::Webp, &before).unwrap().unwrap();
    assert!(!holds(&after, PLACE) && holds(&after, b"picture"));
    assert_eq!(after[20], 0b1000, "which way up is still told");
    assert_eq!(
        after.len(),
        8 + u32::from_le_bytes(after[4..8].try_into().unwrap()) as usize
    );
    assert_eq!(clean(FileType::Webp, &after), Ok(None));
}

#[test]
fn a_gif_loses_comments_and_still_repeats() {
    let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let repeat = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    let comment = [b"\x21\xFE\x14".as_slice(), PLACE, b"\0"].concat();
    let xmp = [b"\x21\xFF\x0BXMP DataXMP\x14".as_slice(), PLACE, b"\0"].concat();
    let before = [head.as_slice(), repeat, &comment, &xmp, picture, b"\x3B", PLACE].concat();
    let after = clean(FileType::Gif, &before).unwrap().unwrap();
    assert_eq!(after, [head.as_slice(), repeat, picture, b"\x3B"].concat());
}

#[test]
fn a_tiff_is_cleaned_where_it_lies() {
    for big in [false, true] {
        let before = exif(big, 6);
        let after = clean(FileType::Tiff, &before).unwrap().unwrap();
        assert!(!holds(&after, PLACE));
        assert_eq!(after.len(), before.len());
        assert_eq!(orientation(&after), Some(6));
        assert_eq!(clean(FileType::Tiff, &after), Ok(None));
    }
    // A directory that comes back to itself.
    assert_eq!(
        clean(FileType::Tiff, b"MM\0*\0\0\0\x08\0\0\0\0\0\x08"),
        Err(Fault::Broken)
    );
}

/// Found by fuzzing: emptied, the maker's name took the head of the file with it, and what was kept was no picture.
#[test]
fn a_tiff_whose_parts_lie_over_its_head_is_not_kept() {
    let tiff = |maker: u8| {
        let mut tiff = b"II*\0\x08\0\0\0\x01\0\x0F\x01\x02\0\x08\0\0\0".to_vec();
        tiff.extend([maker, 0, 0, 0, 0, 0, 0, 0]);
        tiff.extend(b"Telephon");
        clean(FileType::Tiff, &tiff)
    };
    assert!(matches!(tiff(26), Ok(Some(_))));
    assert_eq!(tiff(0), Err(Fault::Broken));
}

fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [size.as_slice(), name, content].concat()
}

#[test]
fn a_film_loses_the_place_it_was_taken_at() {
    let place = boxed(b"udta", &boxed(b"\xA9xyz", PLACE));
    let track = boxed(b"trak", &[boxed(b"tkhd", b"head"), place.clone()].concat());
    let keys = boxed(b"meta", PLACE);
    let before = [
        boxed(b"ftyp", b"isom\0\0\0\0"),
        boxed(b"moov", &[boxed(b"mvhd", b"head"), track, place, keys].concat()),
        boxed(b"mdat", b"pictures"),
    ]
    .concat();
    let after = clean(FileType::Mp4, &before).unwrap().unwrap();
    assert!(!holds(&after, PLACE) && holds(&after, b"tkhd") && holds(&after, b"pictures"));
    assert_eq!(after.len(), before.len(), "every place in the file stays right");
    assert_eq!(clean(FileType::Mp4, &after), Ok(None));
}

#[test]
fn a_heic_loses_its_description() {
    let exif = [b"\0\0\0\0".as_slice(), &exif(true, 6)].concat();
    let names = |id: u8, kind: &[u8; 4]| {
        boxed(
            b"infe",
            &[&[2, 0, 0, 0, 0, id, 0, 0], kind.as_slice(), b"\0"].concat(),
        )
    };
    let iinf = boxed(
        b"iinf",
        &[b"\0\0\0\0\0\x02".to_vec(), names(1, b"hvc1"), names(2, b"Exif")].concat(),
    );
    // Two items with a place and a length of four bytes each: the picture, and what describes it.
    let places = |from: u32| {
        let item = |id: u8, from: u32, length: usize| {
            let length = u32::try_from(length).unwrap();
            [
                [0, id, 0, 0, 0, 1].as_slice(),
                &from.to_be_bytes(),
                &length.to_be_bytes(),
            ]
            .concat()
        };
        boxed(
            b"iloc",
            &[
                b"\0\0\0\0\x44\0\0\x02".to_vec(),
                item(1, from, 7),
                item(2, from + 7, exif.len()),
            ]
            .concat(),
        )
    };
    let file = |from: u32| {
        let meta = boxed(
            b"meta",
            &[b"\0\0\0\0".to_vec(), iinf.clone(), places(from)].concat(),
        );
        let data = boxed(b"mdat", &[b"picture".as_slice(), &exif].concat());
        ([boxed(b"ftyp", b"heic\0\0\0\0"), meta].concat(), data)
    };
    let from = u32::try_from(file(0).0.len() + 8).unwrap();
    let before = [file(from).0, file(from).1].concat();
    let after = clean(FileType::Heic, &before).unwrap().unwrap();
    assert!(!holds(&after, PLACE) && holds(&after, b"picture"));
    assert_eq!(after.len(), before.len());
    assert_eq!(clean(FileType::Heic, &after), Ok(None));
}

proptest! {
    /// Whatever comes in, no cleaning breaks down, and cleaning twice is cleaning once.
    #[test]
    fn no_content_breaks_the_cleaning(kind in 0..FileType::ALL.len(), start in 0..6_usize, bytes in proptest::collection::vec(any::<u8>(), 0..400), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let begins = [photo(6, true), photo(3, false), exif(true, 6), exif(false, 2), bytes.clone(), [b"\x89PNG\r\n\x1a\n".to_vec(), bytes].concat()];
        let mut content = begins[start].clone();
        if !content.is_empty() {
            let at = at.index(content.len());
            content[at] = with;
        }
        let kind = FileType::ALL[kind];
        if let Ok(Some(once)) = clean(kind, &content) {
            prop_assert_eq!(clean(kind, &once), Ok(None));
        }
    }
}
