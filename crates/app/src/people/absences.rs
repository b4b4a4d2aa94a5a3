//! 부재 관리 — entering, ending and listing absences, and the gaps they would leave.

use super::{OfficeError, official};
use crate::act::Call;
use crate::{App, Trouble};
use domain::absence::{Absence, AbsenceKind, Part, fits};
use domain::access::{Official, Sight, Who};
use domain::id::{AbsenceId, OfficialId};
use domain::organisation::{Fault, administers, leads, may_enter_absence};
use domain::time::At;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::Scope;
use store::people::Kept;

/// Absences are shown from so long ago on: 30 days.
const BACK: i64 = 30 * 86_400_000;
/// A gap is told so long before it opens: 14 days.
const AHEAD: i64 = 14 * 86_400_000;
/// Open petitions are counted so far.
const MOST: u32 = 1_000;

/// What is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// Who is away.
    pub official: OfficialId,
    /// Why.
    pub kind: AbsenceKind,
    /// The first moment away.
    pub from: At,
    /// The first moment back.
    pub to: At,
    /// 업무대행자.
    pub stand_in: Option<OfficialId>,
    /// 대결자.
    pub deputy: Option<OfficialId>,
}

/// 공백 — an absence that leaves work without anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The absence.
    pub absence: Absence,
    /// Open petitions of somebody without a 업무대행자.
    pub petitions: u32,
    /// Signatures awaited of somebody without a 대결자.
    pub signatures: u32,
}

impl App {
    /// Enters an absence. Errors: not for this official to enter; unfit.
    pub async fn enter_absence(&self, who: &Who, away: Away, call: &Call) -> Result<AbsenceId, OfficeError> {
        // The same form sent twice enters once.
        let same = |a: &&Absence| {
            (a.official, a.kind, a.from, a.to, a.stand_in, a.deputy)
                == (
                    away.official,
                    away.kind,
                    away.from,
                    away.to,
                    away.stand_in,
                    away.deputy,
                )
        };
        if let (Some(known), Ok(_)) = (self.office().staff.absences.iter().find(same), official(who)) {
            return Ok(known.id);
        }
        let absence = self.fit_absence(official(who)?, away).await?;
        let mut batch = Batch::new();
        batch.absence(&absence, official(who)?.id, self.now());
        self.changed(
            &mut batch,
            who,
            "absence_entered",
            absence.id.bytes(),
            &absence,
            call,
        )?;
        self.places.live.commit(batch, Urgency::User).await?;
        self.reload().await?;
        Ok(absence.id)
    }

    /// The absence as it would be entered.
    pub(crate) async fn fit_absence(&self, who: &Official, away: Away) -> Result<Absence, OfficeError> {
        let office = self.office();
        if !may_enter_absence(who, away.official, &office.staff.posts) {
            return Err(Fault::NotYours.into());
        }
        let works = |id: OfficialId| office.staff.posts.contains_key(&id);
        if !works(away.official) {
            return Err(Fault::OfficialUnknown.into());
        }
        let absence = Absence {
            id: AbsenceId(self.id()),
            official: away.official,
            kind: away.kind,
            from: away.from,
            to: away.to,
            stand_in: away.stand_in,
            deputy: away.deputy,
        };
        fits(&absence, &office.staff.absences, self.now(), works)?;
        Ok(absence)
    }

    /// 복귀·취소 — ends an absence now; one that has not begun is cancelled.
    pub async fn end_absence(&self, who: &Who, id: AbsenceId, call: &Call) -> Result<(), OfficeError> {
        let (me, now, office) = (official(who)?, self.now(), self.office());
        let absences = self.places.live.absences(now).await?;
        let kept = (absences.iter())
            .find(|kept| kept.absence.id == id && kept.cancelled_at.is_none())
            .ok_or(Fault::Unknown)?;
        let absence = kept.absence;
        if !may_enter_absence(me, absence.official, &office.staff.posts) {
            return Err(Fault::NotYours.into());
        }
        let mut batch = Batch::new();
        if absence.from < now {
            let ended = Absence { to: now, ..absence };
            batch.absence(&ended, me.id, now);
            self.changed(&mut batch, who, "absence_ended", id.bytes(), &ended, call)?;
        } else {
            batch.absence_cancelled(id, now);
            self.changed(&mut batch, who, "absence_cancelled", id.bytes(), &absence, call)?;
        }
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    /// The absences `who` may see, from the last 30 days on: one's own, those one stands in for, those of the units one leads;
    /// an administrator sees all.
    pub async fn absences(&self, who: &Who) -> Result<Vec<Kept>, OfficeError> {
        let (me, office) = (official(who)?, self.office());
        let mut all = self.places.live.absences(self.now().plus(-BACK)).await?;
        all.retain(|kept| {
            let a = &kept.absence;
            may_enter_absence(me, a.official, &office.staff.posts)
                || a.stand_in == Some(me.id)
                || a.deputy == Some(me.id)
        });
        Ok(all)
    }

    /// Whose absences `who` may enter.
    pub fn absentees(&self, who: &Who) -> Vec<OfficialId> {
        let office = self.office();
        let Ok(me) = official(who) else {
            return Vec::new();
        };
        (office.staff.posts.keys().copied())
            .filter(|id| may_enter_absence(me, *id, &office.staff.posts))
            .collect()
    }

    /// 공백 경보 — absences of now and of the next 14 days that leave open petitions without a 업무대행자, or signatures without a
    /// 대결자; for who leads the unit, and the administrator.
    pub async fn gaps(&self, who: &Who) -> Result<Vec<Gap>, OfficeError> {
        let (me, now, office) = (official(who)?, self.now(), self.office());
        let mut gaps = Vec::new();
        for absence in &office.staff.absences {
            let concerned = administers(me) || leads(me, absence.official, &office.staff.posts);
            if !concerned || absence.to <= now || absence.from > now.plus(AHEAD) {
                continue;
            }
            let (petitions, signatures) = self.left_behind(absence).await?;
            if petitions > 0 || signatures > 0 {
                gaps.push(Gap {
                    absence: *absence,
                    petitions,
                    signatures,
                });
            }
        }
        Ok(gaps)
    }

    /// What an absence leaves without anybody.
    async fn left_behind(&self, absence: &Absence) -> Result<(u32, u32), Trouble> {
        let everything = Sight::of(&Who::System);
        let mut left = (0, 0);
        for (part, scope, n) in [
            (Part::Handling, Scope::Handler(absence.official), &mut left.0),
            (Part::Signing, Scope::Signer(absence.official), &mut left.1),
        ] {
            if absence.substitute(part).is_none() {
                *n = self.places.live.count(&[scope], &everything, MOST).await?;
            }
        }
        Ok(left)
    }
}
