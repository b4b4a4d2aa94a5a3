//! 표준문안 — texts to take into a draft: those of the service for refusals and notices, and the standard answers of its unit.

use super::case::Sheet;
use crate::{
    security::Fault,
    view::{Filled, desk::act::Standard},
};
use domain::{id::UnitId, terms::Kind};

/// What the codes of a service's own texts begin with.
const REFUSAL: &str = "refusal-";
const NOTICE: &str = "notice-";

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

    /// Puts the text of this code behind what is written already: why something is refused goes where reasons are owed.
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
        let field = if owes && code.starts_with(REFUSAL) {
            "reasons"
        } else {
            "body"
        };
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
