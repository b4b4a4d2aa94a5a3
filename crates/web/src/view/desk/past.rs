//! 지난 민원 — what the case page tells of the past: the older register, the same petitioner's earlier petitions, like ones.

use super::at;
use domain::{life::Life, likeness::Degree, terms::Outcome, time::At};
use serde::Serialize;

/// An earlier petition beside the one at hand.
#[derive(Debug, Clone, Serialize)]
pub struct PastRow {
    /// 신청번호, also the address.
    pub number: String,
    /// 제목
    pub title: String,
    /// 생애
    pub life: Life,
    /// 처리 결과, once concluded.
    pub outcome: Option<Outcome>,
    /// 신청한 때
    pub filed_at: At,
    /// When its result was notified.
    pub notified_at: Option<At>,
    /// 닮은 정도 in a word: keyed `learning-<code>`.
    pub degree: Degree,
    /// The same in hundredths.
    pub percent: u32,
    /// Its answer, to be read and copied; empty if none.
    pub answer: String,
}

/// 반복 가능성.
#[derive(Debug, Clone, Serialize)]
pub struct Repeated {
    /// The how-manieth it is.
    pub times: u32,
    /// Results notified before it was filed.
    pub notices: u32,
    /// Whether the counts of 법 제23조제1항 are met.
    pub may_end: bool,
    /// The earlier ones, newest first.
    pub rows: Vec<PastRow>,
}

/// 이전 대장.
#[derive(Debug, Clone, Serialize)]
pub struct OldRegister {
    /// 이전 번호
    pub number: String,
    /// 접수
    pub received: Option<At>,
    /// 처리기한: the first moment that is late.
    pub due: Option<At>,
    /// 처리담당자, as written; empty if none.
    pub handler: String,
    /// 답변; empty if none.
    pub answer: String,
    /// 이력: when and what.
    pub steps: Vec<(At, String)>,
}

/// All of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Past {
    /// Where the petition was brought in from an older register.
    pub old: Option<OldRegister>,
    /// Where the same petitioner asked for the like before.
    pub repeated: Option<Repeated>,
    /// Like ones, once they were looked for.
    pub similar: Option<Vec<PastRow>>,
}

impl Past {
    /// One with everything, for samples.
    pub(crate) fn sample() -> Past {
        let row = |n: u32, degree, percent, answer: &str| PastRow {
            number: format!("2026080{n}-7K3F2-QD2XA"),
            title: "상가 앞 보도에 자재를 둘 수 있는지 묻습니다".into(),
            life: if answer.is_empty() {
                Life::InHandling
            } else {
                Life::Concluded
            },
            outcome: (!answer.is_empty()).then_some(Outcome::Answered),
            filed_at: at(2026, 8, 3, 9, 12),
            notified_at: (!answer.is_empty()).then(|| at(2026, 8, 10, 17, 2)),
            degree,
            percent,
            answer: answer.into(),
        };
        let answer = "1. 보도 점용은 「도로법」 제61조에 따라 허가를 받아야 합니다.\n2. 신청서와 위치도를 내 주시기 바랍니다.";
        Past {
            old: Some(OldRegister {
                number: "2019-001234".into(),
                received: Some(at(2019, 3, 4, 10, 20)),
                due: Some(at(2019, 3, 14, 0, 0)),
                handler: "배도담".into(),
                answer: "매월 점검하고 있습니다.".into(),
                steps: vec![(at(2019, 3, 5, 9, 0), "현장 확인".into())],
            }),
            repeated: Some(Repeated {
                times: 3,
                notices: 2,
                may_end: true,
                rows: vec![
                    row(1, Degree::Same, 91, answer),
                    row(2, Degree::Alike, 54, answer),
                ],
            }),
            similar: Some(vec![
                row(3, Degree::Alike, 48, answer),
                row(4, Degree::Different, 21, ""),
            ]),
        }
    }
}
