//! 사전동의 — whether a piece of shared administrative information may be looked up: with a signed consent that covers it, on a coded
//! exception with notice afterwards, or not at all (전자정부법 제39조제7항·제42조·제43조, 같은 법 시행령 제49조).

use crate::calendar::Calendar;
use crate::handbook::{Document, Supply};
use crate::id::{OfficialId, PetitionId};
use crate::refusal::Refusal;
use crate::terms::{Code, Seat, coded};
use crate::time::At;
use jiff::civil::Date;

coded! {
    /// 사전동의의 예외 (전자정부법 제42조제2항, 같은 법 시행령 제49조제2항).
    Exception {
        /// 정보주체의 생명·신체를 보호하기 위하여 긴급함 (제1호).
        Emergency = "emergency",
        /// 의무를 부과하거나 권리·이익을 취소·철회하는 일에 불가피함 (제2호).
        Duty = "duty",
        /// 법령 위반의 조사·처벌 등 제재에 불가피함 (제3호).
        Sanction = "sanction",
        /// 정보주체에게 이익이 됨이 명백함 (제4호, 영 제1호).
        Benefit = "benefit",
        /// 신청의 심사나 사실조사에 불가피함 (제4호, 영 제2호).
        Review = "review",
        /// 누구나 발급받거나 열람할 수 있는 정보 (제4호, 영 제3호).
        Anyone = "anyone",
        /// 국가안전보장·외교 (제4호, 영 제4호).
        State = "state",
    }
}

impl Exception {
    /// The clause that allows it.
    pub const fn clause(self) -> &'static str {
        match self {
            Exception::Emergency => "전자정부법 제42조제2항제1호",
            Exception::Duty => "전자정부법 제42조제2항제2호",
            Exception::Sanction => "전자정부법 제42조제2항제3호",
            Exception::Benefit => "전자정부법 제42조제2항제4호, 같은 법 시행령 제49조제2항제1호",
            Exception::Review => "전자정부법 제42조제2항제4호, 같은 법 시행령 제49조제2항제2호",
            Exception::Anyone => "전자정부법 제42조제2항제4호, 같은 법 시행령 제49조제2항제3호",
            Exception::State => "전자정부법 제42조제2항제4호, 같은 법 시행령 제49조제2항제4호",
        }
    }
}

/// The clause behind a look-up with consent.
pub const CONSENT_CLAUSE: &str = "전자정부법 제42조제1항";

coded! {
    /// 공동이용의 목적.
    Purpose {
        /// 구비서류를 갈음하여 확인.
        Documents = "documents",
        /// 수수료 감면 자격 확인.
        Waiver = "waiver",
    }
}

coded! {
    /// 서명의 방법.
    ConsentWay {
        /// 이름을 직접 입력.
        Typed = "typed",
        /// 화면에 서명.
        Drawn = "drawn",
    }
}

coded! {
    /// 무엇으로 찾는가 — by what the centre finds the one record that is asked for.
    About {
        /// 생년월일.
        Person = "person",
        /// 사업자등록번호.
        Business = "business",
        /// 법인등록번호.
        Corporation = "corporation",
        /// 소재지 지번.
        Place = "place",
        /// 자동차등록번호.
        Vehicle = "vehicle",
    }
}

impl About {
    /// Whether this is what such a record is found by: a day of birth of eight digits, a business number of ten, a corporation's of
    /// thirteen; places and vehicles as they are written, up to a hundred characters.
    pub fn fits(self, text: &str) -> bool {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let only = text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ' '));
        match self {
            About::Person => only && digits == 8,
            About::Business => only && digits == 10,
            About::Corporation => only && digits == 13,
            About::Place | About::Vehicle => {
                let n = text.trim().chars().count();
                (2..=100).contains(&n) && !text.chars().any(char::is_control)
            }
        }
    }
}

/// So long a consent is good for unless the petition ends before ([R]: the law sets no length; what is not needed any more is not kept
/// open, 개인정보 보호법 제3조).
pub const VALID_DAYS: i64 = 90;
const DAY: i64 = 86_400_000;

/// 동의 — what somebody signed, without their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Identity.
    pub id: [u8; 16],
    /// For which petition.
    pub petition: PetitionId,
    /// 목적.
    pub purpose: Purpose,
    /// 대상정보.
    pub items: Vec<Code>,
    /// 이용기관: a hash of the name that was shown.
    pub agency: [u8; 32],
    /// When it was signed.
    pub signed_at: At,
    /// The first moment it is no longer good for.
    pub valid_until: At,
    /// When it was withdrawn.
    pub withdrawn_at: Option<At>,
}

impl Consent {
    /// Until when what is signed now is good for.
    pub fn valid_from(signed_at: At) -> At {
        signed_at.plus(VALID_DAYS * DAY)
    }

    /// Whether it can be relied on at that moment.
    pub fn holds(&self, now: At) -> bool {
        self.signed_at <= now && now < self.valid_until && self.withdrawn_at.is_none_or(|at| now < at)
    }
}

/// What somebody wants to look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// For which petition.
    pub petition: PetitionId,
    /// 대상정보.
    pub item: Code,
    /// 목적.
    pub purpose: Purpose,
    /// 이용기관: a hash of its name today.
    pub agency: [u8; 32],
    /// The exception claimed, if any.
    pub exception: Option<Exception>,
}

/// On what a look-up rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A consent.
    Consent([u8; 16]),
    /// An exception: the person is told afterwards.
    Exception(Exception),
}

impl Basis {
    /// 근거법령.
    pub const fn clause(self) -> &'static str {
        match self {
            Basis::Consent(_) => CONSENT_CLAUSE,
            Basis::Exception(exception) => exception.clause(),
        }
    }
}

/// On what the look-up may rest at this moment. A consent that covers it comes before any exception. Errors, the most telling
/// one of all consents of this petition: `ConsentMissing` (none, or only of another petition), `ConsentNarrower` (another purpose,
/// item or agency), `ConsentExpired`, `ConsentWithdrawn`.
pub fn basis(wanted: &Wanted, consents: &[Consent], now: At) -> Result<Basis, Refusal> {
    let mut why = Refusal::ConsentMissing;
    for consent in consents
        .iter()
        .filter(|consent| consent.petition == wanted.petition && consent.signed_at <= now)
    {
        let covers = consent.items.contains(&wanted.item)
            && consent.purpose == wanted.purpose
            && consent.agency == wanted.agency;
        let told = if !covers {
            Refusal::ConsentNarrower
        } else if consent.holds(now) {
            return Ok(Basis::Consent(consent.id));
        } else if consent.withdrawn_at.is_some_and(|at| at <= now) {
            Refusal::ConsentWithdrawn
        } else {
            Refusal::ConsentExpired
        };
        // What was covered once says more than what never was.
        if why == Refusal::ConsentMissing || why == Refusal::ConsentNarrower {
            why = told;
        }
    }
    wanted.exception.map(Basis::Exception).ok_or(why)
}

coded! {
    /// 공동이용의 역할 (전자정부법 제39조제7항).
    Role {
        /// 총괄관리자.
        Manager = "manager",
        /// 권한부여자.
        Grantor = "grantor",
        /// 접근권한자.
        Accessor = "accessor",
    }
}

/// 지정 — a role given to an official; an 접근권한자 for one item each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Identity.
    pub id: [u8; 16],
    /// Who has it.
    pub official: OfficialId,
    /// Which.
    pub role: Role,
    /// For which item; `None` but for 접근권한자.
    pub item: Option<Code>,
    /// Who gave it.
    pub given_by: OfficialId,
    /// Since when.
    pub given_at: At,
    /// When it was taken back, and by whom.
    pub ended: Option<(At, OfficialId)>,
}

fn has(grants: &[Grant], official: OfficialId, role: Role) -> bool {
    (grants.iter()).any(|grant| grant.official == official && grant.role == role && grant.ended.is_none())
}

/// Whether `by` may give or take back `role`, seeing the grants there are: 총괄관리자 by the administrator, 권한부여자 by a 총괄관리자, 접근권한자
/// by a 권한부여자; nobody gives to themselves. Errors: `NotYours`.
pub fn may_give(
    (by, seats): (OfficialId, &[Seat]),
    grants: &[Grant],
    role: Role,
    to: OfficialId,
) -> Result<(), Refusal> {
    let gives = match role {
        Role::Manager => seats.contains(&Seat::Administrator),
        Role::Grantor => has(grants, by, Role::Manager),
        Role::Accessor => has(grants, by, Role::Grantor),
    };
    if gives && by != to {
        Ok(())
    } else {
        Err(Refusal::NotYours)
    }
}

/// Whether `official` is 접근권한자 for `item`. Errors: `NoAccess`.
pub fn may_access(official: OfficialId, item: Code, grants: &[Grant]) -> Result<(), Refusal> {
    let may = grants.iter().any(|grant| {
        grant.official == official
            && grant.role == Role::Accessor
            && grant.item == Some(item)
            && grant.ended.is_none()
    });
    may.then_some(()).ok_or(Refusal::NoAccess)
}

coded! {
    /// 조회의 결과.
    Found {
        /// 조회 중: asked, and not known yet what was answered.
        Asked = "asked",
        /// 확인함.
        Yes = "found",
        /// 해당 없음.
        No = "not_found",
        /// 나중에: the centre could not be reached.
        Later = "later",
        /// 보유기관이 거절함.
        Refused = "refused",
    }
}

impl Found {
    /// Whether the holder gave an answer about the person, which is what is counted and told.
    pub const fn is_answer(self) -> bool {
        matches!(self, Found::Yes | Found::No)
    }
}

/// 열람 청구의 통지 기한: within ten days of the request, its day not counted; where the last one is no working day, the next one that
/// is (전자정부법 제43조, 민법 제157조·제161조). `None` outside the calendar.
pub fn record_due(asked: Date, calendar: &Calendar) -> Option<Date> {
    let mut day = asked.checked_add(jiff::Span::new().days(10)).ok()?;
    while !calendar.works(day)? {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

/// 공동이용 대상정보 — one kind of record, who holds it, and what is kept of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Code.
    pub code: Code,
    /// Name, in Korean and in English.
    pub name: [String; 2],
    /// 보유기관, in Korean and in English.
    pub holder: [String; 2],
    /// By what it is found.
    pub about: About,
    /// Whether the answer is kept with the petition; otherwise only that it was seen.
    pub keep: bool,
    /// How it is called among 구비서류, without spaces.
    pub called: Vec<String>,
}

/// A list that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("shared information, line {0}: code,name,name_en,holder,holder_en,about,keep,called")]
pub struct BadItem(usize);

/// Every item the office can look up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items(Vec<Item>);

fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '·').collect()
}

impl Items {
    /// Reads the list: a heading, then one line an item; `called` holds names between semicolons.
    pub fn parse(csv: &str) -> Result<Items, BadItem> {
        let mut items: Vec<Item> = Vec::new();
        for (n, line) in csv.trim_start_matches('\u{feff}').lines().enumerate().skip(1) {
            if line.trim().is_empty() {
                continue;
            }
            let bad = || BadItem(n + 1);
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let [code, name, name_en, holder, holder_en, about, keep, called] =
                <[&str; 8]>::try_from(cells).map_err(|_| bad())?;
            let code: Code = code.parse().map_err(|_| bad())?;
            let called: Vec<String> = called
                .split(';')
                .map(tight)
                .filter(|name| !name.is_empty())
                .collect();
            if called.is_empty() || items.iter().any(|item| item.code == code) {
                return Err(bad());
            }
            items.push(Item {
                code,
                name: [name.to_owned(), name_en.to_owned()],
                holder: [holder.to_owned(), holder_en.to_owned()],
                about: about.parse().map_err(|_| bad())?,
                keep: match keep {
                    "yes" => true,
                    "no" => false,
                    _ => return Err(bad()),
                },
                called,
            });
        }
        Ok(Items(items))
    }

    /// Every one, in the order of the list.
    pub fn all(&self) -> &[Item] {
        &self.0
    }

    /// The one with this code.
    pub fn get(&self, code: Code) -> Option<&Item> {
        self.0.iter().find(|item| item.code == code)
    }

    /// Those that stand among these 구비서류 and 담당자 확인사항. What the petitioner shows, or the office keeps itself, is not looked
    /// up elsewhere.
    pub fn among<'a>(&'a self, documents: &[Document], checks: &[String]) -> Vec<&'a Item> {
        let names: Vec<String> = (documents.iter())
            .filter(|document| matches!(document.supply, Supply::Petitioner | Supply::Shared))
            .map(|document| tight(&document.name))
            .chain(checks.iter().map(|check| tight(check)))
            .collect();
        (self.0.iter())
            .filter(|item| {
                (item.called.iter()).any(|called| names.iter().any(|name| name.contains(called.as_str())))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
