//! Agents' API tokens, as digests.

use super::{StoreError, UserId, sqlite::Conn};
use api::Time;
use sqlx::{query, query_scalar};

/// Adds a token.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(
    conn: &mut Conn,
    user: UserId,
    digest: &str,
    at: Time,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO agent_tokens (user_id, digest, created_at) VALUES ($1, $2, $3)";
    query(sql).bind(user).bind(digest).bind(at.timestamp()).execute(conn).await?;
    Ok(())
}

/// Digests of the tokens that somebody may use.
pub async fn digests(conn: &mut Conn, user: UserId) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT digest FROM agent_tokens WHERE user_id = $1 AND revoked_at IS NULL";
    Ok(query_scalar(sql).bind(user).fetch_all(conn).await?)
}
