//! `POST /organizations`, `POST /organizations/create_or_update` and `PUT /organizations/{id}`, for
//! agents.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::{Json, JsonBody, Saved},
    caller::Caller,
    domain::customers,
    error::Error,
    idempotency::Created,
    store::OrganizationId,
    view,
};
use api::organization::{OrganizationRecordEnvelope, SaveOrganization};
use axum::extract::State;

/// Makes an organization.
///
/// # Errors
/// When a value does not pass, or the database fails; so for all of them.
pub async fn create_organization(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
    body: JsonBody<SaveOrganization>,
) -> Result<Created<OrganizationRecordEnvelope>, Error> {
    let change = &body.value.organization;
    let mut tx = state.store.write().await?;
    let row = customers::create(&mut tx, &state.rules, change, state.env.now()).await?;
    tx.commit().await?;
    let organization = view::organization_record(&caller, &row);
    let location = Some(organization.organization.url.clone());
    Created::new(location, &OrganizationRecordEnvelope { organization })
}

/// Changes the organization that has the `id` or else the `external_id` of the body; makes one when
/// there is none.
pub async fn create_or_update_organization(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
    body: JsonBody<SaveOrganization>,
) -> Result<Saved<OrganizationRecordEnvelope>, Error> {
    let change = &body.value.organization;
    let now = state.env.now();
    let mut tx = state.store.write().await?;
    let (row, new) = customers::create_or_update(&mut tx, &state.rules, change, now).await?;
    tx.commit().await?;
    let location = caller.record("organizations", row.id.0);
    let organization = view::organization_record(&caller, &row);
    let body = OrganizationRecordEnvelope { organization };
    Ok(if new { Saved::New { location, body } } else { Saved::Known(body) })
}

/// Changes an organization.
pub async fn update_organization(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
    body: JsonBody<SaveOrganization>,
) -> Result<Json<OrganizationRecordEnvelope>, Error> {
    let change = &body.value.organization;
    let now = state.env.now();
    let mut tx = state.store.write().await?;
    let row = customers::update(&mut tx, &state.rules, OrganizationId(id), change, now).await?;
    tx.commit().await?;
    let organization = view::organization_record(&caller, &row);
    Ok(Json(OrganizationRecordEnvelope { organization }))
}
