//! Collects what nobody wants any more from the folder of files: what waited too long for a comment,
//! what broke off half-way, and what a crash left without a row.

use crate::{
    AppState,
    store::{StoreError, attachments, files::SHELVES, uploads},
};
use chrono::TimeDelta;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// Tokens that are removed in one transaction, so that others who write need not wait long.
const TOKENS: i64 = 100;
/// Names that are looked up in one statement.
const NAMES: usize = 500;
/// A half-written file is left alone for this long after its last piece: its upload may be under way.
const PAUSE: TimeDelta = TimeDelta::hours(1);
/// A file that no row names is left alone for this long. The database may be an older copy for a
/// while, when somebody had to go back to one.
const GRACE: TimeDelta = TimeDelta::days(7);
/// Whole rounds through the folder, in hours: it can be large, and a crash is rare.
const ROUND: u32 = 24;

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Files that waited too long, previews among them.
    pub expired: u64,
    pub half_written: u64,
    /// Files that no row named.
    pub unnamed: u64,
}

/// Collects each hour, and goes through the whole folder at the start and each day; runs until its
/// task is dropped.
pub(super) async fn collect_files(state: AppState) {
    let mut ticks = tokio::time::interval(HOUR);
    for hour in (0..ROUND).cycle() {
        ticks.tick().await;
        match collect(&state, hour == 0).await {
            Ok(none) if none == Collected::default() => {}
            Ok(Collected { expired, half_written, unnamed }) => {
                tracing::info!(expired, half_written, unnamed, "old files were removed");
            }
            Err(error) => tracing::warn!(%error, "old files could not be removed"),
        }
    }
}

/// One round; `all` looks at every file in the folder.
///
/// # Errors
/// When disk or database fail. What was not removed is removed another time.
pub async fn collect(state: &AppState, all: bool) -> Result<Collected, StoreError> {
    let now = state.env.now();
    let mut collected = Collected {
        expired: expire(state).await?,
        half_written: state.files.remove_half_written(now - PAUSE).await?,
        unnamed: 0,
    };
    for shelf in SHELVES.filter(|_| all) {
        let written = state.files.written_before(shelf, now - GRACE).await?;
        for names in written.chunks(NAMES) {
            let mut read = state.store.read().await?;
            let named = attachments::named(&mut read, names).await?;
            drop(read);
            let unnamed = names.iter().filter(|name| !named.contains(name));
            let unnamed: Vec<_> = unnamed.cloned().collect();
            state.files.remove(&unnamed).await?;
            collected.unnamed += u64::try_from(unnamed.len()).unwrap_or(0);
        }
    }
    Ok(collected)
}

/// Removes what waited too long: first the rows, then the bytes.
async fn expire(state: &AppState) -> Result<u64, StoreError> {
    let mut count = 0;
    loop {
        let mut tx = state.store.write().await?;
        let expired = uploads::expired(&mut tx, state.env.now(), TOKENS).await?;
        if expired.is_empty() {
            return Ok(count);
        }
        let mut files = Vec::new();
        for upload in expired {
            files.extend(attachments::remove_of_upload(&mut tx, upload).await?);
            uploads::remove(&mut tx, upload).await?;
        }
        tx.commit().await?;
        state.files.remove(&files).await?;
        count += u64::try_from(files.len()).unwrap_or(0);
    }
}
