//! Who somebody is: people and organizations come into being at first sight of a valid token, and
//! follow what later tokens say.

use super::{Refusal, Rules, address, belonging, names};
use crate::{
    identity::TokenError,
    store::{
        OrganizationId, StoreError, memberships, organizations,
        organizations::Organization,
        sqlite::Conn,
        texts, users,
        users::{Role, User},
    },
};
use api::{
    Time,
    identity::{Claims, OrganizationClaim},
};

/// The person of a token if everything it says is already known, so that reading need not write.
///
/// # Errors
/// When the database fails.
pub async fn find_unchanged(
    conn: &mut Conn,
    rules: &Rules,
    claims: &Claims,
) -> Result<Option<User>, StoreError> {
    let Some(user) = users::by_external_id(conn, &claims.external_id).await? else {
        return Ok(None);
    };
    let plan = known_plan(rules, claims);
    let holds = |kept: &Option<String>| plan.is_none() || *kept == plan;
    let same_customer = match (&claims.organization, user.organization_id) {
        (None, None) => holds(&user.plan),
        (Some(claim), Some(id)) => {
            organizations::by_host(conn, user.id, id).await?.is_some_and(|organization| {
                organization.external_id.as_ref() == Some(&claim.external_id)
                    && organization.name == claim.name
                    && holds(&organization.plan)
            })
        }
        // In an organization by an agent's hand, of which the host knows nothing.
        (None, Some(_)) => !memberships::any_by_host(conn, user.id).await?,
        (Some(_), None) => false,
    };
    let same =
        user.active && same_customer && user.email == claims.email && user.name == claims.name;
    Ok(same.then_some(user))
}

/// Takes over what a token says and returns its person.
///
/// Found by the host's id, else by the verified address if nobody with another host id has it: so a
/// placeholder becomes the person, and an agent can also be a user of the product.
///
/// # Errors
/// When the address belongs to another known person, this one is suspended, or the database fails.
pub async fn sign_in(
    conn: &mut Conn,
    rules: &Rules,
    claims: &Claims,
    at: Time,
) -> Result<User, Refusal> {
    let plan = known_plan(rules, claims);
    let organization_id = match &claims.organization {
        Some(claim) => Some(customer(conn, claim, plan.as_deref(), at).await?),
        None => None,
    };
    let known = users::by_external_id(conn, &claims.external_id).await?;
    let holder = users::by_email(conn, &claims.email).await?;
    let known = match (known, holder) {
        (Some(user), Some(holder)) if holder.id != user.id => {
            if !holder.is_placeholder() {
                return Err(TokenError::AddressTaken.into());
            }
            Some(take_over(conn, &holder, user, at).await?)
        }
        (None, Some(holder)) if holder.external_id.is_some() => {
            return Err(TokenError::AddressTaken.into());
        }
        (known, holder) => known.or(holder),
    };
    // The plan of somebody in an organization is the organization's.
    let own_plan = if organization_id.is_some() { None } else { plan };
    let Some(before) = known else {
        let mut user = User {
            external_id: Some(claims.external_id.clone()),
            organization_id,
            plan: own_plan,
            ..User::new(&claims.email, &claims.name, at)
        };
        user.id = users::insert(conn, &user).await?;
        belonging::follow_host(conn, user.id, organization_id, None, at).await?;
        return Ok(user);
    };
    if before.suspended {
        return Err(TokenError::Suspended.into());
    }
    let organization_id =
        belonging::follow_host(conn, before.id, organization_id, before.organization_id, at)
            .await?;
    let mut user = User {
        external_id: Some(claims.external_id.clone()),
        email: claims.email.clone(),
        name: claims.name.clone(),
        organization_id,
        plan: own_plan.or_else(|| before.plan.clone()),
        active: true,
        ..before.clone()
    };
    if user != before {
        user.updated_at = at;
        users::update(conn, &user).await?;
    }
    if user.name != before.name {
        texts::outdate(conn, user.id).await?;
    }
    Ok(user)
}

/// Hands all that hangs on somebody who never came through a host to somebody else: copies,
/// requests, memberships, and what an agent lets them see.
///
/// # Errors
/// When the database fails.
pub async fn take_over(
    conn: &mut Conn,
    placeholder: &User,
    mut user: User,
    at: Time,
) -> Result<User, StoreError> {
    users::absorb(conn, placeholder.id, user.id).await?;
    let before = user.clone();
    user.sharing = user.sharing.max(placeholder.sharing);
    user.organization_id = user.organization_id.or(placeholder.organization_id);
    if user != before {
        user.updated_at = at;
        users::update(conn, &user).await?;
    }
    Ok(user)
}

/// The organization of a claim, made or brought up to date.
async fn customer(
    conn: &mut Conn,
    claim: &OrganizationClaim,
    plan: Option<&str>,
    at: Time,
) -> Result<OrganizationId, StoreError> {
    let Some(before) = organizations::by_external_id(conn, &claim.external_id).await? else {
        let new = Organization {
            external_id: Some(claim.external_id.clone()),
            plan: plan.map(String::from),
            ..Organization::new(&claim.name, at)
        };
        return organizations::insert(conn, &new).await;
    };
    let mut now = before.clone();
    now.name.clone_from(&claim.name);
    if let Some(plan) = plan {
        now.plan = Some(plan.to_owned());
    }
    if now != before {
        now.updated_at = at;
        organizations::update(conn, &now).await?;
    }
    Ok(now.id)
}

/// The plan that a token names, spelled as the policy spells it; none if the policy has no such
/// plan, because a promise that nobody configured cannot be given.
fn known_plan(rules: &Rules, claims: &Claims) -> Option<String> {
    let name = claims.plan.as_deref()?;
    let plan = rules.policy.plans.iter().find(|plan| plan.name.eq_ignore_ascii_case(name));
    if plan.is_none() {
        tracing::warn!("a token names a plan that is not configured; the default plan holds");
    }
    plan.map(|plan| plan.name.clone())
}

/// The plan that holds for somebody now.
///
/// # Errors
/// When the database fails.
pub async fn plan_of(conn: &mut Conn, rules: &Rules, user: &User) -> Result<String, StoreError> {
    let name = match user.organization_id {
        Some(id) => organizations::by_id(conn, id).await?.and_then(|customer| customer.plan),
        None => user.plan.clone(),
    };
    let name = name.as_deref().unwrap_or(&rules.policy.default_plan);
    Ok(rules.policy.plan(name).map_or_else(|| name.to_owned(), |plan| plan.name.clone()))
}

/// Somebody to be copied, by address: the person who has it, or a placeholder made now.
///
/// # Errors
/// When the database fails.
pub async fn at_address(
    conn: &mut Conn,
    email: &str,
    name: Option<&str>,
    at: Time,
) -> Result<User, StoreError> {
    if let Some(user) = users::by_email(conn, email).await? {
        return Ok(user);
    }
    let name = name.and_then(names::name).unwrap_or_else(|| address::name_of(email));
    let mut user = User::new(email, &name, at);
    user.id = users::insert(conn, &user).await?;
    Ok(user)
}

/// Makes an agent, or an admin, of whoever has the address; used at the command line, never over the
/// wire. Nobody loses a role by it.
///
/// # Errors
/// When the database fails.
pub async fn employ(
    conn: &mut Conn,
    email: &str,
    name: Option<&str>,
    role: Role,
    at: Time,
) -> Result<User, StoreError> {
    let before = at_address(conn, email, name, at).await?;
    let mut user = before.clone();
    user.active = true;
    if role == Role::Admin || !user.is_staff() {
        user.role = role;
    }
    if let Some(name) = name.and_then(names::name) {
        user.name = name;
    }
    if user != before {
        user.updated_at = at;
        users::update(conn, &user).await?;
    }
    Ok(user)
}
