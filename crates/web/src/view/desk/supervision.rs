//! 감독 화면 — delay board, speed index, letters, and the examiner's months (영 제22조, 제28조; 계획 Ⅳ-2).

mod samples;

use super::{Bar, list::Row};
use crate::view::{Filled, Message, Paging};
use domain::{
    inspection::{Ground, Stand, Weight},
    refusal::Refusal,
    time::At,
};
use jiff::civil::Date;
use serde::Serialize;

/// What is open with a department or a person.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OpenRow {
    /// Whose.
    pub name: String,
    /// Open.
    pub open: u64,
    /// 기한 경과
    pub overdue: u64,
    /// 오늘까지
    pub today: u64,
    /// 다음 근무일까지
    pub tomorrow: u64,
    /// 재배부 요청 횟수
    pub sent_back: u64,
    /// The oldest due date that has passed.
    pub oldest: Option<At>,
}

/// How fast a department or a person was; figures as they are shown, “–” where there is none.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SpeedRow {
    /// Whose.
    pub name: String,
    /// 처리
    pub cases: u64,
    /// 지연 처리
    pub late: u64,
    /// 월말 기한 경과
    pub open_late: u64,
    /// 지연율(%)
    pub delayed: String,
    /// 준수율(%)
    pub kept: String,
    /// 스피드지수
    pub index: String,
}

/// A department with its people.
#[derive(Debug, Clone, Serialize)]
pub struct Unit<T> {
    /// The department together.
    pub whole: T,
    /// Its people.
    pub people: Vec<T>,
}

/// One month of a chart: its numbers, and its bars in the units of the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Bars {
    /// “2026-06”
    pub month: String,
    /// “6”
    pub label: String,
    /// The numbers.
    pub row: SpeedRow,
    /// Left edge.
    pub x: u64,
    /// Top and height of all that was handled.
    pub all: (u64, u64),
    /// Top and height of what was handled late.
    pub late: (u64, u64),
}

/// The height of a chart.
const TALL: u64 = 150;
/// The distance of its bars.
const STEP: u64 = 56;

impl Bars {
    /// The bars of these months, the highest as tall as the chart.
    pub fn draw(months: Vec<(String, SpeedRow)>) -> Vec<Bars> {
        let most = months.iter().map(|(_, row)| row.cases).max().unwrap_or(0).max(1);
        let high = |n: u64| (n * TALL).div_ceil(most);
        (months.into_iter().zip(0..))
            .map(|((month, row), n)| Bars {
                label: (month.split_once('-'))
                    .map_or_else(String::new, |(_, m)| m.trim_start_matches('0').to_owned()),
                x: 12 + n * STEP,
                all: (10 + TALL - high(row.cases), high(row.cases)),
                late: (10 + TALL - high(row.late), high(row.late)),
                month,
                row,
            })
            .collect()
    }
}

/// 지연 현황판.
#[derive(Debug, Clone, Serialize)]
pub struct Delays {
    /// The menu.
    pub bar: Bar,
    /// Whether the figures are one's own alone.
    pub own: bool,
    /// Everything seen.
    pub total: OpenRow,
    /// By department.
    pub units: Vec<Unit<OpenRow>>,
    /// The last months.
    pub trend: Vec<Bars>,
    /// Letters that are proposed, for those who issue them.
    pub letters: Option<u64>,
    /// As of.
    pub as_of: At,
}

/// 스피드지수.
#[derive(Debug, Clone, Serialize)]
pub struct Speed {
    /// The menu.
    pub bar: Bar,
    /// Whether the figures are one's own alone.
    pub own: bool,
    /// “2026-06”
    pub month: String,
    /// Months to choose from.
    pub months: Vec<String>,
    /// `statutory`, `everyday` or `all`.
    pub part: String,
    /// Everything seen.
    pub total: SpeedRow,
    /// By department.
    pub units: Vec<Unit<SpeedRow>>,
    /// The twelve months up to this one.
    pub trend: Vec<Bars>,
    /// The form's values.
    pub form: Filled,
}

/// A petition a letter is proposed for.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// Its identity, for the form.
    pub id: String,
    /// Its line.
    pub row: Row,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// A dunning letter as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct LetterRow {
    /// 독촉장 번호
    pub number: String,
    /// When it was issued.
    pub at: At,
    /// To whom.
    pub to: String,
    /// 회신기한
    pub reply_by: Option<Date>,
    /// Whether that day has passed without a reply.
    pub lapsed: bool,
    /// 수령 확인
    pub received_at: Option<At>,
    /// 회신
    pub replied_at: Option<At>,
    /// 지연 사유, keyed `delay-<code>`; empty without a reply.
    pub cause: String,
    /// 처리 예정일
    pub planned: Option<Date>,
    /// The petition.
    pub row: Row,
}

/// What came of issuing letters.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// How many were asked for.
    pub asked: u64,
    /// How many were issued.
    pub done: u64,
    /// Which were not, and why: 신청번호, refusal, clause.
    pub refused: Vec<(String, Refusal, String)>,
}

/// 예고장·독촉장.
#[derive(Debug, Clone, Serialize)]
pub struct Letters {
    /// The menu.
    pub bar: Bar,
    /// Whether one issues letters.
    pub issues: bool,
    /// Proposed for a 독촉장, and whether there are more.
    pub dunning: Vec<Candidate>,
    /// Whether there are more of those.
    pub dunning_more: bool,
    /// Proposed for a 예고장.
    pub advance: Vec<Candidate>,
    /// Whether there are more of those.
    pub advance_more: bool,
    /// The form as it was left.
    pub form: Filled,
    /// What makes a repeat the same call.
    pub key: String,
    /// What came of the last form.
    pub outcome: Option<Outcome>,
    /// Letters issued, newest first.
    pub sent: Vec<LetterRow>,
    /// Paging of those.
    pub paging: Paging,
}

/// The months.
#[derive(Debug, Clone, Serialize)]
pub struct Months {
    /// The menu.
    pub bar: Bar,
    /// Newest first.
    pub months: Vec<String>,
}

/// A line of the list of inspection.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// 부서
    pub unit: String,
    /// Why: words keyed `sv-ground-<code>`.
    pub ground: Ground,
    /// The clause.
    pub clause: String,
    /// The petition, where it may be opened.
    pub row: Option<Row>,
}

/// 지적 또는 시정 요구 in a list.
#[derive(Debug, Clone, Serialize)]
pub struct FindingRow {
    /// Number within the month.
    pub no: u32,
    /// 지적, 시정 요구
    pub weight: Weight,
    /// Where it stands.
    pub stand: Stand,
    /// 부서
    pub unit: String,
    /// When it was made.
    pub at: At,
    /// What was found.
    pub text: String,
    /// 회신기한
    pub reply_by: Option<Date>,
}

/// One entry of a month's history.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// When.
    pub at: At,
    /// Who.
    pub who: String,
    /// What.
    pub what: Message,
    /// What was written; empty if nothing.
    pub note: String,
}

/// 심사관의 한 달.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// The menu.
    pub bar: Bar,
    /// “2026-06”
    pub month: String,
    /// Whether the one who looks is the examiner.
    pub examiner: bool,
    /// Departments a finding may be made about: value and name.
    pub units: Vec<(String, String)>,
    /// When the list was drawn up, and by when it is to be inspected.
    pub drawn: Option<(At, Date)>,
    /// The board: as published, or for the examiner as the facts give it.
    pub board: Vec<SpeedRow>,
    /// When it was published.
    pub published: Option<At>,
    /// When the text was sent, the text, and to how many.
    pub sent: Option<(At, String, u32)>,
    /// The list.
    pub items: Vec<ItemRow>,
    /// Findings and orders.
    pub findings: Vec<FindingRow>,
    /// When the month was closed.
    pub closed: Option<At>,
    /// The history.
    pub told: Vec<Told>,
    /// Whether the chain of its journal holds.
    pub holds: bool,
    /// The forms as they were left.
    pub form: Filled,
    /// Why the last act was refused.
    pub refused: Option<(Refusal, String)>,
    /// What makes a repeat the same call.
    pub key: String,
}

/// One finding with what may be done about it.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The menu.
    pub bar: Bar,
    /// “2026-06”
    pub month: String,
    /// The finding.
    pub finding: FindingRow,
    /// The petition it is about.
    pub petition: Option<String>,
    /// What was said and replied, oldest first.
    pub told: Vec<Told>,
    /// Whether one replies.
    pub replies: bool,
    /// Whether one judges the reply.
    pub judges: bool,
    /// The form as it was left.
    pub form: Filled,
    /// Why it was refused.
    pub refused: Option<(Refusal, String)>,
    /// What makes a repeat the same call.
    pub key: String,
}
