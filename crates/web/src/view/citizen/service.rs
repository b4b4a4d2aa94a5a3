//! 민원사무 안내 — home, the search over services, and one service as the handbook (민원편람, 영 제10조) tells it.

use super::{at, mine::PetitionRow};
use crate::view::{Message, Paging, View};
use domain::time::At;
use serde::Serialize;

/// A fact of the handbook: `sure: false` is shown as “확인 필요”.
#[derive(Debug, Clone, Serialize)]
pub struct Fact<T> {
    /// What the handbook says.
    pub value: T,
    /// Whether the department has confirmed it.
    pub sure: bool,
}

/// A service in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceRow {
    /// Its code in the catalogue.
    pub code: String,
    /// 민원사무명, in the language of the page where there is a translation.
    pub name: String,
    /// Its group, as the catalogue names it.
    pub group: String,
    /// 처리기간.
    pub period: Option<Fact<Message>>,
    /// What spoke for it, where it was searched for.
    pub because: Option<Message>,
}

impl ServiceRow {
    fn samples() -> Vec<ServiceRow> {
        let row = |code: &str, name: &str, group: &str, period: Option<Message>| ServiceRow {
            code: code.into(),
            name: name.into(),
            group: group.into(),
            period: period.map(|value| Fact {
                value,
                sure: code != "S001",
            }),
            because: (code == "S001").then(|| Message::new("found-because").with("word", "자격증 <b>")),
        };
        vec![
            row(
                "S001",
                "장례지도사 자격증 재발급",
                "자격증 재발급",
                Some(Message::new("period-days").with("n", 3)),
            ),
            row(
                "S002",
                "요양보호사 자격증 재발급",
                "자격증 재발급",
                Some(Message::new("period-immediately")),
            ),
            row("S016", "국제물류주선업 등록", "업체등록", None),
        ]
    }
}

/// A notice of the office.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeRow {
    /// When it was put up.
    pub at: At,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// 첫 화면.
#[derive(Debug, Clone, Serialize)]
pub struct Home {
    /// Services that are filed here at once.
    pub often: Vec<ServiceRow>,
    /// Notices, newest first.
    pub notices: Vec<NoticeRow>,
    /// The signed-in citizen's newest petitions; `None` for somebody not signed in.
    pub mine: Option<Vec<PetitionRow>>,
}

impl View for Home {
    const TEMPLATE: &'static str = "citizen/home.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let notices = vec![NoticeRow {
            at: at(2026, 11, 20, 9, 0),
            title: "12월 전자민원창구 정기 점검 안내".into(),
            text: "12월 5일 00:00부터 04:00까지 점검합니다. 그동안에는 전화와 방문으로 신청하실 수 있습니다."
                .into(),
        }];
        vec![
            (
                "a stranger",
                Home {
                    often: ServiceRow::samples(),
                    notices,
                    mine: None,
                },
            ),
            (
                "signed in",
                Home {
                    often: ServiceRow::samples(),
                    notices: vec![],
                    mine: Some(PetitionRow::samples()),
                },
            ),
            (
                "signed in, nothing yet",
                Home {
                    often: vec![],
                    notices: vec![],
                    mine: Some(vec![]),
                },
            ),
        ]
    }
}

/// 민원사무 목록과 검색 결과.
#[derive(Debug, Clone, Serialize)]
pub struct Services {
    /// What was searched for; empty when browsing.
    pub query: String,
    /// What was found.
    pub rows: Vec<ServiceRow>,
    /// Older and newer.
    pub paging: Paging,
}

impl View for Services {
    const TEMPLATE: &'static str = "citizen/services.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let paging = Paging {
            older: Some("S016".into()),
            newer: None,
        };
        vec![
            (
                "found",
                Services {
                    query: "자격증 <재발급>".into(),
                    rows: ServiceRow::samples(),
                    paging: Paging::default(),
                },
            ),
            (
                "nothing found",
                Services {
                    query: "우주선".into(),
                    rows: vec![],
                    paging: Paging::default(),
                },
            ),
            (
                "browsing",
                Services {
                    query: String::new(),
                    rows: ServiceRow::samples(),
                    paging,
                },
            ),
        ]
    }
}

/// A document to bring.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// The clause that asks for it; empty where none is named.
    pub basis: String,
    /// The official looks it up, so the citizen need not bring it (법 제10조제3항).
    pub looked_up: bool,
    /// It is only shown at the counter.
    pub shown: bool,
}

/// 민원사무 한 가지.
#[derive(Debug, Clone, Serialize)]
pub struct ServicePage {
    /// Its code.
    pub code: String,
    /// 민원사무명.
    pub name: String,
    /// Kind of petition: statutory, inquiry, suggestion, other, grievance, compound.
    pub kind: String,
    /// The other petitions of the same 종: code and name.
    pub family: Vec<(String, String)>,
    /// 근거법령.
    pub legal_basis: Option<Fact<String>>,
    /// 처리기간.
    pub period: Option<Fact<Message>>,
    /// 구비서류.
    pub documents: Fact<Vec<Document>>,
    /// 기관이 확인할 사항.
    pub checks: Option<Fact<Vec<String>>>,
    /// 신청서식.
    pub sheets: Option<Fact<Vec<String>>>,
    /// 수수료, as the handbook writes it; `None` if there is none named.
    pub fee: Option<Fact<String>>,
    /// 수수료 감면.
    pub waivers: Option<Fact<Vec<String>>>,
    /// 면허분 등록면허세.
    pub licence_tax: Option<Fact<String>>,
    /// 주관부서.
    pub department: Option<Fact<String>>,
    /// Its telephone; empty for none.
    pub phone: String,
    /// 경유·협의기관.
    pub via: Option<Fact<Vec<String>>>,
    /// 처리절차.
    pub steps: Option<Fact<Vec<String>>>,
    /// 심사기준.
    pub criteria: Option<Fact<Vec<String>>>,
    /// 전결권자.
    pub approver: Option<Fact<Message>>,
    /// What silence means when the period is over; `None` for nothing.
    pub deemed: Option<Fact<Message>>,
    /// 신원조회; `None` for none.
    pub identity: Option<Fact<Message>>,
    /// 사전심사 대상.
    pub review: bool,
    /// 원스톱.
    pub one_stop: bool,
    /// Handed out at the counter alone.
    pub visit_only: bool,
    /// 작성예시, line by line.
    pub example: Option<Fact<Vec<String>>>,
    /// Whether it can be filed here, electronically.
    pub online: bool,
    /// Whether 본인확인 is needed for that.
    pub verified: bool,
    /// Whether a clerk may write it down for the citizen (구술민원, 영 제10조).
    pub oral: bool,
    /// Further remarks of the handbook.
    pub note: String,
}

impl View for ServicePage {
    const TEMPLATE: &'static str = "citizen/service.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let document = |name: &str, looked_up| Document {
            name: name.into(),
            basis: if looked_up {
                "주민등록법 제29조".into()
            } else {
                String::new()
            },
            looked_up,
            shown: name == "신분증",
        };
        let lines = |lines: &[&str], sure| {
            let value = lines.iter().map(|line| (*line).to_owned()).collect();
            Some(Fact { value, sure })
        };
        let said = |key: &str| Fact {
            value: Message::new(key),
            sure: true,
        };
        let full = ServicePage {
            code: "S001".into(),
            name: "장례지도사 자격증 재발급".into(),
            kind: "statutory".into(),
            family: vec![("S002".into(), "장례지도사 자격증 <발급>".into())],
            legal_basis: Some(Fact {
                value: "장사 등에 관한 법률 제29조의2".into(),
                sure: true,
            }),
            period: Some(Fact {
                value: Message::new("period-days").with("n", 3),
                sure: false,
            }),
            documents: Fact {
                value: vec![
                    document("재발급신청서", false),
                    document("자격증(훼손 시)", false),
                    document("신분증", false),
                    document("주민등록표 초본", true),
                ],
                sure: false,
            },
            fee: Some(Fact {
                value: "2,000원".into(),
                sure: true,
            }),
            department: Some(Fact {
                value: "어르신복지과".into(),
                sure: false,
            }),
            checks: lines(&["사업자등록증"], true),
            sheets: lines(&["장사 등에 관한 법률 시행규칙 별지 제3호서식"], true),
            waivers: lines(
                &["국민기초생활 보장법에 따른 수급자: 전액", "국가유공자: 전액"],
                false,
            ),
            licence_tax: Some(Fact {
                value: "제4종 18,000원".into(),
                sure: false,
            }),
            phone: "02-000-1300".into(),
            via: lines(&["관할 경찰서(2일)"], false),
            steps: lines(&["접수", "서류 검토", "결재", "교부"], true),
            criteria: lines(&["결격사유가 없는지"], true),
            approver: Some(said("book-approver-team_lead")),
            deemed: Some(Fact {
                value: Message::new("service-deemed-accepted").with("basis", "장사 등에 관한 법률 제14조"),
                sure: false,
            }),
            identity: Some(said("service-identity-condition")),
            review: true,
            one_stop: true,
            visit_only: true,
            example: lines(&["성명: 홍길동", "사유: 분실 <어디서인지 모름>"], true),
            online: true,
            verified: true,
            oral: true,
            note: "처리기간의 범위에서 한 차례 연장할 수 있습니다.".into(),
        };
        let bare = ServicePage {
            family: vec![],
            checks: None,
            sheets: None,
            waivers: None,
            licence_tax: None,
            phone: String::new(),
            via: None,
            steps: None,
            criteria: None,
            approver: None,
            deemed: None,
            identity: None,
            review: false,
            one_stop: false,
            visit_only: false,
            example: None,
            legal_basis: None,
            period: None,
            documents: Fact {
                value: vec![],
                sure: true,
            },
            fee: None,
            department: None,
            online: false,
            verified: false,
            oral: false,
            note: String::new(),
            ..full.clone()
        };
        vec![("all facts", full), ("few facts", bare)]
    }
}
