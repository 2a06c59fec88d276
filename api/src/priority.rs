//! Zendesk's priority, which is our severity under another name.

use serde::{Deserialize, Serialize};
use sla::Severity;

/// Priority of a request or ticket. One to one with [`Severity`]: urgent is S0, low is S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    Urgent,
    High,
    Normal,
    Low,
}

impl From<Severity> for Priority {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::S0 => Self::Urgent,
            Severity::S1 => Self::High,
            Severity::S2 => Self::Normal,
            Severity::S3 => Self::Low,
        }
    }
}

impl From<Priority> for Severity {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Urgent => Self::S0,
            Priority::High => Self::S1,
            Priority::Normal => Self::S2,
            Priority::Low => Self::S3,
        }
    }
}
