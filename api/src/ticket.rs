//! A ticket: the agent's view of a request. The widget never reads these.

use crate::{
    Time,
    attachment::Attachment,
    audit::{Audit, Metadata},
    page::Place,
    priority::Priority,
    request::{CustomField, Status, Via},
    sla_metrics::{PolicyMetric, Slas},
    user::UserRecord,
};
use serde::{Deserialize, Serialize};

/// A ticket as the server answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ticket {
    pub url: String,
    pub id: i64,
    pub external_id: Option<String>,
    pub via: Via,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub updated_at: Time,
    /// `updated_at` in unix seconds.
    pub generated_timestamp: i64,
    pub r#type: Option<String>,
    pub subject: String,
    pub raw_subject: String,
    pub description: String,
    pub priority: Option<Priority>,
    pub status: Status,
    pub recipient: Option<String>,
    pub requester_id: i64,
    pub submitter_id: i64,
    pub assignee_id: Option<i64>,
    pub organization_id: Option<i64>,
    pub group_id: Option<i64>,
    pub collaborator_ids: Vec<i64>,
    pub follower_ids: Vec<i64>,
    pub email_cc_ids: Vec<i64>,
    pub problem_id: Option<i64>,
    pub has_incidents: bool,
    /// False while it holds nothing but notes: then it does not exist for end users.
    pub is_public: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub due_at: Option<Time>,
    pub tags: Vec<String>,
    pub custom_fields: Vec<CustomField>,
    pub fields: Vec<CustomField>,
    /// The closed ticket that this one goes on with, for one that does: Zendesk hides it in `via`.
    pub followup_source_id: Option<i64>,
    pub followup_ids: Vec<i64>,
    pub ticket_form_id: Option<i64>,
    pub brand_id: Option<i64>,
    pub allow_channelback: bool,
    pub allow_attachments: bool,
    pub from_messaging_channel: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slas: Option<Slas>,
}

/// `{"ticket": …}`, with the audit when something was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketEnvelope {
    pub ticket: Ticket,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<Audit>,
    /// Only with `include=users`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserRecord>>,
}

/// A page of tickets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketList {
    pub tickets: Vec<Ticket>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserRecord>>,
    #[serde(flatten)]
    pub place: Place,
}

/// The clocks of one ticket, by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketClocks {
    pub policy_metrics: Vec<PolicyMetric>,
}

/// A comment as agents see it, private ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketComment {
    pub id: i64,
    pub r#type: String,
    pub author_id: i64,
    pub body: String,
    pub html_body: String,
    pub plain_body: String,
    pub public: bool,
    pub attachments: Vec<Attachment>,
    pub audit_id: Option<i64>,
    pub via: Via,
    pub metadata: Metadata,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
}

/// `{"comment": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketCommentEnvelope {
    pub comment: TicketComment,
}

/// A page of a ticket's comments. `users` only with `include=users`: a real client hands out users
/// instead of comments when it finds the key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketCommentList {
    pub comments: Vec<TicketComment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserRecord>>,
    #[serde(flatten)]
    pub place: Place,
}
