//! 읽어 주는 이 — turns identities, codes and petitions into what a page shows, in the reader's language.

use crate::{
    Web,
    render::Lang,
    show,
    view::Message,
    view::desk::{
        CaseHead, Flag, Person, Remaining,
        act::{Choice, Group, HandlerChoice},
        list::Row,
        timeline::{Entry, Names, clause, tell},
    },
};
use app::{desk::Item, office::Office};
use domain::{
    absence::Part,
    due::{Ground, Left, Period},
    event::Recorded,
    id::{OfficialId, UnitId},
    life::Life,
    petition::Petition,
    terms::{By, Code},
    text::Text,
    time::At,
};
use std::{collections::BTreeMap, sync::Arc};

/// One reading of the office, in one language.
pub struct Reader {
    /// The pages, for their words.
    web: Web,
    /// The office as it is valid today.
    pub office: Arc<Office>,
    /// The language.
    pub lang: Lang,
}

impl Names for Reader {
    fn unit(&self, id: UnitId) -> String {
        let unit = self.office.unit(id);
        unit.map(|unit| self.pick(&unit.name, &unit.name_en))
            .unwrap_or_default()
    }
    fn official(&self, id: OfficialId) -> String {
        let person = self.office.person(id);
        person.map(|person| person.name.clone()).unwrap_or_default()
    }
    fn track(&self, code: Code, version: u32) -> String {
        let track = self.office.tracks.version(code, version);
        track.map_or_else(
            || code.to_string(),
            |track| self.pick(&track.name.ko, &track.name.en),
        )
    }
    fn period(&self, period: Period) -> String {
        let said = self.web.desk.pages.say(self.lang, &show::period(period));
        said.unwrap_or_default()
    }
}

impl Reader {
    /// Reads the office as it is now.
    pub fn new(web: Web, lang: Lang) -> Reader {
        let office = web.app.office();
        Reader { web, office, lang }
    }

    /// The word of the language; Korean where the other was never written.
    pub fn pick(&self, ko: &str, en: &str) -> String {
        if self.lang == "ko" || en.is_empty() {
            ko
        } else {
            en
        }
        .to_owned()
    }

    /// A word of the translation files.
    pub fn word(&self, key: &str) -> String {
        self.web.word(self.lang, key, key)
    }

    /// A message in words; nothing for one without a translation.
    pub fn say(&self, message: &Message) -> String {
        self.web.desk.pages.say(self.lang, message).unwrap_or_default()
    }

    /// Whether a message has words.
    pub fn knows(&self, message: &Message) -> bool {
        self.web.desk.pages.say(self.lang, message).is_ok()
    }

    /// Officials of whom that is true with what they have open, the least burdened first.
    pub async fn handlers_where(
        &self,
        fits: impl Fn(OfficialId) -> bool,
    ) -> Result<Vec<HandlerChoice>, app::Trouble> {
        let mut handlers = Vec::new();
        for id in self.office.staff.posts.keys().copied().filter(|id| fits(*id)) {
            let (open, late) = self.web.app.load(id).await?;
            handlers.push(HandlerChoice {
                person: self.person(id),
                open: open.into(),
                late: late.into(),
            });
        }
        handlers.sort_by(|a, b| (a.open, &a.person.name).cmp(&(b.open, &b.person.name)));
        Ok(handlers)
    }

    /// Units where somebody works and of which that is true, under the unit above them.
    pub fn units_where(&self, fits: impl Fn(UnitId) -> bool) -> Vec<Group> {
        let office = &self.office;
        let staffed = |unit: UnitId| (office.staff.posts.values().flatten()).any(|post| post.unit == unit);
        let mut groups: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
        let mut units: Vec<_> = (office.units.values())
            .filter(|unit| staffed(unit.id) && fits(unit.id))
            .collect();
        units.sort_by(|a, b| a.name.cmp(&b.name));
        for unit in units {
            let parent = office.unit_by_code(&unit.parent);
            let name = parent.map_or_else(
                || self.word("desk-units-others"),
                |parent| self.pick(&parent.name, &parent.name_en),
            );
            groups.entry(name).or_default().push(Choice {
                value: unit.id.to_string(),
                text: self.unit(unit.id),
            });
        }
        (groups.into_iter())
            .map(|(name, choices)| Group { name, choices })
            .collect()
    }

    /// Everybody but `me`, by department, their own first.
    pub fn colleagues(&self, me: Option<OfficialId>) -> Vec<Group> {
        let office = &self.office;
        let own = me.and_then(|me| office.unit_of(me));
        let mut groups: BTreeMap<(bool, String), Vec<Choice>> = BTreeMap::new();
        let mut officials: Vec<_> = (office.officials.values())
            .filter(|person| Some(person.id) != me)
            .collect();
        officials.sort_by(|a, b| a.name.cmp(&b.name));
        for person in officials {
            if let Some(unit) = office.unit_of(person.id) {
                let key = (Some(unit) != own, self.unit(unit));
                groups.entry(key).or_default().push(Choice {
                    value: person.id.to_string(),
                    text: format!("{} {}", person.name, person.title),
                });
            }
        }
        (groups.into_iter())
            .map(|((_, name), choices)| Group { name, choices })
            .collect()
    }

    /// An official as shown to officials.
    pub fn person(&self, id: OfficialId) -> Person {
        let person = self.office.person(id);
        let of = |part: fn(&_) -> &String| person.map(part).cloned().unwrap_or_default();
        Person {
            id: id.to_string(),
            name: of(|p| &p.name),
            title: of(|p| &p.title),
            unit: self
                .office
                .unit_of(id)
                .map(|unit| self.unit(unit))
                .unwrap_or_default(),
            phone: of(|p| &p.phone),
        }
    }

    /// “도로시설과 배도담”, “민원인”, “시스템”.
    pub fn by(&self, by: By) -> String {
        match by {
            By::Official(id) => {
                let person = self.person(id);
                format!("{} {}", person.unit, person.name).trim().to_owned()
            }
            By::Citizen(_) => self.word("desk-petitioner"),
            By::Machine(_) => self.word("desk-machine"),
            By::System => self.word("desk-system"),
        }
    }

    /// 민원사무 of a petition.
    pub fn service(&self, p: &Petition) -> String {
        let service = self.office.services.get(&p.service);
        service
            .map(|service| self.pick(&service.name.ko, &service.name.en))
            .unwrap_or_default()
    }

    /// A petition in one line.
    pub fn head(&self, p: &Petition, title: Option<&str>, left: Option<Left>) -> CaseHead {
        let row = self.line(p, title, left);
        CaseHead {
            number: row.number,
            reception: row.reception,
            title: row.title,
            service: row.service,
            kind: row.kind,
            life: row.life,
            outcome: row.outcome,
            due_at: row.due_at,
            remaining: row.remaining,
        }
    }

    /// A row of a list.
    pub fn row(&self, item: &Item) -> Row {
        self.line(&item.petition, item.title.as_deref(), item.left)
    }

    fn line(&self, p: &Petition, title: Option<&str>, left: Option<Left>) -> Row {
        let runs = if p.life == Life::Filed {
            p.receive_by
        } else {
            p.due()
        };
        Row {
            number: p.number.to_string(),
            reception: p.reception.map(|r| r.number.to_string()),
            title: title.unwrap_or("–").to_owned(),
            service: self.service(p),
            kind: p.kind,
            life: p.life,
            outcome: p.end.map(|end| end.outcome),
            due_at: runs.filter(|due| *due != At::NEVER),
            remaining: Remaining::of(left, p.life),
            unit: p.unit.map(|unit| self.unit(unit)),
            handler: p.handler.map(|handler| self.handler(handler, p.life)),
            flags: self.flags(p),
        }
    }

    /// The handler, and who stands in while they are away.
    fn handler(&self, handler: OfficialId, life: Life) -> String {
        let acting = self.office.acting(handler, Part::Handling, self.web.app.now());
        let name = self.official(handler);
        if acting == handler || !life.is_open() {
            return name;
        }
        format!(
            "{name} ({} {})",
            self.word("desk-stand-in"),
            self.official(acting)
        )
    }

    /// What the petition's own state shows as remarkable.
    pub fn flags(&self, p: &Petition) -> Vec<Flag> {
        let awaits = p.lacks_number().is_some();
        let approved = p.line.as_ref().is_some_and(domain::petition::Line::is_approved) && !awaits;
        let deemed = self.web.app.alarmed(p);
        let supplemented = p.draft.is_none()
            && (p.stretches.last()).is_some_and(|s| s.ground == Ground::Supplement && s.to.is_some());
        let lapsed = p.supplement.is_some_and(|asked| asked.until < self.office.day);
        [
            (Flag::SendBack, p.send_back.is_some()),
            (Flag::OnTheLine, p.signer().is_some()),
            (Flag::DeemedAt, deemed == Some(app::deemed::Alarm::Passed)),
            (Flag::DeemedSoon, deemed == Some(app::deemed::Alarm::Soon)),
            (Flag::NumberAwaited, awaits),
            (Flag::Approved, approved),
            (Flag::Supplemented, supplemented),
            (Flag::SupplementLapsed, lapsed),
            (Flag::Consent, p.proposal.is_some()),
        ]
        .into_iter()
        .filter(|(_, holds)| *holds && p.life.is_open())
        .map(|(flag, _)| flag)
        .collect()
    }

    /// The journal in words; `text` opens what was written.
    pub fn entries<'a>(
        &self,
        journal: impl Iterator<Item = &'a Recorded>,
        text: impl Fn(Text) -> Option<String>,
    ) -> Vec<Entry> {
        journal
            .map(|recorded| {
                let (what, note) = tell(&recorded.event, self);
                Entry {
                    at: recorded.recorded_at,
                    happened: recorded.happened.map(|(at, _)| at),
                    who: self.by(recorded.by),
                    instead_of: recorded.instead_of.map(|absent| self.official(absent)),
                    what,
                    note: note.and_then(&text).unwrap_or_default(),
                    clause: clause(&recorded.event).to_owned(),
                    seq: recorded.seq,
                }
            })
            .collect()
    }
}
