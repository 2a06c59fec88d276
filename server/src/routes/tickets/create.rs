//! `POST /tickets`.

use super::shown::changed;
use crate::{
    AppState,
    auth::Staff,
    body::JsonBody,
    caller::Caller,
    domain::{Call, desk},
    error::Error,
    idempotency::{Created, IdempotencyKey},
};
use api::{ticket::TicketEnvelope, ticket_change::CreateTicket};
use axum::extract::State;

/// Makes a ticket, mostly for a customer. When 201 is answered, it is on disk.
///
/// # Errors
/// When a value does not pass, a key is used twice, or the database fails.
pub async fn create_ticket(
    State(state): State<AppState>,
    Staff(user): Staff,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<CreateTicket>,
) -> Result<Created<TicketEnvelope>, Error> {
    let once = key.with(&body.bytes);
    let now = state.env.now();
    let mut tx = state.store.write().await?;
    if let Some(answer) = once.replay(&mut tx, user.id, now).await? {
        tx.commit().await?;
        return Ok(answer);
    }
    let call = Call { rules: &state.rules, by: &user, channel: "api", at: now };
    let done = desk::create(&mut tx, call, &body.value.ticket).await?;
    let envelope = changed(&state, &caller, done);
    let answer = Created::new(Some(envelope.ticket.url.clone()), &envelope)?;
    let answer = once.keep(&mut tx, user.id, now, answer).await?;
    tx.commit().await?;
    Ok(answer)
}
