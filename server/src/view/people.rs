//! People, organizations and what ties them, as the wire shows them.

use crate::{
    caller::Caller,
    store::{
        memberships::Named,
        organizations::Organization,
        subscriptions::Subscription,
        tokens::Token,
        users::{Sharing, User},
    },
};
use api::{
    agent_token::AgentToken,
    organization::{Membership, OrganizationRecord},
    request::Empty,
    user::{Colleague, Identity, UserRecord},
};

/// Somebody as they see themselves.
#[must_use]
pub fn myself(caller: &Caller, row: &User) -> api::user::User {
    let restriction = match row.sharing {
        _ if row.is_staff() => None,
        Sharing::Own => Some("requested"),
        Sharing::View | Sharing::Comment => Some("organization"),
    };
    api::user::User {
        id: Some(row.id.0),
        url: Some(caller.record("users", row.id.0)),
        name: row.name.clone(),
        email: Some(row.email.clone()),
        external_id: row.external_id.clone(),
        role: row.role.name().to_owned(),
        phone: row.phone.clone(),
        verified: verified(row),
        suspended: row.suspended,
        organization_id: row.organization_id.map(|id| id.0),
        ticket_restriction: restriction.map(String::from),
        created_at: Some(row.created_at),
        updated_at: Some(row.updated_at),
        ..api::user::User::default()
    }
}

/// Somebody as agents see them.
#[must_use]
pub fn user_record(caller: &Caller, row: &User) -> UserRecord {
    UserRecord {
        user: api::user::User { tags: row.tags.clone(), ..myself(caller, row) },
        shared_comments: row.sharing == Sharing::Comment,
        details: row.details.clone(),
        notes: row.notes.clone(),
        active: row.active,
        user_fields: Empty {},
    }
}

/// Whoever came through a host has a verified address, and staff are taken at their admin's word.
fn verified(row: &User) -> bool {
    row.external_id.is_some() || row.is_staff()
}

/// Somebody's one address. Its number is the person's.
#[must_use]
pub fn identity(caller: &Caller, row: &User) -> Identity {
    let id = row.id.0;
    Identity {
        url: caller.record(&format!("users/{id}/identities"), id),
        id,
        user_id: id,
        r#type: String::from("email"),
        value: row.email.clone(),
        verified: verified(row),
        primary: true,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// Somebody who may be copied.
#[must_use]
pub fn colleague(row: &User) -> Colleague {
    Colleague { id: row.id.0, name: row.name.clone(), email: row.email.clone() }
}

/// An organization as its members see it.
#[must_use]
pub fn organization(caller: &Caller, row: &Organization) -> api::organization::Organization {
    api::organization::Organization {
        url: caller.record("organizations", row.id.0),
        id: row.id.0,
        name: row.name.clone(),
        shared_tickets: row.shared_tickets,
        shared_comments: row.shared_comments,
        created_at: Some(row.created_at),
        updated_at: Some(row.updated_at),
    }
}

/// An organization as agents see it.
#[must_use]
pub fn organization_record(caller: &Caller, row: &Organization) -> OrganizationRecord {
    OrganizationRecord {
        organization: organization(caller, row),
        external_id: row.external_id.clone(),
        plan: row.plan.clone(),
        details: row.details.clone(),
        notes: row.notes.clone(),
        tags: row.tags.clone(),
        group_id: None,
        domain_names: Vec::new(),
        organization_fields: Empty {},
    }
}

/// A membership.
#[must_use]
pub fn membership(caller: &Caller, row: &Named) -> Membership {
    let Named { membership, .. } = row;
    Membership {
        url: caller.record("organization_memberships", membership.id),
        id: membership.id,
        user_id: membership.user_id.0,
        organization_id: membership.organization_id.0,
        organization_name: row.organization_name.clone(),
        default: row.default,
        view_tickets: row.sharing >= Sharing::View,
        created_at: Some(membership.created_at),
        updated_at: Some(membership.updated_at),
    }
}

/// A subscription.
#[must_use]
pub fn subscription(caller: &Caller, row: &Subscription) -> api::organization::Subscription {
    api::organization::Subscription {
        url: caller.record("organization_subscriptions", row.id),
        id: row.id,
        user_id: row.user_id.0,
        organization_id: row.organization_id.0,
        created_at: row.created_at,
    }
}

/// A token without its secret.
#[must_use]
pub fn agent_token(row: &Token) -> AgentToken {
    AgentToken {
        id: row.id,
        user_id: row.user_id.0,
        description: row.description.clone(),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        token: None,
    }
}
