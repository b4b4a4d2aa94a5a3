//! 통지문 — what the office says to citizens and officials, rendered at delivery in the reader's language.
//!
//! A notice never carries a word of the petition: it says that there is something to read, and where. Its words are data
//! (`data/notices`), its facts come from here.

use crate::{App, Trouble};
use domain::id::{OutboxId, PetitionId};
use domain::korean;
use domain::petition::Petition;
use domain::terms::Outcome;
use domain::time::At;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use store::batch::Batch;
use store::outbox::{Effect, To};

/// A notice as rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Subject of a mail.
    pub title: String,
    /// Short text message.
    pub message: String,
    /// Body of a mail.
    pub mail: String,
}

/// Every notice in every language.
pub struct Notices {
    templates: Environment<'static>,
}

const PARTS: [&str; 3] = ["title", "message", "mail"];

impl Notices {
    /// Reads the notices: language, name, and the text of the file with its three parts. Errors: a part missing or not a
    /// template.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> Result<Notices, Trouble> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_auto_escape_callback(|_| AutoEscape::None);
        for (language, name, text) in files {
            for part in PARTS {
                let head = format!("=== {part}\n");
                let start = text.find(&head).ok_or_else(|| {
                    Trouble::Broken(format!("the notice {language}/{name} lacks its part `{part}`"))
                })? + head.len();
                let end = text[start..].find("\n=== ").map_or(text.len(), |at| start + at);
                let body = text[start..end].trim_end().to_owned();
                templates
                    .add_template_owned(format!("{language}/{name}/{part}"), body)
                    .map_err(broken)?;
            }
        }
        Ok(Notices { templates })
    }

    /// The text of a notice about a request under a law of its own, where there is one: that is no petition.
    pub fn apart(&self, name: &str) -> Option<String> {
        let own = format!("{name}.disclosure");
        let known = self.templates.get_template(&format!("ko/{own}/title")).is_ok();
        known.then_some(own)
    }

    /// Renders a notice; an unknown language gets Korean. Errors: an unknown notice, or a word it needs is not given.
    pub fn render(&self, name: &str, language: &str, words: &[(&str, &str)]) -> Result<Notice, Trouble> {
        let language = if self
            .templates
            .get_template(&format!("{language}/{name}/title"))
            .is_ok()
        {
            language
        } else {
            "ko"
        };
        let facts: std::collections::BTreeMap<String, String> = words
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let part = |part: &str| -> Result<String, Trouble> {
            let template = self
                .templates
                .get_template(&format!("{language}/{name}/{part}"))
                .map_err(broken)?;
            template.render(&facts).map_err(broken)
        };
        Ok(Notice {
            title: part("title")?.replace('\n', " "),
            message: part("message")?,
            mail: part("mail")?,
        })
    }
}

fn broken(error: minijinja::Error) -> Trouble {
    Trouble::Broken(format!("a notice cannot be rendered: {error}"))
}

fn english_moment(at: At) -> String {
    at.civil()
        .map(|c| c.strftime("%-d %B %Y (%a), %H:%M").to_string())
        .unwrap_or_default()
}

impl App {
    /// The notice that an effect sends: about a request for disclosure its own text.
    pub async fn notice_of(&self, effect: &Effect) -> Result<String, Trouble> {
        let Some(own) = self.notices.apart(&effect.template) else {
            return Ok(effect.template.clone());
        };
        if effect.petition.0.is_nil() {
            return Ok(effect.template.clone());
        }
        let petition = self.petition_of(effect.petition).await?;
        Ok(if petition.kind.is_petition() {
            effect.template.clone()
        } else {
            own
        })
    }

    /// The facts a notice may speak of, for this effect, in `language`.
    pub async fn words_of(
        &self,
        effect: &Effect,
        language: &str,
    ) -> Result<Vec<(&'static str, String)>, Trouble> {
        if let Some(words) = self.words_of_month(effect, language).await? {
            return Ok(words);
        }
        if effect.petition.0.is_nil() {
            return self.words_of_office(effect, language).await;
        }
        let petition = self.petition_of(effect.petition).await?;
        let office = self.office();
        let english = language == "en";
        let agency = &office.settings.agency;
        let moment = |at: At| {
            if english {
                english_moment(at)
            } else {
                korean::moment(at).unwrap_or_default()
            }
        };
        let due = |at: At| {
            if english {
                english_moment(at.plus(-60_000))
            } else {
                korean::due(at).unwrap_or_default()
            }
        };
        let service = office.services.get(&petition.service);
        let service = service.map_or("", |s| if english { &s.name.en } else { &s.name.ko });
        let unit = petition
            .send_back
            .or(petition.unit)
            .and_then(|id| office.units.get(&id))
            .or(office.petition_office());
        let handler = petition.handler.and_then(|id| office.officials.get(&id));
        let nobody = if english {
            "the official in charge"
        } else {
            "담당자"
        };
        let phone = handler
            .map(|h| h.phone.as_str())
            .or(unit.map(|u| u.phone.as_str()))
            .unwrap_or(&agency.phone);
        let lawful = petition.reception.map(|r| r.due);
        let later = if english {
            "to be announced"
        } else {
            "별도 안내"
        };
        let or_later = |at: Option<At>| at.map_or_else(|| later.to_owned(), due);
        let side = match effect.to {
            To::Person(_) => "my",
            To::Official(_) => "desk",
        };
        // Read once: it is the whole journal.
        let cause = self.cause_of(effect).await?;
        let event = cause.as_ref().map(|recorded| &recorded.event);
        let extension = self.extension_of(&petition, effect).await?;
        let person = |id| {
            office
                .officials
                .get(&id)
                .map(|p: &store::office::Person| p.name.clone())
        };
        let drafter = match petition.draft.map(|d| d.by) {
            Some(domain::terms::By::Official(id)) => person(id),
            _ => None,
        };
        let approver = match cause.as_ref().map(|r| r.by) {
            Some(domain::terms::By::Official(id)) => person(id),
            _ => None,
        };
        let other_agency = match event {
            Some(
                domain::event::Event::Transferred { agency, .. }
                | domain::event::Event::Referred { agency, .. },
            ) => {
                let opened = self.here.open(&[*agency]).await?;
                opened.text(*agency).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        };
        let day = |day: Option<jiff::civil::Date>| {
            day.map_or_else(String::new, |day| {
                if english {
                    day.to_string()
                } else {
                    korean::date(day)
                }
            })
        };
        let lead = match petition.merged_into {
            Some(lead) => Some(self.petition_of(lead).await?.number.to_string()),
            None => None,
        };
        let asked = match event {
            Some(domain::event::Event::ConsultAsked { reply_by, .. }) => Some(*reply_by),
            _ => None,
        };
        let mail_number = match event {
            Some(domain::event::Event::MailingSent { sending, .. }) => {
                sending.number.map_or_else(String::new, |number| {
                    if english {
                        format!(" (number {number})")
                    } else {
                        format!("(등기번호 {number})")
                    }
                })
            }
            _ => String::new(),
        };
        let told = crate::proceedings::told::words(&office, &petition, effect, cause.as_ref(), english);
        let dunning = petition.dunning();
        let deemed = match (self.deemed(&petition).map(|(outcome, _)| outcome), english) {
            (Some(Outcome::DeemedGranted), true) => "granted",
            (Some(_), true) => "accepted",
            (Some(Outcome::DeemedGranted), false) => "허가",
            (Some(_), false) => "수리",
            (None, _) => "",
        };
        let ended = petition.end.map_or(effect.made_at, |end| end.concluded_at);
        Ok(vec![
            (
                "agency",
                if english {
                    agency.name_en.clone()
                } else {
                    agency.name.clone()
                },
            ),
            ("petition_number", petition.number.to_string()),
            (
                "reception_number",
                petition
                    .reception
                    .map(|r| r.number.to_string())
                    .unwrap_or_default(),
            ),
            (
                "service_name",
                match (petition.protected, english) {
                    // A telephone lies on the table: what it was about is not for whoever reads along.
                    (true, true) => "Petition".to_owned(),
                    (true, false) => "민원".to_owned(),
                    (false, _) => service.to_owned(),
                },
            ),
            ("filed_at", moment(petition.filed_at)),
            (
                "received_at",
                petition.reception.map(|r| moment(r.at)).unwrap_or_default(),
            ),
            ("expected", or_later(self.expected_of(&petition).await?)),
            ("due", or_later(lawful)),
            ("old_due", extension.map(|e| due(e.from)).unwrap_or_default()),
            ("new_due", or_later(extension.map(|e| e.due))),
            (
                "ground",
                extension
                    .map(|e| {
                        if english {
                            e.cause.english()
                        } else {
                            e.cause.korean()
                        }
                    })
                    .unwrap_or_default()
                    .to_owned(),
            ),
            (
                "supplement_due",
                petition
                    .supplement
                    .map(|s| {
                        if english {
                            s.until.to_string()
                        } else {
                            korean::date(s.until)
                        }
                    })
                    .unwrap_or_default(),
            ),
            (
                "unit",
                unit.map_or("", |u| if english { &u.name_en } else { &u.name })
                    .to_owned(),
            ),
            ("mail_number", mail_number),
            ("handler", handler.map_or(nobody, |h| &h.name).to_owned()),
            ("phone", phone.to_owned()),
            (
                "link",
                format!("{}/{side}/{}", agency.address_of_pages, petition.id),
            ),
            (
                "kept_until",
                petition
                    .claim
                    .and_then(|claim| claim.discard_from.yesterday().ok())
                    .map(|day| {
                        if english {
                            day.to_string()
                        } else {
                            korean::date(day)
                        }
                    })
                    .unwrap_or_default(),
            ),
            ("pages", agency.address_of_pages.clone()),
            (
                "letter_number",
                dunning
                    .and_then(|letter| letter.number)
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
            ),
            ("letter_reply_by", day(dunning.and_then(|letter| letter.reply_by))),
            ("other_agency", other_agency),
            ("report_by", day(petition.tracking.map(|t| t.report_by))),
            ("reply_by", day(asked)),
            ("lead_number", lead.unwrap_or_default()),
            (
                "objection_due",
                petition.objection.map(|o| due(o.due)).unwrap_or_default(),
            ),
            (
                "target",
                petition.further.map(|f| due(f.target)).unwrap_or_default(),
            ),
            ("sent_at", moment(effect.made_at)),
            ("concluded_at", moment(ended)),
            ("drafter", drafter.unwrap_or_else(|| nobody.to_owned())),
            ("approver", approver.unwrap_or_else(|| nobody.to_owned())),
            ("deemed", deemed.to_owned()),
            ("track", told.track),
            ("sentence", told.sentence),
            ("step_due", told.due.map(due).unwrap_or_default()),
        ])
    }

    /// Queues a notice about no petition, once for `what` and each receiver; a told past tells nobody.
    pub(crate) fn tell(&self, batch: &mut Batch, notice: &str, what: &[&[u8]], to: To, due: At) {
        if self.is_simulated() {
            return;
        }
        let whom = match to {
            To::Official(official) => official.bytes(),
            To::Person(person) => person.bytes(),
        };
        let once = crypto::hash::sha256(
            "minwon notice about no petition",
            &[&[notice.as_bytes()], what, &[&whom]].concat(),
        );
        let none = PetitionId(uuid::Uuid::nil());
        batch.effect(OutboxId(self.id()), once, none, 0, notice, to, self.now(), due);
    }

    /// The facts of a notice that speaks of no petition.
    async fn words_of_office(
        &self,
        effect: &Effect,
        language: &str,
    ) -> Result<Vec<(&'static str, String)>, Trouble> {
        let office = self.office();
        let units: Vec<domain::id::UnitId> = match effect.to {
            To::Official(official) => (office.staff.posts.get(&official).into_iter().flatten())
                .map(|post| post.unit)
                .collect(),
            To::Person(_) => Vec::new(),
        };
        if effect.template.starts_with("identity_") {
            let agency = match language {
                "en" => &office.settings.agency.name_en,
                _ => &office.settings.agency.name,
            };
            let link = format!("{}/my", office.settings.agency.address_of_pages);
            return Ok(vec![("agency", agency.clone()), ("link", link)]);
        }
        let page = match effect.template.as_str() {
            "erasure_apart" => "apart",
            "disposal_waiting" => "disposals",
            template if template.starts_with("erasure_") => "erasure",
            _ => "answers",
        };
        let link = format!("{}/desk/{page}", office.settings.agency.address_of_pages);
        if page != "answers" {
            return Ok(vec![("link", link)]);
        }
        let n = self.stale_answers(&units, office.day).await?;
        Ok(vec![("n", n.to_string()), ("link", link)])
    }

    /// The facts of a notice about a month of inspection; `None` for a notice about a petition.
    async fn words_of_month(
        &self,
        effect: &Effect,
        language: &str,
    ) -> Result<Option<Vec<(&'static str, String)>>, Trouble> {
        if effect.template.starts_with("review_") {
            return self.words_of_review(effect, language).await.map(Some);
        }
        if !effect.template.starts_with("inspection_") && effect.template != "staff_text" {
            return Ok(None);
        }
        let Some((month, text)) = self.staff_text_sent(effect.petition).await? else {
            return Ok(None);
        };
        let office = self.office();
        let agency = &office.settings.agency;
        let (year, of_year) = month.parts();
        let (name, told) = if language == "en" {
            (agency.name_en.clone(), month.to_string())
        } else {
            (agency.name.clone(), format!("{year}년 {of_year}월"))
        };
        Ok(Some(vec![
            ("agency", name),
            ("month", told),
            ("text", text),
            (
                "link",
                format!("{}/desk/supervision/months/{month}", agency.address_of_pages),
            ),
        ]))
    }

    /// The facts of a notice about a month's review of the access log.
    async fn words_of_review(
        &self,
        effect: &Effect,
        language: &str,
    ) -> Result<Vec<(&'static str, String)>, Trouble> {
        let review = (self.here.review_by_id(effect.petition).await?)
            .ok_or_else(|| Trouble::Broken("an effect speaks of no review".into()))?;
        let month = review.month;
        let (year, of_year) = month.parts();
        let told = if language == "en" {
            month.to_string()
        } else {
            format!("{year}년 {of_year}월")
        };
        let way = if effect.template == "review_asked" {
            "/desk/explain".to_owned()
        } else {
            format!("/desk/privacy/{month}")
        };
        let office = self.office();
        Ok(vec![
            ("month", told),
            (
                "link",
                format!("{}{way}", office.settings.agency.address_of_pages),
            ),
        ])
    }

    async fn petition_of(&self, id: PetitionId) -> Result<Petition, Trouble> {
        let head = self.head(id).await?;
        head.map(|h| h.petition)
            .ok_or_else(|| Trouble::Broken("an effect speaks of no petition".into()))
    }

    /// The event that caused an effect.
    async fn cause_of(&self, effect: &Effect) -> Result<Option<domain::event::Recorded>, Trouble> {
        let journal = self.here.journal(effect.petition).await?;
        Ok(journal
            .into_iter()
            .map(|entry| entry.recorded)
            .find(|recorded| recorded.seq == effect.seq))
    }

    async fn expected_of(&self, petition: &Petition) -> Result<Option<At>, Trouble> {
        let journal = self.here.journal(petition.id).await?;
        Ok(journal.first().and_then(|entry| match entry.recorded.event {
            domain::event::Event::Filed { expected, .. } => expected,
            _ => None,
        }))
    }

    /// Ground and dates of the extension, or of the proposal, that an effect tells of.
    async fn extension_of(&self, petition: &Petition, effect: &Effect) -> Result<Option<Told>, Trouble> {
        use domain::event::Event;
        Ok(match self.cause_of(effect).await?.map(|r| r.event) {
            Some(Event::Extended {
                ground, from, due, ..
            }) => Some(Told {
                cause: ground,
                from,
                due,
            }),
            Some(Event::ExtensionProposed { n, ground, .. }) => {
                let reception = petition
                    .reception
                    .ok_or_else(|| Trouble::Broken("an extension before reception".into()))?;
                let office = self.office();
                let extensions: Vec<u32> = petition.extensions.iter().copied().chain([n]).collect();
                let due = office.law().due(
                    reception.at,
                    reception.period,
                    petition.kind,
                    &petition.stretches,
                    &extensions,
                );
                Some(Told {
                    cause: ground,
                    from: reception.due,
                    due: due.unwrap_or(At::NEVER),
                })
            }
            _ => None,
        })
    }
}

#[derive(Clone, Copy)]
struct Told {
    cause: domain::due::Cause,
    from: At,
    due: At,
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "=== title\n제목 {{ a }}\n=== message\n짧은 글 {{ a }}\n=== mail\n긴 글\n\n{{ b }}\n";

    #[test]
    fn a_notice_has_three_parts_and_no_gaps() {
        let notices = Notices::new([("ko", "x", FILE)]).unwrap();
        let notice = notices.render("x", "en", &[("a", "<가>"), ("b", "나")]).unwrap();
        assert_eq!(notice.title, "제목 <가>");
        assert_eq!(notice.message, "짧은 글 <가>");
        assert_eq!(notice.mail, "긴 글\n\n나");
        assert!(
            notices.render("x", "ko", &[("a", "가")]).is_err(),
            "a gap was rendered"
        );
        assert!(
            Notices::new([("ko", "y", "=== title\n")]).is_err(),
            "a part is missing"
        );
    }
}
