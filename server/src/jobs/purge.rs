//! Forgets answers that are older than they need to be kept.

use crate::{
    AppState, idempotency,
    store::{StoreError, idempotency as kept},
};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// Runs until its task is dropped.
pub(super) async fn forget_idempotency_keys(state: AppState) {
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

async fn purge(state: &AppState) -> Result<u64, StoreError> {
    let mut tx = state.store.write().await?;
    let count = kept::purge(&mut tx, state.env.now() - idempotency::LIFE).await?;
    tx.commit().await?;
    Ok(count)
}
