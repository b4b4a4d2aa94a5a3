//! 등장인물 — who acts in the stories: officials of each department, and citizens with verified telephone numbers.

use adapters::sms::sandbox::SandboxMessenger;
use anyhow::Context;
use app::App;
use app::identity::Address;
use app::office::Office;
use domain::access::Who;
use domain::id::{OfficialId, PersonId, UnitId};
use domain::terms::Seat;
use domain::time::At;
use ports::message::Inbox;
use store::person::Contact;

/// The telephone number printed for whoever tries the demo as a citizen. Numbers that begin like this are never given out.
pub const CITIZEN: &str = "01000001234";

/// The officials of one department who take part in a story.
#[derive(Debug, Clone, Copy)]
pub struct Team {
    /// The department.
    pub unit: UnitId,
    /// Receives there and designates.
    pub receiver: OfficialId,
    /// Handles.
    pub handler: OfficialId,
    /// Reviews.
    pub reviewer: OfficialId,
    /// Decides.
    pub approver: OfficialId,
}

impl Team {
    /// The team of a department; `pick` chooses among its handlers.
    pub fn of(office: &Office, code: &str, pick: usize) -> Option<Team> {
        let teams = Team::all(office, code);
        teams.get(pick % teams.len().max(1)).copied()
    }

    /// The teams of a department, one for each of its handlers; none where somebody is missing.
    pub fn all(office: &Office, code: &str) -> Vec<Team> {
        let Some(unit) = office.unit_by_code(code).map(|unit| unit.id) else {
            return Vec::new();
        };
        let held = |seat| sorted(office, office.holders(seat, Some(unit)));
        let (Some(receiver), Some(reviewer), Some(approver)) = (
            held(Seat::DepartmentReceiver).first().copied(),
            held(Seat::Reviewer).first().copied(),
            held(Seat::Approver).last().copied(),
        ) else {
            return Vec::new();
        };
        (held(Seat::Handler).into_iter())
            .filter(|id| reviewer != approver && *id != reviewer && *id != approver)
            .map(|handler| Team {
                unit,
                receiver,
                handler,
                reviewer,
                approver,
            })
            .collect()
    }
}

/// Officials in the order of their log-in names: the same in every run, whatever their identities.
pub fn sorted(office: &Office, mut officials: Vec<OfficialId>) -> Vec<OfficialId> {
    officials.sort_by_key(|id| office.officials.get(id).map(|person| person.login.clone()));
    officials
}

/// An official as one who acts at this moment.
pub fn who(office: &Office, id: OfficialId, now: At) -> anyhow::Result<Who> {
    office.who(id, now).context("an official of the demo is missing")
}

/// A citizen whose telephone number is verified, by the same one-time code as everybody's.
pub async fn citizen(
    app: &App,
    inbox: &SandboxMessenger,
    phone: &str,
    name: &str,
    nth: u32,
) -> anyhow::Result<PersonId> {
    let address = Address::parse(phone).context("a telephone number of the demo")?;
    app.ask_code(&address, "ko", &nth.to_be_bytes()).await?;
    let message = inbox.messages().into_iter().find(|m| m.what.to == address.value);
    let text = message.context("no code came")?.what.text;
    let code = text
        .split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 6)
        .context("no code in the message")?;
    let person = app.verify_contact(&address, code, "ko").await?;
    let contact = Contact {
        name: name.to_owned(),
        phone: Some(address.value.clone()),
        language: "ko".to_owned(),
        ..Contact::default()
    };
    app.change_contact(person, &contact).await?;
    Ok(person)
}
