//! A page of requests: what every list and the search have in common.

use crate::{
    AppState,
    caller::{Caller, Query},
    domain::rights::Viewer,
    error::Error,
    paging::{COUNTED, Paging},
    store::{
        RequestId, UserId, ccs,
        requests::{self, Filter, Order, SortBy},
        users,
    },
    view::{self, Clocks},
};
use api::request::{RequestList, Status};
use std::collections::BTreeMap;

/// Reads the part of a list that was asked for, as one person sees it.
pub(super) async fn read(
    state: &AppState,
    viewer: &Viewer,
    caller: &Caller,
    filter: &Filter,
    order: Order,
    paging: Paging,
) -> Result<RequestList, Error> {
    let mut read = state.store.read().await?;
    let mut rows = requests::list(&mut read, filter, order, paging.window()).await?;
    let total = match paging.counts() {
        true => requests::count(&mut read, filter, COUNTED).await?,
        false => 0,
    };
    let place = paging.place(&mut rows, total, caller, |row| order.key(row, filter.staff));

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
        view::request(caller, viewer, row, copied, clocks.as_ref())
    });
    Ok(RequestList { requests: requests.collect(), users: people, place })
}

/// The statuses asked for. A word that is none is dropped, and when none is left so is the filter:
/// that is what Zendesk does, and clients built for it count on it.
pub(super) fn statuses(query: &Query) -> Vec<Status> {
    let words = query.get("status").unwrap_or("").split(',');
    words.filter_map(|word| Status::from_name(word.trim())).collect()
}

/// Order asked for: by creation, oldest first, unless told otherwise.
pub(super) fn order(query: &Query) -> Order {
    let by = match query.get("sort_by") {
        Some("updated_at") => SortBy::Updated,
        _ => SortBy::Created,
    };
    Order { by, descending: query.get("sort_order") == Some("desc") }
}
