//! `GET /tickets/{id}` and `GET /tickets/show_many`.

use super::{Shown, With};
use crate::{
    AppState,
    auth::{SeenTicket, Staff},
    body::Json,
    caller::Caller,
    error::Error,
    store::{RequestId, requests},
};
use api::{
    page::Place,
    ticket::{TicketEnvelope, TicketList},
};
use axum::extract::State;

/// Tickets that one call may name.
const MOST: usize = 100;

/// One ticket.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn show_ticket(
    State(state): State<AppState>,
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketEnvelope>, Error> {
    let rows = vec![seen.request];
    let shown = Shown::of(&state, &caller, &mut seen.read, rows, With::asked(&caller)).await?;
    let ticket = shown.tickets.into_iter().next().ok_or(Error::RecordNotFound)?;
    Ok(Json(TicketEnvelope { ticket, audit: None, users: shown.users }))
}

/// Those of the named tickets that exist, by number.
///
/// # Errors
/// When too many are named, or the database fails.
pub async fn show_many_tickets(
    State(state): State<AppState>,
    Staff(_): Staff,
    caller: Caller,
) -> Result<Json<TicketList>, Error> {
    let ids = caller.query.numbers("ids", MOST)?;
    let external_ids = caller.query.words("external_ids", MOST)?;
    let mut read = state.store.read().await?;
    let rows = if external_ids.is_empty() {
        let ids: Vec<RequestId> = ids.into_iter().map(RequestId).collect();
        requests::many(&mut read, &ids).await?
    } else {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        requests::by_external_ids(&mut read, &external_ids, most).await?
    };
    let shown = Shown::of(&state, &caller, &mut read, rows, With::asked(&caller)).await?;
    let place = Place::of_all(shown.tickets.len());
    Ok(Json(TicketList { tickets: shown.tickets, users: shown.users, place }))
}
