//! 처리기간 연장 통지 — that the period was extended, why, and until when (영 제21조제3항, 제31조, 규칙 별지 제5호서식).
//!
//! 서식 확인 필요: sent as an official letter with the fields of the decree; the drawing of form 5 was not at hand.

use crate::letter::{Letter, numbered};
use crate::parts;
use crate::press::{Lang, NotPrinted, Press, Printed};
use domain::time::At;

/// The notice.
#[derive(Debug, Clone)]
pub struct ExtensionNotice {
    /// Head and foot.
    pub letter: Letter,
    /// 당초 처리기한: the first instant that would have been late.
    pub due_before: At,
    /// 처리완료 예정일: the first instant that is late now.
    pub due_now: At,
    /// 연장 사유: the coded ground in words, and what is particular to this petition.
    pub reason: String,
}

impl ExtensionNotice {
    /// Prints the notice.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let petition = &self.letter.petition;
        let opening = lang.pick(
            "귀하께서 신청하신 민원의 처리기간을 「민원 처리에 관한 법률 시행령」 제21조에 따라 다음과 같이 연장하였음을 \
             알려 드립니다.",
            "The handling period of your petition has been extended under Article 21 of the Enforcement Decree of the \
             Civil Petitions Treatment Act, as follows.",
        );
        let facts = [
            ("민원명", "Petition", petition.service.clone()),
            ("접수번호", "Reception number", petition.reception_number.clone()),
            ("접수일시", "Received", parts::moment(petition.received_at, lang)),
            ("당초 처리기한", "Due before", parts::due(self.due_before, lang)),
            ("연장 사유", "Reason", self.reason.clone()),
            (
                "처리완료 예정일",
                "To be completed by",
                parts::due(self.due_now, lang),
            ),
        ];
        let mut text = Vec::new();
        let facts = facts
            .map(|(ko, en, value)| format!("{}: {value}", lang.pick(ko, en)))
            .to_vec();
        numbered(&mut text, vec![(opening.to_owned(), facts)]);
        let subject = lang.pick("민원 처리기간 연장 통지", "Extension of the handling period");
        self.letter.print(press, lang, "extension_notice", subject, text)
    }
}
