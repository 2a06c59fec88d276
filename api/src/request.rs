//! A request: the end user's view of a ticket, and what an end user may send.

use crate::{
    Time, comment::NewComment, page::Place, priority::Priority, sla_metrics::Slas, user::Person,
};
use serde::{Deserialize, Serialize};

/// Status of a request or ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    New,
    Open,
    Pending,
    Hold,
    Solved,
    Closed,
}

impl Status {
    /// In the order of a request's life.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Open, Self::Pending, Self::Hold, Self::Solved, Self::Closed];

    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Hold => "hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    /// The status of a word; `None` for one that the contract does not have.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// A request as the server answers it. A reader takes every key but `id` as optional, since servers
/// leave out the keys of features that they lack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Request {
    #[serde(default)]
    pub url: String,
    pub id: i64,
    pub status: Option<Status>,
    pub priority: Option<Priority>,
    pub r#type: Option<String>,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub description: String,
    pub organization_id: Option<i64>,
    pub custom_status_id: Option<i64>,
    #[serde(default)]
    pub via: Via,
    #[serde(default)]
    pub custom_fields: Vec<CustomField>,
    #[serde(default)]
    pub fields: Vec<CustomField>,
    pub requester_id: Option<i64>,
    #[serde(default)]
    pub collaborator_ids: Vec<i64>,
    #[serde(default)]
    pub email_cc_ids: Vec<i64>,
    #[serde(default)]
    pub is_public: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub due_at: Option<Time>,
    #[serde(default)]
    pub can_be_solved_by_me: bool,
    #[serde(default)]
    pub solved: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
    pub recipient: Option<String>,
    pub followup_source_id: Option<i64>,
    pub assignee_id: Option<i64>,
    pub group_id: Option<i64>,
    pub ticket_form_id: Option<i64>,
    /// Ours: what the caller may do with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub can: Option<Can>,
    /// Only with `include=slas`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slas: Option<Slas>,
}

/// Ours: what the caller may do with a request. The server has decided; nobody else has to guess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Can {
    /// Comment on it, which reopens it if need be.
    pub comment: bool,
    /// Mark it solved.
    pub solve: bool,
    /// Copy somebody on it.
    pub cc: bool,
    /// Those of the copied whom they may take off it.
    #[serde(default)]
    pub uncc: Vec<i64>,
}

/// How a request or comment came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Via {
    /// `api`, `web`, `email` …
    #[serde(default)]
    pub channel: String,
    #[serde(default)]
    pub source: Source,
}

/// Where it came from; empty objects for the channels that we have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    #[serde(default)]
    pub from: Empty,
    #[serde(default)]
    pub to: Empty,
    pub rel: Option<String>,
}

/// `{}` on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Empty {}

/// A value of a field that the vendor defined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomField {
    pub id: i64,
    pub value: Option<FieldValue>,
}

/// What a field can hold: a text or a date, a tick, a number, or several choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FieldValue {
    Flag(bool),
    Whole(i64),
    Decimal(f64),
    Text(String),
    Choices(Vec<String>),
}

/// `{"request": …}`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestEnvelope {
    pub request: Request,
    /// Only with `include=users`: the people copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<Person>>,
}

/// A page of requests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestList {
    pub requests: Vec<Request>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<Person>>,
    #[serde(flatten)]
    pub place: Place,
}

/// Body of `POST /requests`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateRequest {
    pub request: NewRequest,
}

/// What an end user may say when a request is made. Other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewRequest {
    #[cfg_attr(feature = "schema", schemars(required, length(min = 1)))]
    pub subject: Option<String>,
    #[cfg_attr(feature = "schema", schemars(with = "NewComment"))]
    pub comment: Option<NewComment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// `question`, `incident`, `problem` or `task`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["question", "incident", "problem", "task", null])))]
    pub r#type: Option<String>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub email_ccs: Vec<EmailCc>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Collaborator>>"))]
    pub collaborators: Vec<Collaborator>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<CustomField>>"))]
    pub custom_fields: Vec<CustomField>,
    /// A closed request of which this one is the continuation; any other has no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via_followup_source_id: Option<i64>,
    /// When a task is due.
    #[serde(default, with = "crate::time::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub due_at: Option<Time>,
    /// The support address that the person wrote to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Who asks, from a caller without credentials; ignored from anybody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
}

/// Somebody who is not signed in, by their own word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Requester {
    pub name: Option<String>,
    pub email: Option<String>,
}

/// Body of `PUT /requests/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpdateRequest {
    pub request: RequestChange,
}

/// What an end user may change. Other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<NewComment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solved: Option<Flag>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Collaborator>>"))]
    pub additional_collaborators: Vec<Collaborator>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub email_ccs: Vec<EmailCc>,
}

/// `true` or `"true"`: Zendesk's own example writes the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Flag {
    Bool(bool),
    Text(String),
}

impl Flag {
    /// Whether it says yes; any other text than `true` is no.
    #[must_use]
    pub fn is_set(&self) -> bool {
        match self {
            Self::Bool(set) => *set,
            Self::Text(text) => text == "true",
        }
    }
}

/// Somebody to copy: the three shapes of `collaborators` and `additional_collaborators`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Collaborator {
    Id(i64),
    Email(String),
    Person { name: Option<String>, email: String },
}

/// Somebody to copy or to copy no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("anyOf" = [
        {"required": ["user_id"], "properties": {"user_id": {"type": "integer"}}},
        {"required": ["user_email"], "properties": {"user_email": {"type": "string"}}},
    ]))
)]
pub struct EmailCc {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `put`, also when missing, or `delete`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["put", "delete", null])))]
    pub action: Option<String>,
}

/// A list in a body that somebody sent: null is an empty one.
pub(crate) fn list<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}
