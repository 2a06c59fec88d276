//! `GET /attachments/{id}`: agents only.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::Json,
    caller::Caller,
    domain::attachments::{Reader, may_read},
    error::Error,
    store::{AttachmentId, attachments},
    view,
};
use api::attachment::AttachmentEnvelope;
use axum::extract::State;

/// A file's record. One that waits is its sender's alone.
///
/// # Errors
/// When there is none that the caller may have, or the database fails.
pub async fn show_attachment(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<AttachmentEnvelope>, Error> {
    let (id, mut read) = (AttachmentId(id), state.store.read().await?);
    let row = attachments::by_id(&mut read, id).await?.ok_or(Error::RecordNotFound)?;
    let reader = Reader { viewer: &viewer, agent: true };
    if !may_read(&mut read, reader, &row, state.env.now()).await? {
        return Err(Error::RecordNotFound);
    }
    let previews = attachments::previews(&mut read, id).await?;
    Ok(Json(AttachmentEnvelope { attachment: view::attachment(&caller, &row, &previews) }))
}
