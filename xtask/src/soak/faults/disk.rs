//! 디스크 — the disk of the data is full, or turns read-only under the program as ext4 does on an error.

use super::{
    On, Row, Trial, browser,
    house::House,
    scene::{AWAY, Scene, Told, UNKNOWN},
};
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// A small ext4 in a file, mounted; dropping it unmounts it.
struct Disk {
    image: PathBuf,
    mount: PathBuf,
}

impl Disk {
    fn new(folder: &Path, name: &str, megabytes: u64) -> Result<Disk> {
        let disk = Disk {
            image: folder.join(format!("{name}.img")),
            mount: folder.join(name),
        };
        File::create(&disk.image)?.set_len(megabytes << 20)?;
        // No reserve: what is full is full for root too.
        shell::must(Command::new("mkfs.ext4").args(["-q", "-m", "0"]).arg(&disk.image))?;
        fs::create_dir_all(&disk.mount)?;
        disk.mount()?;
        Ok(disk)
    }

    fn mount(&self) -> Result<()> {
        shell::must(
            Command::new("mount")
                .args(["-o", "loop,errors=remount-ro"])
                .arg(&self.image)
                .arg(&self.mount),
        )
    }

    fn unmount(&self) -> Result<()> {
        shell::must(Command::new("umount").arg(&self.mount))
    }

    /// Tells ext4 that it met an error: it turns read-only at once, whoever has files open.
    fn breaks(&self) -> Result<()> {
        let told = shell::output_of(
            Command::new("losetup")
                .args(["--noheadings", "-O", "NAME", "-j"])
                .arg(&self.image),
        )?;
        let device = told.trim().rsplit('/').next().unwrap_or_default().to_owned();
        let file = format!("/sys/fs/ext4/{device}/trigger_fs_error");
        fs::write(&file, "1").with_context(|| file.clone())
    }

    /// As an operator would: off, looked over, on again.
    fn mend(&self) -> Result<()> {
        self.unmount()?;
        // It says by its status that it mended something.
        shell::succeeds(Command::new("e2fsck").args(["-p", "-f"]).arg(&self.image));
        self.mount()
    }

    fn fill(&self) -> Result<()> {
        let mut file = File::create(self.mount.join("filler"))?;
        let block = [7; 4096];
        while file.write_all(&block).is_ok() {}
        // The last block may still be held back.
        let _ = file.sync_all();
        Ok(())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Err(error) = self.unmount() {
            eprintln!("{error}");
        }
    }
}

fn house(trial: &Trial, disk: &Disk, name: &str) -> Result<House> {
    let mut house = House::new(trial.program, trial.folder.join(format!("{name}-city")), None)?;
    house.data = disk.mount.join("data");
    house.furnish()?;
    Ok(house)
}

const TOLD: Told = Told {
    press: AWAY,
    act: AWAY,
    reads: 200,
};

/// The disk is full; then room is made.
pub fn full(trial: &Trial) -> Result<Vec<Row>> {
    let disk = Disk::new(trial.folder, "full", 64)?;
    let house = house(trial, &disk, "full")?;
    let serving = house.starts("serve", "both")?;
    let mut scene = Scene::new(&house, &serving)?;
    disk.fill()?;
    let (mut waited, mut done): (f64, usize) = (0.0, 0);
    for _ in 0..5 {
        let came = scene.tries(&TOLD)?;
        (waited, done) = (waited.max(came.longest), done + came.done);
    }
    ensure!(done < 25, "the full disk took everything");
    fs::remove_file(disk.mount.join("filler"))?;
    let well = browser::becomes(&serving.address, "200", 60)?;
    scene.goes_on()?;
    // And once more with a restart in between: the program starts on a full disk, or says why not.
    disk.fill()?;
    serving.stop()?;
    let started = house.starts("serve", "both");
    let start = match started {
        Ok(serving) => {
            drop(serving);
            "It starts on a full disk and serves what it has".to_owned()
        }
        Err(error) => format!(
            "A start on it ends with “{}”",
            error.to_string().lines().last().unwrap_or_default()
        ),
    };
    fs::remove_file(disk.mount.join("filler"))?;
    let serving = house.starts("serve", "both")?;
    scene.at(&serving.address);
    scene.goes_on()?;
    let verified = scene.all_kept(serving)?;
    Ok(vec![Row {
        what: "the disk of the data is full",
        on: On::Sqlite.name(),
        seen: format!(
            "503 within {waited:.1} s, on the page they were on: “{}” / “{}” What was typed is there. Lists and cases are shown as always. {done} of 25 still found room in what the database had already taken, and were done. {start}",
            AWAY[0], AWAY[1]
        ),
        kept: format!(
            "{verified}. Room was made: well after {well:.1} s without a restart, the same buttons did it once"
        ),
    }])
}

/// The disk turns read-only under the program.
pub fn read_only(trial: &Trial) -> Result<Vec<Row>> {
    let disk = Disk::new(trial.folder, "read-only", 64)?;
    let house = house(trial, &disk, "read-only")?;
    let serving = house.starts("serve", "both")?;
    let mut scene = Scene::new(&house, &serving)?;
    disk.breaks()?;
    let first = scene.tries(&TOLD)?;
    ensure!(first.done == 0, "a read-only disk took something");
    let again = scene.refused(&serving, &TOLD)?;
    serving.stop().context("with a read-only disk")?;
    let refused = house.refuses_to_start()?;
    disk.mend()?;
    let serving = house.starts("serve", "both")?;
    scene.at(&serving.address);
    scene.goes_on()?;
    let verified = scene.all_kept(serving)?;
    Ok(vec![Row {
        what: "the disk of the data turns read-only (ext4 after an error)",
        on: On::Sqlite.name(),
        seen: format!(
            "503 within {:.1} s, the same sentences; to who was in the middle of it ({} of 5): “{}” / “{}” Reading goes on; `/health` says 503. A start on it ends with “{refused}”",
            first.longest.max(again),
            first.unknown,
            UNKNOWN[0],
            UNKNOWN[1]
        ),
        kept: format!(
            "{verified}. After unmounting, `e2fsck`, mounting and a start the same buttons did it once"
        ),
    }])
}
