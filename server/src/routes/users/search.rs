//! `GET /users/search` and `/users/autocomplete`, for agents.

use super::list::page;
use crate::{
    AppState,
    auth::Staff,
    body::Json,
    caller::Caller,
    domain::search::directory,
    error::Error,
    store::users::{Filter, Part, Word},
};
use api::user::UserList;
use axum::extract::State;

/// People by `query` or `external_id`.
///
/// # Errors
/// When the search cannot be made, or the database fails.
pub async fn search_users(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<UserList>, Error> {
    let mut read = state.store.read().await?;
    let filter = match caller.query.get("external_id") {
        Some(id) => Filter { external_id: Some(id.to_owned()), ..Filter::default() },
        None => {
            let text = caller.query.get("query").unwrap_or("");
            directory::users(&mut read, text, state.env.now()).await??
        }
    };
    page(&mut read, &caller, &filter).await.map(Json)
}

/// People whose name has words that begin with those of `name`. Nobody for no name.
///
/// # Errors
/// When the database fails.
pub async fn autocomplete_users(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<UserList>, Error> {
    let typed = directory::typed(caller.query.get("name").unwrap_or(""));
    let words: Vec<Word> = typed.into_iter().map(|text| Word { text, part: Part::Name }).collect();
    let filter = Filter { nothing: words.is_empty(), words, ..Filter::default() };
    page(&mut *state.store.read().await?, &caller, &filter).await.map(Json)
}
