//! 체험 — `minwon demo`: an invented city with hundreds of petitions in every state, and both faces to try it with.
//!
//! On an empty data folder the last year is told once, through the same doors as everything else, by a clock that stands
//! at the moment of each act. Afterwards time is the machine's own, and nothing ever leaves the house.

mod fate;
mod people;
mod proceedings;
mod protected;
mod records;
mod tell;
mod verified;

use crate::city::{cast, moment};
use crate::data;
use crate::house::{self, Data, Parameters, Senders, Shares};
use crate::serve;
use adapters::identity::sandbox::SandboxBroker;
use adapters::mail::Sender;
use adapters::mail::sandbox::SandboxMailer;
use adapters::mode::Mode;
use adapters::scan::sandbox::SandboxScanner;
use adapters::sharing::sandbox::SandboxSharing;
use adapters::sms::sandbox::SandboxMessenger;
use anyhow::bail;
use app::office::Settings;
use app::{App, Places};
use domain::account::SignInRules;
use domain::terms::Seat;
use ports::{Chance, Clock};
use std::fmt::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use store::batch::Batch;
use store::engine::Urgency;
use web::route::To;

/// The setting that says that a store holds the demo: `begun`, then `told`.
pub const MARK: &str = "demo";
const BEGUN: &str = "begun";
const TOLD: &str = "told";
/// The password of every official of the demo.
const PASSWORD: &str = "hanbit-2026";

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// How many petitions the last weeks had.
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    petitions: u32,
    /// How many petitions the year before had.
    #[arg(long, value_name = "N", default_value_t = 1_500, value_parser = clap::value_parser!(u32).range(0..=50_000))]
    year: u32,
    /// Only lay the city down, serve nothing.
    #[arg(long, hide = true)]
    no_serve: bool,
}

/// Lays the demo down where there is nothing yet, and serves it.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let listener = if args.no_serve {
        None
    } else {
        Some(serve::listen(args.listen).await?)
    };
    let mut settings = house::settings();
    settings.sign_in = SignInRules::of_the_demo();
    records::keeping(&mut settings.keeping)?;
    settings.agency.address_of_pages = match &listener {
        Some(listener) => format!("http://{}", listener.local_addr()?),
        None => format!("http://{}", args.listen),
    };
    let places = house::places(data, &Parameters::default(), Shares::Untold).await?;
    match places.live.setting(MARK).await?.as_deref() {
        Some(TOLD) => {}
        Some(_) => bail!(
            "the demo in {} was interrupted while it was laid down: remove it and start again",
            data.data.display()
        ),
        None => {
            let day = Parameters::default().clock.now().date().unwrap_or_default();
            if !places.live.picture(day).await?.services.is_empty() {
                bail!(
                    "{} holds the data of a real city; give the demo a folder of its own with --data",
                    data.data.display()
                );
            }
            lay_down(&places, &settings, args.petitions, args.year).await?;
        }
    }
    let Some(listener) = listener else {
        places.close().await;
        return Ok(ExitCode::SUCCESS);
    };
    let parameters = Parameters::default();
    let (mailer, messenger) = sandboxes(parameters.clock.clone())?;
    let rehearsal = rehearsal(parameters.chance.clone())?;
    let senders = Senders {
        mailer: mailer.clone(),
        messenger: messenger.clone(),
        records: Arc::new(ports::records::NoRecords),
        scanner: Arc::new(SandboxScanner::new(Mode::Demo)?),
        sso: None,
        brokers: vec![rehearsal.clone()],
        sharing: Arc::new(SandboxSharing::new(Mode::Demo)?),
    };
    let app = house::over(places, parameters, senders).await?;
    house::keep_settings(&app, &settings).await?;
    println!("{}", welcome(&app, &settings));
    let options = web::Options {
        demo: true,
        mailbox: Some(mailer),
        inbox: Some(messenger),
        rehearsal: Some(rehearsal),
        ..web::Options::default()
    };
    serve::until_told(Arc::new(app), options, listener, None).await?;
    Ok(ExitCode::SUCCESS)
}

fn sandboxes(clock: Arc<dyn Clock>) -> anyhow::Result<(Arc<SandboxMailer>, Arc<SandboxMessenger>)> {
    let agency = house::settings().agency;
    let sender = Sender {
        name: agency.name,
        address: agency.mail,
    };
    Ok((
        Arc::new(SandboxMailer::new(Mode::Demo, sender, clock.clone(), None)?),
        Arc::new(SandboxMessenger::new(Mode::Demo, clock)?),
    ))
}

/// The provider of 본인확인 that checks nothing.
fn rehearsal(chance: Arc<dyn Chance>) -> anyhow::Result<Arc<SandboxBroker>> {
    const CODE: &str = "rehearsal";
    let (page, back) = (To::Rehearsal, To::IdentifyBack(CODE.into()));
    let broker = SandboxBroker::new(
        Mode::Demo,
        CODE.parse()?,
        &page.to_string(),
        &back.to_string(),
        chance,
    )?;
    Ok(Arc::new(broker))
}

/// Tells the last year of the city into an empty store.
async fn lay_down(places: &Places, settings: &Settings, petitions: u32, year: u32) -> anyhow::Result<()> {
    mark(places, BEGUN).await?;
    let now = Parameters::default().clock.now();
    let parameters = Parameters {
        clock: Arc::new(moment::StoryClock { outside: now }),
        ..Parameters::default()
    };
    let (mailer, messenger) = sandboxes(parameters.clock.clone())?;
    let senders = Senders {
        mailer,
        messenger: messenger.clone(),
        records: Arc::new(ports::records::NoRecords),
        scanner: Arc::new(SandboxScanner::new(Mode::Demo)?),
        sso: None,
        brokers: Vec::new(),
        sharing: Arc::new(SandboxSharing::new(Mode::Demo)?),
    };
    let phc = crypto::password::hash(PASSWORD, &mut |out: &mut [u8]| parameters.chance.fill(out));
    let app = house::over(places.clone(), parameters, senders)
        .await?
        .simulated();
    app.install(data::DEMO, settings, &phc).await?;
    let app = Arc::new(app);
    let (weeks, year) = (petitions as usize, year as usize);
    let old = records::long_ago(&app, &messenger, now).await?;
    tell::tell(app.clone(), &messenger, now, weeks, year).await?;
    people::tell(&app, now).await?;
    proceedings::tell(&app, now).await?;
    protected::tell(&app, &messenger, now).await?;
    records::tell(&app, &messenger, now, &old).await?;
    verified::tell(&app, now).await?;
    // What an office does once a month: the department suggested for a new petition comes from its own past.
    let lessons = app.lessons(&mut |_| {}).await?;
    app.learn(&lessons).await?;
    mark(places, TOLD).await
}

async fn mark(places: &Places, state: &str) -> anyhow::Result<()> {
    let mut batch = Batch::new();
    batch.setting(MARK, state);
    Ok(places.live.commit(batch, Urgency::User).await?)
}

/// Whom to log in as: the seat, in Korean and in English, and the official shown for it.
const DOORS: &[(Seat, &str, &str, &str)] = &[
    (
        Seat::IntegratedReceiver,
        "통합접수자",
        "integrated receiver",
        "receiver1",
    ),
    (Seat::CounterClerk, "민원실 창구", "counter clerk", "counter1"),
    (Seat::OneStopClerk, "민원 전담직원", "one-stop clerk", "onestop1"),
    (
        Seat::DepartmentReceiver,
        "부서 접수자",
        "department receiver",
        "road.facilities.receiver",
    ),
    (Seat::Handler, "처리담당자", "handler", "road.facilities.1"),
    (
        Seat::Reviewer,
        "검토자·팀장",
        "reviewer, team lead",
        "road.facilities.lead",
    ),
    (
        Seat::Approver,
        "결재권자·부서장",
        "approver, department head",
        "road.facilities.head",
    ),
    (Seat::Examiner, "민원심사관", "examiner", "examiner"),
    (Seat::Ombudsman, "시민감사옴부즈만", "ombudsman", "ombudsman1"),
    (Seat::Lawyer, "상담 변호사", "lawyer", "lawyer1"),
    (
        Seat::HumanRightsOfficer,
        "보안민원 담당",
        "protected petitions",
        "humanrights",
    ),
    (
        Seat::PrivacyOfficer,
        "개인정보 보호책임자",
        "privacy officer",
        "privacy",
    ),
    (
        Seat::RecordsOfficer,
        "기록물관리전문요원",
        "records officer",
        "records",
    ),
    (Seat::Administrator, "시스템 관리자", "administrator", "admin"),
];

/// What the terminal says once the demo can be used.
fn welcome(app: &App, settings: &Settings) -> String {
    let office = app.office();
    let address = &settings.agency.address_of_pages;
    let (desk, mailbox) = (web::view::desk::Desk::Work, web::route::at::Mailbox);
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "\n한빛특별시 민원 체험판 · Minwon demo: Hanbit Metropolitan City\n\n  \
         시민 · citizens     {address}/\n  \
         직원 · officials    {address}{desk}\n  \
         시험 우편함 · sandbox mailbox (인증번호 · codes)    {address}{mailbox}\n\n\
         직원 로그인 · log-ins (비밀번호 · password: {PASSWORD})\n"
    );
    for (seat, ko, en, login) in DOORS {
        // The official named above, or whoever holds the seat if the list of officials was changed.
        let held = office.holders(*seat, None);
        let person = (held.iter().filter_map(|id| office.officials.get(id)))
            .min_by_key(|person| (person.login != *login, person.login.clone()));
        let Some(person) = person else { continue };
        let unit = office
            .unit_of(person.id)
            .and_then(|unit| office.units.get(&unit))
            .map(|unit| format!("{} · {}", unit.name, unit.name_en));
        let _ = writeln!(
            out,
            "  {:<26}{}{}  {}",
            person.login,
            wide(&format!("{ko} · {en}"), 46),
            wide(&person.name, 10),
            unit.unwrap_or_default()
        );
    }
    let _ = writeln!(
        out,
        "\n시민 로그인 · sign in as a citizen: 휴대전화 · telephone {}\n  \
         여러 상태의 민원이 있습니다. 인증번호는 시험 우편함에 나타납니다.\n  \
         It has petitions in several states; its one-time codes appear in the sandbox mailbox.\n\n\
         끝내기 · to stop: Ctrl-C",
        domain::korean::phone(cast::CITIZEN)
    );
    out
}

/// Fills up to `columns` of a terminal, where a Korean sign takes two.
fn wide(text: &str, columns: usize) -> String {
    let taken: usize = (text.chars())
        .map(|c| {
            if ('\u{1100}'..='\u{FFDC}').contains(&c) {
                2
            } else {
                1
            }
        })
        .sum();
    format!("{text}{}", " ".repeat(columns.saturating_sub(taken)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_one_another_in_both_scripts() {
        assert_eq!(wide("처리담당자", 12), "처리담당자  ");
        assert_eq!(wide("handler", 12), "handler     ");
        assert_eq!(wide("too long already", 3), "too long already");
    }
}
