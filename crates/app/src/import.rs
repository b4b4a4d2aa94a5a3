//! 가져오기 — an older register brought in through the same door as the web: one row, one petition, exactly once.
//!
//! The key of a row is a hash of the file and the row's number, so that a file brought in twice adds nothing, and two rows
//! that say the same are two petitions. Rows stay filed; nothing is sent.

use crate::act::{ActError, Call, Petitioner};
use crate::words::Raw;
use crate::{App, Trouble};
use domain::access::Who;
use domain::act::Filing;
use domain::id::{PersonId, TextId};
use domain::terms::{Code, EntryPoint, Field, HappenedGround, Openness};
use domain::time::At;
use std::collections::HashMap;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::office::Named;
use store::person::{Contact, ContactKind};

/// Rows filed at the same time, so that the store can join them in one commit.
pub const AT_ONCE: usize = 64;
/// The name of the one petitioner of imported rows.
pub const PLACEHOLDER: &str = "가져온 민원";
/// What the placeholder is found by: no address a person could verify.
const PLACEHOLDER_LOOKUP: &str = "import";

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its number in the file, from 1.
    pub row: u64,
    /// 분야.
    pub category: String,
    /// 제목.
    pub title: String,
    /// When it was filed.
    pub happened: At,
}

/// The service that imported rows are filed under.
#[derive(Debug, Clone, Copy)]
pub struct Into {
    /// Its code in the catalogue.
    pub service: Code,
}

impl App {
    /// The placeholder petitioner, made at the first import.
    pub async fn placeholder(&self) -> Result<PersonId, ActError> {
        let place = &self.here;
        for _ in 0..3 {
            if let Some(person) = place.person_by(ContactKind::Mail, PLACEHOLDER_LOOKUP).await? {
                return Ok(person);
            }
            let (now, person) = (self.now(), PersonId(self.id()));
            let contact = Contact {
                name: PLACEHOLDER.to_owned(),
                language: "ko".to_owned(),
                ..Contact::default()
            };
            let mut batch = Batch::new();
            {
                let fill = &mut self.fill();
                place.ready(now, fill)?;
                batch.person(place, person, TextId(self.id()), &contact, now, fill)?;
            }
            batch.identity(place, ContactKind::Mail, PLACEHOLDER_LOOKUP, person, now);
            match place.commit(batch, Urgency::Bulk).await {
                Ok(()) => return Ok(person),
                Err(CommitFault::Conflict) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// Makes sure that each category is a field of the office, and gives their numbers.
    pub async fn fields_for<'a>(
        &self,
        categories: impl IntoIterator<Item = &'a str>,
    ) -> Result<HashMap<String, Field>, ActError> {
        let mut numbers: HashMap<String, Field> = HashMap::new();
        let mut batch = Batch::new();
        let office = self.office();
        let mut next = office.fields.iter().map(|f| f.id).max().unwrap_or(0).max(1000);
        for name in categories {
            if numbers.contains_key(name) {
                continue;
            }
            let id = match office.field_named(name) {
                Some(field) => field.id,
                None => {
                    next += 1;
                    batch.field(&Named {
                        id: next,
                        name: name.to_owned(),
                        name_en: String::new(),
                    });
                    next
                }
            };
            numbers.insert(name.to_owned(), Field(id));
        }
        if !batch.is_empty() {
            self.here.commit(batch, Urgency::Bulk).await?;
            self.reload().await?;
        }
        Ok(numbers)
    }

    /// Files one row; a row filed before is left as it is.
    pub async fn import_row(
        &self,
        file: &[u8; 32],
        row: &Imported,
        person: PersonId,
        field: Option<Field>,
        into: Into,
    ) -> Result<(), ActError> {
        let key = crypto::hash::sha256("minwon import", &[file, &row.row.to_be_bytes()]);
        let filing = Filing {
            service: into.service,
            entry: EntryPoint::Import,
            field,
            district: None,
            person,
            title: Raw::text(&row.title),
            body: None,
            place: None,
            files: Vec::new(),
            form: None,
            openness: Openness::Public,
            happened: Some((row.happened, HappenedGround::Migrated)),
            split_from: None,
            intake: Default::default(),
        };
        let call = Call {
            origin: Vec::new(),
            key: Some(key.to_vec()),
        };
        self.file(&Who::System, Petitioner::Known(person), filing, &call)
            .await
            .map(drop)
    }
}
