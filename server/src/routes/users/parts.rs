//! What hangs on somebody: identities, organizations, numbers. For agents and oneself.

use super::show::somebody;
use crate::{
    AppState,
    auth::{Party, PathNumber, Staff, path_number},
    body::Json,
    caller::Caller,
    describe::Input,
    error::Error,
    paging::{COUNTED, Paging},
    store::{
        UserId, organizations,
        requests::{self, Filter, Whose},
        subscriptions, users,
        window::Key,
    },
    view,
};
use api::{
    organization::{SeenOrganization, SeenOrganizationList},
    user::{IdentityEnvelope, IdentityList, UserRelated, UserRelatedEnvelope},
};
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

/// Somebody's address.
///
/// # Errors
/// When there is nobody with that id for the caller, or the database fails; so for all of them.
pub async fn list_user_identities(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<IdentityList>, Error> {
    let row = somebody(&mut *state.store.read().await?, &party, id).await?;
    let all = vec![view::identity(&caller, &row)];
    let (identities, place) =
        Paging::default().whole(all, &caller, |it| Key { at: it.id, id: it.id });
    Ok(Json(IdentityList { identities, place }))
}

/// The number of an identity in the path.
pub struct PathIdentity(i64);

impl Input for PathIdentity {}

impl FromRequestParts<AppState> for PathIdentity {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(path_number(parts, state, "identity_id").await?))
    }
}

/// Somebody's address by its number, which is theirs.
pub async fn show_user_identity(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    PathIdentity(identity): PathIdentity,
    caller: Caller,
) -> Result<Json<IdentityEnvelope>, Error> {
    let row = somebody(&mut *state.store.read().await?, &party, id).await?;
    if identity != id {
        return Err(Error::RecordNotFound);
    }
    Ok(Json(IdentityEnvelope { identity: view::identity(&caller, &row) }))
}

/// The organizations to which somebody belongs, by id.
pub async fn list_user_organizations(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<SeenOrganizationList>, Error> {
    let mut read = state.store.read().await?;
    let row = somebody(&mut read, &party, id).await?;
    let paging = Paging::read(&caller.query)?;
    let all = organizations::of_user(&mut read, row.id).await?;
    let (rows, place) = paging.whole(all, &caller, |it| Key { at: it.id.0, id: it.id.0 });
    let seen = |row| match &party {
        Party::Staff(_) => {
            SeenOrganization::Record(Box::new(view::organization_record(&caller, row)))
        }
        Party::EndUser(_) => SeenOrganization::Member(view::organization(&caller, row)),
    };
    Ok(Json(SeenOrganizationList { organizations: rows.iter().map(seen).collect(), place }))
}

/// How much hangs on somebody; for agents.
pub async fn show_user_related(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
) -> Result<Json<UserRelatedEnvelope>, Error> {
    let id = UserId(id);
    let mut read = state.store.read().await?;
    users::by_id(&mut read, id).await?.ok_or(Error::RecordNotFound)?;
    let mut numbers = [0; 3];
    let kinds = [Whose::Assignee(id), Whose::Requester(id), Whose::Copied(id)];
    for (number, whose) in numbers.iter_mut().zip(kinds) {
        *number = requests::count(&mut read, &Filter::of(whose), COUNTED).await?;
    }
    let [assigned_tickets, requested_tickets, ccd_tickets] = numbers;
    let followed = subscriptions::of_user(&mut read, id).await?;
    let organization_subscriptions = i64::try_from(followed.len()).unwrap_or(i64::MAX);
    Ok(Json(UserRelatedEnvelope {
        user_related: UserRelated {
            assigned_tickets,
            requested_tickets,
            ccd_tickets,
            organization_subscriptions,
        },
    }))
}
