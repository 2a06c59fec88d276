//! `PUT /tickets/update_many` and `POST /tickets/create_many`: work on many tickets, done after the
//! answer; see `jobs/bulk.rs`.

use crate::{
    AppState,
    auth::Staff,
    body::JsonBody,
    caller::Caller,
    domain::{
        Invalid,
        desk::{MOST_AT_ONCE, Work},
    },
    error::Error,
    idempotency::{Answer, IdempotencyKey, Once},
    routes::job_statuses,
    store::{UserId, job_statuses as store, job_statuses::Job},
};
use api::{
    job_status::{JobState, JobStatusEnvelope},
    ticket_change::{CreateManyTickets, UpdateManyTickets},
};
use axum::extract::State;

/// Pieces of work that may wait at a time.
const MOST_WAITING: i64 = 100;

/// One change to all tickets of `ids`, or a change to each.
///
/// # Errors
/// When nothing or too much is to be done, a key is used twice, or the database fails.
pub async fn update_many_tickets(
    State(state): State<AppState>,
    Staff(user): Staff,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<UpdateManyTickets>,
) -> Result<Answer<JobStatusEnvelope>, Error> {
    // The tickets are named in the query, which the digest of a call does not have.
    let ids = caller.query.numbers("ids", MOST_AT_ONCE)?;
    let once = key.with(&[caller.query.get("ids").unwrap_or("").as_bytes(), &body.bytes].concat());
    let work = match body.value {
        UpdateManyTickets { ticket: Some(change), .. } => {
            Work::Same { ids, change: Box::new(change) }
        }
        UpdateManyTickets { ticket: None, tickets } => Work::Each { changes: tickets },
    };
    begin(&state, &caller, user.id, once, &work).await
}

/// New tickets.
///
/// # Errors
/// When nothing or too much is to be done, a key is used twice, or the database fails.
pub async fn create_many_tickets(
    State(state): State<AppState>,
    Staff(user): Staff,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<CreateManyTickets>,
) -> Result<Answer<JobStatusEnvelope>, Error> {
    let once = key.with(&body.bytes);
    let work = Work::Make { drafts: body.value.tickets };
    begin(&state, &caller, user.id, once, &work).await
}

/// Keeps what is to be done, and tells where to ask how far it is.
async fn begin(
    state: &AppState,
    caller: &Caller,
    user: UserId,
    once: Once,
    work: &Work,
) -> Result<Answer<JobStatusEnvelope>, Error> {
    let total = work.total();
    if total == 0 {
        return Err(Invalid::one("tickets", "BlankValue", "Tickets: none are named").into());
    }
    if total > MOST_AT_ONCE {
        return Err(Error::TooManyValues { most: MOST_AT_ONCE });
    }
    let now = state.env.now();
    let mut tx = state.store.write().await?;
    if let Some(answer) = once.replay(&mut tx, user, now).await? {
        tx.commit().await?;
        return Ok(answer);
    }
    if store::waiting(&mut tx).await? >= MOST_WAITING {
        return Err(Error::TooManyJobs);
    }
    let job = Job {
        id: state.env.hex::<16>(),
        user_id: user,
        state: JobState::Queued,
        work: serde_json::to_string(work).map_err(|_| Error::Panic)?,
        total: i64::try_from(total).unwrap_or(i64::MAX),
        progress: 0,
        results: Vec::new(),
        message: None,
        created_at: now,
    };
    store::insert(&mut tx, &job).await?;
    let job_status = job_statuses::told(caller, job);
    let location = Some(job_status.url.clone());
    let answer = Answer::new(location, &JobStatusEnvelope { job_status })?;
    let answer = once.keep(&mut tx, user, now, answer).await?;
    tx.commit().await?;
    state.bulk.notify_one();
    Ok(answer)
}
