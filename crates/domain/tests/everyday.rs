//! 생활 말 — everyday questions find their service among the first three, measured over the starting catalogue.

use domain::handbook::Service;
use domain::handbook::find::Finder;
use domain::handbook::part::Units;
use domain::handbook::row::Columns;
use domain::id::UnitId;
use jiff::civil::date;
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

fn catalogue() -> Vec<Service> {
    let units = records(include_str!("../../../data/units.csv"));
    let named = units.iter().skip(1).zip(1..);
    let units: Vec<_> = named
        .map(|(row, n)| (UnitId(Uuid::from_u128(n)), row[0].clone(), row[1].clone()))
        .collect();
    let units = Units::new(
        units
            .iter()
            .map(|(id, code, name)| (*id, code.as_str(), name.as_str())),
    );
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
    assert!(
        finder.find("우주선 조종").is_empty(),
        "nothing is found where nothing fits"
    );
    assert!(finder.find(" .,!").is_empty());
}
