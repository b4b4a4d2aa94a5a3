//! 첨부 보관소 — the sealed content of files in a store beside the database, where a city has one.
//!
//! The order loses nothing: the object first, durable; then the row that names it, with everything else of the act. A row that goes leaves the
//! name of its object in `loose` with the same commit; the duty removes it, at once where the key was destroyed, otherwise when no copy of
//! the database can name it any more. An object is called by the SHA-256 of its sealed bytes: that tells nothing, and that it is whole.

use crate::batch::{Batch, CommitFault};
use crate::engine::{Ask, CommitError, ReadError, Urgency, Value, Write};
use crate::place::Place;
use domain::id::TextId;
use domain::text::hex;
use domain::time::At;
use ports::objects::Objects;
use std::sync::Arc;

/// How a text is laid down in the database itself.
pub(crate) const HERE: &str = "INSERT INTO vault (id, owner, sealed) VALUES ($1, $2, $3)";
/// And elsewhere.
const THERE: &str = "INSERT INTO vault (id, owner, sealed, object) VALUES ($1, $2, $3, $4)";
/// Names taken from `loose` in one run.
const PIECE: u32 = 200;

/// The name of an object with these bytes.
pub fn name_of(sealed: &[u8]) -> String {
    hex(&crypto::hash::plain_sha256(sealed))
}

impl Batch {
    /// The content of this text is a file: it lies in the store of attachments, where there is one.
    pub fn lies_apart(&mut self, file: TextId) {
        self.files.push(file.bytes());
    }

    /// What an owner's texts lie in becomes loose; before the rows go.
    pub(crate) fn loosen_all(&mut self, owner: [u8; 16]) {
        self.add(
            "INSERT INTO loose (object, kept, since) SELECT object, 0, 0 FROM vault WHERE owner = $1 AND object <> '' \
             ON CONFLICT (object) DO UPDATE SET kept = 0",
            crate::params![owner],
        );
    }

    /// What one text lies in becomes loose; before the row goes.
    pub(crate) fn loosen(&mut self, id: TextId) {
        self.add(
            "INSERT INTO loose (object, kept, since) SELECT object, 1, 0 FROM vault WHERE id = $1 AND object <> '' \
             ON CONFLICT (object) DO NOTHING",
            crate::params![id.bytes()],
        );
    }
}

/// The objects of a list of writes, and the names its rows now carry instead.
fn taken_out(writes: &mut [Write], files: &[[u8; 16]]) -> Vec<(String, Vec<u8>)> {
    let mut objects = Vec::new();
    for write in writes.iter_mut().filter(|write| write.sql == HERE) {
        let [Value::Bytes(id), owner, Value::Bytes(sealed)] = write.params.as_slice() else {
            continue;
        };
        if !files.iter().any(|file| file.as_slice() == id.as_slice()) {
            continue;
        }
        let (name, sealed) = (name_of(sealed), sealed.clone());
        let params = vec![
            Value::Bytes(id.clone()),
            owner.clone(),
            Value::from(Vec::<u8>::new()),
            Value::from(name.as_str()),
        ];
        *write = Write::new(THERE, params);
        objects.push((name, sealed));
    }
    objects
}

impl Place {
    /// The same place, whose files lie in this store from now on.
    pub fn with_objects(self, objects: Arc<dyn Objects>) -> Place {
        Place {
            objects: Some(objects),
            ..self
        }
    }

    /// Lays the files of a list down before the list: gives their names.
    pub(crate) async fn lay_apart(
        &self,
        writes: &mut [Write],
        files: &[[u8; 16]],
    ) -> Result<Vec<String>, CommitFault> {
        let Some(objects) = self.objects.as_ref().filter(|_| !files.is_empty()) else {
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        for (name, sealed) in taken_out(writes, files) {
            if let Err(failed) = objects.put(&name, sealed).await {
                self.take_back(&names).await;
                let away = format!("the store of attachments: {failed}");
                return Err(CommitFault::Store(CommitError::Unavailable(away)));
            }
            names.push(name);
        }
        Ok(names)
    }

    /// Removes objects of a list that certainly was not stored. What cannot be removed now is found by the sweep.
    pub(crate) async fn take_back(&self, names: &[String]) {
        let Some(objects) = &self.objects else { return };
        for name in names {
            if let Err(failed) = objects.remove(name).await {
                tracing::warn!(%failed, "an object nobody names stays until it is swept");
            }
        }
    }

    /// The sealed bytes an object holds; `None` where it is gone, or is not what its name says.
    pub(crate) async fn fetch(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let away = |what: String| ReadError::Unavailable(format!("the store of attachments: {what}"));
        let objects = self
            .objects
            .as_ref()
            .ok_or_else(|| away("none is named".into()))?;
        let sealed = objects
            .get(name)
            .await
            .map_err(|failed| away(failed.to_string()))?;
        Ok(sealed.filter(|sealed| name_of(sealed) == name))
    }

    /// Whether a row here names this object.
    pub async fn names_object(&self, name: &str) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT 1 FROM vault WHERE object = $1 AND object <> '' LIMIT 1";
        let row = self.db.query_optional(SQL, crate::params![name]).await?;
        Ok(row.is_some())
    }

    /// Whether this object waits here to be removed.
    pub async fn is_loose(&self, name: &str) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT 1 FROM loose WHERE object = $1";
        Ok(self.db.query_optional(SQL, crate::params![name]).await?.is_some())
    }

    /// An object that a row here names; `None` where no file lies in a store.
    pub async fn any_object(&self) -> Result<Option<String>, ReadError> {
        const SQL: &str = "SELECT object FROM vault WHERE object <> '' LIMIT 1";
        let row = self.db.query_optional(SQL, Vec::new()).await?;
        row.map(|row| row.text(0).map(str::to_owned)).transpose()
    }

    /// Objects whose time has come: those of destroyed keys, and those loose since before `before`. Marks what is seen for the first time.
    pub async fn loose_due(&self, now: At, before: At) -> Result<Vec<String>, CommitFault> {
        const NEW: &str = "SELECT count(*) FROM loose WHERE since = 0";
        const DUE: &str = "SELECT object FROM loose WHERE kept = 0 OR since < $1 ORDER BY object LIMIT $2";
        let read = |error: ReadError| CommitFault::Store(CommitError::Unavailable(error.to_string()));
        let new = self.db.query_one(NEW, Vec::new()).await.map_err(read)?;
        if new.int(0).map_err(read)? > 0 {
            let mut batch = Batch::new();
            batch.add(
                "UPDATE loose SET since = $1 WHERE since = 0",
                crate::params![now.0],
            );
            self.commit(batch, Urgency::Bulk).await?;
        }
        let rows = self
            .db
            .query(DUE, crate::params![before.0, PIECE])
            .await
            .map_err(read)?;
        rows.iter()
            .map(|row| row.text(0).map(str::to_owned).map_err(read))
            .collect()
    }

    /// The object was removed, or is named again: it waits no more.
    pub async fn settled(&self, name: &str) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        batch.add("DELETE FROM loose WHERE object = $1", crate::params![name]);
        self.commit(batch, Urgency::Bulk).await
    }

    /// The store of attachments of this place, where it has one.
    pub fn objects(&self) -> Option<&Arc<dyn Objects>> {
        self.objects.as_ref()
    }
}
