//! 접수증 — the receipt of a petition received at a counter (법 제9조제2항, 영 제6조제2항~제4항, 규칙 제3조, 별지 제2호서식).
//!
//! 서식 확인 필요: the fields are those the articles name; the drawing of the form was not at hand. The sheet can be
//! replaced (`Press::with_sheet("receipt", …)`).

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::Page;
use crate::parts::{self, Attestation, Officer, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::RECEIPT;
use domain::time::At;

/// What a receipt says. One is given for a petition of several people, to their representative (규칙 제3조제3항).
#[derive(Debug, Clone)]
pub struct Receipt {
    /// 기관명, as it stands under the receipt: “서울특별시장”.
    pub agency: String,
    /// 관인
    pub seal: Seal,
    /// 접수번호
    pub reception_number: String,
    /// 신청번호
    pub filing_number: String,
    /// 민원명
    pub service: String,
    /// 신청인, or the representative of several.
    pub applicant: String,
    /// 외 N명: how many file together with the representative; 0 for one petitioner.
    pub others: u32,
    /// 접수일시
    pub received_at: At,
    /// 처리기간, as the handbook says it: “7일”, “3시간”, “즉시”.
    pub period: String,
    /// 처리기한: the first instant that is late; `At::NEVER` where none is set.
    pub due_at: At,
    /// 처리주무부서
    pub lead_unit: String,
    /// 담당자; `None` until one is designated.
    pub officer: Option<Officer>,
    /// 안내사항 (영 제6조제4항)
    pub guidance: Guidance,
    /// The signed statement of the reception, if one was made.
    pub attestation: Option<Attestation>,
}

/// 안내사항 — what the citizen is told at reception (영 제6조제4항). Empty lines are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guidance {
    /// 구비서류의 완비 여부
    pub documents: String,
    /// 처리 기준과 절차
    pub procedure: String,
    /// 예상 처리소요기간
    pub expected: String,
    /// 현장확인 또는 조사 예정시기
    pub visit: String,
}

impl Receipt {
    /// Prints the receipt.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "receipt",
            ident: self.reception_number.clone(),
            drawn_up: self.received_at,
            facts: &self.page(lang),
            qr: self.attestation.as_ref().map(|said| said.statement.as_str()),
            seal: self.seal.picture(),
        })
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.page(Lang::Ko).values()
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let applicant = match (self.others, lang) {
            (0, _) => self.applicant.clone(),
            (n, Lang::Ko) => format!("{} 외 {n}명 (대표자)", self.applicant),
            (n, Lang::En) => format!("{} and {n} more (representative)", self.applicant),
        };
        let undecided = lang.pick(
            "지정되면 안내해 드립니다.",
            "You will be told when an official is designated.",
        );
        let officer = self
            .officer
            .as_ref()
            .map_or_else(|| undecided.to_owned(), Officer::line);
        let rows = RECEIPT.rows(
            lang,
            [
                self.reception_number.clone(),
                self.filing_number.clone(),
                self.service.clone(),
                applicant,
                parts::moment(self.received_at, lang),
                self.period.clone(),
                parts::due(self.due_at, lang),
                self.lead_unit.clone(),
                officer,
            ],
        );
        let guidance = RECEIPT.guidance(
            lang,
            [
                self.guidance.documents.clone(),
                self.guidance.procedure.clone(),
                self.guidance.expected.clone(),
                self.guidance.visit.clone(),
            ],
        );
        Page {
            guidance,
            closing: lang.pick(
                "「민원 처리에 관한 법률」 제9조제2항 및 같은 법 시행령 제6조제2항에 따라\n위와 같이 접수하였음을 확인합니다.",
                "The petition above has been received under Article 9(2) of the Civil Petitions\n\
                 Treatment Act and Article 6(2) of its Enforcement Decree.",
            ),
            date: parts::day_of(self.received_at, lang),
            sender: &self.agency,
            seal: self.seal.words(lang),
            attestation: self.attestation.as_ref().map(|said| said.said(lang)),
            ..Page::of(&RECEIPT, lang, &self.agency, rows)
        }
    }
}
