//! 조직 — what an office may say of its units, officials and seats, and who may say it.

use crate::access::{Official, Post};
use crate::id::OfficialId;
use crate::terms::{Seat, coded};
use std::collections::BTreeMap;

coded! {
    /// Why a change of units, officials, absences or hand-overs is not possible.
    Fault {
        /// Not for this seat.
        NotYours = "not_yours",
        /// There is none of that name or code.
        Unknown = "unknown",
        /// A name is required.
        NameMissing = "name_missing",
        /// A code is 1 to 40 of small letters, digits, dot, hyphen and underscore.
        CodeUnfit = "code_unfit",
        /// The code or log-in name belongs to somebody else.
        Taken = "taken",
        /// The day lies in the past.
        DayPast = "day_past",
        /// No day, or none that can be.
        DayUnfit = "day_unfit",
        /// There is no such unit then.
        UnitUnknown = "unit_unknown",
        /// There is no such seat.
        SeatUnknown = "seat_unknown",
        /// There is no such official.
        OfficialUnknown = "official_unknown",
        /// A closed unit names those that go on with its work.
        SuccessorMissing = "successor_missing",
        /// A successor exists on the day after, and is another unit.
        SuccessorUnfit = "successor_unfit",
        /// The password is too short.
        PasswordUnfit = "password_unfit",
        /// The password is one of those that are guessed first.
        PasswordCommon = "password_common",
        /// The password is the log-in name, or holds it.
        PasswordIsLogin = "password_is_login",
        /// The password is the one in use.
        PasswordOld = "password_old",
        /// A column is missing.
        ColumnMissing = "column_missing",
        /// The row stands twice in the file.
        RowTwice = "row_twice",
        /// The kind of absence is unknown.
        KindUnknown = "kind_unknown",
        /// Nothing is there to hand over.
        NothingToHandOver = "nothing_to_hand_over",
        /// The receiver does not work in the department, or is the giver.
        ReceiverUnfit = "receiver_unfit",
        /// It is confirmed already, or not handed over yet.
        NotAwaited = "not_awaited",
        /// The working manuals must be confirmed as read.
        ManualsUnread = "manuals_unread",
    }
}

/// Whether an official may change units, officials and seats.
pub fn administers(who: &Official) -> bool {
    who.posts.iter().any(|post| post.seat == Seat::Administrator)
}

/// Whether `who` leads a unit in which `official` holds a seat.
pub fn leads(who: &Official, official: OfficialId, posts: &BTreeMap<OfficialId, Vec<Post>>) -> bool {
    let lead = |seat: Seat| {
        matches!(
            seat,
            Seat::DepartmentHead | Seat::TeamLead | Seat::Coordinator | Seat::DepartmentReceiver
        )
    };
    let of = posts.get(&official).map(Vec::as_slice).unwrap_or_default();
    (who.posts.iter()).any(|own| lead(own.seat) && of.iter().any(|post| post.unit == own.unit))
}

/// Whether `who` may enter, change or end an absence of `official`: their own, as who leads their unit, or as administrator.
pub fn may_enter_absence(
    who: &Official,
    official: OfficialId,
    posts: &BTreeMap<OfficialId, Vec<Post>>,
) -> bool {
    who.id == official || administers(who) || leads(who, official, posts)
}

/// Whether `who` may order a hand-over of what `official` has: as the giver, or as who leads their unit.
pub fn may_hand_over(who: &Official, official: OfficialId, posts: &BTreeMap<OfficialId, Vec<Post>>) -> bool {
    who.id == official || leads(who, official, posts)
}

/// Whether a text can be a code or log-in name.
pub fn fits_as_code(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && (text.bytes()).all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}
