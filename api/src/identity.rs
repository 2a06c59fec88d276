//! The identity token: what the host's backend says about the person in front of the page.

use serde::{Deserialize, Serialize};

/// Claims of the JWT (HS256, `kid` in its header). Zendesk's messaging shape and our additions;
/// the server refuses a token in which one of the first six is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Always `user`.
    pub scope: String,
    /// The host's own, stable id of the person.
    pub external_id: String,
    pub email: String,
    /// Must be true: an address that the host has not verified proves nobody.
    pub email_verified: bool,
    pub name: String,
    /// Unix seconds; ten minutes ahead is good practice.
    pub exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    /// When present it must be the server's configured audience.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// Ours: the customer that the person belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationClaim>,
    /// Ours: the plan that the customer pays for, a name from the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
}

/// The organization as the host knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationClaim {
    pub external_id: String,
    pub name: String,
}
