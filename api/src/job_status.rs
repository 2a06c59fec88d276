//! Work on many tickets at once, and how far it is.

use serde::{Deserialize, Serialize};

/// `{"job_status": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobStatusEnvelope {
    pub job_status: JobStatus,
}

/// Several of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobStatusList {
    pub job_statuses: Vec<JobStatus>,
}

/// How far a piece of work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobStatus {
    pub id: String,
    pub url: String,
    pub status: JobState,
    /// Tickets of the work.
    pub total: i64,
    /// Tickets that are done, be it well or not.
    pub progress: i64,
    /// A line for people, once it is over.
    pub message: Option<String>,
    /// What became of each ticket, in the order in which they were named; null until it is over.
    pub results: Option<Vec<JobResult>>,
}

/// Where a piece of work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    Queued,
    Working,
    /// All tickets were looked at; `results` tells which of them could not be done.
    Completed,
    /// It could not be worked on.
    Failed,
}

impl JobState {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Working => "working",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Queued, Self::Working, Self::Completed, Self::Failed];
        all.into_iter().find(|state| state.name() == name)
    }
}

/// What became of one ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobResult {
    /// Its place among those named, from 0.
    pub index: i64,
    /// Its number; null for one that could not be made.
    pub id: Option<i64>,
    /// `create` or `update`.
    pub action: String,
    pub success: bool,
    /// `Created`, `Updated` or `Failed`.
    pub status: String,
    /// Why not, as the call for one ticket would have named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The same in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
}
