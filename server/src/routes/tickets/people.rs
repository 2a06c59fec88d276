//! `GET /tickets/{id}/collaborators`, `…/email_ccs` and `…/followers`: people of a ticket.

use crate::{
    auth::SeenTicket,
    body::Json,
    caller::Caller,
    error::Error,
    paging::Paging,
    store::{Conn, UserId, users, window::Key},
    view,
};
use api::user::UserList;

/// Those copied, by either name.
///
/// # Errors
/// When there is no such ticket, the page cannot be had, or the database fails; so for all of them.
pub async fn list_ticket_collaborators(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<UserList>, Error> {
    people(&mut seen.read, &caller, &seen.copied).await
}

/// Those copied.
pub async fn list_ticket_email_ccs(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<UserList>, Error> {
    people(&mut seen.read, &caller, &seen.copied).await
}

/// Agents who want to know what becomes of it.
pub async fn list_ticket_followers(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<UserList>, Error> {
    people(&mut seen.read, &caller, &seen.request.follower_ids).await
}

async fn people(conn: &mut Conn, caller: &Caller, ids: &[UserId]) -> Result<Json<UserList>, Error> {
    let paging = Paging::read(&caller.query)?;
    let all = users::many(conn, ids).await?;
    let (rows, place) = paging.whole(all, caller, |row| Key { at: row.id.0, id: row.id.0 });
    let users = rows.iter().map(|row| view::user_record(caller, row)).collect();
    Ok(Json(UserList { users, place }))
}
