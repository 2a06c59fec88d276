//! What agents do with organizations. What the host's token says of one, its name and its plan, is
//! taken over again with the next token that names it.

use super::{Invalid, Refusal, Rules, names, tags};
use crate::store::{
    OrganizationId,
    organizations::{self, Organization},
    sqlite::Conn,
};
use api::{Time, organization::OrganizationChange};

/// Makes an organization.
///
/// # Errors
/// When a value does not pass, or name or id are another's already.
pub async fn create(
    conn: &mut Conn,
    rules: &Rules,
    change: &OrganizationChange,
    at: Time,
) -> Result<Organization, Refusal> {
    if change.name.is_none() {
        return Err(Invalid::one("name", "BlankValue", "Name: cannot be blank").into());
    }
    let before = Organization::new("", at);
    let mut new = apply(conn, rules, &before, change).await?;
    new.id = organizations::insert(conn, &new).await?;
    Ok(new)
}

/// Changes an organization. What its members see changes at their next call.
///
/// # Errors
/// When there is none of that id, and as [`create`] has them.
pub async fn update(
    conn: &mut Conn,
    rules: &Rules,
    id: OrganizationId,
    change: &OrganizationChange,
    at: Time,
) -> Result<Organization, Refusal> {
    let before = organizations::by_id(conn, id).await?.ok_or(Refusal::NotFound)?;
    let mut now = apply(conn, rules, &before, change).await?;
    if now != before {
        now.updated_at = at;
        organizations::update(conn, &now).await?;
    }
    Ok(now)
}

/// Changes the organization that has the number or else the host's id of `change`, or makes one.
/// Whether it is new comes with it.
///
/// # Errors
/// As [`create`] has them.
pub async fn create_or_update(
    conn: &mut Conn,
    rules: &Rules,
    change: &OrganizationChange,
    at: Time,
) -> Result<(Organization, bool), Refusal> {
    let mut known = None;
    if let Some(id) = change.id {
        known = organizations::by_id(conn, OrganizationId(id)).await?;
    }
    if let (None, Some(Some(id))) = (&known, &change.external_id) {
        known = organizations::by_external_id(conn, id).await?;
    }
    match known {
        None => Ok((create(conn, rules, change, at).await?, true)),
        Some(before) => Ok((update(conn, rules, before.id, change, at).await?, false)),
    }
}

/// Removes an organization that was made by mistake: one that anybody belongs to, or for which
/// anything was ever raised, stays.
///
/// # Errors
/// When there is none of that id, or it is in use.
pub async fn delete(conn: &mut Conn, id: OrganizationId) -> Result<(), Refusal> {
    organizations::by_id(conn, id).await?.ok_or(Refusal::NotFound)?;
    if organizations::in_use(conn, id).await? {
        let text = "Organization: has members or requests and stays";
        return Err(Invalid::one("base", "InvalidValue", text).into());
    }
    Ok(organizations::remove(conn, id).await?)
}

async fn apply(
    conn: &mut Conn,
    rules: &Rules,
    before: &Organization,
    change: &OrganizationChange,
) -> Result<Organization, Refusal> {
    let mut invalid = Invalid::default();
    let mut now = before.clone();
    now.name = names::given_name(change.name.as_deref(), &before.name, &mut invalid);
    let before_id = before.external_id.as_deref();
    now.external_id = names::given_id(change.external_id.as_ref(), before_id, &mut invalid);
    now.shared_tickets = change.shared_tickets.unwrap_or(before.shared_tickets);
    now.shared_comments = change.shared_comments.unwrap_or(before.shared_comments);
    now.plan = plan(rules, before, change, &mut invalid);
    let mut note =
        |field, given, before: Option<&str>| names::given_note(field, given, before, &mut invalid);
    now.details = note("details", change.details.as_ref(), before.details.as_deref());
    now.notes = note("notes", change.notes.as_ref(), before.notes.as_deref());
    now.tags = tags::given(change.tags.as_ref(), &before.tags, &mut invalid);
    // Hosts may give two customers one name; agents shall not do so by mistake.
    if now.name != before.name
        && organizations::by_name(conn, &now.name).await?.is_some_and(|it| it.id != before.id)
    {
        invalid.add("name", "DuplicateValue", "Name: has already been taken");
    }
    if let Some(id) = &now.external_id
        && organizations::by_external_id(conn, id).await?.is_some_and(|it| it.id != before.id)
    {
        invalid.add("external_id", "DuplicateValue", "External ID: has already been taken");
    }
    invalid.verdict()?;
    Ok(now)
}

/// The plan by its configured spelling; null is the default one.
fn plan(
    rules: &Rules,
    before: &Organization,
    change: &OrganizationChange,
    invalid: &mut Invalid,
) -> Option<String> {
    let Some(given) = &change.plan else { return before.plan.clone() };
    let name = given.as_deref()?;
    let known = rules.policy.plans.iter().find(|plan| plan.name.eq_ignore_ascii_case(name));
    if known.is_none() {
        invalid.add("plan", "InvalidValue", "Plan: is not one that is configured");
    }
    known.map(|plan| plan.name.clone())
}
