//! 특별절차, 민원인의 길 — a petitioner begins one, makes their moves and sees where it stands; and what everybody may read of them.

use super::{
    again,
    mine::{Open, reopen},
    named,
    open::name_of,
};
use crate::{
    Web,
    desk::{
        case::press_lang,
        proceeding::{immovable, record},
        reader::Reader,
    },
    leave::{Leave, download},
    proceeding::{
        Lens,
        draw::{Left, blank},
        form::{Declared, handed, mark_of, read},
        hands, perhaps, said,
    },
    route::To,
    security::Fault,
    session::{Asked, Citizen, Visitor},
    show,
    view::{
        Filled, Paging,
        citizen::proceeding::{
            Casebook, CitizenMove, CitizenProceeding, ProcedurePage, ProcedureRow, Procedures, StepTold,
            StoryRow,
        },
        proceeding::RoleRow,
    },
};
use app::proceedings::{Running, Story, behind, mark};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Who,
    decide::proceeding::startable,
    life::Deed,
    refusal::Refusal,
    terms::Code,
    track::{AnswerWaits, Hand, Part, Room, Step, Track},
};
use serde::Deserialize;

/// Cases of one page.
const PAGE: u32 = 20;

/// A petition in the hands of its petitioner.
struct Own<'a> {
    web: &'a Web,
    who: Who,
    open: Open,
    reader: Reader,
}

impl<'a> Own<'a> {
    fn of(web: &'a Web, open: Open) -> Own<'a> {
        Own {
            who: open.citizen.who(),
            reader: web.reader(open.citizen.asked.visit.lang),
            web,
            open,
        }
    }

    fn lens(&self) -> Lens<'_> {
        Lens {
            web: self.web,
            who: &self.who,
            case: &self.open.case,
            reader: &self.reader,
        }
    }

    /// The form that begins a track, or makes a move in the one that runs.
    async fn form(
        &self,
        declared: &Declared,
        one: Option<&Running>,
        left: Left,
    ) -> Result<CitizenMove, Fault> {
        let lens = self.lens();
        Ok(CitizenMove {
            title: self.open.title.clone(),
            ask: match one {
                Some(one) => lens.move_form(declared, one, left).await?,
                None => lens.opening_form(declared, left),
            },
        })
    }

    fn page(&self, view: &CitizenMove) -> Result<Response, Fault> {
        self.web
            .page(&self.open.citizen.asked, Some(&self.open.citizen.person), view)
    }
}

/// `GET /my/{number}/proceedings/open/{track}`
pub async fn opening(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, track)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let declared = Declared::opening(&web, &track).ok_or_else(Fault::not_found)?;
    let own = Own::of(&web, Open::new(&web, citizen, &number).await?);
    let p = &own.open.case.petition;
    let can = web
        .app
        .openable(&own.who, p)
        .iter()
        .any(|other| other.code == declared.track.code);
    let why = || {
        let now = (!p.life.allows(Deed::OpenProceeding)).then_some(Refusal::NotNow);
        startable(p, &declared.track)
            .err()
            .or(now)
            .unwrap_or(Refusal::MoveNotYours)
    };
    let left = Left {
        key: web.once(),
        blocked: (!can).then(why),
        ..Left::default()
    };
    own.page(&own.form(&declared, None, left).await?)
}

/// `POST /my/{number}/proceedings/open/{track}`
pub async fn open(
    State(web): State<Web>,
    asked: Asked,
    Path((number, track)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let declared = Declared::opening(&web, &track).ok_or_else(Fault::not_found)?;
    let way = To::ProceedingOpen(number.clone(), track).to_string();
    sent(&web, asked, (&number, None), declared, way, &body).await
}

/// `GET /my/{number}/proceedings/{no}`
pub async fn page(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, no)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let no = no.parse().map_err(|_| Fault::not_found())?;
    let own = Own::of(&web, Open::new(&web, citizen, &number).await?);
    let one = own.lens().one(no).ok_or_else(Fault::not_found)?;
    let view = CitizenProceeding {
        number: own.open.number.clone(),
        title: own.open.title.clone(),
        whole: own.lens().page_of(&one).await?,
    };
    web.page(&own.open.citizen.asked, Some(&own.open.citizen.person), &view)
}

/// `GET /my/{number}/proceedings/{no}/{step}/{code}`
pub async fn form(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, no, step, code)): Path<(String, String, String, String)>,
) -> Result<Response, Fault> {
    let no = no.parse().map_err(|_| Fault::not_found())?;
    let own = Own::of(&web, Open::new(&web, citizen, &number).await?);
    let one = own.lens().one(no).ok_or_else(Fault::not_found)?;
    let (step, code) = (
        step.parse().map_err(|_| Fault::not_found())?,
        code.parse().map_err(|_| Fault::not_found())?,
    );
    let declared = Declared::of(one.track.clone(), step, code).ok_or_else(Fault::not_found)?;
    if !of_petitioner(&declared) {
        return Err(Fault::not_found());
    }
    let left = Left {
        key: web.once(),
        blocked: immovable(&one, step, code),
        ..Left::default()
    };
    own.page(&own.form(&declared, Some(&one), left).await?)
}

/// Whether it is for petitioners at all: the forms of officials are not there for them.
fn of_petitioner(declared: &Declared) -> bool {
    let who = declared
        .at
        .as_ref()
        .map_or(&declared.track.opens.who, |(_, made)| &made.who);
    who.contains(&Hand::Petitioner)
}

/// `POST /my/{number}/proceedings/{no}/{step}/{code}`
pub async fn send(
    State(web): State<Web>,
    asked: Asked,
    Path((number, no, step, code)): Path<(String, String, String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let known: u32 = no.parse().map_err(|_| Fault::not_found())?;
    let declared = Declared::marked(&web, &mark_of(&body), &step, &code).ok_or_else(Fault::not_found)?;
    let way = To::ProceedingMove(number.clone(), no, step, code).to_string();
    sent(&web, asked, (&number, Some(known)), declared, way, &body).await
}

/// A form that was sent: to begin a track, or to make a move in the one of that number.
async fn sent(
    web: &Web,
    asked: Asked,
    (number, no): (&str, Option<u32>),
    declared: Declared,
    way: String,
    body: &[u8],
) -> Result<Response, Fault> {
    let lang = asked.visit.lang;
    let mut sent = read(body, &declared, lang)?;
    web.admit(&asked, &sent.read)?;
    if !of_petitioner(&declared) {
        return Err(Fault::not_found());
    }
    let without = |form: Filled| {
        let left = Left {
            form,
            key: sent.key().to_owned(),
            ..Left::default()
        };
        let back = To::Petition(number.to_owned()).to_string();
        let mut ask = blank(&web.reader(lang), &declared, left, (way.clone(), back));
        ask.told.clear();
        CitizenMove {
            title: number.to_owned(),
            ask,
        }
    };
    let open = match reopen(web, &asked, number, &sent.read, without).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let own = Own::of(web, open);
    let deed = if no.is_some() {
        Deed::MoveProceeding
    } else {
        Deed::OpenProceeding
    };
    let (id, key) = (own.open.id, sent.key().to_owned());
    let done = |no: Option<u32>| {
        let word = if deed == Deed::OpenProceeding {
            "open-proceeding"
        } else {
            "move-proceeding"
        };
        let number = own.open.number.clone();
        let way = match no {
            Some(no) => To::Proceeding(number, no.to_string()),
            None => To::Petition(number),
        };
        Redirect::to(&crate::session::with_done(&way, word)).into_response()
    };
    let newest = |p: &domain::petition::Petition| no.or_else(|| p.proceedings.iter().map(|one| one.no).max());
    let one = match no {
        Some(no) => Some(own.lens().one(no).ok_or_else(Fault::not_found)?),
        None => None,
    };
    if one.as_ref().is_some_and(|one| !declared.is_of(&one.proceeding)) {
        return Err(Fault::not_found());
    }
    let outcome = match handed(web, &own.who, &declared, &mut sent, lang).await {
        Ok(_) if !sent.read.sound() => {
            let view = own.form(&declared, one.as_ref(), Left::of(sent)).await?;
            return own.open.wrong(web, &view);
        }
        Ok(handed) => {
            let call = own.open.citizen.asked.call(&key);
            match (no, &declared.at) {
                (Some(no), Some((step, made))) => {
                    (web.app)
                        .move_proceeding(&own.who, id, (no, step.code, made.code), handed, &call)
                        .await
                }
                _ => {
                    (web.app)
                        .open_proceeding(&own.who, id, declared.track.code, &handed.answers, &call)
                        .await
                }
            }
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(after) => Ok(done(newest(&after))),
        Err(error) => {
            let view = own.form(&declared, one.as_ref(), Left::of(sent)).await?;
            let person = Some(&own.open.citizen.person);
            again(web, &own.open.citizen.asked, person, error, |why| CitizenMove {
                ask: crate::view::proceeding::MoveForm {
                    refused: Some(why),
                    ..view.ask
                },
                ..view
            })
        }
    }
}

/// `GET /my/{number}/proceedings/{no}/lots/{n}/record`: what anybody needs to check the drawing.
pub async fn lot(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, no, nth)): Path<(String, String, String)>,
) -> Result<Response, Fault> {
    let own = Own::of(&web, Open::new(&web, citizen, &number).await?);
    let (name, record) = record(&own.lens(), &no, &nth)?;
    Ok(download(
        Leave::own(&own.open.citizen),
        &name,
        "application/json",
        record,
    ))
}

/// `GET /my/{number}/proceedings/papers/{seq}`: the paper a move made.
pub async fn paper(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let seq = seq.parse().map_err(|_| Fault::not_found())?;
    let id = named(&web, &citizen, &number).await?;
    let (lang, call) = (press_lang(citizen.asked.visit.lang), citizen.asked.call(""));
    let (title, pdf) = (web.app)
        .proceeding_paper(&citizen.who(), id, seq, lang, &call)
        .await?;
    Ok(download(
        Leave::own(&citizen),
        &format!("{title}.pdf"),
        "application/pdf",
        pdf,
    ))
}

/// The tracks everybody may read of.
fn open_tracks(reader: &Reader) -> Vec<Track> {
    let all = reader
        .office
        .tracks
        .current()
        .filter(|track| track.room != Room::Protected);
    all.cloned().collect()
}

/// `GET /procedures`
pub async fn procedures(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let reader = web.reader(visitor.asked.visit.lang);
    let view = Procedures {
        rows: (open_tracks(&reader).iter())
            .map(|track| ProcedureRow {
                code: track.code.to_string(),
                name: said(&reader, &track.name),
                summary: said(&reader, &track.summary),
                basis: track.basis.clone(),
                sure: track.basis_sure,
            })
            .collect(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `GET /procedures/{code}`: its steps in words, and how it can end.
pub async fn procedure(
    State(web): State<Web>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Fault> {
    let reader = web.reader(visitor.asked.visit.lang);
    let all = open_tracks(&reader);
    let track = all
        .iter()
        .find(|track| track.code.as_str() == code)
        .ok_or_else(Fault::not_found)?;
    let services = track
        .services
        .iter()
        .filter_map(|code| reader.office.service_on(*code, reader.office.day));
    let view = ProcedurePage {
        code,
        name: said(&reader, &track.name),
        summary: said(&reader, &track.summary),
        basis: track.basis.clone(),
        sure: track.basis_sure,
        begins: hands(&reader, track, &track.opens.who),
        services: services
            .map(|service| [service.code.to_string(), name_of(service, reader.lang)])
            .collect(),
        roles: (track.roles.iter())
            .map(|role| RoleRow {
                name: said(&reader, &role.name),
                least: role.least,
                most: role.most,
                people: Vec::new(),
            })
            .collect(),
        waits: track.answer == AnswerWaits::Waits,
        steps: track
            .steps
            .iter()
            .map(|step| step_told(&reader, track, step))
            .collect(),
        ends: track.ends.iter().map(|end| said(&reader, &end.name)).collect(),
        published: publishes(track),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

fn step_told(reader: &Reader, track: &Track, step: &Step) -> StepTold {
    let told = step.moves.iter().flat_map(|made| {
        let tells = made
            .tell
            .iter()
            .filter(|tell| tell.who.contains(&Hand::Petitioner));
        tells.map(|tell| [said(reader, &made.name), reader.pick(&tell.ko, &tell.en)])
    });
    StepTold {
        name: said(reader, &step.name),
        who: hands(reader, track, &step.who),
        limit: step.limit.map(show::period),
        basis: step.limit_basis.clone().unwrap_or_default(),
        no_limit: perhaps(reader, step.no_limit.as_ref()),
        holds: step.hold.is_some(),
        told: told.collect(),
    }
}

/// Whether cases of a track are published.
fn publishes(track: &Track) -> bool {
    let mut moves = track.steps.iter().flat_map(|step| &step.moves);
    moves.any(|made| made.does.contains(&Part::Publish))
}

/// `?track=` and `?older=`.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    track: String,
    #[serde(default)]
    older: String,
}

/// `GET /casebook`
pub async fn casebook(
    State(web): State<Web>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let reader = web.reader(visitor.asked.visit.lang);
    let tracks: Vec<Track> = open_tracks(&reader).into_iter().filter(publishes).collect();
    let track: Option<Code> = which
        .track
        .parse()
        .ok()
        .filter(|code| tracks.iter().any(|track| track.code == *code));
    let from = behind(&which.older);
    let mut stories = web.app.casebook(track, from, PAGE + 1).await?;
    let more = stories.len() > PAGE as usize;
    stories.truncate(PAGE as usize);
    let view = Casebook {
        track: track.map(|code| code.to_string()).unwrap_or_default(),
        tracks: (tracks.iter())
            .map(|track| [track.code.to_string(), said(&reader, &track.name)])
            .collect(),
        paging: Paging {
            older: stories.last().filter(|_| more).map(|story| mark(story.at)),
            newer: from.map(|_| "first".to_owned()),
        },
        stories: stories
            .into_iter()
            .map(|story| story_row(&reader, story))
            .collect(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

fn story_row(reader: &Reader, story: Story) -> StoryRow {
    let versions = || {
        reader
            .office
            .tracks
            .iter()
            .filter(|track| track.code == story.track)
    };
    let ending = story
        .ending
        .and_then(|code| versions().find_map(|track| track.ending(code)));
    StoryRow {
        track: versions()
            .last()
            .map_or_else(|| story.track.to_string(), |track| said(reader, &track.name)),
        ending: ending.map(|end| said(reader, &end.name)).unwrap_or_default(),
        at: story.at.key,
        title: story.title,
        question: story.question,
        holding: story.holding,
    }
}
