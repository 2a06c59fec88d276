//! Who is told of all that happens to the requests of their organization.

use crate::{
    AppState,
    auth::{EndUser, Party, PathNumber},
    body::{Json, JsonBody, Nothing},
    caller::Caller,
    error::Error,
    idempotency::Created,
    paging::Paging,
    store::{
        OrganizationId, UserId,
        sqlite::Conn,
        subscriptions,
        users::{self, Sharing},
        window::Key,
    },
    view,
};
use api::organization::{CreateSubscription, SubscriptionEnvelope, SubscriptionList};
use axum::extract::State;

/// One's own.
///
/// # Errors
/// For a page that cannot be had, when there is no such record for the caller, or when the database
/// fails; so for all of them.
pub async fn list_organization_subscriptions(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    caller: Caller,
) -> Result<Json<SubscriptionList>, Error> {
    page(&mut *state.store.read().await?, &caller, viewer.id).await.map(Json)
}

/// Those of a person, for agents and that person.
pub async fn list_user_subscriptions(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<SubscriptionList>, Error> {
    let mut read = state.store.read().await?;
    let found = users::by_id(&mut read, UserId(id)).await?;
    let user = found.filter(|user| party.may_read(user.id)).ok_or(Error::RecordNotFound)?;
    page(&mut read, &caller, user.id).await.map(Json)
}

/// Follows an organization of one's own that shares its requests with one. Done already is done.
pub async fn create_organization_subscription(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    caller: Caller,
    body: JsonBody<CreateSubscription>,
) -> Result<Created<SubscriptionEnvelope>, Error> {
    let id = OrganizationId(body.value.organization_subscription.organization_id);
    match viewer.sharing(id) {
        Some(Sharing::View | Sharing::Comment) => {}
        Some(Sharing::Own) => {
            return Err(Error::Forbidden("Your organization does not share its requests with you"));
        }
        None => return Err(Error::RecordNotFound),
    }
    let mut tx = state.store.write().await?;
    let row = subscriptions::insert(&mut tx, viewer.id, id, state.env.now()).await?;
    tx.commit().await?;
    let organization_subscription = view::subscription(&caller, &row);
    let location = Some(organization_subscription.url.clone());
    Created::new(location, &SubscriptionEnvelope { organization_subscription })
}

/// Follows no more.
pub async fn delete_organization_subscription(
    State(state): State<AppState>,
    EndUser(viewer): EndUser,
    PathNumber(id): PathNumber,
) -> Result<Nothing, Error> {
    let mut tx = state.store.write().await?;
    let found = subscriptions::by_id(&mut tx, id).await?;
    found.filter(|row| row.user_id == viewer.id).ok_or(Error::RecordNotFound)?;
    subscriptions::remove(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Nothing)
}

async fn page(conn: &mut Conn, caller: &Caller, user: UserId) -> Result<SubscriptionList, Error> {
    let paging = Paging::read(&caller.query)?;
    let all = subscriptions::of_user(conn, user).await?;
    let (rows, place) = paging.whole(all, caller, |row| Key { at: row.id, id: row.id });
    let all = rows.iter().map(|row| view::subscription(caller, row)).collect();
    Ok(SubscriptionList { organization_subscriptions: all, place })
}
