//! 간주 경보 — services that a law deems decided when their period passes without an answer (행정기본법 제34조 등): when officials are
//! alarmed. The system decides nothing: that it came to that is recorded by a person (`Deed::RecordDeemed`).

use crate::App;
use domain::petition::Petition;
use domain::terms::{Kind, Outcome};

/// How near it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarm {
    /// From the day before the due date on.
    Soon,
    /// The period has passed: a person is to record it.
    Passed,
}

impl App {
    /// What the petition counts as once its period has passed, and by which article; `None` where no law says so.
    pub fn deemed(&self, p: &Petition) -> Option<(Outcome, String)> {
        if p.kind != Kind::Statutory {
            return None;
        }
        let office = self.office();
        let service = office.services.get(&p.service)?;
        Some((service.deemed_outcome()?, service.deemed_basis.clone()))
    }

    /// Whether officials are to be alarmed about it now.
    pub fn alarmed(&self, p: &Petition) -> Option<Alarm> {
        let due = p.due()?;
        self.deemed(p)?;
        let now = self.now();
        if now >= due {
            return Some(Alarm::Passed);
        }
        let moments = self.office().law().reminders(p).ok().flatten()?;
        (moments.before.unwrap_or(moments.on) <= now).then_some(Alarm::Soon)
    }
}
