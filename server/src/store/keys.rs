//! The identity key that the server made for itself.

use super::{
    StoreError,
    sqlite::{Conn, query, query_as},
};
use api::Time;

/// The oldest key: its kid and its secret.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn first(conn: &mut Conn) -> Result<Option<(String, String)>, StoreError> {
    let sql = "SELECT kid, secret FROM identity_keys ORDER BY created_at, kid LIMIT 1";
    Ok(query_as(sql).fetch_optional(conn).await?)
}

/// Keeps a key.
pub async fn insert(conn: &mut Conn, kid: &str, secret: &str, at: Time) -> Result<(), StoreError> {
    let sql = "INSERT INTO identity_keys (kid, secret, created_at) VALUES ($1, $2, $3)";
    query(sql).bind(kid).bind(secret).bind(at.timestamp()).execute(conn).await?;
    Ok(())
}
