//! `GET /search` and `GET /search/count`.

use crate::{
    AppState,
    auth::Staff,
    body::Json,
    caller::{Caller, Query},
    domain::{
        rights::Viewer,
        search::{self, Search, Sought, filter},
    },
    error::Error,
    paging::{MOST, Paging},
    routes::{
        page,
        tickets::{Shown, With},
    },
    store::{Conn, requests},
};
use api::search::{Hit, HitCount, HitList};
use axum::extract::State;

/// Finds tickets by words and operators; a thousand of them can be reached. `sort_by` and `sort_order`
/// win over what the text says of the order.
///
/// # Errors
/// When there are too many words, a value cannot be meant, the page begins behind the thousandth
/// hit, or the database fails.
pub async fn search(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    caller: Caller,
) -> Result<Json<HitList>, Error> {
    let paging = Paging::of_search(&caller.query, MOST)?;
    let mut read = state.store.read().await?;
    let mut sought = sought(&state, &mut read, &viewer, &caller.query).await?;
    if let Some(by) = caller.query.get("sort_by").and_then(filter::sort_by) {
        sought.order.by = by;
    }
    if let Some(way) = caller.query.get("sort_order") {
        sought.order.descending = way != "asc";
    }
    let (rows, place) =
        page::read(&mut read, &caller, &sought.filter, sought.order, paging).await?;
    let shown = Shown::of(&state, &caller, &mut read, &rows, With::asked(&caller)).await?;
    let results = shown.tickets.into_iter().map(|ticket| Hit::Ticket(Box::new(ticket)));
    Ok(Json(HitList { results: results.collect(), users: shown.users, place }))
}

/// How many there are.
///
/// # Errors
/// When there are too many words, a value cannot be meant, or the database fails.
pub async fn count_search(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    caller: Caller,
) -> Result<Json<HitCount>, Error> {
    let mut read = state.store.read().await?;
    let sought = sought(&state, &mut read, &viewer, &caller.query).await?;
    let count = requests::count(&mut read, &sought.filter, i64::MAX).await?;
    Ok(Json(HitCount { count }))
}

/// What the query asks for.
pub(super) async fn sought(
    state: &AppState,
    conn: &mut Conn,
    viewer: &Viewer,
    query: &Query,
) -> Result<Sought, Error> {
    let text = query.get("query").unwrap_or("");
    let search = Search { text, by: viewer, staff: true, now: state.env.now() };
    let mut sought = search::read(conn, search).await??;
    // People and organizations are not tickets.
    sought.filter.nothing |= sought.other.is_some();
    Ok(sought)
}
