//! A page of requests as one person sees it.

use crate::{
    AppState,
    caller::Caller,
    domain::rights::Viewer,
    error::Error,
    paging::Paging,
    routes::page::{self, Copies},
    store::requests::{Filter, Order},
    view::{self, Clocks},
};
use api::request::RequestList;

/// Reads the part of a list that was asked for.
pub(super) async fn read(
    state: &AppState,
    viewer: &Viewer,
    caller: &Caller,
    filter: &Filter,
    order: Order,
    paging: Paging,
) -> Result<RequestList, Error> {
    let mut read = state.store.read().await?;
    let (rows, place) = page::read(&mut read, caller, filter, order, paging).await?;
    let copies = Copies::of(&mut read, &rows).await?;
    let users = match caller.query.lists("include", "users") {
        true => {
            let people = copies.people(&mut read, &rows, []).await?;
            Some(people.iter().map(view::person).collect())
        }
        false => None,
    };
    let clocks = Clocks::wanted(state, caller);
    let requests = rows
        .iter()
        .map(|row| view::request(caller, viewer, row, copies.on(row.id), clocks.as_ref()));
    Ok(RequestList { requests: requests.collect(), users, place })
}
