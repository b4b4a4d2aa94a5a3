//! 식별자 — identities of things: 16 bytes, ordered by the time they were made.
//!
//! Made through `ports::Ids` only, so that a replayed story has the same identities. Shown as 32 hexadecimal digits.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A text that is no identity of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identity: 32 hexadecimal digits are expected")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The 16 bytes as they are stored.
            pub fn bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }
            /// From the 16 stored bytes; `None` for any other length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.simple())
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.simple())
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if text.len() != 32 { return Err(NotAnId) }
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )*};
}

ids! {
    /// 민원 — one petition.
    PetitionId
    /// 사람 — one petitioner (person, company, association) as the vault keeps them: the owner of a key.
    PersonId
    /// 공무원 — one official's account.
    OfficialId
    /// 서비스 계정 — one program with a key of its own.
    MachineId
    /// 부서 — one organisational unit.
    UnitId
    /// 금고의 글 — one sealed text or file in the vault.
    TextId
    /// 발송 — one effect waiting in the outbox.
    OutboxId
    /// 화면 이용 — one session of a citizen or an official.
    SessionId
    /// 부재 — one absence of an official.
    AbsenceId
    /// 인계·인수 — one hand-over of an official's petitions.
    HandoverId
}
