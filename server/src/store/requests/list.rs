//! Lists of requests: whose, which, in what order, which part.

use super::Request;
use crate::store::{
    StoreError, UserId,
    sqlite::{Builder, Conn},
    window::{Key, Window},
};
use api::request::Status;

/// To whom the requests of a list belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those that a person raised.
    Requester(UserId),
    /// Those on which a person is copied.
    Copied(UserId),
}

/// Which requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub whose: Whose,
    /// Any of these; all when empty.
    pub statuses: Vec<Status>,
}

/// The instant by which a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    Created,
    /// The last change that an end user sees.
    Updated,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub by: SortBy,
    pub descending: bool,
}

impl Order {
    /// A request's place in this order.
    #[must_use]
    pub fn key(self, request: &Request) -> Key {
        let at = match self.by {
            SortBy::Created => request.created_at,
            SortBy::Updated => request.public_updated_at,
        };
        Key { at: at.timestamp(), id: request.id.0 }
    }
}

/// Part of the requests that a filter lets pass.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    order: Order,
    window: Window,
) -> Result<Vec<Request>, StoreError> {
    let mut sql = Builder::new("SELECT r.* FROM requests r");
    push_filter(&mut sql, filter);
    let column = match order.by {
        SortBy::Created => "r.created_at",
        SortBy::Updated => "r.public_updated_at",
    };
    let descending = order.descending != window.backwards();
    if let Some(key) = window.key() {
        let side = if descending { "<" } else { ">" };
        sql.push(" AND (").push(column).push(", r.id) ").push(side).push(" (");
        sql.push_bind(key.at).push(", ").push_bind(key.id).push(")");
    }
    let way = if descending { " DESC" } else { " ASC" };
    sql.push(" ORDER BY ").push(column).push(way).push(", r.id").push(way);
    let (limit, offset) = window.limits();
    sql.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
    let mut rows: Vec<Request> = sql.build_query_as().fetch_all(conn).await?;
    if window.backwards() {
        rows.reverse();
    }
    Ok(rows)
}

/// How many requests a filter lets pass.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, filter: &Filter) -> Result<i64, StoreError> {
    let mut sql = Builder::new("SELECT COUNT(*) FROM requests r");
    push_filter(&mut sql, filter);
    Ok(sql.build_query_scalar().fetch_one(conn).await?)
}

fn push_filter(sql: &mut Builder, filter: &Filter) {
    match filter.whose {
        Whose::Requester(user) => sql.push(" WHERE r.requester_id = ").push_bind(user),
        Whose::Copied(user) => sql
            .push(" JOIN request_ccs c ON c.request_id = r.id WHERE c.user_id = ")
            .push_bind(user),
    };
    if !filter.statuses.is_empty() {
        sql.push(" AND r.status IN (");
        let mut list = sql.separated(", ");
        for status in &filter.statuses {
            list.push_bind(status.name());
        }
        sql.push(")");
    }
}
