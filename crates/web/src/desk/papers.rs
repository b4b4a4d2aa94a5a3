//! 대장과 서식의 길 — prints and saves the 민원 처리부; keeps templates, seal and settings of papers.

use crate::desk::gate::{NOTE, SURE, lacking, said};
use crate::leave::{Impersonal, Leave, csv_file, download};
use crate::view::desk::at;
use crate::{
    Web,
    form::{self, Field, Files, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            Here,
            papers::{Keeping, RegisterPage, Row, Version},
        },
    },
};
use app::gate::{Going, Held};
use app::{
    act::ActError,
    papers::{
        dress::{NotLaid, PaperSettings, SEAL, SealUse},
        register::{DAYS, NotDrawnUp, Reason, Wanted},
    },
};
use axum::{
    body::Bytes,
    extract::{Multipart, Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::{hwpx::Unfit, hwpx::names::names, press};
use domain::gate::{Export, Format};
use domain::{access::Who, id::UnitId, papers::table::FORMS};
use jiff::civil::Date;
use serde::Deserialize;

const REGISTER: &[Field] = &[
    Field {
        name: "from",
        label: "register-from",
        max: 20,
        shape: Shape::NeededLine,
    },
    Field {
        name: "to",
        label: "register-to",
        max: 20,
        shape: Shape::NeededLine,
    },
    Field {
        name: "unit",
        label: "register-unit",
        max: 64,
        shape: Shape::Line,
    },
    Field {
        name: "reason",
        label: "register-reason",
        max: 40,
        shape: Shape::NeededChoice(&[
            "register_keeping",
            "register_inspection",
            "register_audit",
            "register_enquiry",
        ]),
    },
    Field {
        name: "register",
        label: "register-which",
        max: 20,
        shape: Shape::Line,
    },
    NOTE,
    SURE,
    Field {
        name: "as",
        label: "register-as",
        max: 8,
        shape: Shape::NeededChoice(&["pdf", "csv"]),
    },
];

const SETTINGS: &[Field] = &[
    Field {
        name: "seal",
        label: "papers-seal",
        max: 20,
        shape: Shape::NeededChoice(&["omitted", "by_hand", "printed"]),
    },
    Field {
        name: "retention",
        label: "papers-retention",
        max: 3,
        shape: Shape::NeededLine,
    },
    Field {
        name: "ground",
        label: "papers-ground",
        max: 20,
        shape: Shape::Line,
    },
];

const UPLOAD: &[Field] = &[Field {
    name: "do",
    label: "papers-upload",
    max: 10,
    shape: Shape::NeededChoice(&["lay", "back"]),
}];

const FILES: Files = Files {
    name: "file",
    count: 1,
    each: 10 * 1024 * 1024,
    all: 10 * 1024 * 1024,
    take: None,
};

pub(crate) fn lang_of(clerk: &Clerk) -> press::Lang {
    if clerk.asked.visit.lang == "en" {
        press::Lang::En
    } else {
        press::Lang::Ko
    }
}

impl Web {
    async fn register_page(
        &self,
        clerk: &Clerk,
        form: Filled,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let reader = self.reader(clerk.asked.visit.lang);
        let sight = domain::access::Sight::of(&clerk.who);
        let mut units: Vec<(String, String)> = (reader.office.units.values())
            .filter(|unit| sight.all || sight.units.contains(&unit.id))
            .map(|unit| (unit.code.clone(), reader.pick(&unit.name, &unit.name_en)))
            .collect();
        units.sort_by(|a, b| a.1.cmp(&b.1));
        let view = RegisterPage {
            bar: self.bar(clerk, Here::Papers).await?,
            form,
            units,
            reasons: Reason::ALL.iter().map(|reason| reason.code()).collect(),
            days: DAYS,
        };
        self.desk_page_as(clerk, &view, status)
    }

    async fn keeping(
        &self,
        clerk: &Clerk,
        form: Filled,
        done: Option<Message>,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let reader = self.reader(clerk.asked.visit.lang);
        let all = self.app.templates().await?;
        let of = |paper: &str| -> Vec<Version> {
            (all.iter().filter(|version| version.paper == paper))
                .map(|version| Version {
                    n: version.version,
                    at: version.made_at,
                    by: reader.person(version.made_by).name,
                    size: version.size,
                    digest: domain::text::hex(&version.digest)[..12].to_owned(),
                })
                .collect()
        };
        let lang = usize::from(lang_of(clerk) == press::Lang::En);
        let papers = FORMS.iter().map(|paper| Row {
            code: paper.code,
            title: paper.title[lang],
            annex: paper.annex,
            basis: paper.basis,
            fields: paper.fields.iter().map(|field| field.ko).collect(),
            marks: names(paper).into_iter().collect(),
            versions: of(paper.code),
        });
        let view = Keeping {
            bar: self.bar(clerk, Here::Papers).await?,
            form,
            keeper: self.app.keeps_papers(&clerk.who),
            seals: SealUse::ALL.iter().map(|choice| choice.code()).collect(),
            seal: of(SEAL),
            papers: papers.collect(),
            done,
        };
        self.desk_page_as(clerk, &view, status)
    }

    async fn set_now(&self) -> Result<Filled, Fault> {
        let now = self.app.paper_settings().await?;
        let years = now.retention_years.to_string();
        Ok(Filled::of(&[
            ("seal", now.seal.code()),
            ("retention", &years),
            ("ground", &now.closed_ground),
        ]))
    }
}

/// `GET /desk/register`
pub async fn register_form(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let today = web.app.office().day;
    let (from, to) = (today.first_of_month().to_string(), today.to_string());
    let form = Filled::of(&[
        ("from", &from),
        ("to", &to),
        ("register", "petitions"),
        ("as", "pdf"),
    ]);
    web.register_page(&clerk, form, StatusCode::OK).await
}

/// `POST /desk/register`: the file, or the page again with what is wrong.
pub async fn register(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, REGISTER)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let wanted = wanted(&web, &clerk.who, &mut read);
    let reason = Reason::ALL
        .iter()
        .find(|reason| reason.code() == read.get("reason"));
    let (Some(wanted), Some(reason), true) = (wanted, reason, read.sound()) else {
        return web
            .register_page(&clerk, read.filled, StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    let (lang, call) = (lang_of(&clerk), clerk.asked.call(""));
    let objections = read.get("register") == "objections";
    let people = if objections {
        web.app.objection_register_people(&clerk.who, wanted).await
    } else {
        web.app.petition_register_people(&clerk.who, wanted).await
    };
    let pass = match people {
        Ok(subjects) => {
            let going = Going {
                what: if objections {
                    Export::ObjectionRegister
                } else {
                    Export::Register
                },
                format: if read.get("as") == "csv" {
                    Format::Csv
                } else {
                    Format::Pdf
                },
                petition: None,
                subjects,
                target: at::Register,
            };
            let said = said(Some(reason.purpose()), read.get("note"), read.get("sure"));
            match web.app.gate_with(&clerk.who, going, &said, &call).await {
                Ok(pass) => Ok(pass),
                Err(Held::Ask(asked)) => {
                    let mut form = read.filled;
                    for lack in asked.lacks {
                        let (field, message) = lacking(lack);
                        form = form.wrong(if field == "purpose" { "reason" } else { field }, message);
                    }
                    return web
                        .register_page(&clerk, form, StatusCode::UNPROCESSABLE_ENTITY)
                        .await;
                }
                Err(Held::Act(error)) => return Err(error.into()),
            }
        }
        Err(not) => Err(not),
    };
    let pass = match pass {
        Ok(pass) => pass,
        Err(not) => return not_drawn_up(&web, &clerk, read.filled, not).await,
    };
    let app = pass.over(&web.app)?;
    let pages = if objections {
        (app.objection_register(&clerk.who, wanted, *reason, lang, &call)).await
    } else {
        (app.petition_register(&clerk.who, wanted, *reason, lang, &call)).await
    };
    let drawn = match pages {
        Ok(pages) if read.get("as") == "csv" => Ok((pages.csv(lang), "csv", "text/csv; charset=utf-8")),
        Ok(pages) => {
            (app.print_register(&pages, lang)).map(|printed| (printed.pdf, "pdf", "application/pdf"))
        }
        Err(not) => Err(not),
    };
    match drawn {
        Ok((content, ending, kind)) => {
            let title = if objections {
                "이의신청처리대장"
            } else {
                "민원 처리부"
            };
            let name = format!("{title} {}~{}.{ending}", wanted.from, wanted.to);
            let leave = Leave::passed(&pass);
            Ok(if ending == "csv" {
                csv_file(leave, &name, content)
            } else {
                download(leave, &name, kind, content)
            })
        }
        Err(not) => not_drawn_up(&web, &clerk, read.filled, not).await,
    }
}

async fn not_drawn_up(web: &Web, clerk: &Clerk, form: Filled, not: NotDrawnUp) -> Result<Response, Fault> {
    let wrong = match not {
        NotDrawnUp::Days => ("to", "register-days"),
        NotDrawnUp::TooLong => ("as", "register-too-long"),
        NotDrawnUp::Act(error) => return Err(error.into()),
    };
    let form = form.wrong(wrong.0, Message::new(wrong.1).with("n", i64::from(DAYS) as u64));
    web.register_page(clerk, form, StatusCode::UNPROCESSABLE_ENTITY)
        .await
}

fn wanted(web: &Web, who: &Who, read: &mut Read) -> Option<Wanted> {
    let mut day = |name: &'static str, label: &str| -> Option<Date> {
        let typed = read.get(name).trim().to_owned();
        let day = typed.parse().ok();
        if day.is_none() && !typed.is_empty() {
            let fault = Message::new("register-day-form").with("field", format!("@{label}"));
            read.filled = std::mem::take(&mut read.filled).wrong(name, fault);
        }
        day
    };
    let (from, to) = (day("from", "register-from"), day("to", "register-to"));
    let code = read.get("unit").to_owned();
    let unit: Option<UnitId> = web.app.office().unit_by_code(&code).map(|unit| unit.id);
    let sight = domain::access::Sight::of(who);
    let may = unit.is_some_and(|unit| sight.all || sight.units.contains(&unit));
    if !code.is_empty() && !may {
        let fault = Message::new("error-choice").with("field", "@register-unit");
        read.filled = std::mem::take(&mut read.filled).wrong("unit", fault);
    }
    Some(Wanted {
        from: from?,
        to: to?,
        unit,
    })
}

/// What a request before did.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Did {
    laid: String,
    back: String,
    set: String,
}

/// `GET /desk/papers`
pub async fn papers(Seated(web): Seated, clerk: Clerk, Query(did): Query<Did>) -> Result<Response, Fault> {
    let lang = usize::from(lang_of(&clerk) == press::Lang::En);
    let title = |code: &str| {
        let form = FORMS.iter().find(|form| form.code == code);
        form.map_or_else(
            || web.word(clerk.asked.visit.lang, "papers-seal", code),
            |form| form.title[lang].to_owned(),
        )
    };
    let done = match (did.laid.as_str(), did.back.as_str(), did.set.as_str()) {
        ("", "", "") => None,
        ("", "", _) => Some(Message::new("papers-set")),
        ("", back, _) => Some(Message::new("papers-went-back").with("name", title(back))),
        (laid, _, _) => Some(Message::new("papers-laid").with("name", title(laid))),
    };
    let form = web.set_now().await?;
    web.keeping(&clerk, form, done, StatusCode::OK).await
}

/// `POST /desk/papers`: the settings.
pub async fn set(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, SETTINGS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let years = read
        .get("retention")
        .trim()
        .parse()
        .ok()
        .filter(|years| (1..=100).contains(years));
    if years.is_none() && !read.get("retention").trim().is_empty() {
        let fault = Message::new("papers-retention-form");
        read.filled = std::mem::take(&mut read.filled).wrong("retention", fault);
    }
    let seal = SealUse::ALL
        .iter()
        .find(|choice| choice.code() == read.get("seal"));
    let (Some(retention_years), Some(seal), true) = (years, seal, read.sound()) else {
        return web
            .keeping(&clerk, read.filled, None, StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    let settings = PaperSettings {
        seal: *seal,
        retention_years,
        closed_ground: read.get("ground").trim().to_owned(),
    };
    web.app
        .set_papers(&clerk.who, &settings, &clerk.asked.call(""))
        .await?;
    Ok(Redirect::to("/desk/papers?set=papers").into_response())
}

/// Which version of a template is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    version: Option<u32>,
}

/// `GET /desk/papers/{paper}`: the template as a file.
pub async fn template(
    Seated(web): Seated,
    _: Clerk,
    Path(paper): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let content = web.app.template_file(&paper, which.version).await?;
    if paper == SEAL {
        return Ok(download(
            Leave::impersonal(Impersonal::Template),
            "seal.png",
            "image/png",
            content,
        ));
    }
    Ok(download(
        Leave::impersonal(Impersonal::Template),
        &format!("{paper}.hwpx"),
        HWPX,
        content,
    ))
}

/// The media type of the word processor's documents.
pub const HWPX: &str = "application/hwp+zip";

/// `POST /desk/papers/{paper}`: a new version, or back to the program's own.
pub async fn lay(
    Seated(web): Seated,
    clerk: Clerk,
    Path(paper): Path<String>,
    parts: Multipart,
) -> Result<Response, Fault> {
    let read = form::multipart(parts, UPLOAD, FILES).await?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let back = read.get("do") == "back";
    let field = format!("file-{paper}");
    let mut faults: Vec<Message> = read
        .filled
        .errors
        .into_iter()
        .map(|fault| fault.message)
        .collect();
    let file = read.files.into_iter().next().map(|file| file.bytes);
    let content = match file {
        _ if back => Some(Vec::new()),
        Some(bytes) => Some(bytes),
        None => {
            faults.push(Message::new("papers-no-file"));
            None
        }
    };
    if let (Some(content), true) = (content, faults.is_empty()) {
        let call = clerk.asked.call("");
        match web.app.lay_template(&clerk.who, &paper, &content, &call).await {
            Ok(()) => {
                let did = if back { "back" } else { "laid" };
                // The code was found in the table, so it needs no encoding.
                return Ok(Redirect::to(&format!("/desk/papers?{did}={paper}")).into_response());
            }
            Err(NotLaid::NotFound) => return Err(Fault::not_found()),
            Err(NotLaid::Trouble(trouble)) => return Err(ActError::Trouble(trouble).into()),
            Err(NotLaid::NoSeal) => faults.push(Message::new("papers-no-seal")),
            Err(NotLaid::Unfit(unfit)) => faults.push(unfit_words(&unfit)),
        }
    }
    let mut form = web.set_now().await?;
    for fault in faults {
        form = form.wrong(&field, fault);
    }
    web.keeping(&clerk, form, None, StatusCode::UNPROCESSABLE_ENTITY)
        .await
}

fn unfit_words(unfit: &Unfit) -> Message {
    match unfit {
        Unfit::NotHwpx => Message::new("papers-not-hwpx"),
        Unfit::Encrypted => Message::new("papers-encrypted"),
        Unfit::TooLarge(what) => Message::new("papers-too-large").with("what", what.as_str()),
        Unfit::Broken { part, .. } => Message::new("papers-broken").with("what", part.as_str()),
        Unfit::Unknown(marks) => Message::new("papers-unknown").with("marks", marks.join(", ")),
        Unfit::Unclosed(what) => Message::new("papers-unclosed").with("what", what.as_str()),
        Unfit::MergedRow => Message::new("papers-merged-row"),
    }
}
