//! 지표의 시험 — the text can be read, tells what happened, and nobody's words stand in it; the pages' listener does not have it.

use super::*;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use jiff::civil::datetime;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};
use testkit::city::{PASSWORD, answer};
use tower::ServiceExt;
use web::{Options, Web};

/// Words of people: none of them is told to whoever watches over the machine.
const CANARIES: [&str; 6] = [
    "카나리아",
    "01024681357",
    "010-2468-1357",
    "receiver1",
    "road.facilities",
    "handler.canary",
];

/// A browser that keeps its cookie, for the one form of this test.
struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    async fn asks(&mut self, method: &str, path: &str, form: &str) -> (StatusCode, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "city.example")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        if let Some(cookie) = response.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next();
            self.cookie = cookie.unwrap().to_owned();
        }
        let body = to_bytes(response.into_body(), 16 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}

/// The samples of a text, each checked for its shape: name, labels of closed lists, number.
fn samples(text: &str) -> Vec<(String, String, f64)> {
    const LABELS: [&str; 11] = [
        "face", "class", "status", "why", "urgency", "outcome", "duty", "place", "version", "engine", "le",
    ];
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (series, number) = line.rsplit_once(' ').expect(line);
        let (name, labels) = series.split_once('{').unwrap_or((series, ""));
        assert!(name.starts_with("minwon_"), "{line}");
        for label in labels
            .trim_end_matches('}')
            .split(',')
            .filter(|it| !it.is_empty())
        {
            let (key, value) = label.split_once('=').expect(line);
            assert!(LABELS.contains(&key), "{line}");
            let value = value.trim_matches('"');
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.+I".contains(c);
            assert!(!value.is_empty() && value.chars().all(plain), "{line}");
        }
        all.push((name.to_owned(), labels.to_owned(), number.parse().expect(line)));
    }
    all
}

/// The sum of all samples of a name whose labels hold all of these.
fn sum(text: &str, name: &str, labels: &[&str]) -> f64 {
    let fits = |series: &(String, String, f64)| {
        series.0 == name && labels.iter().all(|label| series.1.contains(label))
    };
    samples(text).iter().filter(|it| fits(it)).map(|it| it.2).sum()
}

/// Prometheus' own checker, where it is installed.
fn checked_by_promtool(text: &str) {
    let started = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut promtool) = started else {
        eprintln!("promtool is not installed: the text was read by our own check alone");
        return;
    };
    promtool.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = promtool.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}\n{text}");
}

testkit::on_both_engines! {
    async fn figures_are_read_by_prometheus_and_tell_nothing_of_anybody(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let options = Options::default();
        let (pages, done) = (options.figures.clone(), tenure::Figures::default());
        let mut browser = Browser {
            router: web::router(Web::new(city.app.clone(), options).unwrap()),
            cookie: String::new(),
        };
        let metrics = Arc::new(Metrics::new(city.app.clone(), pages, done.clone(), city.folder().to_owned()));
        let running = tenure::start(&city.app, true, &done);

        // A petition is filed, handled and answered; one of a protected service is filed.
        let kim = city.citizen("010-2468-1357").await;
        let p = city.in_handling(kim, "카나리아 공원의 가로등", domain::terms::Kind::Inquiry, None).await;
        city.answers(p.id, answer(domain::terms::Outcome::Answered, "카나리아 공원의 등을 고칩니다.")).await;
        city.files(kim, "P001", "카나리아 신고", "카나리아의 일입니다.").await;
        for n in 0..12 {
            city.files(kim, "S134", &format!("카나리아 {n}"), "카나리아").await;
        }
        // Somebody looks and somebody else is not let in.
        let (status, _) = browser.asks("GET", "/services/S134?name=카나리아".replace("카나리아", "%EC%B9%B4").as_str(), "").await;
        assert_eq!(status, StatusCode::OK);
        let (_, page) = browser.asks("GET", "/desk/sign-in", "").await;
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = format!("csrf={csrf}&login=handler.canary&password={PASSWORD}&back=");
        let (status, _) = browser.asks("POST", "/desk/sign-in", &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        // The listener of the pages has no figures.
        assert_eq!(browser.asks("GET", "/metrics", "").await.0, StatusCode::NOT_FOUND);

        let held = async {
            while done.lease.get() != 1 || done.runs.get(&[("duty", "seal")]).is_none() || done.runs.get(&[("duty", "deliver")]).is_none() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(20), held).await.expect("the duties are done");

        // As Prometheus comes by.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let text = metrics.text().await;
        let serving = tokio::spawn(serve(listener, Arc::clone(&metrics)));
        let fetched = fetch(address).await;
        serving.abort();
        assert!(fetched.starts_with("HTTP/1.1 200") && fetched.contains("text/plain; version=0.0.4"), "{fetched}");
        assert!(fetched.contains("minwon_commits_total"), "{fetched}");

        checked_by_promtool(&text);
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} in\n{text}");
            assert!(!fetched.contains(canary), "{canary}");
        }
        assert!(!text.contains(&p.number.to_string()) && !text.contains(&p.id.to_string()), "{text}");
        assert!(text.is_ascii(), "{text}");

        assert_eq!(sum(&text, "minwon_not_let_in_total", &["face=\"official\"", "why=\"wrong\""]), 1.0, "{text}");
        assert_eq!(sum(&text, "minwon_http_request_seconds_count", &["face=\"citizen\"", "status=\"2xx\"", "class=\"page\""]), 1.0, "{text}");
        assert_eq!(sum(&text, "minwon_http_request_seconds_count", &["face=\"official\"", "class=\"form\"", "status=\"4xx\""]), 1.0, "{text}");
        assert!(sum(&text, "minwon_commits_total", &["urgency=\"user\"", "outcome=\"stored\""]) > 15.0, "{text}");
        assert!(sum(&text, "minwon_commit_seconds_count", &["urgency=\"user\""]) > 15.0, "{text}");
        assert_eq!(sum(&text, "minwon_duties_lease_held", &[]), 1.0);
        assert_eq!(sum(&text, "minwon_store_up", &[]), 1.0);
        assert_eq!(sum(&text, "minwon_place_writes", &[]), 3.0, "three places, each well");
        // Twelve lie open in the ordinary room: told as ten. The thirteenth is protected, and would not change it.
        assert_eq!(sum(&text, "minwon_petitions_open", &[]), 10.0, "{text}");
        for known in ["minwon_data_free_bytes", "minwon_resident_memory_bytes", "minwon_start_time_seconds"] {
            assert!(sum(&text, known, &[]) > 0.0, "{known}\n{text}");
        }
        running.end().await;
        assert_eq!(done.lease.get(), 0, "given back");
    }

    async fn what_the_protected_room_holds_moves_no_figure_of_petitions(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let before = city.app.how_far().await.unwrap();
        let kim = city.citizen("010-2468-1357").await;
        for n in 0..20 {
            city.files(kim, "P001", &format!("신고 {n}"), "보호되는 민원입니다.").await;
        }
        let after = city.app.how_far().await.unwrap();
        assert_eq!((before.open, before.overdue), (0, 0));
        assert_eq!((after.open, after.overdue), (0, 0));
        // Whoever is behind is seen all the same.
        assert!(after.backlog.unsealed >= 20);
        let metrics = Metrics::new(city.app.clone(), Default::default(), Default::default(), city.folder().to_owned());
        let text = metrics.text().await;
        let told: BTreeSet<String> = (samples(&text).into_iter())
            .filter(|(_, labels, _)| labels.contains("protected"))
            .map(|(name, ..)| name)
            .collect();
        let well = ["minwon_place_reads", "minwon_place_writes"].map(str::to_owned);
        assert_eq!(told, BTreeSet::from(well), "of the room itself only whether it is well");
    }

    async fn what_is_away_is_told_as_away_and_not_as_nought(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let metrics = Metrics::new(city.app.clone(), Default::default(), Default::default(), city.folder().to_owned());
        city.app.places.close().await;
        let text = metrics.text().await;
        checked_by_promtool(&text);
        assert_eq!(sum(&text, "minwon_store_up", &[]), 0.0);
        assert!(!text.contains("minwon_petitions_open 0") && !text.contains("minwon_outbox_waiting 0"), "{text}");
        assert_eq!(sum(&text, "minwon_place_writes", &[]), 0.0);
    }
}

/// What the listener answers to a plain request.
async fn fetch(address: std::net::SocketAddr) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
