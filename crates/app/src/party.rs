//! 민원인의 이름들 — names, numbers of companies and addresses of who asks and who files for them, as one text in the vault.
//!
//! The journal holds the kinds (`domain::petitioner`); here stands what they are called, what is wrong with it, and how it is
//! shown on papers and envelopes. No field asks for a resident number or a number of a foreigner.

use crate::act::ActError;
use crate::words::Raw;
use crate::{App, Trouble};
use domain::form::numbers;
use domain::id::{PersonId, TextId};
use domain::petition::Petition;
use domain::petitioner::{Filer, Party, Sort, Told};
use domain::refusal::Refusal;
use domain::time::At;
use serde::{Deserialize, Serialize};
use store::batch::Batch;
use store::person::{Contact, ContactKind};
use store::vault::Opened;

/// Longest name, in characters.
pub const NAME: usize = 100;
/// Longest line of an address, in characters.
pub const ADDRESS: usize = 200;

/// 이름들. What a kind does not need stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Names {
    /// 성명, 상호 or 명칭 of the petitioner.
    pub name: String,
    /// 대표자 of a body.
    pub representative: String,
    /// 법인등록번호.
    pub corporation: String,
    /// 사업자등록번호.
    pub business: String,
    /// 법정대리인의 성명.
    pub guardian: String,
    /// 미성년자와의 관계.
    pub relation: String,
    /// 법정대리인의 전화번호, digits.
    pub guardian_phone: String,
    /// 대리인 or 행정사.
    pub agent: String,
    /// 행정사 사무소.
    pub firm: String,
    /// 행정사 등록번호.
    pub licence: String,
    /// 본인의 전화번호 or 전자우편, where they are told besides the agent.
    pub own_reach: String,
    /// 우편번호.
    pub zip: String,
    /// 도로명주소.
    pub road: String,
    /// 상세주소.
    pub detail: String,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing stands there.
    Missing,
    /// Not a number of that kind.
    Unfit,
    /// Longer than it may be.
    Long,
}

impl Names {
    /// Each field by its name, in the order of the form.
    pub fn fields(&self) -> [(&'static str, &str); 14] {
        [
            ("party_name", &self.name),
            ("representative", &self.representative),
            ("corporation", &self.corporation),
            ("business", &self.business),
            ("guardian", &self.guardian),
            ("relation", &self.relation),
            ("guardian_phone", &self.guardian_phone),
            ("agent", &self.agent),
            ("firm", &self.firm),
            ("licence", &self.licence),
            ("own_reach", &self.own_reach),
            ("zip", &self.zip),
            ("road", &self.road),
            ("detail", &self.detail),
        ]
    }

    /// The names as read from a form by `get`; what this kind does not ask for is left out.
    pub fn read(sort: Sort, filer: Filer, told: Told, post: bool, get: impl Fn(&str) -> String) -> Names {
        let when = |needed: bool, name: &str| {
            if needed {
                get(name).trim().to_owned()
            } else {
                String::new()
            }
        };
        let company = sort == Sort::Company;
        let minor = sort == Sort::Minor;
        let official = filer == Filer::AdministrativeAgent;
        Names {
            name: when(true, "party_name"),
            representative: when(sort.is_body(), "representative"),
            corporation: numbers::corporation(&when(company, "corporation")),
            business: numbers::business(&when(company, "business")),
            guardian: when(minor, "guardian"),
            relation: when(minor, "relation"),
            guardian_phone: when(minor, "guardian_phone"),
            agent: when(filer.is_agent(), "agent"),
            firm: when(official, "firm"),
            licence: when(official, "licence"),
            own_reach: when(told == Told::Both, "own_reach"),
            zip: when(post, "zip"),
            road: when(post, "road"),
            detail: when(post, "detail"),
        }
    }

    /// What is wrong, by the name of the field, in the order of the form.
    pub fn faults(&self, sort: Sort, filer: Filer, told: Told, post: bool) -> Vec<(&'static str, Wrong)> {
        let agent = filer.is_agent();
        let phone = |text: &str| {
            crate::identity::Address::parse(text).is_some_and(|address| address.kind == ContactKind::Phone)
        };
        let zip = |text: &str| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        (self.fields().into_iter())
            .filter_map(|(field, value)| {
                let needed = match field {
                    "party_name" => sort.is_body() || sort == Sort::Minor || agent,
                    "representative" => sort.is_body(),
                    "guardian" | "relation" => sort == Sort::Minor,
                    "agent" => agent,
                    "firm" | "licence" => filer == Filer::AdministrativeAgent,
                    "own_reach" => told == Told::Both,
                    "zip" | "road" => post,
                    _ => false,
                };
                let most = if matches!(field, "road" | "detail") {
                    ADDRESS
                } else {
                    NAME
                };
                let unfit = match field {
                    "corporation" => !numbers::is_corporation(value),
                    "business" => !numbers::is_business(value),
                    "guardian_phone" => !phone(value),
                    "own_reach" => crate::identity::Address::parse(value).is_none(),
                    "zip" => !zip(value),
                    _ => false,
                };
                match value {
                    "" => needed.then_some((field, Wrong::Missing)),
                    _ if value.chars().count() > most => Some((field, Wrong::Long)),
                    _ => unfit.then_some((field, Wrong::Unfit)),
                }
            })
            .collect()
    }

    /// Whether nothing was written at all.
    pub fn is_empty(&self) -> bool {
        self.fields().into_iter().all(|(_, value)| value.is_empty())
    }

    /// As one text for the vault; nothing where nothing was written.
    pub fn raw(&self) -> Option<Raw> {
        let bytes = serde_json::to_vec(self).ok()?;
        (!self.is_empty()).then_some(Raw(bytes))
    }

    /// From the text in the vault. What cannot be read is no name.
    pub fn of(text: &str) -> Option<Names> {
        serde_json::from_str(text).ok()
    }

    /// 주소 on an envelope: 도로명주소, 상세주소, 우편번호; empty where there is none.
    pub fn address(&self) -> Vec<String> {
        [&self.road, &self.detail, &self.zip]
            .into_iter()
            .filter(|line| !line.is_empty())
            .cloned()
            .collect()
    }

    /// The petitioner as papers name them: “○○주식회사(대표자 ○○○)”, “○○○(법정대리인 ○○○)”, an agent behind.
    pub fn on_paper(&self, party: &Party, known: &str, english: bool) -> String {
        let name = if self.name.is_empty() { known } else { &self.name };
        let word = |ko: &'static str, en: &'static str| if english { en } else { ko };
        let beside = match party.sort {
            sort if sort.is_body() => Some((word("대표자", "represented by"), &self.representative)),
            Sort::Minor => Some((word("법정대리인", "legal representative"), &self.guardian)),
            _ => None,
        };
        let mut shown = name.to_owned();
        if let Some((what, who)) = beside.filter(|(_, who)| !who.is_empty()) {
            let gap = if english { " " } else { "" };
            shown = format!("{shown}{gap}({what} {who})");
        }
        match party.filer {
            Filer::Oneself => shown,
            Filer::Agent => format!("{shown}, {} {}", word("대리인", "agent"), self.agent),
            Filer::AdministrativeAgent => {
                format!(
                    "{shown}, {} {}",
                    word("행정사", "licensed administrative agent"),
                    self.agent
                )
            }
        }
    }

    /// Who a letter is addressed to: the agent where there is one, the guardian of a minor, else the petitioner.
    pub fn addressee(&self, party: &Party, known: &str) -> String {
        let agent = Some(&self.agent).filter(|agent| party.filer.is_agent() && !agent.is_empty());
        let guardian = Some(&self.guardian).filter(|who| party.sort == Sort::Minor && !who.is_empty());
        let own = if self.name.is_empty() { known } else { &self.name };
        agent.or(guardian).map_or_else(|| own.to_owned(), Clone::clone)
    }
}

/// The names of a petition among its opened texts; empty where a person asks in their own name.
pub fn names(p: &Petition, texts: &Opened) -> Names {
    (p.intake.party.names)
        .and_then(|text| texts.text(text))
        .and_then(Names::of)
        .unwrap_or_default()
}

/// Whether the names of a party fit its kinds.
pub(crate) fn check(party: &Party<Raw>) -> Result<(), Refusal> {
    let names = match &party.names {
        Some(raw) => std::str::from_utf8(&raw.0).ok().and_then(Names::of),
        None => Some(Names::default()),
    };
    let names = names.ok_or(Refusal::PetitionerUnclear)?;
    let post = !names.zip.is_empty() || !names.road.is_empty();
    match names.faults(party.sort, party.filer, party.told, post).as_slice() {
        [] => Ok(()),
        faults if faults.iter().any(|(_, wrong)| *wrong == Wrong::Long) => Err(Refusal::TooLong),
        _ => Err(Refusal::PetitionerUnclear),
    }
}

impl App {
    /// 본인 — the person an agent files for, where they are told, too: known by their contact, or written down with it. Whoever
    /// later proves that contact is that person.
    pub(crate) async fn principal(
        &self,
        batch: &mut Batch,
        party: &mut Party<Raw>,
        language: &str,
        now: At,
    ) -> Result<(), ActError> {
        party.principal = None;
        if party.told == Told::Filer {
            return Ok(());
        }
        let names = (party.names.as_ref())
            .and_then(|raw| std::str::from_utf8(&raw.0).ok())
            .and_then(Names::of)
            .ok_or(Refusal::PetitionerUnclear)?;
        let reach = crate::identity::Address::parse(&names.own_reach).ok_or(Refusal::PetitionerUnclear)?;
        let place = &self.here;
        if let Some(person) = place.person_by(reach.kind, &reach.value).await? {
            party.principal = Some(person);
            return Ok(());
        }
        let person = PersonId(self.id());
        let value = Some(reach.value.clone());
        let (phone, mail) = match reach.kind {
            ContactKind::Phone => (value, None),
            ContactKind::Mail => (None, value),
        };
        let contact = Contact {
            name: names.name,
            phone,
            mail,
            address: None,
            language: language.to_owned(),
        };
        batch.person(place, person, TextId(self.id()), &contact, now, &mut self.fill())?;
        batch.identity(place, reach.kind, &reach.value, person, now);
        party.principal = Some(person);
        Ok(())
    }

    /// The names of these petitions, those of persons in their own name left out.
    pub async fn names_of(
        &self,
        petitions: &[Petition],
    ) -> Result<std::collections::HashMap<domain::id::PetitionId, Names>, Trouble> {
        let texts: Vec<_> = petitions.iter().filter_map(|p| p.intake.party.names).collect();
        let opened = self.here.open(&texts).await?;
        Ok((petitions.iter())
            .filter(|p| p.intake.party.names.is_some())
            .map(|p| (p.id, names(p, &opened)))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company() -> Names {
        Names {
            name: "한빛건설 주식회사".into(),
            representative: "김하늘".into(),
            business: "123-45-67891".into(),
            ..Names::default()
        }
    }

    #[test]
    fn each_kind_asks_for_its_own_fields() {
        use Filer::{AdministrativeAgent, Agent, Oneself};
        let nothing = Names::default();
        for (sort, filer, told, post, wanted) in [
            (Sort::Person, Oneself, Told::Filer, false, vec![]),
            (Sort::Foreigner, Oneself, Told::Filer, false, vec![]),
            (Sort::Person, Oneself, Told::Filer, true, vec!["zip", "road"]),
            (
                Sort::Company,
                Oneself,
                Told::Filer,
                false,
                vec!["party_name", "representative"],
            ),
            (
                Sort::Minor,
                Oneself,
                Told::Filer,
                false,
                vec!["party_name", "guardian", "relation"],
            ),
            (
                Sort::Person,
                Agent,
                Told::Both,
                false,
                vec!["party_name", "agent", "own_reach"],
            ),
            (
                Sort::Person,
                AdministrativeAgent,
                Told::Filer,
                false,
                vec!["party_name", "agent", "firm", "licence"],
            ),
        ] {
            let faults = nothing.faults(sort, filer, told, post);
            let missing: Vec<&str> = faults.iter().map(|(field, _)| *field).collect();
            assert_eq!(missing, wanted, "{sort} {filer}");
        }
    }

    #[test]
    fn numbers_that_cannot_be_are_found() {
        let wrong = Names {
            business: "123-45-67890".into(),
            corporation: "110111-123456".into(),
            zip: "1234".into(),
            road: "한빛로 12".into(),
            ..company()
        };
        let faults = wrong.faults(Sort::Company, Filer::Oneself, Told::Filer, true);
        assert_eq!(
            faults,
            [
                ("corporation", Wrong::Unfit),
                ("business", Wrong::Unfit),
                ("zip", Wrong::Unfit)
            ]
        );
        assert_eq!(
            company().faults(Sort::Company, Filer::Oneself, Told::Filer, false),
            []
        );
    }

    #[test]
    fn papers_name_who_asks_and_envelopes_who_is_written_to() {
        let of = |sort, filer| Party {
            sort,
            filer,
            ..Party::default()
        };
        let agent = Names {
            agent: "박서준".into(),
            ..company()
        };
        let minor = Names {
            name: "이하린".into(),
            guardian: "이바다".into(),
            ..Names::default()
        };
        for (names, party, ko, to) in [
            (Names::default(), of(Sort::Person, Filer::Oneself), "김별", "김별"),
            (
                company(),
                of(Sort::Company, Filer::Oneself),
                "한빛건설 주식회사(대표자 김하늘)",
                "한빛건설 주식회사",
            ),
            (
                agent,
                of(Sort::Company, Filer::Agent),
                "한빛건설 주식회사(대표자 김하늘), 대리인 박서준",
                "박서준",
            ),
            (
                minor,
                of(Sort::Minor, Filer::Oneself),
                "이하린(법정대리인 이바다)",
                "이바다",
            ),
        ] {
            assert_eq!(names.on_paper(&party, "김별", false), ko);
            assert_eq!(names.addressee(&party, "김별"), to);
        }
    }

    #[test]
    fn what_another_kind_asks_for_is_left_out() {
        let typed = |name: &str| format!("{name} ");
        let names = Names::read(Sort::Minor, Filer::Oneself, Told::Filer, false, typed);
        assert_eq!(
            (names.guardian.as_str(), names.business.as_str()),
            ("guardian", "")
        );
        assert!(names.zip.is_empty() && names.agent.is_empty());
        assert_eq!(
            Names::of(std::str::from_utf8(&names.raw().unwrap().0).unwrap()),
            Some(names)
        );
        assert_eq!(Names::default().raw(), None);
    }

    /// 개인정보 보호법 제24조의2: no name of a field speaks of such a number.
    #[test]
    fn no_field_asks_for_a_resident_number() {
        for (field, _) in Names::default().fields() {
            assert!(!field.contains("resident") && !field.contains("jumin"), "{field}");
        }
    }
}
