//! The conversation of a request, private notes included.

use super::{
    CommentId, EventId, RequestId, StoreError, UserId,
    clauses::{push_behind, push_limits},
    row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, query, query_as, query_scalar},
    window::{Key, Window},
};
use api::Time;

/// A comment or, when not public, a note among agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    pub request_id: RequestId,
    /// The audit that it came with.
    pub event_id: Option<EventId>,
    pub author_id: UserId,
    pub body: String,
    /// The same with its markup, where it has some.
    pub html: Option<String>,
    pub public: bool,
    pub channel: String,
    pub created_at: Time,
}

impl Comment {
    /// Its place in the order of time.
    #[must_use]
    pub fn key(&self) -> Key {
        Key { at: self.created_at.timestamp(), id: self.id.0 }
    }
}

impl FromRow for Comment {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            request_id: from.try_get("request_id")?,
            event_id: from.try_get("event_id")?,
            author_id: from.try_get("author_id")?,
            body: from.try_get("body")?,
            html: from.try_get("html")?,
            public: from.try_get("public")?,
            channel: from.try_get("channel")?,
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// Which comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    pub request_id: RequestId,
    /// Leave private notes out. Everything that an end user reads sets it.
    pub public_only: bool,
    /// Only those made later.
    pub since: Option<Time>,
    /// Only those of staff, or only those of others.
    pub by_staff: Option<bool>,
}

/// Adds a comment; `id` of the given value is not looked at.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(conn: &mut Conn, new: &Comment) -> Result<CommentId, StoreError> {
    let sql = "INSERT INTO comments \
        (request_id, event_id, author_id, body, html, public, channel, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    Ok(query_scalar(sql)
        .bind(new.request_id)
        .bind(new.event_id)
        .bind(new.author_id)
        .bind(&new.body)
        .bind(new.html.as_deref())
        .bind(new.public)
        .bind(&new.channel)
        .bind(new.created_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// The event in which staff replied at an instant; of several, the first.
pub async fn event_of_reply(
    conn: &mut Conn,
    request: RequestId,
    at: Time,
) -> Result<Option<EventId>, StoreError> {
    let sql = "SELECT c.event_id FROM comments c JOIN users u ON u.id = c.author_id \
        WHERE c.request_id = $1 AND c.created_at = $2 AND c.public AND u.role <> 'end-user' \
        AND c.event_id IS NOT NULL ORDER BY c.id LIMIT 1";
    Ok(query_scalar(sql).bind(request).bind(at.timestamp()).fetch_optional(conn).await?)
}

/// A comment of a request.
pub async fn by_id(
    conn: &mut Conn,
    request: RequestId,
    id: CommentId,
) -> Result<Option<Comment>, StoreError> {
    let sql = "SELECT * FROM comments WHERE id = $1 AND request_id = $2";
    Ok(query_as(sql).bind(id).bind(request).fetch_optional(conn).await?)
}

/// The comments that came with events of one request which happened within a span.
pub async fn between(
    conn: &mut Conn,
    request: RequestId,
    span: (Time, Time),
) -> Result<Vec<Comment>, StoreError> {
    let sql = "SELECT * FROM comments \
        WHERE request_id = $1 AND created_at >= $2 AND created_at <= $3 ORDER BY created_at, id";
    let (first, last) = span;
    Ok(query_as(sql)
        .bind(request)
        .bind(first.timestamp())
        .bind(last.timestamp())
        .fetch_all(conn)
        .await?)
}

/// The first comment of a request that end users see.
pub async fn first_public(
    conn: &mut Conn,
    request: RequestId,
) -> Result<Option<Comment>, StoreError> {
    let sql = "SELECT * FROM comments WHERE request_id = $1 AND public \
        ORDER BY created_at, id LIMIT 1";
    Ok(query_as(sql).bind(request).fetch_optional(conn).await?)
}

/// Makes a note of a comment.
pub async fn make_private(conn: &mut Conn, id: CommentId) -> Result<(), StoreError> {
    query("UPDATE comments SET public = FALSE WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// A comment by its id alone, of whatever request.
pub async fn anywhere(conn: &mut Conn, id: CommentId) -> Result<Option<Comment>, StoreError> {
    let sql = "SELECT * FROM comments WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// Part of a conversation, by time.
pub async fn list(
    conn: &mut Conn,
    filter: Filter,
    descending: bool,
    window: Window,
) -> Result<Vec<Comment>, StoreError> {
    let mut sql = Builder::new("SELECT c.* FROM comments c");
    push_filter(&mut sql, filter);
    let descending = descending != window.backwards();
    push_behind(&mut sql, ["c.created_at", "c.id"], descending, window);
    let way = if descending { " DESC" } else { " ASC" };
    sql.push(" ORDER BY c.created_at").push(way).push(", c.id").push(way);
    push_limits(&mut sql, window);
    let rows: Vec<Comment> = sql.build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// How many comments a filter lets pass.
pub async fn count(conn: &mut Conn, filter: Filter) -> Result<i64, StoreError> {
    let mut sql = Builder::new("SELECT COUNT(*) FROM comments c");
    push_filter(&mut sql, filter);
    Ok(sql.build_query_scalar().fetch_one(conn).await?)
}

fn push_filter(sql: &mut Builder, filter: Filter) {
    if filter.by_staff.is_some() {
        sql.push(" JOIN users u ON u.id = c.author_id");
    }
    sql.push(" WHERE c.request_id = ").push_bind(filter.request_id);
    if filter.public_only {
        sql.push(" AND c.public");
    }
    if let Some(since) = filter.since {
        sql.push(" AND c.created_at > ").push_bind(since.timestamp());
    }
    match filter.by_staff {
        Some(true) => sql.push(" AND u.role <> 'end-user'"),
        Some(false) => sql.push(" AND u.role = 'end-user'"),
        None => sql,
    };
}
