//! `GET /organizations` and `/organizations/count`, for agents.

use crate::{
    AppState,
    auth::Staff,
    body::Json,
    caller::Caller,
    error::Error,
    paging::{COUNTED, Paging},
    store::{
        organizations::{self, Filter, Organization},
        sqlite::Conn,
        window::Key,
    },
    view,
};
use api::{
    organization::OrganizationList,
    user::{Count, CountEnvelope},
};
use axum::extract::State;

/// To which `count` of its own counts.
const COUNTED_ALONE: i64 = 100_000;

/// All, by id.
///
/// # Errors
/// For a page that cannot be had, or when the database fails; so for both.
pub async fn list_organizations(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<OrganizationList>, Error> {
    let paging = Paging::read(&caller.query)?;
    page(&mut *state.store.read().await?, &caller, &Filter::default(), paging).await.map(Json)
}

/// How many there are, up to a hundred thousand.
pub async fn count_organizations(
    State(state): State<AppState>,
    _: Staff,
) -> Result<Json<CountEnvelope>, Error> {
    let mut read = state.store.read().await?;
    let value = organizations::count(&mut read, &Filter::default(), COUNTED_ALONE).await?;
    Ok(Json(CountEnvelope { count: Count { value, refreshed_at: state.env.now() } }))
}

/// The part of the organizations that was asked for.
pub(super) async fn page(
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter,
    paging: Paging,
) -> Result<OrganizationList, Error> {
    let mut rows = organizations::list(conn, filter, paging.window()).await?;
    let total =
        if paging.counts() { organizations::count(conn, filter, COUNTED).await? } else { 0 };
    let place = paging.place(&mut rows, total, caller, key);
    let organizations = rows.iter().map(|row| view::organization_record(caller, row)).collect();
    Ok(OrganizationList { organizations, place })
}

/// The place of an organization in a list.
pub(super) fn key(row: &Organization) -> Key {
    Key { at: row.id.0, id: row.id.0 }
}
