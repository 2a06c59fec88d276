//! Works on many tickets, one transaction a ticket, so that nobody else waits for all of them.
//!
//! A ticket and the note that it is done are written together: after a crash the work goes on behind
//! the last ticket that was done, and none is done twice.

use crate::{
    AppState,
    domain::{Call, Refusal, desk::Work, rights::Viewer},
    store::{
        StoreError, UserId,
        job_statuses::{self, Job},
        users::{self, User},
    },
};
use api::job_status::JobState;
use std::time::Duration;

/// How often it looks for work of which it was not told: what an earlier process left.
const PAUSE: Duration = Duration::from_secs(30);

/// Runs until its task is dropped.
pub(super) async fn work(state: AppState) {
    loop {
        if let Err(error) = work_off(&state).await {
            tracing::warn!(%error, "work on many tickets stopped and will be tried again");
        }
        // Told or not, it looks again.
        let _ = tokio::time::timeout(PAUSE, state.bulk.notified()).await;
    }
}

/// Does all the work that waits.
///
/// # Errors
/// When the database fails; what is not done then is left for the next time.
pub async fn work_off(state: &AppState) -> Result<(), StoreError> {
    loop {
        let next = job_statuses::next(&mut *state.store.read().await?).await?;
        match next {
            Some(job) => finish(state, job).await?,
            None => return Ok(()),
        }
    }
}

/// Does the rest of one piece of work.
async fn finish(state: &AppState, mut job: Job) -> Result<(), StoreError> {
    let by = worker(state, job.user_id).await?;
    let (Some(by), Ok(work)) = (by, serde_json::from_str::<Work>(&job.work)) else {
        job.state = JobState::Failed;
        job.message = Some(String::from("Whoever asked for it is no agent any more"));
        let mut tx = state.store.write().await?;
        job_statuses::update(&mut tx, &job).await?;
        return tx.commit().await;
    };
    while job.progress < job.total {
        let index = usize::try_from(job.progress).unwrap_or_default();
        let now = state.env.now();
        let mut tx = state.store.write().await?;
        let call = Call { rules: &state.rules, by: &by, channel: "api", at: now };
        let outcome = work.one(&mut tx, call, index).await;
        match &outcome {
            Ok(_) => {}
            Err(refusal) => {
                // Half of a ticket's change is none.
                drop(tx);
                if let Refusal::Store(error) = refusal {
                    tracing::warn!(%error, "a ticket among many could not be worked on");
                }
                tx = state.store.write().await?;
            }
        }
        job.results.push(work.result(index, outcome));
        job.progress += 1;
        job.state = JobState::Working;
        if job.progress >= job.total {
            job.state = JobState::Completed;
            job.message = Some(format!("Completed at {}", api::time::format(now)));
        }
        job_statuses::update(&mut tx, &job).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// In whose name it is done, as long as they are an agent.
async fn worker(state: &AppState, id: UserId) -> Result<Option<Viewer>, StoreError> {
    let mut read = state.store.read().await?;
    match users::by_id(&mut read, id).await?.filter(User::is_staff) {
        Some(user) => Ok(Some(Viewer::load_staff(&mut read, user).await?)),
        None => Ok(None),
    }
}
