//! 접기 — what each event does to the proceedings of a petition.

use super::{
    Drawn, Fact, Finish, Inquiry, Lot, Meeting, Member, Offer, Proceeding, Promise, Standing, Surveyed,
};
use crate::terms::{By, Code, Seat};
use crate::text::Text;
use crate::time::At;

impl Proceeding {
    /// As it begins.
    pub(crate) fn begun(
        no: u32,
        track: (Code, u32),
        (by, at): (By, At),
        asked: Option<Text>,
        waits: bool,
        seats: &[Seat],
        stands: &Standing,
    ) -> Proceeding {
        Proceeding {
            no,
            track,
            opened_at: at,
            opened_by: by,
            asked,
            waits,
            seats: seats.to_vec(),
            stands: stands.clone(),
            since: at,
            prolonged: false,
            end: None,
            members: Vec::new(),
            movers: Vec::new(),
            released: Vec::new(),
            lots: Vec::new(),
            offer: None,
            meetings: Vec::new(),
            vote: None,
            surveyed: Vec::new(),
            inquiries: Vec::new(),
            promises: Vec::new(),
            published: None,
            tied: Vec::new(),
        }
    }

    /// After a move. `None` where a fact speaks of something that is not there.
    pub(crate) fn moved(
        &mut self,
        facts: &[Fact],
        stands: Option<&Standing>,
        (by, at): (By, At),
    ) -> Option<()> {
        if let By::Official(official) = by
            && !self.movers.contains(&official)
        {
            self.movers.push(official);
        }
        for fact in facts {
            self.take(fact, (by, at))?;
        }
        if let Some(stands) = stands {
            let prolonged = facts.contains(&Fact::Prolonged {});
            if !prolonged {
                self.since = at;
            }
            self.prolonged = prolonged;
            self.stands = stands.clone();
        }
        Some(())
    }

    /// Ends it.
    pub(crate) fn finish(&mut self, finish: Finish, at: At) {
        self.end = Some((finish, at));
    }

    fn take(&mut self, fact: &Fact, (by, at): (By, At)) -> Option<()> {
        match fact {
            Fact::Appointed { role, official } => self.members.push(Member {
                role: *role,
                official: *official,
                since: at,
            }),
            Fact::Released { role, official } => {
                self.members
                    .retain(|member| (member.role, member.official) != (*role, *official));
                self.released.push((*role, *official));
                // Who was let go has nothing to look for here any more.
                self.movers.retain(|mover| mover != official);
            }
            Fact::LotCommitted {
                role,
                candidates,
                wanted,
                commitment,
            } => self.lots.push(Lot {
                role: *role,
                candidates: candidates.clone(),
                wanted: *wanted,
                commitment: *commitment,
                committed_at: at,
                drawn: None,
            }),
            Fact::LotDrawn {
                role,
                seed,
                word,
                officials,
            } => {
                let lot = (self.lots.iter_mut()).find(|lot| lot.role == *role && lot.drawn.is_none())?;
                lot.drawn = Some(Drawn {
                    seed: *seed,
                    word: *word,
                    officials: officials.clone(),
                    at,
                });
                self.members.extend(officials.iter().map(|official| Member {
                    role: *role,
                    official: *official,
                    since: at,
                }));
            }
            Fact::MeetingSet { at: when, place } => {
                self.arrange(Meeting {
                    at: *when,
                    place: *place,
                    minutes: None,
                    booked: None,
                });
            }
            Fact::HoursOffered {
                starts,
                minutes,
                place,
            } => {
                let By::Official(host) = by else { return None };
                self.offer = Some(Offer {
                    host,
                    starts: starts.clone(),
                    minutes: *minutes,
                    place: *place,
                });
            }
            Fact::Booked { at: when } => {
                let offer = self.offer.take()?;
                self.arrange(Meeting {
                    at: *when,
                    place: offer.place,
                    minutes: None,
                    booked: Some((offer.host, offer.minutes)),
                });
            }
            Fact::Cancelled {} => {
                self.meetings.pop_if(|meeting| meeting.minutes.is_none())?;
            }
            Fact::Surveyed { survey, marks } => self.surveyed.push(Surveyed {
                survey: *survey,
                by,
                at,
                marks: marks.clone(),
            }),
            Fact::Minuted { text } => self.meetings.last_mut()?.minutes = Some(*text),
            Fact::Voted { vote } => self.vote = Some(*vote),
            Fact::Inquired { to, what, reply_by } => self.inquiries.push(Inquiry {
                no: next(self.inquiries.len()),
                to: *to,
                what: *what,
                asked_at: at,
                reply_by: *reply_by,
                reply: None,
            }),
            Fact::Replied { no, text } => {
                (self.inquiries.iter_mut())
                    .find(|inquiry| inquiry.no == *no)?
                    .reply = Some((*text, at));
            }
            Fact::Promised { unit, what, by } => self.promises.push(Promise {
                no: next(self.promises.len()),
                unit: *unit,
                what: *what,
                by: *by,
                state: super::Kept::UnderWay,
                word: None,
            }),
            Fact::Followed { no, state, word } => {
                let promise = self.promises.iter_mut().find(|promise| promise.no == *no)?;
                promise.state = *state;
                promise.word = Some((*word, at));
            }
            Fact::Published { story } => self.published = Some((*story, at)),
            Fact::Tied { petition } => self.tied.push(*petition),
            Fact::Prolonged {} => {}
        }
        Some(())
    }
}

impl Proceeding {
    /// The next meeting. Another day for one that was not held takes its place; what was offered or voted before it counts no more.
    fn arrange(&mut self, meeting: Meeting) {
        (self.vote, self.offer) = (None, None);
        self.meetings.pop_if(|meeting| meeting.minutes.is_none());
        self.meetings.push(meeting);
    }
}

/// The number behind so many.
fn next(have: usize) -> u32 {
    u32::try_from(have).unwrap_or(u32::MAX).saturating_add(1)
}
