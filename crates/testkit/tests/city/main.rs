//! 이야기 — stories told by the people of a city, each on both engines; one binary for all of them.

mod acts;
mod answer;
mod both;
mod counter;
mod detours;
mod entry;
mod faults;
mod handbook;
mod holiday;
mod import;
mod missent;
mod pages;
mod papers;
mod people;
mod places;
mod privacy;
mod reminders;
mod repeats;
mod road;
mod search;
mod sight;
mod supervision;
mod tamper;
mod ten;
mod visitor;
