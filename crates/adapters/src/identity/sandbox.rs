//! 연습용 본인확인 — a provider that checks nothing: a visitor of the demo chooses who to be among invented people. It does not run
//! in production, and each of its pages says what it is.
//!
//! Towards the house it behaves as a real one: an answer is for one question, holds once, and is redeemed by whoever asked.

use crate::mode::{Mode, RefusesProduction};
use domain::assurance::{Assurance, Means};
use domain::terms::Code;
use domain::text::hex;
use ports::Chance;
use ports::identity::{Broker, NotNamed, Provider, Question, Rehearsal, Role, Shown};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

/// So many questions wait at most; the oldest are forgotten.
const WAITING: usize = 1_000;

/// The people one can be: key, name, telephone, mail.
const PEOPLE: &[(&str, &str, &str, &str)] = &[
    ("haneul", "김하늘", "+82 10-0000-2101", "haneul@example.org"),
    ("bada", "이바다", "010-0000-2102", ""),
    ("san", "박산", "", ""),
];
/// What can go wrong with a real one: it gives no name; it is away when the answer is redeemed.
const LACKING: &str = "lacking";
const AWAY: &str = "away";

#[derive(Default)]
struct Kept {
    asked: VecDeque<Question>,
    answers: HashMap<String, (String, String)>,
}

/// The provider of the demo and of the stories.
pub struct SandboxBroker {
    provider: Provider,
    page: String,
    back: String,
    chance: Arc<dyn Chance>,
    kept: Mutex<Kept>,
}

impl SandboxBroker {
    /// `page` is where one chooses who to be, `back` where a browser comes back to. Errors: in production.
    pub fn new(
        mode: Mode,
        code: Code,
        page: &str,
        back: &str,
        chance: Arc<dyn Chance>,
    ) -> Result<SandboxBroker, RefusesProduction> {
        mode.sandbox("verified identities")?;
        Ok(SandboxBroker {
            provider: Provider {
                code,
                name: "연습용 본인확인".into(),
                name_en: "rehearsal identity check".into(),
                means: Means::Simple,
                assurance: Assurance::Verified,
                issuer: "urn:minwon:rehearsal".into(),
                claim: "sub".into(),
            },
            page: page.to_owned(),
            back: back.to_owned(),
            chance,
            kept: Mutex::default(),
        })
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Broker for SandboxBroker {
    fn provider(&self) -> &Provider {
        &self.provider
    }

    async fn address(&self, question: &Question) -> Result<String, NotNamed> {
        let mut kept = self.kept();
        if kept.asked.len() >= WAITING {
            kept.asked.pop_front();
        }
        kept.asked.push_back(question.clone());
        Ok(format!("{}?state={}", self.page, question.state))
    }

    async fn redeem(&self, code: &str, question: &Question) -> Result<Shown, NotNamed> {
        let refused = |why: &str| NotNamed::Refused(why.to_owned());
        let mut kept = self.kept();
        let (state, who) = kept
            .answers
            .remove(code)
            .ok_or_else(|| refused("no such answer"))?;
        let place = kept.asked.iter().position(|asked| asked.state == state);
        let asked = place.and_then(|place| kept.asked.remove(place));
        if asked.as_ref() != Some(question) {
            return Err(refused("an answer to another question"));
        }
        if who == LACKING {
            return Err(NotNamed::Lacking("name".into()));
        }
        if who == AWAY {
            return Err(NotNamed::Away("as was wished".into()));
        }
        let (key, name, phone, mail) = PEOPLE
            .iter()
            .find(|(key, ..)| *key == who)
            .ok_or_else(|| refused("nobody of that name"))?;
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Shown {
            identifier: (*key).to_owned(),
            name: (*name).to_owned(),
            phone: said(phone),
            mail: said(mail),
        })
    }
}

impl Rehearsal for SandboxBroker {
    fn roles(&self) -> Vec<Role> {
        let people = PEOPLE.iter().map(|(key, name, phone, mail)| Role::Person {
            key: (*key).to_owned(),
            name: (*name).to_owned(),
            reach: [*phone, *mail].iter().any(|reach| !reach.is_empty()),
        });
        let faults = [LACKING, AWAY].map(|key| Role::Fault { key: key.to_owned() });
        people.chain(faults).collect()
    }

    fn plays(&self, state: &str, role: &str) -> Option<String> {
        let mut kept = self.kept();
        kept.asked.iter().find(|asked| asked.state == state)?;
        if !PEOPLE.iter().any(|(key, ..)| *key == role) && role != LACKING && role != AWAY {
            return Some(format!("{}?error=access_denied&state={state}", self.back));
        }
        let mut code = [0; 16];
        self.chance.fill(&mut code);
        let code = hex(&code);
        if kept.answers.len() >= WAITING {
            kept.answers.clear();
        }
        kept.answers
            .insert(code.clone(), (state.to_owned(), role.to_owned()));
        Some(format!("{}?code={code}&state={state}", self.back))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemChance;

    fn broker(mode: Mode) -> Result<SandboxBroker, RefusesProduction> {
        let code = "rehearsal".parse().expect("a code");
        SandboxBroker::new(mode, code, "/page", "/back", Arc::new(SystemChance))
    }

    fn question(state: &str) -> Question {
        Question {
            state: state.into(),
            nonce: format!("nonce of {state}"),
            verifier: format!("verifier of {state}"),
            anew: false,
        }
    }

    fn code(way: &str) -> String {
        let rest = way.split("code=").nth(1).expect("a code");
        rest.split('&').next().expect("a value").to_owned()
    }

    #[test]
    fn it_refuses_production() {
        assert!(broker(Mode::Production).is_err());
    }

    #[tokio::test]
    async fn an_answer_is_for_one_question_and_holds_once() {
        let broker = broker(Mode::Test).expect("no production");
        let (one, two) = (question("one"), question("two"));
        assert_eq!(broker.address(&one).await.expect("a way"), "/page?state=one");
        broker.address(&two).await.expect("a way");
        assert_eq!(broker.plays("three", "haneul"), None, "nobody asked");
        let first = code(&broker.plays("one", "haneul").expect("an answer"));
        assert!(matches!(
            broker.redeem(&first, &two).await,
            Err(NotNamed::Refused(_))
        ));
        assert!(matches!(
            broker.redeem(&first, &one).await,
            Err(NotNamed::Refused(_))
        ));
        let second = code(&broker.plays("two", "bada").expect("an answer"));
        let shown = broker.redeem(&second, &two).await.expect("somebody");
        assert_eq!(
            (shown.identifier.as_str(), shown.name.as_str()),
            ("bada", "이바다")
        );
        assert_eq!(format!("{shown:?}"), "Shown(…)", "nothing for a log");
        assert!(broker.redeem(&second, &two).await.is_err());
        broker.address(&one).await.expect("a way");
        let cancelled = broker.plays("one", "").expect("a way back");
        assert_eq!(cancelled, "/back?error=access_denied&state=one");
    }
}
