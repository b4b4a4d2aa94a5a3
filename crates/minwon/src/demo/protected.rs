//! 체험의 보안민원 — the human-rights office holds the seats of the room, and two reports wait there, one received and one not.

use crate::city::cast::{citizen, who};
use adapters::sms::sandbox::SandboxMessenger;
use anyhow::Context;
use app::App;
use app::act::{Call, NOBODY, Petitioner};
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::terms::{EntryPoint, Kind, Openness, Seat};
use domain::time::At;

const SEATS: &[(&str, &[Seat])] = &[
    (
        "humanrights",
        &[
            Seat::IntegratedReceiver,
            Seat::CounterClerk,
            Seat::DepartmentReceiver,
            Seat::Handler,
        ],
    ),
    ("humanrights2", &[Seat::Handler, Seat::Examiner]),
    (
        "humanrights.head",
        &[Seat::Approver, Seat::DepartmentHead, Seat::Administrator],
    ),
    // Reviews the access log of the room as well.
    ("privacy", &[Seat::PrivacyOfficer]),
];

const REPORTS: [(&str, &str, &str); 2] = [
    (
        "010-0000-2018",
        "부서장의 반복되는 폭언을 신고합니다",
        "회의 때마다 사람들 앞에서 모욕하는 말을 들었습니다. 날짜와 내용을 적어 두었습니다.",
    ),
    (
        "010-0000-2019",
        "민원실에서 휠체어 출입을 막았습니다",
        "경사로 앞에 물건을 쌓아 두고 치워 달라고 하자 나가라고 하였습니다.",
    ),
];

/// Lets the human-rights office in and lays two reports down.
pub async fn tell(app: &App, inbox: &SandboxMessenger, now: At) -> anyhow::Result<()> {
    let office = app.office();
    let (Some(unit), Some(room)) = (office.unit_by_code("human_rights"), app.protected()) else {
        return Ok(());
    };
    let id = |login: &str| office.official_by_login(login).map(|person| person.id);
    for (login, seats) in SEATS {
        let Some(official) = id(login) else { return Ok(()) };
        for seat in *seats {
            app.entitle(&Who::System, official, *seat, unit.id, None, &Call::default())
                .await?;
        }
    }
    let mut filed = Vec::new();
    for (nth, (phone, title, body)) in (0_u32..).zip(REPORTS) {
        let person = citizen(app, inbox, phone, "김가온", 9_000 + nth).await?;
        let filing = Filing {
            service: "P001".parse().context("a service of the demo")?,
            entry: EntryPoint::Web,
            field: None,
            district: None,
            person: NOBODY,
            title: Raw::text(title),
            body: Raw::optional(body),
            place: None,
            files: Vec::new(),
            form: None,
            openness: Openness::Private,
            happened: None,
            split_from: None,
            intake: Default::default(),
        };
        let who = Who::Citizen(person);
        let petition = app
            .file(&who, Petitioner::Known(person), filing, &Call::default())
            .await?;
        filed.push(petition.id);
    }
    let receiver = who(
        &room.office(),
        id("humanrights").context("an official of the demo")?,
        now,
    )?;
    let (first, handler) = (filed[0], id("humanrights2").context("an official of the demo")?);
    for act in [
        Act::Receive {
            kind: Kind::Grievance,
            period: None,
        },
        Act::Distribute { unit: unit.id },
        Act::UnitReceive,
        Act::Designate { handler },
    ] {
        room.act(&receiver, first, act, &Call::default()).await?;
    }
    Ok(())
}
