//! Ours: the API tokens of agents.

use crate::Time;
use serde::{Deserialize, Serialize};

/// An API token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentToken {
    pub id: i64,
    pub user_id: i64,
    /// What it is for, in the words of whoever made it.
    pub description: Option<String>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
    /// The day on which it was used last, at midnight UTC.
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub last_used_at: Option<Time>,
    /// The secret; only in the answer to the call that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// `{"agent_token": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentTokenEnvelope {
    pub agent_token: AgentToken,
}

/// Tokens that hold, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentTokenList {
    pub agent_tokens: Vec<AgentToken>,
}

/// Body of `POST /agent_tokens`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateAgentToken {
    pub agent_token: NewAgentToken,
}

/// For whom and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewAgentToken {
    /// An agent or admin; the caller when it is missing.
    pub user_id: Option<i64>,
    pub description: Option<String>,
}
