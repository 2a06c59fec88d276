//! `GET /api/handrail/v1/requests/{id}/timeline`: ours.

use crate::{
    AppState,
    auth::SeenRequest,
    body::Json,
    caller::Caller,
    domain::timeline,
    error::Error,
    paging::Paging,
    store::{
        comments,
        events::{self, Event},
        users,
    },
    view,
};
use api::timeline::Timeline;
use axum::extract::State;

/// A part of what happened to a request beside what was said, with everybody it names.
///
/// # Errors
/// When there is no such request for the caller, the query cannot be meant, or the database fails.
pub async fn list_timeline(
    State(state): State<AppState>,
    caller: Caller,
    mut seen: SeenRequest,
) -> Result<Json<Timeline>, Error> {
    let query = &caller.query;
    let id = seen.request.id;
    let paging = Paging::read(query)?;
    let newest_first =
        query.get("sort") == Some("-created_at") || query.get("sort_order") == Some("desc");
    let mut rows = events::list_public(&mut seen.read, id, newest_first, paging.window()).await?;
    let total = if paging.counts() { events::count_public(&mut seen.read, id).await? } else { 0 };
    let place = paging.place(&mut rows, total, &caller, Event::key);
    let policy = &state.rules.policy;
    let replied = match seen.request.clock.fulfilled_at {
        Some(at) => comments::event_of_reply(&mut seen.read, id, at).await?,
        None => None,
    };
    let entries: Vec<_> =
        rows.iter().filter_map(|row| timeline::told(row, &seen.request, replied, policy)).collect();
    let people = users::many(&mut seen.read, &timeline::people(&entries)).await?;
    let users = people.iter().map(view::author).collect();
    Ok(Json(Timeline { timeline: entries, users, place }))
}
