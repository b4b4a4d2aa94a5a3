//! 사무실의 하루의 바탕 — who sits where, what lies on the desks in the morning, what is counted, and what is wrong with a page.

use crate::Hand;
use domain::act::Act;
use domain::petition::Petition;
use domain::terms::Kind;
use jiff::civil::datetime;
use testkit::browser::Tally;
use testkit::city::City;
use testkit::site::Site;

/// The day: who sits where, and what was counted.
pub struct Day {
    pub site: Site,
    /// Officials at their desks, one after the other.
    pub desk: Hand,
    /// Field staff, and departments on the way, with a telephone.
    pub field: Hand,
    /// The citizen's telephone.
    pub citizen: Hand,
    pub table: Vec<(&'static str, u32, Tally)>,
    /// What was counted when the task on hand began.
    pub since: Tally,
}

/// What is wrong with the page a person sees: another language, a key without words, a line that leads out of the window.
pub async fn faults(hand: &Hand) -> Vec<String> {
    let script = r"
        const faults = [];
        if (document.documentElement.lang !== 'ko') faults.push('lang=' + document.documentElement.lang);
        for (const e of document.querySelectorAll('main [lang]')) if (e.lang !== 'ko') faults.push('in ' + e.lang + ': ' + e.textContent);
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let n; (n = walk.nextNode());) {
            if (n.parentElement.closest('script, style, .hash, code, pre, datalist')) continue;
            const t = n.textContent.replace(/\S+@\S+|https?:\S+|[0-9a-f]{8}-[0-9a-f-]+/g, '');
            const key = t.match(/(^|[\s(:])[a-z]{2,}(-[a-z_]{2,})+(?=$|[\s).,:])/);
            if (key) faults.push('a key: ' + t.trim().slice(0, 80));
            if (/[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}/.test(t)) faults.push('not Korean: ' + t.trim().slice(0, 80));
        }
        for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
            for (const a of ['aria-label', 'title', 'placeholder', 'alt']) {
                const t = e.getAttribute(a);
                if (t && /^[a-z]{2,}(-[a-z_]{2,})+$/.test(t)) faults.push('a key in ' + a + ': ' + t);
            }
        const wide = document.documentElement.scrollWidth - innerWidth;
        if (innerWidth < 500 && wide > 0) faults.push('wider than the window by ' + wide);
        return faults;";
    let found = hand.browser.client.execute(script, Vec::new()).await;
    let found = found.expect("the script runs");
    let path = hand.browser.path().await;
    (found.as_array().into_iter().flatten())
        .filter_map(serde_json::Value::as_str)
        .map(|fault| format!("{path}: {fault}"))
        .collect()
}

impl Day {
    pub fn id(&self, login: &str) -> String {
        self.site.city.official_id(login).to_string()
    }

    pub fn unit(&self, code: &str) -> String {
        self.site.city.unit(code).to_string()
    }

    /// A task begins at the desk.
    pub async fn begins(&mut self) {
        self.since = self.desk.browser.tally().await;
    }

    /// It has ended: what it took is kept.
    pub async fn ends(&mut self, task: &'static str, n: u32) {
        let spent = self.desk.browser.tally().await - self.since;
        self.table.push((task, n, spent));
    }

    pub async fn it_is(&self, hour: i8, minute: i8) {
        self.site.city.it_is(datetime(2026, 6, 15, hour, minute, 0, 0));
    }

    /// The citizen shows again whose telephone it is.
    pub async fn citizen_signs_in(&mut self) {
        let cookies = self.citizen.browser.client.delete_all_cookies().await;
        cookies.expect("cookies can be dropped");
        self.citizen.goto("/sign-in").await;
        self.citizen.choose("reach", "phone").await;
        self.citizen.fill("phone", "010-1234-5678").await;
        self.citizen.press("main form button[type='submit']").await;
        let code = self.site.city.last_code();
        self.citizen.fill("code", &code).await;
        self.citizen.press("main form button[type='submit']").await;
    }

    pub async fn petition(&self, number: &str) -> Petition {
        let live = &self.site.city.app.places.live;
        let found = live.by_filing_number(number.parse().expect("a number")).await;
        found.expect("the store answers").expect("it is stored")
    }

    /// What was counted, as docs/clerk.md shows it.
    pub fn told(&self) -> String {
        let mut out = String::from(
            "| task | clicks | keys | page loads | software time (s) |\n| --- | --: | --: | --: | --: |\n",
        );
        for (task, n, t) in &self.table {
            let times = if *n > 1 { format!(" × {n}") } else { String::new() };
            out.push_str(&format!(
                "| {task}{times} | {} | {} | {} | {:.2} |\n",
                t.clicks,
                t.keys,
                t.loads,
                t.wait / 1_000.0
            ));
        }
        out
    }
}

/// What lies on the desks in the morning: one petition late, one due tomorrow, and a hundred received and not yet distributed.
pub async fn yesterday(city: &City, many: u32) -> (Petition, Petition, Vec<Petition>) {
    let kim = city.citizen("010-7777-8888").await;
    let late = city
        .in_handling(kim, "보도블록이 깨졌습니다", Kind::Inquiry, None)
        .await;
    city.it_is(datetime(2026, 6, 8, 10, 0, 0, 0));
    let near = city
        .in_handling(kim, "방음벽을 살펴 주십시오", Kind::Inquiry, None)
        .await;
    city.it_is(datetime(2026, 6, 12, 10, 0, 0, 0));
    let receiver = city.official("receiver1");
    let mut received = Vec::new();
    for n in 1..=many {
        let filed = city.files(kim, "S134", &format!("가로수 문의 {n}"), "").await;
        let act = Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        };
        received.push(city.does(&receiver, filed.id, act).await.expect("received"));
    }
    (late, near, received)
}

/// A picture of one point.
pub const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 104, 0, 0, 0, 130, 0, 129, 119, 205, 114, 182,
    0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];
