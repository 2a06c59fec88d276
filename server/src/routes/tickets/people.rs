//! `GET /tickets/{id}/collaborators`, `…/email_ccs` and `…/followers`: people of a ticket.

use crate::{
    auth::SeenTicket,
    body::Json,
    caller::Caller,
    error::Error,
    store::{Conn, UserId, users},
    view,
};
use api::{page::Place, ticket::TicketPeople};

/// Those copied, by either name.
///
/// # Errors
/// When there is no such ticket, or the database fails; so for all of them.
pub async fn list_ticket_collaborators(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketPeople>, Error> {
    people(&mut seen.read, &caller, &seen.copied).await
}

/// Those copied.
pub async fn list_ticket_email_ccs(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketPeople>, Error> {
    people(&mut seen.read, &caller, &seen.copied).await
}

/// Agents who want to know what becomes of it.
pub async fn list_ticket_followers(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketPeople>, Error> {
    people(&mut seen.read, &caller, &seen.request.follower_ids).await
}

/// All of them at once: there are no more than a ticket takes.
async fn people(
    conn: &mut Conn,
    caller: &Caller,
    ids: &[UserId],
) -> Result<Json<TicketPeople>, Error> {
    let users: Vec<_> =
        users::many(conn, ids).await?.iter().map(|user| view::myself(caller, user)).collect();
    let place = Place {
        count: i64::try_from(users.len()).ok(),
        next_page: Some(None),
        previous_page: Some(None),
        ..Place::default()
    };
    Ok(Json(TicketPeople { users, place }))
}
