//! 개인정보 파기 확인서 — what the office certifies to one who asked to have their data erased: what was destroyed, how, and what was
//! not and why (개인정보 보호법 제36조, 영 제43조). It names nobody: the name may be what was destroyed.

use crate::page::Page;
use crate::parts::{self, Attestation, Row, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::time::At;

/// What the certificate says.
#[derive(Debug, Clone)]
pub struct ErasureCertificate {
    /// 행정기관명.
    pub agency: String,
    /// 발신명의.
    pub sender: String,
    /// 요구 번호.
    pub number: String,
    /// When it was asked.
    pub asked: At,
    /// When it was decided and carried out.
    pub decided: At,
    /// Numbers of its lines in the 파기대장.
    pub entries: Vec<String>,
    /// What was destroyed, one a line.
    pub destroyed: Vec<String>,
    /// What was kept apart or refused, with its ground, one a line.
    pub kept: Vec<String>,
    /// Where number and code show the same.
    pub check_at: String,
}

impl ErasureCertificate {
    /// Prints it.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let method = lang.pick(
            "암호 열쇠의 파기(복원할 수 없음)",
            "Destruction of the key it was sealed with; it cannot be brought back",
        );
        let none = lang.pick("없음", "none");
        let list = |lines: &[String]| match lines.is_empty() {
            true => none.to_owned(),
            false => lines.join("\n"),
        };
        let rows = [
            ("요구 번호", "Number of the request", self.number.clone()),
            ("요구한 때", "Asked", parts::moment(self.asked, lang)),
            (
                "결정하고 파기한 때",
                "Decided and destroyed",
                parts::moment(self.decided, lang),
            ),
            ("파기대장 번호", "Line of the register", self.entries.join(", ")),
            ("파기한 정보", "What was destroyed", list(&self.destroyed)),
            ("파기 방법", "How", method.to_owned()),
            ("파기하지 않은 정보", "What was not, and why", list(&self.kept)),
        ];
        let check = Attestation {
            statement: self.check_at.clone(),
            how: match lang {
                Lang::Ko => format!(
                    "{} 에서 요구 번호와 확인번호를 입력하시면 같은 내용을 확인하실 수 있습니다.",
                    self.check_at
                ),
                Lang::En => format!(
                    "The same is shown at {} with the number of the request and its code.",
                    self.check_at
                ),
            },
        };
        let page = Page {
            lang,
            title: lang.pick("개인정보 파기 확인서", "Certificate of destruction"),
            agency: &self.agency,
            note: String::new(),
            rows: rows
                .map(|(ko, en, value)| Row::new(lang.pick(ko, en), value))
                .into(),
            guidance_title: "",
            guidance: Vec::new(),
            closing: lang.pick(
                "위와 같이 개인정보를 복원할 수 없는 방법으로 파기하였음을 확인합니다. 성명은 파기되었을 수 있어 적지 않습니다.",
                "It is certified that the personal data named above were destroyed and cannot be brought back. No name is written, \
                 for it may be among what was destroyed.",
            ),
            date: parts::day_of(self.decided, lang),
            signs: Vec::new(),
            sign_here: "",
            addressed: String::new(),
            sender: &self.sender,
            seal: Seal::Omitted.words(lang),
            seal_alt: lang.pick("관인", "official seal"),
            attestation: Some(check.said(lang)),
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: "erasure_certificate",
            ident: self.number.clone(),
            drawn_up: self.decided,
            facts: &page,
            qr: Some(check.statement.as_str()),
            seal: None,
        })
    }
}
