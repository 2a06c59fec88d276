//! How far work on many tickets is.

use crate::{
    AppState,
    auth::{Staff, path_text},
    body::Json,
    caller::Caller,
    describe::Input,
    error::Error,
    store::job_statuses::{self, Job},
};
use api::job_status::{JobState, JobStatus, JobStatusEnvelope, JobStatusList};
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

/// Pieces of work that one call may name.
const MOST: usize = 100;

/// The name of a piece of work in the path.
pub struct PathJob(String);

impl Input for PathJob {}

impl FromRequestParts<AppState> for PathJob {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(path_text(parts, state, "job").await?))
    }
}

/// `GET /job_statuses/{job}`.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn show_job_status(
    State(state): State<AppState>,
    Staff(_): Staff,
    PathJob(id): PathJob,
    caller: Caller,
) -> Result<Json<JobStatusEnvelope>, Error> {
    let mut read = state.store.read().await?;
    let found = job_statuses::many(&mut read, &[id]).await?.pop();
    let job_status = told(&caller, found.ok_or(Error::RecordNotFound)?);
    Ok(Json(JobStatusEnvelope { job_status }))
}

/// `GET /job_statuses/show_many`: those of the named that there are.
///
/// # Errors
/// When too many are named, or the database fails.
pub async fn show_many_job_statuses(
    State(state): State<AppState>,
    Staff(_): Staff,
    caller: Caller,
) -> Result<Json<JobStatusList>, Error> {
    let ids = caller.query.words("ids", MOST)?;
    let found = job_statuses::many(&mut *state.store.read().await?, &ids).await?;
    let job_statuses = found.into_iter().map(|job| told(&caller, job)).collect();
    Ok(Json(JobStatusList { job_statuses }))
}

/// A piece of work as agents see it.
pub(super) fn told(caller: &Caller, job: Job) -> JobStatus {
    let over = matches!(job.state, JobState::Completed | JobState::Failed);
    JobStatus {
        url: caller.record("job_statuses", &job.id),
        id: job.id,
        status: job.state,
        total: job.total,
        progress: job.progress,
        message: job.message,
        results: over.then_some(job.results),
    }
}
