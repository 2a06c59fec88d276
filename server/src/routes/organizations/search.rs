//! `GET /organizations/search` and `/organizations/autocomplete`, for agents.

use super::list::page;
use crate::{
    AppState, auth::Staff, body::Json, caller::Caller, domain::search::directory, error::Error,
    paging::Paging, store::organizations::Filter,
};
use api::organization::OrganizationList;
use axum::extract::State;

/// The organization of an `external_id`, or those of a whole `name`. None for neither.
///
/// # Errors
/// When the database fails; so for both.
pub async fn search_organizations(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<OrganizationList>, Error> {
    let text = |key| caller.query.get(key).map(String::from);
    // zenpy glues its sideloads to the id: `external_id=7?include=None`.
    let unglued = |id: String| match id.split_once("?include=") {
        Some((id, _)) => id.to_owned(),
        None => id,
    };
    let (external_id, name) = (text("external_id").map(unglued), text("name"));
    let nothing = external_id.is_none() && name.is_none();
    let filter = Filter { external_id, name, nothing, ..Filter::default() };
    let paging = Paging::default();
    page(&mut *state.store.read().await?, &caller, &filter, paging).await.map(Json)
}

/// Organizations whose name has words that begin with those of `name`. None for no name.
pub async fn autocomplete_organizations(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<OrganizationList>, Error> {
    let words = directory::typed(caller.query.get("name").unwrap_or(""));
    let filter = Filter { nothing: words.is_empty(), words, ..Filter::default() };
    let paging = Paging::read(&caller.query)?;
    page(&mut *state.store.read().await?, &caller, &filter, paging).await.map(Json)
}
