//! 체험의 특별절차 — some petitions that are being handled: counsel that waits for its lawyer, checks of identity out and back, a jury court
//! whose jurors were drawn, a grievance before the ombudsman, and one case in the casebook.

use crate::city::cast;
use anyhow::Context;
use app::App;
use app::act::{ActError, Call};
use app::desk::View;
use app::proceedings::Handed;
use app::words::Raw;
use domain::access::Who;
use domain::form::Answers;
use domain::life::Life;
use domain::petition::Petition;
use domain::proceeding::{CaseStory, Fact, Kept};
use domain::terms::Kind;
use domain::time::At;
use jiff::{ToSpan, civil::Weekday};

/// Open petitions looked at for ones that fit.
const LOOKED_AT: u32 = 400;
const DAY: i64 = 86_400_000;

/// Begins special procedures in petitions that stand with their handlers.
pub async fn tell(app: &App, now: At) -> anyhow::Result<()> {
    let page = app
        .list(&Who::System, View::Open, None, LOOKED_AT, &Call::default())
        .await?;
    let open: Vec<Petition> = page.items.into_iter().map(|item| item.petition).collect();
    let fitting = |kind: Kind| {
        let of = move |p: &&Petition| {
            p.kind == kind
                && p.life == Life::InHandling
                && p.due().is_some_and(|due| due > now.plus(2 * DAY))
                && p.line.is_none()
        };
        let found: Vec<Petition> = open.iter().filter(of).cloned().collect();
        found.into_iter()
    };
    let today = now.date().context("a day of the calendar")?;
    let in_days = |days: i64| today.checked_add(days.days());
    // One of the citizen whose log-in is printed is kept for an hour that visitors can book.
    let mut visitors = None;
    for p in fitting(Kind::Grievance) {
        let contact = app.contact(p.person).await?;
        if contact.and_then(|contact| contact.phone).as_deref() == Some(cast::CITIZEN) {
            visitors = Some(p);
        }
    }
    let kept = visitors.as_ref().map(|p| p.id);
    let (mut permits, mut grievances, mut others) = (
        fitting(Kind::Statutory),
        fitting(Kind::Grievance).filter(|p| Some(p.id) != kept),
        fitting(Kind::Other).chain(fitting(Kind::Inquiry)),
    );

    for waits in [true, true, false] {
        let Some(p) = permits.next() else { break };
        let mut told = Told::open(app, p, "identity_check", &[]).await?;
        let asked = vec![Fact::Inquired {
            to: Raw::text("가상경찰서"),
            what: Raw::text("결격사유 해당 여부"),
            reply_by: in_days(2)?,
        }];
        told.makes("as_condition", &[("law", "물류정책기본법 제44조")], asked)
            .await?;
        if !waits {
            let replied = vec![Fact::Replied {
                no: 1,
                text: Raw::text("회보 받음, 민원 제12호"),
            }];
            told.makes("last_reply", &[("result", "clear")], replied).await?;
            told.makes("clear", &[], Vec::new()).await?;
        }
    }
    if let Some(p) = others.next() {
        let asked = [
            ("about", FIRST),
            ("question", "답변에 적힌 조례가 제 경우에도 맞는지 알고 싶습니다."),
            ("wish", "yes"),
        ];
        let mut told = Told::open(app, p, "legal_counsel", &asked).await?;
        told.makes("receive", &[], Vec::new()).await?;
        told.names("assign", "lawyer", &["lawyer1"]).await?;
    }
    if let Some(p) = grievances.next() {
        let asked = [("issue", "방음벽을 얼마나 높일 것인가")];
        let mut told = Told::open(app, p, "jury_court", &asked).await?;
        told.makes(
            "accept",
            &[("question", "방음벽을 2미터 높여야 합니까")],
            Vec::new(),
        )
        .await?;
        told.names("name_expert", "expert", &["expert1", "expert2"])
            .await?;
        told.hands(
            "announce_lot",
            Handed {
                wanted: Some(5),
                ..Handed::default()
            },
        )
        .await?;
        told.hands(
            "draw",
            Handed {
                word: Some("봄바람 7".into()),
                ..Handed::default()
            },
        )
        .await?;
    }
    if let Some(p) = grievances.next() {
        let asked = [("look", "여러 번 말했지만 바뀌지 않았습니다.")];
        Told::open(app, p, "grievance", &asked).await?;
    }
    if let Some(p) = grievances.next() {
        settled(app, p, in_days(30)?).await?;
    }
    if let Some(p) = visitors.or_else(|| grievances.next()) {
        let mut day = in_days(2)?;
        while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day = day.tomorrow()?;
        }
        let at = |hour, minute| At::seoul(day.at(hour, minute, 0, 0));
        investigated(app, p, vec![at(10, 0), at(10, 30), at(14, 0)]).await?;
    }
    Ok(())
}

/// A grievance whose investigator offers hours to talk.
async fn investigated(app: &App, p: Petition, starts: Vec<At>) -> anyhow::Result<()> {
    let asked = [("look", "말할 자리가 있었으면 합니다.")];
    let mut told = Told::open(app, p, "grievance", &asked).await?;
    let why = [("grounds", "asked"), ("reason", "직접 처리를 청구하였습니다.")];
    told.makes("investigate", &why, Vec::new()).await?;
    told.names("name", "investigator", &["investigator1"]).await?;
    told.makes("start", &[], Vec::new()).await?;
    let offered = Fact::HoursOffered {
        starts,
        minutes: 30,
        place: Raw::text("시청 서소문별관 3층 상담실"),
    };
    told.makes("offer", &[], vec![offered]).await
}

/// A court that was held, whose promise was kept, and whose case stands in the casebook.
async fn settled(app: &App, p: Petition, by: jiff::civil::Date) -> anyhow::Result<()> {
    let Some(unit) = p.unit else { return Ok(()) };
    let mut told = Told::open(
        app,
        p,
        "jury_court",
        &[("issue", "마을버스 정류장을 옮길 것인가")],
    )
    .await?;
    told.makes("accept", &[("question", "정류장을 옮겨야 합니까")], Vec::new())
        .await?;
    told.names("name_expert", "expert", &["expert2"]).await?;
    told.names("name_juror", "juror", &["juror1", "juror2", "juror3", "juror4"])
        .await?;
    let terms = [
        ("terms", "정류장을 50미터 옮기고 그늘막을 둡니다."),
        ("office_agrees", "yes"),
    ];
    told.makes("mediate", &terms, Vec::new()).await?;
    told.makes("agree", &[], Vec::new()).await?;
    let promise = Fact::Promised {
        unit,
        what: Raw::text("정류장을 옮기고 그늘막을 둔다."),
        by,
    };
    told.makes("promise", &[], vec![promise]).await?;
    told.makes("ready", &[], Vec::new()).await?;
    let kept = Fact::Followed {
        no: 1,
        state: Kept::Done,
        word: Raw::text("옮기고 그늘막을 두었다."),
    };
    told.makes("check", &[], vec![kept]).await?;
    let story = CaseStory {
        title: Raw::text("마을버스 정류장을 옮긴 일"),
        question: Raw::text(
            "가게 앞 정류장에 사람이 몰려 다니기 어렵다는 주민과, 옮기면 먼 주민이 불편하다는 부서의 뜻이 오래 맞섰다.",
        ),
        holding: Raw::text("양쪽이 50미터 옮기고 그늘막을 두기로 뜻을 모았고, 두 달 안에 지켜졌다."),
    };
    told.makes("publish", &[], vec![Fact::Published { story }]).await
}

/// The first of the choices, whatever it is.
const FIRST: &str = "";

/// A petition and what runs in it.
struct Told<'a> {
    app: &'a App,
    petition: Petition,
}

impl<'a> Told<'a> {
    /// Begins a track, by the first hand that may.
    async fn open(
        app: &'a App,
        petition: Petition,
        track: &str,
        given: &[(&str, &str)],
    ) -> anyhow::Result<Told<'a>> {
        let code = track.parse()?;
        let declared = app
            .office()
            .tracks
            .newest(code)
            .context("a track of the demo")?
            .clone();
        let told = Told { app, petition };
        let who = told.hand(*declared.opens.who.first().context("a hand")?)?;
        let answers = answers(&declared.opens.ask, given);
        let id = told.petition.id;
        let petition = Box::pin(app.open_proceeding(&who, id, code, &answers, &Call::default())).await?;
        Ok(Told { app, petition })
    }

    fn hand(&self, hand: domain::track::Hand) -> anyhow::Result<Who> {
        let who = self.app.somebody(&self.petition, hand);
        who.with_context(|| format!("nobody of the demo is `{hand}`"))
    }

    async fn names(&mut self, made: &str, role: &str, logins: &[&str]) -> anyhow::Result<()> {
        let role = role.parse()?;
        let mut facts = Vec::new();
        let office = self.app.office();
        for login in logins {
            let official = office
                .official_by_login(login)
                .context("an official of the demo")?
                .id;
            facts.push(Fact::Appointed { role, official });
        }
        self.makes(made, &[], facts).await
    }

    async fn makes(
        &mut self,
        made: &str,
        given: &[(&str, &str)],
        facts: Vec<Fact<Raw>>,
    ) -> anyhow::Result<()> {
        let handed = Handed {
            answers: Answers::default(),
            facts,
            ..Handed::default()
        };
        self.done(made, given, handed).await
    }

    async fn hands(&mut self, made: &str, handed: Handed) -> anyhow::Result<()> {
        self.done(made, &[], handed).await
    }

    async fn done(&mut self, made: &str, given: &[(&str, &str)], mut handed: Handed) -> anyhow::Result<()> {
        let one = self.petition.open_proceedings().next().context("it runs")?;
        let office = self.app.office();
        let track = office
            .tracks
            .version(one.track.0, one.track.1)
            .context("its track")?;
        let step = track.step(one.stands.step).context("its step")?;
        let declared = step
            .one(made.parse()?)
            .with_context(|| format!("no move `{made}` in `{}`", step.code))?;
        handed.answers = answers(&declared.ask, given);
        let who = self.hand(*declared.who.first().context("a hand")?)?;
        let at = (one.no, step.code, declared.code);
        let id = self.petition.id;
        let made: Result<Petition, ActError> =
            Box::pin(self.app.move_proceeding(&who, id, at, handed, &Call::default())).await;
        self.petition = made.with_context(|| format!("{} in {}", declared.code, track.code))?;
        Ok(())
    }
}

/// What is given, and of each choice that is not the first.
fn answers(fields: &[domain::form::Field], given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for field in fields {
        let said = given
            .iter()
            .find(|(name, _)| *name == field.name.as_str())
            .map(|(_, said)| *said);
        match (said, field.options.first()) {
            (Some(FIRST) | None, Some(option)) => answers.set(field.name, option.value.as_str()),
            (Some(said), _) => answers.set(field.name, said),
            (None, None) => {}
        }
    }
    answers
}
