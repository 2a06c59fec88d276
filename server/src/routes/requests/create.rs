//! `POST /requests`.

use crate::{
    AppState,
    auth::EndUser,
    body::JsonBody,
    caller::Caller,
    domain::{Call, intake},
    error::Error,
    idempotency::{Answer, IdempotencyKey},
    view::{self, Clocks},
};
use api::request::{CreateRequest, RequestEnvelope};
use axum::{extract::State, http::StatusCode};

/// Makes a request. When 201 is answered, it is on disk.
///
/// # Errors
/// When a value does not pass, a key is used twice, or the database fails.
pub async fn create_request(
    State(state): State<AppState>,
    EndUser(user): EndUser,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<CreateRequest>,
) -> Result<Answer, Error> {
    let once = key.with(&body.bytes);
    let now = state.env.now();
    let draft = &body.value.request;
    let mut tx = state.store.write().await?;
    if let Some(answer) = once.replay(&mut tx, user.id, now).await? {
        // Kept a moment ago, perhaps, by a call whose commit is still to come.
        tx.commit().await?;
        return Ok(answer);
    }
    let call = Call { rules: &state.rules, by: &user, channel: "api", at: now };
    let (request, copied) = intake::create(&mut tx, call, draft).await?;
    let clocks = Clocks::wanted(&state, &caller);
    let request = view::request(&caller, &user, &request, &copied, clocks.as_ref());
    let location = Some(request.url.clone());
    let body = RequestEnvelope { request, users: None };
    let answer = Answer::new(StatusCode::CREATED, location, &body)?;
    let answer = once.keep(&mut tx, user.id, now, answer).await?;
    tx.commit().await?;
    Ok(answer)
}
