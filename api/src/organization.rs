//! Customers, who belongs to them, and who follows their requests.

use crate::{Time, page::Place, request::Empty, user::present};
use serde::{Deserialize, Serialize};

/// An organization as its members see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Organization {
    #[serde(default)]
    pub url: String,
    pub id: i64,
    #[serde(default)]
    pub name: String,
    /// Members see each other's requests.
    #[serde(default)]
    pub shared_tickets: bool,
    /// Members may comment on each other's requests, where they see them.
    #[serde(default)]
    pub shared_comments: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// An organization as agents see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrganizationRecord {
    #[serde(flatten)]
    pub organization: Organization,
    /// The host's id, or one that an agent gave.
    pub external_id: Option<String>,
    /// Ours: what was bought; null means the default plan.
    pub plan: Option<String>,
    pub details: Option<String>,
    pub notes: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    pub group_id: Option<i64>,
    /// There are none.
    #[serde(default)]
    pub domain_names: Vec<String>,
    /// There are none.
    #[serde(default)]
    pub organization_fields: Empty,
}

/// An organization as much as the caller may know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SeenOrganization {
    Record(Box<OrganizationRecord>),
    Member(Organization),
}

/// `{"organization": …}` for agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrganizationRecordEnvelope {
    pub organization: OrganizationRecord,
}

/// `{"organization": …}` for agents and members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenOrganizationEnvelope {
    pub organization: SeenOrganization,
}

/// A page of organizations for agents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrganizationList {
    pub organizations: Vec<OrganizationRecord>,
    #[serde(flatten)]
    pub place: Place,
}

/// A page of organizations for agents and members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenOrganizationList {
    pub organizations: Vec<SeenOrganization>,
    #[serde(flatten)]
    pub place: Place,
}

/// Body of `POST /organizations` and `PUT /organizations/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveOrganization {
    pub organization: OrganizationChange,
}

/// What an agent may say of an organization. A missing key leaves what there is, null takes it away
/// where that is possible; other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrganizationChange {
    /// Heeded by `create_or_update` alone.
    pub id: Option<i64>,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub external_id: Option<Option<String>>,
    pub shared_tickets: Option<bool>,
    pub shared_comments: Option<bool>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub plan: Option<Option<String>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub details: Option<Option<String>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub notes: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
}

/// One person in one organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Membership {
    #[serde(default)]
    pub url: String,
    pub id: i64,
    pub user_id: i64,
    pub organization_id: i64,
    #[serde(default)]
    pub organization_name: String,
    /// It is the one that `organization_id` of the user names.
    #[serde(default)]
    pub default: bool,
    /// The person sees all requests of the organization.
    #[serde(default)]
    pub view_tickets: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// `{"organization_membership": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MembershipEnvelope {
    pub organization_membership: Membership,
}

/// A page of memberships.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MembershipList {
    pub organization_memberships: Vec<Membership>,
    #[serde(flatten)]
    pub place: Place,
}

/// Body of `POST /organization_memberships`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateMembership {
    pub organization_membership: NewMembership,
}

/// Who shall belong where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewMembership {
    pub user_id: i64,
    pub organization_id: i64,
    pub default: Option<bool>,
}

/// Somebody who is told of all that happens to an organization's requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Subscription {
    pub url: String,
    pub id: i64,
    pub user_id: i64,
    pub organization_id: i64,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
}

/// `{"organization_subscription": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubscriptionEnvelope {
    pub organization_subscription: Subscription,
}

/// A page of subscriptions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubscriptionList {
    pub organization_subscriptions: Vec<Subscription>,
    #[serde(flatten)]
    pub place: Place,
}

/// Body of `POST /organization_subscriptions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateSubscription {
    pub organization_subscription: NewSubscription,
}

/// What the caller wants to follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSubscription {
    pub organization_id: i64,
}
