//! `GET /search/export`: all that a search finds, page after page.

use super::find::sought;
use crate::{
    AppState,
    auth::Staff,
    body::Json,
    caller::Caller,
    error::Error,
    paging::Paging,
    routes::{
        page,
        tickets::{Shown, With},
    },
    store::requests::{Order, SortBy},
};
use api::search::{Hit, HitList};
use axum::extract::State;

/// Everything that is found, the newest first.
///
/// # Errors
/// When there are too many words, a value or a cursor cannot be meant, or the database fails.
pub async fn export_search(
    State(state): State<AppState>,
    Staff(viewer): Staff,
    caller: Caller,
) -> Result<Json<HitList>, Error> {
    let paging = Paging::of_export(&caller.query)?;
    let mut read = state.store.read().await?;
    let mut sought = sought(&state, &mut read, &viewer, &caller.query).await?;
    let order = Order { by: SortBy::Id, descending: true };
    sought.filter.nothing |= caller.query.get("filter[type]").is_some_and(|kind| kind != "ticket");
    let (rows, place) = page::read(&mut read, &caller, &sought.filter, order, paging).await?;
    let shown = Shown::of(&state, &caller, &mut read, &rows, With::asked(&caller)).await?;
    let results = shown.tickets.into_iter().map(|ticket| Hit::Ticket(Box::new(ticket)));
    Ok(Json(HitList { results: results.collect(), users: shown.users, place }))
}
