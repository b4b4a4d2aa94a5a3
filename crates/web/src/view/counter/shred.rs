//! 오작성 서식 파기 — one tap counts a wrongly written form that was shredded on the spot; nothing about anybody.

use super::Tabs;
use crate::view::{
    View,
    desk::{Bar, Here},
};
use serde::Serialize;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Shred {
    /// The menu.
    pub bar: Bar,
    /// The counter's tabs.
    pub tabs: Tabs,
    /// Today, in this department.
    pub today: u32,
}

impl View for Shred {
    const TEMPLATE: &'static str = "counter/shred.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |today| Shred {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs {
                here: "shred",
                takes_in: true,
                register: true,
                post: true,
            },
            today,
        };
        vec![("some", of(3)), ("none", of(0))]
    }
}
