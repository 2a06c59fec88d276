//! Closes what was solved long enough ago, a few at a time, so that nobody who writes waits long.

use crate::{
    AppState,
    domain::{Call, desk, rights::Viewer},
    store::{StoreError, requests, users},
};
use chrono::TimeDelta;
use std::time::Duration;

/// Tickets of one transaction.
const AT_ONCE: i64 = 50;
const PAUSE: Duration = Duration::from_secs(60);

/// Runs until its task is dropped.
pub(super) async fn close(state: AppState) {
    let mut ticks = tokio::time::interval(PAUSE);
    loop {
        ticks.tick().await;
        match close_solved(&state).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "tickets that stayed solved were closed"),
            Err(error) => tracing::warn!(%error, "solved tickets could not be closed"),
        }
    }
}

/// Closes all whose time has come, and says how many.
///
/// # Errors
/// When the database fails.
pub async fn close_solved(state: &AppState) -> Result<usize, StoreError> {
    let days = i64::from(state.config.service.close_after_days);
    let mut closed = 0;
    loop {
        let now = state.env.now();
        let until = now - TimeDelta::days(days);
        let due = requests::solved_until(&mut *state.store.read().await?, until, AT_ONCE).await?;
        if due.is_empty() {
            return Ok(closed);
        }
        let mut tx = state.store.write().await?;
        let user = users::system(&mut tx).await?;
        let by = Viewer::load_staff(&mut tx, user).await?;
        let call = Call { rules: &state.rules, by: &by, channel: "rule", at: now };
        for id in due {
            closed += usize::from(desk::close(&mut tx, call, id, until).await?);
        }
        tx.commit().await?;
    }
}
