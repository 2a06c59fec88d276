//! What a request's form is made of: its fields, the one form that has them, and the statuses.

use crate::{Time, page::Place};
use serde::{Deserialize, Serialize};

/// A field of a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketField {
    pub url: String,
    pub id: i64,
    /// `subject`, `description`, `status`, `tickettype`, `priority` or `assignee`.
    pub r#type: String,
    pub title: String,
    pub raw_title: String,
    pub title_in_portal: String,
    pub raw_title_in_portal: String,
    pub description: String,
    pub position: i64,
    pub active: bool,
    pub required: bool,
    pub required_in_portal: bool,
    pub visible_in_portal: bool,
    pub editable_in_portal: bool,
    pub removable: bool,
    /// The choices, of a field that has some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub system_field_options: Vec<FieldOption>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// A choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldOption {
    pub name: String,
    pub value: String,
}

/// `{"ticket_field": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketFieldEnvelope {
    pub ticket_field: TicketField,
}

/// All fields that the caller may know of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketFieldList {
    pub ticket_fields: Vec<TicketField>,
    #[serde(flatten)]
    pub place: Place,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketForm {
    pub url: String,
    pub id: i64,
    pub name: String,
    pub raw_name: String,
    pub display_name: String,
    pub raw_display_name: String,
    pub position: i64,
    pub active: bool,
    pub default: bool,
    pub end_user_visible: bool,
    pub in_all_brands: bool,
    pub ticket_field_ids: Vec<i64>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// `{"ticket_form": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketFormEnvelope {
    pub ticket_form: TicketForm,
}

/// All forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketFormList {
    pub ticket_forms: Vec<TicketForm>,
    #[serde(flatten)]
    pub place: Place,
}

/// A status with its words for agents and for end users.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomStatus {
    pub url: String,
    pub id: i64,
    /// `new`, `open`, `pending`, `hold` or `solved`.
    pub status_category: String,
    /// For agents; real portals read `label`, real clients `agent_label`.
    pub label: String,
    pub agent_label: String,
    pub raw_agent_label: String,
    pub end_user_label: String,
    pub raw_end_user_label: String,
    pub description: String,
    pub raw_description: String,
    pub end_user_description: String,
    pub raw_end_user_description: String,
    pub active: bool,
    pub default: bool,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// All statuses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomStatusList {
    pub custom_statuses: Vec<CustomStatus>,
    #[serde(flatten)]
    pub place: Place,
}
