//! A page of requests as one person sees it.

use crate::{
    AppState,
    caller::Caller,
    domain::rights::Viewer,
    error::Error,
    paging::Paging,
    routes::page::{self, Copies},
    store::{
        Conn,
        requests::{Filter, Order},
    },
    view::{self, Clocks},
};
use api::request::RequestList;

/// Reads the part of a list that was asked for.
pub(super) async fn read(
    state: &AppState,
    read: &mut Conn,
    viewer: &Viewer,
    caller: &Caller,
    filter: &Filter,
    order: Order,
    paging: Paging,
) -> Result<RequestList, Error> {
    let (rows, place) = page::read(read, caller, filter, order, paging).await?;
    let copies = Copies::of(read, &rows).await?;
    let users = match caller.query.lists("include", "users") {
        true => {
            let people = copies.people(read, &rows, []).await?;
            Some(people.iter().map(view::person).collect())
        }
        false => None,
    };
    let clocks = Clocks::wanted(state, caller);
    let requests = rows.into_iter().map(|row| {
        let copied = copies.on(row.id);
        view::request(caller, viewer, row, copied, clocks.as_ref())
    });
    Ok(RequestList { requests: requests.collect(), users, place })
}
