//! `PUT /tickets/{id}/comments/{comment_id}/make_private`.

use crate::{
    AppState,
    auth::{PathId, Staff},
    body::Json,
    caller::Caller,
    domain::{Call, desk},
    error::Error,
    routes::requests::PathComment,
    store::attachments,
    view::{self, Attached},
};
use api::ticket::TicketCommentEnvelope;
use axum::extract::State;

/// Makes a note of a public comment.
///
/// # Errors
/// When there is no such ticket or comment, the ticket is closed, or the database fails.
pub async fn make_ticket_comment_private(
    State(state): State<AppState>,
    Staff(user): Staff,
    PathId(id): PathId,
    PathComment(comment): PathComment,
    caller: Caller,
) -> Result<Json<TicketCommentEnvelope>, Error> {
    let mut tx = state.store.write().await?;
    let call = Call { rules: &state.rules, by: &user, channel: "api", at: state.env.now() };
    let (_, comment) = desk::make_private(&mut tx, call, id, comment).await?;
    let files = Attached::new(attachments::of_comments(&mut tx, &[comment.id]).await?);
    tx.commit().await?;
    Ok(Json(TicketCommentEnvelope { comment: view::ticket_comment(&caller, &comment, &files) }))
}
