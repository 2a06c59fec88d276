//! The end of a ticket that stayed solved: nobody comes back to it but by a new one.

use super::{differences, update::moved};
use crate::{
    domain::{Call, audit::Trail, life},
    store::{RequestId, StoreError, ccs, requests, sqlite::Conn},
};
use api::{Time, request::Status};

/// Closes a ticket if it was solved at an instant or before and still is; says whether it did.
///
/// # Errors
/// When the database fails.
pub async fn close(
    conn: &mut Conn,
    call: Call<'_>,
    id: RequestId,
    solved_until: Time,
) -> Result<bool, StoreError> {
    let Some(before) = requests::by_id(conn, id).await? else { return Ok(false) };
    let due = before.solved_at.is_some_and(|at| at <= solved_until);
    if before.status != Status::Solved || !due {
        return Ok(false);
    }
    let mut request = before.clone();
    life::enter(&mut request, Status::Closed, call.at);
    let mut trail = Trail::default();
    differences::note(&mut trail, &before, &request);
    moved(&mut request, &trail, call.at);
    requests::update(conn, &request).await?;
    let copied = ccs::of(conn, id).await?;
    trail.store(conn, "request.updated", &request, &copied, call).await?;
    Ok(true)
}
