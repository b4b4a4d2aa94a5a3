//! 신청 확인 — what a citizen holds between filing (신청) and reception (접수) (법 제9조, 영 제6조제8항).

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::Page;
use crate::parts::{self, Attestation, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::FILING;
use domain::time::At;

/// What the confirmation says. It is no 접수증: the period has not begun.
#[derive(Debug, Clone)]
pub struct FilingConfirmation {
    /// 기관명: “서울특별시장”.
    pub agency: String,
    /// 신청번호
    pub filing_number: String,
    /// 민원명 or title.
    pub service: String,
    /// 신청인
    pub applicant: String,
    /// 작성된 서식: label and answer of each field; empty where there was none.
    pub answers: Vec<(String, String)>,
    /// 신청일시
    pub filed_at: At,
    /// By when it will be received: the end of the 8 working hours (영 제6조제8항), the first instant that is late.
    pub receive_by: At,
    /// 처리기간, as the handbook says it.
    pub period: String,
    /// The due date if it is received at `receive_by`, the first instant that is late; `At::NEVER` where unknown.
    pub expected_due: At,
    /// Under which law.
    pub law: Law,
    /// The signed statement of the filing.
    pub attestation: Option<Attestation>,
}

/// Under which law it was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// 민원 처리에 관한 법률.
    Petitions,
    /// 공공기관의 정보공개에 관한 법률.
    Disclosure,
}

impl FilingConfirmation {
    /// Prints the confirmation.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "filing_confirmation",
            ident: self.filing_number.clone(),
            drawn_up: self.filed_at,
            facts: &self.page(lang),
            qr: self.attestation.as_ref().map(|said| said.statement.as_str()),
            seal: None,
        })
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.page(Lang::Ko).values()
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let answers = self
            .answers
            .iter()
            .map(|(label, answer)| format!("{label}: {answer}"));
        let mut rows = FILING.rows(
            lang,
            [
                self.filing_number.clone(),
                self.service.clone(),
                self.applicant.clone(),
                parts::moment(self.filed_at, lang),
                parts::due(self.receive_by, lang),
                self.period.clone(),
                parts::due(self.expected_due, lang),
                answers.collect::<Vec<_>>().join("\n"),
            ],
        );
        rows.retain(|row| !row.value.is_empty());
        let petition = [
            lang.pick(
                "신청하신 민원은 8근무시간 이내에 접수하며, 접수하면 접수번호와 처리기한을 알려 드립니다.",
                "Your petition is received within 8 working hours; you will then be told its reception number and due date.",
            ),
            lang.pick(
                "처리기간은 접수한 때부터 계산하므로 위의 처리 예정일은 바뀔 수 있습니다.",
                "The handling period begins at reception, so the expected date may change.",
            ),
        ];
        let disclosure = [
            lang.pick(
                "정보공개 청구는 민원과 달리 청구를 받은 날부터 10일 이내에 공개 여부를 결정하며, 접수하면 접수번호를 알려 드립니다.",
                "A request for disclosure is decided within 10 days of its arrival; you will be told its reception number.",
            ),
            lang.pick(
                "공휴일과 토요일은 처리기간에 넣지 않으며, 부득이하면 10일 이내에서 한 차례 연장할 수 있습니다(「공공기관의 정보공개에 관한 법률」 제11조·제29조).",
                "Saturdays and holidays are not counted; where unavoidable it may be extended once by up to 10 days (Official Information Disclosure Act, articles 11 and 29).",
            ),
        ];
        let guidance = match self.law {
            Law::Petitions => petition,
            Law::Disclosure => disclosure,
        };
        Page {
            guidance: FILING.guidance(lang, guidance.map(str::to_owned)),
            closing: lang.pick(
                "위와 같이 신청하셨음을 확인합니다.",
                "This confirms that the petition above was filed.",
            ),
            date: parts::day_of(self.filed_at, lang),
            sender: &self.agency,
            seal: Seal::Omitted.words(lang),
            attestation: self.attestation.as_ref().map(|said| said.said(lang)),
            ..Page::of(&FILING, lang, &self.agency, rows)
        }
    }
}
