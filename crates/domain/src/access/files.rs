//! 격리된 파일의 권한 — who decides about a file that is kept apart: the examiner of petitions and the administrator.

use super::Who;
use crate::refusal::Refusal;
use crate::terms::{Seat, coded};

coded! {
    /// What is done about files that are kept apart; the code stands in the ledger.
    FileDeed {
        /// Looking at the list of them.
        List = "held_files",
        /// 격리 해제.
        Release = "release_file",
        /// 파기.
        Destroy = "destroy_file",
    }
}

/// The seats that decide.
pub const DECIDING: &[Seat] = &[Seat::Examiner, Seat::Administrator];

/// Whether `who` decides about files that are kept apart. Errors: `NotYours`.
pub fn may_decide_files(who: &Who) -> Result<(), Refusal> {
    match who {
        Who::System => Ok(()),
        Who::Official(official) if official.posts.iter().any(|post| DECIDING.contains(&post.seat)) => Ok(()),
        Who::Official(_) | Who::Citizen(_) => Err(Refusal::NotYours),
    }
}

/// The table in words, for the page of the access matrix.
pub(super) fn page(page: &mut String) {
    use std::fmt::Write;
    page.push_str(
        "\n## 격리 파일 — who decides about files that are kept apart\n\n| deed | seat |\n|---|---|\n",
    );
    for deed in FileDeed::ALL {
        for seat in DECIDING {
            let _ = writeln!(page, "| {deed} | {seat} |");
        }
    }
}
