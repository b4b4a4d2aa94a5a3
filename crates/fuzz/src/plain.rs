//! 짧은 글 — numbers, codes, addresses and words as strangers type them.

use crypto::attestation::{Attestation, Signed};
use crypto::proof::{Receipt, RootsFile};
use crypto::recovery::Share;
use domain::certificate::CheckCode;
use domain::due::Period;
use domain::form::{check, numbers as registered};
use domain::id::PetitionId;
use domain::inspection::Month;
use domain::mailing::RegisteredNumber;
use domain::number::{FilingNumber, ReceptionNumber};
use domain::register::{self, Cells, Column, Known};
use domain::search::{Query, fold, tokens};
use domain::terms::{Code, Kind};
use domain::time::At;
use domain::{korean, text};
use std::fmt::Display;
use std::hint::black_box;
use std::str::FromStr;

/// What is read is written so that it is read again as the same.
fn round<T: FromStr + Display + PartialEq + std::fmt::Debug>(text: &str) {
    if let Ok(read) = text.parse::<T>() {
        let written = read.to_string();
        let again = written.parse::<T>();
        assert!(
            again.is_ok_and(|again| again == read),
            "{text:?} was written {written:?}"
        );
    }
}

/// A text that may be a number.
pub(crate) fn numbers(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    round::<FilingNumber>(&text);
    round::<ReceptionNumber>(&text);
    round::<CheckCode>(&text);
    round::<RegisteredNumber>(&text);
    round::<PetitionId>(&text);
    round::<Code>(&text);
    round::<Kind>(&text);
    round::<Period>(&text);
    round::<Month>(&text);
    let _ = black_box(check::number(&text));
    let _ = black_box(registered::is_business(&text));
    let _ = black_box(registered::is_corporation(&text));
    let _ = black_box(registered::business(&text));
    let _ = black_box(registered::corporation(&text));
    let _ = black_box(registered::holds_resident(&text));
    let _ = black_box(domain::text::unhex(&text));
}

/// A text in somebody's own words.
pub(crate) fn words(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "folded twice is folded once");
    if let Some(query) = Query::parse(&text) {
        let held: std::collections::BTreeSet<String> = tokens(&text);
        assert!(query.tokens().is_subset(&held) || query.tokens().is_empty() || !query.holds(&text));
        let _ = black_box(query.holds("가로등이 꺼졌습니다"));
    }
    let hidden = text::mask(&text, &["홍길동"]);
    assert!(!hidden.contains("홍길동"));
    let _ = black_box(korean::phone(&text));
    let _ = black_box(korean::read_item_mark(&text));
    let _ = black_box(korean::with_josa(&text, korean::Josa::Topic));
    let _ = black_box(register::read_moment(&text));
    let _ = black_box(register::word(&text));
}

/// What stands on a receipt, or on a sheet in a safe.
pub(crate) fn proofs(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some((attestation, signed)) = Attestation::from_text(&text) {
        let written = attestation.to_text(&signed);
        let again = Attestation::from_text(&written).expect("what was written is read");
        assert!(again.0.to_text(&again.1) == written);
    }
    if let Some(signed) = Signed::from_slice(data) {
        assert_eq!(&signed.to_bytes()[..], data);
    }
    if let Ok(share) = text.parse::<Share>() {
        let _ = black_box((share.number(), share.threshold()));
        let _ = black_box(crypto::recovery::recover(&[share]));
    }
}

/// Files that anyone brings to be checked: roots, the proof of a receipt, or both, one after the other.
pub(crate) fn roots(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // Where a proof follows the roots, it is checked under them.
    let at = text.find("minwon-receipt").unwrap_or(text.len());
    let (roots, receipt) = text.split_at(at);
    let file = RootsFile::parse(roots);
    if let Ok(file) = &file {
        let written = file.to_string();
        assert_eq!(
            RootsFile::parse(&written).as_ref(),
            Ok(file),
            "{written:?} is read again"
        );
        assert_eq!(
            RootsFile::default().extends(file).is_ok(),
            written.lines().count() == 1
        );
        // A file that holds only adds to its own beginning.
        let mut earlier = file.clone();
        earlier.roots.truncate(file.roots.len() / 2);
        if file.check().is_ok() {
            assert_eq!(file.extends(&earlier), Ok(file.roots.len() - earlier.roots.len()));
        }
        let _ = black_box((file.extends(file), file.extends(&earlier), earlier.extends(file)));
    }
    if let Ok(receipt) = Receipt::parse(receipt) {
        let written = receipt.to_string();
        assert_eq!(Receipt::parse(&written).as_ref(), Ok(&receipt));
        let _ = black_box(receipt.check(&file.unwrap_or_default()));
    }
}

/// A row of an older register: one cell a line, in the order of the columns; what follows an empty line is its steps.
pub(crate) fn register(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let row = |text: &str| -> Cells {
        (Column::ALL.iter().copied())
            .zip(text.split('\n'))
            .map(|(column, cell)| (column, cell.to_owned()))
            .collect()
    };
    let (first, steps) = text.split_once("\n\n").unwrap_or((&text, ""));
    let steps: Vec<Cells> = steps.split("\n\n").take(10).map(row).collect();
    let now = At::seoul(jiff::civil::date(2026, 11, 23).at(10, 0, 0, 0));
    if let Ok(old) = register::read(&row(first), &steps, &Known::default(), now) {
        assert!(old.filed <= now && old.received.is_none_or(|at| at >= old.filed));
    }
}
