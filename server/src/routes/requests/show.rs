//! `GET /requests/{id}`.

use crate::{
    AppState,
    auth::SeenRequest,
    body::Json,
    caller::Caller,
    error::Error,
    store::users,
    view::{self, Clocks},
};
use api::request::RequestEnvelope;
use axum::extract::State;

/// One request; `include=users` adds those involved, `include=slas` its clock.
///
/// # Errors
/// When there is none for the caller, or the database fails.
pub async fn show_request(
    State(state): State<AppState>,
    caller: Caller,
    mut seen: SeenRequest,
) -> Result<Json<RequestEnvelope>, Error> {
    let people = if caller.query.lists("include", "users") {
        let mut ids = seen.copied.clone();
        ids.push(seen.request.requester_id);
        ids.extend(seen.request.assignee_id);
        Some(users::many(&mut seen.read, &ids).await?.iter().map(view::person).collect())
    } else {
        None
    };
    let clocks = Clocks::wanted(&state, &caller);
    let request = view::request(&caller, &seen.viewer, seen.request, &seen.copied, clocks.as_ref());
    Ok(Json(RequestEnvelope { request, users: people }))
}
