//! 특별절차를 브라우저로 — every track, from its button to each of its endings, by whoever may.

use app::App;
use app::act::Call;
use domain::act::Act;
use domain::terms::{Kind, Seat};
use domain::track::{Part, Room, Track};
use domain::{access::Who, due::Period, id::PersonId, petition::Petition};
use fantoccini::cookies::Cookie;
use jiff::civil::datetime;
use serde_json::json;
use store::session::Subject;
use testkit::browser::{Browser, Scripts};
use testkit::city::{City, On};
use testkit::hands::somebody;
use testkit::site::Site;
use testkit::ways::ways;

/// Fills in whatever a form asks, as anybody could: the first of several, tomorrow, some words.
const FILL: &str = r#"
const [members, aye, tomorrow, number] = arguments;
const form = document.querySelector("main form[method='post']");
const grouped = new Set();
let named = 0;
for (const field of form.querySelectorAll("input, select, textarea")) {
  const kind = field.type;
  if (kind === "hidden" || field.disabled) continue;
  if (kind === "checkbox" && field.name === "member") { field.checked = named++ < members; continue; }
  if (kind === "radio" || kind === "checkbox") {
    const wanted = field.name === "state" ? "done" : null;
    if (wanted ? field.value === wanted : !grouped.has(field.name)) field.checked = true;
    grouped.add(field.name);
    continue;
  }
  if (field.tagName === "SELECT") {
    const first = [...field.options].find((option) => option.value !== "");
    if (field.value === "" && first) field.value = first.value;
    if (field.name === "state") field.value = "done";
    continue;
  }
  const said = { yes: aye ? members : 0, no: aye ? 0 : members, abstained: 0, wanted: members, number: number };
  if (field.name in said) { field.value = String(said[field.name]); continue; }
  if (/^hour_(day|times)_[2-9]$/.test(field.name)) continue;
  if (field.name === "hour_times_1") { field.value = "10:00"; continue; }
  if (field.name === "hour_minutes") { field.value = "30"; continue; }
  if (field.name === "meet_time") { field.value = "10:00"; continue; }
  if (/day|by$|date/.test(field.name) || kind === "date") { field.value = tomorrow; continue; }
  if (field.value === "") field.value = "시험 삼아 적은 말";
}
return form.getAttribute("action");
"#;

struct Walk {
    site: Site,
    browser: Browser,
    /// The room it walks in.
    app: App,
    /// The cookies that both faces give to whoever comes by.
    cookies: Vec<Cookie<'static>>,
}

impl Walk {
    /// The browser in somebody's hands.
    async fn hands_to(&self, who: &Who) {
        let subject = match who {
            Who::Citizen(person) => Subject::Citizen(*person),
            Who::Official(official) => Subject::Official(official.id),
            Who::System => panic!("nobody sits there"),
        };
        let client = &self.browser.client;
        client.delete_all_cookies().await.expect("cookies can be dropped");
        for (name, value) in self.site.signs_in(subject, self.app.is_inside()).await {
            let given = self.cookies.iter().find(|cookie| cookie.name() == name);
            let mut cookie = given.expect("a cookie the page gave").clone();
            cookie.set_value(value);
            client.add_cookie(cookie).await.expect("a cookie can be given");
        }
    }

    /// Opens the form at an address, fills it in, sends it.
    async fn sends(&self, path: &str, members: u32, aye: bool, number: &str) {
        self.browser.goto(&format!("{}{path}", self.site.address)).await;
        let today = self.site.city.app.now().date().expect("a day");
        let tomorrow = today.tomorrow().expect("a day").to_string();
        let given = vec![json!(members), json!(aye), json!(tomorrow), json!(number)];
        let action = self.browser.client.execute(FILL, given).await;
        let action = action.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(action, json!(path), "the form goes where it came from");
        self.browser
            .click("main form[method='post'] button[type='submit'].primary")
            .await;
        for _ in 0..50 {
            if self.browser.path().await != path {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let text = self.browser.text().await;
        panic!(
            "{path} did not go through: {}",
            text.chars().skip(300).collect::<String>()
        );
    }

    async fn petition(&self, p: &Petition) -> Petition {
        self.app.standing(&Who::System, p.id).await.expect("it is there")
    }

    /// A petition on its handler's desk, in the room.
    async fn begun(&self, kim: PersonId, kind: Kind) -> Petition {
        let city = &self.site.city;
        if !self.app.is_inside() {
            let title = "브라우저로 가는 민원";
            return city.in_handling(kim, title, kind, Some(Period::Days(30))).await;
        }
        let filed = city.files(kim, "P001", "말하기 어려운 일", "").await;
        let handler = city.official_id("humanrights");
        let unit = city.unit("human_rights");
        let mut petition = filed;
        for act in [
            Act::Receive { kind, period: None },
            Act::Distribute { unit },
            Act::UnitReceive,
            Act::Designate { handler },
        ] {
            let (who, call) = (city.entitled("humanrights"), Call::default());
            let done = self.app.act(&who, petition.id, act, &call);
            petition = Box::pin(done).await.expect("what is possible inside");
        }
        petition
    }

    async fn every_end(&self, track: &Track) {
        let city = &self.site.city;
        let kim = city.citizen("010-1234-5678").await;
        let kind = track.kinds.first().copied().unwrap_or(Kind::Grievance);
        for (end, way) in ways(track) {
            let other = city.files(kim, "S134", "다른 민원", "").await.number.to_string();
            let mut p = self.begun(kim, kind).await;
            let (number, code) = (p.number.to_string(), track.code);
            let base = |who: &Who| match who {
                Who::Citizen(_) => format!("/my/{number}/proceedings"),
                _ => format!("/desk/{number}/proceedings"),
            };
            let who = somebody(&self.app, &p, track.opens.who[0]);
            self.hands_to(&who).await;
            self.sends(&format!("{}/open/{code}", base(&who)), 0, true, "")
                .await;
            for turn in &way {
                p = self.petition(&p).await;
                let one = p
                    .open_proceedings()
                    .next()
                    .unwrap_or_else(|| panic!("{code} to {end} ended early"));
                let made = track
                    .step(turn.step)
                    .and_then(|step| step.one(turn.made))
                    .expect("a move");
                if made.does.contains(&Part::Minutes) {
                    city.clock
                        .set(one.meetings.last().expect("a meeting").at.plus(3_600_000));
                }
                let members = made.does.iter().find_map(|part| match part {
                    Part::Appoint(role) | Part::CommitLot(role) => {
                        track.role(*role).map(|role| role.least.max(1))
                    }
                    Part::Vote => u32::try_from(one.members.len()).ok(),
                    _ => None,
                });
                let who = somebody(&self.app, &p, made.who[0]);
                self.hands_to(&who).await;
                let path = format!("{}/{}/{}/{}", base(&who), one.no, turn.step, turn.made);
                self.sends(&path, members.unwrap_or(0), turn.aye, &other).await;
            }
            p = self.petition(&p).await;
            let last = p
                .proceedings
                .last()
                .and_then(|one| one.end)
                .map(|(finish, _)| finish);
            assert_eq!(last, Some(domain::proceeding::Finish::As(end)), "{code} to {end}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_drives_every_track_to_each_of_its_ends() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let site = Site::new(city).await;
    let browser = Browser::open(Scripts::On, 1280, 900).await;
    let mut cookies = Vec::new();
    for path in ["/", "/desk/sign-in"] {
        browser.goto(&format!("{}{path}", site.address)).await;
        cookies.extend(
            browser
                .client
                .get_all_cookies()
                .await
                .expect("cookies can be read"),
        );
    }
    let app = App::clone(&site.city.app);
    let mut walk = Walk {
        site,
        browser,
        cookies,
        app,
    };
    let tracks: Vec<Track> = walk.site.city.app.office().tracks.current().cloned().collect();
    for track in tracks.iter().filter(|track| track.room == Room::Ordinary) {
        walk.every_end(track).await;
    }

    // 보안민원실: the same where nobody else looks.
    let desk = [
        Seat::IntegratedReceiver,
        Seat::DepartmentReceiver,
        Seat::Handler,
        Seat::HumanRightsOfficer,
    ];
    walk.site
        .city
        .entitles("humanrights", "human_rights", &desk)
        .await;
    for login in ["expert1", "expert2", "expert3"] {
        walk.site
            .city
            .entitles(login, "human_rights", &[Seat::ExpertJuror])
            .await;
    }
    walk.app = walk.site.city.inside();
    for track in tracks.iter().filter(|track| track.room == Room::Protected) {
        walk.every_end(track).await;
    }
    walk.browser.close().await;
}
