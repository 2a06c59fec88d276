//! Lists of requests: whose, which, in what order, which part.
//!
//! Each [`Whose`] with each order by time has an index that is walked in that order; what else is
//! asked for is looked at on the way. `tests/it/plans.rs` reads the plan of every kind.

use super::Request;
use crate::store::{
    OrganizationId, StoreError, UserId,
    clauses::{push_behind, push_limits, push_list, push_span},
    sqlite::{
        Builder, Conn, dialect,
        texts::{self, Hits},
    },
    texts::Words,
    window::{Key, Window},
};
use api::request::Status;
use sla::Severity;
use std::ops::RangeInclusive;

/// To whom the requests of a list belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those that a person raised.
    Requester(UserId),
    /// Those on which a person is copied.
    Copied(UserId),
    /// Those of an organization.
    Organization(OrganizationId),
    /// Those on which an agent works.
    Assignee(UserId),
    /// Those that a person raised or is copied on, and all of some organizations.
    Visible { to: UserId, organizations: Vec<OrganizationId> },
    /// All; for staff.
    Anybody,
}

/// Unix seconds between which an instant must lie.
pub type Span = RangeInclusive<i64>;

/// Which requests. What is empty or none does not filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub whose: Whose,
    /// As staff see it: private notes are searched, and `updated` is what they call so.
    pub staff: bool,
    pub words: Option<Words>,
    /// Any of these.
    pub statuses: Vec<Status>,
    /// Any of these.
    pub severities: Vec<Severity>,
    /// Any of these types.
    pub kinds: Vec<String>,
    pub created: Option<Span>,
    pub updated: Option<Span>,
    pub requester: Option<UserId>,
    pub copied: Option<UserId>,
    /// Of an organization, or of none.
    pub organization: Option<Option<OrganizationId>>,
    /// Worked on by an agent, or by nobody.
    pub assignee: Option<Option<UserId>>,
    pub external_id: Option<String>,
    pub channel: Option<String>,
    /// All of these.
    pub tags: Vec<String>,
    /// Finds nothing: somebody was named who does not exist.
    pub nothing: bool,
}

impl Filter {
    /// All requests of somebody.
    #[must_use]
    pub fn of(whose: Whose) -> Self {
        Self {
            whose,
            staff: false,
            words: None,
            statuses: Vec::new(),
            severities: Vec::new(),
            kinds: Vec::new(),
            created: None,
            updated: None,
            requester: None,
            copied: None,
            organization: None,
            assignee: None,
            external_id: None,
            channel: None,
            tags: Vec::new(),
            nothing: false,
        }
    }

    /// Lets only some statuses pass; false when none is left that could.
    pub fn narrow(&mut self, statuses: &[Status]) -> bool {
        if self.statuses.is_empty() {
            self.statuses = statuses.to_vec();
        } else {
            self.statuses.retain(|status| statuses.contains(status));
        }
        !self.statuses.is_empty()
    }

    /// Whether the rows of `request_ccs` alone can tell which they are.
    fn by_copies(&self) -> bool {
        matches!(self.whose, Whose::Copied(_)) && self.words.is_none()
    }

    /// The column that has the request's number.
    fn id(&self) -> &'static str {
        if self.by_copies() { "c.request_id" } else { "r.id" }
    }

    /// Whether an order asks how well the words fit.
    pub(super) fn ranks(&self, order: Order) -> bool {
        order.by == SortBy::Relevance && self.words.is_some()
    }
}

/// What a list is sorted by. The id breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    Id,
    Created,
    /// The last change that the caller sees.
    Updated,
    /// How well the words fit; without words, the last change. Searches only.
    Relevance,
    /// The graver, the greater. Searches only.
    Priority,
    /// In the order of a request's life. Searches only.
    Status,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub by: SortBy,
    pub descending: bool,
}

impl Order {
    /// A request's place in an order by id or time, for cursors.
    #[must_use]
    pub fn key(self, request: &Request, staff: bool) -> Key {
        let at = match self.by {
            SortBy::Id => request.id.0,
            SortBy::Updated if staff => request.updated_at.timestamp(),
            SortBy::Updated => request.public_updated_at.timestamp(),
            _ => request.created_at.timestamp(),
        };
        Key { at, id: request.id.0 }
    }
}

/// How well the words fit.
const SCORE: &str = "hits.score";

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
    let rows: Vec<Request> =
        list_statement(filter, order, window).build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// How many requests a filter lets pass, counted no further than `most`.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, filter: &Filter, most: i64) -> Result<i64, StoreError> {
    Ok(count_statement(filter, most).build_query_scalar().fetch_one(conn).await?)
}

/// The plans by which SQLite would answer a list and its count; for tests.
///
/// # Errors
/// When the database fails.
pub async fn plans(
    conn: &mut Conn,
    filter: &Filter,
    order: Order,
    window: Window,
) -> Result<[Vec<String>; 2], StoreError> {
    let list = dialect::plan(conn, list_statement(filter, order, window)).await?;
    Ok([list, dialect::plan(conn, count_statement(filter, 100)).await?])
}

fn list_statement(filter: &Filter, order: Order, window: Window) -> Builder {
    let mut sql = Builder::new("SELECT r.* FROM ");
    push_source(&mut sql, filter, hits(order, window), filter.ranks(order), true);
    push_conditions(&mut sql, filter);
    let column = column(filter, order.by);
    let descending = order.descending != window.backwards();
    push_behind(&mut sql, [column, filter.id()], descending, window);
    push_order(&mut sql, filter, order.by, descending);
    push_limits(&mut sql, window);
    sql
}

fn count_statement(filter: &Filter, most: i64) -> Builder {
    let mut sql = Builder::new("SELECT COUNT(*) FROM (SELECT 1 FROM ");
    push_source(&mut sql, filter, Hits::Newest, false, needs_requests(filter));
    push_conditions(&mut sql, filter);
    sql.push(" LIMIT ").push_bind(most).push(")");
    sql
}

/// Which of the hits of a search are looked at. A list by number goes on where its cursor is, however
/// many hits lie before it.
fn hits(order: Order, window: Window) -> Hits {
    match (order.by, window.key()) {
        (SortBy::Id, Some(key)) if order.descending != window.backwards() => Hits::Below(key.id),
        (SortBy::Id, Some(key)) => Hits::Above(key.id),
        _ => Hits::Newest,
    }
}

/// The order, with the id where two are alike.
pub(super) fn push_order(sql: &mut Builder, filter: &Filter, by: SortBy, descending: bool) {
    let (column, id) = (column(filter, by), filter.id());
    let way = if descending { " DESC" } else { " ASC" };
    // The better hit has the smaller score, and of two alike the newer one is the better.
    let (first, second) = if column == SCORE { (" ASC", " DESC") } else { (way, way) };
    sql.push(" ORDER BY ").push(column).push(first);
    if column != id {
        sql.push(", ").push(id).push(second);
    }
}

/// The tables, in the order in which they are to be walked: `CROSS JOIN` keeps SQLite from choosing
/// another.
pub(super) fn push_source(
    sql: &mut Builder,
    filter: &Filter,
    hits: Hits,
    ranked: bool,
    requests: bool,
) {
    if let Some(words) = &filter.words {
        texts::push_hits(sql, words, hits, ranked);
        sql.push(" CROSS JOIN requests r ON r.id = hits.id");
    } else if filter.by_copies() {
        sql.push("request_ccs c");
        if requests {
            sql.push(" CROSS JOIN requests r ON r.id = c.request_id");
        }
    } else {
        sql.push("requests r");
    }
}

/// Whether a count has to look at the requests themselves and not only at their copies.
fn needs_requests(filter: &Filter) -> bool {
    let plain = Filter { statuses: filter.statuses.clone(), ..Filter::of(filter.whose.clone()) };
    !filter.by_copies() || *filter != plain
}

fn column(filter: &Filter, by: SortBy) -> &'static str {
    match (by, filter.by_copies()) {
        (SortBy::Id, true) => "c.request_id",
        (SortBy::Id, false) => "r.id",
        (SortBy::Created, true) => "c.created_at",
        (SortBy::Created, false) => "r.created_at",
        (SortBy::Relevance, _) if filter.words.is_some() => SCORE,
        (SortBy::Updated | SortBy::Relevance, true) if !filter.staff => "c.public_updated_at",
        (SortBy::Updated | SortBy::Relevance, _) if filter.staff => "r.updated_at",
        (SortBy::Updated | SortBy::Relevance, _) => "r.public_updated_at",
        (SortBy::Priority, _) => {
            "CASE r.priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1 ELSE 0 END"
        }
        (SortBy::Status, _) => {
            "CASE r.status WHEN 'new' THEN 0 WHEN 'open' THEN 1 WHEN 'pending' THEN 2 \
             WHEN 'hold' THEN 3 WHEN 'solved' THEN 4 ELSE 5 END"
        }
    }
}

pub(super) fn push_conditions(sql: &mut Builder, filter: &Filter) {
    sql.push(if filter.nothing { " WHERE 1 = 0" } else { " WHERE 1 = 1" });
    push_whose(sql, filter);
    if !filter.staff {
        sql.push(if filter.by_copies() { " AND c.public" } else { " AND r.public" });
    }
    if let Some(user) = filter.requester {
        sql.push(" AND r.requester_id = ").push_bind(user);
    }
    if let Some(user) = filter.copied {
        push_copied(sql, user);
    }
    match filter.organization {
        Some(Some(id)) => sql.push(" AND r.organization_id = ").push_bind(id),
        Some(None) => sql.push(" AND r.organization_id IS NULL"),
        None => sql,
    };
    match filter.assignee {
        Some(Some(id)) => sql.push(" AND r.assignee_id = ").push_bind(id),
        Some(None) => sql.push(" AND r.assignee_id IS NULL"),
        None => sql,
    };
    let status = if filter.by_copies() { " AND c.status" } else { " AND r.status" };
    let words = |names: Vec<&'static str>| names.into_iter().map(String::from).collect();
    push_any(sql, status, words(filter.statuses.iter().map(|it| it.name()).collect()));
    let priorities = filter.severities.iter().map(|it| it.priority()).collect();
    push_any(sql, " AND r.priority", words(priorities));
    push_any(sql, " AND r.type", filter.kinds.clone());
    push_span(sql, column(filter, SortBy::Created), filter.created.as_ref());
    push_span(sql, column(filter, SortBy::Updated), filter.updated.as_ref());
    if let Some(id) = &filter.external_id {
        sql.push(" AND r.external_id = ").push_bind(id.clone());
    }
    if let Some(channel) = &filter.channel {
        sql.push(" AND r.channel = ").push_bind(channel.clone());
    }
    for tag in &filter.tags {
        dialect::push_has_tag(sql, tag);
    }
}

fn push_whose(sql: &mut Builder, filter: &Filter) {
    match &filter.whose {
        Whose::Requester(user) => {
            sql.push(" AND r.requester_id = ").push_bind(*user);
        }
        Whose::Copied(user) if filter.by_copies() => {
            sql.push(" AND c.user_id = ").push_bind(*user);
        }
        Whose::Copied(user) => push_copied(sql, *user),
        Whose::Organization(id) => {
            sql.push(" AND r.organization_id = ").push_bind(*id);
        }
        Whose::Assignee(user) => {
            sql.push(" AND r.assignee_id = ").push_bind(*user);
        }
        Whose::Visible { to, organizations } if filter.words.is_some() => {
            sql.push(" AND (r.requester_id = ").push_bind(*to);
            for id in organizations {
                sql.push(" OR r.organization_id = ").push_bind(*id);
            }
            sql.push(" OR EXISTS (SELECT 1 FROM request_ccs x WHERE x.request_id = r.id");
            sql.push(" AND x.user_id = ").push_bind(*to).push("))");
        }
        Whose::Visible { to, organizations } => {
            sql.push(" AND r.id IN (SELECT id FROM requests WHERE requester_id = ").push_bind(*to);
            sql.push(" UNION SELECT request_id FROM request_ccs WHERE user_id = ").push_bind(*to);
            for id in organizations {
                sql.push(" UNION SELECT id FROM requests WHERE organization_id = ").push_bind(*id);
            }
            sql.push(")");
        }
        Whose::Anybody => {}
    }
}

fn push_copied(sql: &mut Builder, user: UserId) {
    sql.push(" AND EXISTS (SELECT 1 FROM request_ccs x WHERE x.request_id = r.id");
    sql.push(" AND x.user_id = ").push_bind(user).push(")");
}

fn push_any(sql: &mut Builder, column: &str, values: Vec<String>) {
    if values.is_empty() {
        return;
    }
    sql.push(column).push(" IN ");
    push_list(sql, values);
}
