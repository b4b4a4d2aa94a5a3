//! 씨앗 — bytes to begin with: small whole examples of what each target reads.

use crypto::attestation::{Attestation, RootStatement};
use crypto::merkle::{self, Hash};
use crypto::place::Place;
use crypto::proof::{Receipt, RootsFile, SignedRoot};
use crypto::sign::Signer;
use domain::id::PetitionId;
use domain::text::Commitment;
use domain::time::At;
use files::compound;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) fn texts(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub(crate) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("a part can be begun");
        zip.write_all(content).expect("a part can be written");
    }
    zip.finish().expect("a zip can be finished").into_inner()
}

fn word() -> Vec<u8> {
    let types = br#"<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    packed(&[("[Content_Types].xml", types), ("word/document.xml", b"<w/>")])
}

fn photo() -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0".to_vec();
    tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0\0\x01\0\x02\0\x02\0\0\0\x04N\0\0\0\0\0\0\0");
    let mut photo = b"\xFF\xD8\xFF\xE1".to_vec();
    photo.extend(u16::try_from(tiff.len() + 8).unwrap_or_default().to_be_bytes());
    photo.extend(b"Exif\0\0");
    photo.extend(tiff);
    photo.extend(b"\xFF\xE2\0\x0EICC_PROFILE\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0x\xFF\0\xFF\xD9");
    photo
}

fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap_or_default().to_be_bytes();
    [size.as_slice(), name, content].concat()
}

fn film() -> Vec<u8> {
    let place = boxed(b"udta", &boxed(b"\xA9xyz", b"+37+126/"));
    [
        boxed(b"ftyp", b"isom\0\0\0\0"),
        boxed(
            b"moov",
            &[boxed(b"trak", &place), boxed(b"meta", b"keys")].concat(),
        ),
        boxed(b"mdat", b"x"),
    ]
    .concat()
}

fn heic() -> Vec<u8> {
    let infe = |id: u8, kind: &[u8; 4]| {
        boxed(
            b"infe",
            &[&[2, 0, 0, 0, 0, id, 0, 0], kind.as_slice(), b"\0"].concat(),
        )
    };
    let iinf = boxed(
        b"iinf",
        &[b"\0\0\0\0\0\x02".to_vec(), infe(1, b"hvc1"), infe(2, b"Exif")].concat(),
    );
    let iloc = boxed(
        b"iloc",
        b"\0\0\0\0\x44\0\0\x02\0\x01\0\0\0\x01\0\0\0\x10\0\0\0\x01\0\x02\0\0\0\x01\0\0\0\x90\0\0\0\x04",
    );
    let meta = boxed(b"meta", &[b"\0\0\0\0".to_vec(), iinf, iloc].concat());
    [boxed(b"ftyp", b"heic\0\0\0\0"), meta, boxed(b"mdat", &[7; 40])].concat()
}

fn gif() -> Vec<u8> {
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xFE\x02hi\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B".to_vec()
}

fn webp() -> Vec<u8> {
    b"RIFF\x2A\0\0\0WEBPVP8X\x0A\0\0\0\x0C\0\0\0\0\0\0\0\0\0VP8 \x02\0\0\0xxXMP \x02\0\0\0hi".to_vec()
}

fn tiff() -> Vec<u8> {
    b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x0F\x01\x02\0\x08\0\0\0\x26\0\0\0\0\0\0\0Telephon".to_vec()
}

fn each_picture() -> Vec<Vec<u8>> {
    vec![
        photo(),
        files::picture::smallest(),
        webp(),
        gif(),
        tiff(),
        heic(),
        film(),
        film(),
    ]
}

pub(crate) fn pictures() -> Vec<Vec<u8>> {
    (each_picture().into_iter().zip(0_u8..))
        .map(|(picture, kind)| [vec![kind], picture].concat())
        .collect()
}

pub(crate) fn archives() -> Vec<Vec<u8>> {
    let header = [b"HWP Document File".as_slice(), &[0; 23]].concat();
    vec![
        word(),
        packed(&[("a.zip", &word())]),
        packed(&[
            ("mimetype", b"application/hwp+zip"),
            ("Contents/section0.xml", b"<x/>"),
        ]),
        compound::compose(&[("FileHeader", &header)]),
        compound::compose(&[("WordDocument", b"x"), ("_VBA_PROJECT", b"x")]),
    ]
}

pub(crate) fn files() -> Vec<Vec<u8>> {
    let named = |name: &str, content: Vec<u8>| [name.as_bytes(), b"\n", &content].concat();
    let pictures = [
        "a.jpg", "a.png", "a.webp", "a.gif", "a.tif", "a.heic", "a.mp4", "a.m4a",
    ];
    let mut all: Vec<Vec<u8>> = (pictures.iter().zip(each_picture()))
        .map(|(name, picture)| named(name, picture))
        .collect();
    all.extend(archives().into_iter().map(|archive| named("..\\con", archive)));
    all.extend([
        named("문서.pdf", b"%PDF-1.7".to_vec()),
        named("표.csv", "가,나".into()),
        named("글", b"\xB0\xA1\xB3\xAA".to_vec()),
        named(
            "a.mp3",
            [
                [0xFF_u8, 0xFB, 0x90, 0].as_slice(),
                &[0; 413],
                &[0xFF, 0xFB, 0x90, 0],
            ]
            .concat(),
        ),
    ]);
    all
}

pub(crate) fn numbers() -> Vec<Vec<u8>> {
    texts(&[
        "20261123-ABCDEFG",
        "2026-123",
        "정보공개-2026-12",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "S134",
        "2026-11",
        "P7D",
        "7일",
        "1234567890123",
        "123-45-67890",
        "110111-1234567",
        "ABCD-EFGH-IJKL-MNOP",
    ])
}

pub(crate) fn words() -> Vec<Vec<u8>> {
    texts(&[
        "010-1234-5678",
        "가로등 \"고장 신고\" 2026",
        "2018. 7. 17.(화) 14:05",
        "2026-11-23T10:00",
        "7일(근무일 5일)",
        "가) 첫째\n나) 둘째",
        "위임장; 신분증 사본 | 등기부(공동이용)",
        "홍길동입니다. 010-1234-5678로",
    ])
}

pub(crate) fn proofs() -> Vec<Vec<u8>> {
    let mut all = texts(&["MW1ABCDEFGH234567", "MW1"]);
    all.push(vec![7; 72]);
    all.push(format!("MW1{}", "A".repeat(304)).into_bytes());
    all
}

/// An office of two roots, and the proof of the second event under the second root.
pub(crate) fn roots() -> Vec<Vec<u8>> {
    let signer = Signer::generate(&mut |out: &mut [u8]| out.fill(1));
    let leaves: Vec<Hash> = (0..8).map(|n| merkle::leaf(&[n; 32])).collect();
    let root = |number, first: usize, next: usize, previous| {
        let statement = RootStatement {
            place: "live",
            number,
            first_leaf: first as u64,
            leaves: (next - first) as u64,
            root: merkle::root(&leaves[first..next]),
            previous,
            drawn_at: At(5_000),
        };
        let signed = statement.sign(&signer);
        SignedRoot { statement, signed }
    };
    let first = root(1, 0, 5, [0; 32]);
    let second = root(2, 5, 8, first.statement.link());
    let said = Attestation {
        petition: PetitionId::from_slice(&[6; 16]).expect("sixteen bytes"),
        seq: 1,
        event: [6; 32],
        commitment: Commitment([9; 32]),
        recorded_at: At(1_000),
    };
    let receipt = Receipt {
        statement: (said, said.sign(&signer)),
        leaf: 6,
        path: merkle::inclusion(&leaves[5..8], 1).unwrap_or_default(),
        root: second,
    };
    let file = RootsFile {
        keys: vec![(Place::Live, signer.public())],
        roots: vec![first, second],
    };
    let twice = RootsFile {
        keys: file.keys.clone(),
        roots: vec![first, first],
    };
    texts(&[
        &file.to_string(),
        &receipt.to_string(),
        &format!("{file}{receipt}"),
        &twice.to_string(),
        "minwon-roots 1\n",
    ])
}

pub(crate) fn register() -> Vec<Vec<u8>> {
    texts(&[
        "2019-1\n2019-03-04\n2019-03-05 10:00\n2019-03-12\n2019-03-11\n도로시설과\n홍길동\n질의민원\n회신",
        "1\n\n2019-03-04\n접수",
    ])
}
