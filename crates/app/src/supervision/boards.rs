//! 지연 현황판과 스피드지수 — by department and person, each only as far as one may see (계획 Ⅳ-2).

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::Who;
use domain::access::figures::Figures;
use domain::evaluation::{Part, Work};
use domain::id::{OfficialId, UnitId};
use domain::inspection::Month;
use domain::life::Life;
use domain::petition::Petition;
use domain::time::At;
use std::collections::BTreeMap;
use store::head::{Behind, Scope};
use store::supervision::Whose;

/// Petitions read in one step.
const PIECE: u32 = 200;
/// Months of a trend.
pub const TREND: u32 = 12;

/// What is open with somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Open.
    pub open: u64,
    /// 기한 경과.
    pub overdue: u64,
    /// 오늘까지.
    pub today: u64,
    /// 다음 근무일까지.
    pub tomorrow: u64,
    /// 재배부 요청 횟수 of what is open.
    pub sent_back: u64,
    /// The oldest due date that has passed.
    pub oldest: Option<At>,
}

impl Open {
    fn join(&mut self, other: Open) {
        self.open += other.open;
        self.overdue += other.overdue;
        self.today += other.today;
        self.tomorrow += other.tomorrow;
        self.sent_back += other.sent_back;
        self.oldest = match (self.oldest, other.oldest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, other) => one.or(other),
        };
    }
}

/// A department of a board with its people.
#[derive(Debug, Clone, Default)]
pub struct Group<T> {
    /// The department together.
    pub whole: T,
    /// Person by person; `None` is what nobody handles yet.
    pub people: BTreeMap<Option<OfficialId>, T>,
}

/// A board: departments, and all of them together.
#[derive(Debug, Clone)]
pub struct Board<T> {
    /// Everything seen.
    pub total: T,
    /// By department; `None` is what is not distributed yet.
    pub units: BTreeMap<Option<UnitId>, Group<T>>,
    /// What ended in each of the last months, oldest first.
    pub trend: Vec<(Month, Work)>,
    /// Whether the figures are one's own alone.
    pub own: bool,
}

impl<T: Default> Board<T> {
    fn gather<P>(parts: impl IntoIterator<Item = (Whose, P)>, mut join: impl FnMut(&mut T, &P)) -> Board<T> {
        let mut board = Board {
            total: T::default(),
            units: BTreeMap::new(),
            trend: Vec::new(),
            own: false,
        };
        for (whose, part) in parts {
            join(&mut board.total, &part);
            let unit: &mut Group<T> = board.units.entry(whose.unit).or_default();
            join(&mut unit.whole, &part);
            join(unit.people.entry(whose.handler).or_default(), &part);
        }
        board
    }
}

impl App {
    /// 지연 현황판.
    pub async fn delay_board(&self, who: &Who, call: &Call) -> Result<Board<Open>, ActError> {
        let seen = Figures::of(who);
        let place = &self.here;
        let bounds = self.bounds();
        let open = place.open_work(&seen, bounds).await?.into_iter().map(|work| {
            let part = Open {
                open: work.open,
                overdue: work.overdue,
                today: work.today,
                tomorrow: work.tomorrow,
                sent_back: 0,
                oldest: work.oldest,
            };
            (work.whose, part)
        });
        let back = place.sent_back(&seen).await?.into_iter().map(|(whose, n)| {
            let part = Open {
                sent_back: n,
                ..Open::default()
            };
            (whose, part)
        });
        let mut board = Board::gather(open.chain(back), |sum: &mut Open, part: &Open| sum.join(*part));
        board.trend = self.trend(&seen, Part::All).await?;
        board.own = only_own(&seen);
        self.looked(who, "figures", None, board.units.len(), call).await?;
        Ok(board)
    }

    /// 스피드지수 of a month.
    pub async fn speed(
        &self,
        who: &Who,
        month: Month,
        part: Part,
        call: &Call,
    ) -> Result<Board<Work>, ActError> {
        let seen = Figures::of(who);
        let mut board = self.worked(&seen, month, part).await?;
        board.trend = self.trend_until(&seen, month, part).await?;
        self.looked(who, "figures", None, board.units.len(), call).await?;
        Ok(board)
    }

    /// What ended in a month and what was overdue and open when it ended (or is now).
    pub(crate) async fn worked(
        &self,
        seen: &Figures,
        month: Month,
        part: Part,
    ) -> Result<Board<Work>, Trouble> {
        let choices = self.office().settings.evaluation;
        let place = &self.here;
        let cut = month.ends().min(self.now());
        let mut parts: Vec<(Whose, Work)> = Vec::new();
        for (whose, lot) in place.worked(seen, month, part).await? {
            let mut work = Work::default();
            work.add(lot, &choices);
            parts.push((whose, work));
        }
        let open_late = |n| {
            let mut work = Work::default();
            work.open_late = n;
            work
        };
        let later = place.ended_after(seen, cut, part, choices.least()).await?;
        parts.extend(later.into_iter().map(|(whose, n)| (whose, open_late(n))));
        for p in self.open_overdue(seen, cut, part).await? {
            let whose = Whose {
                unit: p.unit,
                handler: p.handler,
            };
            parts.push((whose, open_late(1)));
        }
        let parts = parts.into_iter().filter(|(_, work)| *work != Work::default());
        let mut board = Board::gather(parts, |sum: &mut Work, part: &Work| sum.join(part));
        board.own = only_own(seen);
        Ok(board)
    }

    /// Petitions that are open now and were due before `cut`. They are few, and whether their period is long enough to be
    /// measured stands in the petition alone.
    async fn open_overdue(&self, seen: &Figures, cut: At, part: Part) -> Result<Vec<Petition>, Trouble> {
        let office = self.office();
        let least = office.settings.evaluation.least();
        let everything = self.sight(&Who::System);
        let mut behind = None;
        let mut found = Vec::new();
        loop {
            let page = (self.here)
                .list(Scope::Overdue(cut), &everything, behind, PIECE)
                .await?;
            let fits = |p: &&Petition| {
                matches!(p.life, Life::Received | Life::Distributed | Life::InHandling)
                    && seen.admits(p.unit, p.handler)
                    && part.takes(p.kind)
                    && (office.law().spent(p, cut)).is_ok_and(|spent| spent.allowed >= least)
            };
            found.extend(page.iter().filter(fits).cloned());
            match page.last() {
                Some(last) if page.len() == PIECE as usize => {
                    behind = Some(Behind {
                        key: last.act_by(),
                        id: last.id,
                    });
                }
                _ => return Ok(found),
            }
        }
    }

    async fn trend(&self, seen: &Figures, part: Part) -> Result<Vec<(Month, Work)>, Trouble> {
        let this = self.this_month()?;
        self.trend_until(seen, this, part).await
    }

    /// What ended in each of the twelve months up to `last`.
    async fn trend_until(
        &self,
        seen: &Figures,
        last: Month,
        part: Part,
    ) -> Result<Vec<(Month, Work)>, Trouble> {
        let choices = self.office().settings.evaluation;
        let first = last.earlier(TREND - 1);
        let mut months: BTreeMap<Month, Work> =
            (0..TREND).map(|n| (first.later(n), Work::default())).collect();
        for (month, lot) in (self.here).worked_by_month(seen, (first, last), part).await? {
            months.entry(month).or_default().add(lot, &choices);
        }
        Ok(months.into_iter().collect())
    }

    /// The month we are in.
    pub fn this_month(&self) -> Result<Month, Trouble> {
        (self.now().date().and_then(Month::of))
            .ok_or_else(|| Trouble::Broken("the clock is outside the calendar".into()))
    }
}

fn only_own(seen: &Figures) -> bool {
    !seen.all && seen.units.is_empty()
}
