//! 예약과 설문 — whose time is offered or booked, and what surveys were answered with.

use super::Marked;
use crate::words::Raw;
use crate::{App, Trouble};
use domain::access::Who;
use domain::act::Act;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::proceeding::Fact;
use domain::terms::Code;
use domain::time::At;

/// The hours of one who acts.
#[derive(Debug, Default)]
pub(crate) struct Hours {
    /// From when until when.
    pub(crate) busy: Vec<(At, At)>,
    /// The series their offers take turns by, and its next number.
    pub(crate) turn: Option<(String, u32)>,
}

impl App {
    /// 잡아 둔 시간 — when an official's time is offered or booked in what runs, outside one proceeding; ahead of now.
    pub async fn hours_of(&self, who: &Who, petition: PetitionId, no: u32) -> Result<Vec<(At, At)>, Trouble> {
        match who {
            Who::Official(official) => Ok(self
                .here
                .hours_of(official.id, self.now(), (petition, no))
                .await?),
            _ => Ok(Vec::new()),
        }
    }

    /// What an act has to know of the hours of the one who acts: those taken, and the turn in which they are offered, so that two windows do
    /// not offer the same hour at the same moment.
    pub(crate) async fn hours_asked(
        &self,
        who: &Who,
        p: &Petition,
        act: &Act<Raw>,
    ) -> Result<Hours, Trouble> {
        let (Act::MoveProceeding(given), Who::Official(official)) = (act, who) else {
            return Ok(Hours::default());
        };
        let offers = |fact: &Fact<Raw>| matches!(fact, Fact::HoursOffered { .. });
        if !given.facts.iter().any(offers) {
            return Ok(Hours::default());
        }
        let series = format!("hours:{}", official.id);
        let turn = self.here.next_number(&series).await?;
        Ok(Hours {
            busy: self.hours_of(who, p.id, given.no).await?,
            turn: Some((series, turn)),
        })
    }

    /// 설문 결과 — how often each mark was given from one moment until before another.
    pub async fn survey_marks(&self, track: Code, between: (At, At)) -> Result<Vec<Marked>, Trouble> {
        let mut all: Vec<Marked> = Vec::new();
        for place in self.shelves() {
            for part in place.survey_marks(track, between).await? {
                let same = |sum: &&mut Marked| {
                    (sum.survey, sum.question, sum.mark) == (part.survey, part.question, part.mark)
                };
                match all.iter_mut().find(same) {
                    Some(sum) => sum.count += part.count,
                    None => all.push(part),
                }
            }
        }
        Ok(all)
    }
}
