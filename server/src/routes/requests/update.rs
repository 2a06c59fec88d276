//! `PUT /requests/{id}`.

use crate::{
    AppState,
    auth::{EndUser, PathId, UpdatePace},
    body::JsonBody,
    caller::Caller,
    domain::{Call, reply},
    error::Error,
    idempotency::{Answer, IdempotencyKey},
    view::{self, Clocks},
};
use api::request::{RequestEnvelope, UpdateRequest};
use axum::extract::State;

/// Comments, solves, copies.
///
/// # Errors
/// When there is no such request for the caller, it is closed, there are too many changes, a value
/// does not pass, a key is used twice, or the database fails.
pub async fn update_request(
    State(state): State<AppState>,
    EndUser(user): EndUser,
    PathId(id): PathId,
    _: UpdatePace,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<UpdateRequest>,
) -> Result<Answer<RequestEnvelope>, Error> {
    let once = key.with(&body.bytes);
    let now = state.env.now();
    let change = &body.value.request;
    let mut tx = state.store.write().await?;
    if let Some(answer) = once.replay(&mut tx, user.id, now).await? {
        // Kept a moment ago, perhaps, by a call whose commit is still to come.
        tx.commit().await?;
        return Ok(answer);
    }
    let call = Call { rules: &state.rules, by: &user, channel: "api", at: now };
    let (request, copied) = reply::update(&mut tx, call, id, change).await?;
    let clocks = Clocks::wanted(&state, &caller);
    let request = view::request(&caller, &user, request, &copied, clocks.as_ref());
    let location = Some(request.url.clone());
    let answer = Answer::new(location, &RequestEnvelope { request, users: None })?;
    let answer = once.keep(&mut tx, user.id, now, answer).await?;
    tx.commit().await?;
    Ok(answer)
}
