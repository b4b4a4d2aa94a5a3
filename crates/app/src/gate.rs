//! 관문 — the one door through which personal data leaves as a file or on paper (개인정보의 안전성 확보조치 기준 제8조제2항, 제12조).
//!
//! Whoever prints or saves says why; the line with its serial number is stored before anything goes out. A [`Pass`] is made here and
//! nowhere else, and the web layer answers with no file about a person without one.

use crate::act::{ActError, Call};
use crate::papers::Pressroom;
use crate::{App, TRIES, Trouble};
use domain::access::Who;
use domain::gate::{Demand, Export, Format, Lack, Purpose, Rules, Said, Sure};
use domain::id::{OfficialId, PetitionId, TextId};
use domain::terms::{By, Seat};
use domain::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::gate::{Given, Line, origin_of};

/// The longest reason, in characters.
pub const WORDS: usize = 500;
/// A reason that was given for an export is good for it for so long.
const GOOD: i64 = 10 * 60_000;
const SETTING: &str = "gate";

/// What the agency sets for gate, access log and review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GateSettings {
    /// What has to be said at the gate.
    pub rules: Rules,
    /// When the review remarks on something.
    pub figures: domain::oversight::Figures,
    /// Whether petitioners are told who looked, beside the department.
    pub names: Naming,
}

/// Whether petitioners read who looked at their petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// The department alone.
    #[default]
    Department,
    /// Department and name.
    Name,
}

/// What somebody wants to take out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Going<'a> {
    /// What.
    pub what: Export,
    /// As what.
    pub format: Format,
    /// Whose petition, where it is of one.
    pub petition: Option<PetitionId>,
    /// How many people it is about.
    pub subjects: u32,
    /// The address that gives it: a reason is good for this one alone.
    pub target: &'a str,
}

/// A reason as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The code.
    pub purpose: Option<Purpose>,
    /// In words.
    pub words: String,
    /// 확인함.
    pub sure: Sure,
}

/// 통과 — something may go out, once. Its fields can be set here only.
#[derive(Debug, Clone)]
pub struct Pass {
    serial: (u32, u32),
    mark: String,
    on_paper: bool,
}

/// What is asked before something goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// How much has to be said.
    pub demand: Demand,
    /// What was said before and was not enough; `None` at first.
    pub said: Option<Reason>,
    /// What is missing in it.
    pub lacks: Vec<Lack>,
}

/// Why something does not go out.
#[derive(Debug, thiserror::Error)]
pub enum Held {
    /// A reason is asked for.
    #[error("a reason is asked for")]
    Ask(Box<Asked>),
    /// As for acts.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl Pass {
    /// 출력번호: year and number.
    pub const fn serial(&self) -> (u32, u32) {
        self.serial
    }

    /// Who carried it out, when, under which number: the line at the foot of a table.
    pub fn foot(&self) -> &str {
        &self.mark
    }

    /// The application whose papers bear the mark, where the rules ask for one.
    pub fn over(&self, app: &App) -> Result<App, Trouble> {
        if !self.on_paper {
            return Ok(app.clone());
        }
        Ok(App {
            press: Arc::new(Pressroom::marked(&app.press, &self.mark)?),
            ..app.clone()
        })
    }
}

/// What a reason was given for is recognised by a hash: addresses hold numbers of petitions.
fn target(address: &str) -> [u8; 32] {
    crypto::hash::sha256("minwon gate target", &[address.as_bytes()])
}

/// Who carries something out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carrier<'a> {
    /// Who answers for it.
    pub official: OfficialId,
    /// Who does it: the same, or a program.
    pub by: By,
    /// What it is called in the ledger.
    pub deed: &'static str,
    /// From where.
    pub origin: &'a [u8],
}

impl<'a> Carrier<'a> {
    fn of(official: OfficialId, call: &'a Call) -> Carrier<'a> {
        Carrier {
            official,
            by: By::Official(official),
            deed: "export",
            origin: &call.origin,
        }
    }
}

impl App {
    /// What the agency sets for gate and review.
    pub async fn gate_settings(&self) -> Result<GateSettings, Trouble> {
        match self.places.live.setting(SETTING).await? {
            Some(text) => Ok(serde_json::from_str(&text)?),
            None => Ok(GateSettings::default()),
        }
    }

    /// Sets it anew. Errors: `NotFound` for anybody but the privacy officer.
    pub async fn set_gate(&self, who: &Who, settings: &GateSettings, call: &Call) -> Result<(), ActError> {
        self.privacy_officer(who)?;
        let mut batch = Batch::new();
        batch.setting(SETTING, &serde_json::to_string(settings)?);
        let look = self.look_of(who, "gate_settings", None, 0, call);
        batch.look(self.id(), &look);
        Ok(self.places.live.commit(batch, Urgency::User).await?)
    }

    /// The official, if `who` is the privacy officer (개인정보 보호책임자).
    pub(crate) fn privacy_officer(&self, who: &Who) -> Result<OfficialId, ActError> {
        match who {
            Who::Official(official)
                if (official.posts.iter()).any(|post| post.seat == Seat::PrivacyOfficer) =>
            {
                Ok(official.id)
            }
            _ => Err(ActError::NotFound),
        }
    }

    /// Keeps a reason for the export at an address; it takes the place of one given before.
    pub async fn give_reason(&self, who: &Who, address: &str, reason: &Reason) -> Result<(), ActError> {
        let Who::Official(official) = who else {
            return Err(ActError::NotFound);
        };
        let (place, now) = (&self.here, self.now());
        let mut batch = Batch::new();
        if let Some(before) = place.gate_reason(official.id, &target(address)).await? {
            batch.gate_reason_used(&before);
            batch.drop_key(before.id);
        }
        let id = *self.id().as_bytes();
        let words: String = reason.words.trim().chars().take(WORDS).collect();
        let text = match words.is_empty() {
            true => None,
            false => {
                let fill = &mut self.fill();
                place.ready(now, fill)?;
                let key = batch.owner_key(place, id, now, fill)?;
                let text = TextId(self.id());
                batch.text(&key, text, words.as_bytes(), &mut self.fill());
                Some(text)
            }
        };
        batch.gate_reason(&Given {
            official: official.id,
            target: target(address),
            id,
            purpose: reason.purpose,
            text,
            sure: reason.sure,
            at: now,
        });
        Ok(place.commit(batch, Urgency::User).await?)
    }

    /// Lets something out: with the reason given for it at its address, or, for another paper of a petition, with the one just
    /// given for that petition. Who, what, how many, from where and why are stored first, under a number of their own.
    pub async fn gate(&self, who: &Who, going: Going<'_>, call: &Call) -> Result<Pass, Held> {
        let Who::Official(official) = who else {
            return Err(ActError::NotFound.into());
        };
        let settings = self.gate_settings().await.map_err(ActError::from)?;
        let given = (self.here)
            .gate_reason(official.id, &target(going.target))
            .await
            .map_err(ActError::from)?
            .filter(|given| given.at.plus(GOOD) > self.now());
        match given {
            Some(given) => {
                let reason = self.reason_of(&given).await?;
                self.pass(
                    &Carrier::of(official.id, call),
                    going,
                    &settings.rules,
                    &reason,
                    Some(given),
                )
                .await
            }
            None => {
                let before = self.just_given(official.id, going, &settings.rules).await?;
                let Some(purpose) = before else {
                    return Err(Held::Ask(Box::new(Asked {
                        demand: settings.rules.demand(going.what, going.subjects),
                        said: None,
                        lacks: Vec::new(),
                    })));
                };
                let reason = Reason {
                    purpose: Some(purpose),
                    words: String::new(),
                    sure: Sure::No,
                };
                self.pass(
                    &Carrier::of(official.id, call),
                    going,
                    &settings.rules,
                    &reason,
                    None,
                )
                .await
            }
        }
    }

    /// The same for a form that asks for the reason itself.
    pub async fn gate_with(
        &self,
        who: &Who,
        going: Going<'_>,
        reason: &Reason,
        call: &Call,
    ) -> Result<Pass, Held> {
        let Who::Official(official) = who else {
            return Err(ActError::NotFound.into());
        };
        let settings = self.gate_settings().await.map_err(ActError::from)?;
        self.pass(
            &Carrier::of(official.id, call),
            going,
            &settings.rules,
            reason,
            None,
        )
        .await
    }

    async fn reason_of(&self, given: &Given) -> Result<Reason, ActError> {
        let words = match given.text {
            Some(text) => self.here.open_loose(&[text]).await?.remove(&text),
            None => None,
        };
        Ok(Reason {
            purpose: given.purpose,
            words: String::from_utf8(words.unwrap_or_default()).unwrap_or_default(),
            sure: given.sure,
        })
    }

    /// The code given a short while ago for the same petition, where it fits this paper too and a code is all that is asked for.
    async fn just_given(
        &self,
        official: OfficialId,
        going: Going<'_>,
        rules: &Rules,
    ) -> Result<Option<Purpose>, ActError> {
        let Some(petition) = going.petition else {
            return Ok(None);
        };
        if rules.demand(going.what, going.subjects) != Demand::Code {
            return Ok(None);
        }
        let since = self.now().plus(-i64::from(rules.again_minutes) * 60_000);
        let before = self.here.gate_line_of(official, petition, since).await?;
        Ok(before
            .map(|line| line.purpose)
            .filter(|purpose| going.what.purposes().contains(purpose)))
    }

    pub(crate) async fn pass(
        &self,
        carrier: &Carrier<'_>,
        going: Going<'_>,
        rules: &Rules,
        reason: &Reason,
        given: Option<Given>,
    ) -> Result<Pass, Held> {
        let official = carrier.official;
        let words = reason.words.trim();
        let said = Said {
            purpose: reason.purpose,
            words: u32::try_from(words.chars().count()).unwrap_or(u32::MAX),
            sure: reason.sure,
        };
        let lacks = rules.judge(going.what, going.subjects, said);
        let (Some(purpose), true) = (reason.purpose, lacks.is_empty()) else {
            if let Some(given) = &given {
                self.take_back(given).await?;
            }
            return Err(Held::Ask(Box::new(Asked {
                demand: rules.demand(going.what, going.subjects),
                said: Some(reason.clone()),
                lacks,
            })));
        };
        let (place, now) = (&self.here, self.now());
        let year = now
            .date()
            .and_then(|day: Date| u32::try_from(day.year()).ok())
            .unwrap_or_default();
        let series = format!("gate:{year}");
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let no = place.next_number(&series).await.map_err(ActError::from)?;
            let mut batch = Batch::new();
            if let Some(given) = &given {
                batch.gate_reason_used(given);
            }
            batch.take_number(&series, no);
            let text = match (&given, words.is_empty()) {
                (Some(given), _) => given.text,
                (None, true) => None,
                (None, false) => {
                    let fill = &mut self.fill();
                    place.ready(now, fill).map_err(ActError::from)?;
                    let key =
                        (batch.owner_key(place, *self.id().as_bytes(), now, fill)).map_err(ActError::from)?;
                    let text = TextId(self.id());
                    batch.text(&key, text, words.as_bytes(), &mut self.fill());
                    Some(text)
                }
            };
            let on_paper = going.format == Format::Pdf && going.what.marked(purpose);
            batch.gate_line(&Line {
                id: *self.id().as_bytes(),
                at: now,
                serial: (year, no),
                official,
                what: going.what,
                petition: going.petition,
                subjects: going.subjects,
                format: going.format,
                purpose,
                text,
                origin: origin_of(carrier.origin),
                marked: on_paper || going.format == Format::Csv,
            });
            let look = self.look_by(
                carrier.by,
                carrier.deed,
                going.petition,
                going.subjects,
                carrier.origin,
            );
            batch.look(self.id(), &look);
            match place.commit(batch, Urgency::User).await {
                Ok(()) => {
                    return Ok(Pass {
                        serial: (year, no),
                        mark: self.mark(official, (year, no), now),
                        on_paper,
                    });
                }
                Err(CommitFault::Conflict) => {
                    // Used by the same official in another window: a reason is good once.
                    if let Some(given) = &given
                        && (place.gate_reason(official, &given.target).await)
                            .map_err(ActError::from)?
                            .is_none_or(|still| still.id != given.id)
                    {
                        return Err(Held::Ask(Box::new(Asked {
                            demand: rules.demand(going.what, going.subjects),
                            said: None,
                            lacks: Vec::new(),
                        })));
                    }
                }
                Err(fault) => return Err(ActError::from(Trouble::from(fault)).into()),
            }
        }
        Err(ActError::from(Trouble::Contended).into())
    }

    /// A reason that was not enough is forgotten; it comes back with the form.
    async fn take_back(&self, given: &Given) -> Result<(), ActError> {
        let mut batch = Batch::new();
        batch.gate_reason_used(given);
        batch.drop_key(given.id);
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) | Err(CommitFault::Conflict) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn mark(&self, official: OfficialId, (year, no): (u32, u32), at: At) -> String {
        let office = self.office();
        let (name, login) = office
            .person(official)
            .map_or(("", ""), |person| (person.name.as_str(), person.login.as_str()));
        let moment = domain::korean::moment(at).unwrap_or_default();
        format!("{name}({login}) {moment} 출력번호 {year}-{no}")
    }

    /// What went out from `from` until before `to`, oldest first, with its reason in words; for the privacy officer.
    pub async fn gone_out(
        &self,
        who: &Who,
        (from, to): (At, At),
        behind: Option<(At, [u8; 16])>,
        limit: u32,
        call: &Call,
    ) -> Result<Vec<(Line, String)>, ActError> {
        self.privacy_officer(who)?;
        let lines = self.here.gate_lines(from, to, behind, limit).await?;
        let texts: Vec<TextId> = lines.iter().filter_map(|line| line.text).collect();
        let opened = self.here.open_loose(&texts).await?;
        let mut batch = Batch::new();
        let n = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        batch.look(self.id(), &self.look_of(who, "review_look", None, n, call));
        self.here.commit(batch, Urgency::User).await?;
        Ok((lines.into_iter())
            .map(|line| {
                let words = line.text.and_then(|text| opened.get(&text).cloned());
                let words = String::from_utf8(words.unwrap_or_default()).unwrap_or_default();
                (line, words)
            })
            .collect())
    }

    /// Forgets reasons nobody used.
    pub(crate) async fn forget_reasons(&self) -> Result<u64, Trouble> {
        let old = (self.here)
            .gate_reasons_before(self.now().plus(-GOOD), 200)
            .await?;
        for given in &old {
            let mut batch = Batch::new();
            batch.gate_reason_used(given);
            batch.drop_key(given.id);
            match self.here.commit(batch, Urgency::Bulk).await {
                Ok(()) | Err(CommitFault::Conflict) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(old.len() as u64)
    }
}
