//! Forgets what is older than it needs to be kept: answers to idempotency keys, and how far work on
//! many tickets was.

use crate::{
    AppState, idempotency,
    store::{StoreError, idempotency as kept, job_statuses},
};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// Runs until its task is dropped.
pub(super) async fn forget_what_is_old(state: AppState) {
    let mut ticks = tokio::time::interval(HOUR);
    loop {
        ticks.tick().await;
        match purge(&state).await {
            Ok((0, 0)) => {}
            Ok((keys, jobs)) => {
                tracing::info!(keys, jobs, "old idempotency keys and job statuses were forgotten");
            }
            Err(error) => tracing::warn!(%error, "what is old could not be forgotten"),
        }
    }
}

async fn purge(state: &AppState) -> Result<(u64, u64), StoreError> {
    let before = state.env.now() - idempotency::LIFE;
    let mut tx = state.store.write().await?;
    let keys = kept::purge(&mut tx, before).await?;
    let jobs = job_statuses::purge(&mut tx, before).await?;
    tx.commit().await?;
    Ok((keys, jobs))
}
