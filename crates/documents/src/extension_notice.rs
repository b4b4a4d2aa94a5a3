//! 처리기간 연장 통지 — that the period was extended, why, and until when (영 제21조제3항, 제31조, 규칙 별지 제5호서식).
//!
//! 서식 확인 필요: sent as an official letter with the fields of the decree; the drawing of form 5 was not at hand.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::letter::{Composed, Letter};
use crate::parts;
use crate::press::{Lang, NotPrinted, Press, Printed};
use domain::papers::table::EXTENSION;
use domain::time::At;

/// The notice.
#[derive(Debug, Clone)]
pub struct ExtensionNotice {
    /// Head and foot.
    pub letter: Letter,
    /// What was extended.
    pub of: Extended,
    /// 당초 처리기한: the first instant that would have been late.
    pub due_before: At,
    /// 처리완료 예정일: the first instant that is late now.
    pub due_now: At,
    /// 연장 사유: the coded ground in words, and what is particular to this petition.
    pub reason: String,
}

/// What is extended; the rule has one form for both (규칙 제6조제1항).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extended {
    /// 민원 처리기간 (영 제21조).
    #[default]
    Handling,
    /// 이의신청 결정기간 (법 제35조제2항, 영 제40조제3항).
    Objection,
}

impl ExtensionNotice {
    /// Prints the notice.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        self.letter.print(press, lang, self.composed(lang))
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.letter.values(self.composed(Lang::Ko))
    }

    fn composed(&self, lang: Lang) -> Composed {
        let petition = &self.letter.petition;
        let (subject, opening) = match self.of {
            Extended::Handling => (
                lang.pick("민원 처리기간 연장 통지", "Extension of the handling period"),
                lang.pick(
                    "귀하께서 신청하신 민원의 처리기간을 「민원 처리에 관한 법률 시행령」 제21조에 따라 다음과 같이 \
                     연장하였음을 알려 드립니다.",
                    "The handling period of your petition has been extended under Article 21 of the Enforcement Decree of \
                     the Civil Petitions Treatment Act, as follows.",
                ),
            ),
            Extended::Objection => (
                lang.pick(
                    "거부처분 이의신청 결정기간 연장 통지",
                    "Extension of the time to decide on your objection",
                ),
                lang.pick(
                    "귀하께서 하신 이의신청의 결정기간을 「민원 처리에 관한 법률」 제35조제2항 단서에 따라 다음과 같이 \
                     연장하였음을 알려 드립니다.",
                    "The time to decide on your objection has been extended under Article 35(2) of the Civil Petitions \
                     Treatment Act, as follows.",
                ),
            ),
        };
        let items = EXTENSION.items(
            lang,
            [
                petition.service.clone(),
                petition.reception_number.clone(),
                parts::moment(petition.received_at, lang),
                parts::due(self.due_before, lang),
                self.reason.clone(),
                parts::due(self.due_now, lang),
            ],
        );
        Composed {
            form: &EXTENSION,
            subject: subject.to_owned(),
            drafted: Vec::new(),
            opening: opening.to_owned(),
            items,
            lists: Vec::new(),
            advice: Vec::new(),
        }
    }
}
