//! `GET /attachments/{id}`: agents only.

use crate::{
    AppState,
    auth::{Staff, path_number},
    body::Json,
    caller::Caller,
    domain::attachments::{Reader, may_read},
    error::Error,
    store::{AttachmentId, attachments},
    view,
};
use api::attachment::AttachmentEnvelope;
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

/// The file's number in the path.
pub struct PathAttachment(AttachmentId);

impl FromRequestParts<AppState> for PathAttachment {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(AttachmentId(path_number(parts, state, "id").await?)))
    }
}

/// A file's record. One that waits is its sender's alone.
///
/// # Errors
/// When there is none that the caller may have, or the database fails.
pub async fn show_attachment(
    State(state): State<AppState>,
    Staff(user): Staff,
    PathAttachment(id): PathAttachment,
    caller: Caller,
) -> Result<Json<AttachmentEnvelope>, Error> {
    let mut read = state.store.read().await?;
    let row = attachments::by_id(&mut read, id).await?.ok_or(Error::RecordNotFound)?;
    let reader = Reader { user: &user, agent: true };
    if !may_read(&mut read, reader, &row, state.env.now()).await? {
        return Err(Error::RecordNotFound);
    }
    let previews = attachments::previews(&mut read, id).await?;
    Ok(Json(AttachmentEnvelope { attachment: view::attachment(&caller, &row, &previews) }))
}
