//! `GET /requests` and its sisters `open`, `solved` and `ccd`.

use crate::{
    AppState,
    auth::EndUser,
    body::Json,
    caller::{Caller, Query},
    error::Error,
    paging::Paging,
    store::{
        RequestId, UserId, ccs,
        requests::{self, Filter, Order, SortBy, Whose},
        users,
    },
    view::{self, Clocks},
};
use api::request::{RequestList, Status};
use axum::extract::State;
use std::collections::BTreeMap;

/// Those that the caller raised.
///
/// # Errors
/// For a page that cannot be had, or when the database fails; so for all four.
pub async fn list_requests(
    State(state): State<AppState>,
    EndUser(user): EndUser,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let statuses = asked_statuses(&caller.query);
    list(&state, user, &caller, Whose::Requester, statuses).await
}

/// Those that the caller raised and that are open: the one status, as the contract words it.
pub async fn list_open_requests(
    State(state): State<AppState>,
    EndUser(user): EndUser,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    list(&state, user, &caller, Whose::Requester, vec![Status::Open]).await
}

/// Those that the caller raised and that are solved, closed ones not among them.
pub async fn list_solved_requests(
    State(state): State<AppState>,
    EndUser(user): EndUser,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    list(&state, user, &caller, Whose::Requester, vec![Status::Solved]).await
}

/// Those on which the caller is copied.
pub async fn list_ccd_requests(
    State(state): State<AppState>,
    EndUser(user): EndUser,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let statuses = asked_statuses(&caller.query);
    list(&state, user, &caller, Whose::Copied, statuses).await
}

async fn list(
    state: &AppState,
    user: users::User,
    caller: &Caller,
    whose: fn(UserId) -> Whose,
    statuses: Vec<Status>,
) -> Result<Json<RequestList>, Error> {
    let filter = Filter { whose: whose(user.id), statuses };
    let order = order(&caller.query);
    let paging = Paging::read(&caller.query)?;
    let mut read = state.store.read().await?;
    let mut rows = requests::list(&mut read, &filter, order, paging.window()).await?;
    let total = if paging.counts() { requests::count(&mut read, &filter).await? } else { 0 };
    let place = paging.place(&mut rows, total, caller, |row| order.key(row));

    let ids: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
    let mut copied: BTreeMap<RequestId, Vec<UserId>> = BTreeMap::new();
    for (request, user) in ccs::of_many(&mut read, &ids).await? {
        copied.entry(request).or_default().push(user);
    }
    let people = if caller.query.lists("include", "users") {
        let mut ids: Vec<UserId> = copied.values().flatten().copied().collect();
        ids.extend(rows.iter().map(|row| row.requester_id));
        ids.extend(rows.iter().filter_map(|row| row.assignee_id));
        ids.sort_unstable();
        ids.dedup();
        Some(users::many(&mut read, &ids).await?.iter().map(view::person).collect())
    } else {
        None
    };
    let clocks = Clocks::wanted(state, caller);
    let requests = rows.iter().map(|row| {
        let copied = copied.get(&row.id).map_or(&[][..], Vec::as_slice);
        view::request(caller, &user, row, copied, clocks.as_ref())
    });
    Ok(Json(RequestList { requests: requests.collect(), users: people, place }))
}

/// The statuses asked for. A word that is none is dropped, and when none is left so is the filter:
/// that is what Zendesk does, and clients built for it count on it.
fn asked_statuses(query: &Query) -> Vec<Status> {
    let words = query.get("status").unwrap_or("").split(',');
    words.filter_map(|word| Status::from_name(word.trim())).collect()
}

/// Order asked for: by creation, oldest first, unless told otherwise.
fn order(query: &Query) -> Order {
    let by = match query.get("sort_by") {
        Some("updated_at") => SortBy::Updated,
        _ => SortBy::Created,
    };
    Order { by, descending: query.get("sort_order") == Some("desc") }
}
