//! 신청인 정보 — a step only for those who file for a company, an association, a minor or somebody else, or want letters by
//! post: it asks for what that kind needs, and for nothing else.

use super::{FILES, again, enter::not_let_in, files as files_of, filing::GO, taken};
use crate::{
    Web,
    desk::party::{NAMES, fault, kinds},
    form::{self, Field, Shape},
    route::To,
    security::Fault,
    session::{Asked, Person, Visitor, id16, with_done},
    view::{
        Filled, Message,
        citizen::filing::{Asking, Said},
    },
};
use app::{
    identity::Address,
    party::Names,
    saved::{Draft, NewFile},
    words::Raw,
};
use axum::{
    extract::Multipart,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    intake::{Delivery, Intake},
    petitioner::{Party, Power, Sort},
    terms::Code,
};

/// The slot of a 위임장 among the files of a draft.
const POWER: &str = "power";

/// What is kept of a party in a draft, with what stands there at first.
pub(super) fn kept(draft: &Draft) -> impl Fn(&str, &str) -> String + '_ {
    |name, first| draft.party.get(name).map_or(first, String::as_str).to_owned()
}

/// Keeps a value of the party's.
pub(super) fn keep(draft: &mut Draft, name: &str, value: &str) {
    let value: String = value.trim().chars().take(300).collect();
    draft.party.insert(name.to_owned(), value);
}

fn delivery(draft: &Draft) -> Option<Delivery> {
    draft.party.get("delivery").and_then(|code| code.parse().ok())
}

fn by_post(draft: &Draft) -> bool {
    delivery(draft) == Some(Delivery::Post)
}

/// The kinds as chosen; a 위임장 is shown once its file lies with the draft.
fn party_of(draft: &Draft) -> Party<Raw> {
    let slot: Option<Code> = POWER.parse().ok();
    let shown = draft
        .files
        .iter()
        .any(|file| file.slot.is_some() && file.slot == slot);
    let mut party = kinds(|name| draft.party.get(name).cloned().unwrap_or_default());
    if party.filer.is_agent() {
        party.power = if shown { Power::Shown } else { Power::Missing };
    }
    party
}

fn names_of(draft: &Draft, party: &Party<Raw>) -> Names {
    Names::read(party.sort, party.filer, party.told, by_post(draft), |name| {
        draft.party.get(name).cloned().unwrap_or_default()
    })
}

/// Whether somebody files for another.
pub(super) fn by_agent(draft: &Draft) -> bool {
    party_of(draft).filer.is_agent()
}

/// Whether this step is asked at all: not where a person files in their own name and reads the result online.
pub(super) fn is_needed(draft: &Draft) -> bool {
    let party = party_of(draft);
    let alone = matches!(party.sort, Sort::Person | Sort::Foreigner) && !party.filer.is_agent();
    !alone || by_post(draft)
}

/// Whether what is asked was answered.
pub(super) fn is_whole(draft: &Draft) -> bool {
    let party = party_of(draft);
    names_of(draft, &party)
        .faults(party.sort, party.filer, party.told, by_post(draft))
        .is_empty()
}

/// What is filed with the petition.
pub(super) fn intake(draft: &Draft) -> Intake<Raw> {
    let mut party = party_of(draft);
    party.names = names_of(draft, &party).raw();
    Intake {
        // Whoever reads the result online notes nothing.
        delivery: delivery(draft).filter(|delivery| *delivery != Delivery::Electronic),
        party,
        ..Intake::default()
    }
}

/// What a last look shows of it: nothing where a person files in their own name.
pub(super) fn traits(draft: &Draft) -> Vec<Said> {
    let party = party_of(draft);
    let word = |label: &str, key: String| Said {
        label: Message::new(label),
        value: Message::new(key),
    };
    let mut all = Vec::new();
    if party.sort != Sort::Person || party.filer.is_agent() {
        all.push(word("party-sort", format!("sort-{}", party.sort)));
        all.push(word("party-filer", format!("filer-{}", party.filer)));
    }
    if party.filer.is_agent() {
        all.push(word("party-power", format!("power-{}", party.power)));
        all.push(word("party-told", format!("told-{}", party.told)));
    }
    let names = names_of(draft, &party);
    for ((_, value), (_, label)) in names.fields().into_iter().zip(NAMES) {
        if !value.is_empty() {
            all.push(Said {
                label: Message::new(label),
                value: Message::new("plain-text").with("text", value),
            });
        }
    }
    if let Some(delivery) = delivery(draft).filter(|delivery| *delivery != Delivery::Electronic) {
        all.push(word("party-delivery", format!("delivery-{delivery}")));
    }
    all
}

/// The page: only the fields this kind needs.
pub(super) fn page(id: &str, draft: &Draft, form: Option<Filled>) -> Asking {
    let party = party_of(draft);
    let form = form.unwrap_or_else(|| {
        let mut values: Vec<(&str, String)> = NAMES
            .iter()
            .map(|(name, _)| (*name, kept(draft)(name, "")))
            .collect();
        // The one who files is the agent, the guardian, mostly the representative: they need not write their name again.
        let own = match party.sort {
            _ if party.filer.is_agent() => Some("agent"),
            Sort::Minor => Some("guardian"),
            sort if sort.is_body() => Some("representative"),
            _ => None,
        };
        for (name, value) in &mut values {
            if own == Some(*name) && value.is_empty() {
                value.clone_from(&draft.name);
            }
        }
        values.push(("may_end", kept(draft)("may_end", "no")));
        values.push(("told", kept(draft)("told", "filer")));
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Filled::of(&values)
    });
    let slot: Option<Code> = POWER.parse().ok();
    Asking {
        draft: id.to_owned(),
        sort: party.sort,
        filer: party.filer,
        post: by_post(draft),
        power: (draft.files.iter())
            .filter(|file| file.slot.is_some() && file.slot == slot)
            .map(|file| file.name.clone())
            .collect(),
        form,
    }
}

fn fields() -> Vec<Field> {
    let line = |name, label| Field {
        name,
        label,
        max: 300,
        shape: Shape::Line,
    };
    (NAMES.into_iter().map(|(name, label)| line(name, label)))
        .chain([line("may_end", "party-may-end"), line("told", "party-told"), GO])
        .collect()
}

/// `POST /file/{draft}/party`: kept as it stands, faults or not.
pub(super) async fn send(web: &Web, asked: Asked, id: &str, parts: Multipart) -> Result<Response, Fault> {
    let mut read = form::multipart(parts, &fields(), files_of(web)).await?;
    web.admit(&asked, &read)?;
    let files = taken(std::mem::take(&mut read.files), &mut read.filled);
    let blank = Draft::default();
    let visitor = match web.visitor(asked.clone()).await {
        Ok(visitor) => visitor,
        Err(trouble) => {
            return again(web, &asked, None, trouble.into(), |told| {
                page(id, &blank, Some(read.filled.wrong("", told)))
            });
        }
    };
    let person = visitor.person.as_ref();
    let key = id16(id).ok_or_else(Fault::not_found)?;
    let mut draft = match web.app.draft(visitor.owner(), key).await {
        Ok(draft) => draft,
        Err(error) => {
            return again(web, &asked, person, error, |told| {
                page(id, &blank, Some(read.filled.wrong("", told)))
            });
        }
    };
    for field in fields().iter().filter(|field| field.name != GO.name) {
        keep(&mut draft, field.name, read.get(field.name));
    }
    let most = web.app.office().settings.files.count;
    let room = most.saturating_sub(draft.files.len());
    if files.len() > room {
        let message = Message::new("error-files-many").with("max", most as u64);
        read.filled = std::mem::take(&mut read.filled).wrong(FILES, message);
    }
    let new_files = (files.into_iter().take(room))
        .map(|(_, file)| NewFile::new(file, POWER.parse().ok()))
        .collect();
    let stored = web
        .app
        .save_draft(visitor.owner(), Some(key), &mut draft, new_files)
        .await;
    if let Err(error) = stored {
        return again(web, &asked, person, error, |told| {
            page(id, &draft, Some(read.filled.wrong("", told)))
        });
    }
    if read.get("go") == "save" && read.sound() {
        return Ok(Redirect::to(&with_done(&To::Drafts, "saved")).into_response());
    }
    let party = party_of(&draft);
    for (field, why) in names_of(&draft, &party).faults(party.sort, party.filer, party.told, by_post(&draft))
    {
        read.filled = std::mem::take(&mut read.filled).wrong(field, fault(field, why));
    }
    if !read.sound() {
        let view = page(id, &draft, Some(read.filled));
        return web.page_again(&asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let step = |step: &str| To::Step(id.to_owned(), step.to_owned()).to_string();
    if person.is_some_and(Person::is_reached) {
        return Ok(Redirect::to(&step("preview")).into_response());
    }
    let Some(address) = Address::parse(&draft.address) else {
        return Ok(Redirect::to(&step("contact")).into_response());
    };
    match web.app.ask_code(&address, asked.visit.lang, &asked.origin).await {
        Ok(()) => Ok(Redirect::to(&step("verify")).into_response()),
        Err(why) => {
            let none = Visitor { asked, person: None };
            not_let_in(web, &none, why, "", read.filled, |form| {
                page(id, &draft, Some(form))
            })
        }
    }
}
