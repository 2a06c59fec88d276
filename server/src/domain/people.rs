//! Who somebody is: people and organizations come into being at first sight of a valid token, and
//! follow what later tokens say.

use super::{Refusal, Rules, address};
use crate::{
    identity::TokenError,
    store::{
        OrganizationId, StoreError, UserId, memberships, organizations,
        organizations::Organization,
        sqlite::Conn,
        texts, users,
        users::{Role, Sharing, User},
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
            organizations::by_id(conn, id).await?.is_some_and(|organization| {
                organization.external_id == claim.external_id
                    && organization.name == claim.name
                    && holds(&organization.plan)
            })
        }
        // In an organization by an agent's hand, of which the host knows nothing.
        (None, Some(_)) => {
            memberships::of_user(conn, user.id).await?.iter().all(|membership| !membership.by_host)
        }
        (Some(_), None) => false,
    };
    let same = same_customer && user.email == claims.email && user.name == claims.name;
    Ok(same.then_some(user))
}

/// Takes over what a token says and returns its person.
///
/// Found by the host's id, else by the verified address if nobody with another host id has it: so a
/// placeholder becomes the person, and an agent can also be a user of the product.
///
/// # Errors
/// When the address belongs to another known person, or the database fails.
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
            users::absorb(conn, holder.id, user.id).await?;
            Some(user)
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
            id: UserId(0),
            external_id: Some(claims.external_id.clone()),
            email: claims.email.clone(),
            name: claims.name.clone(),
            role: Role::EndUser,
            organization_id,
            sharing: Sharing::Own,
            plan: own_plan,
            created_at: at,
            updated_at: at,
        };
        user.id = users::insert(conn, &user).await?;
        join(conn, user.id, organization_id, at).await?;
        return Ok(user);
    };
    let organization_id = join(conn, before.id, organization_id, at).await?;
    let mut user = User {
        external_id: Some(claims.external_id.clone()),
        email: claims.email.clone(),
        name: claims.name.clone(),
        organization_id,
        plan: own_plan.or_else(|| before.plan.clone()),
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

/// Makes the organization of a token the one to which its person belongs by the host's word, and
/// returns the default one: that of the token, else one to which an agent added them.
async fn join(
    conn: &mut Conn,
    user: UserId,
    named: Option<OrganizationId>,
    at: Time,
) -> Result<Option<OrganizationId>, StoreError> {
    memberships::remove_other_by_host(conn, user, named).await?;
    let Some(id) = named else { return memberships::first(conn, user).await };
    memberships::insert(conn, user, id, true, at).await?;
    Ok(Some(id))
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
            id: OrganizationId(0),
            external_id: claim.external_id.clone(),
            name: claim.name.clone(),
            plan: plan.map(String::from),
            shared_tickets: false,
            shared_comments: false,
            created_at: at,
            updated_at: at,
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
    let given: String = name.unwrap_or("").chars().filter(|c| !c.is_control()).take(255).collect();
    let given = given.trim();
    let mut user = User {
        id: UserId(0),
        external_id: None,
        email: email.to_owned(),
        name: if given.is_empty() { address::name_of(email) } else { given.to_owned() },
        role: Role::EndUser,
        organization_id: None,
        sharing: Sharing::Own,
        plan: None,
        created_at: at,
        updated_at: at,
    };
    user.id = users::insert(conn, &user).await?;
    Ok(user)
}

/// Makes an agent of whoever has the address; used at the command line, never over the wire.
///
/// # Errors
/// When the database fails.
pub async fn employ(
    conn: &mut Conn,
    email: &str,
    name: Option<&str>,
    at: Time,
) -> Result<User, StoreError> {
    let before = at_address(conn, email, name, at).await?;
    let mut user = before.clone();
    if !user.is_staff() {
        user.role = Role::Agent;
    }
    if let Some(name) = name {
        name.clone_into(&mut user.name);
    }
    if user != before {
        user.updated_at = at;
        users::update(conn, &user).await?;
    }
    Ok(user)
}
