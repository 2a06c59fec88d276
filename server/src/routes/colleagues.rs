//! Ours: `GET /api/handrail/v1/people`, for choosing whom to copy.

use crate::{
    AppState, auth::EndUser, body::Json, caller::Caller, error::Error, store::users, view,
};
use api::user::ColleagueList;
use axum::extract::State;

/// Rows of an answer.
const MOST: i64 = 10;
/// Characters that are looked at.
const MOST_TYPED: usize = 100;

/// People of one's own organizations whose name or address begins with what was typed, with their
/// addresses: whoever belongs to the same customer may know them.
///
/// # Errors
/// When the database fails.
pub async fn list_colleagues(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    caller: Caller,
) -> Result<Json<ColleagueList>, Error> {
    let typed: String = caller.query.get("query").unwrap_or("").chars().take(MOST_TYPED).collect();
    let organizations: Vec<_> = viewer.organizations.iter().map(|(id, _)| *id).collect();
    let mut read = state.store.read().await?;
    let found = users::colleagues(&mut read, viewer.id, &organizations, &typed, MOST).await?;
    Ok(Json(ColleagueList { people: found.iter().map(view::colleague).collect() }))
}
