//! `POST /requests`.

use crate::{
    AppState,
    auth::{CreatePace, Sender},
    body::JsonBody,
    caller::Caller,
    domain::{Call, intake},
    error::Error,
    idempotency::{Created, IdempotencyKey},
    view::{self, Clocks},
};
use api::request::{CreateRequest, RequestEnvelope};
use axum::extract::State;

/// Makes a request. When 201 is answered, it is on disk.
///
/// # Errors
/// When there are too many, a value does not pass, a key is used twice, nobody is signed in where somebody has to be, or
/// the database fails.
pub async fn create_request(
    State(state): State<AppState>,
    Sender(viewer): Sender,
    _: CreatePace,
    caller: Caller,
    key: IdempotencyKey,
    body: JsonBody<CreateRequest>,
) -> Result<Created<RequestEnvelope>, Error> {
    let once = key.with(&body.bytes);
    let now = state.env.now();
    let draft = &body.value.request;
    let mut tx = state.store.write().await?;
    let (viewer, known) = match viewer {
        Some(viewer) => (viewer, true),
        None => (intake::stranger(&mut tx, draft, now).await?, false),
    };
    if let Some(answer) = once.replay(&mut tx, viewer.id, now).await? {
        // Kept a moment ago, perhaps, by a call whose commit is still to come.
        tx.commit().await?;
        return Ok(answer);
    }
    let channel = if known { "api" } else { "web" };
    let call = Call { rules: &state.rules, by: &viewer, channel, at: now };
    let owner = known.then_some(viewer.id);
    let (request, copied) = intake::create(&mut tx, call, owner, draft).await?;
    let request = match known {
        true => {
            let clocks = Clocks::wanted(&state, &caller);
            view::request(&caller, &viewer, request, &copied, clocks.as_ref())
        }
        false => view::receipt(&caller, &viewer, request),
    };
    let location = Some(request.url.clone());
    let body = RequestEnvelope { request, users: None };
    let answer = Created::new(location, &body)?;
    let answer = once.keep(&mut tx, viewer.id, now, answer).await?;
    tx.commit().await?;
    Ok(answer)
}
