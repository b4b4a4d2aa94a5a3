//! 개인정보 — a word anybody wrote lies in the vault and nowhere else: not in a column, not in a file, not in a log of writes.

use app::act::{Call, Petitioner};
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Answer};
use domain::due::{Cause, Ground};
use domain::terms::{Kind, Openness, Outcome};
use jiff::civil::{date, datetime};
use store::engine::{Ask, Dialect, Value};
use store::person::Contact;
use store::place::Place;
use testkit::city::{City, filing};

/// Every word of the story begins like this, in letters no code, number or base64 of ours would spell.
pub const CANARY: &str = "카나리아";

fn canary(what: &str) -> Raw {
    Raw::text(&format!("{CANARY}{what} zqcanary-{what}"))
}

fn told(outcome: Outcome) -> Answer<Raw> {
    Answer {
        outcome,
        body: canary("본문"),
        reasons: Some(canary("사유")),
        remedies: Some(canary("구제")),
        openness: Openness::Private,
        exception: None,
    }
}

/// A story with something written in every field that takes text.
pub async fn everything_written(city: &City) -> Vec<domain::id::PetitionId> {
    let contact = Contact {
        name: format!("{CANARY}이름"),
        phone: Some("01077778888".into()),
        mail: Some("zqcanary@canary.example".into()),
        address: Some(format!("{CANARY}주소")),
        language: "ko".into(),
    };
    let clerk = city.official("counter1");
    let mut paper = filing("S134", "", "");
    paper.entry = domain::terms::EntryPoint::Counter;
    (paper.title, paper.body, paper.place) = (canary("제목"), Some(canary("내용")), Some(canary("장소")));
    paper.files = vec![app::words::file("zqcanary-카나리아.txt", format!("{CANARY}파일").into()).unwrap()];
    let call = Call {
        origin: vec![10, 1, 2, 3],
        key: Some(format!("{CANARY}열쇠").into_bytes()),
    };
    let counter = city
        .app
        .file(&clerk, Petitioner::New(contact), paper, &call)
        .await
        .unwrap();
    city.does(
        &clerk,
        counter.id,
        Act::Withdraw {
            reason: Some(canary("취하")),
        },
    )
    .await
    .unwrap();

    let kim = city.citizen("010-5555-6666").await;
    let citizen = Who::Citizen(kim);
    let contact = Contact {
        name: format!("{CANARY}홍길동"),
        ..city.app.contact(kim).await.unwrap().unwrap()
    };
    city.app.change_contact(kim, &contact).await.unwrap();
    let p = city
        .in_handling(kim, &format!("{CANARY}민원 zqcanary"), Kind::Inquiry, None)
        .await;
    let (receiver, department, handler) = (
        city.official("receiver1"),
        city.official("road.facilities.receiver"),
        city.official("road.facilities.1"),
    );
    let does = async |who: &Who, act| city.does(who, p.id, act).await.unwrap();
    does(
        &department,
        Act::SendBack {
            reason: canary("재배부"),
        },
    )
    .await;
    does(
        &receiver,
        Act::Distribute {
            unit: city.unit("road_facilities"),
        },
    )
    .await;
    does(&department, Act::UnitReceive).await;
    does(
        &department,
        Act::Designate {
            handler: city.official_id("road.facilities.1"),
        },
    )
    .await;
    let service = "S134".parse().unwrap();
    does(
        &handler,
        Act::Reclassify {
            service,
            kind: Kind::Suggestion,
            period: None,
            reason: canary("분류"),
        },
    )
    .await;
    does(
        &handler,
        Act::AskSupplement {
            what: canary("보완"),
            until: date(2026, 6, 26),
        },
    )
    .await;
    let files = vec![app::words::file("zqcanary.txt", format!("{CANARY}보완파일").into()).unwrap()];
    does(
        &citizen,
        Act::Supplement {
            note: Some(canary("보완답")),
            files,
        },
    )
    .await;
    does(
        &handler,
        Act::Hold {
            ground: Ground::Examination,
            note: Some(canary("불산입")),
        },
    )
    .await;
    does(&handler, Act::Resume).await;
    does(
        &handler,
        Act::Extend {
            n: 1,
            ground: Cause::FactFinding,
            reason: canary("연장"),
        },
    )
    .await;
    does(
        &handler,
        Act::Extend {
            n: 1,
            ground: Cause::FactFinding,
            reason: canary("재연장"),
        },
    )
    .await;
    does(&citizen, Act::ConsentExtension).await;
    let head = city.official("road.facilities.head");
    let line = || {
        vec![domain::event::Signer {
            official: city.official_id("road.facilities.head"),
            mark: domain::terms::Mark::Decide,
        }]
    };
    does(&handler, Act::Draft(told(Outcome::Answered))).await;
    does(&handler, Act::SendUp { line: line() }).await;
    does(
        &head,
        Act::TurnBack {
            reason: canary("반송"),
        },
    )
    .await;
    does(&handler, Act::Draft(told(Outcome::Answered))).await;
    does(&handler, Act::SendUp { line: line() }).await;
    does(
        &head,
        Act::Sign {
            comment: Some(canary("의견")),
        },
    )
    .await;
    does(&handler, Act::Answer).await;
    does(
        &citizen,
        Act::Rate {
            score: 2,
            comment: Some(canary("평가")),
        },
    )
    .await;
    let gone = city.files(kim, "S134", &format!("{CANARY}이송"), "").await;
    city.does(
        &receiver,
        gone.id,
        Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        },
    )
    .await
    .unwrap();
    city.does(
        &receiver,
        gone.id,
        Act::Transfer {
            agency: canary("기관"),
            reason: canary("이송사유"),
            report_by: None,
        },
    )
    .await
    .unwrap();
    let mut draft = app::saved::Draft {
        title: format!("{CANARY}임시저장"),
        name: "zqcanary".into(),
        ..Default::default()
    };
    let files = vec![app::saved::NewFile {
        name: "zqcanary.txt".to_owned(),
        content: CANARY.as_bytes().to_vec(),
        kind: Some(domain::terms::FileType::Text),
        cleaned: false,
        slot: None,
    }];
    city.app
        .save_draft(kim.bytes(), None, &mut draft, files)
        .await
        .unwrap();
    city.duties().await;
    city.app.search(&receiver, CANARY, None, 10, &call).await.unwrap();
    city.app
        .log_in("zqcanary", CANARY, &[127, 0, 0, 1][..].into())
        .await
        .unwrap_err();
    vec![counter.id, p.id, gone.id]
}

/// What must not be found: the words, the numbers, their halves.
pub const NEEDLES: &[&str] = &[
    "카나리아",
    "zqcanary",
    "canary.example",
    "01077778888",
    "7777-8888",
    "01055556666",
    "5555-6666",
    "홍길동",
];

/// Every table of a place with its columns.
async fn columns(place: &Place) -> Vec<(String, Vec<String>)> {
    let engine = place.engine();
    let sql = match engine.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY m.name, p.cid"
        }
        Dialect::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
                              WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        }
    };
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for row in engine.query(sql, Vec::new()).await.unwrap() {
        let (table, column) = (row.text(0).unwrap().to_owned(), row.text(1).unwrap().to_owned());
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push(column),
            _ => tables.push((table, vec![column])),
        }
    }
    tables
}

pub fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

testkit::on_both_engines! {
    async fn no_column_holds_a_word(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = everything_written(&city).await;
        let live = &city.app.places.live;
        let tables = columns(live).await;
        let (mut rows_read, mut cells) = (0, 0);
        for (table, columns) in &tables {
            // The office's own public tables are not people's words; the starting data knows no canary either.
            if table.starts_with("refinery") || table == "settings" {
                continue;
            }
            // Columns of a type the engine does not read (none of ours) would fail here.
            let sql = format!("SELECT {} FROM {table}", columns.join(", "));
            for row in live.engine().query_text(sql, Vec::new()).await.unwrap() {
                rows_read += 1;
                for (column, value) in columns.iter().zip(&row.0) {
                    cells += 1;
                    let bytes: &[u8] = match value {
                        Value::Text(text) => text.as_bytes(),
                        Value::Bytes(bytes) => bytes,
                        Value::Int(_) | Value::Null | Value::Ints(_) => continue,
                    };
                    for needle in NEEDLES {
                        assert!(!holds(bytes, needle), "{table}.{column} holds {needle}");
                    }
                    // Hexadecimal and JSON escapes of the first syllable do not pass either.
                    let lower = String::from_utf8_lossy(bytes).to_lowercase();
                    assert!(!lower.contains("\\uce74") && !lower.contains("ecb9b4eb8298"), "{table}.{column}");
                }
            }
        }
        assert!(rows_read > 1_000 && cells > 5_000, "{rows_read} rows, {cells} cells");
        // And yet everything is there for whoever may read it.
        let case = city.app.case(&Who::System, ids[1], &Call::default()).await.unwrap();
        let said: Vec<&str> = case.journal.iter().flat_map(|e| e.recorded.event.texts()).filter_map(|t| case.texts.text(t)).collect();
        for word in ["재배부", "분류", "보완", "보완답", "불산입", "연장", "재연장", "본문", "사유", "구제", "반송", "의견", "평가"] {
            assert!(said.iter().any(|text| text.contains(word)), "{word}");
        }
        let report = city.app.verify(live, &mut |_| {}).await.unwrap();
        assert_eq!((report.faults, report.petitions, report.forgotten), (Vec::<String>::new(), 3, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_of_sqlite_holds_a_word() {
    let city = City::new(testkit::city::On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    everything_written(&city).await;
    let folder = city.folder().join("data");
    let mut looked = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for needle in NEEDLES {
            assert!(!holds(&bytes, needle), "{} holds {needle}", path.display());
        }
        looked.push(path.file_name().unwrap().to_string_lossy().into_owned());
    }
    for file in ["live.db", "live.db-wal", "live.index.db", "protected.db"] {
        assert!(
            looked.iter().any(|name| name == file),
            "{file} is not among {looked:?}"
        );
    }
    // The search for words in files can find some: what is public is there in plain.
    let live = std::fs::read(folder.join("live.db")).unwrap();
    let wal = std::fs::read(folder.join("live.db-wal")).unwrap();
    assert!(holds(&live, "receiver1") || holds(&wal, "receiver1"));
}
