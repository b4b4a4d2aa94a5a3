//! 증명서 — a certificate issued at the counter, with the code by which anyone can check it (영 제30조제1항).

use crate::page::Page;
use crate::parts::{self, Attestation, Row, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::fee::Won;
use domain::korean;
use domain::time::At;

/// What the certificate says.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// 발급 기관의 장.
    pub agency: String,
    /// What is certified: the name of the service.
    pub title: String,
    /// 발급번호.
    pub number: String,
    /// 신청인.
    pub name: String,
    /// 증명 내용, in the office's words.
    pub facts: String,
    /// 통수.
    pub copies: u32,
    /// What was paid for all copies.
    pub paid: Won,
    /// When it was issued.
    pub issued: At,
    /// 발급 부서.
    pub unit: String,
    /// Its telephone.
    pub phone: String,
    /// 확인번호.
    pub code: String,
    /// Where the code is checked.
    pub check_at: String,
}

impl Certificate {
    /// Prints one copy; every copy is the same.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let copies = match lang {
            Lang::Ko => format!("{}통", self.copies),
            Lang::En => self.copies.to_string(),
        };
        let fee = match (self.paid, lang) {
            (Won(0), Lang::Ko) => "없음(면제 포함)".to_owned(),
            (Won(0), Lang::En) => "none".to_owned(),
            (paid, _) => paid.to_string(),
        };
        let unit = format!("{} ({})", self.unit, korean::phone(&self.phone));
        let rows = [
            ("발급번호", "Number", self.number.clone()),
            ("증명서", "Certificate", self.title.clone()),
            ("신청인", "Applicant", self.name.clone()),
            ("증명 내용", "Certified", self.facts.clone()),
            ("통수", "Copies", copies),
            ("수수료", "Fee", fee),
            ("발급일시", "Issued", parts::moment(self.issued, lang)),
            ("발급 부서", "Issued by", unit),
        ];
        let rows = rows.map(|(ko, en, value)| Row::new(lang.pick(ko, en), value));
        // What the telephone reads from the QR code is the address with the code, to be looked up by a press of a button.
        let check = Attestation {
            statement: format!("{}?code={}", self.check_at, self.code),
            how: match lang {
                Lang::Ko => format!(
                    "확인번호 {}\n{} 에서 확인번호를 입력하시면 이 증명서가 맞는지 누구나 확인하실 수 있습니다.",
                    self.code, self.check_at
                ),
                Lang::En => format!(
                    "Check code {}\nAnyone can check this certificate with the code at {}.",
                    self.code, self.check_at
                ),
            },
        };
        let page = Page {
            lang,
            title: lang.pick("증명서", "Certificate"),
            agency: &self.agency,
            note: String::new(),
            rows: rows.into(),
            guidance_title: "",
            guidance: Vec::new(),
            closing: lang.pick("위와 같이 증명합니다.", "This is certified as stated above."),
            date: parts::day_of(self.issued, lang),
            signs: Vec::new(),
            sign_here: "",
            addressed: String::new(),
            sender: &self.agency,
            seal: Seal::Omitted.words(lang),
            seal_alt: lang.pick("관인", "official seal"),
            attestation: Some(check.said(lang)),
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: "certificate",
            ident: self.number.clone(),
            drawn_up: self.issued,
            facts: &page,
            qr: Some(check.statement.as_str()),
            seal: None,
        })
    }
}
