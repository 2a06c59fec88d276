//! The configured plans in the shape of Zendesk's SLA policies. For agents.

use crate::{Time, page::Place, priority::Priority};
use serde::{Deserialize, Serialize};

/// `{"sla_policy": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaPolicyEnvelope {
    pub sla_policy: SlaPolicy,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaPolicyList {
    pub sla_policies: Vec<SlaPolicy>,
    #[serde(flatten)]
    pub place: Place,
}

/// One plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaPolicy {
    /// Its place in the configuration, from 1.
    pub id: i64,
    pub url: String,
    /// The plan's name.
    pub title: String,
    pub description: String,
    pub position: i64,
    /// For whom it holds.
    pub filter: SlaFilter,
    pub policy_metrics: Vec<SlaTarget>,
    /// Null: it stands in the configuration, which has no times.
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub updated_at: Option<Time>,
}

/// Conditions, all or any of which must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaFilter {
    pub all: Vec<SlaCondition>,
    pub any: Vec<SlaCondition>,
}

/// One condition. Ours: the field is `plan`, which Zendesk has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaCondition {
    pub field: String,
    pub operator: String,
    pub value: String,
}

/// What is promised for one priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaTarget {
    pub priority: Priority,
    /// `first_reply_time`.
    pub metric: String,
    /// Minutes, rounded down.
    pub target: i64,
    pub target_in_seconds: i64,
    pub business_hours: bool,
}

/// What a filter can be made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaDefinitionsEnvelope {
    pub definitions: SlaDefinitions,
}

/// The fields of conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaDefinitions {
    pub all: Vec<SlaDefinition>,
    pub any: Vec<SlaDefinition>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaDefinition {
    pub title: String,
    pub value: String,
    pub group: String,
    pub operators: Vec<SlaChoice>,
    pub values: SlaValues,
}

/// The values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaValues {
    pub r#type: String,
    pub list: Vec<SlaChoice>,
}

/// A value with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlaChoice {
    pub value: String,
    pub title: String,
}
