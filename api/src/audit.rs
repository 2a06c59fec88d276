//! Audits: what happened to a ticket, call by call. For agents.

use crate::{
    Time,
    page::Place,
    request::{Empty, Via},
    user::UserRecord,
};
use serde::{Deserialize, Serialize};

/// What one call did to a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Audit {
    pub id: i64,
    pub ticket_id: i64,
    pub author_id: i64,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
    pub metadata: Metadata,
    pub via: Via,
    pub events: Vec<AuditEvent>,
}

/// Facts about the caller; kept empty, since we do not store addresses of machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Metadata {
    pub system: Empty,
    pub custom: Empty,
}

/// One thing that happened in an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditEvent {
    pub id: i64,
    #[serde(flatten)]
    pub what: AuditChange,
}

/// The kinds of events that we write. Values of changes are strings, as Zendesk sends them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
pub enum AuditChange {
    Create {
        field_name: String,
        value: Option<String>,
    },
    Change {
        field_name: String,
        value: Option<String>,
        previous_value: Option<String>,
    },
    Comment {
        public: bool,
        body: String,
        author_id: i64,
    },
    /// A comment was taken out of the end users' sight.
    CommentPrivacyChange {
        comment_id: i64,
        public: bool,
    },
}

/// `{"audit": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditEnvelope {
    pub audit: Audit,
}

/// A page of a ticket's audits, oldest first unless asked otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditList {
    pub audits: Vec<Audit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserRecord>>,
    #[serde(flatten)]
    pub place: Place,
}
