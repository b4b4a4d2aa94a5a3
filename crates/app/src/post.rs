//! 발송대장의 일 — letters that go by post: which wait, which are under way, which came back; as a list, as a register and as acts.

use crate::App;
use crate::act::{ActError, Call};
use crate::papers::register::NotDrawnUp;
use crate::party::Names;
use documents::press::Lang;
use documents::registers::{Pages, Register};
use domain::access::{Sight, Who};
use domain::id::PetitionId;
use domain::mailing::{Fate, Mail, MailState, Mailing};
use domain::petition::Petition;
use domain::terms::Seat;
use domain::text::Text;
use domain::time::At;
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;

/// Letters on one page: as many as one form carries.
pub const PAGE: u32 = 60;
/// Lines of the register in one file.
pub const LINES: u32 = 5_000;

/// Seats that send letters.
const SENDERS: &[Seat] = &[
    Seat::CounterClerk,
    Seat::IntegratedReceiver,
    Seat::DepartmentReceiver,
    Seat::Handler,
];

/// A letter with what stands on its envelope.
#[derive(Debug, Clone)]
pub struct Line {
    /// The petition.
    pub petition: Petition,
    /// The letter.
    pub mailing: Mailing,
    /// 제목 of the petition; empty where it cannot be opened.
    pub title: String,
    /// 받는 사람.
    pub to: String,
    /// 주소, a line each; empty where none is known.
    pub address: Vec<String>,
}

/// Which letters.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Where they stand; all of them where none is named.
    pub state: Option<MailState>,
    /// Owed since this day.
    pub from: Date,
    /// Owed up to this day.
    pub to: Date,
    /// At most so many.
    pub most: u32,
}

/// Whether `who` sends letters.
pub fn sends_post(who: &Who) -> bool {
    matches!(who, Who::Official(official) if official.posts.iter().any(|post| SENDERS.contains(&post.seat)))
}

/// The paper of a letter, by the code of its form; none where the answer on the case is all there is.
pub const fn paper_of(mail: Mail) -> Option<&'static str> {
    match mail {
        Mail::Supplement => Some("supplement_request"),
        Mail::Extension => Some("extension_notice"),
        Mail::Progress => Some("progress_notice"),
        Mail::Answer => Some("result_notice"),
        Mail::Ending | Mail::Objection | Mail::Further => None,
    }
}

/// Name and address on the envelope.
pub fn envelope(
    p: &Petition,
    names: &Names,
    contact: Option<&store::person::Contact>,
) -> (String, Vec<String>) {
    let known = contact.map_or("", |contact| contact.name.as_str());
    let to = names.addressee(&p.intake.party, known);
    let mut address = names.address();
    if address.is_empty() {
        address.extend(contact.and_then(|contact| contact.address.clone()));
    }
    (to, address)
}

impl App {
    /// Letters by post as far as `who` may see their petitions, those that wait longest first. The look is in the ledger.
    pub async fn mailings(&self, who: &Who, wanted: Wanted, call: &Call) -> Result<Vec<Line>, ActError> {
        if !sends_post(who) {
            return Err(ActError::NotFound);
        }
        let begin = |day: Date| At::seoul(day.to_datetime(Time::midnight()));
        let until = wanted.to.tomorrow().map_or(At::NEVER, begin);
        let place = &self.here;
        let sight = self.sight(who);
        let found = self
            .mailings_between(&sight, wanted, begin(wanted.from), until)
            .await?;
        let mut ids: Vec<PetitionId> = found.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let petitions = if ids.is_empty() {
            Vec::new()
        } else {
            self.petitions(&ids, &sight).await?
        };
        let names = self.names_of(&petitions).await?;
        let titles: Vec<Text> = petitions.iter().map(|p| p.title).collect();
        let titles = self.open_anywhere(&titles).await?;
        let people: Vec<_> = petitions.iter().map(|p| p.person).collect();
        let contacts = place.contacts(&people).await?;
        self.looked(who, "post", None, found.len(), call).await?;
        let petitions: BTreeMap<PetitionId, Petition> = petitions.into_iter().map(|p| (p.id, p)).collect();
        let blank = Names::default();
        Ok((found.into_iter())
            .filter_map(|(id, no)| {
                let petition = petitions.get(&id)?.clone();
                let mailing = *petition.mailings.iter().find(|mailing| mailing.no == no)?;
                let names = names.get(&id).unwrap_or(&blank);
                let (to, address) = envelope(&petition, names, contacts.get(&petition.person));
                Some(Line {
                    title: titles.text(petition.title).unwrap_or_default().to_owned(),
                    petition,
                    mailing,
                    to,
                    address,
                })
            })
            .collect())
    }

    async fn mailings_between(
        &self,
        sight: &Sight,
        wanted: Wanted,
        from: At,
        until: At,
    ) -> Result<Vec<(PetitionId, u32)>, ActError> {
        let mut found = Vec::new();
        for place in self.shelves() {
            let most = wanted
                .most
                .saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
            found.extend(place.mailings(sight, wanted.state, (from, until), most).await?);
        }
        Ok(found)
    }

    /// 발송대장 of these days, for paper or CSV. Errors: no days; as for the list.
    pub async fn dispatch_register(
        &self,
        who: &Who,
        wanted: Wanted,
        lang: Lang,
        call: &Call,
    ) -> Result<Pages, NotDrawnUp> {
        let days = wanted.from.until(wanted.to).map_or(-1, |span| span.get_days());
        if !(0..crate::papers::register::DAYS).contains(&days) {
            return Err(NotDrawnUp::Days);
        }
        let lines = self.mailings(who, wanted, call).await?;
        Ok(Pages {
            register: Register::Dispatch,
            agency: self.office().settings.agency.name.clone(),
            from: wanted.from,
            to: wanted.to,
            of: String::new(),
            lines: lines.iter().map(|line| self.dispatch_line(line, lang)).collect(),
            drawn_up: self.now(),
        })
    }

    /// How many people the register is about; nothing of theirs is opened.
    pub async fn dispatch_register_people(&self, who: &Who, wanted: Wanted) -> Result<u32, NotDrawnUp> {
        if !sends_post(who) {
            return Err(ActError::NotFound.into());
        }
        let begin = |day: Date| At::seoul(day.to_datetime(Time::midnight()));
        let until = wanted.to.tomorrow().map_or(At::NEVER, begin);
        let sight = self.sight(who);
        let found = self
            .mailings_between(&sight, wanted, begin(wanted.from), until)
            .await?;
        let ids: Vec<PetitionId> = found.iter().map(|(id, _)| *id).collect();
        if ids.is_empty() {
            return Ok(0);
        }
        let petitions = (self.petitions(&ids, &sight).await).map_err(ActError::from)?;
        Ok(crate::papers::register::people(&petitions))
    }

    fn dispatch_line(&self, line: &Line, lang: Lang) -> Vec<String> {
        let (p, mailing) = (&line.petition, &line.mailing);
        let office = self.office();
        let day = |day: Date| day.to_string();
        let document = (mailing.mail == Mail::Answer)
            .then(|| p.line.as_ref().and_then(|line| line.document))
            .flatten()
            .map(|d| {
                let unit = office.unit(d.unit).map(|u| u.name.as_str()).unwrap_or_default();
                format!("{unit}-{}", d.n)
            });
        vec![
            mailing.sent.map(|sent| day(sent.on)).unwrap_or_default(),
            document.unwrap_or_default(),
            (p.reception).map_or_else(|| p.number.to_string(), |r| r.number.to_string()),
            mail_word(mailing.mail, lang).to_owned(),
            line.to.clone(),
            mailing
                .sent
                .map_or("", |sent| way_word(sent.way, lang))
                .to_owned(),
            (mailing.sent.and_then(|sent| sent.number))
                .map(|number| number.to_string())
                .unwrap_or_default(),
            mailing.fate.map(|fate| day(fate.on())).unwrap_or_default(),
            state_word(mailing, lang),
        ]
    }
}

fn mail_word(mail: Mail, lang: Lang) -> &'static str {
    let [ko, en] = match mail {
        Mail::Supplement => ["보완 요구서", "Demand for a supplement"],
        Mail::Extension => ["처리기간 연장 통지", "Notice of extension"],
        Mail::Progress => ["처리진행상황 통지", "Notice of progress"],
        Mail::Answer => ["처리결과 통지", "Notice of the result"],
        Mail::Ending => ["종결 통지", "Notice of an end"],
        Mail::Objection => ["이의신청 결정 통지", "Decision on the objection"],
        Mail::Further => ["추가답변", "Further answer"],
    };
    pick(lang, ko, en)
}

fn way_word(way: domain::mailing::MailWay, lang: Lang) -> &'static str {
    use domain::mailing::MailWay;
    match way {
        MailWay::Plain => pick(lang, "일반우편", "Ordinary"),
        MailWay::Registered => pick(lang, "등기우편", "Registered"),
        MailWay::Certified => pick(lang, "배달증명", "Certified"),
    }
}

fn state_word(mailing: &Mailing, lang: Lang) -> String {
    use domain::mailing::ReturnReason;
    let returned = |reason| {
        let why = match reason {
            ReturnReason::UnknownPerson => pick(lang, "수취인불명", "addressee unknown"),
            ReturnReason::UnknownAddress => pick(lang, "주소불명", "address unknown"),
            ReturnReason::Moved => pick(lang, "이사불명", "moved"),
            ReturnReason::Absent => pick(lang, "폐문부재", "absent"),
            ReturnReason::Refused => pick(lang, "수취거절", "refused"),
            ReturnReason::Unclaimed => pick(lang, "보관기간 경과", "unclaimed"),
        };
        format!("{} ({why})", pick(lang, "반송", "Returned"))
    };
    match (mailing.state(), mailing.fate) {
        (_, Some(Fate::Returned(_, reason))) => returned(reason),
        (MailState::Waiting, _) => pick(lang, "발송 대기", "Waiting").to_owned(),
        (MailState::Arrived, _) => pick(lang, "도달", "Arrived").to_owned(),
        (MailState::Sent | MailState::Returned, _) => pick(lang, "발송", "Posted").to_owned(),
    }
}

const fn pick(lang: Lang, ko: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}
