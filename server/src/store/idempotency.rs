//! Answers kept by the key that the caller gave, so that a repeated call is answered and not done.

use super::{
    StoreError, UserId, row,
    sqlite::{Conn, FromRow, Row, SqlError, query, query_as},
};
use api::Time;

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Of method, path and body.
    pub digest: String,
    pub status: u16,
    pub location: Option<String>,
    pub body: String,
    pub created_at: Time,
}

impl FromRow for Kept {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            digest: from.try_get("digest")?,
            status: from.try_get("status")?,
            location: from.try_get("location")?,
            body: from.try_get("body")?,
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// The answer to a person's key.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn find(conn: &mut Conn, user: UserId, key: &str) -> Result<Option<Kept>, StoreError> {
    let sql = "SELECT * FROM idempotency_keys WHERE user_id = $1 AND key = $2";
    Ok(query_as(sql).bind(user).bind(key).fetch_optional(conn).await?)
}

/// Keeps an answer.
pub async fn insert(
    conn: &mut Conn,
    user: UserId,
    key: &str,
    kept: &Kept,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO idempotency_keys \
        (user_id, key, digest, status, location, body, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    query(sql)
        .bind(user)
        .bind(key)
        .bind(&kept.digest)
        .bind(i64::from(kept.status))
        .bind(kept.location.as_deref())
        .bind(&kept.body)
        .bind(kept.created_at.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets a person's key.
pub async fn remove(conn: &mut Conn, user: UserId, key: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM idempotency_keys WHERE user_id = $1 AND key = $2";
    query(sql).bind(user).bind(key).execute(conn).await?;
    Ok(())
}

/// Forgets all answers given before an instant; says how many.
pub async fn purge(conn: &mut Conn, before: Time) -> Result<u64, StoreError> {
    let sql = "DELETE FROM idempotency_keys WHERE created_at < $1";
    Ok(query(sql).bind(before.timestamp()).execute(conn).await?.rows_affected())
}
