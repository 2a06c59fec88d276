//! The `slas` sideload: what a request's clock says, behind `?include=slas`.
//!
//! Zendesk gives agents `metric`, `stage`, `breach_at` and one of `days`, `hours`, `minutes`. Ours
//! also stands on end users' requests, keeps `breach_at` after the reply so that a late one can be
//! told as late, and adds what is needed to tick on: target and fulfilment.

use crate::Time;
use serde::{Deserialize, Serialize};
use sla::Stage;

/// Value of the key `slas`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slas {
    #[serde(default)]
    pub policy_metrics: Vec<PolicyMetric>,
}

/// One clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyMetric {
    /// `first_reply_time`, the only one so far.
    pub metric: String,
    /// Zendesk shows all but `breached`: a missed target stays `active` there.
    pub stage: Stage,
    /// When the target is or was missed.
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub breach_at: Option<Time>,
    /// What is left, whole and signed (negative is overdue), in exactly one of three units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// Ours: the target, seconds of the clock's own hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_in_seconds: Option<u32>,
    /// Ours: whether the clock counts business hours only.
    #[serde(default)]
    pub business_hours: bool,
    /// Ours: when the first public reply came.
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub fulfilled_at: Option<Time>,
}
