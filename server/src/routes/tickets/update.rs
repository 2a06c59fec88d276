//! `PUT /tickets/{id}`.

use super::shown::changed;
use crate::{
    AppState,
    auth::{PathId, Staff},
    body::JsonBody,
    caller::Caller,
    domain::{Call, desk},
    error::Error,
    idempotency::{Answer, IdempotencyKey},
};
use api::{ticket::TicketEnvelope, ticket_change::UpdateTicket};
use axum::extract::State;

/// Changes a ticket; answers with it and with the audit of what was done.
///
/// # Errors
/// When there is no such ticket, it is closed or has moved on, a value does not pass, a key is used
/// twice, or the database fails.
pub async fn update_ticket(
    State(state): State<AppState>,
    Staff(user): Staff,
    PathId(id): PathId,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<UpdateTicket>,
) -> Result<Answer<TicketEnvelope>, Error> {
    let once = key.with(&body.bytes);
    let now = state.env.now();
    let mut tx = state.store.write().await?;
    if let Some(answer) = once.replay(&mut tx, user.id, now).await? {
        tx.commit().await?;
        return Ok(answer);
    }
    let call = Call { rules: &state.rules, by: &user, channel: "api", at: now };
    let done = desk::update(&mut tx, call, id, &body.value.ticket).await?;
    let envelope = changed(&state, &caller, done);
    let answer = Answer::new(Some(envelope.ticket.url.clone()), &envelope)?;
    let answer = once.keep(&mut tx, user.id, now, answer).await?;
    tx.commit().await?;
    Ok(answer)
}
