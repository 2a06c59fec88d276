//! `DELETE /uploads/{token}`.

use crate::{
    AppState,
    auth::{PathToken, Sender},
    domain::uploads,
    error::Error,
};
use axum::{extract::State, response::NoContent};

/// Takes files back that no comment has taken.
///
/// # Errors
/// When there is no such token of the caller's, or disk or database fail.
pub async fn delete_upload(
    State(state): State<AppState>,
    Sender(viewer): Sender,
    PathToken(token): PathToken,
) -> Result<NoContent, Error> {
    let owner = viewer.map(|viewer| viewer.id);
    let mut tx = state.store.write().await?;
    let files = uploads::withdraw(&mut tx, owner, &token, state.env.now()).await?;
    tx.commit().await?;
    // The rows are gone; a file that cannot be removed now is collected later.
    if let Err(error) = state.files.remove(&files).await {
        tracing::warn!(%error, "files that were taken back are still on disk");
    }
    Ok(NoContent)
}
