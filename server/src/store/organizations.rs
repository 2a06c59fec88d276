//! Customers.

use super::{
    OrganizationId, StoreError, UserId, row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, dialect, query, query_as, query_scalar},
};
use api::Time;

mod list;

pub use list::{Filter, count, list, plans};

/// Stands before the number that the column of ids has for an organization without one. No id that
/// somebody gives has such a character in it.
const NONE: &str = "\u{1f}";

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    /// The host's own id, or one by an agent's hand.
    pub external_id: Option<String>,
    pub name: String,
    /// What was bought; none means the default plan.
    pub plan: Option<String>,
    /// Members see each other's requests.
    pub shared_tickets: bool,
    /// Members who see each other's requests may comment on them.
    pub shared_comments: bool,
    /// What agents note about a customer.
    pub details: Option<String>,
    pub notes: Option<String>,
    pub tags: Vec<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Organization {
    /// One of which only the name is known. The id is not one yet.
    #[must_use]
    pub fn new(name: &str, at: Time) -> Self {
        Self {
            id: OrganizationId(0),
            external_id: None,
            name: name.to_owned(),
            plan: None,
            shared_tickets: false,
            shared_comments: false,
            details: None,
            notes: None,
            tags: Vec::new(),
            created_at: at,
            updated_at: at,
        }
    }
}

impl FromRow for Organization {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        let external_id: String = from.try_get("external_id")?;
        Ok(Self {
            id: from.try_get("id")?,
            external_id: Some(external_id).filter(|id| !id.starts_with(NONE)),
            name: from.try_get("name")?,
            plan: from.try_get("plan")?,
            shared_tickets: from.try_get("shared_tickets")?,
            shared_comments: from.try_get("shared_comments")?,
            details: from.try_get("details")?,
            notes: from.try_get("notes")?,
            tags: row::json(from, "tags")?,
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

/// An organization to which somebody belongs by the host's word.
pub async fn by_host(
    conn: &mut Conn,
    user: UserId,
    id: OrganizationId,
) -> Result<Option<Organization>, StoreError> {
    let sql = "SELECT o.* FROM organizations o \
        JOIN organization_memberships m ON m.organization_id = o.id \
        WHERE o.id = $1 AND m.user_id = $2 AND m.by_host";
    Ok(query_as(sql).bind(id).bind(user).fetch_optional(conn).await?)
}

/// An organization by the host's id.
pub async fn by_external_id(conn: &mut Conn, id: &str) -> Result<Option<Organization>, StoreError> {
    if id.starts_with(NONE) {
        return Ok(None);
    }
    let sql = "SELECT * FROM organizations WHERE external_id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// The first organization of a name.
pub async fn by_name(conn: &mut Conn, name: &str) -> Result<Option<Organization>, StoreError> {
    let sql = "SELECT * FROM organizations WHERE name = $1 ORDER BY id LIMIT 1";
    Ok(query_as(sql).bind(name).fetch_optional(conn).await?)
}

/// Those of the given ids that exist, by id.
pub async fn many(
    conn: &mut Conn,
    ids: &[OrganizationId],
) -> Result<Vec<Organization>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM organizations WHERE id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" ORDER BY id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Those that have one of the given ids of the host's, by id.
pub async fn many_by_external_id(
    conn: &mut Conn,
    ids: &[&str],
) -> Result<Vec<Organization>, StoreError> {
    let ids: Vec<&str> = ids.iter().copied().filter(|id| !id.starts_with(NONE)).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM organizations WHERE external_id IN ");
    dialect::push_among(&mut sql, &ids)?;
    sql.push(" ORDER BY id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Those to which somebody belongs, by id.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Organization>, StoreError> {
    let sql = "SELECT o.* FROM organization_memberships m \
        JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = $1 ORDER BY o.id";
    Ok(query_as(sql).bind(user).fetch_all(conn).await?)
}

/// Adds an organization; `id` of the given value is not looked at.
pub async fn insert(conn: &mut Conn, new: &Organization) -> Result<OrganizationId, StoreError> {
    // The next number is at most this row's own, and above that of every row there is.
    let sql = "INSERT INTO organizations \
        (external_id, name, plan, shared_tickets, shared_comments, details, notes, tags, \
         created_at, updated_at) \
        VALUES (COALESCE($1, $11 || CAST((SELECT COALESCE(MAX(id), 0) + 1 \
          FROM organizations) AS TEXT)), $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id";
    Ok(query_scalar(sql)
        .bind(new.external_id.as_deref())
        .bind(&new.name)
        .bind(new.plan.as_deref())
        .bind(new.shared_tickets)
        .bind(new.shared_comments)
        .bind(new.details.as_deref())
        .bind(new.notes.as_deref())
        .bind(row::to_json(&new.tags)?)
        .bind(new.created_at.timestamp())
        .bind(new.updated_at.timestamp())
        .bind(NONE)
        .fetch_one(conn)
        .await?)
}

/// Writes what may change about an organization.
pub async fn update(conn: &mut Conn, organization: &Organization) -> Result<(), StoreError> {
    let sql = "UPDATE organizations SET external_id = COALESCE($2, $11 || CAST(id AS TEXT)), name = $3, \
        plan = $4, shared_tickets = $5, shared_comments = $6, details = $7, notes = $8, \
        tags = $9, updated_at = $10 WHERE id = $1";
    query(sql)
        .bind(organization.id)
        .bind(organization.external_id.as_deref())
        .bind(&organization.name)
        .bind(organization.plan.as_deref())
        .bind(organization.shared_tickets)
        .bind(organization.shared_comments)
        .bind(organization.details.as_deref())
        .bind(organization.notes.as_deref())
        .bind(row::to_json(&organization.tags)?)
        .bind(organization.updated_at.timestamp())
        .bind(NONE)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether anybody belongs to an organization, or anything was raised for it.
pub async fn in_use(conn: &mut Conn, id: OrganizationId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM organization_memberships WHERE organization_id = $1) \
        OR EXISTS (SELECT 1 FROM requests WHERE organization_id = $1) \
        OR EXISTS (SELECT 1 FROM users WHERE organization_id = $1)";
    Ok(query_scalar(sql).bind(id).fetch_one(conn).await?)
}

/// Removes an organization that is not in use.
pub async fn remove(conn: &mut Conn, id: OrganizationId) -> Result<(), StoreError> {
    query("DELETE FROM organizations WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}
