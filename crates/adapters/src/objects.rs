//! 첨부 보관소 — sealed files in a folder or in a bucket of an S3-compatible store, through the crate `object_store`.
//!
//! What comes here is sealed and named by its own hash; the store learns how many files there are and how long, and nothing else.

pub mod sandbox;

use crate::secret::Secret;
use domain::time::At;
use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt, RetryConfig};
use ports::delivery::Failed;
use ports::objects::{Listed, Objects};
use serde::{Deserialize, Serialize};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Where files lie. Either a folder, or a bucket with its endpoint and keys. What is secret is read and never written.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ObjectSettings {
    /// A folder of this machine, or one all servers mount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// The bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// Its store: `https://…`; `http://` on this machine alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// Its region, where the store has such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The name of the key.
    #[serde(skip_serializing)]
    pub access_key: Option<String>,
    /// The key.
    #[serde(skip_serializing)]
    pub secret_key: Option<Secret>,
    /// Seconds one request may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
}

/// Why there is no store by these settings.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Neither or both.
    #[error("name either `folder`, or `bucket` with its `endpoint`")]
    Which,
    /// A bucket without what belongs to it.
    #[error(
        "a bucket needs `endpoint`, `access_key` and `secret_key` (MINWON_ATTACHMENTS_KEY, MINWON_ATTACHMENTS_SECRET)"
    )]
    Lacking,
    /// No address, or one that anybody on the way could read.
    #[error("`endpoint` is no https:// address (http:// is taken for this machine alone)")]
    Endpoint,
    /// The folder.
    #[error("the folder {}: {source}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// What `object_store` said.
    #[error(transparent)]
    Store(#[from] Error),
}

/// A folder or a bucket.
pub struct StoredObjects {
    store: Arc<dyn ObjectStore>,
}

/// Whether the bytes on the way to this address are seen by nobody else.
fn safe(endpoint: &Url) -> bool {
    let here = match endpoint.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    endpoint.scheme() == "https" || (endpoint.scheme() == "http" && here)
}

impl StoredObjects {
    /// Opens the store; the folder is made where it is not there.
    pub fn new(settings: &ObjectSettings) -> Result<StoredObjects, Unfit> {
        let store: Arc<dyn ObjectStore> = match (&settings.folder, &settings.bucket) {
            (Some(folder), None) => {
                let failed = |source| Unfit::Folder {
                    folder: folder.clone(),
                    source,
                };
                let mut made = DirBuilder::new();
                made.recursive(true).mode(0o700).create(folder).map_err(failed)?;
                let folder = folder.canonicalize().map_err(failed)?;
                Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
            }
            (None, Some(bucket)) => Arc::new(bucket_of(settings, bucket)?),
            _ => return Err(Unfit::Which),
        };
        Ok(StoredObjects { store })
    }
}

fn bucket_of(settings: &ObjectSettings, bucket: &str) -> Result<impl ObjectStore, Unfit> {
    let (Some(endpoint), Some(name), Some(secret)) =
        (&settings.endpoint, &settings.access_key, &settings.secret_key)
    else {
        return Err(Unfit::Lacking);
    };
    let url = Url::parse(endpoint).map_err(|_| Unfit::Endpoint)?;
    if !safe(&url) {
        return Err(Unfit::Endpoint);
    }
    // The one TLS of the house; a second installation is no fault.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let timeout = Duration::from_secs(settings.timeout.unwrap_or(20).max(1));
    let client = ClientOptions::new()
        .with_allow_http(url.scheme() == "http")
        .with_connect_timeout(Duration::from_secs(5))
        .with_timeout(timeout);
    // A person waits: what does not answer is away, and told as such.
    let retry = RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: 2,
        retry_timeout: timeout,
    };
    Ok(AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_endpoint(endpoint.trim_end_matches('/'))
        .with_region(settings.region.as_deref().unwrap_or("us-east-1"))
        .with_access_key_id(name)
        .with_secret_access_key(secret.expose())
        .with_client_options(client)
        .with_retry(retry)
        .build()?)
}

/// `ab/abcd…`: no folder of millions.
fn key(name: &str) -> Result<Key, Failed> {
    let fits = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !fits {
        return Err(Failed::Never("no object is called so".into()));
    }
    Ok(Key::from_iter([&name[..2], name]))
}

/// What a store says may name keys and addresses: only its kind is told.
fn failed(error: &Error) -> Failed {
    let what = match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => "it does not let us in",
        Error::NotFound { .. } => "there is no such bucket or object",
        Error::NotSupported { .. } | Error::NotImplemented { .. } => "it cannot do what is asked",
        _ => "it does not answer as it should",
    };
    tracing::warn!(%error, "the store of attachments");
    Failed::Later(what.to_owned())
}

#[async_trait::async_trait]
impl Objects for StoredObjects {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Failed> {
        let put = self.store.put(&key(name)?, bytes.into()).await;
        put.map(drop).map_err(|error| failed(&error))
    }

    async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Failed> {
        let got = match self.store.get(&key(name)?).await {
            Ok(got) => got,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        let bytes = got.bytes().await.map_err(|error| failed(&error))?;
        Ok(Some(bytes.to_vec()))
    }

    async fn remove(&self, name: &str) -> Result<(), Failed> {
        match self.store.delete(&key(name)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }

    async fn list(&self, beginning: &str) -> Result<Vec<Listed>, Failed> {
        let listed: Result<Vec<_>, Error> = self.store.list(Some(&Key::from(beginning))).try_collect().await;
        let all = match listed {
            Ok(all) => all,
            Err(Error::NotFound { .. }) => Vec::new(),
            Err(error) => return Err(failed(&error)),
        };
        let named = all.into_iter().filter_map(|object| {
            let name = object.location.filename()?.to_owned();
            key(&name).ok()?;
            Some(Listed {
                name,
                at: At(object.last_modified.timestamp_millis()),
            })
        });
        Ok(named.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> ObjectSettings {
        serde_json::from_str(toml).unwrap()
    }

    #[tokio::test]
    async fn a_folder_keeps_lists_and_forgets() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("files");
        let store = StoredObjects::new(&ObjectSettings {
            folder: Some(place.clone()),
            ..ObjectSettings::default()
        })
        .unwrap();
        let name = "ab".repeat(32);
        assert_eq!(store.get(&name).await.unwrap(), None);
        assert!(store.list("ab").await.unwrap().is_empty());
        store.put(&name, vec![1, 2, 3]).await.unwrap();
        store.put(&name, vec![1, 2, 3]).await.unwrap();
        assert_eq!(store.get(&name).await.unwrap(), Some(vec![1, 2, 3]));
        assert_eq!(store.list("ab").await.unwrap()[0].name, name);
        assert!(store.list("ac").await.unwrap().is_empty());
        store.remove(&name).await.unwrap();
        store.remove(&name).await.unwrap();
        assert_eq!(store.get(&name).await.unwrap(), None);
        for foreign in ["../../etc/passwd", "", "AB"] {
            assert!(store.put(foreign, vec![1]).await.is_err(), "{foreign}");
        }
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(place.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn settings_that_name_no_store_or_an_open_way_are_refused() {
        let key = r#""access_key": "a", "secret_key": "b""#;
        for unfit in [
            "{}".to_owned(),
            r#"{"folder": "/tmp/x", "bucket": "b"}"#.to_owned(),
            r#"{"bucket": "b"}"#.to_owned(),
            r#"{"bucket": "b", "endpoint": "https://s3.example"}"#.to_owned(),
            format!(r#"{{"bucket": "b", "endpoint": "http://s3.example", {key}}}"#),
            format!(r#"{{"bucket": "b", "endpoint": "s3.example", {key}}}"#),
        ] {
            assert!(StoredObjects::new(&settings(&unfit)).is_err(), "{unfit}");
        }
        for fit in [
            "https://s3.example",
            "http://127.0.0.1:9000",
            "http://localhost:9000/",
        ] {
            let text = format!(r#"{{"bucket": "b", "endpoint": "{fit}", {key}}}"#);
            assert!(StoredObjects::new(&settings(&text)).is_ok(), "{fit}");
        }
    }

    #[test]
    fn secrets_are_read_and_never_written() {
        let text = r#"{"bucket": "b", "endpoint": "https://s3.example", "access_key": "name", "secret_key": "hush"}"#;
        let written = serde_json::to_string(&settings(text)).unwrap();
        assert_eq!(written, r#"{"bucket":"b","endpoint":"https://s3.example"}"#);
        assert!(!format!("{:?}", settings(text)).contains("hush"));
    }
}
