//! `GET /organizations/{id}` and `/organizations/show_many`.

use super::list::key;
use crate::{
    AppState,
    auth::{Party, PathNumber, Staff},
    body::Json,
    caller::Caller,
    error::Error,
    paging::Paging,
    store::{OrganizationId, organizations},
    view,
};
use api::organization::{OrganizationList, SeenOrganization, SeenOrganizationEnvelope};
use axum::extract::State;

/// Ids of one call.
const MOST: usize = 100;

/// An organization: all of it for agents, its name and what it shares for members. For anybody else
/// it does not exist.
///
/// # Errors
/// When there is none for the caller, or the database fails.
pub async fn show_organization(
    State(state): State<AppState>,
    party: Party,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<SeenOrganizationEnvelope>, Error> {
    let id = OrganizationId(id);
    let found = organizations::by_id(&mut *state.store.read().await?, id).await?;
    let organization = match (&party, found) {
        (Party::Staff(_), Some(row)) => {
            SeenOrganization::Record(Box::new(view::organization_record(&caller, &row)))
        }
        (Party::EndUser(viewer), Some(row)) if viewer.sharing(id).is_some() => {
            SeenOrganization::Member(view::organization(&caller, &row))
        }
        _ => return Err(Error::RecordNotFound),
    };
    Ok(Json(SeenOrganizationEnvelope { organization }))
}

/// Organizations by `ids` or `external_ids`, for agents.
///
/// # Errors
/// When there are too many ids, or the database fails.
pub async fn show_many_organizations(
    State(state): State<AppState>,
    _: Staff,
    caller: Caller,
) -> Result<Json<OrganizationList>, Error> {
    let ids = caller.query.all("ids");
    let external_ids = caller.query.all("external_ids");
    if ids.len() > MOST || external_ids.len() > MOST {
        return Err(Error::TooManyValues { most: MOST });
    }
    let ids: Vec<_> = ids.iter().filter_map(|id| id.parse().ok()).map(OrganizationId).collect();
    let mut read = state.store.read().await?;
    let rows = match ids.is_empty() {
        true => organizations::many_by_external_id(&mut read, &external_ids).await?,
        false => organizations::many(&mut read, &ids).await?,
    };
    let (rows, place) = Paging::default().whole(rows, &caller, key);
    let organizations = rows.iter().map(|row| view::organization_record(&caller, row)).collect();
    Ok(Json(OrganizationList { organizations, place }))
}
