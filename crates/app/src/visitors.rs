//! 다른 이용자 — external users and service accounts: who is let in, from where and when, and who may say so.

pub mod external;
pub mod machines;

use crate::Trouble;
use crate::people::OfficeError;
use domain::external::Outside;
use domain::machine::Shut;
use store::batch::CommitFault;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Barred {
    /// Only the administrator.
    #[error("not yours")]
    NotYours,
    /// There is no such account.
    #[error("there is no such account")]
    Unknown,
    /// Of an external user.
    #[error("kept out: {0}")]
    Outside(Outside),
    /// Of a service account.
    #[error("shut: {0}")]
    Shut(Shut),
    /// Too many requests: wait this many seconds.
    #[error("too many requests")]
    Wait(i64),
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

crate::from_trouble!(Barred: store::engine::ReadError, CommitFault, serde_json::Error);

impl From<Outside> for Barred {
    fn from(why: Outside) -> Barred {
        Barred::Outside(why)
    }
}

impl From<Shut> for Barred {
    fn from(why: Shut) -> Barred {
        Barred::Shut(why)
    }
}

impl From<OfficeError> for Barred {
    fn from(error: OfficeError) -> Barred {
        match error {
            OfficeError::Trouble(trouble) => Barred::Trouble(trouble),
            OfficeError::Refused(_) | OfficeError::Unfit(_) => Barred::NotYours,
        }
    }
}
