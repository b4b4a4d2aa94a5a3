//! 기록물 폐기 — department's opinion, review by the records officer, decision of the board, and only then the end of a record
//! (공공기록물법 제27조·제27조의2, 영 제43조). The system proposes; people decide.

use crate::id::{OfficialId, PetitionId, UnitId};
use crate::refusal::Refusal;
use crate::retention::Term;
use crate::terms::coded;
use crate::text::{Text, plain};
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// 의견·심사·결정 about one record.
    Opinion {
        /// 폐기.
        Destroy = "destroy",
        /// 보류.
        Defer = "defer",
        /// 보존기간 재책정.
        Again = "again",
    }
}

coded! {
    /// 단계.
    Step {
        /// 처리과 의견을 기다림.
        Department = "department",
        /// 기록물관리 전문요원의 심사를 기다림.
        Review = "review",
        /// 기록물평가심의회의 심의를 기다림.
        Board = "board",
        /// 폐기 집행.
        Done = "done",
    }
}

coded! {
    /// 집행 결과 — what became of a record the board gave up.
    Fate {
        /// 폐기.
        Destroyed = "destroyed",
        /// 파기 정지: a hold was laid down after the proposal.
        Held = "held",
        /// 분리 보관: another law orders to keep it.
        Apart = "apart",
        /// 처리 중: it was opened again.
        Open = "open",
        /// 이미 파기.
        Gone = "gone",
    }
}

/// 예외 — what is said of one record that is not to go the way of the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who said it.
    pub by: OfficialId,
    /// What becomes of it.
    pub opinion: Opinion,
    /// Its new retention, with 재책정 and with nothing else.
    pub term: Option<Term>,
    /// 사유, under the key of the petition: it goes when the petition goes.
    pub why: Text,
}

/// One step as it was taken: by whom, when, and what about which petition. What is not named follows the step before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// By whom.
    pub by: OfficialId,
    /// When.
    pub at: At,
    /// The exceptions.
    pub marks: BTreeMap<PetitionId, Mark>,
}

/// The decision of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Day of the meeting.
    pub held_on: Date,
    /// How many took part.
    pub members: u16,
    /// How many of them came from outside (제27조의2: two at least).
    pub outside: u16,
    /// Who they were, under the key of the list.
    pub names: Text,
    /// As recorded.
    pub taken: Taken,
}

/// 폐기 대상 목록 of a department and a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// Identity, and owner of the key the names of the board are sealed under.
    pub id: uuid::Uuid,
    /// Its state so far, counted.
    pub seq: u32,
    /// Year it was proposed in.
    pub year: i16,
    /// 처리과.
    pub unit: UnitId,
    /// Which list of the department in that year, from 1.
    pub part: u16,
    /// When it was proposed.
    pub made_at: At,
    /// The petitions, in order.
    pub petitions: Vec<PetitionId>,
    /// What was said so far in the step that is awaited.
    pub marks: BTreeMap<PetitionId, Mark>,
    /// 처리과의 의견.
    pub department: Option<Taken>,
    /// 전문요원의 심사.
    pub review: Option<Taken>,
    /// 심의회의 결정.
    pub board: Option<Board>,
    /// When the decision was carried out.
    pub carried: Option<At>,
}
plain!(Mark, Taken, Board, Disposal);

impl Disposal {
    /// Which step is awaited.
    pub fn step(&self) -> Step {
        match (&self.department, &self.review, &self.board) {
            (None, _, _) => Step::Department,
            (Some(_), None, _) => Step::Review,
            (Some(_), Some(_), None) => Step::Board,
            (Some(_), Some(_), Some(_)) => Step::Done,
        }
    }

    /// The steps taken, the last one first.
    fn taken(&self) -> impl Iterator<Item = &Taken> {
        let board = self.board.as_ref().map(|board| &board.taken);
        [board, self.review.as_ref(), self.department.as_ref()]
            .into_iter()
            .flatten()
    }

    /// The exception a step made of a petition.
    pub fn said(&self, step: Step, petition: PetitionId) -> Option<&Mark> {
        let taken = match step {
            Step::Department => self.department.as_ref(),
            Step::Review => self.review.as_ref(),
            Step::Board => self.board.as_ref().map(|board| &board.taken),
            Step::Done => None,
        };
        taken.and_then(|taken| taken.marks.get(&petition))
    }

    /// What the last step that named a petition said of it.
    pub fn standing(&self, petition: PetitionId) -> Option<&Mark> {
        self.taken().find_map(|taken| taken.marks.get(&petition))
    }

    /// What the last step said about a petition: 폐기, unless somebody said otherwise.
    pub fn opinion(&self, petition: PetitionId) -> Opinion {
        self.standing(petition)
            .map_or(Opinion::Destroy, |mark| mark.opinion)
    }

    /// The same with what is being said in the step that is awaited.
    pub fn proposed(&self, petition: PetitionId) -> Opinion {
        let mark = self.marks.get(&petition);
        mark.map_or_else(|| self.opinion(petition), |mark| mark.opinion)
    }

    /// Whether this official may take the step that is awaited: who gave the opinion, or a part of it, does not review it.
    pub fn may_take(&self, by: OfficialId) -> Result<(), Refusal> {
        let Some(department) = self.department.as_ref().filter(|_| self.step() == Step::Review) else {
            return Ok(());
        };
        let before = department.marks.values().map(|mark| mark.by);
        match before.chain([department.by]).any(|one| one == by) {
            true => Err(Refusal::NotYours),
            false => Ok(()),
        }
    }

    /// 예외를 정함 or, with `None`, taken back. A new term belongs to 재책정 and to nothing else.
    pub fn mark(
        &mut self,
        by: OfficialId,
        marks: impl IntoIterator<Item = (PetitionId, Option<Mark>)>,
    ) -> Result<(), Refusal> {
        if self.step() == Step::Done {
            return Err(Refusal::NotNow);
        }
        self.may_take(by)?;
        for (petition, mark) in marks {
            if !self.petitions.contains(&petition) {
                return Err(Refusal::NotNow);
            }
            match mark {
                Some(mark) if (mark.opinion == Opinion::Again) != mark.term.is_some() => {
                    return Err(Refusal::BasisMissing);
                }
                Some(mark) => self.marks.insert(petition, mark),
                None => self.marks.remove(&petition),
            };
        }
        self.seq += 1;
        Ok(())
    }

    /// 처리과의 의견 or 전문요원의 심사, whichever is awaited: what is not excepted follows the step before.
    pub fn submit(&mut self, step: Step, by: OfficialId, at: At) -> Result<(), Refusal> {
        if self.step() != step {
            return Err(Refusal::NotNow);
        }
        self.may_take(by)?;
        let marks = std::mem::take(&mut self.marks);
        let taken = Some(Taken { by, at, marks });
        match step {
            Step::Department => self.department = taken,
            Step::Review => self.review = taken,
            Step::Board | Step::Done => return Err(Refusal::NotNow),
        }
        self.seq += 1;
        Ok(())
    }

    /// 심의회의 결정: two members from outside at least (제27조의2), on a day that has come and not before the review.
    #[expect(clippy::too_many_arguments, reason = "the fields of one form")]
    pub fn decide(
        &mut self,
        by: OfficialId,
        at: At,
        held_on: Date,
        members: u16,
        outside: u16,
        names: Text,
        today: Date,
    ) -> Result<(), Refusal> {
        if self.step() != Step::Board {
            return Err(Refusal::NotNow);
        }
        let reviewed = self.review.as_ref().and_then(|taken| taken.at.date());
        let early = reviewed.is_some_and(|day| held_on < day);
        if early || held_on > today || members == 0 || outside > members || outside < 2 {
            return Err(Refusal::BoardIncomplete);
        }
        let marks = std::mem::take(&mut self.marks);
        self.board = Some(Board {
            held_on,
            members,
            outside,
            names,
            taken: Taken { by, at, marks },
        });
        self.seq += 1;
        Ok(())
    }

    /// What the board gave up, in order.
    pub fn given_up(&self) -> Vec<PetitionId> {
        if self.board.is_none() {
            return Vec::new();
        }
        let all = self.petitions.iter().copied();
        all.filter(|petition| self.opinion(*petition) == Opinion::Destroy)
            .collect()
    }

    /// Whose retention the board set anew.
    pub fn set_anew(&self) -> Vec<(PetitionId, Term)> {
        if self.board.is_none() {
            return Vec::new();
        }
        let all = self.petitions.iter();
        all.filter_map(|petition| {
            let mark = self.standing(*petition)?;
            Some((*petition, mark.term.filter(|_| mark.opinion == Opinion::Again)?))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn petition(n: u8) -> PetitionId {
        PetitionId(uuid::Uuid::from_bytes([n; 16]))
    }

    fn official(n: u8) -> OfficialId {
        OfficialId(uuid::Uuid::from_bytes([n; 16]))
    }

    fn text() -> Text {
        Text {
            id: crate::id::TextId(uuid::Uuid::nil()),
            commitment: crate::text::Commitment([0; 32]),
        }
    }

    fn list() -> Disposal {
        Disposal {
            id: uuid::Uuid::nil(),
            seq: 1,
            year: 2032,
            unit: UnitId(uuid::Uuid::nil()),
            part: 1,
            made_at: At(0),
            petitions: vec![petition(1), petition(2), petition(3)],
            marks: BTreeMap::new(),
            department: None,
            review: None,
            board: None,
            carried: None,
        }
    }

    fn mark(by: u8, n: u8, opinion: Opinion, term: Option<Term>) -> (PetitionId, Option<Mark>) {
        let why = text();
        let by = official(by);
        (
            petition(n),
            Some(Mark {
                by,
                opinion,
                term,
                why,
            }),
        )
    }

    fn decide(list: &mut Disposal, held_on: Date, members: u16, outside: u16) -> Result<(), Refusal> {
        list.decide(
            official(9),
            At(0),
            held_on,
            members,
            outside,
            text(),
            date(2032, 3, 2),
        )
    }

    #[test]
    fn nothing_is_given_up_before_the_board_and_each_step_comes_in_its_turn() {
        let day = date(2032, 3, 2);
        let mut all = list();
        assert_eq!(all.submit(Step::Review, official(2), At(0)), Err(Refusal::NotNow));
        assert_eq!(decide(&mut all, day, 5, 2), Err(Refusal::NotNow));
        all.mark(official(1), [mark(1, 2, Opinion::Defer, None)]).unwrap();
        assert_eq!(
            (all.opinion(petition(2)), all.proposed(petition(2))),
            (Opinion::Destroy, Opinion::Defer)
        );
        all.submit(Step::Department, official(4), At(0)).unwrap();
        assert_eq!(
            (all.step(), all.given_up(), all.marks.len()),
            (Step::Review, Vec::new(), 0)
        );
        for same in [1, 4] {
            let taken = all.submit(Step::Review, official(same), At(0));
            assert_eq!(
                taken,
                Err(Refusal::NotYours),
                "who gave the opinion, or a part of it"
            );
            let marked = all.mark(official(same), [mark(same, 1, Opinion::Defer, None)]);
            assert_eq!(marked, Err(Refusal::NotYours));
        }
        let stranger = all.mark(official(2), [mark(2, 7, Opinion::Defer, None)]);
        assert_eq!(stranger, Err(Refusal::NotNow), "not in the list");
        all.mark(official(2), [mark(2, 3, Opinion::Again, Some(Term::Ten))])
            .unwrap();
        all.submit(Step::Review, official(2), At(0)).unwrap();
        assert_eq!(all.given_up(), []);
        for (held_on, members, outside) in [
            (day, 0, 0),
            (day, 5, 1),
            (day, 2, 3),
            (date(2032, 3, 3), 5, 2),
            (date(1969, 12, 31), 5, 2),
        ] {
            let refused = decide(&mut all, held_on, members, outside);
            assert_eq!(
                refused,
                Err(Refusal::BoardIncomplete),
                "{held_on} {members} {outside}"
            );
        }
        all.mark(official(9), [mark(9, 1, Opinion::Again, Some(Term::Thirty))])
            .unwrap();
        all.mark(official(9), [(petition(1), None)]).unwrap();
        decide(&mut all, day, 5, 2).unwrap();
        assert_eq!(
            all.given_up(),
            [petition(1)],
            "the words of the steps before stand"
        );
        assert_eq!(all.set_anew(), [(petition(3), Term::Ten)]);
        assert_eq!(all.step(), Step::Done);
        assert_eq!(all.mark(official(9), [(petition(1), None)]), Err(Refusal::NotNow));
    }

    #[test]
    fn a_new_term_belongs_to_what_is_set_anew_and_to_nothing_else() {
        for (opinion, term, fits) in [
            (Opinion::Again, None, false),
            (Opinion::Again, Some(Term::Ten), true),
            (Opinion::Defer, Some(Term::Ten), false),
            (Opinion::Defer, None, true),
            (Opinion::Destroy, Some(Term::One), false),
            (Opinion::Destroy, None, true),
        ] {
            let said = list().mark(official(1), [mark(1, 1, opinion, term)]);
            assert_eq!(said.is_ok(), fits, "{opinion} {term:?}");
        }
    }
}
