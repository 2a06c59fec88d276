//! Gathers anew the words of requests whose words are out of date, and keeps the index of all words in
//! shape, a little at a time, so that nobody who writes waits long.

use crate::{
    AppState,
    store::{StoreError, ccs, requests, texts},
};
use std::time::Duration;

/// Requests of one transaction.
const AT_ONCE: i64 = 50;
/// How often it looks for more once there are none.
const PAUSE: Duration = Duration::from_secs(5);
/// Steps by which the index is merged before it pauses: a megabyte a second or two, which leaves the
/// disk to others.
const MERGES: usize = 32;

/// Runs until its task is dropped.
pub(super) async fn gather(state: AppState) {
    let mut ticks = tokio::time::interval(PAUSE);
    let mut commits = state.store.commits();
    loop {
        ticks.tick().await;
        if let Err(error) = gather_all(&state).await {
            tracing::warn!(%error, "the words of some requests could not be gathered");
        }
        // Where nothing was written there is nothing to merge. Each step is a write itself, so a
        // merge that is not done goes on after the next pause.
        if !commits.has_changed().unwrap_or(false) {
            continue;
        }
        commits.mark_unchanged();
        if let Err(error) = merge(&state, MERGES).await {
            tracing::warn!(%error, "the index of words could not be merged");
        }
    }
}

/// Merges the index of words, so many steps at most; says whether it is done.
///
/// # Errors
/// When the database fails.
pub async fn merge(state: &AppState, most: usize) -> Result<bool, StoreError> {
    for _ in 0..most {
        let mut tx = state.store.write().await?;
        if !texts::merge(&mut tx).await? {
            return Ok(true);
        }
        tx.commit().await?;
    }
    Ok(false)
}

/// Gathers until nothing is out of date.
///
/// # Errors
/// When the database fails.
pub async fn gather_all(state: &AppState) -> Result<(), StoreError> {
    while gather_some(state).await? > 0 {}
    Ok(())
}

async fn gather_some(state: &AppState) -> Result<usize, StoreError> {
    if !texts::any_outdated(&mut *state.store.read().await?).await? {
        return Ok(0);
    }
    let mut tx = state.store.write().await?;
    let ids = texts::take_outdated(&mut tx, AT_ONCE).await?;
    for request in requests::many(&mut tx, &ids).await? {
        let copied = ccs::of(&mut tx, request.id).await?;
        texts::refresh(&mut tx, &request, &copied).await?;
    }
    tx.commit().await?;
    Ok(ids.len())
}
