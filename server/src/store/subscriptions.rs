//! Who follows which organization's requests. A membership that ends takes its subscription along.

use super::{
    OrganizationId, StoreError, UserId, row,
    sqlite::{Conn, FromRow, Row, SqlError, query, query_as},
};
use api::Time;

/// One person and one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: i64,
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub created_at: Time,
}

impl FromRow for Subscription {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            user_id: from.try_get("user_id")?,
            organization_id: from.try_get("organization_id")?,
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// Those of a person, the oldest first.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Subscription>, StoreError> {
    let sql = "SELECT * FROM organization_subscriptions WHERE user_id = $1 ORDER BY id";
    Ok(query_as(sql).bind(user).fetch_all(conn).await?)
}

/// One by id.
pub async fn by_id(conn: &mut Conn, id: i64) -> Result<Option<Subscription>, StoreError> {
    let sql = "SELECT * FROM organization_subscriptions WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// Follows an organization; done already is done. The membership must be there.
pub async fn insert(
    conn: &mut Conn,
    user: UserId,
    organization: OrganizationId,
    at: Time,
) -> Result<Subscription, StoreError> {
    let sql = "INSERT INTO organization_subscriptions (user_id, organization_id, created_at) \
        VALUES ($1, $2, $3) ON CONFLICT (user_id, organization_id) DO UPDATE \
        SET user_id = excluded.user_id RETURNING *";
    let insert = query_as(sql).bind(user).bind(organization).bind(at.timestamp());
    Ok(insert.fetch_one(conn).await?)
}

/// Follows no more.
pub async fn remove(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
    query("DELETE FROM organization_subscriptions WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}
