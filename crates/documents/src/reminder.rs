//! 독촉장 — to the head of the department whose petition is past its period (영 제28조제2항, 규칙 제10조, 별지 제7호서식).
//!
//! 서식 확인 필요: the fields are those the articles name; the drawing of form 7 was not at hand. The sheet can be replaced
//! (`Press::with_sheet("reminder", …)`). A reminder message (독촉 안내) is something else and has no paper.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::Page;
use crate::parts::{self, Examiner, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::REMINDER;
use domain::time::At;
use jiff::civil::Date;

/// What a reminder says.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// 행정기관명: “한빛특별시”.
    pub agency: String,
    /// 관인
    pub seal: Seal,
    /// 독촉 번호: “2026-17”.
    pub number: String,
    /// 받는 사람: the head of the department in charge, or the official concerned where the examiner is that head:
    /// “도로시설과장 신채움”.
    pub to: String,
    /// 민원명
    pub service: String,
    /// 접수번호
    pub reception_number: String,
    /// 접수일시
    pub received_at: At,
    /// 처리기간: “7일”.
    pub period: String,
    /// 처리기한: the first instant that is late.
    pub due_at: At,
    /// 지난 기간, as counted by the rules of the period: “2일”, “3근무시간”.
    pub overdue_by: String,
    /// 담당자: “도로시설과 배도담”; empty until one is designated.
    pub handler: String,
    /// 발급일
    pub issued: Date,
    /// Who issues it.
    pub examiner: Examiner,
}

impl Reminder {
    /// Prints the reminder.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "reminder",
            ident: self.number.clone(),
            drawn_up: At::seoul(self.issued.at(0, 0, 0, 0)),
            facts: &self.page(lang),
            qr: None,
            seal: self.seal.picture(),
        })
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.page(Lang::Ko).values()
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let undesignated = lang.pick("지정되지 않음", "none designated");
        let rows = REMINDER.rows(
            lang,
            [
                self.number.clone(),
                self.to.clone(),
                self.service.clone(),
                self.reception_number.clone(),
                parts::moment(self.received_at, lang),
                self.period.clone(),
                parts::due(self.due_at, lang),
                self.overdue_by.clone(),
                if self.handler.is_empty() {
                    undesignated.to_owned()
                } else {
                    self.handler.clone()
                },
                self.asked(lang).to_owned(),
            ],
        );
        Page {
            closing: lang.pick(
                "「민원 처리에 관한 법률 시행령」 제28조제2항에 따라 독촉장을 발급합니다.",
                "Issued under Article 28(2) of the Enforcement Decree of the Civil Petitions Treatment Act.",
            ),
            date: parts::day(self.issued, lang),
            signs: vec![self.examiner.row(lang)],
            sender: &self.agency,
            seal: self.seal.words(lang),
            ..Page::of(&REMINDER, lang, &self.agency, rows)
        }
    }

    /// 독촉 내용
    fn asked(&self, lang: Lang) -> &'static str {
        lang.pick(
            "위 민원은 처리기간이 지났습니다. 지체 없이 처리하여 그 결과를 민원인에게 통지하고, 지연된 사유와 처리 계획을 \
             민원심사관에게 알려 주시기 바랍니다.",
            "The period of this petition is over. Please handle it without delay, notify the petitioner of the result, and \
             tell the examiner why it is late and when it will be done.",
        )
    }
}
