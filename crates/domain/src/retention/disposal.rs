//! 기록물 폐기 — department's opinion, review by the records officer, decision of the board, and only then the end of a record
//! (공공기록물법 제27조·제27조의2, 영 제43조). The system proposes; people decide.

use crate::id::{OfficialId, PetitionId, UnitId};
use crate::refusal::Refusal;
use crate::retention::Term;
use crate::terms::coded;
use crate::text::plain;
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

/// One step as it was taken: by whom, when, and what about which petition. What is not named follows the step before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// By whom.
    pub by: OfficialId,
    /// When.
    pub at: At,
    /// About each petition.
    pub opinions: BTreeMap<PetitionId, Opinion>,
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
    /// New terms of those whose retention was set anew.
    pub terms: BTreeMap<PetitionId, Term>,
    /// As recorded.
    pub taken: Taken,
}

/// 폐기 대상 목록 of a department and a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// Identity.
    pub id: uuid::Uuid,
    /// Its state so far, counted.
    pub seq: u32,
    /// Year it was proposed in.
    pub year: i16,
    /// 처리과.
    pub unit: UnitId,
    /// When it was proposed.
    pub made_at: At,
    /// The petitions, in order.
    pub petitions: Vec<PetitionId>,
    /// 처리과의 의견.
    pub department: Option<Taken>,
    /// 전문요원의 심사.
    pub review: Option<Taken>,
    /// 심의회의 결정.
    pub board: Option<Board>,
}
plain!(Taken, Board, Disposal);

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

    /// What the last step said about a petition: 폐기, unless somebody said otherwise.
    pub fn opinion(&self, petition: PetitionId) -> Opinion {
        let board = self.board.as_ref().map(|board| &board.taken);
        let steps = [board, self.review.as_ref(), self.department.as_ref()];
        let said = steps
            .into_iter()
            .flatten()
            .find_map(|taken| taken.opinions.get(&petition));
        said.copied().unwrap_or(Opinion::Destroy)
    }

    /// 처리과의 의견.
    pub fn give_opinion(&mut self, taken: Taken) -> Result<(), Refusal> {
        self.expect(Step::Department, &taken)?;
        self.department = Some(taken);
        self.seq += 1;
        Ok(())
    }

    /// 전문요원의 심사. Who gave the opinion does not review it.
    pub fn review(&mut self, taken: Taken) -> Result<(), Refusal> {
        self.expect(Step::Review, &taken)?;
        if self
            .department
            .as_ref()
            .is_some_and(|before| before.by == taken.by)
        {
            return Err(Refusal::NotYours);
        }
        self.review = Some(taken);
        self.seq += 1;
        Ok(())
    }

    /// 심의회의 결정: two members from outside at least (제27조의2), on a day that has come.
    pub fn decide(&mut self, board: Board, today: Date) -> Result<(), Refusal> {
        self.expect(Step::Board, &board.taken)?;
        if board.held_on > today || board.members == 0 || board.outside > board.members || board.outside < 2 {
            return Err(Refusal::BoardIncomplete);
        }
        let missing = |(petition, opinion): (&PetitionId, &Opinion)| {
            *opinion == Opinion::Again && !board.terms.contains_key(petition)
        };
        if board.taken.opinions.iter().any(missing) {
            return Err(Refusal::BoardIncomplete);
        }
        self.board = Some(board);
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

    fn expect(&self, step: Step, taken: &Taken) -> Result<(), Refusal> {
        let known = taken
            .opinions
            .keys()
            .all(|petition| self.petitions.contains(petition));
        if self.step() != step || !known {
            return Err(Refusal::NotNow);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn petition(n: u8) -> PetitionId {
        PetitionId(uuid::Uuid::from_bytes([n; 16]))
    }

    fn taken(by: u8, opinions: &[(u8, Opinion)]) -> Taken {
        Taken {
            by: OfficialId(uuid::Uuid::from_bytes([by; 16])),
            at: At(0),
            opinions: opinions
                .iter()
                .map(|(n, opinion)| (petition(*n), *opinion))
                .collect(),
        }
    }

    fn list() -> Disposal {
        Disposal {
            id: uuid::Uuid::nil(),
            seq: 1,
            year: 2032,
            unit: UnitId(uuid::Uuid::nil()),
            made_at: At(0),
            petitions: vec![petition(1), petition(2), petition(3)],
            department: None,
            review: None,
            board: None,
        }
    }

    fn board(members: u16, outside: u16, opinions: &[(u8, Opinion)]) -> Board {
        Board {
            held_on: date(2032, 3, 2),
            members,
            outside,
            terms: BTreeMap::new(),
            taken: taken(9, opinions),
        }
    }

    #[test]
    fn nothing_is_given_up_before_the_board_and_each_step_comes_in_its_turn() {
        let today = date(2032, 3, 2);
        let mut all = list();
        assert_eq!(all.review(taken(2, &[])), Err(Refusal::NotNow));
        assert_eq!(all.decide(board(5, 2, &[]), today), Err(Refusal::NotNow));
        all.give_opinion(taken(1, &[(2, Opinion::Defer)])).unwrap();
        assert_eq!(all.given_up(), []);
        assert_eq!(
            all.review(taken(1, &[])),
            Err(Refusal::NotYours),
            "who gave the opinion"
        );
        assert_eq!(
            all.review(taken(2, &[(7, Opinion::Defer)])),
            Err(Refusal::NotNow),
            "not in the list"
        );
        all.review(taken(2, &[(3, Opinion::Again)])).unwrap();
        assert_eq!(all.given_up(), []);
        for bad in [board(0, 0, &[]), board(5, 1, &[]), board(2, 3, &[])] {
            assert_eq!(all.decide(bad, today), Err(Refusal::BoardIncomplete));
        }
        let again = board(5, 2, &[(3, Opinion::Again)]);
        assert_eq!(
            all.decide(again, today),
            Err(Refusal::BoardIncomplete),
            "without a new term"
        );
        let early = board(5, 2, &[]);
        assert_eq!(all.decide(early, date(2032, 3, 1)), Err(Refusal::BoardIncomplete));
        all.decide(board(5, 2, &[(3, Opinion::Destroy)]), today).unwrap();
        assert_eq!(
            all.given_up(),
            [petition(1), petition(3)],
            "the department's word on the second stands"
        );
        assert_eq!(all.step(), Step::Done);
    }
}
