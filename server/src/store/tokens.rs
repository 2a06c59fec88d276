//! Agents' API tokens, as digests. One that was revoked stays as a row and holds no more.

use super::{
    StoreError, UserId, row,
    sqlite::{Conn, FromRow, Row, SqlError, query, query_as},
};
use api::Time;
use chrono::{DurationRound, TimeDelta};

/// A token that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: i64,
    pub user_id: UserId,
    pub digest: String,
    /// What it is for.
    pub description: Option<String>,
    pub created_at: Time,
    /// The day on which it was used last, at midnight.
    pub last_used_at: Option<Time>,
}

impl FromRow for Token {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            user_id: from.try_get("user_id")?,
            digest: from.try_get("digest")?,
            description: from.try_get("description")?,
            created_at: row::time(from, "created_at")?,
            last_used_at: row::time_or_null(from, "last_used_at")?,
        })
    }
}

/// Adds a token.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(
    conn: &mut Conn,
    user: UserId,
    digest: &str,
    description: Option<&str>,
    at: Time,
) -> Result<Token, StoreError> {
    let sql = "INSERT INTO agent_tokens (user_id, digest, description, created_at) \
        VALUES ($1, $2, $3, $4) RETURNING *";
    let insert = query_as(sql).bind(user).bind(digest).bind(description);
    Ok(insert.bind(at.timestamp()).fetch_one(conn).await?)
}

/// The tokens that somebody may use, the oldest first.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Token>, StoreError> {
    let sql = "SELECT * FROM agent_tokens WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id";
    Ok(query_as(sql).bind(user).fetch_all(conn).await?)
}

/// A token that holds, by id.
pub async fn by_id(conn: &mut Conn, id: i64) -> Result<Option<Token>, StoreError> {
    let sql = "SELECT * FROM agent_tokens WHERE id = $1 AND revoked_at IS NULL";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// The day of an instant.
#[must_use]
pub fn day(at: Time) -> Time {
    at.duration_trunc(TimeDelta::days(1)).unwrap_or(at)
}

/// Notes that a token was used on a day.
pub async fn use_on(conn: &mut Conn, id: i64, day: Time) -> Result<(), StoreError> {
    let sql = "UPDATE agent_tokens SET last_used_at = $2 WHERE id = $1";
    query(sql).bind(id).bind(day.timestamp()).execute(conn).await?;
    Ok(())
}

/// Ends a token.
pub async fn revoke(conn: &mut Conn, id: i64, at: Time) -> Result<(), StoreError> {
    let sql = "UPDATE agent_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    query(sql).bind(id).bind(at.timestamp()).execute(conn).await?;
    Ok(())
}

/// Ends all tokens of somebody.
pub async fn revoke_all(conn: &mut Conn, user: UserId, at: Time) -> Result<(), StoreError> {
    let sql = "UPDATE agent_tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";
    query(sql).bind(user).bind(at.timestamp()).execute(conn).await?;
    Ok(())
}
