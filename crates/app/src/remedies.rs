//! 구제절차 — the standard texts that tell how a decision can be contested (법 제27조제3항, 제35조); data in `data/refusal_remedies.toml`.

use crate::{App, Trouble};
use domain::terms::{Kind, Outcome};
use serde::Deserialize;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Remedy {
    /// Its name.
    pub code: String,
    /// Kinds it stands under.
    pub kinds: Vec<Kind>,
    /// Codes of outcomes it stands under; `objection_dismissed` is of the objection and no outcome.
    pub outcomes: Vec<String>,
    /// The articles it rests on.
    pub basis: String,
    /// Whether we have seen the text of those articles: `sure` or `unsure`.
    pub basis_status: String,
    /// In Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Remedies {
    #[serde(default)]
    remedy: Vec<Remedy>,
}

/// The code under which the text about a decision on an objection stands.
const OBJECTION: &str = "objection_dismissed";

impl Remedies {
    /// Reads them.
    pub fn read(text: &str) -> Result<Remedies, Trouble> {
        toml::from_str(text).map_err(|error| Trouble::Broken(format!("the remedies cannot be read: {error}")))
    }

    /// Those for decisions about a petition of this kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Remedy> {
        (self.remedy.iter()).filter(move |remedy| {
            remedy.kinds.contains(&kind) && !remedy.outcomes.iter().any(|o| o == OBJECTION)
        })
    }

    /// The one for this outcome.
    pub fn of(&self, kind: Kind, outcome: Outcome) -> Option<&Remedy> {
        self.of_kind(kind)
            .find(|remedy| remedy.outcomes.iter().any(|code| code == outcome.code()))
    }

    /// The one for the decision on an objection.
    pub fn of_objection(&self, kind: Kind) -> Option<&Remedy> {
        (self.remedy.iter())
            .find(|remedy| remedy.kinds.contains(&kind) && remedy.outcomes.iter().any(|o| o == OBJECTION))
    }
}

impl App {
    /// The same application with these texts.
    pub fn with_remedies(mut self, remedies: Remedies) -> App {
        self.remedies = std::sync::Arc::new(remedies);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_that_owes_remedies_has_its_text() {
        let remedies = Remedies::read(include_str!("../../../data/refusal_remedies.toml")).unwrap();
        for kind in Kind::ALL {
            for outcome in Outcome::of_answer(*kind) {
                let owed =
                    outcome.owes_reasons() && !(*outcome == Outcome::Returned && *kind != Kind::Statutory);
                if owed {
                    assert!(remedies.of(*kind, *outcome).is_some(), "{kind} {outcome}");
                }
            }
        }
        let refused = remedies.of(Kind::Statutory, Outcome::Refused).unwrap();
        for word in ["이의신청", "60일", "행정심판", "행정소송", "제35조"] {
            assert!(refused.ko.contains(word), "{word}");
        }
        assert!(
            remedies
                .of_objection(Kind::Statutory)
                .unwrap()
                .ko
                .contains("90일")
        );
    }
}
