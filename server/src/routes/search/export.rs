//! `GET /search/export`: all that a search finds, page after page.

use super::kinds::Sought;
use crate::{
    AppState,
    auth::{Snapshot, Staff},
    body::Json,
    caller::Caller,
    error::Error,
    paging::Paging,
    store::requests::{Order, SortBy},
};
use api::search::HitList;
use axum::extract::State;

/// Everything that is found: tickets the newest first, people and organizations by number.
///
/// # Errors
/// When there are too many words, a value or a cursor cannot be meant, or the database fails.
pub async fn export_search(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<HitList>, Error> {
    let paging = Paging::of_export(&caller.query)?;
    let kind = caller.query.get("filter[type]");
    let mut sought = Sought::read(&state, &mut read, &viewer, &caller, kind).await?;
    if let Sought::Tickets { order, .. } = &mut sought {
        // The one order in which a cursor finds its place again among any number of hits.
        *order = Order { by: SortBy::Id, descending: true };
    }
    sought.page(&state, &mut read, &caller, paging).await.map(Json)
}
