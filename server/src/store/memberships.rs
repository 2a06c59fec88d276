//! Who belongs to which organization, and what that lets them see.

use super::{
    OrganizationId, StoreError, UserId,
    clauses::push_part_by_id,
    row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, query, query_as, query_scalar},
    users::Sharing,
    window::Window,
};
use api::Time;

/// One person in one organization. It lasts while either gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub id: i64,
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    /// The host's token says so.
    pub by_host: bool,
    /// An agent said so.
    pub by_agent: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A membership with what those who read it want to know of its two ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub membership: Membership,
    pub organization_name: String,
    /// It is the person's default one.
    pub default: bool,
    /// What the person sees of the organization's requests.
    pub sharing: Sharing,
}

impl FromRow for Membership {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            user_id: from.try_get("user_id")?,
            organization_id: from.try_get("organization_id")?,
            by_host: from.try_get("by_host")?,
            by_agent: from.try_get("by_agent")?,
            created_at: row::time(from, "created_at")?,
            updated_at: row::time(from, "updated_at")?,
        })
    }
}

impl FromRow for Named {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        let shared = shared(from.try_get("shared_tickets")?, from.try_get("shared_comments")?);
        Ok(Self {
            membership: Membership::from_row(from)?,
            organization_name: from.try_get("organization_name")?,
            default: from.try_get("is_default")?,
            sharing: shared.max(row::word(from, "sharing", Sharing::from_name)?),
        })
    }
}

/// Whose memberships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Anybody,
    User(UserId),
    Organization(OrganizationId),
}

/// What an organization lets all its members see.
const fn shared(tickets: bool, comments: bool) -> Sharing {
    match (tickets, comments) {
        (false, _) => Sharing::Own,
        (true, false) => Sharing::View,
        (true, true) => Sharing::Comment,
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
    Ok(rows.into_iter().map(|(id, tickets, comments)| (id, shared(tickets, comments))).collect())
}

/// The memberships of somebody, the oldest first.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Membership>, StoreError> {
    let sql = "SELECT * FROM organization_memberships WHERE user_id = $1 ORDER BY id";
    Ok(query_as(sql).bind(user).fetch_all(conn).await?)
}

/// Whether the host's token has put somebody into any organization.
pub async fn any_by_host(conn: &mut Conn, user: UserId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM organization_memberships \
        WHERE user_id = $1 AND by_host)";
    Ok(query_scalar(sql).bind(user).fetch_one(conn).await?)
}

const NAMED: &str = "SELECT m.*, o.name AS organization_name, o.shared_tickets, \
    o.shared_comments, u.sharing, \
    COALESCE(m.organization_id = u.organization_id, FALSE) AS is_default \
    FROM organization_memberships m CROSS JOIN organizations o ON o.id = m.organization_id \
    CROSS JOIN users u ON u.id = m.user_id";

/// Part of the memberships, by id.
pub async fn list(conn: &mut Conn, whose: Whose, window: Window) -> Result<Vec<Named>, StoreError> {
    let mut sql = Builder::new(NAMED);
    push_whose(&mut sql, whose);
    push_part_by_id(&mut sql, "m.id", false, window);
    let rows: Vec<Named> = sql.build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// How many memberships there are, counted no further than `most`.
pub async fn count(conn: &mut Conn, whose: Whose, most: i64) -> Result<i64, StoreError> {
    let mut sql = Builder::new("SELECT COUNT(*) FROM (SELECT 1 FROM organization_memberships m");
    push_whose(&mut sql, whose);
    sql.push(" LIMIT ").push_bind(most).push(")");
    Ok(sql.build_query_scalar().fetch_one(conn).await?)
}

fn push_whose(sql: &mut Builder, whose: Whose) {
    match whose {
        Whose::Anybody => sql.push(" WHERE 1 = 1"),
        Whose::User(id) => sql.push(" WHERE m.user_id = ").push_bind(id),
        Whose::Organization(id) => sql.push(" WHERE m.organization_id = ").push_bind(id),
    };
}

/// A membership by its number.
pub async fn by_id(conn: &mut Conn, id: i64) -> Result<Option<Named>, StoreError> {
    let mut sql = Builder::new(NAMED);
    sql.push(" WHERE m.id = ").push_bind(id);
    Ok(sql.build_query_as().fetch_optional(conn).await?)
}

/// The membership of somebody in an organization.
pub async fn between(
    conn: &mut Conn,
    user: UserId,
    organization: OrganizationId,
) -> Result<Option<Membership>, StoreError> {
    let sql = "SELECT * FROM organization_memberships WHERE user_id = $1 AND organization_id = $2";
    Ok(query_as(sql).bind(user).bind(organization).fetch_optional(conn).await?)
}

/// Makes somebody belong to an organization by the host's word.
pub async fn name_by_host(
    conn: &mut Conn,
    user: UserId,
    organization: OrganizationId,
    at: Time,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO organization_memberships \
        (user_id, organization_id, by_host, created_at, updated_at) \
        VALUES ($1, $2, TRUE, $3, $3) \
        ON CONFLICT (user_id, organization_id) DO UPDATE SET by_host = TRUE";
    query(sql).bind(user).bind(organization).bind(at.timestamp()).execute(conn).await?;
    Ok(())
}

/// Makes somebody belong to an organization by an agent's word.
pub async fn give_by_agent(
    conn: &mut Conn,
    user: UserId,
    organization: OrganizationId,
    at: Time,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO organization_memberships \
        (user_id, organization_id, by_host, by_agent, created_at, updated_at) \
        VALUES ($1, $2, FALSE, TRUE, $3, $3) \
        ON CONFLICT (user_id, organization_id) DO UPDATE SET by_agent = TRUE RETURNING id";
    let insert = query_scalar(sql).bind(user).bind(organization).bind(at.timestamp());
    Ok(insert.fetch_one(conn).await?)
}

/// Takes the host's word back for all organizations of somebody but one; where no agent said so
/// too, the membership ends.
pub async fn unname_others(
    conn: &mut Conn,
    user: UserId,
    kept: Option<OrganizationId>,
) -> Result<(), StoreError> {
    let ended = "DELETE FROM organization_memberships \
        WHERE user_id = $1 AND by_host AND NOT by_agent AND organization_id <> COALESCE($2, 0)";
    let unsaid = "UPDATE organization_memberships SET by_host = FALSE \
        WHERE user_id = $1 AND by_host AND organization_id <> COALESCE($2, 0)";
    for sql in [ended, unsaid] {
        query(sql).bind(user).bind(kept).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Ends a membership, whoever gave it.
pub async fn remove(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
    query("DELETE FROM organization_memberships WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Ends all memberships of somebody.
pub async fn remove_all(conn: &mut Conn, user: UserId) -> Result<(), StoreError> {
    let sql = "DELETE FROM organization_memberships WHERE user_id = $1";
    query(sql).bind(user).execute(conn).await?;
    Ok(())
}
