//! 행정정보 공동이용 — rows of consents, look-ups, requests for their record, roles, and shredded forms (전자정부법 제39조·제42조·제43조).

use crate::batch::{Batch, Purpose as For};
use crate::engine::{Ask, ReadError, Row, Value, Write};
use crate::head::NONE;
use crate::place::Place;
use domain::consent::{Basis, Consent, ConsentWay, Exception, Found, Grant, Purpose, Role};
use domain::id::{OfficialId, PetitionId, TextId, UnitId};
use domain::terms::Code;
use domain::time::At;
use uuid::Uuid;

/// A consent as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptConsent {
    /// What counts.
    pub consent: Consent,
    /// How it was signed.
    pub way: ConsentWay,
    /// What was shown and signed, in the vault.
    pub text: TextId,
    /// The official it was signed before; `None` where the petitioner was alone.
    pub taken_by: Option<OfficialId>,
}

/// A look-up as it lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptLook {
    /// Identity, and that of the request to the centre.
    pub id: [u8; 16],
    /// For which petition.
    pub petition: PetitionId,
    /// Which item.
    pub item: Code,
    /// 목적.
    pub purpose: Purpose,
    /// On what it rests.
    pub basis: Basis,
    /// Who asked.
    pub official: OfficialId,
    /// Of which department.
    pub unit: UnitId,
    /// For which service, in which version.
    pub service: (Code, u32),
    /// When.
    pub asked_at: At,
    /// What came of it.
    pub state: Found,
    /// When the answer came.
    pub answered_at: Option<At>,
    /// By what the record was found, in the vault.
    pub subject: TextId,
    /// What it says, in the vault; `None` where only that it was seen is kept.
    pub content: Option<TextId>,
}

/// A request for the record of look-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRecord {
    /// Identity.
    pub id: [u8; 16],
    /// About which petition.
    pub petition: PetitionId,
    /// When it was asked for.
    pub asked_at: At,
    /// By which day it is told, in days since 1970-01-01.
    pub due: i64,
    /// When, by whom, and what was told, in the vault.
    pub answered: Option<(At, OfficialId, TextId)>,
}

/// How often one service looked up one item on one basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// 사무.
    pub service: (Code, u32),
    /// 정보.
    pub item: Code,
    /// The exception; `None` with consent.
    pub exception: Option<Exception>,
    /// 횟수.
    pub n: u32,
}

const CONSENT: &str = "SELECT id, petition, purpose, items, agency, way, text, taken_by, signed_at, valid_until, withdrawn_at \
                       FROM consent WHERE petition = $1 ORDER BY signed_at, id";
const RECORD: &str = "SELECT id, petition, asked_at, due, answered_at, answered_by, text FROM shared_record";

/// Rows that go along when a petition moves to another place: how they are read, how they are written, how many columns.
pub(crate) const ALONG: &[(&str, &str, usize)] = &[
    (
        CONSENT,
        "INSERT INTO consent (id, petition, purpose, items, agency, way, text, taken_by, signed_at, valid_until, withdrawn_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        11,
    ),
    (
        "SELECT id, petition, item, purpose, consent, exception, official, unit, service, version, asked_at, state, answered_at, \
         subject, content FROM shared_look WHERE petition = $1",
        LOOK_IN,
        15,
    ),
    (
        "SELECT id, petition, asked_at, due, answered_at, answered_by, text FROM shared_record WHERE petition = $1",
        RECORD_IN,
        7,
    ),
];
const LOOK_IN: &str = "INSERT INTO shared_look (id, petition, item, purpose, consent, exception, official, unit, service, version, \
                       asked_at, state, answered_at, subject, content) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
const RECORD_IN: &str = "INSERT INTO shared_record (id, petition, asked_at, due, answered_at, answered_by, text) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// What is cleared away once a petition lies elsewhere.
pub(crate) const LEFT: &[&str] = &[
    "DELETE FROM consent WHERE petition = $1",
    "DELETE FROM shared_look WHERE petition = $1",
    "DELETE FROM shared_record WHERE petition = $1",
];

fn moment(at: Option<At>) -> i64 {
    at.map_or(0, |at| at.0)
}

fn some(id: [u8; 16]) -> Option<Uuid> {
    Some(id).filter(|id| *id != NONE).map(Uuid::from_bytes)
}

fn at_of(row: &Row, column: usize) -> Result<Option<At>, ReadError> {
    Ok(Some(row.int(column)?).filter(|at| *at != 0).map(At))
}

fn coded<T: std::str::FromStr>(text: &str) -> Result<T, ReadError> {
    text.parse()
        .map_err(|_| ReadError::Broken("a row of shared information has an unknown code".into()))
}

fn petition_of(row: &Row, column: usize) -> Result<PetitionId, ReadError> {
    Ok(PetitionId(Uuid::from_bytes(row.id16(column)?)))
}

fn official_of(row: &Row, column: usize) -> Result<OfficialId, ReadError> {
    Ok(OfficialId(Uuid::from_bytes(row.id16(column)?)))
}

fn consent(row: &Row) -> Result<KeptConsent, ReadError> {
    let items: Result<Vec<Code>, ReadError> = row.text(3)?.split_whitespace().map(coded).collect();
    Ok(KeptConsent {
        consent: Consent {
            id: row.id16(0)?,
            petition: petition_of(row, 1)?,
            purpose: coded(row.text(2)?)?,
            items: items?,
            agency: row.hash32(4)?,
            signed_at: At(row.int(8)?),
            valid_until: At(row.int(9)?),
            withdrawn_at: at_of(row, 10)?,
        },
        way: coded(row.text(5)?)?,
        text: TextId(Uuid::from_bytes(row.id16(6)?)),
        taken_by: some(row.id16(7)?).map(OfficialId),
    })
}

fn look(row: &Row) -> Result<KeptLook, ReadError> {
    let basis = match row.text(5)? {
        "" => Basis::Consent(row.id16(4)?),
        code => Basis::Exception(coded(code)?),
    };
    Ok(KeptLook {
        id: row.id16(0)?,
        petition: petition_of(row, 1)?,
        item: coded(row.text(2)?)?,
        purpose: coded(row.text(3)?)?,
        basis,
        official: official_of(row, 6)?,
        unit: UnitId(Uuid::from_bytes(row.id16(7)?)),
        service: (coded(row.text(8)?)?, number(row, 9)?),
        asked_at: At(row.int(10)?),
        state: coded(row.text(11)?)?,
        answered_at: at_of(row, 12)?,
        subject: TextId(Uuid::from_bytes(row.id16(13)?)),
        content: some(row.id16(14)?).map(TextId),
    })
}

fn number(row: &Row, column: usize) -> Result<u32, ReadError> {
    u32::try_from(row.int(column)?).map_err(|_| ReadError::Broken("a number is out of bounds".into()))
}

fn record(row: &Row) -> Result<KeptRecord, ReadError> {
    let text = TextId(Uuid::from_bytes(row.id16(6)?));
    let by = official_of(row, 5)?;
    Ok(KeptRecord {
        id: row.id16(0)?,
        petition: petition_of(row, 1)?,
        asked_at: At(row.int(2)?),
        due: row.int(3)?,
        answered: at_of(row, 4)?.map(|at| (at, by, text)),
    })
}

impl Place {
    /// The consents given for a petition, oldest first.
    pub async fn consents(&self, petition: PetitionId) -> Result<Vec<KeptConsent>, ReadError> {
        let rows = self.db.query(CONSENT, crate::params![petition.bytes()]).await?;
        rows.iter().map(consent).collect()
    }

    /// What was looked up for a petition, oldest first.
    pub async fn shared_looks(&self, petition: PetitionId) -> Result<Vec<KeptLook>, ReadError> {
        const SQL: &str = "SELECT id, petition, item, purpose, consent, exception, official, unit, service, version, asked_at, \
                           state, answered_at, subject, content FROM shared_look WHERE petition = $1 ORDER BY asked_at, id";
        let rows = self.db.query(SQL, crate::params![petition.bytes()]).await?;
        rows.iter().map(look).collect()
    }

    /// Look-ups whose answer is not known though they were asked before `before`, oldest first.
    pub async fn shared_looks_open(&self, before: At, limit: u32) -> Result<Vec<KeptLook>, ReadError> {
        const SQL: &str = "SELECT id, petition, item, purpose, consent, exception, official, unit, service, version, asked_at, \
                           state, answered_at, subject, content FROM shared_look WHERE state = 'asked' AND asked_at < $1 \
                           ORDER BY asked_at, id LIMIT $2";
        let rows = self.db.query(SQL, crate::params![before.0, limit]).await?;
        rows.iter().map(look).collect()
    }

    /// Requests for the record about a petition, oldest first.
    pub async fn shared_records(&self, petition: PetitionId) -> Result<Vec<KeptRecord>, ReadError> {
        let sql = format!("{RECORD} WHERE petition = $1 ORDER BY asked_at, id");
        let rows = self.db.query_text(sql, crate::params![petition.bytes()]).await?;
        rows.iter().map(record).collect()
    }

    /// Requests that wait for their answer, the most urgent first.
    pub async fn shared_records_open(&self, limit: u32) -> Result<Vec<KeptRecord>, ReadError> {
        let sql = format!("{RECORD} WHERE answered_at = 0 ORDER BY due, id LIMIT $1");
        let rows = self.db.query_text(sql, crate::params![limit]).await?;
        rows.iter().map(record).collect()
    }

    /// How often each service looked up each item on each basis, among what was answered from `from` until before `until`.
    pub async fn shared_counts(&self, from: At, until: At) -> Result<Vec<Counted>, ReadError> {
        const SQL: &str = "SELECT service, version, item, exception, count(*) FROM shared_look \
                           WHERE asked_at >= $1 AND asked_at < $2 AND state IN ('found', 'not_found') \
                           GROUP BY service, version, item, exception ORDER BY service, version, item, exception";
        let rows = self.db.query(SQL, crate::params![from.0, until.0]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Counted {
                    service: (coded(row.text(0)?)?, number(row, 1)?),
                    item: coded(row.text(2)?)?,
                    exception: match row.text(3)? {
                        "" => None,
                        code => Some(coded(code)?),
                    },
                    n: number(row, 4)?,
                })
            })
            .collect()
    }

    /// Every role ever given, newest first.
    pub async fn sharing_roles(&self) -> Result<Vec<Grant>, ReadError> {
        const SQL: &str = "SELECT id, official, role, item, given_by, given_at, ended_at, ended_by FROM sharing_role \
                           ORDER BY given_at DESC, id DESC";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| {
                let by = official_of(row, 7)?;
                Ok(Grant {
                    id: row.id16(0)?,
                    official: official_of(row, 1)?,
                    role: coded::<Role>(row.text(2)?)?,
                    item: match row.text(3)? {
                        "" => None,
                        code => Some(coded(code)?),
                    },
                    given_by: official_of(row, 4)?,
                    given_at: At(row.int(5)?),
                    ended: at_of(row, 6)?.map(|at| (at, by)),
                })
            })
            .collect()
    }

    /// Forms shredded from one day until before another (days since 1970-01-01), by department.
    pub async fn shredded(&self, from: i64, until: i64) -> Result<Vec<(UnitId, u32)>, ReadError> {
        const SQL: &str = "SELECT unit, CAST(sum(n) AS BIGINT) FROM shredded WHERE day >= $1 AND day < $2 GROUP BY unit \
                           ORDER BY unit";
        let rows = self.db.query(SQL, crate::params![from, until]).await?;
        (rows.iter())
            .map(|row| Ok((UnitId(Uuid::from_bytes(row.id16(0)?)), number(row, 1)?)))
            .collect()
    }
}

impl Batch {
    /// A consent.
    pub fn consent(&mut self, kept: &KeptConsent) {
        let consent = &kept.consent;
        let items: Vec<&str> = consent.items.iter().map(Code::as_str).collect();
        self.add(
            "INSERT INTO consent (id, petition, purpose, items, agency, way, text, taken_by, signed_at, valid_until, withdrawn_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            crate::params![
                consent.id,
                consent.petition.bytes(),
                consent.purpose.code(),
                items.join(" "),
                consent.agency,
                kept.way.code(),
                kept.text.bytes(),
                kept.taken_by.map_or(NONE, OfficialId::bytes),
                consent.signed_at.0,
                consent.valid_until.0,
                moment(consent.withdrawn_at)
            ],
        );
    }

    /// Withdraws a consent that was not withdrawn yet; a race when somebody else did.
    pub fn consent_withdrawn(&mut self, id: [u8; 16], now: At) {
        let write = Write::new(
            "UPDATE consent SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at = 0",
            crate::params![now.0, id],
        );
        self.push(For::Race, write.rows(1));
    }

    /// A look-up about to be asked; one with the same identity was asked before (`Repeated`).
    pub fn shared_look(&mut self, look: &KeptLook) {
        let (consent, exception) = match look.basis {
            Basis::Consent(id) => (id, ""),
            Basis::Exception(exception) => (NONE, exception.code()),
        };
        let params: Vec<Value> = crate::params![
            look.id,
            look.petition.bytes(),
            look.item.as_str(),
            look.purpose.code(),
            consent,
            exception,
            look.official.bytes(),
            look.unit.bytes(),
            look.service.0.as_str(),
            look.service.1,
            look.asked_at.0,
            look.state.code(),
            moment(look.answered_at),
            look.subject.bytes(),
            look.content.map_or(NONE, TextId::bytes)
        ];
        self.push(For::Once, Write::new(LOOK_IN, params));
    }

    /// Holds the list back where a consent was withdrawn in between: a race.
    pub fn consent_stands(&mut self, id: [u8; 16]) {
        let write = Write::new(
            "UPDATE consent SET withdrawn_at = 0 WHERE id = $1 AND withdrawn_at = 0",
            crate::params![id],
        );
        self.push(For::Race, write.rows(1));
    }

    /// What came of a look-up that was still open; a race when somebody else wrote it.
    pub fn shared_look_answered(&mut self, id: [u8; 16], state: Found, content: Option<TextId>, now: At) {
        let write = Write::new(
            "UPDATE shared_look SET state = $1, answered_at = $2, content = $3 WHERE id = $4 AND state = 'asked'",
            crate::params![state.code(), now.0, content.map_or(NONE, TextId::bytes), id],
        );
        self.push(For::Race, write.rows(1));
    }

    /// A request for the record.
    pub fn shared_record(&mut self, record: &KeptRecord) {
        self.add(
            RECORD_IN,
            crate::params![
                record.id,
                record.petition.bytes(),
                record.asked_at.0,
                record.due,
                0_i64,
                NONE,
                NONE
            ],
        );
    }

    /// The record is told; a race when somebody else did.
    pub fn shared_record_told(&mut self, id: [u8; 16], by: OfficialId, text: TextId, now: At) {
        let write = Write::new(
            "UPDATE shared_record SET answered_at = $1, answered_by = $2, text = $3 WHERE id = $4 AND answered_at = 0",
            crate::params![now.0, by.bytes(), text.bytes(), id],
        );
        self.push(For::Race, write.rows(1));
    }

    /// A role given.
    pub fn sharing_role(&mut self, grant: &Grant) {
        self.add(
            "INSERT INTO sharing_role (id, official, role, item, given_by, given_at, ended_at, ended_by) \
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
            crate::params![
                grant.id,
                grant.official.bytes(),
                grant.role.code(),
                grant.item.as_ref().map_or("", Code::as_str),
                grant.given_by.bytes(),
                grant.given_at.0,
                NONE
            ],
        );
    }

    /// A role taken back; a race when somebody else did.
    pub fn sharing_role_ended(&mut self, id: [u8; 16], by: OfficialId, now: At) {
        let write = Write::new(
            "UPDATE sharing_role SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at = 0",
            crate::params![now.0, by.bytes(), id],
        );
        self.push(For::Race, write.rows(1));
    }

    /// One form more shredded that day (in days since 1970-01-01).
    pub fn shredded(&mut self, day: i64, unit: UnitId) {
        self.add(
            "INSERT INTO shredded (day, unit, n) VALUES ($1, $2, 1) ON CONFLICT (day, unit) DO UPDATE SET n = shredded.n + 1",
            crate::params![day, unit.bytes()],
        );
    }

    /// One less, where a tap was a slip; never below none.
    pub fn not_shredded(&mut self, day: i64, unit: UnitId) {
        self.add(
            "UPDATE shredded SET n = n - 1 WHERE day = $1 AND unit = $2 AND n > 0",
            crate::params![day, unit.bytes()],
        );
    }
}
