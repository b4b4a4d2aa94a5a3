//! 시작 자료 — what the program carries with it: holidays, catalogue, units, people of the demo, notices.

use app::notice::Notices;
use app::seed::Files;

/// Public holidays 2004–2030.
pub const HOLIDAYS: &str = include_str!("../../../data/holidays.csv");

/// The starting catalogue and organisation, with the officials of the demo.
pub const DEMO: Files<'static> = Files {
    units: include_str!("../../../data/units.csv"),
    services: include_str!("../../../data/services.csv"),
    families: include_str!("../../../data/service_families.csv"),
    fields: include_str!("../../../data/fields.csv"),
    districts: include_str!("../../../data/districts.csv"),
    details: DETAILS,
    officials: include_str!("../../../data/officials.csv"),
    answers: include_str!("../../../data/answers.csv"),
};

/// The same without officials: a real city enters its own.
pub const CITY: Files<'static> = Files {
    officials: "",
    ..DEMO
};

macro_rules! details {
    ($($code:literal)*) => {
        const DETAILS: &[(&str, &str)] = &[$(
            ($code, include_str!(concat!("../../../data/services/", $code, ".toml"))),
        )*];
    };
}

// What a service tells that is too long for a row of `services.csv`: one file each in `data/services`.
details! { "G001" "S004" "S008" "S038" "S058" "S065" "S131" "S133" "S135" "S138" }

macro_rules! notices {
    ($($name:literal)*) => {
        const NOTICES: &[(&str, &str, &str)] = &[$(
            ("ko", $name, include_str!(concat!("../../../data/notices/ko/", $name, ".txt"))),
            ("en", $name, include_str!(concat!("../../../data/notices/en/", $name, ".txt"))),
        )*];
    };
}

notices! {
    "advance_notice" "answered" "answers_stale" "approval_waiting" "claim_reminded" "code" "designated" "discard_proposed" "distributed" "dunning" "dunning_proposed"
    "dunning_replied" "extended" "extension_consent" "filed" "inspection_drawn" "inspection_found"
    "inspection_replied" "progress" "review_due" "review_asked" "review_explained"
    "rating_invited" "received" "remind_d" "remind_d_minus_1" "remind_d_plus_1" "remind_d_plus_2" "returned" "sent_back" "staff_text"
    "supplement_asked" "supplement_reminder" "supplemented" "transferred" "unclaimed_discarded" "withdrawn" "referred" "reported_back"
    "converted" "merged" "merged_answered" "split_off" "rectified" "objection_made" "objection_extended"
    "objection_decided" "objection_waiting" "further_asked" "further_answered" "narrowed" "published" "amended"
    "consult_asked" "consult_replied" "document_registered" "registration_refused" "deemed_d_minus_1" "deemed_d" "deemed_passed"
    "deemed_decided" "proceeding" "step_due" "step_late"
    "shared_looked_up" "shared_record_asked" "shared_record_told"
    "party_corrected" "letter_posted" "letter_returned" "glass_asked" "glass_allowed"
    "file_infected" "file_held" "factors_reset" "erasure_asked" "erasure_decided" "erasure_due" "erasure_apart" "disposal_waiting"
    "identity_tied" "identity_untied" "contact_replaced"
    "filed.disclosure" "received.disclosure" "distributed.disclosure" "sent_back.disclosure" "designated.disclosure"
    "extended.disclosure" "approval_waiting.disclosure" "returned.disclosure" "answered.disclosure" "rating_invited.disclosure"
    "withdrawn.disclosure" "transferred.disclosure" "objection_made.disclosure" "objection_waiting.disclosure" "objection_extended.disclosure"
    "objection_decided.disclosure" "remind_d_minus_1.disclosure" "remind_d.disclosure" "remind_d_plus_1.disclosure" "remind_d_plus_2.disclosure"
    "document_registered.disclosure" "registration_refused.disclosure" "party_corrected.disclosure" "letter_posted.disclosure"
    "letter_returned.disclosure" "file_infected.disclosure" "file_held.disclosure"
}

macro_rules! forms {
    ($($name:literal)*) => {
        const FORMS: &[(&str, &str)] = &[$(
            (concat!("data/forms/", $name, ".toml"), include_str!(concat!("../../../data/forms/", $name, ".toml"))),
        )*];
    };
}

forms! {
    "building_report" "disclosure" "forwarder" "grievance" "lamp" "law_question" "nonprofit" "realtor_reissue" "suggestion"
    "vehicle_register"
}

/// The standard texts that tell how a decision can be contested.
pub fn remedies() -> anyhow::Result<app::remedies::Remedies> {
    Ok(app::remedies::Remedies::read(include_str!(
        "../../../data/refusal_remedies.toml"
    ))?)
}

/// What can be looked up at other agencies.
pub fn shared() -> anyhow::Result<domain::consent::Items> {
    Ok(domain::consent::Items::parse(include_str!(
        "../../../data/shared_information.csv"
    ))?)
}

/// The typed forms of services.
pub fn forms() -> anyhow::Result<domain::form::Forms> {
    Ok(app::forms::read(FORMS.iter().copied())?)
}

/// The notices in both languages.
pub fn notices() -> anyhow::Result<Notices> {
    Ok(Notices::new(NOTICES.iter().copied())?)
}
