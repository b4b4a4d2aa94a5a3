//! 처리진행상황 통지 — how a petition stands after 30 days, or when it is asked (영 제23조, 제31조, 규칙 별지 제6호서식).
//!
//! 서식 확인 필요: sent as an official letter with the fields of the decree; the drawing of form 6 was not at hand.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::letter::{Composed, Letter};
use crate::parts;
use crate::press::{Lang, NotPrinted, Press, Printed};
use domain::papers::table::PROGRESS;
use domain::time::At;

/// The notice.
#[derive(Debug, Clone)]
pub struct ProgressNotice {
    /// Head and foot.
    pub letter: Letter,
    /// 처리진행상황, in words.
    pub standing: String,
    /// 처리완료 예정일: the first instant that is late; `At::NEVER` while the period stands still.
    pub due_at: At,
}

impl ProgressNotice {
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
            "귀하께서 신청하신 민원의 처리진행상황을 「민원 처리에 관한 법률 시행령」 제23조에 따라 다음과 같이 알려 드립니다.",
            "This is how your petition stands (Enforcement Decree of the Civil Petitions Treatment Act, Article 23).",
        );
        let due = if self.due_at == At::NEVER {
            lang.pick(
                "처리기간에 산입하지 않는 기간이 끝나면 알려 드립니다.",
                "You will be told when the time that does not count is over.",
            )
            .to_owned()
        } else {
            parts::due(self.due_at, lang)
        };
        let items = PROGRESS.items(
            lang,
            [
                petition.service.clone(),
                petition.reception_number.clone(),
                parts::moment(petition.received_at, lang),
                self.standing.clone(),
                due,
            ],
        );
        Composed {
            form: &PROGRESS,
            subject: PROGRESS.title_in(lang).to_owned(),
            drafted: Vec::new(),
            opening: opening.to_owned(),
            items,
            lists: Vec::new(),
            advice: Vec::new(),
        }
    }
}
