//! 긴급 열람 — one who is not entitled sees a protected petition once, for a while, because another allowed it ([R] 계획 Ⅳ-2: the
//! plan protects; an office still must be able to act when none of the entitled can be reached).

use crate::id::OfficialId;
use crate::refusal::Refusal;
use crate::terms::{Seat, coded};
use crate::time::At;

coded! {
    /// 긴급 열람의 상태.
    GlassState {
        /// 승인 대기.
        Asked = "asked",
        /// 승인.
        Allowed = "allowed",
        /// 거절.
        Declined = "declined",
    }
}

/// So long a look lasts once it is allowed: an hour.
pub const LASTS: i64 = 60 * 60_000;
/// A request nobody decided on is void after a day.
pub const WAITS: i64 = 24 * 60 * 60_000;

/// Whether a seat makes its holder the second person: it answers for privacy, or for petitions as a whole.
pub const fn decides(seat: Seat) -> bool {
    matches!(seat, Seat::PrivacyOfficer | Seat::Examiner)
}

/// Whether the official `by`, with these seats, may decide on what `asked_by` asked for at `asked_at`. Errors: `NotYours` for one
/// who may not, and for the one who asked: it takes two; `NotNow` for what waited too long.
pub fn may_decide(
    (by, seats): (OfficialId, &[Seat]),
    (asked_by, asked_at): (OfficialId, At),
    now: At,
) -> Result<(), Refusal> {
    if by == asked_by || !seats.iter().any(|seat| decides(*seat)) {
        return Err(Refusal::NotYours);
    }
    if now >= asked_at.plus(WAITS) {
        return Err(Refusal::NotNow);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn it_takes_two_and_the_second_holds_an_office_for_it() {
        let (asker, other) = (OfficialId(Uuid::from_u128(7)), OfficialId(Uuid::from_u128(8)));
        let asked = At(1_000);
        let may = |by, seats: &[Seat], now| may_decide((by, seats), (asker, asked), now);
        for seat in Seat::ALL {
            let expected = match seat {
                Seat::PrivacyOfficer | Seat::Examiner => Ok(()),
                _ => Err(Refusal::NotYours),
            };
            assert_eq!(may(other, &[Seat::Handler, *seat], asked), expected, "{seat}");
            assert_eq!(
                may(asker, &[*seat], asked),
                Err(Refusal::NotYours),
                "{seat}: alone"
            );
        }
        assert_eq!(may(other, &[Seat::Examiner], asked.plus(WAITS - 1)), Ok(()));
        assert_eq!(
            may(other, &[Seat::Examiner], asked.plus(WAITS)),
            Err(Refusal::NotNow)
        );
        assert_eq!(may(other, &[], asked), Err(Refusal::NotYours));
    }
}
