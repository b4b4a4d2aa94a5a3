//! 미리 보기 — what an act would lead to if it were done now, so that forms offer only what is possible. Nothing is written.

use super::{ActError, Numbers, setting};
use crate::App;
use crate::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::decide::decide;
use domain::event::Event;
use domain::id::TextId;
use domain::petition::Petition;
use domain::text::{Commitment, Text};

impl App {
    /// The events `act` would lead to; numbers and texts in them stand for nothing. Errors: why it would be refused.
    pub fn foresee(&self, who: &Who, petition: &Petition, act: &Act<Raw>) -> Result<Vec<Event>, ActError> {
        let office = self.office();
        let now = self.now().max(petition.recorded_at);
        let (service, procedure) = self.rules_of(&office, petition, act, now)?;
        let nowhere = Text {
            id: TextId(uuid::Uuid::nil()),
            commitment: Commitment([0; 32]),
        };
        let laid = act.clone().lay(&mut |_: Raw| Ok::<_, ActError>(nowhere))?;
        let setting = setting(&office, service, procedure, who, now, Numbers::default());
        Ok(decide(petition, &laid, &setting)?)
    }
}
