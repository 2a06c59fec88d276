//! Who belongs to which organization: by the host's word, by an agent's, or by both.
//!
//! The organization that the host's token names is the default one of its person, since that is
//! where they work when they raise a request in the product. Only for somebody of whom the host
//! says nothing agents choose. A membership that an agent gave outlasts what the host says.

use super::{Invalid, Refusal};
use crate::store::{
    OrganizationId, StoreError, UserId, memberships,
    memberships::Membership,
    organizations,
    sqlite::Conn,
    users::{self, User},
};
use api::Time;

/// Makes the organization of a token the one to which its person belongs by the host's word, and
/// returns the default one: that of the token, else the one from before while it lasts, else the
/// one to which an agent added them first.
///
/// # Errors
/// When the database fails.
pub async fn follow_host(
    conn: &mut Conn,
    user: UserId,
    named: Option<OrganizationId>,
    before: Option<OrganizationId>,
    at: Time,
) -> Result<Option<OrganizationId>, StoreError> {
    memberships::unname_others(conn, user, named).await?;
    if let Some(id) = named {
        memberships::name_by_host(conn, user, id, at).await?;
        return Ok(Some(id));
    }
    remaining(conn, user, before).await
}

/// Adds somebody to an organization by an agent's word. The first organization of somebody is the
/// default one. Returns the number of the membership.
///
/// # Errors
/// When either does not exist, an agent added them before, or `default` is not an agent's to say.
pub async fn add(
    conn: &mut Conn,
    user: UserId,
    organization: OrganizationId,
    default: bool,
    at: Time,
) -> Result<i64, Refusal> {
    let mut invalid = Invalid::default();
    let found = users::by_id(conn, user).await?.filter(|user| user.active);
    if found.is_none() {
        invalid.add("user_id", "InvalidValue", "User: is not known");
    }
    if organizations::by_id(conn, organization).await?.is_none() {
        invalid.add("organization_id", "InvalidValue", "Organization: is not known");
    }
    let Some(mut user) = found else { return Err(invalid.into()) };
    invalid.verdict()?;
    if memberships::between(conn, user.id, organization).await?.is_some_and(|it| it.by_agent) {
        let text = "User: belongs to this organization already";
        return Err(Invalid::one("user_id", "DuplicateValue", text).into());
    }
    let id = memberships::give_by_agent(conn, user.id, organization, at).await?;
    if default && user.organization_id != Some(organization) {
        free_to_choose(conn, user.id, "default").await?;
    }
    if default || user.organization_id.is_none() {
        make_default(conn, &mut user, organization, at).await?;
    }
    Ok(id)
}

/// Makes a membership the default one of its person.
///
/// # Errors
/// When the host says which one it is, or the database fails.
pub async fn choose(conn: &mut Conn, membership: &Membership, at: Time) -> Result<(), Refusal> {
    let user = users::by_id(conn, membership.user_id).await?;
    let mut user = user.ok_or(Refusal::NotFound)?;
    if user.organization_id != Some(membership.organization_id) {
        free_to_choose(conn, user.id, "base").await?;
        make_default(conn, &mut user, membership.organization_id, at).await?;
    }
    Ok(())
}

/// Ends a membership. One that the host gave comes back with the next token that says so.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, membership: &Membership, at: Time) -> Result<(), StoreError> {
    memberships::remove(conn, membership.id).await?;
    let Some(mut user) = users::by_id(conn, membership.user_id).await? else { return Ok(()) };
    let default = remaining(conn, user.id, user.organization_id).await?;
    if default != user.organization_id {
        user.organization_id = default;
        user.updated_at = at;
        users::update(conn, &user).await?;
    }
    Ok(())
}

/// Moves somebody from their default organization to another, or out of it, as `organization_id`
/// of a user says. The caller writes the user.
///
/// # Errors
/// When there is no such organization, or the host says which one it is.
pub async fn relocate(
    conn: &mut Conn,
    user: &mut User,
    wanted: Option<OrganizationId>,
    at: Time,
) -> Result<(), Refusal> {
    if user.organization_id == wanted {
        return Ok(());
    }
    if let Some(id) = wanted
        && organizations::by_id(conn, id).await?.is_none()
    {
        let text = "Organization: is not known";
        return Err(Invalid::one("organization_id", "InvalidValue", text).into());
    }
    free_to_choose(conn, user.id, "organization_id").await?;
    if let Some(before) = user.organization_id
        && let Some(left) = memberships::between(conn, user.id, before).await?
    {
        memberships::remove(conn, left.id).await?;
    }
    if let Some(id) = wanted {
        memberships::give_by_agent(conn, user.id, id, at).await?;
    }
    user.organization_id = remaining(conn, user.id, wanted).await?;
    Ok(())
}

async fn free_to_choose(conn: &mut Conn, user: UserId, field: &str) -> Result<(), Refusal> {
    if memberships::any_by_host(conn, user).await? {
        let text = "Organization: the product that this person uses says which one is the default";
        return Err(Invalid::one(field, "InvalidValue", text).into());
    }
    Ok(())
}

async fn make_default(
    conn: &mut Conn,
    user: &mut User,
    organization: OrganizationId,
    at: Time,
) -> Result<(), StoreError> {
    user.organization_id = Some(organization);
    user.updated_at = at;
    users::update(conn, user).await
}

/// The default organization from before, if somebody still belongs to it, else their oldest one.
async fn remaining(
    conn: &mut Conn,
    user: UserId,
    before: Option<OrganizationId>,
) -> Result<Option<OrganizationId>, StoreError> {
    let all = memberships::of_user(conn, user).await?;
    let kept = before.filter(|id| all.iter().any(|it| it.organization_id == *id));
    Ok(kept.or_else(|| all.first().map(|it| it.organization_id)))
}
