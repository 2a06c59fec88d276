//! People.

use crate::Time;
use serde::{Deserialize, Serialize};

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
