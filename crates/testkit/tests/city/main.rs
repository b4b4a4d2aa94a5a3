//! 이야기 — stories told by the people of a city, each on both engines; one binary for all of them.

mod road;
