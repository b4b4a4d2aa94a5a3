//! 행정정보 공동이용 한 건 한 건 — consents, look-ups and requests as both faces show them; never the content of a record.

use domain::{
    consent::{Exception, Found, Purpose},
    time::At,
};
use jiff::civil::Date;
use serde::Serialize;

/// What may be ticked.
#[derive(Debug, Clone, Serialize)]
pub struct OfferRow {
    /// Its code.
    pub code: String,
    /// 대상정보.
    pub name: String,
    /// 보유기관.
    pub holder: String,
    /// Whether the answer is kept with the petition, or only that it was seen.
    pub keep: bool,
}

/// 동의 한 건.
#[derive(Debug, Clone, Serialize)]
pub struct ConsentRow {
    /// Identity, in hexadecimal.
    pub id: String,
    /// What it is about.
    pub items: Vec<String>,
    /// 목적.
    pub purpose: Purpose,
    /// When it was signed.
    pub signed_at: At,
    /// The first moment it is no longer good for.
    pub until: At,
    /// Before which official; empty where the petitioner was alone.
    pub before: String,
    /// `good`, `expired`, `withdrawn`.
    pub state: &'static str,
}

/// 조회 한 건.
#[derive(Debug, Clone, Serialize)]
pub struct LookRow {
    /// Identity, in hexadecimal.
    pub id: String,
    /// 대상정보.
    pub item: String,
    /// 목적.
    pub purpose: Purpose,
    /// Department and name of the one who looked.
    pub who: String,
    /// When.
    pub at: At,
    /// What came of it.
    pub state: Found,
    /// The exception; `None` with consent.
    pub exception: Option<Exception>,
    /// 근거.
    pub clause: &'static str,
}

/// 열람 청구 한 건.
#[derive(Debug, Clone, Serialize)]
pub struct RecordRow {
    /// Identity, in hexadecimal.
    pub id: String,
    /// When it was asked for.
    pub asked_at: At,
    /// By which day it is told.
    pub due: Date,
    /// When it was told.
    pub told_at: Option<At>,
    /// What was said with it.
    pub note: String,
}

/// All of one petition.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shares {
    /// Whether a centre is set up.
    pub there: bool,
    /// 이용기관.
    pub agency: String,
    /// What may be consented to.
    pub offered: Vec<OfferRow>,
    /// Oldest first.
    pub consents: Vec<ConsentRow>,
    /// Oldest first.
    pub looks: Vec<LookRow>,
    /// Oldest first.
    pub records: Vec<RecordRow>,
    /// Whether a consent may be given or taken now.
    pub may_consent: bool,
}

impl Shares {
    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.offered.is_empty()
            && self.consents.is_empty()
            && self.looks.is_empty()
            && self.records.is_empty()
    }

    /// Something of everything, for samples.
    pub fn sample() -> Shares {
        let at = |day: i8, hour: i8| At::seoul(jiff::civil::datetime(2026, 11, day, hour, 5, 0, 0));
        let offer = |code: &str, name: &str, holder: &str, keep| OfferRow {
            code: code.into(),
            name: name.into(),
            holder: holder.into(),
            keep,
        };
        let consent = |id: &str, state, before: &str| ConsentRow {
            id: id.into(),
            items: vec!["사업자등록증명".into(), "법인 등기사항증명서".into()],
            purpose: Purpose::Documents,
            signed_at: at(20, 10),
            until: At::seoul(jiff::civil::datetime(2027, 2, 18, 10, 5, 0, 0)),
            before: before.into(),
            state,
        };
        let look = |id: &str, item: &str, state, exception: Option<Exception>| LookRow {
            id: id.into(),
            item: item.into(),
            purpose: Purpose::Documents,
            who: "도로시설과 이다온".into(),
            at: at(21, 14),
            state,
            exception,
            clause: exception.map_or(domain::consent::CONSENT_CLAUSE, Exception::clause),
        };
        Shares {
            there: true,
            agency: "한빛특별시".into(),
            offered: vec![
                offer("business", "사업자등록증명", "국세청", true),
                offer("resident", "주민등록표 등·초본", "행정안전부", false),
            ],
            consents: vec![consent("c1", "good", ""), consent("c2", "withdrawn", "강라온")],
            looks: vec![
                look("l1", "사업자등록증명", Found::Yes, None),
                look("l2", "주민등록표 등·초본", Found::No, Some(Exception::Emergency)),
                look("l3", "주민등록표 등·초본", Found::Later, Some(Exception::Review)),
            ],
            records: vec![
                RecordRow {
                    id: "r1".into(),
                    asked_at: at(21, 9),
                    due: jiff::civil::date(2026, 12, 1),
                    told_at: Some(at(24, 9)),
                    note: "조회한 내역은 위와 같습니다.".into(),
                },
                RecordRow {
                    id: "r2".into(),
                    asked_at: at(24, 11),
                    due: jiff::civil::date(2026, 12, 4),
                    told_at: None,
                    note: String::new(),
                },
            ],
            may_consent: true,
        }
    }
}
