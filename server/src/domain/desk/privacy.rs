//! A public comment that becomes a note: what should not have been said to the customer.

use super::{Changed, update::moved};
use crate::{
    domain::{Call, Refusal, audit::Trail, reply},
    store::{
        CommentId, RequestId, ccs,
        comments::{self, Comment},
        requests,
        sqlite::Conn,
    },
};
use api::request::Status;

/// Takes a comment out of the end users' sight; with the last one, the ticket itself. A reply that was
/// given stays given: the clock does not run again.
///
/// # Errors
/// When there is no such ticket or comment, the ticket is closed, or the database fails.
pub async fn make_private(
    conn: &mut Conn,
    call: Call<'_>,
    id: RequestId,
    comment: CommentId,
) -> Result<(Changed, Comment), Refusal> {
    let mut request = requests::by_id(conn, id).await?.ok_or(Refusal::NotFound)?;
    let mut comment = comments::by_id(conn, id, comment).await?.ok_or(Refusal::NotFound)?;
    let copied = ccs::of(conn, id).await?;
    if !comment.public {
        return Ok((Changed { request, copied, audit: None }, comment));
    }
    if request.status == Status::Closed {
        return Err(reply::closed().into());
    }
    comments::make_private(conn, comment.id).await?;
    comment.public = false;
    let mut trail = Trail::default();
    trail.hid(comment.id);
    moved(&mut request, &trail, call.at);
    match comments::first_public(conn, id).await? {
        Some(first) => request.description = first.body,
        None => request.public = false,
    }
    requests::update(conn, &request).await?;
    let audit = trail.store(conn, "request.updated", &request, &copied, call).await?;
    Ok((Changed { request, copied, audit: Some(audit) }, comment))
}
