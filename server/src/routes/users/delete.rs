//! `DELETE /users/{id}` and `PUT /users/{id}/merge`, for agents.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::{Json, JsonBody},
    caller::Caller,
    domain::accounts,
    error::Error,
    store::UserId,
    view,
};
use api::user::{MergeUser, UserRecordEnvelope};
use axum::extract::State;

/// Deletes somebody; what they wrote stays.
///
/// # Errors
/// When there is nobody with that id, the caller may not, or the database fails; so for both.
pub async fn delete_user(
    State(state): State<AppState>,
    Staff(by): Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<UserRecordEnvelope>, Error> {
    let mut tx = state.store.write().await?;
    let row = accounts::delete(&mut tx, &by, UserId(id), state.env.now()).await?;
    tx.commit().await?;
    Ok(Json(UserRecordEnvelope { user: view::user_record(&caller, &row) }))
}

/// Hands all that hangs on somebody who never came through a host to the person in the body.
pub async fn merge_user(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
    body: JsonBody<MergeUser>,
) -> Result<Json<UserRecordEnvelope>, Error> {
    let into = UserId(body.value.user.id);
    let mut tx = state.store.write().await?;
    let row = accounts::merge(&mut tx, UserId(id), into, state.env.now()).await?;
    tx.commit().await?;
    Ok(Json(UserRecordEnvelope { user: view::user_record(&caller, &row) }))
}
