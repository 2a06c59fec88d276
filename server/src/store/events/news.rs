//! Events behind a cursor: whose, in what order, up to where.
//!
//! Ids are given under the lock by which one call writes at a time, and become visible in commits
//! of that order. So whoever has read up to an id will never find a smaller one behind it.

use crate::store::{
    EventId, OrganizationId, RequestId, StoreError, UserId, row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, dialect, query_as, query_scalar},
};
use api::Time;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub request_id: RequestId,
    pub author_id: UserId,
    pub kind: String,
    /// JSON of the audit's events.
    pub detail: String,
    /// Whether a comment came with it that the reader may see.
    pub said: bool,
    pub created_at: Time,
}

impl FromRow for Event {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            request_id: from.try_get("request_id")?,
            author_id: from.try_get("author_id")?,
            kind: from.try_get("kind")?,
            detail: from.try_get("detail")?,
            said: from.try_get("said")?,
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// Which request an event is of, and whose that is by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub id: EventId,
    pub request_id: RequestId,
    pub public: bool,
    pub requester_id: UserId,
    pub organization_id: Option<OrganizationId>,
}

impl FromRow for Head {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            request_id: from.try_get("request_id")?,
            public: from.try_get("public")?,
            requester_id: from.try_get("requester_id")?,
            organization_id: from.try_get("organization_id")?,
        })
    }
}

/// Events behind one id, up to and with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub after: EventId,
    pub upto: EventId,
}

/// Among which events to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// All of them; for staff.
    All,
    /// Those of some requests, public ones only.
    Requests(Vec<RequestId>),
    /// Public ones of the requests that somebody raised, is copied on, or sees through an
    /// organization, as far as these changed after an instant.
    Visible { to: UserId, organizations: Vec<OrganizationId>, changed_after: Time },
}

/// The newest event; zero when there is none.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn last(conn: &mut Conn) -> Result<EventId, StoreError> {
    let sql = "SELECT id FROM events ORDER BY id DESC LIMIT 1";
    let found: Option<EventId> = query_scalar(sql).fetch_optional(conn).await?;
    Ok(found.unwrap_or(EventId(0)))
}

/// When the newest event up to an id happened.
pub async fn time_of(conn: &mut Conn, id: EventId) -> Result<Option<Time>, StoreError> {
    let sql = "SELECT created_at FROM events WHERE id <= $1 ORDER BY id DESC LIMIT 1";
    let found: Option<i64> = query_scalar(sql).bind(id).fetch_optional(conn).await?;
    Ok(found.map(api::time::from_unix))
}

/// The first events behind an id, with whom they concern.
pub async fn heads(conn: &mut Conn, after: EventId, take: i64) -> Result<Vec<Head>, StoreError> {
    let sql = "SELECT e.id, e.request_id, e.public, r.requester_id, r.organization_id \
        FROM events e CROSS JOIN requests r ON r.id = e.request_id \
        WHERE e.id > $1 ORDER BY e.id LIMIT $2";
    Ok(query_as(sql).bind(after).bind(take).fetch_all(conn).await?)
}

/// The first events of a span.
pub async fn list(
    conn: &mut Conn,
    among: &Among,
    span: Span,
    take: i64,
) -> Result<Vec<Event>, StoreError> {
    Ok(list_statement(among, span, take)?.build_query_as().fetch_all(conn).await?)
}

/// How many requests [`Among::Visible`] looks at, counted no further than `most`; zero for others.
pub async fn breadth(conn: &mut Conn, among: &Among, most: i64) -> Result<i64, StoreError> {
    let Some(sql) = breadth_statement(among, most) else { return Ok(0) };
    Ok(sql.build_query_scalar().fetch_one(conn).await?)
}

/// The plans by which SQLite would go about a list and its breadth; for tests.
pub async fn plans(conn: &mut Conn, among: &Among, span: Span) -> Result<Vec<String>, StoreError> {
    let mut steps = dialect::plan(conn, list_statement(among, span, 100)?).await?;
    if let Some(sql) = breadth_statement(among, 100) {
        steps.extend(dialect::plan(conn, sql).await?);
    }
    Ok(steps)
}

fn list_statement(among: &Among, span: Span, take: i64) -> Result<Builder, SqlError> {
    let staff = matches!(among, Among::All);
    let mut sql = Builder::new(
        "SELECT e.id, e.request_id, e.author_id, e.kind, e.detail, e.created_at, \
         EXISTS (SELECT 1 FROM comments c WHERE c.request_id = e.request_id \
         AND c.created_at = e.created_at AND c.event_id = e.id",
    );
    sql.push(if staff { ") AS said FROM " } else { " AND c.public) AS said FROM " });
    match among {
        Among::All => {
            sql.push("events e WHERE 1 = 1");
        }
        Among::Requests(ids) => {
            sql.push("(SELECT id FROM requests WHERE id IN ");
            dialect::push_among(&mut sql, ids)?;
            sql.push(")");
        }
        Among::Visible { .. } => push_visible(&mut sql, among),
    }
    if !staff {
        // CROSS JOIN: from each request to its events, never through all events since.
        sql.push(" r CROSS JOIN events e ON e.request_id = r.id WHERE e.public");
    }
    sql.push(" AND e.id > ").push_bind(span.after).push(" AND e.id <= ").push_bind(span.upto);
    sql.push(" ORDER BY e.id LIMIT ").push_bind(take);
    Ok(sql)
}

fn breadth_statement(among: &Among, most: i64) -> Option<Builder> {
    matches!(among, Among::Visible { .. }).then(|| {
        let mut sql = Builder::new("SELECT COUNT(*) FROM (SELECT id FROM ");
        push_visible(&mut sql, among);
        sql.push(" LIMIT ").push_bind(most).push(")");
        sql
    })
}

fn push_visible(sql: &mut Builder, among: &Among) {
    let Among::Visible { to, organizations, changed_after } = among else { return };
    let after = changed_after.timestamp();
    sql.push("(SELECT id FROM requests WHERE requester_id = ").push_bind(*to);
    sql.push(" AND public_updated_at >= ").push_bind(after);
    sql.push(" UNION SELECT request_id FROM request_ccs WHERE user_id = ").push_bind(*to);
    sql.push(" AND public_updated_at >= ").push_bind(after);
    for id in organizations {
        sql.push(" UNION SELECT id FROM requests WHERE organization_id = ").push_bind(*id);
        sql.push(" AND public_updated_at >= ").push_bind(after);
    }
    sql.push(")");
}
