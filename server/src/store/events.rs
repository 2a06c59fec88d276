//! What happened to a request: one row a transaction.

use super::{EventId, RequestId, StoreError, UserId, sqlite::Conn};
use api::Time;
use sqlx::query_scalar;

pub mod news;

/// A row to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    pub request_id: RequestId,
    pub author_id: UserId,
    /// `request.created` or `request.updated`.
    pub kind: &'static str,
    /// Whether an end user may learn of it.
    pub public: bool,
    /// JSON of the audit's events.
    pub detail: String,
    pub created_at: Time,
}

/// Adds what happened.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(conn: &mut Conn, new: &NewEvent) -> Result<EventId, StoreError> {
    let sql = "INSERT INTO events (request_id, author_id, kind, public, detail, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    Ok(query_scalar(sql)
        .bind(new.request_id)
        .bind(new.author_id)
        .bind(new.kind)
        .bind(new.public)
        .bind(&new.detail)
        .bind(new.created_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// How many events a request has.
pub async fn count(conn: &mut Conn, request: RequestId) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM events WHERE request_id = $1";
    Ok(query_scalar(sql).bind(request).fetch_one(conn).await?)
}
