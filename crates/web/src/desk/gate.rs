//! 관문의 길 — asks why something is printed or saved, and comes back to it.
//!
//! An export asks [`Web::pass`]; without a reason it answers with the form, whose answer is kept and leads back to the export itself.
//! Nothing of the reason stands in an address.

use crate::{
    Web,
    form::{self, Field, Shape},
    lang::safe_return,
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{Desk, Here, gate::GatePage},
    },
};
use app::gate::{Asked, Going, Held, Pass, Reason, WORDS};
use axum::{
    body::Bytes,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::gate::{Demand, Export, Format, Lack, Purpose, Sure};
use domain::id::PetitionId;

/// What an export tells the gate about itself.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// What.
    pub what: Export,
    /// As what.
    pub format: Format,
    /// Whose petition, where it is of one.
    pub petition: Option<PetitionId>,
    /// How many people it is about.
    pub subjects: u32,
    /// Where one goes back to afterwards.
    pub from: String,
}

impl Wish {
    /// Of one petition.
    pub(crate) fn of_case(what: Export, format: Format, petition: PetitionId, number: &str) -> Wish {
        Wish {
            what,
            format,
            petition: Some(petition),
            subjects: 1,
            from: Desk::Case(number.to_owned()).to_string(),
        }
    }
}

const REASON: &[Field] = &[
    Field {
        name: "back",
        label: "back",
        max: 2_000,
        shape: Shape::Line,
    },
    Field {
        name: "purpose",
        label: "gate-purpose",
        max: 20,
        shape: Shape::Line,
    },
    NOTE,
    SURE,
];

/// The reason in words.
pub(crate) const NOTE: Field = Field {
    name: "note",
    label: "gate-note",
    max: WORDS,
    shape: Shape::Text,
};
/// Whether it is known how many people it is about, and meant.
pub(crate) const SURE: Field = Field {
    name: "sure",
    label: "gate-sure",
    max: 3,
    shape: Shape::Line,
};

/// What was said, out of a form with these fields.
pub(crate) fn said(purpose: Option<Purpose>, note: &str, sure: &str) -> Reason {
    Reason {
        purpose,
        words: note.to_owned(),
        sure: if sure == "yes" { Sure::Yes } else { Sure::No },
    }
}

/// The field and the words of something missing.
pub(crate) fn lacking(lack: Lack) -> (&'static str, Message) {
    match lack {
        Lack::Purpose => ("purpose", Message::new("gate-lack-purpose")),
        Lack::Words(n) => ("note", Message::new("gate-lack-note").with("n", u64::from(n))),
        Lack::Sure => ("sure", Message::new("gate-lack-sure")),
    }
}

impl Web {
    /// A pass for this request, or the page that asks why.
    pub(crate) async fn pass(&self, clerk: &Clerk, wish: &Wish) -> Result<Result<Pass, Response>, Fault> {
        // Whoever only asks for headers takes nothing out, and must not use up a reason.
        if clerk.asked.head {
            return Ok(Err(StatusCode::OK.into_response()));
        }
        let target = clerk.asked.visit.path.clone();
        let going = Going {
            what: wish.what,
            format: wish.format,
            petition: wish.petition,
            subjects: wish.subjects,
            target: &target,
        };
        match self.app.gate(&clerk.who, going, &clerk.asked.call("")).await {
            Ok(pass) => Ok(Ok(pass)),
            Err(Held::Ask(asked)) => Ok(Err(self.ask(clerk, wish, &target, &asked).await?)),
            Err(Held::Act(error)) => Err(error.into()),
        }
    }

    async fn ask(&self, clerk: &Clerk, wish: &Wish, back: &str, asked: &Asked) -> Result<Response, Fault> {
        let mut form = Filled::default();
        if let Some(said) = &asked.said {
            let sure = if said.sure == Sure::Yes { "yes" } else { "" };
            form = Filled::of(&[
                ("purpose", said.purpose.map_or("", Purpose::code)),
                ("note", &said.words),
                ("sure", sure),
            ]);
        }
        for lack in &asked.lacks {
            let (field, message) = lacking(*lack);
            form = form.wrong(field, message);
        }
        let rules = self.app.gate_settings().await?.rules;
        let view = GatePage {
            bar: self.bar(clerk, Here::Work).await?,
            form,
            what: wish.what.code(),
            format: wish.format.code(),
            subjects: wish.subjects.into(),
            demand: match asked.demand {
                Demand::Code => "code",
                Demand::Words => "words",
                Demand::Confirmed => "confirmed",
            },
            least: match asked.demand {
                Demand::Code => 0,
                Demand::Words => rules.words.into(),
                Demand::Confirmed => rules.long_words.max(rules.words).into(),
            },
            purposes: (wish.what.purposes().iter())
                .map(|purpose| {
                    (
                        purpose.code(),
                        wish.format == Format::Pdf && wish.what.marked(*purpose),
                    )
                })
                .collect(),
            again: rules.again_minutes.into(),
            max: WORDS,
            back: back.to_owned(),
            from: wish.from.clone(),
        };
        let status = if asked.lacks.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        self.desk_page_as(clerk, &view, status)
    }
}

/// `POST /desk/gate`: keeps the reason and goes back to what it was given for.
pub async fn give(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, REASON)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let back = safe_return(read.get("back")).to_owned();
    if !back.starts_with("/desk/") {
        return Err(Fault::not_found());
    }
    let reason = said(
        read.get("purpose").parse().ok(),
        read.get("note"),
        read.get("sure"),
    );
    web.app.give_reason(&clerk.who, &back, &reason).await?;
    Ok(Redirect::to(&back).into_response())
}
