//! Tokens under which files wait for a comment.

use super::{
    StoreError, UploadId, UserId, row,
    sqlite::{Conn, FromRow, Row, SqlError, query, query_as, query_scalar},
};
use api::Time;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub token: String,
    /// Whose it is; none for a caller without credentials.
    pub owner_id: Option<UserId>,
    pub created_at: Time,
    pub expires_at: Time,
}

impl FromRow for Upload {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            token: from.try_get("token")?,
            owner_id: from.try_get("owner_id")?,
            created_at: row::time(from, "created_at")?,
            expires_at: row::time(from, "expires_at")?,
        })
    }
}

/// Adds a token; `id` of the given value is not looked at.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(conn: &mut Conn, new: &Upload) -> Result<UploadId, StoreError> {
    let sql = "INSERT INTO uploads (token, owner_id, created_at, expires_at) \
        VALUES ($1, $2, $3, $4) RETURNING id";
    Ok(query_scalar(sql)
        .bind(&new.token)
        .bind(new.owner_id)
        .bind(new.created_at.timestamp())
        .bind(new.expires_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// A token's row, whosever it is and however old.
pub async fn by_token(conn: &mut Conn, token: &str) -> Result<Option<Upload>, StoreError> {
    let sql = "SELECT * FROM uploads WHERE token = $1";
    Ok(query_as(sql).bind(token).fetch_optional(conn).await?)
}

/// A row by its id.
pub async fn by_id(conn: &mut Conn, id: UploadId) -> Result<Option<Upload>, StoreError> {
    let sql = "SELECT * FROM uploads WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// Lets it live until another instant.
pub async fn extend(conn: &mut Conn, id: UploadId, until: Time) -> Result<(), StoreError> {
    let sql = "UPDATE uploads SET expires_at = $2 WHERE id = $1";
    query(sql).bind(id).bind(until.timestamp()).execute(conn).await?;
    Ok(())
}

/// Those whose life has ended at an instant, the oldest first.
pub async fn expired(conn: &mut Conn, at: Time, take: i64) -> Result<Vec<UploadId>, StoreError> {
    let sql = "SELECT id FROM uploads WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2";
    Ok(query_scalar(sql).bind(at.timestamp()).bind(take).fetch_all(conn).await?)
}

/// Removes a token. Its files must be gone or attached.
pub async fn remove(conn: &mut Conn, id: UploadId) -> Result<(), StoreError> {
    query("DELETE FROM uploads WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}
