//! Work that nobody waits for.

use crate::{AppState, idempotency};
use std::time::Duration;

pub mod files;

/// How often old answers are forgotten, and old files collected.
const HOUR: Duration = Duration::from_secs(3600);

/// Forgets answers that are older than they need to be kept; runs until its task is dropped.
pub async fn purge_idempotency_keys(state: AppState) {
    let mut ticks = tokio::time::interval(HOUR);
    loop {
        ticks.tick().await;
        match purge(&state).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "old idempotency keys were forgotten"),
            Err(error) => tracing::warn!(%error, "old idempotency keys could not be forgotten"),
        }
    }
}

async fn purge(state: &AppState) -> Result<u64, crate::store::StoreError> {
    let mut tx = state.store.write().await?;
    let before = state.env.now() - idempotency::LIFE;
    let count = crate::store::idempotency::purge(&mut tx, before).await?;
    tx.commit().await?;
    Ok(count)
}
