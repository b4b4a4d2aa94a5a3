//! 가져오기 — an older register comes in once, row by row, and nobody is written to.

use app::desk::View;
use app::import::{Imported, Into};
use domain::life::Life;
use domain::terms::EntryPoint;
use domain::time::At;
use jiff::civil::datetime;
use store::engine::Ask;
use testkit::city::City;

async fn imports(city: &City, file: &[u8; 32], rows: &[Imported]) {
    let person = city.app.placeholder().await.unwrap();
    let fields = city
        .app
        .fields_for(rows.iter().map(|row| row.category.as_str()))
        .await
        .unwrap();
    for row in rows {
        let into = Into {
            service: "G001".parse().unwrap(),
        };
        let field = fields.get(&row.category).copied();
        city.app.import_row(file, row, person, field, into).await.unwrap();
    }
}

fn row(row: u64, category: &str, title: &str) -> Imported {
    let happened = At::seoul(datetime(2022, 10, 1 + (row % 28) as i8, 14, 30, 0, 0));
    Imported {
        row,
        category: category.into(),
        title: title.into(),
        happened,
    }
}

testkit::on_both_engines! {
    async fn a_register_comes_in_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let rows: Vec<Imported> = (1..=60)
            .map(|n| match n % 4 {
                0 => row(n, "교통", "같은 제목의 민원"),
                1 => row(n, "환경", &format!("소음 {n}")),
                2 => row(n, "교통", &format!("여러 줄\n둘째 줄 {n}")),
                _ => row(n, "처음 보는 분야", &format!("{} 끝", "긴".repeat(4_000))),
            })
            .collect();
        imports(&city, &[1; 32], &rows).await;
        imports(&city, &[1; 32], &rows).await;
        city.duties().await;
        let stats = city.app.stats().await.unwrap();
        assert_eq!((stats.total, stats.by_state["filed"]), (60, 60), "a second time adds nothing");
        assert_eq!((stats.by_field["교통"], stats.by_field["환경"], stats.by_field["처음 보는 분야"]), (30, 15, 15));
        let receiver = city.official("receiver1");
        let same = city.app.search(&receiver, "같은 제목", None, 100, &Default::default()).await.unwrap();
        assert_eq!(same.items.len(), 15, "rows that say the same are petitions of their own");
        let one = &same.items[0].petition;
        assert_eq!((one.life, one.entry, one.receive_by), (Life::Filed, EntryPoint::Import, None));
        assert_eq!(one.filed_at.civil().unwrap().year(), 2022, "as the row says");
        assert_eq!(one.recorded_at, city.app.now(), "and written down now");
        // Nothing was or will be sent, whatever day it becomes.
        for day in [16, 17, 18, 19, 22] {
            city.it_is(datetime(2026, 6, day, 9, 30, 0, 0));
            city.duties().await;
        }
        let engine = city.app.places.live.engine();
        assert_eq!(engine.query_one("SELECT count(*) FROM outbox WHERE petition IN (SELECT id FROM head)", Vec::new()).await.unwrap().int(0), Ok(0));
        // Another file with the same rows is another register.
        imports(&city, &[2; 32], &rows[..4]).await;
        city.duties().await;
        assert_eq!(city.app.stats().await.unwrap().total, 64);
        assert_eq!(city.app.count(&receiver, View::ToReceive, 1_000).await.unwrap(), 64);
        assert_eq!(city.app.count(&receiver, View::Overdue, 1_000).await.unwrap(), 0);
        let name = city.app.contact(one.person).await.unwrap().unwrap().name;
        assert_eq!(name, "가져온 민원");
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
}
