//! Ours: what the widget must know before anything is sent, at `GET /api/handrail/v1/policy`.

use crate::{Time, priority::Priority};
use serde::{Deserialize, Serialize};

/// `{"policy": …}`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyEnvelope {
    pub policy: Policy,
}

/// The rules as they hold for the caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Policy {
    /// The server's clock, by which a wrong clock of the caller is put right.
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub now: Time,
    /// The caller's plan; the default plan for a caller who is not known.
    pub plan: String,
    /// Plans, targets and calendar. Its time zone covers the months around `now`, no more.
    pub rules: sla::Policy,
    /// The severities in order, S0 first.
    pub severities: Vec<SeverityText>,
    /// Where mail to support goes.
    pub support_mail: Option<String>,
    pub limits: Limits,
}

/// A severity's wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityText {
    pub severity: sla::Severity,
    pub priority: Priority,
    /// The vendor's own words for it; null where the widget's own translation holds.
    pub meaning: Option<String>,
}

/// What the server refuses beyond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Limits {
    /// Unicode scalar values.
    pub subject_characters: u32,
    /// Bytes of UTF-8.
    pub comment_bytes: u32,
    /// People copied on one request.
    pub email_ccs: u32,
    /// Bytes of one file; 0 from a server that takes none.
    #[serde(default)]
    pub file_bytes: u64,
    /// Files on one comment.
    #[serde(default)]
    pub comment_files: u32,
}
