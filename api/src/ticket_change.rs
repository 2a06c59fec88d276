//! What agents send: a new ticket, a change to one or to many.

use crate::{
    Time,
    comment::NewComment,
    priority::Priority,
    request::{Collaborator, CustomField, EmailCc, Flag, Requester, Status, list},
};
use serde::{Deserialize, Deserializer, Serialize};

/// Body of `POST /tickets`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateTicket {
    pub ticket: NewTicket,
}

/// Body of `POST /tickets/create_many`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateManyTickets {
    pub tickets: Vec<NewTicket>,
}

/// What an agent may say when a ticket is made. Other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewTicket {
    /// Without one, the first line of the comment stands for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The first comment; a private one makes a ticket that end users do not see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<NewComment>,
    /// The text of a public first comment, where there is no `comment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// For whom; without one, for the requester of the ticket that this one goes on with, else for
    /// whoever calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester_id: Option<i64>,
    /// For whom, by address; somebody new is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
    /// Who wrote the first comment, unless `comment.author_id` says; whoever calls by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitter_id: Option<i64>,
    /// One of the requester's; the default one without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["question", "incident", "problem", "task", null])))]
    pub r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = [null])))]
    pub assignee_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee_email: Option<String>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Collaborator>>"))]
    pub collaborators: Vec<Collaborator>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<i64>>"))]
    pub collaborator_ids: Vec<i64>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub email_ccs: Vec<EmailCc>,
    /// Agents who want to know what becomes of it.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub followers: Vec<EmailCc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<CustomField>>"))]
    pub custom_fields: Vec<CustomField>,
    /// The number by which another system knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When a task is due.
    #[serde(default, with = "crate::time::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub due_at: Option<Time>,
    /// The support address that the customer wrote to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// A closed ticket of which this one is the continuation; any other has no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via_followup_source_id: Option<i64>,
}

/// Tags: a list, or words in one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Tags {
    Each(Vec<String>),
    Text(String),
}

/// Body of `PUT /tickets/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpdateTicket {
    pub ticket: TicketChange,
}

/// Body of `PUT /tickets/update_many`: one change to all that `ids` names, or a change to each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpdateManyTickets {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketChange>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<OneTicketChange>>"))]
    pub tickets: Vec<OneTicketChange>,
}

/// A change and the ticket that it is for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OneTicketChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    #[serde(flatten)]
    pub change: TicketChange,
}

/// What an agent may change. Other keys are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = [{"body": "We look into it."}])))]
    pub comment: Option<NewComment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = ["The crawler stands still"])))]
    pub subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Null takes it away; a missing key leaves it. So for all that can be null.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["question", "incident", "problem", "task", null])))]
    pub r#type: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = [null])))]
    pub requester_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = [null])))]
    pub organization_id: Option<Option<i64>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = [null])))]
    pub assignee_id: Option<Option<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee_email: Option<String>,
    /// All who are to be copied, in place of those who are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collaborator_ids: Option<Vec<i64>>,
    /// As `collaborator_ids`, in any of the three shapes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collaborators: Option<Vec<Collaborator>>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Collaborator>>"))]
    pub additional_collaborators: Vec<Collaborator>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub email_ccs: Vec<EmailCc>,
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<EmailCc>>"))]
    pub followers: Vec<EmailCc>,
    /// All of them, in place of those there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
    /// Tags on top of those there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_tags: Option<Tags>,
    /// Tags to take away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_tags: Option<Tags>,
    /// Fields that are not named stay.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<CustomField>>"))]
    pub custom_fields: Vec<CustomField>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<Option<String>>,
    /// For a task only.
    #[serde(default, with = "present_time", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub due_at: Option<Option<Time>>,
    /// With `updated_stamp`: refuse when the ticket has moved on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safe_update: Option<Flag>,
    #[serde(default, with = "crate::time::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_stamp: Option<Time>,
}

/// Tells null from missing: called only when the key is there.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// The same for an instant.
mod present_time {
    use crate::Time;
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        time: &Option<Option<Time>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        crate::time::option::serialize(&time.flatten(), to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Option<Time>>, D::Error> {
        crate::time::option::deserialize(from).map(Some)
    }
}
