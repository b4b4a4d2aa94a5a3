//! 모의된 과거 — a simulated city is clean, sends nothing, goes on after a kill to the same end, and stays out of real ones.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use testkit::postgres::{Server, Sync};

/// An empty folder, and on PostgreSQL a database of its own beside it.
struct Place {
    folder: tempfile::TempDir,
    database: Option<String>,
    /// Gone with the place.
    _server: Option<Server>,
}

impl Place {
    fn sqlite() -> Place {
        Place {
            folder: tempfile::tempdir().unwrap(),
            database: None,
            _server: None,
        }
    }

    fn postgres() -> Place {
        let server = Server::start(Sync::Off);
        Place {
            database: Some(server.address()),
            _server: Some(server),
            ..Place::sqlite()
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

    fn refuses(&self, args: &[&str], why: &str) {
        let output = self.run(args);
        assert!(!output.status.success(), "{args:?}: {}", told(&output));
        assert!(told(&output).contains(why), "{args:?}: {}", told(&output));
    }

    /// All rows of a query, each as one line.
    async fn rows(&self, sql: &str) -> Vec<String> {
        match &self.database {
            None => {
                let file = rusqlite::Connection::open(self.data().join("live.db")).unwrap();
                let mut statement = file.prepare(sql).unwrap();
                let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
                rows.map(Result::unwrap).collect()
            }
            Some(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                client.batch_execute("SET search_path TO live").await.unwrap();
                let rows = client.query(sql, &[]).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].parse().unwrap()
    }

    /// Everything that was told, down to the links of the chains: two pasts with the same lines are the same past.
    async fn past(&self) -> Vec<String> {
        let hex = match self.database {
            None => |column: &str| format!("lower(hex({column}))"),
            Some(_) => |column: &str| format!("encode({column}, 'hex')"),
        };
        let events = format!(
            "SELECT {} || name || recorded_at || {} FROM event ORDER BY petition, seq",
            hex("petition"),
            hex("hash")
        );
        let heads = format!(
            "SELECT {} || life || act_by || number || reception_year || '-' || reception_n || {} FROM head ORDER BY id",
            hex("id"),
            hex("hash")
        );
        let series = "SELECT name || next FROM series ORDER BY name".to_owned();
        let mut past = Vec::new();
        for sql in [events, heads, series] {
            past.extend(self.rows(&sql).await);
        }
        past
    }
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

const SMALL: &[&str] = &["simulate", "--petitions", "150", "--until", "2026-11-02"];

async fn a_past_is_clean(place: Place) {
    let printed = place.says(SMALL);
    assert!(
        printed.contains("checked: ") && !printed.contains('✗'),
        "{printed}"
    );
    assert_eq!(place.number("SELECT count(*) || '' FROM head").await, 150);
    assert_eq!(
        place.number("SELECT count(*) || '' FROM outbox").await,
        0,
        "nothing is sent"
    );
    for (what, sql) in [
        (
            "answered and rated ones",
            "SELECT count(*) || '' FROM event WHERE name = 'Rated'",
        ),
        ("open ones", "SELECT count(*) || '' FROM head WHERE is_open = 1"),
        ("lines of the access log", "SELECT count(*) || '' FROM ledger"),
        ("figures of ended ones", "SELECT count(*) || '' FROM measured"),
        ("sealed events", "SELECT count(*) || '' FROM leaf"),
        (
            "numbers of documents",
            "SELECT count(*) || '' FROM series WHERE name LIKE 'document/%'",
        ),
    ] {
        assert!(place.number(sql).await > 0, "no {what}");
    }
    // 접수번호 follow the moments of reception, without a gap.
    let order =
        "SELECT (count(*) - max(reception_n)) || '' FROM head WHERE reception_n > 0 GROUP BY reception_year";
    for gap in place.rows(order).await {
        assert_eq!(gap, "0");
    }
    let turned = "SELECT count(*) || '' FROM head a JOIN head b ON a.reception_year = b.reception_year \
                  AND a.reception_n < b.reception_n AND b.reception_n > 0 AND a.reception_n > 0 AND a.received_at > b.received_at";
    assert_eq!(place.number(turned).await, 0);
    let verified = place.says(&["verify"]);
    assert!(
        verified.contains("150 petitions") && !verified.contains('✗'),
        "{verified}"
    );
    // Told once, and no other past beside it; and never taken for a real city.
    assert!(place.says(SMALL).contains("told already"));
    place.refuses(
        &["simulate", "--petitions", "151", "--until", "2026-11-02"],
        "another simulated past",
    );
}

async fn killed_and_told_on_is_the_same(one: Place, other: Place) {
    const PAST: &[&str] = &[
        "simulate",
        "--petitions",
        "600",
        "--until",
        "2026-11-02",
        "--profile",
        "slim",
        "--a-commit",
        "60",
    ];
    one.says(PAST);
    let mut killed = 0;
    for _ in 0..40 {
        let mut child = (other.minwon(PAST).stdout(Stdio::null()).stderr(Stdio::null()))
            .spawn()
            .unwrap();
        let before = other.position().await;
        // Killed as soon as it has told a little more.
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if killed < 3 && other.position().await != before {
                break None;
            }
            std::thread::sleep(Duration::from_millis(3));
        };
        match ended {
            Some(status) => {
                assert!(status.success());
                break;
            }
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                killed += 1;
            }
        }
    }
    assert!(killed >= 1, "it was never killed");
    assert_eq!(one.past().await, other.past().await);
    let verified = other.says(&["verify"]);
    assert!(
        verified.contains("600 petitions") && !verified.contains('✗'),
        "{verified}"
    );
}

impl Place {
    /// How far it has been told.
    async fn position(&self) -> Option<String> {
        const SQL: &str = "SELECT value FROM setting WHERE name = 'simulation'";
        match &self.database {
            None => {
                let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
                let file = rusqlite::Connection::open_with_flags(self.data().join("live.db"), flags).ok()?;
                file.query_row(SQL, [], |row| row.get(0)).ok()
            }
            Some(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.ok()?;
                tokio::spawn(connection);
                client.batch_execute("SET search_path TO live").await.ok()?;
                Some(client.query_opt(SQL, &[]).await.ok()??.get(0))
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulated_past_is_clean_on_sqlite() {
    a_past_is_clean(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulated_past_is_clean_on_postgres() {
    a_past_is_clean(Place::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_told_on_is_the_same_past_on_sqlite() {
    killed_and_told_on_is_the_same(Place::sqlite(), Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_told_on_is_the_same_past_on_postgres() {
    killed_and_told_on_is_the_same(Place::postgres(), Place::postgres()).await;
}

#[test]
fn simulated_and_other_cities_keep_out_of_each_others_folders() {
    let real = Place::sqlite();
    real.says(&["stats"]);
    real.refuses(SMALL, "holds the data of a real city");
    let demo = Place::sqlite();
    demo.says(&["demo", "--petitions", "1", "--year", "0", "--no-serve"]);
    demo.refuses(SMALL, "holds the demo");
    let simulated = Place::sqlite();
    simulated.says(&["simulate", "--petitions", "3", "--profile", "slim"]);
    simulated.refuses(
        &["demo", "--petitions", "1", "--year", "0", "--no-serve"],
        "real city",
    );
}
