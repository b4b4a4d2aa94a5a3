//! 이름 — what marks a template of a paper may hold: the fields of its form, and what every page or letter has.

use domain::papers::{Form, Part, Sheet};
use std::collections::BTreeSet;

/// Beside the fields of its form, on a page.
pub(super) const OF_PAGES: &[&str] = &[
    "기관명",
    "제목",
    "서식",
    "맺음말",
    "날짜",
    "서명",
    "받는 기관",
    "발신명의",
    "관인",
    "진위 확인",
];

/// Beside the fields of its form, in a letter.
pub(super) const OF_LETTERS: &[&str] = &[
    "기관명",
    "수신",
    "경유",
    "제목",
    "머리말",
    "본문",
    "안내",
    "붙임",
    "발신명의",
    "관인",
    "기안자",
    "검토자",
    "협조자",
    "결재권자",
    "문서번호",
    "시행일",
    "접수번호",
    "민원명",
    "접수일시",
    "우편번호",
    "주소",
    "누리집",
    "전화",
    "전송",
    "전자우편",
    "공개구분",
    "보존기간",
    "담당자",
    "진위 확인",
];

/// Every name a template of this paper may use; none for registers, which have no template of this kind.
pub fn names(form: &Form) -> BTreeSet<String> {
    let fixed = match form.sheet {
        Sheet::Page => OF_PAGES,
        Sheet::Letter => OF_LETTERS,
        Sheet::Register => return BTreeSet::new(),
    };
    let mut names: BTreeSet<String> = fixed.iter().map(|name| (*name).to_owned()).collect();
    for field in form.fields {
        match field.part {
            Part::List => {
                names.insert(field.ko.to_owned());
                names.extend(["순번", "내용"].map(|of| format!("{}.{of}", field.ko)));
            }
            Part::Column(_) => {}
            Part::Row | Part::Box(_) | Part::Guidance | Part::Item | Part::Letter => {
                names.insert(field.ko.to_owned());
            }
        }
    }
    names
}
