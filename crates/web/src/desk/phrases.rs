//! 표준문안 — texts to take into a draft: those of the service for refusals and notices, and the standard answers of its unit.

use super::case::Sheet;
use crate::{
    security::Fault,
    view::{Filled, desk::act::Standard},
};
use domain::{
    id::UnitId,
    terms::{Kind, Outcome},
};

/// What the codes of a service's own texts begin with.
const REFUSAL: &str = "refusal-";
const NOTICE: &str = "notice-";
/// What the codes of texts on how to contest a decision begin with.
const REMEDY: &str = "remedy-";

impl Sheet<'_> {
    /// The texts on offer: of the service first, then standard answers.
    pub async fn phrases(&self) -> Result<Vec<Standard>, Fault> {
        let (p, office) = (&self.case.petition, &self.reader.office);
        let mut all: Vec<Standard> = Vec::new();
        if let Some(service) = office.services.get(&p.service) {
            for (head, phrases) in [(REFUSAL, &service.refusals), (NOTICE, &service.notices)] {
                let phrases = phrases.iter().flat_map(|fact| &fact.value);
                all.extend(phrases.zip(1..).map(|(phrase, n)| Standard {
                    code: format!("{head}{n}"),
                    title: phrase.title.clone(),
                    text: phrase.text.clone(),
                    review_by: None,
                    stale: false,
                }));
            }
        }
        let remedies = self.web.app.remedies.of_kind(p.kind);
        all.extend(remedies.map(|remedy| Standard {
            code: format!("{REMEDY}{}", remedy.code),
            title: format!(
                "{} ({}){}",
                self.word("desk-remedies"),
                remedy.basis,
                if remedy.basis_status == "sure" {
                    String::new()
                } else {
                    format!(" · {}", self.word("unsure"))
                }
            ),
            text: remedy.ko.trim().to_owned(),
            review_by: None,
            stale: false,
        }));
        let units: Vec<UnitId> = p.unit.into_iter().collect();
        let answers = self.web.app.answers_for(p.service.0, &units).await?;
        all.extend(answers.into_iter().map(|answer| Standard {
            stale: answer.is_stale(office.day),
            code: answer.code.to_string(),
            title: answer.title,
            text: answer.answer,
            review_by: Some(answer.review_by),
        }));
        Ok(all)
    }

    /// Puts the text of this code behind what is written already: why something is refused goes where reasons are owed, how it can
    /// be contested beside it. A reason brings the remedies along where none are written yet (법27③).
    pub async fn insert(&self, code: &str, form: &mut Filled) -> Result<(), Fault> {
        let Some(chosen) = self
            .phrases()
            .await?
            .into_iter()
            .find(|phrase| phrase.code == code)
        else {
            return Ok(());
        };
        let owes = matches!(self.case.petition.kind, Kind::Statutory | Kind::Disclosure);
        let reason = owes && code.starts_with(REFUSAL);
        let field = match code {
            _ if reason => "reasons",
            code if code.starts_with(REMEDY) => "remedies",
            _ => "body",
        };
        let unwritten = (form.values.get("remedies")).is_none_or(|text| text.trim().is_empty());
        if reason && unwritten {
            let chosen = form.values.get("outcome").and_then(|code| code.parse().ok());
            let kind = self.case.petition.kind;
            let usual = if kind == Kind::Statutory {
                Outcome::Refused
            } else {
                Outcome::NotDisclosed
            };
            let chosen = chosen
                .filter(|outcome: &Outcome| outcome.owes_reasons())
                .unwrap_or(usual);
            if let Some(remedy) = self.web.app.remedies.of(kind, chosen) {
                form.values
                    .insert("remedies".to_owned(), remedy.ko.trim().to_owned());
            }
        }
        let text = form.values.entry(field.to_owned()).or_default();
        if !text.trim().is_empty() {
            text.push('\n');
        }
        text.push_str(chosen.text.trim_end());
        // Nothing was sent to be judged yet.
        form.errors.clear();
        Ok(())
    }
}
