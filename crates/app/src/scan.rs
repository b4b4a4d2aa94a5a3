//! 첨부 파일 검사와 격리 — no file is opened that the scanner has not seen; what harms is kept apart until an official decides
//! (개인정보의 안전성 확보조치 기준 제9조).
//!
//! The petition itself goes on: only the file waits. Every decision is in the ledger with its reason in the vault.

use crate::act::{ActError, Call, effect_key};
use crate::words::{BODY, Raw};
use crate::{App, Trouble};
use domain::access::Who;
use domain::access::files::{FileDeed, may_decide_files};
use domain::event::Attached;
use domain::id::{OfficialId, OutboxId, PetitionId, TextId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{FileStanding, Seat};
use domain::time::At;
use ports::delivery::Failed;
use ports::scan::Verdict;
use std::collections::HashMap;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::outbox::To;
use store::place::Place;
use store::scan::Scan;

/// Files looked at in one run.
const PIECE: u32 = 20;
/// A file the scanner could not speak of so often is kept apart: a person decides.
const TRIES: u32 = 6;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Most files on the page of files that are kept apart.
pub const MOST: u32 = 200;

/// A file that is kept apart, or about which was decided.
#[derive(Debug, Clone)]
pub struct Held {
    /// What is known of it.
    pub scan: Scan,
    /// 신청번호.
    pub number: String,
    /// Its name; `None` for one who may not see the petition, or when its key is gone.
    pub name: Option<String>,
    /// Why an official decided so, likewise.
    pub reason: Option<String>,
}

/// The page of files that are kept apart.
#[derive(Debug, Clone)]
pub struct Quarantine {
    /// Waiting for a decision, the newest first.
    pub held: Vec<Held>,
    /// Decided, the newest first.
    pub decided: Vec<Held>,
    /// How many files wait for the scanner.
    pub waiting: u64,
    /// What the scanner knows; `None` where none is set up, an error where it does not answer.
    pub engine: Option<Result<String, Failed>>,
}

/// What an official decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// 격리 해제: it can be opened from now on.
    Release,
    /// 파기: its content goes for good, its name stays.
    Destroy,
}

impl App {
    /// Whether a file may be opened now. One that came in before there was a scanner begins to wait for it.
    pub(crate) async fn may_open(
        &self,
        place: &Place,
        id: PetitionId,
        file: &Attached,
    ) -> Result<(), ActError> {
        let Some(scan) = place.scan_of(file.content.id).await? else {
            if !self.ports.scanner.there() {
                return Ok(());
            }
            let mut batch = Batch::new();
            batch.file_came(id, file, self.now());
            place.commit(batch, Urgency::User).await?;
            return Err(Refusal::FileWaiting.into());
        };
        match scan.standing {
            FileStanding::Waiting if self.ports.scanner.there() => Err(Refusal::FileWaiting.into()),
            FileStanding::Waiting | FileStanding::Clean | FileStanding::Released => Ok(()),
            FileStanding::Infected | FileStanding::Unscannable => Err(Refusal::FileHeld.into()),
            FileStanding::Destroyed => Err(Refusal::FileDestroyed.into()),
        }
    }

    /// Where the files of a petition stand, as codes for pages: those of [`FileStanding`], and `unscanned` where no scanner is set up.
    pub async fn standings(&self, id: PetitionId) -> Result<Standings, Trouble> {
        let there = self.ports.scanner.there();
        let of = |scan: &Scan| match scan.standing {
            FileStanding::Waiting if !there => UNSCANNED,
            standing => standing.code(),
        };
        let scans = self.here.scans_of(id).await?;
        Ok(Standings {
            known: scans.iter().map(|scan| (scan.content, of(scan))).collect(),
            other: if there {
                FileStanding::Waiting.code()
            } else {
                UNSCANNED
            },
        })
    }

    /// Scans what waits in this room, and what was found clean before the scanner knew more; gives how many files it looked at.
    pub async fn scan_files(&self) -> Result<u64, Trouble> {
        let scanner = &self.ports.scanner;
        if !scanner.there() {
            return Ok(0);
        }
        let (now, place) = (self.now(), &self.here);
        let signatures = scanner.signatures().await.map_err(away)?;
        let mut scans = place.scans_due(now, PIECE).await?;
        if scans.is_empty() {
            let days = i64::from(self.office().settings.files.again_days);
            scans = place
                .scans_stale(now.plus(-days * DAY), &signatures, PIECE)
                .await?;
        }
        let mut done = 0;
        for scan in scans {
            done += u64::from(self.scan_one(place, &scan, &signatures).await?);
        }
        Ok(done)
    }

    async fn scan_one(&self, place: &Place, scan: &Scan, signatures: &str) -> Result<bool, Trouble> {
        let mut opened = place.open_loose(&[scan.content]).await?;
        let (now, mut batch) = (self.now(), Batch::new());
        let verdict = match opened.remove(&scan.content) {
            Some(content) => self.ports.scanner.scan(&content).await,
            // Its key was destroyed in the meantime: nobody will ever open it.
            None => Ok(Verdict::Clean),
        };
        let (standing, found) = match verdict {
            Ok(Verdict::Clean) => (FileStanding::Clean, String::new()),
            Ok(Verdict::Infected(name)) => (FileStanding::Infected, name),
            Ok(Verdict::Unscannable(why)) => (FileStanding::Unscannable, why),
            Err(Failed::Later(why)) if scan.standing == FileStanding::Waiting && scan.tries + 1 < TRIES => {
                tracing::warn!(file = %scan.content, why, "a file could not be scanned and will be tried again");
                batch.file_later(scan, now.plus(MINUTE << scan.tries));
                place.commit(batch, Urgency::Bulk).await?;
                return Ok(true);
            }
            // What was clean stays clean until it can be asked about.
            Err(failed) if scan.standing == FileStanding::Clean => return Err(away(failed)),
            Err(failed) => (FileStanding::Unscannable, failed.to_string()),
        };
        batch.file_scanned(scan, standing, signatures, &found, now);
        if standing.is_held()
            && let Some(head) = place.head(scan.petition).await?
        {
            self.tell_held(&mut batch, &head.petition, scan, standing, now);
        }
        match place.commit(batch, Urgency::Bulk).await {
            Ok(()) => Ok(true),
            // Somebody was faster: an official, or another process.
            Err(CommitFault::Conflict | CommitFault::Repeated) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The petitioner is asked for another file; who handles the petition, and who decides, are told.
    fn tell_held(&self, batch: &mut Batch, p: &Petition, scan: &Scan, standing: FileStanding, now: At) {
        if self.is_simulated() {
            return;
        }
        let office = self.office();
        let mut officials: Vec<OfficialId> = p.handler.into_iter().collect();
        if officials.is_empty() {
            let seat = match p.unit {
                Some(unit) => office.holders(Seat::DepartmentReceiver, Some(unit)),
                None => office.holders(Seat::IntegratedReceiver, None),
            };
            officials.extend(seat);
        }
        officials.extend(office.holders(Seat::Examiner, None));
        officials.sort_unstable();
        officials.dedup();
        let petitioner =
            (standing == FileStanding::Infected).then_some(("file_infected", To::Person(p.person)));
        let told = officials
            .into_iter()
            .map(|official| ("file_held", To::Official(official)));
        for (template, to) in petitioner.into_iter().chain(told) {
            // One notice for each file and finding: a file released and found again is told again.
            let cause = [scan.content.bytes().as_slice(), &now.0.to_be_bytes()].concat();
            let once = crypto::hash::sha256("minwon file", &[&cause, &effect_key(template, p.id, 0, to)]);
            batch.effect(OutboxId(self.id()), once, p.id, 0, template, to, now, now);
        }
    }

    /// Files that are kept apart: all of them for those who decide, for other officials those of petitions they may see.
    pub async fn quarantine(&self, who: &Who, call: &Call) -> Result<Quarantine, ActError> {
        let place = &self.here;
        let of = async |standings: [FileStanding; 2]| {
            let mut scans = place.scans_standing(standings[0], MOST).await?;
            scans.extend(place.scans_standing(standings[1], MOST).await?);
            Ok::<_, ActError>(scans)
        };
        let mut held = of([FileStanding::Infected, FileStanding::Unscannable]).await?;
        let mut decided = of([FileStanding::Released, FileStanding::Destroyed]).await?;
        held.sort_by_key(|scan| std::cmp::Reverse(scan.scanned_at));
        decided.sort_by_key(|scan| std::cmp::Reverse(scan.decided.map(|(_, at, _)| at)));
        self.looked(who, FileDeed::List.code(), None, held.len() + decided.len(), call)
            .await?;
        let engine = match self.ports.scanner.there() {
            true => Some(self.ports.scanner.signatures().await),
            false => None,
        };
        Ok(Quarantine {
            held: self.named(who, held).await?,
            decided: self.named(who, decided).await?,
            waiting: place.scans_waiting().await?,
            engine,
        })
    }

    /// One of them, the same. Errors: `NotFound`.
    pub async fn held_file(&self, who: &Who, content: TextId, call: &Call) -> Result<Held, ActError> {
        let scan = self.here.scan_of(content).await?.ok_or(ActError::NotFound)?;
        if !scan.standing.is_held() && scan.decided.is_none() {
            return Err(ActError::NotFound);
        }
        let petition = scan.petition;
        let held = self
            .named(who, vec![scan])
            .await?
            .pop()
            .ok_or(ActError::NotFound)?;
        self.looked(who, FileDeed::List.code(), Some(petition), 1, call)
            .await?;
        Ok(held)
    }

    async fn named(&self, who: &Who, scans: Vec<Scan>) -> Result<Vec<Held>, ActError> {
        let sight = self.sight(who);
        let decides = may_decide_files(who).is_ok();
        let mut named = Vec::with_capacity(scans.len());
        for scan in scans {
            let Some(head) = self.here.head(scan.petition).await? else {
                continue;
            };
            let seen = sight.admits(&head.petition);
            if !seen && !decides {
                continue;
            }
            let reason = scan.decided.map(|(_, _, reason)| reason);
            let texts: Vec<TextId> = std::iter::once(scan.name).chain(reason).collect();
            let opened = match seen {
                true => self.here.open_loose(&texts).await?,
                false => HashMap::new(),
            };
            let text = |id: &TextId| {
                opened
                    .get(id)
                    .map(|text| String::from_utf8_lossy(text).into_owned())
            };
            named.push(Held {
                number: head.petition.number.to_string(),
                name: text(&scan.name),
                reason: reason.as_ref().and_then(text),
                scan,
            });
        }
        Ok(named)
    }

    /// Decides about a file that is kept apart. Errors: `NotYours`, `ReasonMissing`, `TooLong`; `FileNotHeld` where there is nothing
    /// to decide, or another decided first.
    pub async fn decide_file(
        &self,
        who: &Who,
        content: TextId,
        decision: Decision,
        reason: &Raw,
        call: &Call,
    ) -> Result<(), ActError> {
        may_decide_files(who)?;
        let Who::Official(official) = who else {
            return Err(Refusal::NotYours.into());
        };
        if reason.0.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        if reason.0.len() > BODY {
            return Err(Refusal::TooLong.into());
        }
        let place = &self.here;
        let scan = place.scan_of(content).await?.ok_or(ActError::NotFound)?;
        if !scan.standing.is_held() {
            return Err(Refusal::FileNotHeld.into());
        }
        let (now, text) = (self.now(), TextId(self.id()));
        let key = place.key_of(scan.petition.bytes()).await?;
        let mut batch = Batch::new();
        batch.text(&key, text, &reason.0, &mut self.fill());
        let (standing, deed) = match decision {
            Decision::Release => (FileStanding::Released, FileDeed::Release),
            Decision::Destroy => (FileStanding::Destroyed, FileDeed::Destroy),
        };
        batch.file_decided(&scan, standing, official.id, text, now);
        if decision == Decision::Destroy {
            batch.drop_text(content);
        }
        let look = self.look_of(who, deed.code(), Some(scan.petition), 1, call);
        batch.look(self.id(), &look);
        match place.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => Err(Refusal::FileNotHeld.into()),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// No scanner is set up: files are opened unscanned.
pub const UNSCANNED: &str = "unscanned";

/// Where the files of a petition stand.
#[derive(Debug, Clone)]
pub struct Standings {
    known: HashMap<TextId, &'static str>,
    other: &'static str,
}

impl Standings {
    /// Of one file, as a code.
    pub fn of(&self, content: TextId) -> &'static str {
        self.known.get(&content).copied().unwrap_or(self.other)
    }
}

fn away(failed: Failed) -> Trouble {
    Trouble::Unavailable(format!("the scanner: {failed}"))
}
