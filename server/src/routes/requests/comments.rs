//! `GET /requests/{id}/comments` and `GET /requests/{id}/comments/{comment_id}`: public ones only.

use crate::{
    AppState,
    auth::{SeenRequest, path_number},
    body::Json,
    caller::Caller,
    describe::Input,
    error::Error,
    routes::conversation,
    store::{CommentId, attachments, comments},
    view::{self, Attached},
};
use api::comment::{CommentEnvelope, CommentList};
use axum::{extract::FromRequestParts, http::request::Parts};

/// A page of the conversation with its authors, oldest first unless asked otherwise.
///
/// # Errors
/// When there is no such request for the caller, the query cannot be meant, or the database fails.
pub async fn list_comments(
    caller: Caller,
    mut seen: SeenRequest,
) -> Result<Json<CommentList>, Error> {
    let page = conversation::read(&mut seen.read, &caller, seen.request.id, true).await?;
    Ok(Json(CommentList {
        comments: page
            .comments
            .iter()
            .map(|row| view::comment(&caller, row, &page.files))
            .collect(),
        users: page.authors.iter().map(view::author).collect(),
        place: page.place,
    }))
}

/// The comment's number in the path.
pub struct PathComment(pub CommentId);

impl Input for PathComment {}

impl FromRequestParts<AppState> for PathComment {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(CommentId(path_number(parts, state, "comment_id").await?)))
    }
}

/// One comment.
///
/// # Errors
/// When there is none that the caller may see, or the database fails.
pub async fn show_comment(
    caller: Caller,
    mut seen: SeenRequest,
    PathComment(id): PathComment,
) -> Result<Json<CommentEnvelope>, Error> {
    let found = comments::by_id(&mut seen.read, seen.request.id, id).await?;
    let row = found.filter(|row| row.public).ok_or(Error::RecordNotFound)?;
    let files = Attached::new(attachments::of_comments(&mut seen.read, &[row.id]).await?);
    Ok(Json(CommentEnvelope { comment: view::comment(&caller, &row, &files) }))
}
