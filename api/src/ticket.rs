//! A ticket: the agent's view of a request. The widget never reads these.

use crate::{
    Time,
    attachment::Attachment,
    comment::NewComment,
    page::Place,
    priority::Priority,
    request::{Collaborator, CustomField, EmailCc, Empty, Flag, Status, Via, list},
    sla_metrics::Slas,
    user::Person,
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
    pub is_public: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub due_at: Option<Time>,
    pub tags: Vec<String>,
    pub custom_fields: Vec<CustomField>,
    pub fields: Vec<CustomField>,
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
    pub users: Option<Vec<Person>>,
}

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
    Create { field_name: String, value: Option<String> },
    Change { field_name: String, value: Option<String>, previous_value: Option<String> },
    Comment { public: bool, body: String, author_id: i64 },
}

/// Body of `PUT /tickets/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpdateTicket {
    pub ticket: TicketChange,
}

/// What an agent may change. Other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketChange {
    pub comment: Option<NewComment>,
    pub status: Option<Status>,
    pub priority: Option<Priority>,
    /// Null takes the assignee away; a missing key leaves it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = [null])))]
    pub assignee_id: Option<Option<i64>>,
    pub assignee_email: Option<String>,
    #[serde(default, deserialize_with = "list")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Collaborator>>"))]
    pub additional_collaborators: Vec<Collaborator>,
    #[serde(default, deserialize_with = "list")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub email_ccs: Vec<EmailCc>,
    /// With `updated_stamp`: refuse when the ticket has moved on.
    pub safe_update: Option<Flag>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_stamp: Option<Time>,
}

/// Tells null from missing: called only when the key is there.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(from).map(Some)
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

/// A page of a ticket's comments. `users` only with `include=users`: a real client hands out users
/// instead of comments when it finds the key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketCommentList {
    pub comments: Vec<TicketComment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<Person>>,
    #[serde(flatten)]
    pub place: Place,
}
