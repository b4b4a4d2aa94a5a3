//! 지난 민원 — lays out beside a case what the past tells: the older register, repetition, like petitions, departments.
//!
//! Other people's petitions are opened only when somebody asks for them (`?similar=1`); each one shown is in the ledger.

use super::case::Sheet;
use crate::{
    Web,
    security::Fault,
    view::desk::{
        act::{Choice, Group, Suggested},
        office::Suggestions,
        past::{OldRegister, Past, PastRow, Repeated},
        timeline::Names,
    },
};
use app::desk::Item;
use domain::{likeness::Likeness, petition::Petition, time::At};

impl Sheet<'_> {
    /// What the past tells of this case.
    pub async fn past(&self) -> Result<Past, Fault> {
        let p = &self.case.petition;
        let call = self.clerk.asked.call("");
        // Of a petition that has ended nobody need be told that it repeats another.
        let repeated = match p.life.is_open() {
            true => {
                let contact = self.case.contact.as_ref();
                self.web.app.repeated(&self.clerk.who, p, contact, &call).await?
            }
            false => None,
        };
        let similar = match asks_for_similar(&self.clerk.asked.visit.path) {
            true => Some(self.web.app.similar(&self.clerk.who, p.id, &call).await?),
            false => None,
        };
        Ok(Past {
            old: self.old_register(p),
            repeated: repeated.map(|repeated| Repeated {
                times: repeated.repetition.times,
                notices: repeated.repetition.notices,
                may_end: repeated.repetition.may_end,
                rows: (repeated.before.iter())
                    .map(|before| row(&before.item, before.likeness, before.notified_at, String::new()))
                    .collect(),
            }),
            similar: similar.map(|found| {
                (found.into_iter())
                    .map(|similar| {
                        let notified = similar
                            .answer
                            .as_ref()
                            .and(similar.item.petition.end)
                            .map(|end| end.sent_at);
                        row(
                            &similar.item,
                            similar.likeness,
                            notified,
                            similar.answer.unwrap_or_default(),
                        )
                    })
                    .collect()
            }),
        })
    }

    fn old_register(&self, p: &Petition) -> Option<OldRegister> {
        let old = p.old.as_ref()?;
        Some(OldRegister {
            number: self.text(Some(old.number)),
            received: old.received,
            due: old.due,
            handler: self.text(old.handler),
            answer: self.text(old.answer),
            steps: (old.steps.iter())
                .map(|step| (step.at, self.text(Some(step.what))))
                .collect(),
        })
    }

    /// 배부 추천 — departments the office's own past speaks for, with the petition's words that do. It never chooses.
    pub async fn suggested(&self) -> Result<Vec<Suggested>, Fault> {
        let p = &self.case.petition;
        let title = self.text(Some(p.title));
        let body = self.body();
        let said = self.web.app.suggestions(p, &title, Some(&body)).await?;
        Ok((said.into_iter())
            .map(|suggested| Suggested {
                value: suggested.unit.to_string(),
                text: self.reader.unit(suggested.unit),
                words: suggested.words,
            })
            .collect())
    }
}

impl Web {
    /// 배부 추천, in numbers.
    pub(super) async fn suggestions(&self) -> Result<Suggestions, Fault> {
        let account = self.app.account_of_suggestions().await?;
        Ok(Suggestions {
            made_at: account.made.map(|(at, _)| at),
            lessons: account.made.map_or(0, |(_, lessons)| lessons),
            first: account.first,
            among: account.among,
            other: account.other,
        })
    }
}

/// The suggestions as the first choices of the list; the list behind them stays as it is.
pub fn as_choices(suggested: &[Suggested], name: String) -> Option<Group> {
    let choices: Vec<Choice> = (suggested.iter())
        .map(|s| Choice {
            value: s.value.clone(),
            text: s.text.clone(),
        })
        .collect();
    (!choices.is_empty()).then_some(Group { name, choices })
}

fn row(item: &Item, likeness: Likeness, notified_at: Option<At>, answer: String) -> PastRow {
    let p = &item.petition;
    PastRow {
        number: p.number.to_string(),
        title: item.title.clone().unwrap_or_else(|| "–".to_owned()),
        life: p.life,
        outcome: p.end.map(|end| end.outcome),
        filed_at: p.filed_at,
        notified_at,
        degree: likeness.degree,
        percent: likeness.share / 10,
        answer,
    }
}

/// Whether the address asks for like petitions.
fn asks_for_similar(path: &str) -> bool {
    path.split_once('?')
        .is_some_and(|(_, query)| query.split('&').any(|pair| pair == "similar=1"))
}

#[cfg(test)]
mod tests {
    use super::asks_for_similar;

    #[test]
    fn only_who_asks_is_shown_the_petitions_of_others() {
        for (path, asks) in [
            ("/desk/cases/1", false),
            ("/desk/cases/1?similar=1", true),
            ("/desk/cases/1?done=receive&similar=1", true),
            ("/desk/cases/1?similar=10", false),
            ("/desk/cases/similar=1", false),
        ] {
            assert_eq!(asks_for_similar(path), asks, "{path}");
        }
    }
}
