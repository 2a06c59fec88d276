//! Searches by words: a page of what is found, and how much that is.
//!
//! To find is what costs, and more so the more common the words are. So the words are looked for
//! once: that gives the numbers of all hits in their order, and with them how many they are. Only the
//! rows of the page are read whole.

use super::{
    Filter, Order, Request, count, list as plain,
    list::{push_conditions, push_order, push_source},
    many,
};
use crate::store::{
    RequestId, StoreError,
    sqlite::{
        Builder, Conn, dialect,
        texts::{Hits, MOST_HITS},
    },
    texts::Scope,
    window::Window,
};

/// Part of the requests that a filter lets pass, and how many those are in all, counted no further
/// than `most`.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn list_and_count(
    conn: &mut Conn,
    filter: &Filter,
    order: Order,
    window: Window,
    most: i64,
) -> Result<(Vec<Request>, i64), StoreError> {
    let (Window::Offset { skip, take }, Some(_)) = (window, &filter.words) else {
        return Ok((plain(conn, filter, order, window).await?, count(conn, filter, most).await?));
    };
    let hits = extent(conn, filter).await?;
    let found: Vec<RequestId> =
        ids_statement(filter, order, hits).build_query_scalar().fetch_all(conn).await?;
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX).min(most);
    let size = |number: i64| usize::try_from(number).unwrap_or_default();
    let page: Vec<RequestId> = found.into_iter().skip(size(skip)).take(size(take)).collect();
    let mut rows = many(conn, &page).await?;
    rows.sort_by_key(|row| page.iter().position(|id| *id == row.id));
    Ok((rows, total))
}

/// The plans by which SQLite would find hits, all of them or the newest; for tests.
pub async fn search_plans(
    conn: &mut Conn,
    filter: &Filter,
    order: Order,
) -> Result<[Vec<String>; 2], StoreError> {
    let all = dialect::plan(conn, ids_statement(filter, order, Hits::All)).await?;
    Ok([all, dialect::plan(conn, ids_statement(filter, order, Hits::Newest)).await?])
}

/// Which hits are looked at: the newest ones, or simply all where there cannot be more.
async fn extent(conn: &mut Conn, filter: &Filter) -> Result<Hits, StoreError> {
    let among = filter.words.as_ref().map_or(&[][..], |words| &words.among);
    if among.is_empty() {
        return Ok(Hits::Newest);
    }
    let mut sql = Builder::new("SELECT 0");
    for scope in among {
        sql.push(" + (SELECT COUNT(*) FROM (SELECT 1 FROM ");
        match scope {
            Scope::Requester(id) => sql.push("requests WHERE requester_id = ").push_bind(*id),
            Scope::Copied(id) => sql.push("request_ccs WHERE user_id = ").push_bind(*id),
            Scope::Organization(id) => sql.push("requests WHERE organization_id = ").push_bind(*id),
        };
        sql.push(" LIMIT ").push_bind(MOST_HITS + 1).push("))");
    }
    let reach: i64 = sql.build_query_scalar().fetch_one(conn).await?;
    Ok(if reach <= MOST_HITS { Hits::All } else { Hits::Newest })
}

fn ids_statement(filter: &Filter, order: Order, hits: Hits) -> Builder {
    let mut sql = Builder::new("SELECT r.id FROM ");
    push_source(&mut sql, filter, hits, filter.ranks(order), true);
    push_conditions(&mut sql, filter);
    push_order(&mut sql, filter, order.by, order.descending);
    sql
}
