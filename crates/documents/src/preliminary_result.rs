//! 사전심사 결과 통지 — whether the petition would be granted (법 제30조제3항, 영 제31조, 규칙 제11조제2항, 별지 제9호서식).
//!
//! 서식 확인 필요: sent as an official letter with the fields of the articles; the drawing of form 9 was not at hand.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::letter::{Composed, Letter};
use crate::parts;
use crate::press::{Lang, NotPrinted, Press, Printed};
use domain::papers::table::PRELIMINARY_RESULT;

/// The notice. The letter's petition is the request for the review.
#[derive(Debug, Clone)]
pub struct PreliminaryResult {
    /// Head and foot.
    pub letter: Letter,
    /// 대상 민원명
    pub service: String,
    /// 심사 결과
    pub finding: Finding,
    /// 심사 의견: conditions, reasons; each.
    pub opinion: Vec<String>,
}

/// 심사 결과 (법 제30조제3항).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// 가능
    Possible,
    /// 조건부 가능
    PossibleOnConditions,
    /// 불가능
    Impossible,
}

impl PreliminaryResult {
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
        let opening = lang.pick(
            "귀하께서 청구하신 사전심사의 결과를 「민원 처리에 관한 법률」 제30조제3항에 따라 다음과 같이 알려 드립니다.",
            "This is the result of the preliminary review (Civil Petitions Treatment Act, Article 30(3)).",
        );
        let finding = match self.finding {
            Finding::Possible => lang.pick("가능", "possible"),
            Finding::PossibleOnConditions => lang.pick("조건부 가능", "possible on conditions"),
            Finding::Impossible => lang.pick("불가능", "not possible"),
        };
        let items = PRELIMINARY_RESULT.items(
            lang,
            [
                self.service.clone(),
                petition.reception_number.clone(),
                parts::moment(petition.received_at, lang),
                finding.to_owned(),
            ],
        );
        let lists = match self.opinion.as_slice() {
            [] => Vec::new(),
            opinion => vec![(PRELIMINARY_RESULT.list(lang, 0), opinion.to_vec())],
        };
        let mut advice = Vec::new();
        if self.finding != Finding::Impossible {
            let promise = lang.pick(
                "나중에 정식으로 민원을 신청하시는 경우에도 동일하게 결정을 내릴 수 있도록 노력하겠습니다. 다만, 민원인의 귀책사유 \
                 또는 불가항력이나 그 밖의 정당한 사유가 있는 경우에는 그러하지 아니합니다. 이미 제출하신 구비서류는 다시 \
                 요구하지 않습니다(같은 법 시행령 제34조제3항).",
                "When you file the petition itself we shall endeavour to decide likewise, unless you are at fault or force \
                 majeure or another just cause prevents it. Documents you have handed in are not asked for again (Enforcement \
                 Decree, Article 34(3)).",
            );
            advice.push(promise.to_owned());
        }
        Composed {
            form: &PRELIMINARY_RESULT,
            subject: PRELIMINARY_RESULT.title_in(lang).to_owned(),
            drafted: Vec::new(),
            opening: opening.to_owned(),
            items,
            lists,
            advice,
        }
    }
}
