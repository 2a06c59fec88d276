//! `GET /users`, `/users/count` and `/organizations/{id}/users`, for agents.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::Json,
    caller::Caller,
    error::Error,
    paging::{COUNTED, Paging},
    store::{
        OrganizationId, organizations,
        sqlite::Conn,
        users::{self, Filter, Role, User},
        window::Key,
    },
    view,
};
use api::user::{Count, CountEnvelope, UserList};
use axum::extract::State;

/// To which `count` of its own counts.
const COUNTED_ALONE: i64 = 100_000;

/// Everybody who was not deleted, by id.
///
/// # Errors
/// For a page that cannot be had, or when the database fails; so for all of them.
pub async fn list_users(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<UserList>, Error> {
    let filter = Filter { roles: roles(&caller), ..Filter::default() };
    page(&mut *state.store.read().await?, &caller, &filter).await.map(Json)
}

/// How many there are, up to a hundred thousand.
pub async fn count_users(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<CountEnvelope>, Error> {
    let filter = Filter { roles: roles(&caller), ..Filter::default() };
    let mut read = state.store.read().await?;
    let value = users::count(&mut read, &filter, COUNTED_ALONE).await?;
    Ok(Json(CountEnvelope { count: Count { value, refreshed_at: state.env.now() } }))
}

/// Those who belong to an organization, by id.
pub async fn list_organization_users(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<UserList>, Error> {
    let id = OrganizationId(id);
    let mut read = state.store.read().await?;
    organizations::by_id(&mut read, id).await?.ok_or(Error::RecordNotFound)?;
    let roles = roles(&caller);
    let filter = Filter { roles, organization: Some(id), ..Filter::default() };
    page(&mut read, &caller, &filter).await.map(Json)
}

/// The part of the people that was asked for.
pub(super) async fn page(
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter,
) -> Result<UserList, Error> {
    let paging = Paging::read(&caller.query)?;
    let mut rows = users::list(conn, filter, paging.window()).await?;
    let total = if paging.counts() { users::count(conn, filter, COUNTED).await? } else { 0 };
    let place = paging.place(&mut rows, total, caller, key);
    let users = rows.iter().map(|row| view::user_record(caller, row)).collect();
    Ok(UserList { users, place })
}

/// The place of somebody in a list.
pub(super) fn key(row: &User) -> Key {
    Key { at: row.id.0, id: row.id.0 }
}

fn roles(caller: &Caller) -> Vec<Role> {
    caller.query.all("role").into_iter().filter_map(Role::from_name).collect()
}
