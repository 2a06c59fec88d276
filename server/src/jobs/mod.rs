//! Work that nobody waits for.

mod bulk;
mod close;
pub mod files;
mod purge;
mod texts;

pub use bulk::work_off as do_bulk_work;
pub use close::close_solved;
pub use texts::{gather_all as gather_texts, merge as merge_texts};

use crate::AppState;
use tokio::task::JoinSet;

/// Starts all of it; it ends when the set is dropped.
#[must_use]
pub fn start(state: &AppState) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(bulk::work(state.clone()));
    jobs.spawn(close::close(state.clone()));
    jobs.spawn(purge::forget_what_is_old(state.clone()));
    jobs.spawn(files::collect_files(state.clone()));
    jobs.spawn(texts::gather(state.clone()));
    jobs
}
