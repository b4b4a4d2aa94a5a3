//! 누구 — somebody of the city who is one of those a special procedure names.

use app::App;
use domain::access::Who;
use domain::petition::Petition;
use domain::track::Hand;

/// Somebody who is this hand towards the petition, and in what runs in it.
pub fn somebody(app: &App, p: &Petition, hand: Hand) -> Who {
    app.somebody(p, hand)
        .unwrap_or_else(|| panic!("nobody is `{hand}`"))
}
