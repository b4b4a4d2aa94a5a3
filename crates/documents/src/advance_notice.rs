//! 예고장 — to the handler, before a petition falls due (법 제25조제1항, 영 제28조제2항: 수시 확인·점검).
//!
//! No form is prescribed; the examiner may send it as often as it helps. The sheet can be replaced
//! (`Press::with_sheet("advance_notice", …)`).

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::Page;
use crate::parts::{self, Examiner, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::ADVANCE_NOTICE;
use domain::time::At;
use jiff::civil::Date;

/// What an advance notice says.
#[derive(Debug, Clone)]
pub struct AdvanceNotice {
    /// 행정기관명: “한빛특별시”.
    pub agency: String,
    /// 예고 번호: “2026-120”.
    pub number: String,
    /// 받는 사람: the handler, “도로시설과 주무관 배도담”.
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
    /// 남은 기간, as counted by the rules of the period: “1일”, “3근무시간”.
    pub left: String,
    /// 발급일
    pub issued: Date,
    /// Who issues it.
    pub examiner: Examiner,
}

impl AdvanceNotice {
    /// Prints the notice.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "advance_notice",
            ident: self.number.clone(),
            drawn_up: At::seoul(self.issued.at(0, 0, 0, 0)),
            facts: &self.page(lang),
            qr: None,
            seal: None,
        })
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.page(Lang::Ko).values()
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let asked = lang.pick(
            "위 민원의 처리기한이 다가왔습니다. 기한까지 처리하여 주시고, 기한까지 처리하기 어려운 경우에는 처리기간 연장 등 \
             필요한 조치를 기한 전에 하여 주시기 바랍니다.",
            "This petition is due soon. Please handle it in time; where that is not possible, extend the period or do what \
             else the law allows before it is over.",
        );
        let rows = ADVANCE_NOTICE.rows(
            lang,
            [
                self.number.clone(),
                self.to.clone(),
                self.service.clone(),
                self.reception_number.clone(),
                parts::moment(self.received_at, lang),
                self.period.clone(),
                parts::due(self.due_at, lang),
                self.left.clone(),
                asked.to_owned(),
            ],
        );
        Page {
            closing: lang.pick(
                "민원 처리상황을 확인·점검한 결과 위와 같이 예고합니다.",
                "Given in advance, upon checking how petitions are handled.",
            ),
            date: parts::day(self.issued, lang),
            signs: vec![self.examiner.row(lang)],
            sender: &self.agency,
            seal: Seal::Omitted.words(lang),
            ..Page::of(&ADVANCE_NOTICE, lang, &self.agency, rows)
        }
    }
}
