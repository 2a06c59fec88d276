//! `DELETE /organizations/{id}`, for agents.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::Nothing,
    domain::customers,
    error::Error,
    store::OrganizationId,
};
use axum::extract::State;

/// Removes an organization that has no members and no requests.
///
/// # Errors
/// When there is none of that id, it is in use, or the database fails.
pub async fn delete_organization(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
) -> Result<Nothing, Error> {
    let mut tx = state.store.write().await?;
    customers::delete(&mut tx, OrganizationId(id)).await?;
    tx.commit().await?;
    Ok(Nothing)
}
