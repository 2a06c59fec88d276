//! A page of a conversation: the query that both APIs understand, and the rows it gives.

use crate::{
    caller::{Caller, Query},
    error::Error,
    paging::Paging,
    store::{
        CommentId, RequestId, UserId, attachments,
        comments::{self, Comment, Filter},
        sqlite::Conn,
        users::{self, User},
    },
    view::Attached,
};
use api::page::Place;

/// Rows, where they stand, who wrote them, and what hangs on them.
pub(super) struct Conversation {
    pub(super) comments: Vec<Comment>,
    pub(super) place: Place,
    pub(super) authors: Vec<User>,
    pub(super) files: Attached,
}

/// Reads a page; `public_only` leaves private notes out of rows, counts and authors alike.
pub(super) async fn read(
    conn: &mut Conn,
    caller: &Caller,
    request_id: RequestId,
    public_only: bool,
) -> Result<Conversation, Error> {
    let query = &caller.query;
    let by_staff = match query.get("role") {
        Some("agent") => Some(true),
        Some("end_user") => Some(false),
        _ => None,
    };
    let filter = Filter { request_id, public_only, since: since(query)?, by_staff };
    let paging = Paging::read(query)?;
    let newest_first =
        query.get("sort") == Some("-created_at") || query.get("sort_order") == Some("desc");
    let mut rows = comments::list(conn, filter, newest_first, paging.window()).await?;
    let total = if paging.counts() { comments::count(conn, filter).await? } else { 0 };
    let place = paging.place(&mut rows, total, caller, Comment::key);
    let mut ids: Vec<UserId> = rows.iter().map(|row| row.author_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let authors = users::many(conn, &ids).await?;
    let ids: Vec<CommentId> = rows.iter().map(|row| row.id).collect();
    let files = Attached::new(attachments::of_comments(conn, &ids).await?);
    Ok(Conversation { comments: rows, place, authors, files })
}

/// `since`, which must be an instant: to take a broken one for none would send everything to a
/// client that polls.
fn since(query: &Query) -> Result<Option<api::Time>, Error> {
    let Some(text) = query.get("since") else { return Ok(None) };
    match api::time::parse(text) {
        Some(time) => Ok(Some(time)),
        None => Err(Error::BadRequest {
            code: "InvalidValue",
            text: String::from("since: is not an ISO 8601 time such as 2026-03-02T08:14:05Z"),
        }),
    }
}
