//! 서비스 계정 — programs with keys of their own: made, shown once, taken back, and asked with every request.

use super::Barred;
use crate::App;
use crate::act::{ActError, Call};
use crate::gate::{Carrier, Going, Held, Reason};
use domain::access::Who;
use domain::gate::{Export, Format, Purpose, Sure};
use domain::id::{MachineId, PersonId, PetitionId};
use domain::life::Life;
use domain::machine::{Grant, Scope, Shut};
use domain::number::FilingNumber;
use domain::petition::Petition;
use domain::terms::By;
use domain::text::{hex, unhex};
use std::collections::BTreeSet;
use store::batch::Batch;
use store::engine::Urgency;
use store::ledger::Look;
pub use store::visitors::ServiceAccount;

const MINUTE: i64 = 60_000;
/// So many requests of one key in a minute.
const A_MINUTE: u32 = 120;
/// So many wrong keys from one address in ten minutes.
const WRONG: u32 = 30;
/// The longest name, in characters.
const NAME: usize = 100;
/// So many petitions on a page of the bulk read.
pub const PAGE: u32 = 50;
/// What a key begins with.
const MARK: &str = "mwk";

/// A program that has shown its key.
#[derive(Debug, Clone)]
pub struct Machine {
    /// The account.
    pub account: ServiceAccount,
    /// Where it asked from.
    pub origin: Vec<u8>,
}

/// How many petitions stand where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The life.
    pub life: Life,
    /// How many.
    pub n: i64,
}

/// A key taken apart: its beginning, and its hash.
fn parts(key: &str) -> Option<(&str, [u8; 32])> {
    let (prefix, secret) = key.trim().rsplit_once('_')?;
    let fits = prefix.len() <= 32 && prefix.starts_with(MARK) && secret.len() == 64;
    (fits && unhex(secret).is_some()).then(|| {
        (
            prefix,
            crypto::hash::sha256("minwon service key", &[key.trim().as_bytes()]),
        )
    })
}

impl App {
    /// Makes a service account. The key is told here and never again: only its hash is kept.
    pub async fn add_service_account(
        &self,
        who: &Who,
        name: &str,
        grant: Grant,
        call: &Call,
    ) -> Result<(ServiceAccount, String), Barred> {
        self.administered(who)?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(Shut::NameUnfit.into());
        }
        let now = self.now();
        let rules = self.ordinary().gate_settings().await?.rules;
        grant.fits(&rules, self.ordinary().office().day)?;
        let (mut secret, mut begin) = ([0; 32], [0; 4]);
        self.ports.chance.fill(&mut secret);
        self.ports.chance.fill(&mut begin);
        let prefix = format!("{MARK}_{}", hex(&begin));
        let key = format!("{prefix}_{}", hex(&secret));
        let account = ServiceAccount {
            id: MachineId(self.id()),
            name: name.to_owned(),
            prefix,
            key: crypto::hash::sha256("minwon service key", &[key.as_bytes()]),
            grant,
            made_by: who.by(),
            made_at: now,
            used_at: domain::time::At(0),
            revoked_at: None,
        };
        let mut batch = Batch::new();
        batch.service_account(&account)?;
        self.changed(
            &mut batch,
            who,
            "service_account_made",
            account.id.bytes(),
            &(name, &account.prefix, &account.grant),
            call,
        )?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok((account, key))
    }

    /// Every service account, for who administers the office.
    pub async fn service_accounts(&self, who: &Who) -> Result<Vec<ServiceAccount>, Barred> {
        self.administered(who)?;
        Ok(self.places.live.service_accounts().await?)
    }

    /// Takes a service account back: its key opens nothing from now on.
    pub async fn revoke_service_account(&self, who: &Who, id: MachineId, call: &Call) -> Result<(), Barred> {
        self.administered(who)?;
        let known = self.places.live.service_accounts().await?;
        let account = (known.iter()).find(|account| account.id == id && account.revoked_at.is_none());
        let account = account.ok_or(Barred::Unknown)?;
        let mut batch = Batch::new();
        batch.service_account_revoked(id, self.now());
        self.changed(
            &mut batch,
            who,
            "service_account_revoked",
            id.bytes(),
            &(&account.name, &account.prefix),
            call,
        )?;
        Ok(self.places.live.commit(batch, Urgency::User).await?)
    }

    /// Who shows this key, if it opens `scope` from this address now.
    pub async fn machine(&self, key: &str, scope: Scope, origin: &[u8]) -> Result<Machine, Barred> {
        let place = &self.places.live;
        let guesses = crypto::hash::sha256("minwon service key address", &[origin]);
        let wait = |refused| match refused {
            crate::identity::NotLetIn::Wait(seconds) => Barred::Wait(seconds),
            crate::identity::NotLetIn::Trouble(trouble) => Barred::Trouble(trouble),
            _ => Barred::Shut(Shut::Unknown),
        };
        // Counted before it is looked at, and taken back where the key is right: guesses alone add up.
        self.throttled(guesses, WRONG, 10 * MINUTE).await.map_err(wait)?;
        let (prefix, hash) = parts(key).ok_or(Shut::Unknown)?;
        let account = place.service_account(prefix).await?.ok_or(Shut::Unknown)?;
        if !crypto::hash::same(&hash, &account.key) {
            return Err(Shut::Unknown.into());
        }
        place.throttle_less(&guesses).await?;
        if account.revoked_at.is_some() {
            return Err(Shut::Revoked.into());
        }
        let now = self.now();
        let today = now.date().ok_or(Shut::Over)?;
        account.grant.opens(scope, origin, today)?;
        let own = crypto::hash::sha256("minwon service requests", &[&account.id.bytes()]);
        self.throttled(own, A_MINUTE, MINUTE).await.map_err(wait)?;
        Ok(Machine {
            account,
            origin: origin.to_vec(),
        })
    }

    /// Writes down what a program is shown, before it is shown.
    async fn shown(
        &self,
        machine: &Machine,
        deed: &str,
        petition: Option<PetitionId>,
        n: usize,
    ) -> Result<(), Barred> {
        let now = self.now();
        let mut batch = Batch::new();
        batch.look(
            self.id(),
            &Look {
                at: now,
                by: By::Machine(machine.account.id),
                deed: deed.to_owned(),
                petition,
                origin: machine.origin.clone(),
                n: u32::try_from(n).unwrap_or(u32::MAX),
            },
        );
        batch.service_account_used(machine.account.id, now);
        Ok(self.places.live.commit(batch, Urgency::User).await?)
    }

    /// 통계: how many petitions stand where. Protected petitions are not among them.
    pub async fn machine_statistics(&self, machine: &Machine) -> Result<Vec<Standing>, Barred> {
        let tallies = self.ordinary().tallies("life/").await?;
        let all = (Life::ALL.iter())
            .map(|life| Standing {
                life: *life,
                n: tallies.get(&format!("life/{life}")).copied().unwrap_or(0),
            })
            .collect();
        self.shown(machine, "machine_statistics", None, 0).await?;
        Ok(all)
    }

    /// One petition by its number; `None` where there is none, and where it is a protected one.
    pub async fn machine_petition(
        &self,
        machine: &Machine,
        number: FilingNumber,
    ) -> Result<Option<Petition>, Barred> {
        let Some(petition) = self.ordinary().by_filing_number(number).await? else {
            return Ok(None);
        };
        self.shown(machine, "machine_look", Some(petition.id), 1).await?;
        Ok(Some(petition))
    }

    /// A page of all petitions, behind one of them. It passes the gate with the reason the key was made for, under who answers for
    /// the key; so it stands in what went out, and in the monthly review. Errors: `ReasonUnfit` where the rules ask for more by now.
    pub async fn machine_petitions(
        &self,
        machine: &Machine,
        after: Option<PetitionId>,
    ) -> Result<Vec<Petition>, Barred> {
        let mut page = Vec::new();
        for place in self.ordinary().shelves() {
            page.extend(place.petitions_after(after, PAGE).await?);
        }
        page.sort_by_key(|petition: &Petition| petition.id);
        page.dedup_by_key(|petition| petition.id);
        page.truncate(PAGE as usize);
        let grant = &machine.account.grant;
        let carrier = Carrier {
            official: grant.answers.ok_or(Shut::NobodyAnswers)?,
            by: By::Machine(machine.account.id),
            deed: "machine_list",
            origin: &machine.origin,
        };
        let people: BTreeSet<PersonId> = page.iter().map(|petition| petition.person).collect();
        let going = Going {
            what: Export::Bulk,
            target: "",
            petition: None,
            subjects: u32::try_from(people.len()).unwrap_or(u32::MAX),
            format: Format::Json,
        };
        let reason = Reason {
            purpose: Some(Purpose::Linkage),
            words: format!(
                "{} ({}): {}",
                machine.account.name,
                machine.account.prefix,
                grant.reason.trim()
            ),
            sure: Sure::Yes,
        };
        let rules = self.gate_settings().await?.rules;
        match self.pass(&carrier, going, &rules, &reason, None).await {
            Ok(_) => {}
            Err(Held::Ask(_)) => return Err(Shut::ReasonUnfit.into()),
            Err(Held::Act(ActError::Trouble(trouble))) => return Err(trouble.into()),
            Err(Held::Act(_)) => return Err(Barred::Unknown),
        }
        let mut batch = Batch::new();
        batch.service_account_used(machine.account.id, self.now());
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(page)
    }
}
