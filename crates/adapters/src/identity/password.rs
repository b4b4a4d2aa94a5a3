//! 비밀번호 — officials by login and password, hashed with argon2id; two at work at a time, the rest queue.

use crypto::password::Scale;
use domain::id::OfficialId;
use ports::identity::{Identity, Logins, Unavailable};
use std::sync::Arc;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Checks passwords against the hashes `Logins` finds.
pub struct PasswordIdentity {
    logins: Arc<dyn Logins>,
    seats: Arc<Semaphore>,
    scale: Arc<Scale>,
}

/// One hash takes 19 MiB and some 20 ms: with two at a time a flood of log-ins leaves the machine to its petitions.
const AT_A_TIME: usize = 2;

impl PasswordIdentity {
    /// Over the accounts of `logins`.
    pub fn new(logins: Arc<dyn Logins>) -> PasswordIdentity {
        PasswordIdentity {
            logins,
            seats: Arc::new(Semaphore::new(AT_A_TIME)),
            scale: Arc::default(),
        }
    }

    /// How many passwords were weighed: one for each question, whoever was asked about.
    pub fn weighed(&self) -> u64 {
        self.scale.runs()
    }
}

#[async_trait::async_trait]
impl Identity for PasswordIdentity {
    async fn authenticate(&self, login: &str, password: &str) -> Result<Option<OfficialId>, Unavailable> {
        let found = self.logins.find(login).await?;
        let password = Zeroizing::new(password.to_owned());
        let seat = self
            .seats
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| Unavailable("the house is closing".to_owned()))?;
        let scale = self.scale.clone();
        tokio::task::spawn_blocking(move || {
            let _seat = seat;
            let phc = found.as_ref().map(|(_, phc)| phc.as_str());
            let right = scale.weigh(&password, phc);
            found.filter(|_| right).map(|(official, _)| official)
        })
        .await
        .map_err(|error| Unavailable(format!("checking a password: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemChance;
    use ports::Chance;
    use uuid::Uuid;

    /// One account, 김민원, and a directory that can be away.
    struct OneAccount {
        phc: String,
    }

    const OFFICIAL: OfficialId = OfficialId(Uuid::from_u128(7));

    #[async_trait::async_trait]
    impl Logins for OneAccount {
        async fn find(&self, login: &str) -> Result<Option<(OfficialId, String)>, Unavailable> {
            match login {
                "김민원" => Ok(Some((OFFICIAL, self.phc.clone()))),
                "sso-only" => Ok(Some((OFFICIAL, String::new()))),
                "away" => Err(Unavailable("the directory is away".to_owned())),
                _ => Ok(None),
            }
        }
    }

    #[tokio::test]
    async fn only_the_right_password_of_an_account_opens() {
        let phc = crypto::password::hash("맑은 물 4", &mut |out| SystemChance.fill(out));
        let identity = Arc::new(PasswordIdentity::new(Arc::new(OneAccount { phc })));
        let cases = [
            ("김민원", "맑은 물 4", Ok(Some(OFFICIAL))),
            ("김민원", "맑은 물 5", Ok(None)),
            ("김민원", "", Ok(None)),
            ("아무개", "맑은 물 4", Ok(None)),
            ("sso-only", "맑은 물 4", Ok(None)),
            ("sso-only", "", Ok(None)),
            (
                "away",
                "맑은 물 4",
                Err(Unavailable("the directory is away".to_owned())),
            ),
        ];
        for (login, password, expected) in cases {
            assert_eq!(
                identity.authenticate(login, password).await,
                expected,
                "{login} {password}"
            );
        }
        // A wrong password, an account without one and nobody at all take the same work: one run of argon2 each.
        assert_eq!(identity.weighed(), 6, "all but the one whose directory was away");
        // More than two at once queue and all come through.
        let crowd: Vec<_> = (0..6)
            .map(|_| {
                let identity = identity.clone();
                tokio::spawn(async move { identity.authenticate("김민원", "맑은 물 4").await })
            })
            .collect();
        for one in crowd {
            assert_eq!(one.await.unwrap(), Ok(Some(OFFICIAL)));
        }
        assert_eq!(identity.seats.available_permits(), AT_A_TIME);
    }
}
