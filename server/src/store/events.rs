//! What happened to a request: one row a transaction.

use super::{
    EventId, RequestId, StoreError, UserId,
    clauses::push_part_by_id,
    row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, query_as, query_scalar},
    window::{Key, Window},
};
use api::{Time, audit::AuditChange};

pub mod news;

/// A row to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    pub request_id: RequestId,
    pub author_id: UserId,
    /// `request.created` or `request.updated`.
    pub kind: &'static str,
    /// Whether an end user may learn of it.
    pub public: bool,
    /// JSON of the audit's events, without the comment.
    pub detail: String,
    /// By which way it came: `api`, `web` … or `rule`.
    pub channel: String,
    pub created_at: Time,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub request_id: RequestId,
    pub author_id: UserId,
    pub detail: Vec<AuditChange>,
    pub channel: String,
    pub created_at: Time,
}

impl Event {
    /// Its place in the order in which things happened.
    #[must_use]
    pub fn key(&self) -> Key {
        Key { at: self.id.0, id: self.id.0 }
    }
}

impl FromRow for Event {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            request_id: from.try_get("request_id")?,
            author_id: from.try_get("author_id")?,
            detail: row::json(from, "detail")?,
            channel: from.try_get("channel")?,
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// Adds what happened.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(conn: &mut Conn, new: &NewEvent) -> Result<EventId, StoreError> {
    let sql = "INSERT INTO events \
        (request_id, author_id, kind, public, detail, channel, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    Ok(query_scalar(sql)
        .bind(new.request_id)
        .bind(new.author_id)
        .bind(new.kind)
        .bind(new.public)
        .bind(&new.detail)
        .bind(&new.channel)
        .bind(new.created_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// What happened to a request, by the number of the event.
pub async fn by_id(
    conn: &mut Conn,
    request: RequestId,
    id: EventId,
) -> Result<Option<Event>, StoreError> {
    let sql = "SELECT * FROM events WHERE id = $1 AND request_id = $2";
    Ok(query_as(sql).bind(id).bind(request).fetch_optional(conn).await?)
}

/// Part of what happened to a request, in the order in which it did.
pub async fn list(
    conn: &mut Conn,
    request: RequestId,
    descending: bool,
    window: Window,
) -> Result<Vec<Event>, StoreError> {
    let mut sql = Builder::new("SELECT * FROM events WHERE request_id = ");
    sql.push_bind(request);
    push_part_by_id(&mut sql, "id", descending, window);
    let rows: Vec<Event> = sql.build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// Part of what happened to a request beside comments that end users may know of. Which fields they
/// may know of is decided by whoever reads it.
pub async fn list_public(
    conn: &mut Conn,
    request: RequestId,
    descending: bool,
    window: Window,
) -> Result<Vec<Event>, StoreError> {
    let mut sql = Builder::new("SELECT *");
    push_public_changes(&mut sql, request);
    push_part_by_id(&mut sql, "id", descending, window);
    let rows: Vec<Event> = sql.build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// How many such events a request has.
pub async fn count_public(conn: &mut Conn, request: RequestId) -> Result<i64, StoreError> {
    let mut sql = Builder::new("SELECT COUNT(*)");
    push_public_changes(&mut sql, request);
    Ok(sql.build_query_scalar().fetch_one(conn).await?)
}

fn push_public_changes(sql: &mut Builder, request: RequestId) {
    sql.push(" FROM events WHERE public AND kind = 'request.updated' AND detail <> '[]'");
    sql.push(" AND request_id = ").push_bind(request);
}

/// How many events a request has.
pub async fn count(conn: &mut Conn, request: RequestId) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM events WHERE request_id = $1";
    Ok(query_scalar(sql).bind(request).fetch_one(conn).await?)
}
