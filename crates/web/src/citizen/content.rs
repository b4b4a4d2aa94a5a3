//! 신청의 둘째 걸음 — what the petition says, and its files: saved as it stands, faults or not.

use super::{
    FILES, again, files as files_of,
    filing::{GO, NEW, shown_service},
    limits,
    sheet::{self, Posted},
    slot_of, taken,
};
use crate::{
    Web,
    form::{self, Field, Read, Shape},
    route::To,
    security::Fault,
    session::{Asked, Visitor, id16, with_done},
    view::{
        Filled, Message,
        citizen::filing::{Content, FileRow},
    },
};
use app::{
    saved::{Draft, NewFile, SavedFile},
    words,
};
use axum::{
    body::Bytes,
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    form::{Form, show::summary},
    terms::Openness,
    text::hex,
};

/// What is written freely.
const FREE: &[Field] = &[
    Field {
        name: "title",
        label: "title",
        max: words::TITLE,
        shape: Shape::NeededText,
    },
    Field {
        name: "body",
        label: "body",
        max: words::BODY,
        shape: Shape::NeededText,
    },
    Field {
        name: "place",
        label: "place",
        max: 200,
        shape: Shape::Line,
    },
];

/// What goes with it, and with a typed form.
const WITH: &[Field] = &[
    Field {
        name: "public",
        label: "public",
        max: 3,
        shape: Shape::NeededChoice(&["yes", "no"]),
    },
    Field {
        name: "service",
        label: "kind",
        max: 16,
        shape: Shape::Line,
    },
    GO,
];

/// The typed form a draft is written on: the one it was begun on, else that of its service.
pub(super) fn form_of<'a>(web: &'a Web, draft: &Draft) -> Option<&'a Form> {
    match draft.form {
        Some((code, version)) => web.app.forms.version(code, version),
        None => web.app.forms.of_service(draft.service.parse().ok()?),
    }
}

pub(super) fn content_page(
    web: &Web,
    asked: &Asked,
    id: &str,
    draft: &Draft,
    form: Option<Filled>,
) -> Content {
    let typed = form_of(web, draft);
    let (service, kind) = shown_service(web, draft, asked.visit.lang);
    let public = match draft.openness.as_str() {
        "public" => "yes",
        _ => "no",
    };
    Content {
        draft: id.to_owned(),
        service,
        code: draft.service.clone(),
        kind,
        form: form.unwrap_or_else(|| {
            let mut kept = Filled::of(&[
                ("title", &draft.title),
                ("body", &draft.body),
                ("place", &draft.place),
                ("public", public),
            ]);
            if let Some(typed) = typed {
                kept.values.extend(sheet::filled(typed, &draft.answers).values);
            }
            kept
        }),
        sheet: typed.map(|typed| sheet::sheet(typed, &draft.files, asked.visit.lang)),
        files: file_rows(draft),
        limits: limits(web),
    }
}

pub(super) fn file_rows(draft: &Draft) -> Vec<FileRow> {
    (draft.files.iter())
        .map(|file: &SavedFile| FileRow {
            id: file.id.to_string(),
            name: file.name.clone(),
            size: file.size,
            cleaned: file.cleaned,
            standing: None,
        })
        .collect()
}

pub(super) async fn send_content(
    web: &Web,
    asked: Asked,
    id: &str,
    on: &str,
    parts: Multipart,
) -> Result<Response, Fault> {
    let lang = asked.visit.lang;
    let typed = match sheet::from_mark(on) {
        Some((code, version)) => {
            let known = web.app.forms.version(code, version);
            Some(known.ok_or_else(Fault::not_found)?)
        }
        None => None,
    };
    let posted = typed.map(|typed| Posted::of(typed, lang));
    let own: Vec<form::Named<'_>> = match &posted {
        Some(posted) => posted.fields().chain(WITH.iter().copied()).collect(),
        None => FREE.iter().chain(WITH).copied().collect(),
    };
    let slots = posted.as_ref().map(Posted::slots).unwrap_or_default();
    let mut read = form::multipart_with(parts, &own, files_of(web), &slots).await?;
    web.admit(&asked, &read)?;
    let files = taken(std::mem::take(&mut read.files), &mut read.filled);
    let saving = read.get("go") == "save";
    let answers = typed.map(|typed| sheet::taken(typed, &read)).unwrap_or_default();
    if let Some(typed) = typed {
        let today = web.app.office().day;
        sheet::judge(typed, &answers, today, saving, lang, &mut read.filled);
    }
    if saving {
        read.filled
            .errors
            .retain(|error| !error.message.key.starts_with("error-required"));
    }
    // Until the store has answered, the form is all there is: it is drawn again with what was written.
    let mut draft = Draft {
        service: read.get("service").to_owned(),
        form: typed.map(|typed| (typed.code, typed.version)),
        answers: answers.clone(),
        ..Draft::default()
    };
    let visitor = match web.visitor(asked.clone()).await {
        Ok(visitor) => visitor,
        Err(trouble) => {
            let form = read.filled;
            return again(web, &asked, None, trouble.into(), |told| {
                content_page(web, &asked, id, &draft, Some(form.wrong("", told)))
            });
        }
    };
    let person = visitor.person.as_ref();
    let known = match id {
        NEW => None,
        id => Some(id16(id).ok_or_else(Fault::not_found)?),
    };
    match known {
        None => draft.key = web.once(),
        Some(key) => match web.app.draft(visitor.owner(), key).await {
            Ok(old) => draft = old,
            Err(error) => {
                let form = read.filled;
                return again(web, &asked, person, error, |told| {
                    content_page(web, &asked, id, &draft, Some(form.wrong("", told)))
                });
            }
        },
    }
    take_content(&mut draft, &read);
    if let Some(typed) = typed {
        draft.form = Some((typed.code, typed.version));
        (draft.title, draft.body, draft.place) = summary(typed, &answers);
        draft.answers = answers;
    }
    let most = web.app.office().settings.files.count;
    let room = most.saturating_sub(draft.files.len());
    if files.len() > room {
        let message = Message::new("error-files-many").with("max", most as u64);
        read.filled = std::mem::take(&mut read.filled).wrong(FILES, message);
    }
    let new_files = (files.into_iter().take(room))
        .map(|(part, file)| NewFile::new(file, slot_of(&part)))
        .collect();
    // What is sound is saved even where something else is wrong, so that no file has to be sent twice.
    let saved = match web
        .app
        .save_draft(visitor.owner(), known, &mut draft, new_files)
        .await
    {
        Ok(saved) => hex(&saved),
        Err(error) => {
            let form = read.filled;
            return again(web, &asked, person, error, |told| {
                content_page(web, &asked, id, &draft, Some(form.wrong("", told)))
            });
        }
    };
    if !read.sound() {
        let view = content_page(web, &asked, &saved, &draft, Some(read.filled));
        return web.page_again(&asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    Ok(if saving {
        Redirect::to(&with_done(&To::Drafts, "saved")).into_response()
    } else {
        Redirect::to(&To::Step(saved, "contact".into()).to_string()).into_response()
    })
}

/// Cut to what the store takes: what is longer was told beside its field.
fn take_content(draft: &mut Draft, read: &Read) {
    let cut = |name: &str, most: usize| read.get(name).chars().take(most).collect::<String>();
    draft.title = cut("title", words::TITLE);
    draft.body = cut("body", words::BODY);
    draft.place = cut("place", 200);
    draft.openness = match read.get("public") {
        "yes" => Openness::Public.to_string(),
        _ => Openness::Private.to_string(),
    };
}

/// `POST /file/{draft}/files/{file}/remove`
pub async fn drop_file(
    State(web): State<Web>,
    visitor: Visitor,
    Path((id, file)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.admit(&visitor.asked, &read)?;
    let key = id16(&id).ok_or_else(Fault::not_found)?;
    let mut draft = web.app.draft(visitor.owner(), key).await?;
    draft.files.retain(|kept| kept.id.to_string() != file);
    web.app
        .save_draft(visitor.owner(), Some(key), &mut draft, Vec::new())
        .await?;
    Ok(Redirect::to(&To::Step(id, "content".into()).to_string()).into_response())
}
