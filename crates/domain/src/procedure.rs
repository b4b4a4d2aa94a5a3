//! 처리절차 — a declared way of handling: steps, seats, terms, papers, notices. A value, not code.
//!
//! A procedure offers deeds of the statutory life (`life::MOVES`), never more than those. Open petitions stay on the
//! version they began with.

use crate::due::Period;
use crate::life::{Deed, Life};
use crate::terms::{Code, Kind, Seat};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// 두 언어의 낱말.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

/// 처리절차.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Stable code.
    pub code: Code,
    /// Grows with every change.
    pub version: u32,
    /// Name.
    pub name: Words,
    /// What it is, in a sentence for the handbook.
    pub summary: Words,
    /// Legal basis.
    pub basis: String,
    /// Kinds of petition it is for.
    pub kinds: Vec<Kind>,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// Papers it produces, by name.
    pub papers: Vec<String>,
    /// Notices it sends, by name.
    pub notices: Vec<String>,
}

/// 단계.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stable code.
    pub code: Code,
    /// Name.
    pub name: Words,
    /// The lives it stands in.
    pub life: Vec<Life>,
    /// Who is expected to move it on.
    pub seats: Vec<Seat>,
    /// What can be done in it.
    pub deeds: Vec<Deed>,
    /// Time for it, where law or promise sets one.
    pub limit: Option<Period>,
    /// Why there is none.
    pub no_limit: Option<Words>,
}

impl Procedure {
    /// Whether `deed` is offered in `life`.
    pub fn offers(&self, life: Life, deed: Deed) -> bool {
        self.steps
            .iter()
            .any(|step| step.life.contains(&life) && step.deeds.contains(&deed))
    }

    /// The step a petition in `life` stands in.
    pub fn step(&self, life: Life) -> Option<&Step> {
        self.steps.iter().find(|step| step.life.contains(&life))
    }

    /// What is wrong with it, in sentences with their cure; empty when it can be used.
    pub fn check(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let code = self.code;
        for life in Life::ALL {
            let steps = self.steps.iter().filter(|step| step.life.contains(life)).count();
            if steps > 1 {
                problems.push(format!(
                    "{code}: life `{life}` stands in {steps} steps; name it in one of them"
                ));
            }
        }
        for step in &self.steps {
            let at = format!("{code}, step {}", step.code);
            if step.limit.is_none() == step.no_limit.is_none() {
                problems.push(format!("{at}: give either `limit` or the reason `no_limit`"));
            }
            if step.seats.is_empty() {
                problems.push(format!("{at}: name at least one seat that moves it on"));
            }
            for deed in &step.deeds {
                if !step.life.iter().any(|life| life.allows(*deed)) {
                    problems.push(format!(
                        "{at}: `{deed}` is not possible in its lives by the table of moves"
                    ));
                }
            }
        }
        let mut reached = vec![Life::Filed];
        while let Some(life) = (reached.iter())
            .flat_map(|life| {
                Deed::ALL
                    .iter()
                    .filter(|d| self.offers(*life, **d))
                    .filter_map(|d| life.after(*d))
            })
            .find(|life| !reached.contains(life))
        {
            reached.push(life);
        }
        for step in &self.steps {
            if !step.life.iter().any(|life| reached.contains(life)) {
                problems.push(format!(
                    "{code}, step {}: cannot be reached from filing",
                    step.code
                ));
            }
        }
        for life in reached.iter().filter(|life| life.is_open()) {
            let mut on = vec![*life];
            while let Some(next) = (on.iter())
                .flat_map(|l| {
                    Deed::ALL
                        .iter()
                        .filter(|d| self.offers(*l, **d))
                        .filter_map(|d| l.after(*d))
                })
                .find(|l| !on.contains(l))
            {
                on.push(next);
            }
            if !on.contains(&Life::Concluded) {
                problems.push(format!("{code}: from life `{life}` no end can be reached"));
            }
        }
        problems
    }
}

/// 절차 목록 — every procedure this office knows, in every version still in use.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    all: BTreeMap<(Code, u32), Procedure>,
}

impl Catalogue {
    /// A catalogue of these.
    pub fn new(procedures: impl IntoIterator<Item = Procedure>) -> Catalogue {
        Catalogue {
            all: procedures.into_iter().map(|p| ((p.code, p.version), p)).collect(),
        }
    }

    /// One version.
    pub fn version(&self, code: Code, version: u32) -> Option<&Procedure> {
        self.all.get(&(code, version))
    }

    /// The newest version, for new petitions.
    pub fn newest(&self, code: Code) -> Option<&Procedure> {
        self.all
            .range((code, 0)..=(code, u32::MAX))
            .next_back()
            .map(|(_, p)| p)
    }

    /// Every procedure, every version.
    pub fn iter(&self) -> impl Iterator<Item = &Procedure> {
        self.all.values()
    }
}
