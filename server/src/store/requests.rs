//! Requests: one row each. Lists are in `requests/list.rs`.

use super::{
    OrganizationId, RequestId, StoreError, UserId, row,
    sqlite::{Conn, Row},
};
use api::{Time, request::Status};
use sla::{Clock, Severity, Target};
use sqlx::{FromRow, Row as _, query, query_as, query_scalar};

mod list;

pub use list::{Filter, Order, SortBy, Whose, count, list};

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
}

impl FromRow<'_, Row> for Request {
    fn from_row(from: &Row) -> Result<Self, sqlx::Error> {
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
                    seconds: from.try_get::<u32, _>("first_reply_seconds")?,
                    business_hours: from.try_get("first_reply_business_hours")?,
                },
                fulfilled_at: row::time_or_null(from, "first_replied_at")?,
            },
            created_at,
            updated_at: row::time(from, "updated_at")?,
            public_updated_at: row::time(from, "public_updated_at")?,
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
         first_reply_business_hours, first_replied_at, created_at, updated_at, public_updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
        RETURNING id";
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
        .bind(new.clock.fulfilled_at.map(|at| at.timestamp()))
        .bind(new.created_at.timestamp())
        .bind(new.updated_at.timestamp())
        .bind(new.public_updated_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// Writes what may change about a request.
pub async fn update(conn: &mut Conn, request: &Request) -> Result<(), StoreError> {
    let sql = "UPDATE requests SET status = $2, priority = $3, assignee_id = $4, \
        first_reply_due_at = $5, first_reply_seconds = $6, first_reply_business_hours = $7, \
        first_replied_at = $8, updated_at = $9, public_updated_at = $10 WHERE id = $1";
    query(sql)
        .bind(request.id)
        .bind(request.status.name())
        .bind(request.severity.priority())
        .bind(request.assignee_id)
        .bind(request.clock.due_at.timestamp())
        .bind(i64::from(request.clock.target.seconds))
        .bind(request.clock.target.business_hours)
        .bind(request.clock.fulfilled_at.map(|at| at.timestamp()))
        .bind(request.updated_at.timestamp())
        .bind(request.public_updated_at.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}
