//! 관문 — what may be printed or saved, and what must be said before (개인정보의 안전성 확보조치 기준 제8조제2항, 제12조).
//!
//! The law asks for the reason of every download. How much has to be said grows with the number of people: a code for one person,
//! words for more than one, and more words with a confirmation from a threshold on (계획: 다량의 출력·저장).

use crate::terms::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// 출력·저장 대상 — what goes out.
    Export {
        /// 한 민원의 문서.
        CasePaper = "case_paper",
        /// 한 민원의 첨부.
        Attachment = "attachment",
        /// 증명서.
        Certificate = "certificate",
        /// 민원 처리부.
        Register = "register",
        /// 이의신청처리대장.
        ObjectionRegister = "objection_register",
        /// 발송대장.
        Dispatch = "dispatch",
        /// 증명 발급대장.
        Issued = "issued",
        /// 확인·점검 목록과 보고.
        Inspection = "inspection",
        /// 인계·인수서.
        Handover = "handover",
        /// 접속기록 점검 보고.
        Review = "review",
        /// 서비스 계정의 목록 조회.
        Bulk = "bulk",
        /// 파기대장.
        DestructionRegister = "destruction_register",
        /// 기록물 폐기 목록.
        DisposalList = "disposal_list",
        /// 개인정보 파기 확인서.
        ErasureCertificate = "erasure_certificate",
    }
}

coded! {
    /// 형식 — as what it goes out.
    Format {
        /// PDF.
        Pdf = "pdf",
        /// CSV.
        Csv = "csv",
        /// XLSX.
        Xlsx = "xlsx",
        /// HWPX.
        Hwpx = "hwpx",
        /// A file as the petitioner attached it.
        File = "file",
        /// JSON.
        Json = "json",
    }
}

coded! {
    /// 출력·저장 사유.
    Purpose {
        /// 민원인에게 교부·발송.
        HandOut = "hand_out",
        /// 민원 처리·대조.
        Handling = "handling",
        /// 결재·보고.
        Approval = "approval",
        /// 민원인의 문의.
        Enquiry = "enquiry",
        /// 비치·보관.
        Keeping = "keeping",
        /// 확인·점검.
        Inspection = "inspection",
        /// 감사·수사·소송 등 자료 제출.
        Audit = "audit",
        /// 다른 시스템과의 연계.
        Linkage = "linkage",
    }
}

impl Export {
    /// Whether it is about one petition, whose reason may be a code alone.
    pub const fn of_one(self) -> bool {
        matches!(
            self,
            Export::CasePaper | Export::Attachment | Export::Certificate | Export::ErasureCertificate
        )
    }

    /// The reasons that fit it, the likeliest first.
    pub const fn purposes(self) -> &'static [Purpose] {
        use Purpose::{Approval, Audit, Enquiry, HandOut, Handling, Inspection, Keeping, Linkage};
        match self {
            Export::CasePaper => &[HandOut, Handling, Approval, Enquiry, Audit],
            Export::Certificate | Export::ErasureCertificate => &[HandOut, Enquiry, Audit],
            Export::Attachment => &[Handling, Approval, Enquiry, Audit],
            Export::Register | Export::ObjectionRegister | Export::Issued => {
                &[Keeping, Inspection, Audit, Enquiry]
            }
            Export::Dispatch => &[HandOut, Keeping, Inspection, Audit],
            Export::Inspection | Export::Review | Export::DestructionRegister => {
                &[Inspection, Approval, Keeping, Audit]
            }
            Export::DisposalList => &[Approval, Keeping, Inspection, Audit],
            Export::Handover => &[Handling, Keeping, Approval],
            Export::Bulk => &[Linkage],
        }
    }

    /// Whether a PDF of it bears the mark of who printed it. What goes to a petitioner is a clean original; everything else that is
    /// printed stays inside the office, and says who carried it out.
    pub const fn marked(self, purpose: Purpose) -> bool {
        !(self.of_one() && matches!(purpose, Purpose::HandOut))
    }
}

/// 관문의 기준.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// From so many people on a longer reason and a confirmation are asked for.
    pub threshold: u32,
    /// The shortest reason in words, in characters.
    pub words: u32,
    /// The shortest one from the threshold on.
    pub long_words: u32,
    /// A reason given for one petition holds for its other papers for so many minutes.
    pub again_minutes: u32,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            threshold: 100,
            words: 5,
            long_words: 20,
            again_minutes: 30,
        }
    }
}

/// What has to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// A code.
    Code,
    /// A code and words.
    Words,
    /// A code, more words, and a confirmation.
    Confirmed,
}

/// What was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The code.
    pub purpose: Option<Purpose>,
    /// Characters of the reason, without the blanks around it.
    pub words: u32,
    /// 확인함.
    pub sure: Sure,
}

/// Whether it was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// 확인함.
    Yes,
    /// Not confirmed.
    No,
}

/// What is missing in what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// No code, or one that does not fit.
    Purpose,
    /// Fewer characters than these.
    Words(u32),
    /// The confirmation.
    Sure,
}

impl Rules {
    /// What has to be said for `subjects` people (안전성 확보조치 기준 제8조제2항). Something about nobody is asked for as if about one:
    /// an empty list is still a file that leaves the house.
    pub fn demand(&self, what: Export, subjects: u32) -> Demand {
        if subjects >= self.threshold.max(1) && (subjects > 1 || !what.of_one()) {
            Demand::Confirmed
        } else if subjects > 1 {
            Demand::Words
        } else {
            Demand::Code
        }
    }

    /// What is missing in what was said, in the order of the form; nothing when it may go out.
    pub fn judge(&self, what: Export, subjects: u32, said: Said) -> Vec<Lack> {
        let demand = self.demand(what, subjects);
        let mut lacks = Vec::new();
        if !said.purpose.is_some_and(|p| what.purposes().contains(&p)) {
            lacks.push(Lack::Purpose);
        }
        let least = match demand {
            Demand::Code => 0,
            Demand::Words => self.words,
            Demand::Confirmed => self.long_words.max(self.words),
        };
        if said.words < least {
            lacks.push(Lack::Words(least));
        }
        if demand == Demand::Confirmed && said.sure == Sure::No {
            lacks.push(Lack::Sure);
        }
        lacks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(purpose: Option<Purpose>, words: u32, sure: Sure) -> Said {
        Said { purpose, words, sure }
    }

    #[test]
    fn the_more_people_the_more_has_to_be_said() {
        let rules = Rules::default();
        for (what, subjects, expected) in [
            (Export::CasePaper, 1, Demand::Code),
            (Export::Register, 0, Demand::Code),
            (Export::Register, 1, Demand::Code),
            (Export::Register, 2, Demand::Words),
            (Export::Register, 99, Demand::Words),
            (Export::Register, 100, Demand::Confirmed),
            (Export::Register, 100_000, Demand::Confirmed),
        ] {
            assert_eq!(rules.demand(what, subjects), expected, "{what} {subjects}");
        }
        // A threshold nobody can mean asks for everything but the paper of a single case.
        let strict = Rules {
            threshold: 0,
            ..rules
        };
        assert_eq!(strict.demand(Export::Register, 1), Demand::Confirmed);
        assert_eq!(strict.demand(Export::CasePaper, 1), Demand::Code);
    }

    #[test]
    fn what_is_missing_is_named() {
        use Purpose::{HandOut, Inspection};
        let rules = Rules::default();
        let judge = |what, n, s| rules.judge(what, n, s);
        assert!(judge(Export::CasePaper, 1, said(Some(HandOut), 0, Sure::No)).is_empty());
        assert_eq!(
            judge(Export::CasePaper, 1, said(None, 90, Sure::Yes)),
            vec![Lack::Purpose]
        );
        assert_eq!(
            judge(Export::Register, 2, said(Some(HandOut), 5, Sure::No)),
            vec![Lack::Purpose],
            "a register is not handed out"
        );
        assert_eq!(
            judge(Export::Register, 2, said(Some(Inspection), 4, Sure::Yes)),
            vec![Lack::Words(5)]
        );
        assert!(judge(Export::Register, 2, said(Some(Inspection), 5, Sure::No)).is_empty());
        assert_eq!(
            judge(Export::Register, 100, said(Some(Inspection), 19, Sure::No)),
            vec![Lack::Words(20), Lack::Sure]
        );
        assert!(judge(Export::Register, 100, said(Some(Inspection), 20, Sure::Yes)).is_empty());
    }

    #[test]
    fn only_what_a_petitioner_is_given_is_clean() {
        for what in Export::ALL {
            assert!(!what.purposes().is_empty());
            for purpose in what.purposes() {
                let clean = what.of_one() && *purpose == Purpose::HandOut;
                assert_eq!(what.marked(*purpose), !clean, "{what} {purpose}");
            }
        }
    }
}
