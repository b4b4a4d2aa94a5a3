//! 사람과 조직 화면 — absences, units and officials with their days, hand-overs.

pub mod absences;
pub mod handover;
pub mod organisation;

use crate::route::Row;
use crate::view::{Face, Sample, samples};

crate::routes! {
    /// The addresses of this room.
    People {
        /// 부재 (POST: entering one)
        Absences = "desk_absences" "/desk/absences";
        /// 부재의 종료·취소 (POST)
        EndAbsence(id) = "desk_absence_end" "/desk/absences/{id}/end";
        /// 조직 관리
        Organisation = "desk_organisation" "/desk/organisation";
        /// 변경 이력
        History = "desk_history" "/desk/organisation/history";
        /// 파일로 가져오기 (POST: preview)
        Import = "desk_import" "/desk/organisation/import";
        /// 가져온 것의 반영 (POST)
        Apply = "desk_import_apply" "/desk/organisation/import/apply";
        /// 부서 (“new” for one that is added; POST: keeping it)
        Unit(id) = "desk_unit" "/desk/organisation/units/{id}";
        /// 부서 폐지 (POST)
        CloseUnit(id) = "desk_unit_close" "/desk/organisation/units/{id}/close";
        /// 공무원 (“new” for one that is added; POST: keeping them)
        Official(id) = "desk_official" "/desk/organisation/officials/{id}";
        /// 발령 (POST)
        Post(id) = "desk_official_post" "/desk/organisation/officials/{id}/post";
        /// 퇴직·전출 (POST)
        EndOfficial(id) = "desk_official_end" "/desk/organisation/officials/{id}/end";
        /// 비밀번호 (POST)
        Password(id) = "desk_official_password" "/desk/organisation/officials/{id}/password";
        /// 인계·인수
        Handovers = "desk_handovers" "/desk/handovers";
        /// 인계할 것과 인수자 (POST: ordering it)
        NewHandover(official) = "desk_handover_new" "/desk/handovers/from/{official}";
        /// 인계·인수 한 건
        Handover(id) = "desk_handover" "/desk/handovers/{id}";
        /// 인수 확인 (POST)
        Confirm(id) = "desk_handover_confirm" "/desk/handovers/{id}/confirm";
        /// 인계인수서
        Sheet(id) = "desk_handover_sheet" "/desk/handovers/{id}/sheet";
    }
}

/// The addresses of this room, for the template function `url`.
pub const TABLE: &[Row] = People::TABLE;

/// Every sample of these pages.
pub fn gallery() -> Vec<Sample> {
    let of = Face::Desk;
    [
        samples::<absences::Absences>(of),
        samples::<organisation::Organisation>(of),
        samples::<organisation::UnitPage>(of),
        samples::<organisation::OfficialPage>(of),
        samples::<organisation::ImportPage>(of),
        samples::<organisation::History>(of),
        samples::<handover::Handovers>(of),
        samples::<handover::NewHandover>(of),
        samples::<handover::HandoverPage>(of),
    ]
    .into_iter()
    .flatten()
    .collect()
}
