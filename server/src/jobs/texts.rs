//! Gathers anew the words of requests whose words are out of date, a few at a time, so that nobody
//! who writes waits long.

use crate::{
    AppState,
    store::{StoreError, ccs, requests, texts},
};
use std::time::Duration;

/// Requests of one transaction.
const AT_ONCE: i64 = 50;
/// How often it looks for more once there are none.
const PAUSE: Duration = Duration::from_secs(5);

/// Runs until its task is dropped.
pub(super) async fn gather(state: AppState) {
    let mut ticks = tokio::time::interval(PAUSE);
    loop {
        ticks.tick().await;
        if let Err(error) = gather_all(&state).await {
            tracing::warn!(%error, "the words of some requests could not be gathered");
        }
    }
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
