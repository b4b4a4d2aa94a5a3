//! 표준답변 — written, reviewed and retired by the unit that owns them; offered wherever an answer is written.

use crate::act::ActError;
use crate::{App, Trouble};
use domain::access::Who;
use domain::answers::{AnswerFault, StandardAnswer, may_keep, review_day};
use domain::id::UnitId;
use domain::refusal::Refusal;
use domain::terms::Code;
use jiff::civil::Date;
use store::batch::Batch;
use store::engine::Urgency;

/// Why a standard answer was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Of another unit, or the day of review does not fit.
    #[error("the answer does not fit: {0:?}")]
    Fault(AnswerFault),
    /// Somebody changed it meanwhile.
    #[error("somebody else changed it")]
    Overtaken,
    /// The machine, or nobody's to know.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<Trouble> for NotKept {
    fn from(trouble: Trouble) -> NotKept {
        NotKept::Act(trouble.into())
    }
}

impl App {
    /// Every standard answer in use, and those retired, by code.
    pub async fn standard_answers(&self) -> Result<Vec<StandardAnswer>, Trouble> {
        Ok(self.places.live.standard_answers().await?)
    }

    /// The standard answer of a code, in use.
    pub async fn standard_answer(&self, code: &str) -> Result<Option<StandardAnswer>, Trouble> {
        let all = self.standard_answers().await?;
        let same =
            |answer: &StandardAnswer| answer.code.as_str().eq_ignore_ascii_case(code) && !answer.retired;
        Ok(all.into_iter().find(same))
    }

    /// Those that fit a petition: of its service, or of the unit of whoever writes; of its service first.
    pub async fn answers_for(&self, service: Code, units: &[UnitId]) -> Result<Vec<StandardAnswer>, Trouble> {
        let mut fit = self.standard_answers().await?;
        fit.retain(|answer| {
            !answer.retired && (answer.service == Some(service) || units.contains(&answer.unit))
        });
        fit.sort_by_key(|answer| (answer.service != Some(service), answer.code));
        Ok(fit)
    }

    /// Keeps a new version; `version` is the one that was looked at (0 for a new answer). Errors: not of one's unit, a day
    /// of review out of range, or overtaken by somebody else.
    pub async fn keep_answer(&self, who: &Who, answer: StandardAnswer, version: u32) -> Result<(), NotKept> {
        let Who::Official(official) = who else {
            return Err(ActError::Refused(Refusal::NotYours).into());
        };
        let today = self.office().day;
        let old = self
            .standard_answers()
            .await?
            .into_iter()
            .find(|old| old.code == answer.code);
        if old.as_ref().map_or(0, |old| old.version) != version {
            return Err(NotKept::Overtaken);
        }
        let keeps = |unit| may_keep(who, unit);
        if !keeps(answer.unit) || old.is_some_and(|old| !keeps(old.unit)) {
            return Err(NotKept::Fault(AnswerFault::NotYours));
        }
        if !answer.retired {
            review_day(answer.review_by, today).map_err(NotKept::Fault)?;
        }
        let next = StandardAnswer {
            version: version + 1,
            ..answer
        };
        let mut batch = Batch::new();
        batch
            .standard_answer(&next, Some(official.id), self.now())
            .map_err(Trouble::from)?;
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            Err(store::batch::CommitFault::Conflict) => Err(NotKept::Overtaken),
            Err(fault) => Err(Trouble::from(fault).into()),
        }
    }

    /// How many answers of these units wait for their review.
    pub async fn stale_answers(&self, units: &[UnitId], today: Date) -> Result<u32, Trouble> {
        let all = self.standard_answers().await?;
        let stale = all
            .iter()
            .filter(|a| a.is_stale(today) && units.contains(&a.unit));
        Ok(u32::try_from(stale.count()).unwrap_or(u32::MAX))
    }
}
