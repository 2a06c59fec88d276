//! People.

use crate::{Time, page::Place, request::Empty};
use serde::{Deserialize, Deserializer, Serialize};

/// `{"user": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserEnvelope {
    pub user: User,
}

/// A user as he sees himself at `/users/me`. Without credentials a stand-in comes, whose `id` is
/// null: 200 there proves nothing about sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct User {
    pub id: Option<i64>,
    pub url: Option<String>,
    #[serde(default)]
    pub name: String,
    pub email: Option<String>,
    pub alias: Option<String>,
    pub external_id: Option<String>,
    /// `end-user`, `agent` or `admin`.
    #[serde(default)]
    pub role: String,
    pub photo: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    pub iana_time_zone: Option<String>,
    #[serde(default)]
    pub verified: bool,
    #[serde(default)]
    pub suspended: bool,
    pub organization_id: Option<i64>,
    pub ticket_restriction: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// A user as others see him: an entry of `users` behind `include=users`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    pub id: i64,
    #[serde(default)]
    pub name: String,
    pub alias: Option<String>,
    pub photo: Option<String>,
    #[serde(default)]
    pub agent: bool,
    pub organization_id: Option<i64>,
}

/// A user as agents see him.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserRecord {
    #[serde(flatten)]
    pub user: User,
    /// Ours: of what `ticket_restriction` lets him see of his organizations, he may also comment.
    #[serde(default)]
    pub shared_comments: bool,
    pub details: Option<String>,
    pub notes: Option<String>,
    /// False for somebody whom an agent has deleted.
    #[serde(default)]
    pub active: bool,
    /// There are none.
    #[serde(default)]
    pub user_fields: Empty,
}

/// A user as much as the caller may know of him: all for agents, the name for end users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SeenUser {
    Record(Box<UserRecord>),
    Person(Person),
}

/// `{"user": …}` for agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserRecordEnvelope {
    pub user: UserRecord,
}

/// `{"user": …}` for whoever may see that user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenUserEnvelope {
    pub user: SeenUser,
}

/// A page of users for agents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserList {
    pub users: Vec<UserRecord>,
    #[serde(flatten)]
    pub place: Place,
}

/// Users by id, as much as the caller may know of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenUserList {
    pub users: Vec<SeenUser>,
    #[serde(flatten)]
    pub place: Place,
}

/// Body of `POST /users` and `PUT /users/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveUser {
    pub user: UserChange,
}

/// What an agent may say of a user. A missing key leaves what there is, null takes it away where
/// that is possible; other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserChange {
    pub name: Option<String>,
    pub email: Option<String>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub external_id: Option<Option<String>>,
    /// `end-user`, `agent` or `admin`.
    pub role: Option<String>,
    /// The default organization.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<i64>"))]
    pub organization_id: Option<Option<i64>>,
    /// The default organization by name, made if there is none; `organization_id` goes before it.
    pub organization: Option<OrganizationName>,
    /// `requested` or `organization`.
    pub ticket_restriction: Option<String>,
    /// Ours: with `organization`, he may comment on what he sees of it.
    pub shared_comments: Option<bool>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub details: Option<Option<String>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub notes: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub suspended: Option<bool>,
}

/// An organization by its name alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrganizationName {
    pub name: Option<String>,
}

/// Body of `PUT /users/{id}/merge`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MergeUser {
    pub user: UserReference,
}

/// A user by his id alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserReference {
    pub id: i64,
}

/// Something by which a user is known: here always his one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identity {
    pub url: String,
    pub id: i64,
    pub user_id: i64,
    /// `email`.
    pub r#type: String,
    pub value: String,
    pub verified: bool,
    pub primary: bool,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub updated_at: Time,
}

/// `{"identity": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IdentityEnvelope {
    pub identity: Identity,
}

/// All by which a user is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IdentityList {
    pub identities: Vec<Identity>,
    #[serde(flatten)]
    pub place: Place,
}

/// `{"user_related": …}`: how much there is of what hangs on a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserRelatedEnvelope {
    pub user_related: UserRelated,
}

/// Numbers of requests and subscriptions, counted to 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserRelated {
    pub assigned_tickets: i64,
    pub requested_tickets: i64,
    pub ccd_tickets: i64,
    pub organization_subscriptions: i64,
}

/// Ours: colleagues whose name or address begins with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColleagueList {
    pub people: Vec<Colleague>,
}

/// Ours: somebody of the caller's own organization, who may be copied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Colleague {
    pub id: i64,
    pub name: String,
    pub email: String,
}

/// `{"count": {"value": …}}`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountEnvelope {
    pub count: Count,
}

/// A number of records, and when it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    pub value: i64,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub refreshed_at: Time,
}

/// Tells null from missing: called only when the key is there.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}
