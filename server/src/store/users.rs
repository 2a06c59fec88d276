//! People.

use super::{
    OrganizationId, StoreError, UserId, row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, dialect, query, query_as, query_scalar},
};
use api::Time;

mod list;

pub use list::{Filter, Part, Word, colleagues, count, known_to, list, plans};

/// What somebody is to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    EndUser,
    Agent,
    Admin,
}

impl Role {
    /// The word on the wire and in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EndUser => "end-user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }

    /// The role of a word; `None` for one that the contract does not have.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::EndUser, Self::Agent, Self::Admin].into_iter().find(|role| role.name() == name)
    }
}

/// What somebody sees of the requests of an organization to which they belong, each step holding
/// the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sharing {
    /// Nothing but what they raised or are copied on.
    #[default]
    Own,
    /// All requests.
    View,
    /// All requests, and they may comment.
    Comment,
}

impl Sharing {
    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::View => "view",
            Self::Comment => "comment",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Own, Self::View, Self::Comment].into_iter().find(|it| it.name() == name)
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    /// The host's own id; none for agents who never came through a host, and for placeholders.
    pub external_id: Option<String>,
    /// In lower case.
    pub email: String,
    pub name: String,
    pub role: Role,
    /// The default one of those to which they belong.
    pub organization_id: Option<OrganizationId>,
    /// What they see of their organizations' requests, whatever the organizations share.
    pub sharing: Sharing,
    /// The plan of a person without an organization.
    pub plan: Option<String>,
    pub phone: Option<String>,
    /// What agents note about somebody.
    pub details: Option<String>,
    pub notes: Option<String>,
    pub tags: Vec<String>,
    /// Nobody may call in this person's name until an agent lifts it.
    pub suspended: bool,
    /// False for somebody whom an agent deleted.
    pub active: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

impl User {
    /// Somebody new of whom only the address and the name are known. The id is not one yet.
    #[must_use]
    pub fn new(email: &str, name: &str, at: Time) -> Self {
        Self {
            id: UserId(0),
            external_id: None,
            email: email.to_owned(),
            name: name.to_owned(),
            role: Role::EndUser,
            organization_id: None,
            sharing: Sharing::Own,
            plan: None,
            phone: None,
            details: None,
            notes: None,
            tags: Vec::new(),
            suspended: false,
            active: true,
            created_at: at,
            updated_at: at,
        }
    }

    /// Works for the vendor.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.role != Role::EndUser
    }

    /// Somebody who was copied on a request and has not been here.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        self.external_id.is_none() && !self.is_staff()
    }
}

impl FromRow for User {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            external_id: from.try_get("external_id")?,
            email: from.try_get("email")?,
            name: from.try_get("name")?,
            role: row::word(from, "role", Role::from_name)?,
            organization_id: from.try_get("organization_id")?,
            sharing: row::word(from, "sharing", Sharing::from_name)?,
            plan: from.try_get("plan")?,
            phone: from.try_get("phone")?,
            details: from.try_get("details")?,
            notes: from.try_get("notes")?,
            tags: row::json(from, "tags")?,
            suspended: from.try_get("suspended")?,
            active: from.try_get("active")?,
            created_at: row::time(from, "created_at")?,
            updated_at: row::time(from, "updated_at")?,
        })
    }
}

/// The author of what the server does by itself. It has a row so that its name can be shown, and is
/// nobody that anybody could write to, assign or list: only [`many`] and [`system`] find it.
pub const SYSTEM: UserId = UserId(-1);

/// Somebody by id.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn by_id(conn: &mut Conn, id: UserId) -> Result<Option<User>, StoreError> {
    let sql = "SELECT * FROM users WHERE id = $1 AND id > 0";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// The server itself, see [`SYSTEM`].
pub async fn system(conn: &mut Conn) -> Result<User, StoreError> {
    let sql = "SELECT * FROM users WHERE id = $1";
    Ok(query_as(sql).bind(SYSTEM).fetch_one(conn).await?)
}

/// Somebody by the host's id.
pub async fn by_external_id(conn: &mut Conn, id: &str) -> Result<Option<User>, StoreError> {
    let sql = "SELECT * FROM users WHERE external_id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// Somebody by address, given in lower case.
pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<User>, StoreError> {
    let sql = "SELECT * FROM users WHERE email = $1";
    Ok(query_as(sql).bind(email).fetch_optional(conn).await?)
}

/// Those of the given ids that exist, by id.
pub async fn many(conn: &mut Conn, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM users WHERE id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" ORDER BY id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Those that have one of the given ids of the host's, by id.
pub async fn many_by_external_id(conn: &mut Conn, ids: &[&str]) -> Result<Vec<User>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM users WHERE external_id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" ORDER BY id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Adds somebody; `id` of the given value is not looked at.
pub async fn insert(conn: &mut Conn, user: &User) -> Result<UserId, StoreError> {
    let sql = "INSERT INTO users \
        (external_id, email, name, role, organization_id, sharing, plan, phone, details, notes, \
         tags, suspended, active, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id";
    Ok(query_scalar(sql)
        .bind(user.external_id.as_deref())
        .bind(&user.email)
        .bind(&user.name)
        .bind(user.role.name())
        .bind(user.organization_id)
        .bind(user.sharing.name())
        .bind(user.plan.as_deref())
        .bind(user.phone.as_deref())
        .bind(user.details.as_deref())
        .bind(user.notes.as_deref())
        .bind(row::to_json(&user.tags)?)
        .bind(user.suspended)
        .bind(user.active)
        .bind(user.created_at.timestamp())
        .bind(user.updated_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// Writes what may change about somebody.
pub async fn update(conn: &mut Conn, user: &User) -> Result<(), StoreError> {
    let sql = "UPDATE users SET external_id = $2, email = $3, name = $4, role = $5, \
        organization_id = $6, sharing = $7, plan = $8, phone = $9, details = $10, notes = $11, \
        tags = $12, suspended = $13, active = $14, updated_at = $15 WHERE id = $1";
    query(sql)
        .bind(user.id)
        .bind(user.external_id.as_deref())
        .bind(&user.email)
        .bind(&user.name)
        .bind(user.role.name())
        .bind(user.organization_id)
        .bind(user.sharing.name())
        .bind(user.plan.as_deref())
        .bind(user.phone.as_deref())
        .bind(user.details.as_deref())
        .bind(user.notes.as_deref())
        .bind(row::to_json(&user.tags)?)
        .bind(user.suspended)
        .bind(user.active)
        .bind(user.updated_at.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}

/// Hands all that hangs on a placeholder to somebody and removes the placeholder. It has no
/// credentials, so there are no keys to move.
pub async fn absorb(conn: &mut Conn, placeholder: UserId, into: UserId) -> Result<(), StoreError> {
    // Copied twice, or copied on one's own request, is copied once or not at all.
    let doubled = "DELETE FROM request_ccs WHERE user_id = $1 AND request_id IN ( \
        SELECT request_id FROM request_ccs WHERE user_id = $2 \
        UNION SELECT id FROM requests WHERE requester_id = $2)";
    // Through whom requests are found changes with the hands they are in.
    let outdated = "INSERT INTO stale_texts (request_id) \
        SELECT request_id FROM request_ccs WHERE user_id IN ($1, $2) \
        UNION SELECT id FROM requests WHERE requester_id IN ($1, $2) ON CONFLICT DO NOTHING";
    let moves = [
        outdated,
        doubled,
        "UPDATE request_ccs SET user_id = $2 WHERE user_id = $1",
        "UPDATE requests SET requester_id = $2 WHERE requester_id = $1",
        "UPDATE requests SET submitter_id = $2 WHERE submitter_id = $1",
        "UPDATE requests SET assignee_id = $2 WHERE assignee_id = $1",
        "UPDATE uploads SET owner_id = $2 WHERE owner_id = $1",
        "UPDATE comments SET author_id = $2 WHERE author_id = $1",
        "UPDATE events SET author_id = $2 WHERE author_id = $1",
        "UPDATE job_statuses SET user_id = $2 WHERE user_id = $1",
        "INSERT INTO organization_memberships \
            (user_id, organization_id, by_host, by_agent, created_at, updated_at) \
            SELECT $2, organization_id, by_host, by_agent, created_at, updated_at \
            FROM organization_memberships WHERE user_id = $1 \
            ON CONFLICT (user_id, organization_id) DO UPDATE SET by_agent = TRUE",
        "DELETE FROM organization_memberships WHERE user_id = $1",
        "DELETE FROM idempotency_keys WHERE user_id = $1",
        // Of somebody who was an agent once; none of them holds.
        "DELETE FROM agent_tokens WHERE user_id = $1",
    ];
    for sql in moves {
        query(sql).bind(placeholder).bind(into).execute(&mut *conn).await?;
    }
    query("DELETE FROM users WHERE id = $1").bind(placeholder).execute(conn).await?;
    Ok(())
}
