//! Who is copied on which request.

use super::{
    RequestId, StoreError, UserId,
    requests::Request,
    sqlite::{Builder, Conn, dialect, query, query_scalar},
};
use api::Time;

/// Those copied on one request, by id.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn of(conn: &mut Conn, request: RequestId) -> Result<Vec<UserId>, StoreError> {
    let sql = "SELECT user_id FROM request_ccs WHERE request_id = $1 ORDER BY user_id";
    Ok(query_scalar(sql).bind(request).fetch_all(conn).await?)
}

/// Those copied on each of several requests, by request and id.
pub async fn of_many(
    conn: &mut Conn,
    requests: &[RequestId],
) -> Result<Vec<(RequestId, UserId)>, StoreError> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT request_id, user_id FROM request_ccs WHERE request_id IN ");
    dialect::push_among(&mut sql, requests)?;
    sql.push(" ORDER BY request_id, user_id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Copies somebody.
pub async fn add(
    conn: &mut Conn,
    request: &Request,
    user: UserId,
    at: Time,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO request_ccs \
        (request_id, user_id, added_at, status, created_at, public_updated_at, public) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    query(sql)
        .bind(request.id)
        .bind(user)
        .bind(at.timestamp())
        .bind(request.status.name())
        .bind(request.created_at.timestamp())
        .bind(request.public_updated_at.timestamp())
        .bind(request.public)
        .execute(conn)
        .await?;
    Ok(())
}

/// Brings what the copies of a request repeat up to date.
pub(super) async fn follow(conn: &mut Conn, request: &Request) -> Result<(), StoreError> {
    let sql = "UPDATE request_ccs SET status = $2, public_updated_at = $3, public = $4 \
        WHERE request_id = $1";
    query(sql)
        .bind(request.id)
        .bind(request.status.name())
        .bind(request.public_updated_at.timestamp())
        .bind(request.public)
        .execute(conn)
        .await?;
    Ok(())
}

/// Copies somebody no more.
pub async fn remove(conn: &mut Conn, request: RequestId, user: UserId) -> Result<(), StoreError> {
    let sql = "DELETE FROM request_ccs WHERE request_id = $1 AND user_id = $2";
    query(sql).bind(request).bind(user).execute(conn).await?;
    Ok(())
}
