//! 통합로그인 — officials by the agency's single sign-on (OpenID Connect): one question of one browser, answered once.
//! No account is made by itself.

use super::away::Asker;
use super::{MINUTE, NotLetIn};
use crate::identity::door::{Arrival, Entered};
use crate::{App, Trouble};
use domain::account::Road;
use ports::identity::{Front, NotNamed};
use store::batch::CommitFault;
use store::session::Subject;

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

impl Wanted {
    const fn code(self) -> &'static str {
        match self {
            Wanted::Entry => "entry",
            Wanted::Confirm => "confirm",
        }
    }

    fn of(code: &str) -> Option<Wanted> {
        [Wanted::Entry, Wanted::Confirm]
            .into_iter()
            .find(|wanted| wanted.code() == code)
    }
}

fn asker(cookie: &str) -> Asker<'_> {
    Asker {
        label: "single sign-on",
        cookie,
    }
}

/// What a good answer led to.
#[derive(Debug, Clone)]
pub enum Answered {
    /// Somebody is in, or half-way in.
    Entered(Box<Entered>),
    /// Who uses the session was shown anew.
    Confirmed,
}

impl App {
    /// How the single sign-on is called here; `None` where there is none.
    pub fn sso_front(&self) -> Option<&Front> {
        self.ports.sso.as_ref().map(|sso| sso.front())
    }

    /// Where a browser is sent, to come back to `back` in the end.
    pub async fn ask_sso(&self, cookie: &str, wanted: Wanted, back: &str) -> Result<String, NotLetIn> {
        let sso = self.ports.sso.as_ref().ok_or(NotLetIn::Away)?;
        let asker = asker(cookie);
        let state = self.state(asker, wanted.code(), back);
        let question = self.question(asker, state, wanted == Wanted::Confirm);
        sso.address(&question).await.map_err(not_named)
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
        let asker = asker(cookie);
        let came = self.came_back(asker, state).map_err(|_| NotLetIn::Wrong)?;
        let wanted = Wanted::of(&came.what).ok_or(NotLetIn::Wrong)?;
        let (at, back) = (came.at, came.back);
        match self.only_once(state).await {
            Ok(()) => {}
            Err(CommitFault::Conflict) => return Err(NotLetIn::Wrong),
            Err(fault) => return Err(fault.into()),
        }
        let question = self.question(asker, state.to_owned(), wanted == Wanted::Confirm);
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
        NotNamed::Refused(_) | NotNamed::Lacking(_) => NotLetIn::Wrong,
        NotNamed::Away(_) => NotLetIn::Away,
    }
}
