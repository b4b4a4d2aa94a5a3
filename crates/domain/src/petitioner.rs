//! 민원인 — who asks, who files for them, and who is told (법2 제2호, 영2, 영6⑥, 행정절차법11·12).
//!
//! A petition holds the kinds only. Names, numbers of companies and addresses lie in the vault, as one text.

use crate::id::PersonId;
use crate::terms::coded;
use crate::text::{Text, plain};
use serde::{Deserialize, Serialize};

coded! {
    /// 민원인의 종류.
    Sort {
        /// 개인.
        Person = "person",
        /// 외국인: asked for no number; the passport or card is looked at where a service names its ground.
        Foreigner = "foreigner",
        /// 법인.
        Company = "company",
        /// 단체: no legal person, but with a name and a representative.
        Association = "association",
        /// 미성년자, for whom the 법정대리인 acts.
        Minor = "minor",
        /// 행정기관: a petitioner only as a subject of private law (법2 제2호 가목).
        Authority = "authority",
    }
}

impl Sort {
    /// Whether it acts through a representative, who is named on papers.
    pub const fn is_body(self) -> bool {
        match self {
            Sort::Company | Sort::Association | Sort::Authority => true,
            Sort::Person | Sort::Foreigner | Sort::Minor => false,
        }
    }
}

coded! {
    /// 신청하는 사람 — who files it.
    Filer {
        /// 본인 (of a minor: the 법정대리인; of a body: the representative).
        Oneself = "oneself",
        /// 대리인, with a 위임장.
        Agent = "agent",
        /// 행정사, with a 위임장 (행정사법 제2조).
        AdministrativeAgent = "administrative_agent",
    }
}

impl Filer {
    /// Whether somebody acts in the petitioner's place by their will.
    pub const fn is_agent(self) -> bool {
        match self {
            Filer::Oneself => false,
            Filer::Agent | Filer::AdministrativeAgent => true,
        }
    }
}

coded! {
    /// 위임장 — whether it was shown. Where it is missing the petition is taken in all the same (법9①): it is told (영6④) and can
    /// be asked for as a supplement (법22①).
    Power {
        /// 해당 없음.
        NotNeeded = "not_needed",
        /// 제출함.
        Shown = "shown",
        /// 아직 내지 않음.
        Missing = "missing",
    }
}

coded! {
    /// 통지받을 사람.
    Told {
        /// 신청한 사람: the one who filed, the agent where there is one.
        Filer = "filer",
        /// 대리인과 본인 모두.
        Both = "both",
    }
}

/// 민원인과 그를 위해 신청하는 사람.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party<T = Text> {
    /// Who asks.
    pub sort: Sort,
    /// Who files it.
    pub filer: Filer,
    /// 위임장.
    pub power: Power,
    /// Whether the petitioner agreed that the agent may end the petition (행정절차법12②·11④).
    pub may_end: bool,
    /// Who is told.
    pub told: Told,
    /// 본인, where they are told besides the agent: may look at the petition and act on it, too.
    pub principal: Option<PersonId>,
    /// Names and addresses; nothing where a person asks in their own name.
    pub names: Option<T>,
}
plain!(Party);

impl<T> Default for Party<T> {
    /// A person in their own name.
    fn default() -> Party<T> {
        Party {
            sort: Sort::Person,
            filer: Filer::Oneself,
            power: Power::NotNeeded,
            may_end: false,
            told: Told::Filer,
            principal: None,
            names: None,
        }
    }
}

impl<T> Party<T> {
    /// The same with its text turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Party<U>, E> {
        Ok(Party {
            sort: self.sort,
            filer: self.filer,
            power: self.power,
            may_end: self.may_end,
            told: self.told,
            principal: self.principal,
            names: self.names.map(lay).transpose()?,
        })
    }

    /// Whether the one who filed may end the petition: an agent only with the petitioner's consent.
    pub const fn ends(&self) -> bool {
        !self.filer.is_agent() || self.may_end
    }

    /// Whether its parts fit one another: a 위임장 where an agent files and nowhere else, names for all but a person in their
    /// own name, both told only where there are two.
    pub const fn is_whole(&self) -> bool {
        let agent = self.filer.is_agent();
        let plain = matches!(self.sort, Sort::Person | Sort::Foreigner) && !agent;
        let power = matches!(self.power, Power::NotNeeded) != agent;
        let told = match self.told {
            Told::Filer => self.principal.is_none(),
            Told::Both => agent && self.principal.is_some(),
        };
        power && told && (agent || !self.may_end) && (plain || self.names.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(sort: Sort, filer: Filer, power: Power, names: bool) -> Party<()> {
        Party {
            sort,
            filer,
            power,
            names: names.then_some(()),
            ..Party::default()
        }
    }

    #[test]
    fn a_power_belongs_to_an_agent_and_names_to_all_but_a_person_alone() {
        use Filer::{AdministrativeAgent, Agent, Oneself};
        use Power::{Missing, NotNeeded, Shown};
        for (sort, filer, power, names, whole) in [
            (Sort::Person, Oneself, NotNeeded, false, true),
            (Sort::Foreigner, Oneself, NotNeeded, false, true),
            (Sort::Company, Oneself, NotNeeded, false, false),
            (Sort::Company, Oneself, NotNeeded, true, true),
            (Sort::Minor, Oneself, NotNeeded, false, false),
            (Sort::Person, Oneself, Shown, true, false),
            (Sort::Person, Agent, NotNeeded, true, false),
            (Sort::Person, Agent, Missing, true, true),
            (Sort::Person, Agent, Missing, false, false),
            (Sort::Association, AdministrativeAgent, Shown, true, true),
        ] {
            assert_eq!(
                party(sort, filer, power, names).is_whole(),
                whole,
                "{sort} {filer} {power} {names}"
            );
        }
        let both: Party<()> = Party {
            told: Told::Both,
            ..Party::default()
        };
        assert!(!both.is_whole(), "one person cannot be told twice");
    }

    #[test]
    fn an_agent_ends_a_petition_only_with_consent() {
        for (filer, may_end, ends) in [
            (Filer::Oneself, false, true),
            (Filer::Agent, false, false),
            (Filer::Agent, true, true),
            (Filer::AdministrativeAgent, false, false),
        ] {
            let party: Party<()> = Party {
                filer,
                may_end,
                ..Party::default()
            };
            assert_eq!(party.ends(), ends, "{filer}");
        }
    }
}
