//! 공무원 화면 — the officials' pages: log-in, work list, case file, acts, approvals, the office.
//!
//! What a page needs is handed in ready; words for codes (life, deed, seat, ground …) are keyed `life-<code>`,
//! `deed-<code>` and so on in `desk.ftl`. Nothing here decides what is possible.

pub mod account;
pub mod act;
pub mod bulk;
pub mod case;
pub mod disposal;
pub mod erasure;
pub mod files;
pub mod follow;
pub mod gate;
pub mod handbook;
pub mod list;
pub mod office;
pub mod papers;
pub mod past;
pub mod people;
pub mod privacy;
pub mod proceeding;
pub mod room;
pub mod sharing;
pub mod sign_in;
pub mod supervision;
pub mod timeline;
pub mod visitors;
pub mod why;

use crate::{
    route::Row,
    view::{Face, Message, Sample, samples},
};
use domain::{
    due::Left,
    life::Life,
    terms::{Kind, Outcome},
    time::At,
};
use serde::Serialize;

crate::routes! {
    /// The addresses of the officials' face.
    Desk {
        /// 로그인
        SignIn = "desk_sign_in" "/desk/sign-in";
        /// 로그아웃 (POST)
        SignOut = "desk_sign_out" "/desk/sign-out";
        /// 할 일 목록: `?queue=` and `?older=`
        Work = "desk_work" "/desk";
        /// 조건 (POST: shows, keeps, forgets)
        Filter = "desk_filter" "/desk/filter";
        /// 지난번 이후 달라진 것 (POST confirms them as seen)
        News = "desk_news" "/desk/news";
        /// 새 소식 for a list that lies open: `?since=` and `?queue=`
        Pulse = "desk_pulse" "/desk/pulse";
        /// 새 소식 for a case that lies open: `?seq=`
        CasePulse(number) = "desk_case_pulse" "/desk/cases/{number}/pulse";
        /// 검색 (POST: no words in addresses)
        Search = "desk_search" "/desk/search";
        /// 결재함
        Approvals = "desk_approvals" "/desk/approvals";
        /// 민원 카드
        Case(number) = "desk_case" "/desk/cases/{number}";
        /// 함께 처리 (POST: what was chosen must not stand in addresses)
        Bulk = "desk_bulk" "/desk/bulk";
        /// 글쇠
        Keys = "desk_keys" "/desk/keys";
        /// 행위: GET shows the form, POST does it
        Act(number, deed) = "desk_act" "/desk/cases/{number}/acts/{deed}";
        /// 연락처 열람 (POST: it is logged)
        Reveal(number) = "desk_reveal" "/desk/cases/{number}/contact";
        /// 문서: filing, receipt, draft, result …
        Paper(number, paper) = "desk_paper" "/desk/cases/{number}/papers/{paper}";
        /// 첨부 내려받기
        File(number, file) = "desk_file" "/desk/cases/{number}/files/{file}";
        /// 민원 처리부: GET shows the form, POST gives the file
        Register = "desk_register" "/desk/register";
        /// 출력·저장 사유 (POST; it comes back to the export)
        Gate = "desk_gate" "/desk/gate";
        /// 접속기록 점검 (POST sets the figures)
        Reviews = "desk_reviews" "/desk/privacy";
        /// 한 달의 점검 (POST asks, judges, signs): `?outs=`
        Review(month) = "desk_review" "/desk/privacy/{month}";
        /// 점검 보고서
        ReviewPaper(month) = "desk_review_paper" "/desk/privacy/{month}/report";
        /// 접속기록 소명
        Explain = "desk_explain" "/desk/explain";
        /// 서식 관리: POST sets how papers look
        Papers = "desk_papers" "/desk/papers";
        /// 기관 서식: GET downloads it (`?version=`), POST lays down a new one
        Template(paper) = "desk_template" "/desk/papers/{paper}";
        /// 조직과 사람
        People = "desk_people" "/desk/people";
        /// 이 시스템
        About = "desk_about" "/desk/about";
        /// 격리된 파일
        HeldFiles = "desk_held_files" "/desk/held-files";
        /// 격리된 파일 하나 (POST decides about it)
        HeldFile(file) = "desk_held_file" "/desk/held-files/{file}";
        /// 지연 현황판
        Supervision = "desk_supervision" "/desk/supervision";
        /// 스피드지수: `?month=` and `?part=`
        Speed = "desk_speed" "/desk/supervision/speed";
        /// 스피드지수 as CSV
        SpeedCsv = "desk_speed_csv" "/desk/supervision/speed.csv";
        /// 예고장·독촉장 (POST issues them)
        Letters = "desk_letters" "/desk/supervision/letters";
        /// 확인·점검
        Months = "desk_months" "/desk/supervision/months";
        /// 심사관의 한 달 (POST does what its forms ask)
        Month(month) = "desk_month" "/desk/supervision/months/{month}";
        /// 점검 목록, 부서별 현황, 결과 보고
        MonthPaper(month, paper) = "desk_month_paper" "/desk/supervision/months/{month}/papers/{paper}";
        /// 지적·시정 요구 (POST replies, judges)
        Finding(month, no) = "desk_finding" "/desk/supervision/months/{month}/findings/{no}";
        /// 보안민원실: GET tells what it is, POST goes in
        Room = "desk_room" "/desk/room";
        /// 보안민원실에서 나가기 (POST)
        RoomLeave = "desk_room_leave" "/desk/room/leave";
        /// 보안민원 인가: who holds which seat inside
        RoomSeats = "desk_room_seats" "/desk/room/seats";
        /// 보안민원을 넘겼습니다
        HandedIn(number) = "desk_handed_in" "/desk/handed-in/{number}";
        /// 긴급 열람: asking and deciding
        Glass = "desk_glass" "/desk/glass";
        /// 긴급 열람한 민원 (POST: every opening is logged)
        GlassCase(id) = "desk_glass_case" "/desk/glass/{id}";
        /// 파기: requests, register, holds (POST lays, lifts, takes in)
        Erasure = "desk_erasure" "/desk/erasure";
        /// 파기대장 as CSV
        ErasureFile = "desk_erasure_file" "/desk/erasure/register.csv";
        /// 파기대장 as PDF
        ErasurePdf = "desk_erasure_pdf" "/desk/erasure/register.pdf";
        /// 삭제 요구 한 건 (POST decides)
        ErasureCase(request) = "desk_erasure_case" "/desk/erasure/requests/{request}";
        /// 개인정보 파기 확인서
        ErasurePaper(request) = "desk_erasure_paper" "/desk/erasure/requests/{request}/certificate.pdf";
        /// 기록물 폐기 목록들: `?step=`, `?year=`, `?older=`
        Disposals = "desk_disposals" "/desk/disposals";
        /// 기록물 폐기 목록 (POST saves exceptions, takes the step): `?opinion=`, `?page=`
        Disposal(id) = "desk_disposal" "/desk/disposals/{id}";
        /// 폐기 목록 for the board
        DisposalSheet(id) = "desk_disposal_sheet" "/desk/disposals/{id}/list.pdf";
        /// 분리 보관 정보 (POST opens one, with a reason)
        Apart = "desk_apart" "/desk/apart";
        /// 맡은 민원: an external user's list
        Outside = "desk_outside" "/desk/outside";
        /// 맡은 민원 한 건 (POST writes a field note)
        OutsideCase(number) = "desk_outside_case" "/desk/outside/{number}";
        /// 외부 접속자: conditions (POST sets them)
        Externals = "desk_externals" "/desk/externals";
        /// 서비스 계정 (POST makes and takes back)
        ServiceAccounts = "desk_service_accounts" "/desk/service-accounts";
        /// 행정정보 공동이용 of a case (POST looks up, opens, withdraws, tells)
        SharingCase(number) = "desk_sharing_case" "/desk/cases/{number}/sharing";
        /// 사전동의 at the counter (POST)
        SharingConsent(number) = "desk_sharing_consent" "/desk/cases/{number}/sharing/consent";
        /// 공동이용 관리: roles (POST gives them) and figures, `?year=`
        Sharing = "desk_sharing" "/desk/sharing";
        /// 공동이용 현황 as CSV
        SharingCsv = "desk_sharing_csv" "/desk/sharing/figures.csv";
        /// 특별절차: what runs and what ended, `?track=`, `?state=ended`, `?year=`, `?older=`
        Proceedings = "desk_proceedings" "/desk/proceedings";
        /// 특별절차 현황 as CSV, `?year=`
        ProceedingsCsv = "desk_proceedings_csv" "/desk/proceedings/ended.csv";
        /// 특별절차 개시: GET shows the form, POST begins it
        ProceedingOpen(id, track) = "desk_proceeding_open" "/desk/{id}/proceedings/open/{track}";
        /// 특별절차 한 건
        Proceeding(id, no) = "desk_proceeding" "/desk/{id}/proceedings/{no}";
        /// 특별절차의 행위: GET shows the form, POST makes it
        ProceedingMove(id, no, step, code) = "desk_proceeding_move" "/desk/{id}/proceedings/{no}/{step}/{code}";
        /// 추첨 기록
        ProceedingLot(id, no, n) = "desk_proceeding_lot" "/desk/{id}/proceedings/{no}/lots/{n}/record";
        /// 특별절차의 문서: the paper a move made
        ProceedingPaper(id, seq) = "desk_proceeding_paper" "/desk/{id}/proceedings/papers/{seq}";
        /// 민원 카드 by its identity: where notices lead
        Known(id) = "desk_known" "/desk/{id}";
    }
}

/// The addresses of the officials' face, for the template function `url`.
pub const TABLE: &[Row] = Desk::TABLE;

/// Every sample of the officials' pages.
pub fn gallery() -> Vec<Sample> {
    let of = Face::Desk;
    [
        samples::<sign_in::SignIn>(of),
        samples::<list::WorkList>(of),
        samples::<follow::News>(of),
        samples::<follow::Pulse>(of),
        samples::<list::Search>(of),
        samples::<list::Approvals>(of),
        samples::<case::Case>(of),
        samples::<act::ActPage>(of),
        samples::<act::Conflict>(of),
        samples::<act::Done>(of),
        samples::<act::Kept>(of),
        samples::<bulk::Bulk>(of),
        samples::<bulk::Keys>(of),
        samples::<office::People>(of),
        samples::<office::About>(of),
        samples::<files::HeldFiles>(of),
        samples::<files::HeldFile>(of),
        samples::<supervision::Delays>(of),
        samples::<supervision::Speed>(of),
        samples::<supervision::Letters>(of),
        samples::<supervision::Months>(of),
        samples::<supervision::Month>(of),
        samples::<supervision::Finding>(of),
        people::gallery(),
        account::gallery(),
        samples::<handbook::BookList>(of),
        samples::<handbook::BookService>(of),
        samples::<handbook::BookHistory>(of),
        samples::<handbook::BookEdit>(of),
        samples::<handbook::BookClose>(of),
        samples::<handbook::BookUpload>(of),
        samples::<handbook::BookSheet>(of),
        samples::<handbook::BookEditions>(of),
        samples::<room::RoomDoor>(of),
        samples::<room::RoomSeats>(of),
        samples::<room::HandedIn>(of),
        samples::<room::GlassDesk>(of),
        samples::<room::GlassCase>(of),
        samples::<gate::GatePage>(of),
        samples::<privacy::Reviews>(of),
        samples::<privacy::ReviewPage>(of),
        samples::<privacy::Explain>(of),
        samples::<erasure::ErasureDesk>(of),
        samples::<erasure::ErasureCase>(of),
        samples::<disposal::Disposals>(of),
        samples::<disposal::DisposalPage>(of),
        samples::<disposal::ApartList>(of),
        samples::<disposal::ApartPage>(of),
        samples::<visitors::Outside>(of),
        samples::<visitors::OutsideCase>(of),
        samples::<visitors::Externals>(of),
        samples::<visitors::ServiceAccounts>(of),
        samples::<sharing::SharingCase>(of),
        samples::<sharing::SharingOffice>(of),
        samples::<proceeding::ProceedingPage>(of),
        samples::<proceeding::ProceedingMove>(of),
        samples::<proceeding::ProceedingList>(of),
        samples::<papers::RegisterPage>(of),
        samples::<papers::Keeping>(of),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// 메뉴 — where in the menu a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Here {
    /// 할 일
    Work,
    /// 창구
    Counter,
    /// 결재함
    Approvals,
    /// 감독
    Supervision,
    /// 특별절차
    Proceedings,
    /// 검색
    Search,
    /// 대장과 서식
    Papers,
    /// 조직과 사람
    People,
    /// 민원편람
    Handbook,
    /// 이 시스템
    About,
    /// 보안민원실
    Room,
    /// 로그인 보안
    Account,
}

/// 윗줄 — the menu above every official's page.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// Where this page stands.
    pub here: Here,
    /// How many signatures are awaited from the one who looks.
    pub approvals: u64,
}

/// A count that stops counting: “1,000+”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many were counted.
    pub n: u64,
    /// Whether there are more.
    pub more: bool,
}

/// How near the due date is; shown by word, sign and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 기한 경과
    Late,
    /// 오늘
    Today,
    /// 내일
    Soon,
    /// 여유
    Calm,
    /// 불산입 중, 처리 완료: nothing runs.
    Still,
}

/// 남은 시간 — in words, with its urgency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remaining {
    /// “3근무시간 20분”, “2일”, “기한 경과 1일”.
    pub text: Message,
    /// How near.
    pub urgency: Urgency,
}

impl Remaining {
    /// What `left` says in words; `None` while nothing runs: filed at a counter, where no hours are set until reception,
    /// held, concluded, or beyond the calendar.
    pub fn of(left: Option<Left>, life: Life) -> Remaining {
        let Some(left) = left else {
            let key = match life {
                Life::Held => "left-held",
                Life::Concluded => "left-concluded",
                Life::Filed => "left-no-clock",
                Life::Received | Life::Distributed | Life::InHandling => "left-unknown",
            };
            return Remaining {
                text: Message::new(key),
                urgency: Urgency::Still,
            };
        };
        let (n, days) = match left {
            Left::Minutes(n) => (n, false),
            Left::Days(n) | Left::CalendarDays(n) => (n, true),
        };
        let urgency = match (days, n) {
            (_, i64::MIN..=-1) => Urgency::Late,
            (true, 0) | (false, 0..480) => Urgency::Today,
            (true, 1) | (false, 480..960) => Urgency::Soon,
            (_, 1..) => Urgency::Calm,
        };
        let late = if n < 0 { "late" } else { "left" };
        let amount = n.unsigned_abs();
        let text = match left {
            Left::Days(0) | Left::CalendarDays(0) => Message::new("left-today"),
            Left::Days(_) => Message::new(format!("{late}-days")).with("n", amount),
            Left::CalendarDays(_) => Message::new(format!("{late}-calendar-days")).with("n", amount),
            Left::Minutes(_) => {
                let (d, h, m) = (amount / 480, amount % 480 / 60, amount % 60);
                match (d, h, m) {
                    (0, 0, m) => Message::new(format!("{late}-m")).with("m", m),
                    (0, h, 0) => Message::new(format!("{late}-h")).with("h", h),
                    (0, h, m) => Message::new(format!("{late}-hm")).with("h", h).with("m", m),
                    (d, 0, _) => Message::new(format!("{late}-d")).with("d", d),
                    (d, h, _) => Message::new(format!("{late}-dh")).with("d", d).with("h", h),
                }
            }
        };
        Remaining { text, urgency }
    }
}

/// 표시 — what is remarkable about a petition in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// 재배부 요청
    SendBack,
    /// 결재 대기
    OnTheLine,
    /// 반송됨
    TurnedBack,
    /// 문서시스템 등록 대기
    NumberAwaited,
    /// 수리·허가 간주 임박
    DeemedSoon,
    /// 처리기간 경과: 수리·허가 간주 기록 필요
    DeemedAt,
    /// 결재 완료, 시행 대기
    Approved,
    /// 보완 도착
    Supplemented,
    /// 보완 기한 지남
    SupplementLapsed,
    /// 연장 동의 대기
    Consent,
    /// 동의하지 않음
    Declined,
}

/// 결재선 위의 사람, 처리담당자 … — an official as shown to officials.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// The account's id, for forms.
    pub id: String,
    /// 성명
    pub name: String,
    /// 직위
    pub title: String,
    /// 부서
    pub unit: String,
    /// 전화
    pub phone: String,
}

impl Person {
    /// A made-up person for samples.
    pub(crate) fn sample(id: &str, name: &str, title: &str, unit: &str) -> Person {
        Person {
            id: id.into(),
            name: name.into(),
            title: title.into(),
            unit: unit.into(),
            phone: "02-000-5040".into(),
        }
    }
}

/// A petition in one line, above the form of an act.
#[derive(Debug, Clone, Serialize)]
pub struct CaseHead {
    /// 신청번호, also the address.
    pub number: String,
    /// 접수번호
    pub reception: Option<String>,
    /// 제목
    pub title: String,
    /// 민원사무
    pub service: String,
    /// 종류
    pub kind: Kind,
    /// 생애
    pub life: Life,
    /// 처리 결과, once concluded.
    pub outcome: Option<Outcome>,
    /// The first instant that is late: of handling, or of 접수 while only filed.
    pub due_at: Option<At>,
    /// 남은 시간
    pub remaining: Remaining,
}

/// A moment on a Korean wall clock, for samples.
pub(crate) fn at(year: i16, month: i8, day: i8, hour: i8, minute: i8) -> At {
    At::seoul(jiff::civil::datetime(year, month, day, hour, minute, 0, 0))
}

/// A title such as a browser must never run, and one without an end: both occur.
pub(crate) const HOSTILE: &str =
    "</title></h1><script src=//evil.example></script><img src=x onerror=alert(1)> \"'&{{ 7*7 }} 신고합니다";

pub(crate) fn endless() -> String {
    "가로수 뿌리가 보도블록을 들어 올려 유모차와 휠체어가 지나갈 수 없으니 정비하여 주시기 바랍니다. "
        .repeat(100)
        .chars()
        .take(5_000)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Pages;
    use domain::{life::Deed, terms::Seat};

    #[test]
    fn what_is_left_reads_as_officials_say_it() {
        let pages = Pages::new().expect("pages");
        for (left, life, expected, urgency) in [
            (
                Some(Left::Minutes(200)),
                Life::InHandling,
                "3근무시간 20분",
                Urgency::Today,
            ),
            (Some(Left::Minutes(0)), Life::InHandling, "0분", Urgency::Today),
            (Some(Left::Minutes(480)), Life::InHandling, "1일", Urgency::Soon),
            (
                Some(Left::Minutes(1_100)),
                Life::InHandling,
                "2일 2근무시간",
                Urgency::Calm,
            ),
            (
                Some(Left::Minutes(-61)),
                Life::Filed,
                "기한 경과 1근무시간 1분",
                Urgency::Late,
            ),
            (Some(Left::Days(0)), Life::InHandling, "오늘까지", Urgency::Today),
            (Some(Left::Days(1)), Life::InHandling, "1일", Urgency::Soon),
            (Some(Left::Days(2)), Life::InHandling, "2일", Urgency::Calm),
            (
                Some(Left::Days(-1)),
                Life::InHandling,
                "기한 경과 1일",
                Urgency::Late,
            ),
            (
                Some(Left::CalendarDays(12)),
                Life::InHandling,
                "12일(역일)",
                Urgency::Calm,
            ),
            (None, Life::Filed, "정한 기한 없음", Urgency::Still),
            (None, Life::Held, "불산입 중", Urgency::Still),
            (None, Life::Concluded, "–", Urgency::Still),
        ] {
            let remaining = Remaining::of(left, life);
            assert_eq!(
                pages.say("ko", &remaining.text).expect("a word"),
                expected,
                "{left:?}"
            );
            assert_eq!(remaining.urgency, urgency, "{left:?}");
        }
    }

    #[test]
    fn every_code_an_official_meets_has_its_word() {
        let pages = Pages::new().expect("pages");
        let keys = (Life::ALL.iter().map(|c| format!("life-{c}")))
            .chain(Deed::ALL.iter().map(|c| format!("deed-{c}")))
            .chain(Seat::ALL.iter().map(|c| format!("seat-{c}")))
            .chain(Outcome::ALL.iter().map(|c| format!("result-{c}")))
            .chain(
                domain::refusal::Refusal::ALL
                    .iter()
                    .map(|c| format!("refusal-{c}")),
            )
            .chain(domain::due::Ground::ALL.iter().map(|c| format!("ground-{c}")))
            .chain(domain::due::Cause::ALL.iter().map(|c| format!("cause-{c}")))
            .chain(
                domain::terms::EntryPoint::ALL
                    .iter()
                    .map(|c| format!("entry-{c}")),
            )
            .chain(domain::terms::Mark::ALL.iter().map(|c| format!("mark-{c}")));
        for key in keys {
            for lang in crate::lang::all() {
                assert!(
                    pages.say(lang, &Message::new(key.clone())).is_ok(),
                    "{lang}: {key}"
                );
            }
        }
    }
}
