//! `GET /requests` and its sisters: `open`, `solved`, `ccd`, those of a person and those of an
//! organization.

use super::page;
use crate::{
    AppState,
    auth::{EndUser, PathNumber, Snapshot},
    body::Json,
    caller::Caller,
    domain::rights::Viewer,
    error::Error,
    paging::Paging,
    routes::page::{order, statuses},
    store::{
        Conn, OrganizationId, UserId, organizations,
        requests::{Filter, Whose},
        users::{self, Sharing},
    },
};
use api::request::{RequestList, Status};
use axum::extract::State;

/// Those that the caller raised.
///
/// # Errors
/// For a page that cannot be had, or when the database fails; so for all of them.
pub async fn list_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let whose = Whose::Requester(viewer.id);
    list(&state, &mut read, &viewer, &caller, whose, statuses(&caller.query)).await
}

/// Those that the caller raised and that are open: the one status, as the contract words it.
pub async fn list_open_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let whose = Whose::Requester(viewer.id);
    list(&state, &mut read, &viewer, &caller, whose, vec![Status::Open]).await
}

/// Those that the caller raised and that are solved, closed ones not among them.
pub async fn list_solved_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let whose = Whose::Requester(viewer.id);
    list(&state, &mut read, &viewer, &caller, whose, vec![Status::Solved]).await
}

/// Those on which the caller is copied.
pub async fn list_ccd_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let whose = Whose::Copied(viewer.id);
    list(&state, &mut read, &viewer, &caller, whose, statuses(&caller.query)).await
}

/// Those of an organization, for its members who may see them, and for staff. Somebody else's
/// organization does not exist; a member who sees their own requests only is told so with 403.
pub async fn list_organization_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let id = OrganizationId(id);
    let found = organizations::by_id(&mut read, id).await?;
    match (found, viewer.sharing(id)) {
        (Some(_), _) if viewer.is_staff() => {}
        (Some(_), Some(Sharing::View | Sharing::Comment)) => {}
        (Some(_), Some(Sharing::Own)) => {
            return Err(Error::Forbidden("Your organization does not share its requests with you"));
        }
        _ => return Err(Error::RecordNotFound),
    }
    list(&state, &mut read, &viewer, &caller, Whose::Organization(id), statuses(&caller.query))
        .await
}

/// Those that a person raised: for that person, and for staff.
pub async fn list_user_requests(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    Snapshot(mut read): Snapshot,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<RequestList>, Error> {
    let id = UserId(id);
    let found = users::by_id(&mut read, id).await?;
    if found.is_none() || (id != viewer.id && !viewer.is_staff()) {
        return Err(Error::RecordNotFound);
    }
    list(&state, &mut read, &viewer, &caller, Whose::Requester(id), statuses(&caller.query)).await
}

async fn list(
    state: &AppState,
    read: &mut Conn,
    viewer: &Viewer,
    caller: &Caller,
    whose: Whose,
    statuses: Vec<Status>,
) -> Result<Json<RequestList>, Error> {
    let filter = Filter { statuses, ..Filter::of(whose) };
    let paging = Paging::read(&caller.query)?;
    page::read(state, read, viewer, caller, &filter, order(&caller.query), paging).await.map(Json)
}
