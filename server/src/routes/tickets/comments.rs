//! `GET /tickets/{id}/comments`.

use crate::{
    auth::SeenTicket, body::Json, caller::Caller, error::Error, routes::conversation, view,
};
use api::ticket::TicketCommentList;

/// A page of the conversation, private notes too. `users` only when asked for, or a real client hands
/// out users instead of comments.
///
/// # Errors
/// When there is no such ticket, the query cannot be meant, or the database fails.
pub async fn list_ticket_comments(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketCommentList>, Error> {
    let page = conversation::read(&mut seen.read, &caller, seen.request.id, false).await?;
    let wanted = caller.query.lists("include", "users");
    let comments = page.comments.iter();
    Ok(Json(TicketCommentList {
        comments: comments.map(|row| view::ticket_comment(&caller, row, &page.files)).collect(),
        users: wanted
            .then(|| page.authors.iter().map(|user| view::user_record(&caller, user)).collect()),
        place: page.place,
    }))
}
