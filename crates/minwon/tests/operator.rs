//! 운영자의 명령 — the built program as an operator meets it: import, search, stats, verify, demo, serve, officials, keys.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// An empty folder, and on PostgreSQL a database of its own beside it.
struct Place {
    folder: tempfile::TempDir,
    database: Option<String>,
}

impl Place {
    fn sqlite() -> Place {
        Place {
            folder: tempfile::tempdir().unwrap(),
            database: None,
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn minwon(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minwon"));
        command.args(args).arg("--data").arg(self.data());
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command.stdin(Stdio::null()).env_remove("MINWON_LOG");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.minwon(args).output().unwrap()
    }

    /// Runs and hands over what was printed; the command must succeed.
    fn says(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs with this on the standard input.
    fn hears(&self, args: &[&str], input: &str) -> Output {
        let mut child = (self.minwon(args).stdin(Stdio::piped()))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn total(&self) -> i64 {
        let stats: Value = serde_json::from_str(&self.says(&["stats", "--json"])).unwrap();
        stats["total"].as_i64().unwrap()
    }
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A register of `n` rows; every fiftieth title holds a word of its own.
fn register(n: usize) -> String {
    let mut text = String::from("category,title,date,agreed\n");
    for row in 0..n {
        let own = if row % 50 == 0 {
            format!("고유어{row}")
        } else {
            String::new()
        };
        text += &format!(
            "교통,버스 정류장을 옮겨 주십시오 {own} {row},2019-03-{:02},3\n",
            row % 28 + 1
        );
    }
    text
}

#[test]
fn a_register_is_brought_in_once_however_often_it_is_given() {
    let place = Place::sqlite();
    let long = format!("긴 제목 {}\n둘째 줄 {}", "가나다 ".repeat(600), "끝");
    let rows = format!(
        "category,title,date,agreed\n환경,물,2018-01-02,1\n환경,물,2018-01-02,1\n안전,\"{long}\",2018-02-03,0\n복지,점자블록이 끊겨 있습니다,2018-03-04,7\n"
    );
    let file = place.file("register.csv", rows.as_bytes());
    place.says(&["import", "petitions", &file]);
    place.says(&["import", "petitions", &file]);
    let stats: Value = serde_json::from_str(&place.says(&["stats", "--json"])).unwrap();
    assert_eq!(
        stats["total"], 4,
        "identical rows are two petitions, the file given twice adds none"
    );
    assert_eq!(stats["by_state"]["filed"], 4);
    assert_eq!(stats["by_field"]["환경"], 2);
    // Single syllables, the second line of a title, and words in it are found.
    for (word, hits) in [("물", 2), ("끝", 1), ("점자블록이", 1), ("끊겨", 1), ("둘째", 1)] {
        let found = place.says(&["search", word, "--json"]);
        assert_eq!(found.lines().count(), hits, "{word}: {found}");
    }
    assert_eq!(place.run(&["search", "없는낱말"]).status.code(), Some(1));
    let verified = place.says(&["verify"]);
    assert!(
        verified.contains("live: 4 petitions") && verified.contains("everything holds"),
        "{verified}"
    );
}

#[test]
fn what_cannot_be_brought_in_is_named_and_the_rest_comes() {
    let place = Place::sqlite();
    let refused = |name: &str, content: &[u8], wanted: &str| {
        let output = place.run(&["import", "petitions", &place.file(name, content)]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", told(&output));
        assert!(told(&output).contains(wanted), "{name}: {}", told(&output));
    };
    refused(
        "cp949.csv",
        b"category,title,date\n\xC8\xAF\xB0\xE6,a,2018-01-02\n",
        "not in UTF-8",
    );
    refused(
        "column.csv",
        "category,date\n환경,2018-01-02\n".as_bytes(),
        "no column `title`",
    );
    refused("empty.csv", b"", "no column");
    let too_long = format!("category,title,date\n환경,{},2018-01-02\n", "가".repeat(5001));
    refused("long.csv", too_long.as_bytes(), "longer than 5,000");
    let mixed = "category,title,date\n환경, ,2018-01-02\n환경,나무를 심어 주십시오,2018-01-03\n환경,날짜가 없습니다,어제\n";
    let output = place.run(&["import", "petitions", &place.file("mixed.csv", mixed.as_bytes())]);
    assert_eq!(output.status.code(), Some(1));
    let text = told(&output);
    assert!(text.contains("row 1 is refused: the title is empty"), "{text}");
    assert!(text.contains("row 3 cannot be read"), "{text}");
    assert_eq!(place.total(), 1);
    place.says(&["verify"]);
}

#[test]
fn an_import_killed_on_the_way_goes_on_where_it_was() {
    let place = Place::sqlite();
    let file = place.file("register.csv", register(3_000).as_bytes());
    let mut cut = 0;
    for wait in [700, 300, 500] {
        let mut child = (place.minwon(&["import", "petitions", &file]))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        cut += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(cut > 0, "no import was running when it was killed");
    place.says(&["import", "petitions", &file]);
    assert_eq!(place.total(), 3_000);
    assert!(place.says(&["verify"]).contains("everything holds"));
    // Paging past 1,000: the common word is in every title, each rare one in one.
    let found = place.says(&["search", "정류장을", "--json", "--limit", "100000"]);
    assert_eq!(found.lines().count(), 3_000);
    for row in [0, 50, 2_950] {
        let found = place.says(&["search", &format!("고유어{row}"), "--json"]);
        assert!(found.lines().count() >= 1, "고유어{row}");
    }
}

#[test]
fn the_folder_may_be_named_before_and_after_the_command() {
    let place = Place::sqlite();
    let file = place.file("r.csv", register(3).as_bytes());
    place.says(&["import", "petitions", &file]);
    let before = Command::new(env!("CARGO_BIN_EXE_minwon"))
        .arg("--data")
        .arg(place.data())
        .args(["stats", "--json"])
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&before.stdout),
        place.says(&["stats", "--json"])
    );
}

fn demo_tells_every_state(place: &Place) {
    let output = place.run(&[
        "demo",
        "--petitions",
        "60",
        "--year",
        "40",
        "--no-serve",
        "--listen",
        "127.0.0.1:0",
    ]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(
        !told(&output).contains("refused"),
        "every step is lawful: {}",
        told(&output)
    );
    let stats: Value = serde_json::from_str(&place.says(&["stats", "--json"])).unwrap();
    // 60 of the last weeks, 40 of the year before, and those of long ago whose retention is over or that are to be erased.
    assert_eq!(stats["total"], 113);
    for state in [
        "filed",
        "received",
        "distributed",
        "in_handling",
        "held",
        "concluded",
    ] {
        assert!(stats["by_state"][state].as_i64() > Some(0), "{stats}");
    }
    assert!(place.says(&["verify"]).contains("everything holds"));
    // A second start finds the demo and leaves it as it is.
    place.says(&["demo", "--petitions", "60", "--year", "40", "--no-serve"]);
    assert_eq!(place.total(), 113);
}

#[test]
fn the_demo_tells_every_state_on_sqlite() {
    let place = Place::sqlite();
    demo_tells_every_state(&place);
    let database = rusqlite::Connection::open(place.data().join("live.db")).unwrap();
    let waiting: i64 = database
        .query_row("SELECT count(*) FROM outbox", [], |row| row.get(0))
        .unwrap();
    assert_eq!(waiting, 0, "a past that is told sends nothing");
    // 접수번호 follow the moments of reception, and none of them lies ahead.
    let mut heads = database
        .prepare(
            "SELECT state ->> '$.reception.at' FROM head WHERE reception_n > 0 ORDER BY reception_year, reception_n",
        )
        .unwrap();
    let moments: Vec<i64> = heads
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(moments.len() > 40 && moments.is_sorted(), "{moments:?}");
}

#[test]
fn the_demo_tells_every_state_on_postgres() {
    let server = testkit::postgres::Server::start(testkit::postgres::Sync::Off);
    demo_tells_every_state(&Place {
        database: Some(server.address()),
        ..Place::sqlite()
    });
}

#[test]
fn demo_and_real_city_keep_out_of_each_others_folders() {
    let real = Place::sqlite();
    real.says(&["import", "petitions", &real.file("r.csv", register(1).as_bytes())]);
    let output = real.run(&["demo", "--year", "0", "--no-serve"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("a real city"), "{}", told(&output));
    let demo = Place::sqlite();
    demo.says(&["demo", "--petitions", "1", "--year", "0", "--no-serve"]);
    let config = demo.file("minwon.toml", CONFIG.as_bytes());
    let output = demo.run(&["serve", "--listen", "127.0.0.1:0", "--config", &config]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("holds the demo"), "{}", told(&output));
}

const CONFIG: &str = r#"
[agency]
name = "가온시"
name_en = "Gaon City"
sender = "가온시장"
office = "petition_office"
postcode = "00000"
address = "가온시 가상대로 1"
homepage = "www.gaon.example"
phone = "02-000-0000"
fax = "02-000-0001"
mail = "minwon@gaon.example"
address_of_pages = "https://minwon.gaon.example"
[mail]
host = "127.0.0.1"
port = 25
protection = "none"
sender = { name = "가온시 민원실", address = "minwon@gaon.example" }
[sms]
url = "http://127.0.0.1:1/send"
from = "020000000"
"#;

#[test]
fn serve_says_which_key_is_missing_and_makes_nothing() {
    let place = Place::sqlite();
    for (config, wanted) in [
        (String::new(), "`agency.name` is missing"),
        (
            CONFIG.split("[mail]").next().unwrap().to_owned(),
            "`mail.host` is missing; set it in the file or by MINWON_MAIL_HOST",
        ),
        (
            CONFIG.split("[sms]").next().unwrap().to_owned(),
            "`sms.url` is missing",
        ),
        (
            CONFIG.replace("127.0.0.1\"\nport", "mail.gaon.example\"\nport"),
            "without protection",
        ),
    ] {
        let file = place.file("minwon.toml", config.as_bytes());
        let output = place.run(&["serve", "--listen", "127.0.0.1:0", "--config", &file]);
        assert_eq!(output.status.code(), Some(1), "{wanted}");
        assert!(told(&output).contains(wanted), "{}", told(&output));
        assert!(
            !place.data().exists(),
            "nothing is made before the configuration is whole"
        );
    }
}

#[test]
fn serve_answers_and_ends_when_it_is_told() {
    let place = Place::sqlite();
    let config = place.file("minwon.toml", CONFIG.as_bytes());
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut child = (place.minwon(&["serve", "--listen", &port.to_string(), "--config", &config]))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let answer = (0..200).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        let mut stream = std::net::TcpStream::connect(port).ok()?;
        stream
            .write_all(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .ok()?;
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).ok()?;
        Some(answer)
    });
    let ended = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(ended.success());
    let answer = answer.unwrap_or_default();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains("\"ok\""),
        "{answer}"
    );
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert!(
        said.contains("recovery shares") && said.contains("minwon official add"),
        "{said}"
    );
    assert!(place.says(&["settings"]).contains("가온시"));
}

#[test]
fn an_official_is_entered_with_a_password_that_is_long_enough() {
    let place = Place::sqlite();
    let add = |login: &str, unit: &str, password: &str| {
        let args = [
            "official",
            "add",
            "--login",
            login,
            "--name",
            "김가온",
            "--title",
            "주무관",
            "--unit",
            unit,
            "--password-stdin",
            "--seat",
            "integrated_receiver",
            "handler",
        ];
        place.hears(&args, &format!("{password}\n"))
    };
    for (login, unit, password, wanted) in [
        ("gaon", "petition_office", "short", "too short"),
        ("gaon", "nowhere", "맑은 하늘 아래 4", "no unit `nowhere`"),
        ("가온", "petition_office", "맑은 하늘 아래 4", "no log-in name"),
    ] {
        let output = add(login, unit, password);
        assert_eq!(output.status.code(), Some(1), "{wanted}");
        assert!(told(&output).contains(wanted), "{}", told(&output));
    }
    let output = add("gaon", "petition_office", "맑은 하늘 아래 4");
    assert!(output.status.success(), "{}", told(&output));
    let output = add("gaon", "petition_office", "맑은 하늘 아래 4");
    assert!(told(&output).contains("is taken"), "{}", told(&output));
}

#[test]
fn three_shares_bring_a_lost_root_key_back() {
    let place = Place::sqlite();
    let output = place.run(&["stats"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let shares: Vec<&str> = said.lines().filter_map(|l| l.strip_prefix("  ")).collect();
    assert_eq!(shares.len(), 5, "{said}");
    let root = place.data().join("keys/root.key");
    let before = std::fs::read_to_string(&root).unwrap();
    std::fs::remove_file(&root).unwrap();
    let lost = place.run(&["stats"]);
    assert_eq!(lost.status.code(), Some(1));
    assert!(told(&lost).contains("minwon keys recover"), "{}", told(&lost));
    let few = place.hears(&["keys", "recover"], &format!("{}\n{}\n", shares[0], shares[4]));
    assert_eq!(few.status.code(), Some(1));
    assert!(
        told(&few).contains("2 shares are here and 3 are needed"),
        "{}",
        told(&few)
    );
    let back = place.hears(
        &["keys", "recover"],
        &[shares[4], shares[0], shares[2], ""].join("\n"),
    );
    assert!(back.status.success(), "{}", told(&back));
    assert_eq!(std::fs::read_to_string(Path::new(&root)).unwrap(), before);
    place.says(&["stats"]);
}

#[test]
fn a_holiday_is_declared_once_and_kept() {
    let place = Place::sqlite();
    let declare = ["holiday", "declare", "2027-03-05", "--decree", "국무회의 의결"];
    assert!(
        place
            .says(&declare)
            .contains("the dates of 0 open petitions moved")
    );
    assert!(
        place
            .says(&["holiday", "list"])
            .contains("2027-03-05  임시공휴일  국무회의 의결")
    );
    assert!(!place.run(&declare).status.success(), "twice");
    let beyond = place.run(&["holiday", "declare", "2199-01-02", "--decree", "x"]);
    assert!(!beyond.status.success(), "a year nobody knows");
    assert!(told(&beyond).contains("2199-01-02"));
}

#[test]
fn a_copy_is_put_back_with_keys_from_elsewhere_and_into_an_empty_folder_only() {
    let place = Place::sqlite();
    let file = place.file("register.csv", register(60).as_bytes());
    place.says(&["import", "petitions", &file]);
    let copy = place.folder.path().join("copy");
    let copy = copy.to_str().unwrap();
    let made = place.says(&["backup", "--to", copy]);
    assert!(
        made.contains("live.db") && made.contains("keys are not in it"),
        "{made}"
    );
    let lying: Vec<String> = (std::fs::read_dir(copy).unwrap())
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        !lying
            .iter()
            .any(|name| name.contains("key") || name.contains("index") || name.contains("list")),
        "{lying:?}"
    );
    assert!(told(&place.run(&["backup", "--to", copy])).contains("not empty"));
    let occupied = place.run(&["restore", "--from", copy]);
    assert!(
        told(&occupied).contains("holds data already"),
        "{}",
        told(&occupied)
    );
    // The machine is lost; the keys were kept elsewhere.
    let keys = place.folder.path().join("safe");
    std::fs::rename(place.data().join("keys"), &keys).unwrap();
    std::fs::remove_dir_all(place.data()).unwrap();
    let without = place.run(&["restore", "--from", copy]);
    assert!(
        told(&without).contains("keys are never in a copy"),
        "{}",
        told(&without)
    );
    let keys = keys.to_str().unwrap();
    let restored = place.says(&["restore", "--from", copy, "--keys", keys]);
    assert!(
        restored.contains("live: 60 petitions") && restored.contains("everything holds"),
        "{restored}"
    );
    let found = place.says(&["search", "고유어50", "--json", "--keys", keys]);
    assert_eq!(found.lines().count(), 1, "the index was built anew: {found}");
    let status = place.says(&["keys", "status", "--keys", keys]);
    assert!(
        status.contains("dies 35 days after") && status.contains("wraps"),
        "{status}"
    );
    let printed = place.says(&["keys", "shares", "--keys", keys]);
    assert_eq!(printed.lines().count(), 5);
    std::fs::remove_file(place.folder.path().join("safe/root.key")).unwrap();
    let again = place.hears(&["keys", "recover", "--keys", keys], &printed);
    assert!(again.status.success(), "{}", told(&again));
}
