//! 퍼징 — the one program libFuzzer drives. `MINWON_FUZZ` names the target; with `MINWON_FUZZ_SEEDS` it only lays the seeds of all
//! below that folder and says their names.
#![no_main]

use fuzz::Target;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static TARGET: OnceLock<&'static Target> = OnceLock::new();

fuzz_target!(
    init: {
        if let Some(folder) = std::env::var_os("MINWON_FUZZ_SEEDS") {
            fuzz::lay(folder.as_ref()).expect("the seeds can be written");
            std::process::exit(0);
        }
    },
    |data: &[u8]| {
        let target = TARGET.get_or_init(|| {
            let name = std::env::var("MINWON_FUZZ").expect("MINWON_FUZZ names a target");
            Target::named(&name).unwrap_or_else(|| panic!("no target {name}"))
        });
        (target.run)(data);
    }
);
