//! 장면 — two citizens and two officials in the middle of something when it happens: what each is told, in both languages, and how it goes on.

use super::{
    browser::{Browser, Seen, health},
    house::{Citizen, House, Ready, Serving, receives, reception},
};
use anyhow::{Context, Result, ensure};

/// What people are told when nothing can be stored, with what they wrote still on the page.
pub const AWAY: [&str; 2] = [
    "지금은 시스템이 바쁘거나 점검 중이어서 받지 못하였습니다. 쓰신 글은 이 화면에 그대로 있습니다. 잠시 뒤 다시 눌러 주시기 바랍니다.",
    "The system is busy or under maintenance and could not take this. What you wrote is still on this page. Please press the button again in a moment.",
];
/// What people are told where there is no form to show again.
pub const CLOSED: [&str; 2] = [
    "지금은 이용이 어렵습니다 시스템이 일시적으로 바쁘거나 점검 중입니다. 이미 신청번호를 받으신 민원은 안전하게 보관되어 있습니다.",
    "The service is not available right now The system is busy or under maintenance. Petitions that already have a filing number are safe.",
];

/// What people are told when it was cut short in the middle: honest at any time.
pub const UNKNOWN: [&str; 2] = [
    "받았는지 확인하지 못하였습니다. 잠시 뒤 다시 눌러 주시기 바랍니다. 두 번 누르셔도 한 번만 처리됩니다.",
    "We could not confirm whether this arrived. Please press the button again in a moment. Pressing twice does it once only.",
];

/// The people.
pub struct Scene<'a> {
    house: &'a House,
    /// One reads Korean, one English.
    pub citizens: [Citizen; 2],
    ready: [Ready; 2],
    /// The first page of the road, open and not yet sent.
    open: Seen,
    officials: [Browser; 2],
    receptions: [Seen; 2],
}

/// What is told meanwhile.
pub struct Told {
    /// Who pressed 신청 on the last page.
    pub press: [&'static str; 2],
    /// Who pressed 접수.
    pub act: [&'static str; 2],
    /// The status of a page that only reads.
    pub reads: u16,
}

/// What came of five buttons.
#[derive(Default)]
pub struct Came {
    /// The longest wait in seconds.
    pub longest: f64,
    /// How many were done.
    pub done: usize,
    /// How many nobody knew of.
    pub unknown: usize,
}

impl<'a> Scene<'a> {
    /// Each citizen has two petitions and a third ready to be sent; each official is about to receive one.
    pub fn new(house: &'a House, serving: &Serving) -> Result<Scene<'a>> {
        let mut citizens = [house.citizen(serving, "ko")?, house.citizen(serving, "en")?];
        for citizen in &mut citizens {
            citizen.files_anew("가로등이 꺼져 있습니다")?;
            citizen.files_anew("보도블록이 깨졌습니다")?;
        }
        let ready = [
            citizens[0].prepares("신호등")?,
            citizens[1].prepares("A bus stop")?,
        ];
        let officials = [house.official(serving, "ko")?, house.official(serving, "en")?];
        let receptions = [
            reception(&officials[0], &citizens[0].numbers[0])?,
            reception(&officials[1], &citizens[1].numbers[0])?,
        ];
        Ok(Scene {
            house,
            open: citizens[0].browser.go("/file/new/content")?,
            citizens,
            ready,
            officials,
            receptions,
        })
    }

    /// Nobody can do anything, and everybody is told so in their language; gives the longest wait in seconds.
    pub fn refused(&self, serving: &Serving, told: &Told) -> Result<f64> {
        let came = self.tries(told)?;
        ensure!(came.done == 0, "{} were done", came.done);
        let health = health(&serving.address);
        ensure!(health == "503", "/health says {health}");
        Ok(came.longest)
    }

    /// Everybody presses their button: it is done, or they are told that it was not, in their language; reading goes as told.
    pub fn tries(&self, told: &Told) -> Result<Came> {
        let mut came = Came::default();
        let mut said = |seen: &Seen, sentence: &str, unknown: &str| {
            came.longest = came.longest.max(seen.seconds);
            if seen.status == 200 {
                came.done += 1;
                return Ok(());
            }
            if seen.words().contains(unknown) {
                came.unknown += 1;
                return seen.says(503, &[unknown]);
            }
            seen.says(503, &[sentence])
        };
        for (n, closed) in CLOSED.iter().enumerate() {
            let press = self.citizens[n].presses(&self.ready[n])?;
            said(&press, told.press[n], UNKNOWN[n]).context("신청")?;
            let act = receives(&self.officials[n], &self.receptions[n])?;
            said(&act, told.act[n], UNKNOWN[n]).context("접수")?;
            let list = self.citizens[n].browser.go("/my")?;
            let sentence: &[&str] = if told.reads == 200 { &[] } else { &[closed] };
            list.says(told.reads, sentence).context("/my")?;
        }
        let written = self.citizens[0].writes_on(&self.open, "하수구가 막혔습니다")?;
        said(&written, AWAY[0], UNKNOWN[0]).context("the first page")?;
        let kept = |words: &str| written.text.contains(words);
        ensure!(
            written.status == 200 || (kept("하수구가 막혔습니다") && kept("밤길이 어둡습니다.")),
            "what was typed is gone: {}",
            written.words()
        );
        Ok(came)
    }

    /// The same buttons pressed again do what they say, once; everything that was acknowledged is there. Gives the longest wait in seconds.
    pub fn goes_on(&mut self) -> Result<f64> {
        let mut longest: f64 = 0.0;
        for n in 0..2 {
            let citizen = &mut self.citizens[n];
            longest = longest.max(citizen.files(&self.ready[n])?);
            let act = receives(&self.officials[n], &self.receptions[n])?;
            ensure!(
                act.status == 200 && !act.path.contains("/acts/"),
                "접수: {} {}",
                act.path,
                act.words()
            );
            longest = longest.max(act.seconds);
            citizen.finds_everything()?;
        }
        self.renew()?;
        Ok(longest)
    }

    /// Everybody begins something new.
    fn renew(&mut self) -> Result<()> {
        for n in 0..2 {
            self.ready[n] = self.citizens[n].prepares("다음 민원")?;
            let unreceived = self.citizens[n].numbers.last().context("no number")?;
            self.receptions[n] = reception(&self.officials[n], unreceived)?;
        }
        self.open = self.citizens[0].browser.go("/file/new/content")?;
        Ok(())
    }

    /// The same people at another server.
    pub fn at(&mut self, address: &str) {
        for n in 0..2 {
            self.citizens[n].browser = self.citizens[n].browser.at(address);
            self.officials[n] = self.officials[n].at(address);
        }
    }

    /// Ends the server and has everything checked: what was acknowledged is all there is, and every letter came once.
    pub fn all_kept(self, serving: Serving) -> Result<String> {
        serving.stop()?;
        let numbers: usize = self.citizens.iter().map(|citizen| citizen.numbers.len()).sum();
        self.house.holds(numbers)
    }
}
