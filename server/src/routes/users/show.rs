//! `GET /users/{id}` and its twin for end users.

use crate::{
    AppState,
    auth::{Party, PathNumber},
    body::Json,
    caller::Caller,
    error::Error,
    store::{
        UserId,
        sqlite::Conn,
        users::{self, User},
    },
    view,
};
use api::user::{SeenUserEnvelope, UserEnvelope, UserRecord};
use axum::extract::State;

/// Somebody: anybody for agents, oneself for end users. Anybody else does not exist.
///
/// # Errors
/// When there is nobody with that id for the caller, or the database fails; so for both.
pub async fn show_user(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<SeenUserEnvelope>, Error> {
    let row = somebody(&mut *state.store.read().await?, &party, id).await?;
    let record = match &party {
        Party::Staff(_) => view::user_record(&caller, &row),
        // What agents note is theirs.
        Party::EndUser(_) => UserRecord {
            user: view::myself(&caller, &row),
            active: row.active,
            ..UserRecord::default()
        },
    };
    Ok(Json(SeenUserEnvelope { user: api::user::SeenUser::Record(Box::new(record)) }))
}

/// Somebody as they see themselves.
pub async fn show_end_user(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<UserEnvelope>, Error> {
    let row = somebody(&mut *state.store.read().await?, &party, id).await?;
    Ok(Json(UserEnvelope { user: view::myself(&caller, &row) }))
}

/// Somebody, if the caller may read them.
pub(super) async fn somebody(conn: &mut Conn, party: &Party, id: i64) -> Result<User, Error> {
    let found = users::by_id(conn, UserId(id)).await?;
    found.filter(|user| party.may_read(user.id)).ok_or(Error::RecordNotFound)
}
