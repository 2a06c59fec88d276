//! Who belongs to which organization, and what that lets them see.

use super::{
    OrganizationId, StoreError, UserId, row,
    sqlite::{Conn, Row},
    users::Sharing,
};
use api::Time;
use sqlx::{FromRow, Row as _, query, query_as, query_scalar};

/// One person in one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub id: i64,
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    /// The host's token says so; one that says otherwise ends it.
    pub by_host: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

impl FromRow<'_, Row> for Membership {
    fn from_row(from: &Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: from.try_get("id")?,
            user_id: from.try_get("user_id")?,
            organization_id: from.try_get("organization_id")?,
            by_host: from.try_get("by_host")?,
            created_at: row::time(from, "created_at")?,
            updated_at: row::time(from, "updated_at")?,
        })
    }
}

/// The organizations of somebody with what each lets all its members see, by id.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn shared_with(
    conn: &mut Conn,
    user: UserId,
) -> Result<Vec<(OrganizationId, Sharing)>, StoreError> {
    let sql = "SELECT m.organization_id, o.shared_tickets, o.shared_comments \
        FROM organization_memberships m JOIN organizations o ON o.id = m.organization_id \
        WHERE m.user_id = $1 ORDER BY m.organization_id";
    let rows: Vec<(OrganizationId, bool, bool)> = query_as(sql).bind(user).fetch_all(conn).await?;
    let sharing = |tickets, comments| match (tickets, comments) {
        (false, _) => Sharing::Own,
        (true, false) => Sharing::View,
        (true, true) => Sharing::Comment,
    };
    Ok(rows.into_iter().map(|(id, tickets, comments)| (id, sharing(tickets, comments))).collect())
}

/// The organizations that somebody belongs to, oldest membership first.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Membership>, StoreError> {
    let sql = "SELECT * FROM organization_memberships WHERE user_id = $1 ORDER BY id";
    Ok(query_as(sql).bind(user).fetch_all(conn).await?)
}

/// Adds somebody to an organization, if they are not in it yet.
pub async fn insert(
    conn: &mut Conn,
    user: UserId,
    organization: OrganizationId,
    by_host: bool,
    at: Time,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO organization_memberships \
        (user_id, organization_id, by_host, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) \
        ON CONFLICT (user_id, organization_id) DO NOTHING";
    query(sql)
        .bind(user)
        .bind(organization)
        .bind(by_host)
        .bind(at.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends the membership that the host's token gave, unless it is in the given organization.
pub async fn remove_other_by_host(
    conn: &mut Conn,
    user: UserId,
    kept: Option<OrganizationId>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM organization_memberships \
        WHERE user_id = $1 AND by_host AND organization_id <> COALESCE($2, 0)";
    query(sql).bind(user).bind(kept).execute(conn).await?;
    Ok(())
}

/// The organization to which an agent added somebody first.
pub async fn first(conn: &mut Conn, user: UserId) -> Result<Option<OrganizationId>, StoreError> {
    let sql = "SELECT organization_id FROM organization_memberships \
        WHERE user_id = $1 ORDER BY id LIMIT 1";
    Ok(query_scalar(sql).bind(user).fetch_optional(conn).await?)
}
