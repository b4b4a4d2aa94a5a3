//! 가상의 도시 — what the demo and a simulated past are told from: people, working hours, samples, and stories that begin and end.
//!
//! The demo tells its weeks by its own fates (`demo/`); a simulation tells many years by the shapes of one (`year`).

pub mod cast;
pub mod dice;
pub mod hours;
pub mod moment;
pub mod plot;
pub mod queue;
pub mod road;
pub mod sample;
pub mod step;
pub mod story;
pub mod year;
