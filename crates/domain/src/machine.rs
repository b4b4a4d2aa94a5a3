//! 서비스 계정 — what a program with a key of its own may read, from where and until when.

use crate::external::Network;
use crate::gate::{Export, Lack, Purpose, Rules, Said, Sure};
use crate::id::OfficialId;
use crate::terms::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// 권한 범위 — what a key opens.
    Scope {
        /// Totals.
        StatisticsRead = "statistics.read",
        /// Where petitions stand, without words.
        PetitionsRead = "petitions.read",
    }
}

/// The longest reason, in characters.
const LONGEST: u32 = 1_000;

/// What a key opens, from where, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The scopes.
    pub scopes: Vec<Scope>,
    /// From where; anywhere if there is none.
    pub networks: Vec<Network>,
    /// The last day.
    pub until: Date,
    /// Why it reads in bulk, in the office's words: the reason at the gate of every page it is given.
    #[serde(default)]
    pub reason: String,
    /// 책임자 — who answers for what it reads in bulk.
    #[serde(default)]
    pub answers: Option<OfficialId>,
}

coded! {
    /// Why a key does not open, or cannot be made so.
    Shut {
        /// No such key.
        Unknown = "unknown",
        /// Taken back.
        Revoked = "revoked",
        /// Its last day is over.
        Over = "over",
        /// From an address outside its networks.
        Network = "network",
        /// Not in its scopes.
        Scope = "scope",
        /// It has no name, or one that is too long.
        NameUnfit = "name_unfit",
        /// The last day lies in the past or more than a year away.
        UntilUnfit = "until_unfit",
        /// It would open nothing.
        NoScope = "no_scope",
        /// Too many networks.
        NetworksUnfit = "networks_unfit",
        /// It would read in bulk, and nobody said why in enough words.
        ReasonUnfit = "reason_unfit",
        /// It would read in bulk, and nobody answers for it.
        NobodyAnswers = "nobody_answers",
    }
}

impl Grant {
    /// Whether the key opens `scope` from this address on `today`.
    pub fn opens(&self, scope: Scope, origin: &[u8], today: Date) -> Result<(), Shut> {
        if today > self.until {
            return Err(Shut::Over);
        }
        if !self.networks.is_empty() && !self.networks.iter().any(|network| network.contains(origin)) {
            return Err(Shut::Network);
        }
        if !self.scopes.contains(&scope) {
            return Err(Shut::Scope);
        }
        Ok(())
    }

    /// Whether a key may be made so. What reads in bulk has the reason of a large export, and somebody who answers for it.
    pub fn fits(&self, rules: &Rules, today: Date) -> Result<(), Shut> {
        let last = today.checked_add(jiff::Span::new().years(1));
        if self.until < today || last.is_ok_and(|last| self.until > last) {
            return Err(Shut::UntilUnfit);
        }
        if self.scopes.is_empty() {
            return Err(Shut::NoScope);
        }
        if self.networks.len() > crate::external::NETWORKS {
            return Err(Shut::NetworksUnfit);
        }
        if !self.scopes.contains(&Scope::PetitionsRead) {
            return Ok(());
        }
        let said = Said {
            purpose: Some(Purpose::Linkage),
            words: u32::try_from(self.reason.trim().chars().count()).unwrap_or(u32::MAX),
            sure: Sure::Yes,
        };
        let lacks = rules.judge(Export::Bulk, u32::MAX, said);
        if lacks.iter().any(|lack| matches!(lack, Lack::Words(_))) || said.words > LONGEST {
            return Err(Shut::ReasonUnfit);
        }
        self.answers.map(|_| ()).ok_or(Shut::NobodyAnswers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_key_opens_what_it_was_made_for() {
        let grant = Grant {
            scopes: vec![Scope::StatisticsRead],
            networks: vec!["203.0.113.0/24".parse().expect("a network")],
            until: date(2026, 12, 31),
            reason: String::new(),
            answers: None,
        };
        let rules = Rules::default();
        let (day, near): (Date, &[u8]) = (date(2026, 6, 15), &[203, 0, 113, 5]);
        let table = [
            (Scope::StatisticsRead, near, day, Ok(())),
            (Scope::PetitionsRead, near, day, Err(Shut::Scope)),
            (Scope::StatisticsRead, &[198, 51, 100, 1], day, Err(Shut::Network)),
            (Scope::StatisticsRead, near, date(2026, 12, 31), Ok(())),
            (Scope::StatisticsRead, near, date(2027, 1, 1), Err(Shut::Over)),
        ];
        for (scope, origin, today, wanted) in table {
            assert_eq!(
                grant.opens(scope, origin, today),
                wanted,
                "{scope} {origin:?} {today}"
            );
        }
        let anywhere = Grant {
            networks: Vec::new(),
            ..grant.clone()
        };
        assert_eq!(anywhere.opens(Scope::StatisticsRead, &[], day), Ok(()));
        assert_eq!(grant.fits(&rules, day), Ok(()));
        let late = Grant {
            until: date(2027, 6, 16),
            ..grant.clone()
        };
        assert_eq!(late.fits(&rules, day), Err(Shut::UntilUnfit));
        let bulk = Grant {
            scopes: vec![Scope::PetitionsRead],
            ..grant.clone()
        };
        let why = Grant {
            reason: "상담 콜센터에서 처리 상태를 안내하려고 읽습니다.".into(),
            ..bulk.clone()
        };
        let answered = Grant {
            answers: Some(OfficialId(uuid::Uuid::nil())),
            ..why.clone()
        };
        assert_eq!(bulk.fits(&rules, day), Err(Shut::ReasonUnfit));
        assert_eq!(why.fits(&rules, day), Err(Shut::NobodyAnswers));
        assert_eq!(answered.fits(&rules, day), Ok(()));
        let nothing = Grant {
            scopes: Vec::new(),
            ..grant
        };
        assert_eq!(nothing.fits(&rules, day), Err(Shut::NoScope));
    }
}
