//! 통합로그인 — officials by the agency's single sign-on (OpenID Connect): one question of one browser, answered once.
//!
//! Nothing is kept while the person is away: the state carries its time, its purpose and the way back under a MAC that binds it
//! to the browser's session; nonce and verifier follow from it. No account is made by itself.

use super::factors::bytes;
use super::{MINUTE, NotLetIn};
use crate::identity::door::{Arrival, Entered};
use crate::{App, Trouble};
use domain::account::Road;
use ports::identity::{Front, NotNamed, Question};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::session::Subject;

/// Who is sent away is back by then.
const BACK_BY: i64 = 10 * MINUTE;
/// Clocks may differ by so much.
const AWRY: i64 = MINUTE;

/// What the single sign-on is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// 로그인.
    Entry,
    /// 다시 확인.
    Confirm,
}

/// What a good answer led to.
#[derive(Debug, Clone)]
pub enum Answered {
    /// Somebody is in, or half-way in.
    Entered(Box<Entered>),
    /// Who uses the session was shown anew.
    Confirmed,
}

/// The state's own parts: time, chance, purpose, way back.
struct State {
    at: i64,
    wanted: Wanted,
    back: String,
}

impl App {
    /// How the single sign-on is called here; `None` where there is none.
    pub fn sso_front(&self) -> Option<&Front> {
        self.ports.sso.as_ref().map(|sso| sso.front())
    }

    fn sso_mac(&self, label: &str, cookie: &str, what: &[u8]) -> String {
        let key = self.places.live.keys().derive("single sign-on");
        domain::text::hex(&crypto::hash::mac(
            &key,
            label,
            &[&App::session_key(cookie), what],
        ))
    }

    fn question(&self, cookie: &str, state: String, wanted: Wanted) -> Question {
        Question {
            nonce: self.sso_mac("nonce", cookie, state.as_bytes()),
            verifier: self.sso_mac("verifier", cookie, state.as_bytes()),
            anew: wanted == Wanted::Confirm,
            state,
        }
    }

    /// Where a browser is sent, to come back to `back` in the end.
    pub async fn ask_sso(&self, cookie: &str, wanted: Wanted, back: &str) -> Result<String, NotLetIn> {
        let sso = self.ports.sso.as_ref().ok_or(NotLetIn::Away)?;
        let mut plain = self.now().0.to_be_bytes().to_vec();
        plain.extend_from_slice(&self.random()[..16]);
        plain.push(match wanted {
            Wanted::Entry => 0,
            Wanted::Confirm => 1,
        });
        plain.extend_from_slice(back.as_bytes());
        let mac = self.sso_mac("state", cookie, &plain);
        let state = format!("{}.{mac}", domain::text::hex(&plain));
        let question = self.question(cookie, state, wanted);
        sso.address(&question).await.map_err(not_named)
    }

    fn state_of(&self, cookie: &str, state: &str) -> Option<State> {
        let (plain, mac) = state.split_once('.')?;
        let plain = bytes(plain)?;
        let right = self.sso_mac("state", cookie, &plain);
        if !crypto::hash::same(right.as_bytes(), mac.as_bytes()) {
            return None;
        }
        let (at, rest) = plain.split_first_chunk::<8>()?;
        let at = i64::from_be_bytes(*at);
        let wanted = match rest.get(16)? {
            0 => Wanted::Entry,
            1 => Wanted::Confirm,
            _ => return None,
        };
        let young = (0..=BACK_BY).contains(&(self.now().0 - at));
        let back = String::from_utf8(rest[17..].to_vec()).ok()?;
        young.then_some(State { at, wanted, back })
    }

    /// Takes what came back: `cookie` is what the browser holds. Gives what it led to, and the way to go on.
    pub async fn answer_sso(
        &self,
        cookie: &str,
        state: &str,
        code: &str,
        from: &Arrival,
    ) -> Result<(Answered, String), NotLetIn> {
        let sso = self.ports.sso.as_ref().ok_or(NotLetIn::Away)?;
        let State { at, wanted, back } = self.state_of(cookie, state).ok_or(NotLetIn::Wrong)?;
        let mut batch = Batch::new();
        // The MAC, which has one spelling only.
        let mac = state.split_once('.').map_or("", |(_, mac)| mac);
        let once = crypto::hash::sha256("minwon sso state", &[mac.as_bytes()]);
        batch.spent(&once, self.now().plus(BACK_BY));
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) => {}
            Err(CommitFault::Conflict) => return Err(NotLetIn::Wrong),
            Err(fault) => return Err(fault.into()),
        }
        let question = self.question(cookie, state.to_owned(), wanted);
        let named = sso.redeem(code, &question).await.map_err(not_named)?;
        let day = self
            .now()
            .date()
            .ok_or_else(|| Trouble::Broken("the clock is outside the calendar".into()))?;
        let login = named.account.trim().to_lowercase();
        let known = self.places.live.login(&login, day).await?;
        let Some((official, _)) = known.filter(|_| !login.is_empty()) else {
            tracing::warn!("the single sign-on named somebody who has no account here");
            return Err(NotLetIn::Wrong);
        };
        match wanted {
            Wanted::Entry => {
                let factored = sso.front().two_factors;
                let entered = self.comes_in(official, Road::Sso, factored, from).await?;
                Ok((Answered::Entered(Box::new(entered)), back))
            }
            Wanted::Confirm => {
                let open = self.session(cookie).await?.ok_or(NotLetIn::Wrong)?;
                let own = open.session.subject == Subject::Official(official);
                let anew = named.shown_at.is_some_and(|shown| shown.0 >= at - AWRY);
                if !own || !anew {
                    return Err(NotLetIn::Wrong);
                }
                self.proven(&open, official).await?;
                Ok((Answered::Confirmed, back))
            }
        }
    }
}

fn not_named(why: NotNamed) -> NotLetIn {
    tracing::warn!(%why, "the single sign-on named nobody");
    match why {
        NotNamed::Refused(_) => NotLetIn::Wrong,
        NotNamed::Away(_) => NotLetIn::Away,
    }
}
