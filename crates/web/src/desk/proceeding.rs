//! 특별절차의 길 — officials begin one in a petition, make its moves, look at it whole, and see what runs everywhere.
//!
//! What was typed is never lost: it comes back with the refusal, and where the store is away or the log-in has ended, on a page of its own.

mod list;
mod load;
mod surveys;

use super::{case::press_lang, gate::Wish, named, reader::Reader, told};
use crate::{
    Web,
    leave::{Impersonal, Leave, download},
    proceeding::{
        Lens,
        draw::Left,
        form::{Declared, Sent, handed, mark_of, read},
        plain,
    },
    security::Fault,
    session::{Asked, Clerk, Seated},
    view::{
        Message,
        desk::{
            Bar, Desk, Here,
            act::{Kept, KeptField},
            at,
            proceeding::{ProceedingMove, ProceedingPage},
        },
    },
};
use app::{Trouble, act::ActError, desk::Case, lots, proceedings::Running};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    access::Sight,
    decide::proceeding::startable,
    gate::{Export, Format},
    id::PetitionId,
    life::Deed,
    petition::Petition,
    refusal::Refusal,
    terms::Code,
    track::Track,
};

/// The pages; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    Router::new()
        .route(at::Proceedings, get(list::list))
        .route(at::ProceedingsCsv, get(list::figures))
        .route(at::ProceedingOpen, get(opening).post(open))
        .route(at::Proceeding, get(page))
        .route(at::ProceedingMove, get(form).post(send))
        .route(at::ProceedingLot, get(lot))
        .route(at::ProceedingPaper, get(paper))
        .layer(DefaultBodyLimit::max(crate::security::FORM_BYTES))
}

/// A petition in the hands of an official.
struct Open<'a> {
    web: &'a Web,
    clerk: &'a Clerk,
    case: Case,
    reader: Reader,
}

impl<'a> Open<'a> {
    async fn new(web: &'a Web, clerk: &'a Clerk, id: PetitionId) -> Result<Open<'a>, ActError> {
        Ok(Open {
            case: web.app.case(&clerk.who, id, &clerk.asked.call("")).await?,
            reader: web.reader(clerk.asked.visit.lang),
            web,
            clerk,
        })
    }

    fn lens(&self) -> Lens<'_> {
        Lens {
            web: self.web,
            who: &self.clerk.who,
            case: &self.case,
            reader: &self.reader,
        }
    }

    fn head(&self) -> crate::view::desk::CaseHead {
        let title = self.case.texts.text(self.case.petition.title);
        self.reader.head(&self.case.petition, title, self.case.left)
    }

    /// The form that begins a track, or makes a move in the one that runs.
    async fn form(
        &self,
        declared: &Declared,
        one: Option<&Running>,
        left: Left,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let lens = self.lens();
        let ask = match one {
            Some(one) => lens.move_form(declared, one, left).await?,
            None => lens.opening_form(declared, left),
        };
        let view = ProceedingMove {
            bar: self.web.bar(self.clerk, Here::Proceedings).await?,
            head: self.head(),
            ask,
        };
        self.web.desk_page_as(self.clerk, &view, status)
    }
}

/// `GET /desk/{id}/proceedings/open/{track}`
pub async fn opening(
    Seated(web): Seated,
    clerk: Clerk,
    Path((id, track)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id = named(&web, &clerk.who, &id).await?;
    let declared = Declared::opening(&web, &track).ok_or_else(Fault::not_found)?;
    let open = Open::new(&web, &clerk, id).await?;
    let left = Left {
        key: web.once(),
        blocked: unopenable(&web, &clerk, &open.case.petition, &declared.track),
        ..Left::default()
    };
    open.form(&declared, None, left, StatusCode::OK).await
}

/// Why a track cannot begin in a petition now.
fn unopenable(web: &Web, clerk: &Clerk, p: &Petition, track: &Track) -> Option<Refusal> {
    let can = web
        .app
        .openable(&clerk.who, p)
        .iter()
        .any(|other| other.code == track.code);
    if can {
        return None;
    }
    let why = startable(p, track).err();
    let now = (!p.life.allows(Deed::OpenProceeding)).then_some(Refusal::NotNow);
    Some(why.or(now).unwrap_or(Refusal::MoveNotYours))
}

/// `POST /desk/{id}/proceedings/open/{track}`
pub async fn open(
    Seated(web): Seated,
    asked: Asked,
    Path((id, track)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let declared = Declared::opening(&web, &track).ok_or_else(Fault::not_found)?;
    let way = Desk::ProceedingOpen(id.clone(), track).to_string();
    sent(&web, asked, &id, None, declared, way, &body).await
}

/// `GET /desk/{id}/proceedings/{no}`
pub async fn page(
    Seated(web): Seated,
    clerk: Clerk,
    Path((id, no)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let no = no.parse().map_err(|_| Fault::not_found())?;
    let id = named(&web, &clerk.who, &id).await?;
    let open = Open::new(&web, &clerk, id).await?;
    let lens = open.lens();
    let one = lens.one(no).ok_or_else(Fault::not_found)?;
    let view = ProceedingPage {
        bar: web.bar(&clerk, Here::Proceedings).await?,
        head: open.head(),
        whole: lens.page_of(&one).await?,
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/{id}/proceedings/{no}/{step}/{code}`
pub async fn form(
    Seated(web): Seated,
    clerk: Clerk,
    Path((id, no, step, code)): Path<(String, String, String, String)>,
) -> Result<Response, Fault> {
    let no = no.parse().map_err(|_| Fault::not_found())?;
    let id = named(&web, &clerk.who, &id).await?;
    let open = Open::new(&web, &clerk, id).await?;
    let one = open.lens().one(no).ok_or_else(Fault::not_found)?;
    let (step, code) = (
        step.parse().map_err(|_| Fault::not_found())?,
        code.parse().map_err(|_| Fault::not_found())?,
    );
    let declared = Declared::of(one.track.clone(), step, code).ok_or_else(Fault::not_found)?;
    let left = Left {
        key: web.once(),
        blocked: immovable(&one, step, code),
        ..Left::default()
    };
    open.form(&declared, Some(&one), left, StatusCode::OK).await
}

/// Why a move cannot be made now by the one who looks.
pub(crate) fn immovable(one: &Running, step: Code, code: Code) -> Option<Refusal> {
    let known = one.moves.iter().find(|(made, _)| made.code == code);
    match known {
        _ if !one.proceeding.is_open() => Some(Refusal::NoProceeding),
        _ if one.proceeding.stands.step != step => Some(Refusal::MovedOn),
        Some((_, possible)) => possible.err(),
        None => Some(Refusal::MoveNotYours),
    }
}

/// `POST /desk/{id}/proceedings/{no}/{step}/{code}`
pub async fn send(
    Seated(web): Seated,
    asked: Asked,
    Path((id, no, step, code)): Path<(String, String, String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let number: u32 = no.parse().map_err(|_| Fault::not_found())?;
    let declared = Declared::marked(&web, &mark_of(&body), &step, &code).ok_or_else(Fault::not_found)?;
    let way = Desk::ProceedingMove(id.clone(), no, step, code).to_string();
    sent(&web, asked, &id, Some(number), declared, way, &body).await
}

/// A form that was sent: to begin a track, or to make a move in the one of that number.
async fn sent(
    web: &Web,
    asked: Asked,
    number: &str,
    no: Option<u32>,
    declared: Declared,
    way: String,
    body: &[u8],
) -> Result<Response, Fault> {
    let lang = asked.visit.lang;
    let mut sent = read(body, &declared, lang)?;
    web.desk.admit(&asked.visit.session, &sent.read.csrf)?;
    let clerk = match web.app.official(&asked.visit.session.0).await {
        Ok(Some((open, who))) => Clerk { asked, who, open },
        Ok(None) => return keep(web, &asked, None, (&declared, &sent), (&way, number), None),
        Err(trouble) => {
            return keep(
                web,
                &asked,
                None,
                (&declared, &sent),
                (&way, number),
                Some(trouble),
            );
        }
    };
    match done(web, &clerk, number, no, &declared, &mut sent).await {
        Ok(response) => Ok(response),
        Err(ActError::Trouble(trouble)) => keep(
            web,
            &clerk.asked,
            Some(&clerk),
            (&declared, &sent),
            (&way, number),
            Some(trouble),
        ),
        Err(ActError::Refused(refusal)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            again(web, &clerk, (number, no), &declared, sent, Some(refusal), status).await
        }
        Err(ActError::NotFound) => Err(Fault::not_found()),
    }
}

/// Does what a form asks, or draws it again with its faults.
async fn done(
    web: &Web,
    clerk: &Clerk,
    number: &str,
    no: Option<u32>,
    declared: &Declared,
    sent: &mut Sent,
) -> Result<Response, ActError> {
    let id = named(web, &clerk.who, number).await?;
    let deed = if no.is_some() {
        Deed::MoveProceeding
    } else {
        Deed::OpenProceeding
    };
    let key = sent.key().to_owned();
    if !key.is_empty()
        && let Some(after) = web.app.done_before(&clerk.who, id, deed, key.as_bytes()).await?
    {
        return Ok(finished(clerk, &after, no, deed));
    }
    let lang = clerk.asked.visit.lang;
    let handed = handed(web, &clerk.who, declared, sent, lang).await?;
    if !sent.read.sound() {
        let left = std::mem::replace(sent, Sent::empty());
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let drawn = again(web, clerk, (number, no), declared, left, None, status).await;
        return Ok(drawn.unwrap_or_else(IntoResponse::into_response));
    }
    let call = clerk.asked.call(&key);
    let after = match (no, &declared.at) {
        (Some(no), Some((step, made))) => {
            (web.app)
                .move_proceeding(&clerk.who, id, (no, step.code, made.code), handed, &call)
                .await?
        }
        _ => {
            (web.app)
                .open_proceeding(&clerk.who, id, declared.track.code, &handed.answers, &call)
                .await?
        }
    };
    Ok(finished(clerk, &after, no, deed))
}

/// To the one that moved, or to the work list where it went on to others.
fn finished(clerk: &Clerk, after: &Petition, no: Option<u32>, deed: Deed) -> Response {
    let no = no.or_else(|| after.proceedings.iter().map(|one| one.no).max());
    let way = match no.filter(|_| Sight::of(&clerk.who).admits(after)) {
        Some(no) => Desk::Proceeding(after.number.to_string(), no.to_string()),
        None => Desk::Work,
    };
    Redirect::to(&format!("{way}?done={deed}")).into_response()
}

/// The form again, as it was left.
async fn again(
    web: &Web,
    clerk: &Clerk,
    (number, no): (&str, Option<u32>),
    declared: &Declared,
    sent: Sent,
    refused: Option<Refusal>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let id = named(web, &clerk.who, number).await?;
    let open = Open::new(web, clerk, id).await?;
    let one = match no {
        Some(no) => Some(open.lens().one(no).ok_or_else(Fault::not_found)?),
        None => None,
    };
    if one.as_ref().is_some_and(|one| !declared.is_of(&one.proceeding)) {
        return Err(Fault::not_found());
    }
    let left = Left {
        refused,
        ..Left::of(sent)
    };
    open.form(declared, one.as_ref(), left, status).await
}

/// What was typed, while the store is away or the log-in has ended.
fn keep(
    web: &Web,
    asked: &Asked,
    clerk: Option<&Clerk>,
    (declared, sent): (&Declared, &Sent),
    (way, number): (&str, &str),
    why: Option<Trouble>,
) -> Result<Response, Fault> {
    let message = why.as_ref().map(told);
    let status = why.map_or(StatusCode::UNAUTHORIZED, |trouble| Fault::from(trouble).status);
    let reader = web.reader(asked.visit.lang);
    let view = Kept {
        bar: Bar {
            here: Here::Proceedings,
            approvals: 0,
        },
        label: plain(&declared.name(&reader)),
        sign_in: match message {
            Some(_) => None,
            None => {
                let back = [("back".to_owned(), Desk::Case(number.to_owned()).to_string())];
                Some(crate::route::by_name("desk_sign_in", &[], &back).unwrap_or_default())
            }
        },
        why: message.unwrap_or_else(|| Message::new("desk-kept-signed-out")),
        act: way.to_owned(),
        files: false,
        fields: (sent.typed(declared, asked.visit.lang).into_iter())
            .map(|(name, label, value, long)| KeptField {
                name,
                label,
                value,
                long,
            })
            .collect(),
    };
    web.desk_draw(asked, clerk.map(|clerk| &clerk.who), &view, status)
}

/// `GET /desk/{id}/proceedings/{no}/lots/{n}/record`: what anybody needs to check the drawing; nobody is named in it.
pub async fn lot(
    Seated(web): Seated,
    clerk: Clerk,
    Path((id, no, nth)): Path<(String, String, String)>,
) -> Result<Response, Fault> {
    let id = named(&web, &clerk.who, &id).await?;
    let open = Open::new(&web, &clerk, id).await?;
    let (name, record) = record(&open.lens(), &no, &nth)?;
    let leave = Leave::impersonal(Impersonal::Lot);
    Ok(download(leave, &name, "application/json", record))
}

/// `GET /desk/{id}/proceedings/papers/{seq}`: the paper a move made. Whether there is one is said before the gate asks why.
pub async fn paper(
    Seated(web): Seated,
    clerk: Clerk,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let seq = seq.parse().map_err(|_| Fault::not_found())?;
    let id = named(&web, &clerk.who, &number).await?;
    let open = Open::new(&web, &clerk, id).await?;
    let no = open.lens().made_paper(seq).ok_or_else(Fault::not_found)?;
    let wish = Wish {
        from: open.lens().page(no),
        ..Wish::of_case(Export::CasePaper, Format::Pdf, id, &number)
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let (lang, call) = (press_lang(clerk.asked.visit.lang), clerk.asked.call(""));
    let app = pass.over(&web.app)?;
    let (title, pdf) = app.proceeding_paper(&clerk.who, id, seq, lang, &call).await?;
    Ok(download(
        Leave::passed(&pass),
        &format!("{title}.pdf"),
        "application/pdf",
        pdf,
    ))
}

/// The record of a lot as a file: its name and its content.
pub(crate) fn record(lens: &Lens<'_>, no: &str, nth: &str) -> Result<(String, Vec<u8>), Fault> {
    let number = |text: &str| text.parse().map_err(|_| Fault::not_found());
    let (no, nth): (u32, u32) = (number(no)?, number(nth)?);
    let record = lens.lot_record(no, nth as usize).ok_or_else(Fault::not_found)?;
    let content = serde_json::to_vec_pretty(&record).map_err(|error| {
        tracing::error!(%error, "the record of a lot cannot be written");
        Fault::of(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    Ok((lots::file_name(lens.case.petition.id, nth), content))
}
