//! `GET /search` and `GET /search/count`.

use super::kinds::Sought;
use crate::{
    AppState,
    auth::{Snapshot, Staff},
    body::Json,
    caller::Caller,
    domain::search::filter,
    error::Error,
    paging::{MOST, Paging},
};
use api::search::{HitCount, HitList};
use axum::extract::State;

/// Finds records by words and operators: tickets, or what `type:` names. A thousand of them can be
/// reached. `sort_by` and `sort_order` win over what the text says of the order.
///
/// # Errors
/// When there are too many words, a value cannot be meant, the page begins behind the thousandth
/// hit, or the database fails.
pub async fn search(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<HitList>, Error> {
    let paging = Paging::of_search(&caller.query, MOST)?;
    let mut sought = Sought::read(&state, &mut read, &viewer, &caller, None).await?;
    if let Sought::Tickets { order, .. } = &mut sought {
        if let Some(by) = caller.query.get("sort_by").and_then(filter::sort_by) {
            order.by = by;
        }
        if let Some(way) = caller.query.get("sort_order") {
            order.descending = way != "asc";
        }
    }
    sought.page(&state, &mut read, &caller, paging).await.map(Json)
}

/// How many there are.
///
/// # Errors
/// When there are too many words, a value cannot be meant, or the database fails.
pub async fn count_search(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<HitCount>, Error> {
    let sought = Sought::read(&state, &mut read, &viewer, &caller, None).await?;
    Ok(Json(HitCount { count: sought.count(&mut read, i64::MAX).await? }))
}
