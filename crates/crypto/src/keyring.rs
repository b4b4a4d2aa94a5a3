//! 열쇠고리 — the keys outside the database: root, epochs (월 열쇠) and places (개인정보 보호법 제21조, 영 제16조: 복원 불가능한 파기).
//!
//! ```text
//! keys/
//!   root.key                 the one secret in the clear; its shares lie on paper (see `recovery`)
//!   live/ archive/ protected/
//!     place.key              master of the place: index, look-ups, cookies, test value are derived from it
//!     signing.key            ECDSA P-256, under receipts and roots
//!     epoch-2018-07.key      wraps the keys of people and petitions written or re-wrapped in that month
//!     epoch-2018-05.retired  dead on purpose: never made again
//!     destroyed.list         whose keys were destroyed: older copies of the database forget them too
//! ```
//!
//! Every file but `root.key` is sealed under the root key and bound to its place and name, so that files cannot be
//! swapped, and their back-up is worth nothing without the root key. Epoch keys are drawn at random, not derived: a
//! derived key could always be derived again, and nothing would ever die. A place's folder can be closed to a process
//! by file permissions: [`Keyring::place`] then says so, and the rest works.
//!
//! Files are written once: to a new name, synced, linked into place without replacing, and the folder synced.

pub mod destroyed;
mod files;

use crate::{
    Fill,
    hash::derive,
    place::{Month, Place},
    seal::{Key, Suite, Unsealable, open, seal},
    sign::Signer,
    token::{IndexKey, LookupKey},
};
use domain::text::{hex, unhex};
use files::{
    context, exists, failed, file_name, overwrite, parent, random_name, read_sealed, sync_dir, write_new,
    write_sealed,
};
use std::{
    collections::BTreeMap,
    fmt, fs, io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};
use zeroize::Zeroizing;

/// What is wrong with the keys, with the file and the cure: read by whoever starts the system at night.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file is not there.
    #[error("the key file {file} is missing; {cure}")]
    Missing {
        /// Which.
        file: PathBuf,
        /// What to do.
        cure: &'static str,
    },
    /// A file is there and does not open under the root key.
    #[error(
        "the key file {file} does not open under root.key; put back the file and the root.key of the same key folder"
    )]
    DoesNotOpen {
        /// Which.
        file: PathBuf,
    },
    /// `root.key` can be read by everyone on the machine.
    #[error("{file} can be read by every user of this machine (mode {mode:o}); run: chmod 600 {file}")]
    TooOpen {
        /// Which.
        file: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// There are keys already where new ones should be made.
    #[error("{0} already holds keys; new ones would lock out what the old ones sealed, so none were made")]
    AlreadyThere(PathBuf),
    /// The epoch key was destroyed on purpose; what only it wrapped is gone, as it should be.
    #[error("the epoch key of {0} was retired; what it wrapped cannot be opened any more")]
    Retired(Month),
    /// The database was written under other keys.
    #[error(
        "these keys do not open the test value of the database ({place}); start with the key folder that belongs to this database"
    )]
    OtherKeys {
        /// Which place's.
        place: &'static str,
    },
    /// The list of what was destroyed is not as it was written.
    #[error(
        "the list of what was destroyed, {file}, is not as it was written (line {line}); put it back from the copy of the key folder"
    )]
    ListBroken {
        /// Which file.
        file: PathBuf,
        /// The first line that does not hold; 0 for the last one.
        line: u64,
    },
    /// A wrapped key was changed, or belongs to another owner, month or place.
    #[error(transparent)]
    Wrapped(#[from] Unsealable),
    /// The file system refused.
    #[error("{doing} {file}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file or folder.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// 열쇠고리 — an opened key folder.
pub struct Keyring {
    dir: PathBuf,
    root: Key,
    places: BTreeMap<Place, Arc<PlaceKeys>>,
}

impl Keyring {
    /// Makes a new key folder with keys for all three places. It appears at `dir` whole or not at all; refuses where
    /// something lies already. Print the shares of [`Keyring::root`] next.
    pub fn create(dir: &Path, fill: Fill<'_>) -> Result<Keyring, KeyError> {
        let empty = match fs::read_dir(dir) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(failed("cannot read", dir)(error)),
        };
        if !empty {
            return Err(KeyError::AlreadyThere(dir.to_owned()));
        }
        let new = dir.with_file_name(format!(
            "{}.{}",
            dir.file_name().unwrap_or_default().to_string_lossy(),
            random_name(fill)
        ));
        let root = Key::generate(fill);
        for place in Place::ALL {
            let folder = new.join(place.name());
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&folder)
                .map_err(failed("cannot make", &folder))?;
            for (name, key) in [
                ("place", Key::generate(fill)),
                ("signing", Signer::generate(fill).to_key()),
            ] {
                write_sealed(&root, place, &folder, name, &key, fill)?;
            }
        }
        write_new(&new, ROOT, &root_text(&root), fill)?;
        sync_dir(&new)?;
        fs::rename(&new, dir).map_err(failed("cannot put in place", dir))?;
        sync_dir(parent(dir))?;
        Keyring::open(dir)
    }

    /// Opens a key folder: the root key and all places this process may read.
    pub fn open(dir: &Path) -> Result<Keyring, KeyError> {
        let file = dir.join(ROOT);
        let mode = match fs::metadata(&file) {
            Ok(meta) => meta.permissions().mode() & 0o777,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(KeyError::Missing {
                    file,
                    cure: "put it back from its back-up, or recover it from the shares on paper with: minwon keys recover",
                });
            }
            Err(error) => return Err(failed("cannot read", &file)(error)),
        };
        if mode & 0o007 != 0 {
            return Err(KeyError::TooOpen { file, mode });
        }
        let text = Zeroizing::new(fs::read_to_string(&file).map_err(failed("cannot read", &file))?);
        let root = text
            .lines()
            .find_map(unhex)
            .map(Key::from_bytes)
            .ok_or(KeyError::DoesNotOpen { file })?;
        Keyring::with_root(dir, root)
    }

    /// Writes the root key recovered from shares back into a key folder that lost it, if it opens the other files.
    pub fn put_back_root(dir: &Path, root: &Key, fill: Fill<'_>) -> Result<Keyring, KeyError> {
        let file = dir.join(ROOT);
        if file.exists() {
            return Err(KeyError::AlreadyThere(file));
        }
        let keyring = Keyring::with_root(dir, root.clone())?;
        write_new(dir, ROOT, &root_text(root), fill)?;
        sync_dir(dir)?;
        Ok(keyring)
    }

    fn with_root(dir: &Path, root: Key) -> Result<Keyring, KeyError> {
        let mut places = BTreeMap::new();
        for place in Place::ALL {
            match PlaceKeys::open(&dir.join(place.name()), place, &root) {
                Ok(keys) => {
                    places.insert(place, Arc::new(keys));
                }
                // The folder is closed to this process on purpose: the place is simply not there for it.
                Err(KeyError::Io { source, .. }) if source.kind() == io::ErrorKind::PermissionDenied => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Keyring {
            dir: dir.to_owned(),
            root,
            places,
        })
    }

    /// The keys of one place; `None` if this process may not read its folder.
    pub fn place(&self, place: Place) -> Option<&Arc<PlaceKeys>> {
        self.places.get(&place)
    }

    /// The root key, for printing its shares.
    pub fn root(&self) -> &Key {
        &self.root
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({}, {:?})", self.dir.display(), self.places.keys())
    }
}

/// 한 장소의 열쇠 — everything one `Store` needs, and nothing of the other places.
pub struct PlaceKeys {
    /// Which place.
    pub place: Place,
    /// Makes the tokens of the blind index.
    pub index: IndexKey,
    /// Makes whole-value look-ups.
    pub lookup: LookupKey,
    /// Signs receipts and roots.
    pub signer: Signer,
    dir: PathBuf,
    root: Key,
    master: Key,
    epochs: RwLock<BTreeMap<Month, Key>>,
}

impl PlaceKeys {
    fn open(dir: &Path, place: Place, root: &Key) -> Result<PlaceKeys, KeyError> {
        let master = read_sealed(root, place, dir, "place")?;
        let signing = read_sealed(root, place, dir, "signing")?;
        Ok(PlaceKeys {
            place,
            index: IndexKey::of(&master),
            lookup: LookupKey::of(&master),
            signer: Signer::from_key(&signing).ok_or(KeyError::DoesNotOpen {
                file: dir.join("signing.key"),
            })?,
            dir: dir.to_owned(),
            root: root.clone(),
            master,
            epochs: RwLock::default(),
        })
    }

    /// A key of this place for one named use (`"cookies"`, `"protected root salt"`): the same on every node and start.
    pub fn derive(&self, label: &str) -> Key {
        derive(&self.master, "use", &[label.as_bytes()])
    }

    /// Makes the epoch key of `month` unless it is there; the cheap first step before wrapping. A retired month is refused.
    pub fn ensure_epoch(&self, month: Month, fill: Fill<'_>) -> Result<(), KeyError> {
        match self.with_epoch(month, |_| ()) {
            Err(KeyError::Missing { .. }) => {}
            done => return done,
        }
        let key = Key::generate(fill);
        match write_sealed(&self.root, self.place, &self.dir, &epoch(month), &key, fill) {
            // Another node was quicker: its key is the month's key.
            Err(KeyError::AlreadyThere(_)) => {}
            done => done?,
        }
        sync_dir(&self.dir)?;
        self.with_epoch(month, |_| ())
    }

    /// Wraps a person's or petition's key under the month's epoch key, bound to its owner's 16 bytes.
    pub fn wrap(
        &self,
        suite: Suite,
        month: Month,
        owner: &[u8; 16],
        key: &Key,
        fill: Fill<'_>,
    ) -> Result<Vec<u8>, KeyError> {
        self.with_epoch(month, |epoch| {
            seal(
                suite,
                epoch,
                &wrapping(self.place, month, owner),
                key.expose(),
                fill,
            )
        })
    }

    /// Unwraps what [`PlaceKeys::wrap`] made for the same month and owner.
    pub fn unwrap(&self, month: Month, owner: &[u8; 16], wrapped: &[u8]) -> Result<Key, KeyError> {
        let plain = self.with_epoch(month, |epoch| {
            open(epoch, &wrapping(self.place, month, owner), wrapped)
        })??;
        Key::from_slice(&plain).ok_or(KeyError::Wrapped(Unsealable::Broken))
    }

    /// 열쇠 폐기 — destroys the epoch key of `month`: marks it retired, overwrites the file, removes it. Everything only it
    /// wraps is gone with it, in this database and in every copy, once no back-up of the key folder holds it either.
    /// Idempotent; retiring a month that never had a key only marks it.
    pub fn retire(&self, month: Month, fill: Fill<'_>) -> Result<(), KeyError> {
        let (file, marker) = (self.key_file(month), self.marker(month));
        if !exists(&marker)? {
            write_new(&self.dir, &file_name(&marker), "", fill).or_else(|error| match error {
                KeyError::AlreadyThere(_) => Ok(()),
                other => Err(other),
            })?;
        }
        sync_dir(&self.dir)?;
        self.epochs
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&month);
        if exists(&file)? {
            overwrite(&file, fill).map_err(failed("cannot overwrite", &file))?;
            fs::remove_file(&file).map_err(failed("cannot remove", &file))?;
            sync_dir(&self.dir)?;
        }
        Ok(())
    }

    /// The months that have a living epoch key, oldest first.
    pub fn months(&self) -> Result<Vec<Month>, KeyError> {
        let mut months = Vec::new();
        for month in self.months_named(".key")? {
            if !exists(&self.marker(month))? {
                months.push(month);
            }
        }
        Ok(months)
    }

    /// Forgets the epoch keys another node has retired meanwhile; a duty calls it. A key whose file is gone without a marker was lost,
    /// not retired: it is kept in memory, and none is made in its place.
    pub fn refresh(&self) -> Result<(), KeyError> {
        let retired = self.retired()?;
        self.epochs
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|month, _| !retired.contains(month));
        Ok(())
    }

    /// An error unless the epoch key of `month`, which wraps something, is there or was retired.
    pub fn must_have(&self, month: Month) -> Result<(), KeyError> {
        match self.with_epoch(month, |_| ()) {
            Err(KeyError::Retired(_)) => Ok(()),
            there => there,
        }
    }

    /// A value to be kept in the database, by which [`PlaceKeys::check`] knows its own keys again.
    pub fn test_value(&self, suite: Suite, fill: Fill<'_>) -> Vec<u8> {
        seal(
            suite,
            &self.derive("test value"),
            self.place.name().as_bytes(),
            TEST,
            fill,
        )
    }

    /// Whether these keys belong to the database the test value was read from. `serve` does not start otherwise.
    pub fn check(&self, test_value: &[u8]) -> Result<(), KeyError> {
        match open(
            &self.derive("test value"),
            self.place.name().as_bytes(),
            test_value,
        ) {
            Ok(plain) if *plain == TEST => Ok(()),
            _ => Err(KeyError::OtherKeys {
                place: self.place.name(),
            }),
        }
    }

    fn with_epoch<T>(&self, month: Month, then: impl FnOnce(&Key) -> T) -> Result<T, KeyError> {
        if let Some(key) = self
            .epochs
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&month)
        {
            return Ok(then(key));
        }
        // Under the lock from the look at the marker to the insert: a key retired meanwhile is not put back into memory.
        let mut epochs = self.epochs.write().unwrap_or_else(PoisonError::into_inner);
        if exists(&self.marker(month))? {
            return Err(KeyError::Retired(month));
        }
        let key = read_sealed(&self.root, self.place, &self.dir, &epoch(month))?;
        let done = then(&key);
        epochs.insert(month, key);
        Ok(done)
    }

    /// The months whose epoch key was destroyed on purpose, oldest first.
    pub fn retired(&self) -> Result<Vec<Month>, KeyError> {
        self.months_named(".retired")
    }

    fn months_named(&self, end: &str) -> Result<Vec<Month>, KeyError> {
        let mut months = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(failed("cannot read", &self.dir))? {
            let name = entry.map_err(failed("cannot read", &self.dir))?.file_name();
            let name = name.to_str();
            let month = name.and_then(|name| {
                name.strip_prefix("epoch-")?
                    .strip_suffix(end)?
                    .parse::<Month>()
                    .ok()
            });
            months.extend(month);
        }
        months.sort();
        Ok(months)
    }

    fn key_file(&self, month: Month) -> PathBuf {
        self.dir.join(format!("{}.key", epoch(month)))
    }

    fn marker(&self, month: Month) -> PathBuf {
        self.dir.join(format!("{}.retired", epoch(month)))
    }
}

impl fmt::Debug for PlaceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlaceKeys({}, {:?})", self.place.name(), self.signer.public())
    }
}

const ROOT: &str = "root.key";
const TEST: &[u8] = b"minwon test value";

fn epoch(month: Month) -> String {
    format!("epoch-{month}")
}

fn root_text(root: &Key) -> Zeroizing<String> {
    Zeroizing::new(format!(
        "# Root key of Minwon. Secret. Never in the same back-up as the data.\n{}\n",
        hex(root.expose())
    ))
}

fn wrapping(place: Place, month: Month, owner: &[u8; 16]) -> Vec<u8> {
    context(
        "wrapped key",
        &[place.name().as_bytes(), &month.number().to_be_bytes(), owner],
    )
}

#[cfg(test)]
mod tests;
