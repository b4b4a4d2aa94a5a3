//! 감독의 문서 — the 독촉장 of a petition and the report on a month, as papers (규칙 별지 제7호서식; 영 제22조).

use crate::App;
use crate::act::{ActError, Call};
use crate::supervision::month::staff_figures;
use documents::advance_notice::AdvanceNotice;
use documents::inspection_report::{InspectionReport, Line};
use documents::parts::{Examiner, ExaminerSeat, Seal};
use documents::press::{Lang, Printed};
use documents::reminder::Reminder;
use domain::access::Who;
use domain::due::{Left, left};
use domain::id::{OfficialId, PetitionId};
use domain::inspection::{Ground, Month, Stand, Weight};
use domain::petition::Petition;
use domain::petition::letter::{Letter, LetterKind};
use domain::terms::{By, Seat};

impl App {
    /// The newest 독촉장 of a petition. `NotFound` where there is none.
    pub async fn dunning_paper(
        &self,
        who: &Who,
        id: PetitionId,
        lang: Lang,
        call: &Call,
    ) -> Result<Printed, ActError> {
        let p = self.standing(who, id).await?;
        let letter = p.dunning().ok_or(ActError::NotFound)?;
        let (number, reception) = letter.number.zip(p.reception).ok_or(ActError::NotFound)?;
        self.looked(who, "print", Some(id), 1, call).await?;
        let office = self.office();
        let named = |id: &OfficialId| {
            let person = office.person(*id);
            person.map(|person| format!("{} {}", person.title, person.name))
        };
        let late = left(
            &office.calendar,
            &office.settings.hours,
            reception.period.unit(),
            letter.due,
            letter.at,
        );
        let paper = Reminder {
            agency: office.settings.agency.name.clone(),
            seal: Seal::Omitted,
            number: number.to_string(),
            to: self.addressees(letter),
            service: self.service_of(&p, lang),
            reception_number: reception.number.to_string(),
            received_at: reception.at,
            period: crate::papers::words(reception.period, lang),
            due_at: letter.due,
            overdue_by: overdue(late.ok().flatten(), lang),
            handler: p.handler.as_ref().and_then(named).unwrap_or_default(),
            issued: letter.at.date().ok_or(ActError::NotFound)?,
            examiner: self.examiner_of(letter),
        };
        Ok(paper.print(self.press.press()?, lang)?)
    }

    /// The newest 예고장 of a petition. `NotFound` where there is none.
    pub async fn advance_paper(
        &self,
        who: &Who,
        id: PetitionId,
        lang: Lang,
        call: &Call,
    ) -> Result<Printed, ActError> {
        let p = self.standing(who, id).await?;
        let advance = |letter: &&Letter| letter.kind == LetterKind::Advance;
        let letter = p.letters.iter().rfind(advance).ok_or(ActError::NotFound)?;
        let reception = p.reception.ok_or(ActError::NotFound)?;
        self.looked(who, "print", Some(id), 1, call).await?;
        let office = self.office();
        let unit = reception.period.unit();
        let (calendar, hours) = (&office.calendar, &office.settings.hours);
        let left = left(calendar, hours, unit, letter.due, letter.at);
        let paper = AdvanceNotice {
            agency: office.settings.agency.name.clone(),
            number: format!("{}-{}", reception.number, letter.due_version + 1),
            to: self.addressees(letter),
            service: self.service_of(&p, lang),
            reception_number: reception.number.to_string(),
            received_at: reception.at,
            period: crate::papers::words(reception.period, lang),
            due_at: letter.due,
            left: overdue(left.ok().flatten(), lang),
            issued: letter.at.date().ok_or(ActError::NotFound)?,
            examiner: self.examiner_of(letter),
        };
        Ok(paper.print(self.press.press()?, lang)?)
    }

    fn addressees(&self, letter: &Letter) -> String {
        let office = self.office();
        let named = |id: &OfficialId| {
            let person = office.person(*id);
            person.map(|person| format!("{} {}", person.title, person.name))
        };
        let all: Vec<String> = letter.to.iter().filter_map(named).collect();
        all.join(", ")
    }

    fn service_of(&self, p: &Petition, lang: Lang) -> String {
        let office = self.office();
        let service = office.services.get(&p.service);
        let name = service.map(|service| match lang {
            Lang::Ko => &service.name.ko,
            Lang::En => &service.name.en,
        });
        name.cloned().unwrap_or_default()
    }

    fn examiner_of(&self, letter: &Letter) -> Examiner {
        let office = self.office();
        let by = match letter.by {
            By::Official(id) => Some(id),
            By::Citizen(_) | By::Machine(_) | By::System => None,
        };
        let examines = by.is_some_and(|id| office.holders(Seat::Examiner, None).contains(&id));
        Examiner {
            seat: if examines {
                ExaminerSeat::Examiner
            } else {
                ExaminerSeat::Deputy
            },
            name: by
                .and_then(|id| office.person(id))
                .map(|person| person.name.clone())
                .unwrap_or_default(),
        }
    }

    /// The report on a month, for the examiner.
    pub async fn inspection_report(
        &self,
        who: &Who,
        month: Month,
        lang: Lang,
        call: &Call,
    ) -> Result<Printed, ActError> {
        let seen = self.inspected(who, month, call).await?;
        if !seen.standing.examiner {
            return Err(ActError::NotFound);
        }
        let office = self.office();
        let unit = |id| {
            office
                .units
                .get(&id)
                .map(|unit| unit.name.clone())
                .unwrap_or_default()
        };
        let ko = lang == Lang::Ko;
        let mut lines: Vec<Line> = (seen.state.findings.iter())
            .map(|finding| Line {
                unit: unit(finding.unit),
                kind: weight(finding.weight, ko).to_owned(),
                what: (finding.texts.iter())
                    .filter_map(|text| seen.texts.text(*text))
                    .collect::<Vec<_>>()
                    .join("\n"),
                number: (finding.petition)
                    .and_then(|id| seen.items.iter().find(|(item, _)| item.petition == id))
                    .and_then(|(_, line)| line.as_ref())
                    .map(|line| line.petition.number.to_string())
                    .unwrap_or_default(),
                state: stand(finding.stand, ko).to_owned(),
            })
            .collect();
        lines.extend(seen.items.iter().map(|(item, line)| {
            Line {
                unit: item.unit.map(unit).unwrap_or_default(),
                kind: if ko { "점검 사유" } else { "fact" }.to_owned(),
                what: format!("{} ({})", ground(item.ground, ko), item.ground.clause()),
                number: (line.as_ref())
                    .map(|line| {
                        line.petition
                            .reception
                            .map_or_else(|| line.petition.number.to_string(), |r| r.number.to_string())
                    })
                    .unwrap_or_default(),
                state: String::new(),
            }
        }));
        let rows = match &seen.state.board {
            Some((_, rows)) => rows.clone(),
            None => self.board_rows(month).await?,
        };
        let (year, of_year) = month.parts();
        let examiners = office.holders(Seat::Examiner, None);
        let report = InspectionReport {
            agency: office.settings.agency.name.clone(),
            month: if ko {
                format!("{year}년 {of_year}월")
            } else {
                month.to_string()
            },
            figures: if ko {
                staff_figures(&rows).join(", ")
            } else {
                String::new()
            },
            examiner: (examiners.first())
                .and_then(|id| office.person(*id))
                .map(|person| person.name.clone())
                .unwrap_or_default(),
            lines,
            drawn_up: self.now(),
        };
        Ok(report.print(self.press.press()?, lang)?)
    }
}

fn overdue(left: Option<Left>, lang: Lang) -> String {
    match (left, lang) {
        (Some(Left::Days(n) | Left::CalendarDays(n)), Lang::Ko) => format!("{}일", n.unsigned_abs()),
        (Some(Left::Days(n) | Left::CalendarDays(n)), Lang::En) => format!("{} days", n.unsigned_abs()),
        (Some(Left::Minutes(n)), Lang::Ko) => {
            format!("{}근무시간 {}분", n.unsigned_abs() / 60, n.unsigned_abs() % 60)
        }
        (Some(Left::Minutes(n)), Lang::En) => {
            format!(
                "{} working hours {} minutes",
                n.unsigned_abs() / 60,
                n.unsigned_abs() % 60
            )
        }
        (None, _) => "-".to_owned(),
    }
}

const fn weight(weight: Weight, ko: bool) -> &'static str {
    match (weight, ko) {
        (Weight::Remark, true) => "지적",
        (Weight::Order, true) => "시정 요구",
        (Weight::Remark, false) => "remark",
        (Weight::Order, false) => "order",
    }
}

const fn stand(stand: Stand, ko: bool) -> &'static str {
    match (stand, ko) {
        (Stand::Noted, true) => "통보",
        (Stand::Awaited, true) => "회신 대기",
        (Stand::Replied, true) => "회신 확인 대기",
        (Stand::Settled, true) => "시정 완료",
        (Stand::Noted, false) => "told",
        (Stand::Awaited, false) => "awaited",
        (Stand::Replied, false) => "replied",
        (Stand::Settled, false) => "settled",
    }
}

const fn ground(ground: Ground, ko: bool) -> &'static str {
    match (ground, ko) {
        (Ground::Late, true) => "처리기간 경과",
        (Ground::ExtendedTwice, true) => "두 차례 연장",
        (Ground::SupplementLate, true) => "보완 요구 지연(접수 후 8근무시간 초과)",
        (Ground::ReceptionLate, true) => "접수 지연(도달 후 8근무시간 초과)",
        (Ground::SentBackOften, true) => "재배부 3회 이상",
        (Ground::NoProgressNotice, true) => "처리진행상황 통지 누락(30일 경과)",
        (Ground::NoReasons, true) => "이유·구제절차 없는 거부",
        (Ground::DunningUnanswered, true) => "독촉장 회신 누락",
        (Ground::Late, false) => "past its period",
        (Ground::ExtendedTwice, false) => "extended twice",
        (Ground::SupplementLate, false) => "supplement asked for late (over 8 working hours)",
        (Ground::ReceptionLate, false) => "received late (over 8 working hours)",
        (Ground::SentBackOften, false) => "sent back three times or more",
        (Ground::NoProgressNotice, false) => "no notice of progress after 30 days",
        (Ground::NoReasons, false) => "refused without reasons or remedies",
        (Ground::DunningUnanswered, false) => "dunning letter not answered",
    }
}
