//! `GET /requests/search`.

use super::page;
use crate::{
    AppState,
    auth::{EndUser, Snapshot},
    body::Json,
    caller::Caller,
    domain::search::{self, Search, filter},
    error::Error,
    paging::Paging,
    routes::page::statuses,
    store::OrganizationId,
};
use api::request::RequestList;
use axum::extract::State;

/// Hits of a page, unless told otherwise.
const ON_PAGE: i64 = 15;

/// Searches among what the caller may see. `query` has the words and operators; `status`,
/// `cc_id=true`, `organization_id`, `sort_by` and `sort_order` narrow and order beside it.
///
/// # Errors
/// When there are too many words, a value cannot be meant, the page begins behind the thousandth
/// hit, or the database fails.
pub async fn search_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let paging = Paging::of_search(&caller.query, ON_PAGE)?;
    let query = &caller.query;
    let text = query.get("query").unwrap_or("");
    let search = Search { text, by: &viewer, staff: false, now: state.env.now() };
    let sought = search::read(&mut read, search).await??;

    let (mut filter, mut order) = (sought.filter, sought.order);
    if query.get("cc_id") == Some("true") {
        filter::only(&mut filter.copied, viewer.id, &mut filter.nothing);
    }
    if let Some(id) = query.get("organization_id").and_then(|id| id.parse().ok()) {
        let id = Some(OrganizationId(id));
        filter::only(&mut filter.organization, id, &mut filter.nothing);
    }
    filter::settle(&mut filter, viewer.id);
    let asked = statuses(query);
    if !asked.is_empty() {
        filter.nothing |= !filter.narrow(&asked);
    }
    if let Some(by) = query.get("sort_by").and_then(filter::sort_by) {
        order.by = by;
    }
    if let Some(way) = query.get("sort_order") {
        order.descending = way != "asc";
    }
    page::read(&state, &mut read, &viewer, &caller, &filter, order, paging).await.map(Json)
}
