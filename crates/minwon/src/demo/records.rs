//! 체험의 폐기와 파기 — petitions of long ago whose retention is over, their lists in every step, requests to erase in several
//! states, a hold, something kept apart, and the register that tells of it.

use crate::city::cast::{self, Team, citizen, who};
use crate::city::moment::at;
use crate::house;
use adapters::sms::sandbox::SandboxMessenger;
use anyhow::Context;
use app::App;
use app::act::{Call, NOBODY, Petitioner};
use app::erase::disposal::{Members, Said};
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Answer, Filing};
use domain::event::Signer;
use domain::id::{OfficialId, PersonId, PetitionId};
use domain::retention::disposal::{Opinion, Step};
use domain::retention::request::{Number, Ruled, Verdict, Wanted, Way, proposed};
use domain::retention::{HoldGround, Keeping, Term};
use domain::terms::{EntryPoint, Kind, Mark, Openness, Outcome, Seat};
use domain::time::At;
use jiff::civil::date;

/// What is kept for a year in the demo, so that there is something to dispose of.
const SHORT: &str = "S134";
/// Departments with lists, in the order of the step each one waits for: opinion, review, board, nothing any more.
const UNITS: [&str; 4] = ["road_facilities", "parks", "recycling", "taxi_policy"];
/// What was asked long ago, in each department.
const TITLES: [&str; 3] = [
    "허가를 받는 절차와 걸리는 기간이 궁금합니다",
    "안내 표지판을 세우는 기준을 알고 싶습니다",
    "주말에도 담당자와 상담할 수 있는지 문의합니다",
];
const WHY: &str = "같은 문의가 이어지고 있어 참고할 필요가 있음";

/// A petition of long ago, and whose it was.
pub struct Old {
    person: PersonId,
    petition: PetitionId,
}

/// How long the demo keeps what.
pub fn keeping(keeping: &mut Keeping) -> anyhow::Result<()> {
    keeping.terms.services.insert(SHORT.to_owned(), Term::One);
    keeping.propose_on = (1, 1);
    Ok(())
}

fn answer() -> Answer<Raw> {
    Answer {
        outcome: Outcome::Answered,
        body: Raw::text(
            "1. 문의하신 내용을 아래와 같이 안내하여 드립니다.\n2. 자세한 절차와 기준은 누리집의 민원편람에서 확인하실 수 있습니다.  끝.",
        ),
        reasons: None,
        remedies: None,
        openness: Openness::Private,
        exception: None,
    }
}

/// Files a petition and answers it at once.
async fn answered(
    app: &App,
    person: PersonId,
    team: Team,
    service: &str,
    title: &str,
) -> anyhow::Result<PetitionId> {
    let (office, now, call) = (app.office(), app.now(), Call::default());
    let filing = Filing {
        service: service.parse().context("a service of the demo")?,
        entry: EntryPoint::Web,
        field: None,
        district: None,
        person: NOBODY,
        title: Raw::text(title),
        body: Raw::optional("답변하여 주시면 감사하겠습니다."),
        place: None,
        files: Vec::new(),
        form: None,
        openness: Openness::Private,
        happened: None,
        split_from: None,
        intake: Default::default(),
    };
    let petition = app
        .file(&Who::Citizen(person), Petitioner::Known(person), filing, &call)
        .await?;
    let receiver = cast::sorted(&office, office.holders(Seat::IntegratedReceiver, None));
    let receiver = *receiver.first().context("the demo has no receiver")?;
    let line = vec![Signer {
        official: team.approver,
        mark: Mark::Delegated,
    }];
    let kind = Kind::Inquiry;
    let way = [
        (receiver, Act::Receive { kind, period: None }),
        (receiver, Act::Distribute { unit: team.unit }),
        (team.receiver, Act::UnitReceive),
        (
            team.receiver,
            Act::Designate {
                handler: team.handler,
            },
        ),
        (team.handler, Act::Draft(answer())),
        (team.handler, Act::SendUp { line }),
        (team.approver, Act::Sign { comment: None }),
        (team.handler, Act::Answer),
    ];
    for (official, act) in way {
        let deed = act.deed();
        app.act(&who(&office, official, now)?, petition.id, act, &call)
            .await
            .with_context(|| format!("{deed} of a petition of long ago"))?;
    }
    Ok(petition.id)
}

/// Tells petitions that were concluded two years ago, before everything else.
pub async fn long_ago(app: &App, inbox: &SandboxMessenger, now: At) -> anyhow::Result<Vec<Vec<Old>>> {
    let office = app.office();
    let year = now.date().context("the clock is outside the calendar")?.year() - 2;
    let moment = At::seoul(date(year, 3, 12).at(10, 0, 0, 0));
    at(moment, async {
        let mut all = Vec::new();
        for (code, nth) in UNITS.iter().zip(0_u32..) {
            let Some(team) = Team::of(&office, code, 0) else {
                all.push(Vec::new());
                continue;
            };
            let mut olds = Vec::new();
            for (title, n) in TITLES.iter().zip(0_u32..) {
                let phone = format!("010-0000-3{nth}{n}0");
                let person = citizen(app, inbox, &phone, "박하늘", 9_100 + nth * 10 + n).await?;
                let petition = answered(app, person, team, SHORT, title).await?;
                olds.push(Old { person, petition });
            }
            all.push(olds);
        }
        house::seal(app).await?;
        Ok(all)
    })
    .await
}

fn named(app: &App, login: &str) -> anyhow::Result<Who> {
    let office = app.office();
    let official = office
        .official_by_login(login)
        .with_context(|| format!("the demo has no {login}"))?;
    who(&office, official.id, app.now())
}

async fn asks(app: &App, person: PersonId, words: &str) -> anyhow::Result<Number> {
    let who = Who::Citizen(person);
    let call = Call::default();
    let wanted = Wanted::Everything;
    let given = app
        .ask_erasure(&who, person, wanted, None, Way::Web, words, &call)
        .await?;
    Ok(given.number)
}

/// The privacy officer decides as the page proposes.
async fn decides(app: &App, officer: &Who, number: Number, words: &str) -> anyhow::Result<()> {
    let opened = app.erasure(officer, number, &Call::default()).await?;
    let ruled = (opened.things.iter())
        .map(|judged| {
            let (verdict, basis, no) = proposed(judged.may);
            Ruled {
                thing: judged.thing,
                verdict,
                kept: basis
                    .filter(|_| verdict == Verdict::KeepApart)
                    .map(|basis| (basis, None)),
                no,
            }
        })
        .collect();
    app.decide_erasure(officer, number, ruled, words, &Call::default())
        .await?;
    Ok(())
}

/// Requests to erase, a hold, and a list in each step.
pub async fn tell(app: &App, inbox: &SandboxMessenger, now: At, old: &[Vec<Old>]) -> anyhow::Result<()> {
    let (privacy, records) = (named(app, "privacy")?, named(app, "records")?);
    let call = Call::default();
    let [first, _, _, last] = old else { return Ok(()) };
    // One is destroyed with its certificate, before the lists are drawn up.
    if let Some(gone) = first.first() {
        let number = asks(app, gone.person, "이사하여 더 이상 필요하지 않습니다.").await?;
        decides(app, &privacy, number, "").await?;
    }
    // One must be kept, and is kept apart.
    if let Some(team) = Team::of(&app.office(), UNITS[0], 0) {
        let person = citizen(app, inbox, "010-0000-3900", "최바다", 9_190).await?;
        // Answered just now: 접수번호 follow the moments of reception.
        let title = "자전거 도로를 잇는 계획이 있는지 궁금합니다";
        at(now, answered(app, person, team, SHORT, title)).await?;
        let number = asks(app, person, "제 정보를 모두 지워 주십시오.").await?;
        let words = "기록물 보존기간이 끝날 때까지 분리하여 보관합니다.";
        decides(app, &privacy, number, words).await?;
    }
    // One waits for the officer.
    if let Some(waiting) = first.get(1) {
        asks(app, waiting.person, "예전 민원의 내용과 연락처를 지워 주십시오.").await?;
    }
    app.propose_disposals().await?;
    let (lists, _) = app.disposals(&records, None, None, None).await?;
    let today = app.office().day;
    let board = Members {
        inside: vec!["정다운".into(), "고은비".into(), "서하린".into()],
        outside: vec!["문기록(기록관리학 교수)".into(), "장보존(기록물관리사)".into()],
    };
    for (olds, steps) in old.iter().zip(0_usize..) {
        let ours = |petition: &PetitionId| olds.iter().any(|one| one.petition == *petition);
        let list = lists.iter().find(|list| list.petitions.iter().any(ours));
        let (Some(list), true) = (list, steps > 0) else {
            continue;
        };
        let Some(head) = head_of(app, list.unit) else {
            continue;
        };
        let head = who(&app.office(), head, now)?;
        let said = Said {
            petition: list.petitions[0],
            opinion: Some(Opinion::Defer),
            term: None,
            why: WHY.into(),
        };
        app.mark_disposal(&head, list.id, Step::Department, &[said], &call)
            .await?;
        app.submit_disposal(&head, list.id, Step::Department, &call)
            .await?;
        if steps > 1 {
            app.submit_disposal(&records, list.id, Step::Review, &call)
                .await?;
        }
        if steps > 2 {
            if let Some(held) = last.iter().find(|one| one.petition != list.petitions[0]) {
                let words = "손해배상 사건의 증거로 필요함";
                let ground = HoldGround::Lawsuit;
                app.hold_petition(&privacy, held.petition, ground, None, words, &call)
                    .await?;
            }
            app.decide_disposal(&records, list.id, today, &board, &call)
                .await?;
        }
    }
    Ok(())
}

fn head_of(app: &App, unit: domain::id::UnitId) -> Option<OfficialId> {
    let office = app.office();
    let heads = cast::sorted(&office, office.holders(Seat::DepartmentHead, Some(unit)));
    heads.first().copied()
}
