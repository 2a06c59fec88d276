//! What a search among all records finds. For agents.

use crate::{organization::OrganizationRecord, page::Place, ticket::Ticket, user::UserRecord};
use serde::{Deserialize, Serialize};

/// A page of hits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HitList {
    pub results: Vec<Hit>,
    /// Only with `include=tickets(users)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserRecord>>,
    #[serde(flatten)]
    pub place: Place,
}

/// One hit, with the kind of its record in `result_type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "result_type", rename_all = "lowercase")]
pub enum Hit {
    Ticket(Box<Ticket>),
    User(Box<UserRecord>),
    Organization(Box<OrganizationRecord>),
}

/// The number of hits, alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HitCount {
    pub count: i64,
}
