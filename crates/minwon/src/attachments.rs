//! 첨부 보관소 — where the files of this city lie: the configuration says so to `serve`, and the database to every other command.

use adapters::objects::{ObjectSettings, StoredObjects};
use adapters::secret::Secret;
use anyhow::{Context, bail};
use app::Places;
use ports::objects::Objects;
use std::path::PathBuf;
use std::sync::Arc;
use store::batch::Batch;
use store::engine::Urgency;

/// Under which name the settings lie, without what is secret.
const SETTING: &str = "attachments";

fn store(settings: &ObjectSettings) -> anyhow::Result<Arc<dyn Objects>> {
    let store = StoredObjects::new(settings).context("in `attachments`")?;
    Ok(Arc::new(store))
}

/// An object that a row names, in whatever place.
async fn named(places: &Places) -> anyhow::Result<Option<String>> {
    for place in places.all() {
        if let Some(object) = place.any_object().await? {
            return Ok(Some(object));
        }
    }
    Ok(None)
}

/// The places with their files, as the database says; what is secret, and a folder that lies elsewhere on this machine, come from the environment.
pub async fn known(places: Places) -> anyhow::Result<Places> {
    let Some(text) = places.live.setting(SETTING).await? else {
        return Ok(places);
    };
    let mut settings: ObjectSettings = serde_json::from_str(&text).context("the setting `attachments`")?;
    let variable = |name: &str| std::env::var(name).ok();
    if let Some(folder) = variable("MINWON_ATTACHMENTS_FOLDER") {
        settings = ObjectSettings {
            folder: Some(PathBuf::from(folder)),
            ..ObjectSettings::default()
        };
    }
    settings.access_key = variable("MINWON_ATTACHMENTS_KEY");
    settings.secret_key = variable("MINWON_ATTACHMENTS_SECRET").map(Secret::new);
    match store(&settings) {
        Ok(objects) => Ok(places.with_objects(&objects)),
        Err(error) => {
            eprintln!("! files cannot be opened by this command: {error:#}");
            Ok(places)
        }
    }
}

/// The places with their files where the configuration says. Errors: a store that does not hold what was laid down, or none where there is
/// something: nobody would find their files again.
pub async fn chosen(places: Places, wanted: Option<&ObjectSettings>) -> anyhow::Result<Places> {
    let named = named(&places).await?;
    let Some(wanted) = wanted else {
        if named.is_some() {
            bail!("files lie in a store of attachments: name it in `[attachments]`");
        }
        keep(&places, None).await?;
        return Ok(places);
    };
    let objects = store(wanted)?;
    if let Some(object) = named {
        let there = objects.get(&object).await.context("the store of attachments")?;
        if there.is_none() {
            bail!("the store named in `[attachments]` does not hold the files of this city");
        }
    }
    keep(&places, Some(serde_json::to_string(wanted)?)).await?;
    Ok(places.with_objects(&objects))
}

async fn keep(places: &Places, settings: Option<String>) -> anyhow::Result<()> {
    if places.live.setting(SETTING).await? == settings {
        return Ok(());
    }
    let mut batch = Batch::new();
    match settings {
        Some(settings) => batch.setting(SETTING, &settings),
        None => batch.no_setting(SETTING),
    }
    places.live.commit(batch, Urgency::User).await?;
    Ok(())
}
