//! 민원 카드 — one petition with all that an official needs; the contact in full, which is logged; papers and files.
//!
//! It is longer than 600 lines because the card shows everything about a petition.

use super::{Reader, ask, handbook, named, to_case};
use crate::desk::gate::Wish;
use crate::leave::{Leave, download};
use crate::{
    Web,
    citizen::{petition::media_type, sheet},
    form,
    proceeding::{Lens, history::event_named},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        citizen::filing::FileRow,
        desk::{
            Flag, Here,
            act::Letter,
            case::{
                Asked, Case, End, Given, NotNow, Petitioner, Proof, Rating, ReaderRow, SignerRow, Standing,
            },
            timeline::{Entry, Names},
            why::Why,
        },
        shared::Shares,
    },
};
use app::{
    act::ActError,
    desk::{self as reading, hand},
    identity::{Address, masked},
    papers::Paper,
};
use axum::{
    body::Bytes,
    extract::Path,
    response::{IntoResponse, Response},
};
use documents::{
    letter::{Authority, Disclosure, Seat},
    press,
    result_notice::{Outcome, Remedy, ResultNotice},
};
use domain::gate::{Export, Format};
use domain::{
    absence::Part,
    access::{MATRIX, Relation, Who},
    event::{Attached, Event},
    id::{OfficialId, TextId},
    korean,
    life::{Deed, Life},
    petition::letter::LetterKind,
    refusal::Refusal,
    terms::{Code, Openness},
    text::Text,
};

/// A case in the hands of an official.
pub struct Sheet<'a> {
    /// The application and its pages.
    pub web: &'a Web,
    /// Who looks.
    pub clerk: &'a Clerk,
    /// The case, opened.
    pub case: &'a reading::Case,
    /// Names and words.
    pub reader: &'a Reader,
}

impl Sheet<'_> {
    /// The one who looks.
    pub fn me(&self) -> Option<OfficialId> {
        match &self.clerk.who {
            Who::Official(official) => Some(official.id),
            Who::Citizen(_) | Who::System => None,
        }
    }

    /// A text of the case; empty if there is none, or its key is gone.
    pub fn text(&self, text: Option<Text>) -> String {
        text.and_then(|text| self.case.texts.text(text))
            .unwrap_or_default()
            .to_owned()
    }

    /// A word of the translation files.
    pub fn word(&self, key: &str) -> String {
        self.reader.word(key)
    }

    /// The petition in one line.
    pub fn head(&self) -> crate::view::desk::CaseHead {
        let title = self.case.texts.text(self.case.petition.title);
        self.reader.head(&self.case.petition, title, self.case.left)
    }

    /// What the petitioner wrote.
    pub fn body(&self) -> String {
        self.text(self.case.petition.body)
    }

    /// 처리 경과 after the event `seq`.
    pub fn entries(&self, seq: u32) -> Vec<Entry> {
        let journal = || {
            let all = self.case.journal.iter().map(|entry| &entry.recorded);
            all.filter(move |recorded| recorded.seq > seq)
        };
        let mut entries = self
            .reader
            .entries(journal(), |text| self.case.texts.text(text).map(str::to_owned));
        let proceedings = &self.case.petition.proceedings;
        for (entry, recorded) in entries.iter_mut().zip(journal()) {
            // What moved has its name in the track that the petition runs on.
            if let Some(what) = event_named(self.reader, proceedings, &recorded.event) {
                entry.what = what;
            }
        }
        entries
    }

    fn files(&self, files: &[Attached]) -> Vec<FileRow> {
        (files.iter())
            .map(|file| FileRow {
                id: file.content.id.to_string(),
                name: self.text(Some(file.name)),
                size: file.size,
                cleaned: false,
                standing: Some(self.case.standings.of(file.content.id)),
            })
            .collect()
    }

    /// 결재선, as far as the draft is on it.
    pub fn line(&self) -> Vec<SignerRow> {
        let Some(line) = &self.case.petition.line else {
            return Vec::new();
        };
        let mut comments: Vec<(u32, Text)> = Vec::new();
        for entry in &self.case.journal {
            match &entry.recorded.event {
                Event::SentUp { .. } => comments.clear(),
                Event::Signed { step, comment } | Event::Approved { step, comment, .. } => {
                    comments.extend(comment.map(|comment| (*step, comment)));
                }
                _ => {}
            }
        }
        (line.signers.iter().enumerate())
            .map(|(i, signer)| {
                let comment = comments.iter().find(|(step, _)| *step as usize == i);
                SignerRow {
                    person: self.reader.person(signer.official),
                    mark: signer.mark,
                    standing: match i.cmp(&line.signed_at.len()) {
                        std::cmp::Ordering::Less => Standing::Signed,
                        std::cmp::Ordering::Equal => Standing::Awaited,
                        std::cmp::Ordering::Greater => Standing::ToCome,
                    },
                    at: line.signed_at.get(i).copied(),
                    comment: self.text(comment.map(|(_, comment)| *comment)),
                    stood_in: (line.stood_in.iter())
                        .find(|stood| stood.step as usize == i)
                        .map(|stood| (self.reader.official(stood.by), stood.confirmed_at)),
                }
            })
            .collect()
    }

    /// 처리결과 통지 as the draft stands; `None` before there is one.
    pub fn letter(&self) -> Result<Option<Letter>, Fault> {
        match self.web.app.result_notice(self.case, self.lang()) {
            Ok(notice) => Ok(Some(self.letter_of(notice))),
            Err(ActError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The same for a draft that is only typed yet.
    pub fn letter_typed(
        &self,
        answer: &domain::act::Answer<app::words::Raw>,
    ) -> Result<Option<Letter>, Fault> {
        let nowhere = Text {
            id: TextId(self.case.petition.id.0),
            commitment: domain::text::Commitment([0; 32]),
        };
        let mut case = self.case.clone();
        case.petition.draft = Some(domain::petition::Draft {
            version: 0,
            by: self.clerk.who.by(),
            at: self.web.app.now(),
            outcome: answer.outcome,
            body: nowhere,
            reasons: None,
            remedies: None,
            openness: answer.openness,
            exception: answer.exception,
        });
        let text = |raw: &app::words::Raw| String::from_utf8_lossy(&raw.0).into_owned();
        let lines = |raw: &Option<app::words::Raw>| -> Vec<String> {
            raw.as_ref()
                .map(text)
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect()
        };
        let mut notice = match self.web.app.result_notice(&case, self.lang()) {
            Ok(notice) => notice,
            Err(ActError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        notice.text = text(&answer.body);
        if answer.outcome.owes_reasons() {
            notice.outcome = Outcome::Refused {
                reasons: lines(&answer.reasons),
                remedies: lines(&answer.remedies).into_iter().map(Remedy::Other).collect(),
            };
        }
        Ok(Some(self.letter_of(notice)))
    }

    fn letter_of(&self, notice: ResultNotice) -> Letter {
        let ResultNotice {
            letter,
            subject,
            text: mut body,
            outcome,
        } = notice;
        let (mut reasons, mut remedies) = match outcome {
            Outcome::Answered => (String::new(), String::new()),
            Outcome::Refused { reasons, remedies } => {
                let ways = remedies.into_iter().map(|remedy| match remedy {
                    Remedy::Other(words) => words,
                    Remedy::Objection { to, .. }
                    | Remedy::AdministrativeAppeal { to, .. }
                    | Remedy::Lawsuit { to, .. } => to,
                });
                (reasons.join("\n"), ways.collect::<Vec<_>>().join("\n"))
            }
        };
        let last = [&mut remedies, &mut reasons]
            .into_iter()
            .find(|part| !part.is_empty())
            .unwrap_or(&mut body);
        let end = self.word("desk-letter-end");
        if !last.trim_end().ends_with(&end) {
            last.truncate(last.trim_end().len());
            last.push_str(&format!("\u{a0}\u{a0}{end}"));
        }
        let mark = |seat| match seat {
            Seat::Drafter => self.word("desk-letter-drafter"),
            Seat::Reviewer => self.word("mark-review"),
            Seat::Concurrer => self.word("mark-concur"),
            Seat::Approver(Authority::Own, _) => self.word("mark-decide"),
            Seat::Approver(Authority::Delegated, _) => self.word("mark-delegated"),
            Seat::Approver(Authority::StandIn, _) => self.word("mark-stand-in"),
            Seat::Approver(Authority::DelegatedStandIn, _) => self.word("mark-delegated-stand-in"),
        };
        // Dates of official letters carry no weekday.
        let issued = letter.issued.strftime("%Y. %-m. %-d.");
        let approved = self
            .case
            .petition
            .line
            .as_ref()
            .is_some_and(|line| line.document.is_some());
        let parts = [
            format!("({}) {} / {}", letter.postcode, letter.address, letter.homepage),
            format!("{} {}", self.word("desk-phone"), korean::phone(&letter.telephone)),
            format!("{} {}", self.word("desk-fax"), letter.fax),
            letter.email.clone(),
        ];
        Letter {
            agency: letter.agency,
            to: letter.to,
            title: subject,
            body,
            reasons,
            remedies,
            sender: letter.sender,
            signers: (letter.signatures.into_iter())
                .map(|signature| [mark(signature.seat), signature.position, signature.name])
                .collect(),
            document: if approved {
                format!("{}({issued})", letter.number)
            } else {
                String::new()
            },
            contact: parts.join(" / "),
            openness: match letter.disclosure {
                Disclosure::Public => Openness::Public,
                Disclosure::Partial(_) | Disclosure::Closed(_) => Openness::Private,
            },
        }
    }

    fn lang(&self) -> press::Lang {
        press_lang(self.reader.lang)
    }

    fn petitioner(&self) -> Petitioner {
        let contact = self.case.contact.as_ref();
        let hidden = |value: Option<&String>| {
            (value.and_then(|value| Address::parse(value)))
                .map(|address| masked(&address))
                .unwrap_or_default()
        };
        Petitioner {
            name: self.masked_name(),
            phone: hidden(contact.and_then(|c| c.phone.as_ref())),
            mail: hidden(contact.and_then(|c| c.mail.as_ref())),
            address: contact
                .and_then(|c| c.address.as_deref())
                .map(hand::masked_address)
                .unwrap_or_default(),
            traits: self.traits(true),
            masked: contact.is_some(),
        }
    }

    /// What only the journal tells: a draft turned back, an extension declined.
    fn flags(&self) -> Vec<Flag> {
        let mut flags = self.reader.flags(&self.case.petition);
        let events = || self.case.journal.iter().rev().map(|entry| &entry.recorded.event);
        let turned = events().find(|event| {
            matches!(
                event,
                Event::Drafted { .. } | Event::SentUp { .. } | Event::TurnedBack { .. }
            )
        });
        let extension = events().find(|event| {
            matches!(
                event,
                Event::ExtensionDeclined {} | Event::ExtensionProposed { .. } | Event::Extended { .. }
            )
        });
        if self.case.petition.life.is_open() {
            if matches!(turned, Some(Event::TurnedBack { .. })) {
                flags.push(Flag::TurnedBack);
            }
            if matches!(extension, Some(Event::ExtensionDeclined {})) {
                flags.push(Flag::Declined);
            }
        }
        flags
    }

    /// 행정정보 공동이용 of this petition.
    async fn shares(&self) -> Result<Shares, Fault> {
        let shared = (self.web.app)
            .shared(&self.clerk.who, self.case.petition.id)
            .await?;
        Ok(super::sharing::shares(self.web, &shared, self.reader.lang))
    }

    async fn proof(&self) -> Result<Proof, Fault> {
        let root = match self.case.leaf {
            Some(leaf) => self.web.app.root_of(leaf).await?,
            None => None,
        };
        let last = self.case.journal.last();
        Ok(Proof {
            sound: self.case.chain_holds,
            events: self.case.petition.seq,
            hash: last
                .map(|entry| domain::text::hex(&entry.hash))
                .unwrap_or_default(),
            root: root.and_then(|root| Some((root.signed_at.date()?, root.no))),
        })
    }

    /// The whole card.
    async fn card(&self, petitioner: Petitioner) -> Result<Case, Fault> {
        let p = &self.case.petition;
        let (reader, office) = (self.reader, &self.reader.office);
        let events = || self.case.journal.iter().map(|entry| &entry.recorded);
        let field = p
            .field
            .and_then(|field| office.fields.iter().find(|named| named.id == field.0));
        let district =
            (p.district).and_then(|district| office.districts.iter().find(|named| named.id == district.0));
        let first_files: &[Attached] = match self.case.journal.first().map(|e| &e.recorded.event) {
            Some(Event::Filed { files, .. }) => files,
            _ => &[],
        };
        let given = events().filter_map(|recorded| match &recorded.event {
            Event::SupplementGiven { note, files, .. } => Some(Given {
                at: recorded.recorded_at,
                note: self.text(*note),
                files: self.files(files),
            }),
            _ => None,
        });
        let held = p
            .stretches
            .last()
            .filter(|s| s.to.is_none() && p.supplement.is_none());
        let note = (self.case.journal.iter().rev()).find_map(|entry| match &entry.recorded.event {
            Event::HoldBegan { note, .. } => *note,
            _ => None,
        });
        let filled = self.web.app.filled_in(p.form, &self.case.texts);
        let slots: Vec<Code> = p.files.iter().filter_map(|file| file.slot).collect();
        let document = p.line.as_ref().and_then(|line| line.document);
        let rating = events().find_map(|recorded| match &recorded.event {
            Event::Rated { score, comment } => Some(Rating {
                score: *score,
                comment: self.text(*comment),
            }),
            _ => None,
        });
        let deeds = &self.case.deeds;
        let mut not_now: Vec<NotNow> = Vec::new();
        for (deed, possible) in deeds.iter().filter(|(deed, _)| of_officials(*deed)) {
            let Err(refusal) = *possible else { continue };
            match not_now.iter_mut().find(|not| not.refusal == refusal) {
                Some(not) => not.deeds.push(*deed),
                None => not_now.push(NotNow::of(&[*deed], refusal)),
            }
        }
        not_now.sort_by_key(|not| not.refusal == Refusal::NotYours);
        let papers = (Paper::ALL.iter())
            .filter(|paper| paper.fits(p))
            .map(|paper| match paper {
                // Until it is sent, the answer is a draft.
                Paper::Result if !p.answered() => "draft".to_owned(),
                paper => paper.code().to_owned(),
            })
            .chain(LETTERS.iter().filter_map(|(kind, name)| {
                let written = p.letters.iter().any(|letter| letter.kind == *kind);
                written.then(|| (*name).to_owned())
            }))
            .collect();
        Ok(Case {
            bar: self.web.bar(self.clerk, Here::Work).await?,
            head: self.head(),
            seq: p.seq,
            key: self.web.once(),
            flags: self.flags(),
            entry: p.entry,
            field: field
                .map(|named| reader.pick(&named.name, &named.name_en))
                .unwrap_or_default(),
            district: district
                .map(|named| reader.pick(&named.name, &named.name_en))
                .unwrap_or_default(),
            openness: p.openness,
            filed_at: p.filed_at,
            received_at: p.reception.map(|r| r.at),
            period: p.reception.map(|r| reader.period(r.period)).unwrap_or_default(),
            original_due: p
                .reception
                .filter(|r| r.original_due != r.due)
                .map(|r| r.original_due),
            why: (self.case.why.as_ref()).map(|due| Why::of(&due.trace, reader.lang)),
            unit: p.unit.map(|unit| reader.unit(unit)).unwrap_or_default(),
            handler: p.handler.map(|handler| reader.person(handler)),
            sent_back: p.sent_back,
            petitioner,
            body: self.body(),
            place: self.text(p.place),
            parts: filled
                .as_ref()
                .map(|(form, answers)| sheet::parts(form, answers, reader.lang))
                .unwrap_or_default(),
            missing: (filled.iter())
                .flat_map(|(form, answers)| form.missing_documents(answers, &slots))
                .map(|field| reader.pick(&field.label.ko, &field.label.en))
                .collect(),
            files: self.files(first_files),
            manual: handbook::manual(&reader.office, p),
            given: given.collect(),
            asked: p.supplement.map(|asked| Asked {
                round: asked.round,
                what: self.text(Some(asked.what)),
                until: asked.until,
                prolonged: asked.prolonged,
                lapsed: asked.until < office.day,
            }),
            held: held
                .filter(|_| p.life == Life::Held)
                .map(|stretch| (stretch.ground, self.text(note))),
            proposal: p.proposal.and_then(|proposal| {
                let much = p.reception?.period.times(proposal.n);
                Some((reader.period(much), self.text(Some(proposal.reason))))
            }),
            draft: self.draft(),
            line: self.line(),
            readers: (p.readers.iter())
                .map(|read| ReaderRow {
                    person: reader.person(read.official),
                    read_at: read.read_at,
                })
                .collect(),
            stand_in: (p.handler.filter(|_| p.life.is_open())).and_then(|handler| {
                let acting = reader.office.acting(handler, Part::Handling, self.web.app.now());
                (acting != handler).then(|| reader.person(acting))
            }),
            end: p.end.map(|end| End {
                concluded_at: end.concluded_at,
                sent_at: end.sent_at,
                read_at: end.read_at,
                document: document
                    .filter(|_| p.answered())
                    .map(|d| format!("{}-{}", reader.unit(d.unit), d.n))
                    .unwrap_or_default(),
            }),
            rating,
            asides: self.asides(),
            offers: ask::offers(p, deeds),
            not_now,
            entries: self.entries(0),
            proof: self.proof().await?,
            past: self.past().await?,
            shares: self.shares().await?,
            proceedings: Lens {
                web: self.web,
                who: &self.clerk.who,
                case: self.case,
                reader,
            }
            .panel(),
            papers,
        })
    }
}

/// The letters of supervision that are printed: the newest of each, by its name in addresses. They have no template.
const LETTERS: &[(LetterKind, &str)] = &[
    (LetterKind::Advance, "advance_notice"),
    (LetterKind::Dunning, "dunning"),
];

/// Whether the deed is one of an official at all.
fn of_officials(deed: Deed) -> bool {
    super::fields::fields(deed).is_some()
        && MATRIX.iter().any(|(of, _, relation)| {
            *of == deed && !matches!(relation, Relation::Petitioner | Relation::System)
        })
}

pub(crate) fn press_lang(lang: &str) -> press::Lang {
    match lang {
        "en" => press::Lang::En,
        _ => press::Lang::Ko,
    }
}

/// `GET /desk/cases/{number}`
pub async fn page(Seated(web): Seated, clerk: Clerk, Path(number): Path<String>) -> Result<Response, Fault> {
    let id = named(&web, &clerk.who, &number).await?;
    let case = web.app.case(&clerk.who, id, &clerk.asked.call("")).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let sheet = Sheet {
        web: &web,
        clerk: &clerk,
        case: &case,
        reader: &reader,
    };
    let view = sheet.card(sheet.petitioner()).await?;
    web.desk_page(&clerk, &view)
}

/// `POST /desk/cases/{number}/contact`: name and contact in full; the look is written down first.
pub async fn reveal(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let call = clerk.asked.call("");
    let id = named(&web, &clerk.who, &number).await?;
    let contact = web.app.reveal(&clerk.who, id, &call).await?;
    let case = web.app.case(&clerk.who, id, &call).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let sheet = Sheet {
        web: &web,
        clerk: &clerk,
        case: &case,
        reader: &reader,
    };
    let contact = contact.ok_or_else(Fault::not_found)?;
    let petitioner = Petitioner {
        name: contact.name,
        phone: contact
            .phone
            .map(|phone| korean::phone(&phone))
            .unwrap_or_default(),
        mail: contact.mail.unwrap_or_default(),
        address: contact.address.unwrap_or_default(),
        traits: sheet.traits(false),
        masked: false,
    };
    let view = sheet.card(petitioner).await?;
    web.desk_page(&clerk, &view)
}

/// `GET /desk/cases/{number}/contact`: opened by hand, after logging in or after switching the language.
pub async fn to_case_page(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let id = named(&web, &clerk.who, &number).await?;
    let petition = web.app.standing(&clerk.who, id).await?;
    Ok(to_case(&petition.number, "").into_response())
}

/// `GET /desk/cases/{number}/papers/{paper}`
pub async fn paper(
    Seated(web): Seated,
    clerk: Clerk,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Response, Fault> {
    if let Some((kind, name)) = LETTERS.iter().find(|(_, name)| *name == paper) {
        let id = named(&web, &clerk.who, &number).await?;
        let (lang, call) = (press_lang(clerk.asked.visit.lang), clerk.asked.call(""));
        let petition = web.app.standing(&clerk.who, id).await?;
        if petition.letter(*kind).is_none() {
            return Err(Fault::not_found());
        }
        let wish = Wish::of_case(Export::CasePaper, Format::Pdf, id, &number);
        let pass = match web.pass(&clerk, &wish).await? {
            Ok(pass) => pass,
            Err(asks) => return Ok(asks),
        };
        let app = pass.over(&web.app)?;
        let printed = match kind {
            LetterKind::Dunning => app.dunning_paper(&clerk.who, id, lang, &call).await?,
            LetterKind::Advance => app.advance_paper(&clerk.who, id, lang, &call).await?,
        };
        let name = format!("{name}.pdf");
        return Ok(download(
            Leave::passed(&pass),
            &name,
            "application/pdf",
            printed.pdf,
        ));
    }
    let (code, hwpx) = match paper.strip_suffix(".hwpx") {
        Some(code) => (code, true),
        None => (paper.as_str(), false),
    };
    let paper = match code {
        "draft" => Paper::Result,
        code => code.parse().map_err(|_| Fault::not_found())?,
    };
    let id = named(&web, &clerk.who, &number).await?;
    let (lang, call) = (press_lang(clerk.asked.visit.lang), clerk.asked.call(""));
    let petition = web.app.standing(&clerk.who, id).await?;
    if !paper.fits(&petition) {
        return Err(Fault::not_found());
    }
    let format = if hwpx { Format::Hwpx } else { Format::Pdf };
    let wish = Wish::of_case(Export::CasePaper, format, id, &number);
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    if hwpx {
        let filled = web.app.paper_hwpx(&clerk.who, id, paper, &call).await?;
        let name = format!("{code}.hwpx");
        return Ok(download(Leave::passed(&pass), &name, super::papers::HWPX, filled));
    }
    let app = pass.over(&web.app)?;
    let printed = app.paper(&clerk.who, id, paper, lang, &call).await?;
    let name = format!("{}.pdf", paper.code());
    Ok(download(
        Leave::passed(&pass),
        &name,
        "application/pdf",
        printed.pdf,
    ))
}

/// `GET /desk/cases/{number}/files/{file}`
pub async fn file(
    Seated(web): Seated,
    clerk: Clerk,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id = named(&web, &clerk.who, &number).await?;
    let text: TextId = file.parse().map_err(|_| Fault::not_found())?;
    web.app.attached(&clerk.who, id, text).await?;
    let wish = Wish::of_case(Export::Attachment, Format::File, id, &number);
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let call = clerk.asked.call("");
    let (file, name, content) = web.app.attachment(&clerk.who, id, text, &call).await?;
    Ok(download(
        Leave::passed(&pass),
        &name,
        media_type(file.kind),
        content,
    ))
}
