//! 보완 요구서 — asks the citizen for what a petition lacks (법 제22조, 영 제24조, 제25조, 제31조).

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::letter::{Composed, Letter};
use crate::parts;
use crate::press::{Lang, NotPrinted, Press, Printed};
use domain::papers::table::SUPPLEMENT;
use domain::time::At;

/// The request.
#[derive(Debug, Clone)]
pub struct SupplementRequest {
    /// Head and foot.
    pub letter: Letter,
    /// 보완할 사항, each.
    pub missing: Vec<String>,
    /// 보완 기한: the first instant that is late.
    pub due: At,
    /// Whether the citizen may still ask for more time.
    pub round: Round,
}

/// The request's place in the row of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// The first request; the citizen may ask for more time twice (영 제24조제2항).
    First,
    /// 재보완 요구, within 10 days (영 제24조제3항).
    Again,
}

impl SupplementRequest {
    /// Prints the request.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        self.letter.print(press, lang, self.composed(lang))
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.letter.values(self.composed(Lang::Ko))
    }

    fn composed(&self, lang: Lang) -> Composed {
        let petition = &self.letter.petition;
        let items = SUPPLEMENT.items(
            lang,
            [
                petition.service.clone(),
                petition.reception_number.clone(),
                parts::moment(petition.received_at, lang),
                parts::due(self.due, lang),
            ],
        );
        let (subject, opening, advice) = match self.round {
            Round::First => (
                lang.pick("민원문서 보완 요구", "Request to supplement your petition"),
                lang.pick(
                    "귀하께서 신청하신 민원에 보완이 필요하여 「민원 처리에 관한 법률」 제22조제1항에 따라 요구하오니, \
                     기한까지 보완하여 주시기 바랍니다.",
                    "Your petition needs to be supplemented (Civil Petitions Treatment Act, Article 22(1)). Please do so in \
                     time.",
                ),
                lang.pick(
                    "기한까지 보완하기 어려우신 경우에는 필요한 기간을 분명하게 밝혀 기간 연장을 2회까지 요청하실 수 \
                     있습니다(같은 법 시행령 제24조제2항).",
                    "If you need more time, say how much; you may ask twice (Enforcement Decree, Article 24(2)).",
                ),
            ),
            Round::Again => (
                lang.pick("민원문서 재보완 요구", "Second request to supplement your petition"),
                lang.pick(
                    "귀하께서 신청하신 민원이 기한까지 보완되지 않아 「민원 처리에 관한 법률 시행령」 제24조제3항에 따라 \
                     다시 요구하오니, 기한까지 보완하여 주시기 바랍니다.",
                    "Your petition was not supplemented in time. You are asked again (Enforcement Decree of the Civil \
                     Petitions Treatment Act, Article 24(3)).",
                ),
                lang.pick(
                    "이 기한까지 보완하지 않으시면 민원문서가 반려될 수 있습니다(같은 영 제25조제1항).",
                    "If it is not supplemented by then, it may be returned to you (same Decree, Article 25(1)).",
                ),
            ),
        };
        Composed {
            form: &SUPPLEMENT,
            subject: subject.to_owned(),
            drafted: Vec::new(),
            opening: opening.to_owned(),
            items,
            lists: vec![(SUPPLEMENT.list(lang, 0), self.missing.clone())],
            advice: vec![advice.to_owned()],
        }
    }
}
