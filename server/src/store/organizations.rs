//! Customers.

use super::{
    OrganizationId, StoreError, row,
    sqlite::{Conn, Row},
};
use api::Time;
use sqlx::{FromRow, Row as _, query, query_as, query_scalar};

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    /// The host's own id.
    pub external_id: String,
    pub name: String,
    /// What was bought; none means the default plan.
    pub plan: Option<String>,
    /// Members see each other's requests.
    pub shared_tickets: bool,
    /// Members who see each other's requests may comment on them.
    pub shared_comments: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

impl FromRow<'_, Row> for Organization {
    fn from_row(from: &Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: from.try_get("id")?,
            external_id: from.try_get("external_id")?,
            name: from.try_get("name")?,
            plan: from.try_get("plan")?,
            shared_tickets: from.try_get("shared_tickets")?,
            shared_comments: from.try_get("shared_comments")?,
            created_at: row::time(from, "created_at")?,
            updated_at: row::time(from, "updated_at")?,
        })
    }
}

/// An organization by id.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn by_id(
    conn: &mut Conn,
    id: OrganizationId,
) -> Result<Option<Organization>, StoreError> {
    let sql = "SELECT * FROM organizations WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// An organization by the host's id.
pub async fn by_external_id(conn: &mut Conn, id: &str) -> Result<Option<Organization>, StoreError> {
    let sql = "SELECT * FROM organizations WHERE external_id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// The first organization of a name.
pub async fn by_name(conn: &mut Conn, name: &str) -> Result<Option<Organization>, StoreError> {
    let sql = "SELECT * FROM organizations WHERE name = $1 ORDER BY id LIMIT 1";
    Ok(query_as(sql).bind(name).fetch_optional(conn).await?)
}

/// Adds an organization; `id` of the given value is not looked at.
pub async fn insert(conn: &mut Conn, new: &Organization) -> Result<OrganizationId, StoreError> {
    let sql = "INSERT INTO organizations \
        (external_id, name, plan, shared_tickets, shared_comments, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    Ok(query_scalar(sql)
        .bind(&new.external_id)
        .bind(&new.name)
        .bind(new.plan.as_deref())
        .bind(new.shared_tickets)
        .bind(new.shared_comments)
        .bind(new.created_at.timestamp())
        .bind(new.updated_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// Writes what may change about an organization.
pub async fn update(conn: &mut Conn, organization: &Organization) -> Result<(), StoreError> {
    let sql = "UPDATE organizations SET external_id = $2, name = $3, plan = $4, \
        shared_tickets = $5, shared_comments = $6, updated_at = $7 WHERE id = $1";
    query(sql)
        .bind(organization.id)
        .bind(&organization.external_id)
        .bind(&organization.name)
        .bind(organization.plan.as_deref())
        .bind(organization.shared_tickets)
        .bind(organization.shared_comments)
        .bind(organization.updated_at.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}
