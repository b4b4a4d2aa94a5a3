//! 누구 — somebody of the city who is one of those a special procedure names.

use app::App;
use domain::access::Who;
use domain::petition::Petition;
use domain::track::Hand;

/// Somebody who is this hand towards the petition, and in what runs in it.
pub fn somebody(app: &App, p: &Petition, hand: Hand) -> Who {
    let office = app.office();
    let holder = |seat, unit| office.holders(seat, unit).into_iter().next();
    let official = match hand {
        Hand::Petitioner => return Who::Citizen(p.person),
        Hand::Handler => p.handler,
        Hand::Seat(seat) => holder(seat, None),
        Hand::Lead(seat) => holder(seat, p.unit),
        Hand::Member(role) => p
            .open_proceedings()
            .next()
            .and_then(|one| one.members_of(role).next()),
    };
    let official = official.unwrap_or_else(|| panic!("nobody is `{hand}`"));
    office.who(official, app.now()).expect("one who works here")
}
