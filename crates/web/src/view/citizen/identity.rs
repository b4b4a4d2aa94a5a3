//! 본인확인 — the providers one can choose, the way to them, what came of it, one's own ties, and the rehearsal of the demo.

use super::at;
use crate::view::{Filled, Message, View};
use domain::{assurance::Means, time::At};
use serde::Serialize;

/// One provider, as a button.
#[derive(Debug, Clone, Serialize)]
pub struct Door {
    /// Its code.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
    /// Its kind.
    pub means: Means,
}

impl Door {
    /// Two of them.
    pub fn samples() -> Vec<Door> {
        [
            ("phone", "휴대전화 <본인확인>", Means::Identity),
            ("mobile-id", "모바일 신분증", Means::MobileId),
        ]
        .into_iter()
        .map(|(code, name, means)| Door {
            code: code.into(),
            name: name.into(),
            means,
        })
        .collect()
    }
}

/// One of one's own tied identities.
#[derive(Debug, Clone, Serialize)]
pub struct TiedRow {
    /// What it is called in the form.
    pub handle: String,
    /// The provider; its kind where it is not configured any more.
    pub provider: String,
    /// Its kind.
    pub means: Means,
    /// The name it gave.
    pub name: String,
    /// Since when.
    pub since: At,
    /// When it was last shown.
    pub shown: At,
}

/// One of one's own contacts.
#[derive(Debug, Clone, Serialize)]
pub struct ReachRow {
    /// The contact, masked.
    pub masked: String,
    /// A mailbox, not a telephone.
    pub mail: bool,
    /// Whether one comes in by a code sent there.
    pub lets_in: bool,
}

impl ReachRow {
    /// One that lets in, one that does not.
    pub fn samples() -> Vec<ReachRow> {
        [("010-****-5678", false, true), ("k***@example.org", true, false)]
            .into_iter()
            .map(|(masked, mail, lets_in)| ReachRow {
                masked: masked.into(),
                mail,
                lets_in,
            })
            .collect()
    }
}

/// 로그인 연락처 추가 — `form` has `reach` (phone, mail), `phone`, `mail`.
#[derive(Debug, Clone, Serialize)]
pub struct AddContact {
    /// Those there are.
    pub reaches: Vec<ReachRow>,
    /// The form.
    pub form: Filled,
}

impl View for AddContact {
    const TEMPLATE: &'static str = "citizen/add_contact.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |reaches, form| AddContact { reaches, form };
        vec![
            ("first", page(Vec::new(), Filled::default())),
            (
                "taken",
                page(
                    ReachRow::samples(),
                    Filled::default().wrong("", Message::new("reach-error-others")),
                ),
            ),
        ]
    }
}

/// 로그인 연락처 and 내 본인확인, a part of 나의 민원.
#[derive(Debug, Clone, Serialize)]
pub struct Own {
    /// One's contacts.
    pub reaches: Vec<ReachRow>,
    /// What is tied.
    pub tied: Vec<TiedRow>,
    /// What can be tied.
    pub doors: Vec<Door>,
}

impl Own {
    /// Nothing, and nothing to choose.
    pub fn none() -> Own {
        Own {
            reaches: Vec::new(),
            tied: Vec::new(),
            doors: Vec::new(),
        }
    }

    /// One tied, two to choose.
    pub fn sample() -> Own {
        Own {
            reaches: ReachRow::samples(),
            tied: vec![TiedRow {
                handle: "a1".into(),
                provider: "휴대전화 <본인확인>".into(),
                means: Means::Identity,
                name: "김<하늘>".into(),
                since: at(2026, 11, 2, 9, 30),
                shown: at(2026, 11, 20, 10, 5),
            }],
            doors: Door::samples(),
        }
    }
}

/// 본인확인 화면으로 이동 — before a tie: where one goes, and what is taken over.
#[derive(Debug, Clone, Serialize)]
pub struct Leaving {
    /// The provider.
    pub provider: String,
    /// Where the link leads.
    pub way: String,
    /// Where to go instead: a path of ours.
    pub back: String,
}

impl View for Leaving {
    const TEMPLATE: &'static str = "citizen/identity_leaving.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "only",
            Leaving {
                provider: "휴대전화 <본인확인>".into(),
                way: "https://identity.example/auth?state=a&nonce=b".into(),
                back: "/my".into(),
            },
        )]
    }
}

/// Why 본인확인 came to nothing: each has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No question of this browser.
    Foreign,
    /// Too late.
    Late,
    /// Used before.
    Again,
    /// Broken off.
    Cancelled,
    /// Does not hold.
    Refused,
    /// Something is missing.
    Lacking,
    /// The provider is away.
    Away,
    /// Somebody else's.
    Taken,
    /// Signed out meanwhile.
    SignedOut,
    /// Too many tries.
    Wait,
}

impl Why {
    /// All of them.
    pub const ALL: [Why; 10] = [
        Why::Foreign,
        Why::Late,
        Why::Again,
        Why::Cancelled,
        Why::Refused,
        Why::Lacking,
        Why::Away,
        Why::Taken,
        Why::SignedOut,
        Why::Wait,
    ];
}

/// 본인확인을 마치지 못함.
#[derive(Debug, Clone, Serialize)]
pub struct NotShown {
    /// Why.
    pub why: Why,
    /// The provider.
    pub provider: String,
    /// Whether somebody is signed in.
    pub signed_in: bool,
}

impl View for NotShown {
    const TEMPLATE: &'static str = "citizen/identity_not_shown.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |why, signed_in| NotShown {
            why,
            provider: "휴대전화 <본인확인>".into(),
            signed_in,
        };
        let names = [
            "foreign",
            "late",
            "again",
            "cancelled",
            "refused",
            "lacking",
            "away",
            "taken",
            "signed out",
            "wait",
        ];
        (names.into_iter().zip(Why::ALL))
            .map(|(name, why)| (name, page(why, why == Why::Taken)))
            .collect()
    }
}

/// 본인확인이 필요한 민원 — what was written stays; there is another way.
#[derive(Debug, Clone, Serialize)]
pub struct Needed {
    /// The service.
    pub service: String,
    /// What one can choose; none where no provider is enough.
    pub doors: Vec<Door>,
    /// Whether somebody is signed in, so that the identity is tied to them.
    pub signed_in: bool,
    /// The step to come back to: a path of ours.
    pub back: String,
}

impl View for Needed {
    const TEMPLATE: &'static str = "citizen/identity_needed.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |doors, signed_in| Needed {
            service: "자격증 <재발급>".into(),
            doors,
            signed_in,
            back: "/file/d1/contact".into(),
        };
        vec![
            ("guest", page(Door::samples(), false)),
            ("signed in", page(Door::samples(), true)),
            ("no provider", page(Vec::new(), false)),
        ]
    }
}

/// Whom one can be at the rehearsal.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRow {
    /// What the form calls it.
    pub key: String,
    /// 성명; empty for a fault.
    pub name: String,
    /// Whether telephone or mail are told too.
    pub reach: bool,
}

/// 연습용 본인확인 (demo only).
#[derive(Debug, Clone, Serialize)]
pub struct Rehearse {
    /// The question that is answered.
    pub state: String,
    /// Whom one can be.
    pub roles: Vec<RoleRow>,
}

impl View for Rehearse {
    const TEMPLATE: &'static str = "citizen/identity_rehearsal.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let role = |key: &str, name: &str, reach| RoleRow {
            key: key.into(),
            name: name.into(),
            reach,
        };
        vec![(
            "only",
            Rehearse {
                state: "00\"ff".into(),
                roles: vec![
                    role("haneul", "김하늘", true),
                    role("san", "박<산>", false),
                    role("lacking", "", false),
                    role("away", "", false),
                ],
            },
        )]
    }
}
