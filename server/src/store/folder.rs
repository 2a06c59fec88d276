//! The name of the folder of files that goes with this database.

use super::{
    StoreError,
    sqlite::{Conn, query, query_scalar},
};
use api::Time;

/// The name, once there is one.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn id(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let sql = "SELECT id FROM file_folders ORDER BY created_at, id LIMIT 1";
    Ok(query_scalar(sql).fetch_optional(conn).await?)
}

/// Keeps the name.
pub async fn insert(conn: &mut Conn, id: &str, at: Time) -> Result<(), StoreError> {
    let sql = "INSERT INTO file_folders (id, created_at) VALUES ($1, $2)";
    query(sql).bind(id).bind(at.timestamp()).execute(conn).await?;
    Ok(())
}
