//! 고시본 — lays the standards of a day down as gazetted, with number and day; what was laid down is shown as it was (법 제36조).

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use documents::book::{Book, Volume};
use documents::sheet::{Table, csv};
use domain::access::Who;
use domain::access::handbook::{HandbookDeed, may_handbook};
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::gazette::{Content, Gazetted};

/// Letters of a 고시번호.
pub const MOST_NUMBER: usize = 40;

/// Whether a text can be a 고시번호: letters, digits, hyphens and spaces, so that it names a file.
pub fn is_number(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | ' ');
    !text.trim().is_empty() && text.chars().count() <= MOST_NUMBER && text.chars().all(fits)
}

impl App {
    /// Lays an edition down. Errors: `NotYours`; `DoneAlready` where the number stands already, whatever it holds; `DayInFuture`
    /// for a day whose standards may still change.
    pub async fn gazette(
        &self,
        who: &Who,
        number: &str,
        day: Date,
        table: &Table,
        widths: &[u8],
        call: &Call,
    ) -> Result<(), ActError> {
        may_handbook(who, HandbookDeed::Gazette, None)?;
        let (number, office, now) = (number.trim(), self.office(), self.now());
        if !is_number(number) {
            return Err(Refusal::TitleMissing.into());
        }
        if day > office.day {
            return Err(Refusal::DayInFuture.into());
        }
        let (year, month, of_month) = (day.year(), day.month(), day.day());
        let book = Book {
            volume: Volume::Edition,
            agency: office.settings.agency.name.clone(),
            title: "자치민원 처리기준표".to_owned(),
            span: format!(
                "{} 고시 {number} · 기준일 {year}. {month}. {of_month}.",
                office.settings.agency.name
            ),
            note: "「민원 처리에 관한 법률」 제36조".to_owned(),
            columns: table.head.iter().cloned().zip(widths.iter().copied()).collect(),
            rows: table.rows.clone(),
            drawn_up: now,
        };
        let pdf = book.print(self.press.press()?)?.pdf;
        let csv = csv(table);
        let hash = hash_of(number, &csv, &pdf).to_vec();
        let edition = Gazetted {
            number: number.to_owned(),
            day,
            made_at: now,
            by: who.by(),
            services: u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
        };
        let mut batch = Batch::new();
        batch.gazette(&edition, &Content { csv, pdf, hash });
        let look = self.look_of(who, HandbookDeed::Gazette.code(), None, edition.services, call);
        batch.look(self.id(), &look);
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => Err(Refusal::DoneAlready.into()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Every edition, the newest day first.
    pub async fn gazettes(&self) -> Result<Vec<Gazetted>, Trouble> {
        Ok(self.places.live.gazettes().await?)
    }

    /// What an edition holds, as it was laid down. Errors: `Broken` where it is no longer that.
    pub async fn gazetted(&self, number: &str) -> Result<Option<Content>, Trouble> {
        let Some(content) = self.places.live.gazetted(number).await? else {
            return Ok(None);
        };
        if hash_of(number, &content.csv, &content.pdf).as_slice() != content.hash {
            return Err(Trouble::Broken("a gazetted edition was altered".into()));
        }
        Ok(Some(content))
    }
}

fn hash_of(number: &str, csv: &[u8], pdf: &[u8]) -> [u8; 32] {
    crypto::hash::sha256("minwon gazette", &[number.as_bytes(), csv, pdf])
}
