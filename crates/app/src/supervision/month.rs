//! 심사관의 한 달 — the list drawn up from the facts, findings and orders with their replies, the department board and the text
//! to all staff (영 제22조, 규칙 제7조; 계획 Ⅳ-2).

use crate::act::{ActError, Call, once_key};
use crate::desk::Item as Line;
use crate::words::{BODY, Raw};
use crate::{App, TRIES, Trouble};
use domain::access::figures::Figures;
use domain::access::{Sight, Who};
use domain::evaluation::Part;
use domain::id::{OfficialId, OutboxId, PetitionId, TextId, UnitId};
use domain::inspection::{Act, BoardRow, Event, Inspection, Item, Month, Recorded, Standing, lines};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::Seat;
use domain::text::Text;
use domain::time::At;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::head::{Behind, Scope};
use store::outbox::To;
use store::supervision::InspectionJournal;
use store::vault::Opened;

/// Petitions read in one step.
const PIECE: u32 = 200;
/// Journals read in one step.
const JOURNALS: usize = 64;

/// A month as it stands, with its words.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// Which month.
    pub month: Month,
    /// Where it stands.
    pub state: Inspection,
    /// Its journal: of all departments for the examiner, else what concerns one's own.
    pub journal: Vec<Recorded>,
    /// The words of the journal.
    pub texts: Opened,
    /// The lines drawn up from the facts, as far as one sees them, each with its petition.
    pub items: Vec<(Item, Option<Line>)>,
    /// In what capacity one takes part.
    pub standing: Standing,
    /// Whether the chain of the journal holds.
    pub holds: bool,
}

impl App {
    /// In what capacity `who` takes part in months, by the seats of today.
    pub fn standing_in(&self, who: &Who) -> Standing {
        let Who::Official(official) = who else {
            return Standing::default();
        };
        let holds = |seats: &[Seat]| {
            let mut units: Vec<UnitId> = (official.posts.iter())
                .filter(|post| seats.contains(&post.seat))
                .map(|post| post.unit)
                .collect();
            units.sort_unstable();
            units.dedup();
            units
        };
        Standing {
            examiner: !holds(&[Seat::Examiner]).is_empty(),
            deputy_of: holds(&[Seat::DeputyExaminer]),
            answers_for: holds(&[Seat::DepartmentHead, Seat::Coordinator]),
        }
    }

    /// The months that were drawn up, newest first.
    pub async fn months(&self, limit: u32) -> Result<Vec<Month>, Trouble> {
        Ok(self.here.inspections(limit).await?)
    }

    /// A month: everything for the examiner, what concerns their departments for deputies and heads; for anybody else the
    /// published board alone. `NotFound` where nothing was drawn up.
    pub async fn inspected(&self, who: &Who, month: Month, call: &Call) -> Result<Inspected, ActError> {
        let standing = self.standing_in(who);
        let place = &self.here;
        let stored = place.inspection(month).await?;
        if stored.id.is_none() {
            return Err(ActError::NotFound);
        }
        let units = standing.units();
        let state = Inspection::fold(&stored.entries);
        let concerns = |event: &Event| match (event, &units) {
            (_, None) => true,
            (Event::Found { unit, .. }, Some(units)) => units.contains(unit),
            (
                Event::Replied { no, .. } | Event::Accepted { no } | Event::AskedAgain { no, .. },
                Some(units),
            ) => (state.finding(*no)).is_some_and(|finding| units.contains(&finding.unit)),
            (
                Event::Drawn { .. }
                | Event::BoardPublished { .. }
                | Event::StaffTextSent { .. }
                | Event::Closed {},
                Some(_),
            ) => true,
        };
        let journal: Vec<Recorded> = (stored.entries.into_iter())
            .filter(|recorded| concerns(&recorded.event))
            .collect();
        let texts: Vec<Text> = journal.iter().filter_map(|r| r.event.text()).collect();
        let texts = place.open(&texts).await?;
        let mut state = state;
        if let Some(units) = &units {
            state.findings.retain(|finding| units.contains(&finding.unit));
        }
        let items = place.inspection_items(month, units.as_deref()).await?;
        let ids: Vec<PetitionId> = items.iter().map(|item| item.petition).collect();
        let sight = match &units {
            None => self.sight(&Who::System),
            Some(units) => Sight {
                units: units.clone(),
                ..Sight::default()
            },
        };
        let known = if ids.is_empty() {
            Vec::new()
        } else {
            self.petitions(&ids, &sight).await?
        };
        let rows = self.items(known).await?;
        let items: Vec<(Item, Option<Line>)> = (items.into_iter())
            .map(|item| {
                let row = rows.iter().find(|row| row.petition.id == item.petition);
                (item, row.cloned())
            })
            .collect();
        self.looked(who, "inspection", None, items.len(), call).await?;
        Ok(Inspected {
            month,
            state,
            journal,
            texts,
            items,
            standing,
            holds: stored.holds,
        })
    }

    /// `NotFound` where nothing was drawn up.
    pub async fn months_open_to(&self, who: &Who, month: Month) -> Result<(), ActError> {
        let drawn = self.here.inspection(month).await?.id.is_some();
        if drawn && matches!(who, Who::Official(_)) {
            Ok(())
        } else {
            Err(ActError::NotFound)
        }
    }

    /// How many petitions the list of a month names to `who`.
    pub async fn inspected_petitions(&self, who: &Who, month: Month) -> Result<u32, ActError> {
        let units = self.standing_in(who).units();
        let items = self.here.inspection_items(month, units.as_deref()).await?;
        Ok(u32::try_from(items.len()).unwrap_or(u32::MAX))
    }

    /// Does an act to a month. Its words go to the vault under the key of the month.
    pub async fn inspect(
        &self,
        who: &Who,
        month: Month,
        act: Act<Raw>,
        call: &Call,
    ) -> Result<Inspection, ActError> {
        if let Act::SendStaffText { text, .. }
        | Act::Find { text, .. }
        | Act::Reply { text, .. }
        | Act::AskAgain { text, .. } = &act
        {
            check(text)?;
        }
        let place = &self.here;
        let once = (call.key.as_ref()).map(|key| {
            once_key(
                "inspect",
                who,
                &[&month.number().to_be_bytes(), key.as_slice()].concat(),
            )
        });
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let stored = place.inspection(month).await?;
            let before = Inspection::fold(&stored.entries);
            if let Some(once) = once
                && place.done_before(&once).await?.is_some()
            {
                return Ok(before);
            }
            match self
                .inspected_once(who, month, &stored, &before, act.clone(), once, call)
                .await
            {
                Err(ActError::Trouble(Trouble::Contended)) => {}
                other => return other,
            }
        }
        Err(Trouble::Contended.into())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one commit, each used once"
    )]
    async fn inspected_once(
        &self,
        who: &Who,
        month: Month,
        stored: &InspectionJournal,
        before: &Inspection,
        act: Act<Raw>,
        once: Option<[u8; 32]>,
        call: &Call,
    ) -> Result<Inspection, ActError> {
        let place = &self.here;
        let id = stored.id.ok_or(ActError::NotFound)?;
        let now = self.now();
        let today = now.date().ok_or(Refusal::OutsideCalendar)?;
        let key = place.key_of(id.bytes()).await?;
        let mut batch = Batch::new();
        let act = act.lay(&mut |raw: Raw| batch.text(&key, TextId(self.id()), &raw.0, &mut self.fill()));
        let over = now >= month.ends();
        let event = before.decide(&act, &self.standing_in(who), who.by(), today, over)?;
        let recorded = Recorded {
            seq: before.seq + 1,
            by: who.by(),
            at: now,
            event,
        };
        batch.inspection_event(month, &recorded, &stored.last)?;
        let mut after = before.clone();
        after.take(&recorded);
        for (template, to) in self.told_of(&recorded, &after) {
            self.queue(&mut batch, template, id, recorded.seq, to, now);
        }
        if matches!(who, Who::Official(_)) {
            let look = store::ledger::Look {
                at: now,
                ..self.look_of(who, "inspect", None, 1, call)
            };
            batch.look(self.id(), &look);
        }
        if let Some(once) = once {
            batch.once(once, id, recorded.seq, now);
        }
        match place.commit(batch, Urgency::User).await {
            Ok(()) => Ok(after),
            Err(CommitFault::Repeated) => Ok(Inspection::fold(&place.inspection(month).await?.entries)),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Who is told of an entry, by which notice.
    fn told_of(&self, recorded: &Recorded, after: &Inspection) -> Vec<(&'static str, OfficialId)> {
        let office = self.office();
        let all = |template: &'static str, to: Vec<OfficialId>| {
            to.into_iter().map(move |to| (template, to)).collect()
        };
        match &recorded.event {
            Event::Drawn { .. } => all("inspection_drawn", office.holders(Seat::Examiner, None)),
            Event::StaffTextSent { .. } => all("staff_text", office.officials.keys().copied().collect()),
            Event::Found { unit, .. } => all("inspection_found", self.answering(*unit)),
            Event::AskedAgain { no, .. } => match after.finding(*no) {
                Some(finding) => all("inspection_found", self.answering(finding.unit)),
                None => Vec::new(),
            },
            Event::Replied { .. } => all("inspection_replied", office.holders(Seat::Examiner, None)),
            Event::BoardPublished { .. } | Event::Accepted { .. } | Event::Closed {} => Vec::new(),
        }
    }

    /// Who answers for a department: its head, or its 총괄자 where there is none.
    fn answering(&self, unit: UnitId) -> Vec<OfficialId> {
        let office = self.office();
        let heads = office.holders(Seat::DepartmentHead, Some(unit));
        if heads.is_empty() {
            office.holders(Seat::Coordinator, Some(unit))
        } else {
            heads
        }
    }

    pub(crate) fn queue(
        &self,
        batch: &mut Batch,
        template: &str,
        about: PetitionId,
        cause: u32,
        to: OfficialId,
        now: At,
    ) {
        if self.is_simulated() {
            return;
        }
        let to = To::Official(to);
        let once = crate::act::effect_key(template, about, cause, to);
        batch.effect(OutboxId(self.id()), once, about, cause, template, to, now, now);
    }

    /// Draws up the list of a month that is over, once; gives how many lines. A list that was cut off half-way is finished: its
    /// lines are the same.
    pub async fn draw_up(&self, month: Month) -> Result<u64, Trouble> {
        let place = &self.here;
        let stored = place.inspection(month).await?;
        if Inspection::fold(&stored.entries).drawn.is_some() || self.now() < month.ends() {
            return Ok(0);
        }
        if stored.id.is_none() {
            let (now, id) = (self.now(), PetitionId(self.id()));
            let mut batch = Batch::new();
            {
                let fill = &mut self.fill();
                (place.ready(now, fill)).map_err(|error| Trouble::Broken(error.to_string()))?;
                batch.inspection(month, id);
                batch.owner_key(place, id.bytes(), now, fill)?;
            }
            match place.commit(batch, Urgency::Bulk).await {
                Ok(()) => {}
                Err(CommitFault::Conflict) => return Ok(0),
                Err(fault) => return Err(fault.into()),
            }
        }
        let mut items = 0;
        let mut behind: Option<Behind> = None;
        let everything = self.sight(&Who::System);
        loop {
            let page = place.list(Scope::Open, &everything, behind, PIECE).await?;
            let ids: Vec<PetitionId> = page.iter().map(|p: &Petition| p.id).collect();
            items += self.draw_up_of(month, &ids).await?;
            match page.last() {
                Some(last) if page.len() == PIECE as usize => {
                    behind = Some(Behind {
                        key: last.act_by(),
                        id: last.id,
                    });
                }
                _ => break,
            }
        }
        let mut after = None;
        loop {
            let page = place.ended_since(month.begins(), after, PIECE).await?;
            let ids: Vec<PetitionId> = page.iter().map(|(_, id)| *id).collect();
            items += self.draw_up_of(month, &ids).await?;
            match page.last() {
                Some(last) if page.len() == PIECE as usize => after = Some(*last),
                _ => break,
            }
        }
        let act = Act::Draw {
            items: u32::try_from(items).unwrap_or(u32::MAX),
        };
        match self.inspect(&Who::System, month, act, &Call::default()).await {
            Ok(_) => Ok(items + 1),
            Err(ActError::Trouble(trouble)) => Err(trouble),
            // Another process was first.
            Err(ActError::Refused(_) | ActError::NotFound) => Ok(0),
        }
    }

    async fn draw_up_of(&self, month: Month, ids: &[PetitionId]) -> Result<u64, Trouble> {
        let place = &self.here;
        let office = self.office();
        let law = office.law();
        let eight = |at| domain::due::working_deadline(law.calendar, law.hours, at, 8).ok();
        let mut found = 0;
        for chunk in ids.chunks(JOURNALS) {
            let mut batch = Batch::new();
            for journal in place.journals_of(chunk).await? {
                for item in lines(&journal, (month.begins(), month.ends()), eight) {
                    batch.inspection_item(month, &item);
                    found += 1;
                }
            }
            place.commit(batch, Urgency::Bulk).await?;
        }
        Ok(found)
    }

    /// The department board of a month as the facts give it now: all departments that had anything to handle.
    pub async fn board_rows(&self, month: Month) -> Result<Vec<BoardRow>, Trouble> {
        let everything = Figures {
            all: true,
            ..Figures::default()
        };
        let board = self.worked(&everything, month, Part::All).await?;
        Ok((board.units.into_iter())
            .filter_map(|(unit, group)| {
                Some(BoardRow {
                    unit: unit?,
                    cases: group.whole.cases,
                    late: group.whole.late,
                    open_late: group.whole.open_late,
                    allowed: group.whole.allowed,
                    used: group.whole.used,
                })
            })
            .collect())
    }

    /// 안내문자 as the facts give it: what the examiner looks at, changes, and sends.
    pub async fn staff_text(&self, month: Month) -> Result<String, Trouble> {
        let office = self.office();
        let rows = self.board_rows(month).await?;
        let name = |unit: UnitId| {
            office
                .units
                .get(&unit)
                .map(|u| u.name.clone())
                .unwrap_or_default()
        };
        Ok(staff_text(&office.settings.agency.name, month, &rows, name))
    }

    /// The text of a month's notice to all staff, for its delivery.
    pub(crate) async fn staff_text_sent(&self, id: PetitionId) -> Result<Option<(Month, String)>, Trouble> {
        let place = &self.here;
        let Some(month) = place.inspection_of(id).await? else {
            return Ok(None);
        };
        let state = Inspection::fold(&place.inspection(month).await?.entries);
        let text = match state.staff_text {
            Some((_, text, _)) => {
                let opened = place.open(&[text]).await?;
                opened.text(text).unwrap_or_default().to_owned()
            }
            None => String::new(),
        };
        Ok(Some((month, text)))
    }
}

fn check(text: &Raw) -> Result<(), Refusal> {
    if text.0.is_empty() {
        return Err(Refusal::BodyMissing);
    }
    if text.0.len() > BODY {
        return Err(Refusal::TooLong);
    }
    Ok(())
}

/// The figures of a month over all departments, in words.
pub fn staff_figures(rows: &[BoardRow]) -> Vec<String> {
    use domain::evaluation::ratio::Ratio;
    let sum = |of: fn(&BoardRow) -> u64| rows.iter().map(of).sum::<u64>();
    let (cases, late, open_late) = (sum(|r| r.cases), sum(|r| r.late), sum(|r| r.open_late));
    let (allowed, used) = (sum(|r| r.allowed), sum(|r| r.used));
    let delayed = Ratio::new((late + open_late).into(), (cases + open_late).into());
    let delayed = delayed.map_or_else(|| "-".to_owned(), |ratio| format!("{}%", ratio.hundredths()));
    let index = Ratio::new(i128::from(allowed) - i128::from(used), allowed.into());
    let index = index.map_or_else(|| "-".to_owned(), Ratio::hundredths);
    vec![
        format!("처리 {}건", number(cases)),
        format!("지연 처리 {}건", number(late)),
        format!("월말 기한 경과 {}건", number(open_late)),
        format!("지연율 {delayed}"),
        format!("스피드지수 {index}"),
    ]
}

fn number(n: u64) -> String {
    domain::korean::number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// 안내문자: the figures of the month, the three departments with the most delay, and what to do. At most 2,000 bytes with the names
/// of units as they are.
pub fn staff_text(agency: &str, month: Month, rows: &[BoardRow], name: impl Fn(UnitId) -> String) -> String {
    let (year, of_year) = month.parts();
    let figures = staff_figures(rows);
    let mut text = format!(
        "[{agency} 민원] {year}년 {of_year}월 민원 처리 현황\n{}\n{}",
        figures[..3].join(", "),
        figures[3..].join(", "),
    );
    let mut worst: Vec<&BoardRow> = rows.iter().filter(|row| row.late + row.open_late > 0).collect();
    worst.sort_by(|a, b| {
        let late = |row: &BoardRow| row.late + row.open_late;
        late(b)
            .cmp(&late(a))
            .then_with(|| name(a.unit).cmp(&name(b.unit)))
    });
    if worst.is_empty() {
        text.push_str("\n기한을 넘긴 민원이 없었습니다. 감사합니다.");
    } else {
        let named: Vec<String> = (worst.iter().take(3))
            .map(|row| format!("{} {}건", name(row.unit), number(row.late + row.open_late)))
            .collect();
        text.push_str(&format!("\n지연이 많은 부서: {}", named.join(", ")));
        text.push_str(
            "\n처리기한을 확인하여 주시고, 기한까지 처리하기 어려운 민원은 기한 전에 필요한 조치를 하여 주시기 바랍니다.",
        );
    }
    text
}
