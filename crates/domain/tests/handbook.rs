//! 민원편람 — everyday questions find their service, versions follow one another, rows go out and come back, and what may
//! not be published is told with its clause.

use domain::due::Period;
use domain::handbook::edition::{closing, settle, succeed};
use domain::handbook::find::Finder;
use domain::handbook::fit::{Known, Why, faults};
use domain::handbook::part::{Part, Units, differences};
use domain::handbook::row::Columns;
use domain::handbook::{Deemed, Document, Fact, Service, Standing, Supply, Surety};
use domain::id::UnitId;
use domain::terms::Kind;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    (reader.records())
        .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
        .collect()
}

fn units() -> Units {
    let units = records(include_str!("../../../data/units.csv"));
    let named = units.iter().skip(1).zip(1..);
    let units: Vec<_> = named
        .map(|(row, n)| (UnitId(Uuid::from_u128(n)), row[0].clone(), row[1].clone()))
        .collect();
    Units::new(
        units
            .iter()
            .map(|(id, code, name)| (*id, code.as_str(), name.as_str())),
    )
}

fn catalogue() -> Vec<Service> {
    let units = units();
    let rows = records(include_str!("../../../data/services.csv"));
    let columns = Columns::read(&rows[0]).expect("columns");
    (rows.iter().skip(1))
        .map(|row| {
            columns
                .service(row, None, date(2004, 1, 1), &units)
                .unwrap_or_else(|faults| panic!("{faults:?}"))
        })
        .collect()
}

/// Of how many questions the expected service came first, and among the first three; and those that failed.
fn measured(finder: &Finder, part: &str) -> (usize, usize, usize, Vec<String>) {
    let (mut all, mut first, mut third, mut missed) = (0, 0, 0, Vec::new());
    for row in records(include_str!("data/everyday_questions.csv"))
        .iter()
        .filter(|row| row[2] == part)
    {
        let found = finder.find(&row[0]);
        let rank = found
            .iter()
            .position(|found| row[1].split(';').any(|code| found.code.as_str() == code));
        all += 1;
        first += usize::from(rank == Some(0));
        third += usize::from(rank.is_some_and(|rank| rank < 3));
        if rank.is_none_or(|rank| rank >= 3) {
            let got: Vec<String> = found
                .iter()
                .take(3)
                .map(|found| {
                    format!(
                        "{} {:.2} {:?}",
                        found.code,
                        found.score,
                        found.reasons.iter().map(|r| &r.word).collect::<Vec<_>>()
                    )
                })
                .collect();
            missed.push(format!("{} -> {} but {}", row[0], row[1], got.join(", ")));
        }
    }
    (all, first, third, missed)
}

#[test]
fn everyday_questions_find_their_service() {
    let services = catalogue();
    let finder = Finder::new(services.iter(), str::to_owned);
    for (part, least_third) in [("shown", 97), ("held", 90)] {
        let (all, first, third, missed) = measured(&finder, part);
        println!("{part}: {all} questions, first {first}, among three {third}");
        println!("{}", missed.join("\n"));
        assert!(all >= 60, "{part}: {all}");
        assert!(
            third * 100 >= all * least_third,
            "{part}: {third} of {all}\n{}",
            missed.join("\n")
        );
    }
}

#[test]
fn what_was_found_says_why() {
    let services = catalogue();
    let finder = Finder::new(services.iter(), str::to_owned);
    let found = finder.find("가로동 고장");
    assert_eq!(found[0].code.as_str(), "G001");
    assert!(
        found[0]
            .reasons
            .iter()
            .any(|reason| reason.word == "가로동" && reason.slip)
    );
    let found = finder.find("쿼크 뮤온");
    let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, Vec::<&str>::new(), "nothing is found where nothing fits");
    assert!(finder.find(" .,!").is_empty());
}

fn sure<T>(value: T) -> Option<Fact<T>> {
    let surety = Surety::Sure;
    Some(Fact { value, surety })
}

fn known() -> Known {
    let services = catalogue();
    Known {
        procedures: services.iter().map(|service| service.procedure).collect(),
        groups: services.iter().map(|service| service.group.clone()).collect(),
    }
}

fn of_code(code: &str) -> Service {
    let found = catalogue()
        .into_iter()
        .find(|service| service.code.as_str() == code);
    found.expect("a service")
}

#[test]
fn every_row_of_the_catalogue_goes_out_and_comes_back() {
    let (units, columns) = (units(), Columns::all());
    assert_eq!(
        Columns::read(&columns.heads()),
        Ok(columns.clone()),
        "by their Korean heads"
    );
    for service in catalogue() {
        let cells = columns.cells(&service, &units);
        let back = columns.service(&cells, None, date(2004, 1, 1), &units);
        assert_eq!(back.unwrap_or_else(|f| panic!("{f:?}")), service);
        let over = columns
            .service(&cells, Some(&service), date(2004, 1, 1), &units)
            .expect("read");
        assert!(
            differences(&service, &over, &units).is_empty(),
            "laid over itself it is itself"
        );
    }
}

#[test]
fn a_sheet_touches_only_what_it_has_columns_for() {
    let (units, service) = (units(), of_code("S002"));
    let columns = Columns::read(&["민원코드", "수수료", "비밀"].map(str::to_owned)).expect("columns");
    assert_eq!(columns.unknown().collect::<Vec<_>>(), ["비밀"]);
    let read = |fee: &str| {
        let row = [service.code.to_string(), fee.to_owned(), "x".to_owned()];
        columns
            .service(&row, Some(&service), date(2027, 1, 1), &units)
            .expect("read")
    };
    let same = read("2,000원");
    assert!(
        differences(&service, &same, &units).is_empty(),
        "as sure as it was"
    );
    assert_eq!(same.valid_from, date(2027, 1, 1));
    let changed = read("3,000원");
    let parts: Vec<Part> = differences(&service, &changed, &units)
        .iter()
        .map(|d| d.part)
        .collect();
    assert_eq!(parts, [Part::Fee]);
    assert_eq!(
        changed.fee.map(|fee| fee.surety),
        Some(Surety::Unsure),
        "not sure until somebody says so"
    );
    for heads in [["민원명", "수수료"], ["민원코드", "code"]] {
        assert!(Columns::read(&heads.map(str::to_owned)).is_err());
    }
}

#[test]
fn the_last_day_of_a_version_is_the_day_before_a_newer_one() {
    let first = of_code("S001");
    let of = |version: u32, valid_from: Date, valid_to: Option<Date>| Service {
        version,
        valid_from,
        valid_to,
        ..first.clone()
    };
    let (spring, summer, autumn) = (date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1));
    let (april, may) = (date(2026, 4, 1), date(2026, 5, 31));
    for (mut versions, last_days) in [
        (vec![of(1, spring, None)], vec![None]),
        (
            vec![of(1, spring, None), of(2, summer, None)],
            vec![Some(may), None],
        ),
        // A later one that begins earlier overtakes a planned one before its first day.
        (
            vec![of(1, spring, None), of(2, autumn, None), of(3, summer, None)],
            vec![Some(may), Some(may), None],
        ),
        (
            vec![of(1, spring, Some(april)), of(2, autumn, None)],
            vec![Some(april), None],
        ),
    ] {
        settle(&mut versions);
        assert_eq!(
            versions
                .iter()
                .map(|version| version.valid_to)
                .collect::<Vec<_>>(),
            last_days
        );
    }
    let closed = closing(&first, date(2026, 6, 30)).expect("a day");
    assert_eq!(
        (closed.valid_from, closed.standing),
        (date(2026, 7, 1), Standing::Closed)
    );
    assert!(!closed.is_valid_on(date(2026, 7, 1)));
}

static FIRST: std::sync::LazyLock<Service> = std::sync::LazyLock::new(|| of_code("S001"));

proptest! {
    /// On no day are there two versions, and none where one has begun.
    #[test]
    fn one_version_a_day(starts in proptest::collection::vec(0..400_i64, 1..6)) {
        let first = &*FIRST;
        let day = |n: i64| date(2026, 1, 1).checked_add(jiff::Span::new().days(n)).expect("a day");
        let mut versions: Vec<Service> = starts.iter().zip(1..)
            .map(|(start, version)| Service { version, valid_from: day(*start), valid_to: None, ..first.clone() })
            .collect();
        settle(&mut versions);
        for n in 0..420 {
            let valid: Vec<u32> = versions.iter().filter(|v| v.is_valid_on(day(n))).map(|v| v.version).collect();
            let begun = starts.iter().zip(1..).filter(|(start, _)| **start <= n).map(|(_, version)| version).max();
            prop_assert_eq!(valid, begun.into_iter().collect::<Vec<u32>>());
        }
    }
}

#[test]
fn what_may_not_be_published_is_told_with_its_clause() {
    let known = known();
    let good = of_code("S004");
    assert_eq!(faults(&good, &known), []);
    let with = |name: &str, basis: &str, supply| {
        let (name, basis) = (name.to_owned(), basis.to_owned());
        Service {
            documents: sure(vec![Document { name, basis, supply }]),
            ..good.clone()
        }
    };
    let but = |change: &dyn Fn(&mut Service)| {
        let mut service = good.clone();
        change(&mut service);
        service
    };
    let by = Supply::Petitioner;
    for (service, why) in [
        (with("인감증명서 1부", "", by), Some(Why::NeedlessDocument)),
        (with("신분증 사본", "", by), Some(Why::NeedlessDocument)),
        (with("주민등록증사본(앞뒤)", "", by), Some(Why::NeedlessDocument)),
        (with("여권 사본", "", by), Some(Why::NeedlessDocument)),
        (with("인감증명서 1부", "부동산등기규칙 제60조", by), None),
        (with("신분증", "", Supply::Shown), None),
        (with("사업자등록증명", "", by), Some(Why::CouldBeLookedUp)),
        (with("사업자등록증명", "", Supply::Shared), None),
        (but(&|s| s.period = None), Some(Why::PeriodUnsure)),
        (
            but(&|s| s.period = sure(Period::Days(3))),
            Some(Why::NotImmediate),
        ),
        (
            but(&|s| s.deemed = sure(Deemed::Accepted)),
            Some(Why::DeemedWithoutArticle),
        ),
        (
            but(&|s| {
                s.deemed = sure(Deemed::Accepted);
                s.deemed_basis = "건축법 제14조".into();
            }),
            None,
        ),
        (but(&|s| s.group = "없는 분류".into()), Some(Why::UnknownGroup)),
        (but(&|s| s.basis = None), Some(Why::BasisMissing)),
        (but(&|s| suggestion(s, Period::Days(14))), None),
        (
            but(&|s| suggestion(s, Period::Weeks(3))),
            Some(Why::PeriodBeyondLaw),
        ),
        (
            but(&|s| {
                s.kind = Kind::Other;
                s.compound = true;
            }),
            Some(Why::CompoundNotStatutory),
        ),
        (
            but(&|s| {
                s.kind = Kind::Other;
                s.preliminary_review = true;
            }),
            Some(Why::ReviewNotStatutory),
        ),
    ] {
        let told: Vec<Why> = faults(&service, &known)
            .into_iter()
            .map(|unfit| unfit.why)
            .collect();
        assert_eq!(
            told,
            why.into_iter().collect::<Vec<_>>(),
            "{:?}",
            service.documents
        );
    }
    assert!(Why::NeedlessDocument.clause().contains("제10조"));
}

fn suggestion(service: &mut Service, period: Period) {
    service.kind = Kind::Suggestion;
    service.immediate = false;
    service.period = sure(period);
}

#[test]
fn the_next_version_is_numbered_checked_and_different() {
    let (known, units, today) = (known(), units(), date(2026, 6, 15));
    let first = of_code("S004");
    let next = |base, note: &str, valid_from| {
        let service = Service {
            valid_from,
            note: Some(note.to_owned()),
            ..first.clone()
        };
        succeed(std::slice::from_ref(&first), base, service, today, &known, &units)
    };
    let (july, same) = (date(2026, 7, 1), first.note.clone().expect("a note"));
    let noted = next(Some(1), "새 글", july).expect("fit");
    assert_eq!(
        (
            noted.service.version,
            noted.differences.len(),
            noted.service.valid_to
        ),
        (2, 1, None)
    );
    assert!(next(Some(1), "새 글", today).is_ok(), "today is not past");
    for (outcome, why) in [
        (next(Some(1), &same, july), Why::Unchanged),
        (next(None, "새 글", july), Why::Overtaken),
        (next(Some(2), "새 글", july), Why::Overtaken),
        (next(Some(1), "새 글", date(2026, 6, 14)), Why::BeginsInPast),
    ] {
        let told: Vec<Why> = outcome
            .expect_err("unfit")
            .iter()
            .map(|unfit| unfit.why)
            .collect();
        assert_eq!(told, [why]);
    }
}

#[test]
fn versions_stored_before_the_handbook_grew_are_still_read() {
    let old = r#"{"code":"S001","version":1,"valid_from":"2018-01-01","valid_to":null,"name":{"ko":"가","en":""},
        "group":"reissue","kind":"statutory","procedure":"ordinary","period":{"value":"3 days","surety":"unsure"},"basis":null,
        "documents":{"value":["사진","신청서"],"surety":"sure"},"fee":null,"department":null,"unit":null,"online":"no","oral":false,
        "words":["말"],"note":null}"#;
    let service: Service = serde_json::from_str(old).expect("read");
    assert_eq!(service.owed_documents(), ["사진", "신청서"]);
    let again = serde_json::from_str::<Service>(&serde_json::to_string(&service).expect("written"));
    assert_eq!(again.expect("read"), service);
}
