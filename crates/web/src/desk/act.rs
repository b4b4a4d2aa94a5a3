//! 행위 — an act's form, and what comes of sending it.
//!
//! A form carries the event it was opened at. Where others were first, it comes back with what they did and with all that
//! was typed; so it does where the store is away, or the log-in has ended while somebody was writing.

use super::{
    Reader,
    ask::{label, primary},
    case::Sheet,
    fields, handbook, named, plain, to_case, told,
};
use crate::{
    Web,
    citizen::{FILES, files as files_of},
    form::{self, Field, Read},
    security::{FORM_BYTES, Fault},
    session::{Asked, Clerk, Seated},
    view::{
        FieldError, Filled, Message,
        desk::{
            Bar, Desk, Here,
            act::{ActPage, Conflict, Done, Kept, KeptField, Letter},
            timeline::tell,
        },
    },
};
use app::{
    Trouble,
    act::{ActError, many::Part},
    desk::{Case, View},
    words::Raw,
};
use axum::{
    body::to_bytes,
    extract::{FromRequest, Multipart, Path, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Sight, act::Act, handbook::Service, id::PetitionId, life::Deed, petition::Petition,
    refusal::Refusal,
};

/// `GET /desk/cases/{number}/acts/{deed}`
pub async fn form(
    Seated(web): Seated,
    clerk: Clerk,
    Path((number, deed)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let deed = known(&deed)?;
    let id = named(&web, &clerk.who, &number).await?;
    let case = web.app.case(&clerk.who, id, &clerk.asked.call("")).await?;
    let possible = case
        .deeds
        .iter()
        .find(|(of, _)| *of == deed)
        .map(|(_, possible)| *possible);
    if let Some(Err(refusal)) = possible {
        return Ok(to_case(&case.petition.number, &format!("not={refusal}")));
    }
    let reader = web.reader(clerk.asked.visit.lang);
    let sheet = Sheet {
        web: &web,
        clerk: &clerk,
        case: &case,
        reader: &reader,
    };
    let opened = Opened {
        form: sheet.started(deed),
        key: web.once(),
        ..Opened::default()
    };
    opened.page(&sheet, deed, StatusCode::OK).await
}

/// An act that is done by a form; anything else is not there.
fn known(deed: &str) -> Result<Deed, Fault> {
    let deed: Deed = deed.parse().map_err(|_| Fault::not_found())?;
    fields::fields(deed).map(|_| deed).ok_or_else(Fault::not_found)
}

/// What an act's page shows besides the case.
#[derive(Default)]
struct Opened {
    form: Filled,
    key: String,
    refused: Option<Refusal>,
    /// The event the form was first opened at, where others came in between.
    since: Option<u32>,
    preview: Option<Letter>,
}

impl Opened {
    async fn page(self, sheet: &Sheet<'_>, deed: Deed, status: StatusCode) -> Result<Response, Fault> {
        let petition = &sheet.case.petition;
        let Some(ask) = sheet.ask(deed, &self.form, self.preview).await? else {
            return Ok(to_case(&petition.number, &format!("not={}", Refusal::NotNow)));
        };
        let view = ActPage {
            bar: sheet.web.bar(sheet.clerk, Here::Work).await?,
            head: sheet.head(),
            deed,
            label: label(petition, deed),
            ask,
            files: plain::carries_files(deed),
            form: self.form,
            refused: self.refused.map(|refusal| (refusal, refusal.clause().to_owned())),
            changed: self.since.map(|seq| sheet.entries(seq)).unwrap_or_default(),
            seq: petition.seq,
            key: self.key,
            body: sheet.body(),
            manual: handbook::manual(&sheet.reader.office, petition),
        };
        sheet.web.desk_page_as(sheet.clerk, &view, status)
    }
}

/// What ends the sending of a form without the act.
enum Stop {
    /// An error page.
    Fault(Fault),
    /// The machine: what was typed is kept.
    Trouble(Trouble),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Stop::Fault(fault)
    }
}
impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Stop {
        Stop::Trouble(trouble)
    }
}
impl From<ActError> for Stop {
    fn from(error: ActError) -> Stop {
        match error {
            ActError::Trouble(trouble) => Stop::Trouble(trouble),
            ActError::NotFound | ActError::Refused(_) => Stop::Fault(error.into()),
        }
    }
}

/// `POST /desk/cases/{number}/acts/{deed}`
pub async fn send(
    Seated(web): Seated,
    asked: Asked,
    Path((number, deed)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Fault> {
    let deed = known(&deed)?;
    let fields = fields::fields(deed).unwrap_or_default();
    let mut read = read(&web, request, deed, &fields).await?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let kept = |asked: &Asked, clerk: Option<&Clerk>, read: &Read, why| {
        keep(&web, asked, clerk, read, &fields, (&number, deed), why)
    };
    let clerk = match web.app.official(&asked.visit.session.0).await {
        Ok(Some((open, who))) => Clerk { asked, who, open },
        Ok(None) => return kept(&asked, None, &read, None),
        Err(trouble) => return kept(&asked, None, &read, Some(trouble)),
    };
    match sent(&web, &clerk, &number, deed, &mut read, &fields).await {
        Ok(response) => Ok(response),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Trouble(trouble)) => kept(&clerk.asked, Some(&clerk), &read, Some(trouble)),
    }
}

async fn read(web: &Web, request: Request, deed: Deed, fields: &[Field]) -> Result<Read, Fault> {
    if plain::carries_files(deed) {
        let parts = Multipart::from_request(request, web)
            .await
            .map_err(|_| Fault::of(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
        return Ok(form::multipart(parts, fields, files_of(web)).await?);
    }
    let body = to_bytes(request.into_body(), FORM_BYTES)
        .await
        .map_err(|_| Fault::of(StatusCode::PAYLOAD_TOO_LARGE))?;
    Ok(form::urlencoded(&body, fields)?)
}

async fn sent(
    web: &Web,
    clerk: &Clerk,
    number: &str,
    deed: Deed,
    read: &mut Read,
    fields: &[Field],
) -> Result<Response, Stop> {
    let id = named(web, &clerk.who, number).await?;
    let before = web.app.standing(&clerk.who, id).await?;
    let key = read.get("key").to_owned();
    if !key.is_empty()
        && let Some(after) = web.app.done_before(&clerk.who, id, deed, key.as_bytes()).await?
    {
        return finished(web, clerk, after, deed, label_done(deed), None).await;
    }
    let seq: u32 = read.get("seq").parse().unwrap_or(0);
    if seq != before.seq {
        return overtaken(web, clerk, id, deed, read, fields, seq).await;
    }
    let wish = Wish::of(read);
    let documents = documents(web, &before);
    let act = match wish {
        Wish::Act if matches!(deed, Deed::TakeIn | Deed::SplitOff) => several(web, clerk, deed, read).await?,
        Wish::Act | Wish::Preview => fields::act(deed, read, &documents).map(Wanted::One),
        Wish::More | Wish::Insert => None,
    };
    let act = match act {
        Some(act) if matches!(wish, Wish::Act) => act,
        act => {
            if !read.files.is_empty() || plain::carries_files(deed) {
                files_again(read);
            }
            let case = web.app.case(&clerk.who, id, &clerk.asked.call("")).await?;
            let reader = web.reader(clerk.asked.visit.lang);
            let sheet = Sheet {
                web,
                clerk,
                case: &case,
                reader: &reader,
            };
            let preview = match act {
                Some(Wanted::One(Act::Draft(answer) | Act::AnswerAtOnce(answer))) => {
                    sheet.letter_typed(&answer)?
                }
                _ => None,
            };
            let status = match (&preview, wish) {
                (Some(_), _) | (_, Wish::More | Wish::Insert) => StatusCode::OK,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let mut form = std::mem::take(&mut read.filled);
            // The summary tells faults in the order of the page.
            form.errors
                .sort_by_key(|error| fields.iter().position(|field| field.name == error.field));
            if matches!(wish, Wish::More) {
                form.errors.clear();
            }
            if matches!(wish, Wish::Insert) {
                let code = form.values.remove("insert").unwrap_or_default();
                sheet.insert(&code, &mut form).await?;
            }
            let opened = Opened {
                form,
                key,
                preview,
                ..Opened::default()
            };
            return Ok(opened.page(&sheet, deed, status).await?);
        }
    };
    match done(web, clerk, id, act, &key).await {
        Ok(after) => finished(web, clerk, after, deed, label(&before, deed), Some(seq)).await,
        Err(ActError::Trouble(Trouble::Contended)) => {
            overtaken(web, clerk, id, deed, read, fields, seq).await
        }
        Err(ActError::Refused(refusal)) => {
            let case = web.app.case(&clerk.who, id, &clerk.asked.call("")).await?;
            if case.petition.seq != seq {
                return overtaken(web, clerk, id, deed, read, fields, seq).await;
            }
            refused(web, clerk, &case, deed, read, refusal).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What a form wants: an act on its petition, or one that reaches over several.
enum Wanted {
    One(Act<Raw>),
    Merge(Vec<PetitionId>),
    Split(Part),
}

async fn done(
    web: &Web,
    clerk: &Clerk,
    id: PetitionId,
    wanted: Wanted,
    key: &str,
) -> Result<Petition, ActError> {
    let call = clerk.asked.call(key);
    match wanted {
        Wanted::One(act) => web.app.act(&clerk.who, id, act, &call).await,
        Wanted::Merge(children) => web.app.merge(&clerk.who, id, children, &call).await,
        Wanted::Split(part) => {
            web.app.split(&clerk.who, id, part, &call).await?;
            web.app.standing(&clerk.who, id).await
        }
    }
}

/// An act over several petitions; `None` with faults beside the fields.
async fn several(web: &Web, clerk: &Clerk, deed: Deed, read: &mut Read) -> Result<Option<Wanted>, Stop> {
    if deed == Deed::SplitOff {
        let service = fields::choice(read, "service", "desk-service");
        let part = service.map(|service| Part {
            service,
            title: Raw::text(read.get("title")),
            body: Raw::text(read.get("what")),
            reason: Raw::text(read.get("reason")),
        });
        return Ok(part.filter(|_| read.sound()).map(Wanted::Split));
    }
    let mut children = Vec::new();
    let typed = read.get("numbers").to_owned();
    for word in typed
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
    {
        match web.app.found(&clerk.who, word).await {
            Ok(petition) => children.push(petition.id),
            Err(ActError::NotFound) => fields::wrong(
                read,
                "numbers",
                Message::new("desk-error-unknown-number").with("number", word.to_owned()),
            ),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(read.sound().then_some(Wanted::Merge(children)))
}

/// The form again, with why it was refused.
async fn refused(
    web: &Web,
    clerk: &Clerk,
    case: &Case,
    deed: Deed,
    read: &mut Read,
    refusal: Refusal,
) -> Result<Response, Stop> {
    let reader = web.reader(clerk.asked.visit.lang);
    let sheet = Sheet {
        web,
        clerk,
        case,
        reader: &reader,
    };
    let key = read.get("key").to_owned();
    let opened = Opened {
        form: std::mem::take(&mut read.filled),
        key,
        refused: Some(refusal),
        ..Opened::default()
    };
    Ok(opened
        .page(&sheet, deed, StatusCode::UNPROCESSABLE_ENTITY)
        .await?)
}

/// Which button was pressed.
#[derive(Clone, Copy)]
enum Wish {
    Act,
    Preview,
    More,
    Insert,
}

impl Wish {
    fn of(read: &Read) -> Wish {
        match (read.get("do"), read.get("insert")) {
            ("preview", _) => Wish::Preview,
            ("more", _) => Wish::More,
            ("", code) if !code.is_empty() => Wish::Insert,
            _ => Wish::Act,
        }
    }
}

/// The documents the petition's service names: no other may be asked for.
fn documents(web: &Web, p: &Petition) -> Vec<String> {
    let office = web.app.office();
    let service = office.services.get(&p.service);
    service.map(Service::owed_documents).unwrap_or_default()
}

/// A browser never sends a file twice by itself: who has to send the form again has to choose them again.
fn files_again(read: &mut Read) {
    if read.filled.errors.is_empty() || read.filled.errors.iter().any(|e| e.field == FILES) {
        return;
    }
    read.filled.errors.push(FieldError {
        field: FILES.to_owned(),
        message: Message::new("desk-files-again"),
    });
}

/// 다른 분이 먼저 처리했습니다 — the form again with what others did; or, where it is no longer possible, what was typed.
async fn overtaken(
    web: &Web,
    clerk: &Clerk,
    id: PetitionId,
    deed: Deed,
    read: &mut Read,
    fields: &[Field],
    seq: u32,
) -> Result<Response, Stop> {
    let case = web.app.case(&clerk.who, id, &clerk.asked.call("")).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let sheet = Sheet {
        web,
        clerk,
        case: &case,
        reader: &reader,
    };
    // A form without the event it was opened at is a form of ours that somebody changed: nothing can be told of it.
    let since = (1..case.petition.seq).contains(&seq).then_some(seq);
    let possible = case
        .deeds
        .iter()
        .find(|(of, _)| *of == deed)
        .map(|(_, possible)| *possible);
    let key = read.get("key").to_owned();
    let form = std::mem::take(&mut read.filled);
    match possible {
        Some(Err(refusal)) => {
            let view = Conflict {
                bar: web.bar(clerk, Here::Work).await?,
                head: sheet.head(),
                label: label(&case.petition, deed),
                refused: (refusal, refusal.clause().to_owned()),
                changed: since.map(|seq| sheet.entries(seq)).unwrap_or_default(),
                typed: (kept_fields(&form, fields).into_iter())
                    .filter(|field| field.long)
                    .map(|field| (field.label, field.value))
                    .collect(),
            };
            Ok(web.desk_page_as(clerk, &view, StatusCode::CONFLICT)?)
        }
        Some(Ok(())) | None => {
            let opened = Opened {
                form,
                key,
                since,
                ..Opened::default()
            };
            Ok(opened.page(&sheet, deed, StatusCode::CONFLICT).await?)
        }
    }
}

/// After an act: on with the petition while there is more to do here, otherwise what was done and the next one.
async fn finished(
    web: &Web,
    clerk: &Clerk,
    after: Petition,
    deed: Deed,
    label: Message,
    seq: Option<u32>,
) -> Result<Response, Stop> {
    if !Sight::of(&clerk.who).admits(&after) {
        // It went on to others: what one may not see does not exist, not even right after one's own act.
        let way = format!("{}?done={deed}", Desk::Work);
        return Ok(Redirect::to(&way).into_response());
    }
    let deeds = web.app.deeds(&clerk.who, &after);
    if primary(&after, &deeds).is_some() {
        return Ok(to_case(&after.number, &format!("done={deed}")));
    }
    let reader: Reader = web.reader(clerk.asked.visit.lang);
    let since = seq.unwrap_or(after.seq.saturating_sub(1));
    let news = web.app.since(&clerk.who, after.id, since).await?;
    let what = news
        .events
        .last()
        .map(|recorded| tell(&recorded.event, &reader).0);
    let next = web
        .app
        .list(&clerk.who, View::Mine, None, 2, &clerk.asked.call(""))
        .await?;
    let next = next.items.into_iter().find(|item| item.petition.id != after.id);
    let item = web.app.line(after).await?;
    let view = Done {
        bar: web.bar(clerk, Here::Work).await?,
        head: reader.head(&item.petition, item.title.as_deref(), item.left),
        what: what.unwrap_or_else(|| label.clone()),
        label,
        next: next.map(|item| (item.petition.number.to_string(), item.title.unwrap_or_default())),
    };
    Ok(web.desk_page(clerk, &view)?)
}

fn label_done(deed: Deed) -> Message {
    Message::new(format!("deed-{deed}"))
}

/// The fields of a form as they were left, with their words.
fn kept_fields(form: &Filled, fields: &[Field]) -> Vec<KeptField> {
    (fields.iter())
        .filter_map(|field| {
            let value = form.values.get(field.name).filter(|value| !value.is_empty())?;
            Some(KeptField {
                name: field.name.to_owned(),
                label: Message::new(field.label),
                value: value.clone(),
                long: matches!(field.shape, form::Shape::Text | form::Shape::NeededText)
                    || field.name == "agency",
            })
        })
        .collect()
}

/// What was typed, while the store is away (`why`) or the log-in has ended (`None`).
fn keep(
    web: &Web,
    asked: &Asked,
    clerk: Option<&Clerk>,
    read: &Read,
    fields: &[Field],
    (number, deed): (&str, Deed),
    why: Option<Trouble>,
) -> Result<Response, Fault> {
    let message = why.as_ref().map(told);
    let status = why.map_or(StatusCode::UNAUTHORIZED, |trouble| Fault::from(trouble).status);
    let act = Desk::Act(number.to_owned(), deed.to_string()).to_string();
    let view = Kept {
        bar: Bar {
            here: Here::Work,
            approvals: 0,
        },
        label: label_done(deed),
        sign_in: match message {
            Some(_) => None,
            None => {
                let back = [("back".to_owned(), Desk::Case(number.to_owned()).to_string())];
                Some(crate::route::by_name("desk_sign_in", &[], &back).unwrap_or_default())
            }
        },
        why: message.unwrap_or_else(|| Message::new("desk-kept-signed-out")),
        act,
        files: plain::carries_files(deed),
        fields: kept_fields(&read.filled, fields),
    };
    web.desk_draw(asked, clerk.map(|clerk| &clerk.who), &view, status)
}
