//! Who belongs to which organization: agents say so, everybody reads their own.

use crate::{
    AppState,
    auth::{Party, PathNumber, Staff, path_number},
    body::{Json, JsonBody, Nothing},
    caller::Caller,
    describe::Input,
    domain::belonging,
    error::Error,
    idempotency::Created,
    paging::{COUNTED, Paging},
    store::{
        OrganizationId, UserId,
        memberships::{self, Named, Whose},
        organizations,
        sqlite::Conn,
        users,
        window::Key,
    },
    view,
};
use api::organization::{CreateMembership, MembershipEnvelope, MembershipList};
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

/// All memberships for agents, one's own for end users.
///
/// # Errors
/// For a page that cannot be had, when there is no such record for the caller, or when the database
/// fails; so for all of them.
pub async fn list_organization_memberships(
    State(state): State<AppState>,
    party: Party,
    caller: Caller,
) -> Result<Json<MembershipList>, Error> {
    let whose = match &party {
        Party::Staff(_) => Whose::Anybody,
        Party::EndUser(viewer) => Whose::User(viewer.id),
    };
    asked(&mut *state.store.read().await?, &caller, whose).await.map(Json)
}

/// Those of a person, for agents and that person.
pub async fn list_user_memberships(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<MembershipList>, Error> {
    let mut read = state.store.read().await?;
    let found = users::by_id(&mut read, UserId(id)).await?;
    let user = found.filter(|user| party.may_read(user.id)).ok_or(Error::RecordNotFound)?;
    asked(&mut read, &caller, Whose::User(user.id)).await.map(Json)
}

/// Those in an organization, for agents.
pub async fn list_memberships_of_organization(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<MembershipList>, Error> {
    let mut read = state.store.read().await?;
    let found = organizations::by_id(&mut read, OrganizationId(id)).await?;
    let organization = found.ok_or(Error::RecordNotFound)?;
    asked(&mut read, &caller, Whose::Organization(organization.id)).await.map(Json)
}

/// One, for agents and its person.
pub async fn show_organization_membership(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<MembershipEnvelope>, Error> {
    let found = memberships::by_id(&mut *state.store.read().await?, id).await?;
    let row = found.filter(|row| party.may_read(row.membership.user_id));
    let row = row.ok_or(Error::RecordNotFound)?;
    Ok(Json(MembershipEnvelope { organization_membership: view::membership(&caller, &row) }))
}

/// Adds somebody to an organization.
pub async fn create_organization_membership(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
    body: JsonBody<CreateMembership>,
) -> Result<Created<MembershipEnvelope>, Error> {
    let new = &body.value.organization_membership;
    let (user, organization) = (UserId(new.user_id), OrganizationId(new.organization_id));
    let default = new.default.unwrap_or(false);
    let mut tx = state.store.write().await?;
    let id = belonging::add(&mut tx, user, organization, default, state.env.now()).await?;
    let row = memberships::by_id(&mut tx, id).await?.ok_or(Error::RecordNotFound)?;
    tx.commit().await?;
    let organization_membership = view::membership(&caller, &row);
    let location = Some(organization_membership.url.clone());
    Created::new(location, &MembershipEnvelope { organization_membership })
}

/// Ends a membership. Whoever has it loses sight of the organization's requests at once.
pub async fn delete_organization_membership(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
) -> Result<Nothing, Error> {
    let mut tx = state.store.write().await?;
    let row = memberships::by_id(&mut tx, id).await?.ok_or(Error::RecordNotFound)?;
    belonging::end(&mut tx, &row.membership, state.env.now()).await?;
    tx.commit().await?;
    Ok(Nothing)
}

/// The number of a membership behind that of its person.
pub struct PathMembership(i64);

impl Input for PathMembership {}

impl FromRequestParts<AppState> for PathMembership {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(path_number(parts, state, "membership_id").await?))
    }
}

/// Makes a membership the default one of its person, all of whose memberships are answered.
pub async fn make_default_membership(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(user): PathNumber,
    PathMembership(id): PathMembership,
    caller: Caller,
) -> Result<Json<MembershipList>, Error> {
    let mut tx = state.store.write().await?;
    let found = memberships::by_id(&mut tx, id).await?;
    let row = found.filter(|row| row.membership.user_id == UserId(user));
    let row = row.ok_or(Error::RecordNotFound)?;
    belonging::choose(&mut tx, &row.membership, state.env.now()).await?;
    let whose = Whose::User(row.membership.user_id);
    let list = page(&mut tx, &caller, whose, Paging::default()).await?;
    tx.commit().await?;
    Ok(Json(list))
}

async fn asked(conn: &mut Conn, caller: &Caller, whose: Whose) -> Result<MembershipList, Error> {
    page(conn, caller, whose, Paging::read(&caller.query)?).await
}

async fn page(
    conn: &mut Conn,
    caller: &Caller,
    whose: Whose,
    paging: Paging,
) -> Result<MembershipList, Error> {
    let mut rows = memberships::list(conn, whose, paging.window()).await?;
    let total = if paging.counts() { memberships::count(conn, whose, COUNTED).await? } else { 0 };
    let place = paging.place(&mut rows, total, caller, key);
    let all = rows.iter().map(|row| view::membership(caller, row)).collect();
    Ok(MembershipList { organization_memberships: all, place })
}

fn key(row: &Named) -> Key {
    Key { at: row.membership.id, id: row.membership.id }
}
