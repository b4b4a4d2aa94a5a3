//! 통계 — the office's numbers from the tallies: how many, in which life, of which field. As of the last sealing.

use crate::{App, Trouble};
use domain::life::Life;
use domain::tally::Side;
use domain::terms::Field;
use domain::time::At;
use serde::Serialize;
use std::collections::BTreeMap;

/// Numbers of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// All petitions.
    pub total: i64,
    /// By life now.
    pub by_state: BTreeMap<String, i64>,
    /// By field, under its name; petitions without one under `none`.
    pub by_field: BTreeMap<String, i64>,
    /// When the numbers were last brought up to date.
    #[serde(skip)]
    pub as_of: At,
}

impl App {
    /// The numbers of the live place.
    pub async fn stats(&self) -> Result<Stats, Trouble> {
        let place = &self.here;
        let office = self.office();
        let lives = self.tallies("life/").await?;
        let by_state: BTreeMap<String, i64> = (Life::ALL.iter())
            .map(|life| {
                (
                    life.code().to_owned(),
                    lives.get(&Side::Life(*life).key()).copied().unwrap_or(0),
                )
            })
            .collect();
        let fields = self.tallies("field/").await?;
        let number = |field: Option<Field>| fields.get(&Side::Field(field).key()).copied().unwrap_or(0);
        let mut by_field: BTreeMap<String, i64> = (office.fields.iter())
            .map(|field| (field.name.clone(), number(Some(Field(field.id)))))
            .filter(|(_, n)| *n != 0)
            .collect();
        if number(None) != 0 {
            by_field.insert("none".to_owned(), number(None));
        }
        Ok(Stats {
            total: by_state.values().sum(),
            by_state,
            by_field,
            as_of: place.sealed_at().await?,
        })
    }
}
