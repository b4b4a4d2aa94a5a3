//! 시민들 — the citizens of a simulated past: each with a name, a verified telephone number and a key of its own.

use super::Past;
use crate::city::moment;
use crate::city::sample::Material;
use anyhow::Context;
use app::App;
use domain::id::{PersonId, TextId};
use domain::time::At;
use store::batch::Batch;
use store::engine::Urgency;
use store::person::{Contact, ContactKind};

/// So many in one commit.
const PIECE: usize = 4_000;

/// All of them, entered where they are not there yet. They came before the first petition.
pub async fn enter(app: &App, past: &Past, material: &Material) -> anyhow::Result<Vec<PersonId>> {
    let place = &app.here;
    let at = At::seoul(past.from.to_datetime(jiff::civil::Time::midnight()));
    place.ready(at, &mut |out: &mut [u8]| app.ports.chance.fill(out))?;
    let all = past.citizens();
    let mut people = Vec::with_capacity(all);
    for first in (0..all).step_by(PIECE) {
        let mut batch = Batch::new();
        let piece = first..(first + PIECE).min(all);
        for n in piece.clone() {
            let made = moment::seeded(at, past.seed_of("citizen", n), || -> anyhow::Result<PersonId> {
                let person = PersonId(app.ports.ids.next(at));
                let text = TextId(app.ports.ids.next(at));
                let name = material
                    .names
                    .get(n % material.names.len().max(1))
                    .context("no names")?;
                // Numbers that begin like this are given to nobody.
                let phone = format!("0100{n:07}");
                let contact = Contact {
                    name: name.clone(),
                    phone: Some(phone.clone()),
                    language: "ko".to_owned(),
                    ..Contact::default()
                };
                let fill = &mut |out: &mut [u8]| app.ports.chance.fill(out);
                batch.person(place, person, text, &contact, at, fill)?;
                batch.identity(place, ContactKind::Phone, &phone, person, at);
                Ok(person)
            });
            people.push(made??);
        }
        let last = people.last().copied().context("no citizens")?;
        if place.contact_text(last).await?.is_none() {
            place.commit(batch, Urgency::Bulk).await?;
        }
    }
    Ok(people)
}
