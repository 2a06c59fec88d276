//! A page of requests before it is shown to anybody: what the lists of both APIs have in common.

use crate::{
    caller::{Caller, Query},
    error::Error,
    paging::{COUNTED, Paging},
    store::{
        Conn, RequestId, StoreError, UserId, ccs,
        requests::{self, Filter, Order, Request, SortBy},
        users::{self, User},
    },
};
use api::{page::Place, request::Status};
use std::collections::BTreeMap;

/// Those copied on each of several requests.
pub(super) struct Copies(BTreeMap<RequestId, Vec<UserId>>);

/// Reads the part of a list that was asked for, and where it stands.
pub(super) async fn read(
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter,
    order: Order,
    paging: Paging,
) -> Result<(Vec<Request>, Place), Error> {
    let window = paging.window();
    let (mut rows, total) = match paging.counts() {
        true => requests::list_and_count(conn, filter, order, window, COUNTED).await?,
        false => (requests::list(conn, filter, order, window).await?, 0),
    };
    let place = paging.place(&mut rows, total, caller, |row| order.key(row, filter.staff));
    Ok((rows, place))
}

impl Copies {
    pub(super) async fn of(conn: &mut Conn, rows: &[Request]) -> Result<Self, StoreError> {
        let ids: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
        let mut copies: BTreeMap<RequestId, Vec<UserId>> = BTreeMap::new();
        for (request, user) in ccs::of_many(conn, &ids).await? {
            copies.entry(request).or_default().push(user);
        }
        Ok(Self(copies))
    }

    /// Those copied on one of them.
    pub(super) fn on(&self, id: RequestId) -> &[UserId] {
        self.0.get(&id).map_or(&[][..], Vec::as_slice)
    }

    /// Everybody who has to do with some requests, by id: those copied, the requesters, the assignees,
    /// and `others`.
    pub(super) async fn people(
        &self,
        conn: &mut Conn,
        rows: &[Request],
        others: impl IntoIterator<Item = UserId>,
    ) -> Result<Vec<User>, StoreError> {
        let mut ids: Vec<UserId> = self.0.values().flatten().copied().collect();
        ids.extend(rows.iter().map(|row| row.requester_id));
        ids.extend(rows.iter().filter_map(|row| row.assignee_id));
        ids.extend(others);
        ids.sort_unstable();
        ids.dedup();
        users::many(conn, &ids).await
    }
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
