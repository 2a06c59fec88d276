//! Requests: one row each. Lists are in `requests/list.rs`.

use super::{
    OrganizationId, RequestId, StoreError, UserId, ccs, row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, dialect, query, query_as, query_scalar},
};
use api::{
    Time,
    request::{CustomField, Status},
};
use sla::{Clock, Severity, Target};

mod list;
mod search;

pub use list::{Filter, Order, SortBy, Span, Whose, count, list, plans};
pub use search::{list_and_count, search_plans};

/// A request as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: RequestId,
    pub subject: String,
    pub description: String,
    pub status: Status,
    pub severity: Severity,
    /// `question`, `incident`, `problem` or `task`.
    pub kind: Option<String>,
    pub requester_id: UserId,
    pub submitter_id: UserId,
    pub organization_id: Option<OrganizationId>,
    pub assignee_id: Option<UserId>,
    /// The plan under which it was made, whatever the customer has bought since.
    pub plan: String,
    /// `api`, `web`, `email` …
    pub channel: String,
    /// The first-reply clock, as `sla` made it.
    pub clock: Clock,
    pub created_at: Time,
    /// The last change that agents see.
    pub updated_at: Time,
    /// The last change that end users see.
    pub public_updated_at: Time,
    /// The closed request that this one goes on with.
    pub followup_source_id: Option<RequestId>,
    /// The id that an agent's system knows it by.
    pub external_id: Option<String>,
    /// The support address that a mail was sent to.
    pub recipient: Option<String>,
    /// When a task is due.
    pub due_at: Option<Time>,
    /// When it was solved, while it is.
    pub solved_at: Option<Time>,
    pub custom_fields: Vec<CustomField>,
    pub tags: Vec<String>,
    /// Whether end users see it at all: false while it holds nothing but notes.
    pub public: bool,
    /// Staff who follow it, by id.
    pub follower_ids: Vec<UserId>,
}

/// All of a request that decides who may see it, beside its copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owners {
    pub requester_id: UserId,
    pub organization_id: Option<OrganizationId>,
    pub public: bool,
}

impl FromRow for Owners {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            requester_id: from.try_get("requester_id")?,
            organization_id: from.try_get("organization_id")?,
            public: from.try_get("public")?,
        })
    }
}

impl FromRow for Request {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        let created_at = row::time(from, "created_at")?;
        Ok(Self {
            id: from.try_get("id")?,
            subject: from.try_get("subject")?,
            description: from.try_get("description")?,
            status: row::status(from, "status")?,
            severity: row::severity(from, "priority")?,
            kind: from.try_get("type")?,
            requester_id: from.try_get("requester_id")?,
            submitter_id: from.try_get("submitter_id")?,
            organization_id: from.try_get("organization_id")?,
            assignee_id: from.try_get("assignee_id")?,
            plan: from.try_get("plan")?,
            channel: from.try_get("channel")?,
            clock: Clock {
                started_at: created_at,
                due_at: row::time(from, "first_reply_due_at")?,
                target: Target {
                    seconds: from.try_get::<u32>("first_reply_seconds")?,
                    business_hours: from.try_get("first_reply_business_hours")?,
                },
                fulfilled_at: row::time_or_null(from, "first_replied_at")?,
            },
            created_at,
            updated_at: row::time(from, "updated_at")?,
            public_updated_at: row::time(from, "public_updated_at")?,
            followup_source_id: from.try_get("followup_source_id")?,
            external_id: from.try_get("external_id")?,
            recipient: from.try_get("recipient")?,
            due_at: row::time_or_null(from, "due_at")?,
            solved_at: row::time_or_null(from, "solved_at")?,
            custom_fields: row::json(from, "custom_fields")?,
            tags: row::json(from, "tags")?,
            public: from.try_get("public")?,
            follower_ids: row::json(from, "follower_ids")?,
        })
    }
}

/// A request by its number.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn by_id(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, StoreError> {
    let sql = "SELECT * FROM requests WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// To whom a request belongs.
pub async fn owners(conn: &mut Conn, id: RequestId) -> Result<Option<Owners>, StoreError> {
    let sql = "SELECT requester_id, organization_id, public FROM requests WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// Those of the given numbers that exist, by number.
pub async fn many(conn: &mut Conn, ids: &[RequestId]) -> Result<Vec<Request>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM requests WHERE id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" ORDER BY id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Some of the requests that an agent's system knows by certain ids, by number.
pub async fn by_external_ids(
    conn: &mut Conn,
    external_ids: &[String],
    most: i64,
) -> Result<Vec<Request>, StoreError> {
    if external_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM requests WHERE external_id IN ");
    dialect::push_among(&mut sql, external_ids)?;
    sql.push(" ORDER BY external_id, id LIMIT ").push_bind(most);
    let mut rows: Vec<Request> = sql.build_query_as().fetch_all(conn).await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// The requests that go on with any of the given ones, a thousand at most: number of the closed one,
/// then of the new.
pub async fn followups(
    conn: &mut Conn,
    sources: &[RequestId],
) -> Result<Vec<(RequestId, RequestId)>, StoreError> {
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT followup_source_id, id FROM requests");
    sql.push(" WHERE followup_source_id IN ");
    dialect::push_among(&mut sql, sources)?;
    sql.push(" ORDER BY followup_source_id, id LIMIT 1000");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Some of those that were solved at an instant or before and are still, the oldest solution first.
pub async fn solved_until(
    conn: &mut Conn,
    at: Time,
    most: i64,
) -> Result<Vec<RequestId>, StoreError> {
    let sql = "SELECT id FROM requests WHERE status = 'solved' AND solved_at <= $1 \
        ORDER BY solved_at LIMIT $2";
    Ok(query_scalar(sql).bind(at.timestamp()).bind(most).fetch_all(conn).await?)
}

/// Whether there is any request at all.
pub async fn any(conn: &mut Conn) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM requests LIMIT 1";
    let found: Option<RequestId> = query_scalar(sql).fetch_optional(conn).await?;
    Ok(found.is_some())
}

/// Adds a request; `id` of the given value is not looked at.
pub async fn insert(conn: &mut Conn, new: &Request) -> Result<RequestId, StoreError> {
    let sql = "INSERT INTO requests \
        (subject, description, status, priority, type, requester_id, submitter_id, \
         organization_id, assignee_id, plan, channel, first_reply_due_at, first_reply_seconds, \
         first_reply_business_hours, first_replied_at, created_at, updated_at, public_updated_at, \
         followup_source_id, external_id, recipient, due_at, solved_at, custom_fields, tags, \
         public, follower_ids) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22, $23, $24, $25, $26, $27) RETURNING id";
    Ok(query_scalar(sql)
        .bind(&new.subject)
        .bind(&new.description)
        .bind(new.status.name())
        .bind(new.severity.priority())
        .bind(new.kind.as_deref())
        .bind(new.requester_id)
        .bind(new.submitter_id)
        .bind(new.organization_id)
        .bind(new.assignee_id)
        .bind(&new.plan)
        .bind(&new.channel)
        .bind(new.clock.due_at.timestamp())
        .bind(i64::from(new.clock.target.seconds))
        .bind(new.clock.target.business_hours)
        .bind(seconds(new.clock.fulfilled_at))
        .bind(new.created_at.timestamp())
        .bind(new.updated_at.timestamp())
        .bind(new.public_updated_at.timestamp())
        .bind(new.followup_source_id)
        .bind(new.external_id.as_deref())
        .bind(new.recipient.as_deref())
        .bind(seconds(new.due_at))
        .bind(seconds(new.solved_at))
        .bind(row::to_json(&new.custom_fields)?)
        .bind(row::to_json(&new.tags)?)
        .bind(new.public)
        .bind(row::to_json(&new.follower_ids)?)
        .fetch_one(conn)
        .await?)
}

/// Writes what may change about a request, also where its copies repeat it.
pub async fn update(conn: &mut Conn, request: &Request) -> Result<(), StoreError> {
    let sql = "UPDATE requests SET subject = $2, status = $3, priority = $4, type = $5, \
        requester_id = $6, organization_id = $7, assignee_id = $8, first_reply_due_at = $9, \
        first_reply_seconds = $10, first_reply_business_hours = $11, first_replied_at = $12, \
        updated_at = $13, public_updated_at = $14, external_id = $15, due_at = $16, \
        solved_at = $17, custom_fields = $18, tags = $19, description = $20, public = $21, \
        follower_ids = $22 WHERE id = $1";
    query(sql)
        .bind(request.id)
        .bind(&request.subject)
        .bind(request.status.name())
        .bind(request.severity.priority())
        .bind(request.kind.as_deref())
        .bind(request.requester_id)
        .bind(request.organization_id)
        .bind(request.assignee_id)
        .bind(request.clock.due_at.timestamp())
        .bind(i64::from(request.clock.target.seconds))
        .bind(request.clock.target.business_hours)
        .bind(seconds(request.clock.fulfilled_at))
        .bind(request.updated_at.timestamp())
        .bind(request.public_updated_at.timestamp())
        .bind(request.external_id.as_deref())
        .bind(seconds(request.due_at))
        .bind(seconds(request.solved_at))
        .bind(row::to_json(&request.custom_fields)?)
        .bind(row::to_json(&request.tags)?)
        .bind(&request.description)
        .bind(request.public)
        .bind(row::to_json(&request.follower_ids)?)
        .execute(&mut *conn)
        .await?;
    ccs::follow(conn, request).await
}

fn seconds(time: Option<Time>) -> Option<i64> {
    time.map(|at| at.timestamp())
}
