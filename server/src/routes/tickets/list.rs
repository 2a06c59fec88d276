//! `GET /tickets` and its sisters: those of a person, of an agent and of an organization.

use super::{Shown, With};
use crate::{
    AppState,
    auth::{PathNumber, Snapshot, Staff},
    body::Json,
    caller::{Caller, Query},
    error::Error,
    paging::Paging,
    routes::page,
    store::{
        Conn, OrganizationId, UserId, organizations,
        requests::{self, Filter, Order, SortBy, Whose},
        users,
    },
};
use api::{
    ticket::TicketList,
    user::{Count, CountEnvelope},
};
use axum::extract::State;

/// Tickets are counted no further than this.
const COUNTED: i64 = 100_000;

/// All of them.
///
/// # Errors
/// For a page that cannot be had, when there is nobody of that number, or when the database fails; so
/// for all of them.
pub async fn list_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<TicketList>, Error> {
    let external_id = caller.query.get("external_id").map(str::to_owned);
    let filter = Filter { external_id, ..staff(Whose::Anybody) };
    page(&state, &mut read, &caller, &filter, order(&caller.query)).await
}

/// How many there are, counted no further than a hundred thousand.
pub async fn count_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    Snapshot(mut read): Snapshot,
) -> Result<Json<CountEnvelope>, Error> {
    let value = requests::count(&mut read, &staff(Whose::Anybody), COUNTED).await?;
    Ok(Json(CountEnvelope { count: Count { value, refreshed_at: state.env.now() } }))
}

/// Those that somebody raised.
pub async fn list_requested_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    Snapshot(mut read): Snapshot,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<TicketList>, Error> {
    of_person(&state, &mut read, &caller, id, Whose::Requester).await
}

/// Those on which somebody is copied.
pub async fn list_ccd_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    Snapshot(mut read): Snapshot,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<TicketList>, Error> {
    of_person(&state, &mut read, &caller, id, Whose::Copied).await
}

/// Those on which an agent works.
pub async fn list_assigned_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    Snapshot(mut read): Snapshot,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<TicketList>, Error> {
    of_person(&state, &mut read, &caller, id, Whose::Assignee).await
}

/// Those of an organization.
pub async fn list_organization_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    Snapshot(mut read): Snapshot,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<TicketList>, Error> {
    let id = OrganizationId(id);
    let found = organizations::by_id(&mut read, id).await?;
    found.ok_or(Error::RecordNotFound)?;
    page(&state, &mut read, &caller, &staff(Whose::Organization(id)), by_creation(&caller.query))
        .await
}

async fn of_person(
    state: &AppState,
    conn: &mut Conn,
    caller: &Caller,
    id: i64,
    whose: impl FnOnce(UserId) -> Whose,
) -> Result<Json<TicketList>, Error> {
    let id = UserId(id);
    let found = users::by_id(conn, id).await?;
    found.ok_or(Error::RecordNotFound)?;
    page(state, conn, caller, &staff(whose(id)), by_creation(&caller.query)).await
}

async fn page(
    state: &AppState,
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter,
    order: Order,
) -> Result<Json<TicketList>, Error> {
    let paging = Paging::read(&caller.query)?;
    let (rows, place) = page::read(conn, caller, filter, order, paging).await?;
    let shown = Shown::of(state, caller, conn, rows, With::asked(caller)).await?;
    Ok(Json(TicketList { tickets: shown.tickets, users: shown.users, place }))
}

fn staff(whose: Whose) -> Filter {
    Filter { staff: true, ..Filter::of(whose) }
}

/// The order of all tickets: `sort_by` with `sort_order`, or `sort` with a minus for the way back.
fn order(query: &Query) -> Order {
    let (name, descending) = match query.get("sort") {
        Some(sort) => (Some(sort.trim_start_matches('-')), sort.starts_with('-')),
        None => (query.get("sort_by"), query.get("sort_order") == Some("desc")),
    };
    let by = match name {
        Some("id") => SortBy::Id,
        Some("updated_at") => SortBy::Updated,
        _ => SortBy::Created,
    };
    Order { by, descending }
}

/// The one order that the indexes over people and organizations have for agents.
fn by_creation(query: &Query) -> Order {
    Order { by: SortBy::Created, descending: query.get("sort_order") == Some("desc") }
}
