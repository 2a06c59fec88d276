//! `POST /users`, `POST /users/create_or_update` and `PUT /users/{id}`, for agents.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::{Json, JsonBody, Saved},
    caller::Caller,
    domain::accounts,
    error::Error,
    idempotency::Created,
    store::UserId,
    view,
};
use api::user::{SaveUser, UserRecordEnvelope};
use axum::extract::State;

/// Makes somebody.
///
/// # Errors
/// When a value does not pass, the caller may not, or the database fails; so for all of them.
pub async fn create_user(
    State(state): State<AppState>,
    Staff(by): Staff,
    caller: Caller,
    body: JsonBody<SaveUser>,
) -> Result<Created<UserRecordEnvelope>, Error> {
    let mut tx = state.store.write().await?;
    let row = accounts::create(&mut tx, &by, &body.value.user, state.env.now()).await?;
    tx.commit().await?;
    let user = view::user_record(&caller, &row);
    Created::new(user.user.url.clone(), &UserRecordEnvelope { user })
}

/// Changes whoever has the `external_id` or else the `email` of the body; makes somebody when
/// nobody has either.
pub async fn create_or_update_user(
    State(state): State<AppState>,
    Staff(by): Staff,
    caller: Caller,
    body: JsonBody<SaveUser>,
) -> Result<Saved<UserRecordEnvelope>, Error> {
    let mut tx = state.store.write().await?;
    let change = &body.value.user;
    let (row, new) = accounts::create_or_update(&mut tx, &by, change, state.env.now()).await?;
    tx.commit().await?;
    let location = caller.record("users", row.id.0);
    let body = UserRecordEnvelope { user: view::user_record(&caller, &row) };
    Ok(if new { Saved::New { location, body } } else { Saved::Known(body) })
}

/// Changes somebody.
pub async fn update_user(
    State(state): State<AppState>,
    Staff(by): Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
    body: JsonBody<SaveUser>,
) -> Result<Json<UserRecordEnvelope>, Error> {
    let mut tx = state.store.write().await?;
    let change = &body.value.user;
    let row = accounts::update(&mut tx, &by, UserId(id), change, state.env.now()).await?;
    tx.commit().await?;
    Ok(Json(UserRecordEnvelope { user: view::user_record(&caller, &row) }))
}
