//! Work that nobody waits for.

pub mod files;
mod purge;
mod texts;

pub use texts::gather_all as gather_texts;

use crate::AppState;
use tokio::task::JoinSet;

/// Starts all of it; it ends when the set is dropped.
#[must_use]
pub fn start(state: &AppState) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(files::collect_files(state.clone()));
    jobs.spawn(purge::forget_idempotency_keys(state.clone()));
    jobs.spawn(texts::gather(state.clone()));
    jobs
}
