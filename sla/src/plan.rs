//! What a customer bought: a target for the first reply, one for each severity.
//! Source of the figures: product.md, "Severity and first-response targets".
//!
//! It must not know when anything started; that is the clock's part.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::instant::{add_clock_seconds, instant};
use crate::{Schedule, Severity};

const HOUR: u32 = 3_600;

/// The longest target that [`Policy::validate`](crate::Policy::validate) lets pass: 366 days in
/// seconds. A longer one is a mistake of units.
pub const MAX_TARGET_SECONDS: u32 = 366 * 24 * HOUR;

/// How soon the first public reply of an agent is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Target {
    /// Length in seconds.
    pub seconds: u32,
    /// Whether those are seconds of the schedule's open hours (`true`) or of the clock (`false`).
    /// Zendesk's field of the same name, contract.md 7.4.
    pub business_hours: bool,
}

impl Target {
    /// A target in hours of the clock, at all times of the week.
    pub const fn clock_hours(hours: u32) -> Self {
        Self { seconds: hours.saturating_mul(HOUR), business_hours: false }
    }

    /// A target in hours of the schedule.
    pub const fn business_hours(hours: u32) -> Self {
        Self { seconds: hours.saturating_mul(HOUR), business_hours: true }
    }

    /// The instant at which this target, counted from `start`, runs out; at most
    /// [`FAR_FUTURE`](crate::FAR_FUTURE). `schedule` matters to business hours only.
    pub fn due(self, start: DateTime<Utc>, schedule: &Schedule) -> DateTime<Utc> {
        if self.business_hours {
            schedule.add(start, self.seconds)
        } else {
            instant(add_clock_seconds(start.timestamp(), self.seconds))
        }
    }
}

/// A plan: its name and its four targets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// The name, as the identity token's `plan` claim has it.
    pub name: String,
    /// The targets for S0, S1, S2 and S3, in that order.
    pub targets: [Target; 4],
}

impl Plan {
    /// Targets of product.md's Basic plan, also the last resort of a policy without plans.
    pub(crate) const BASIC: [Target; 4] = [
        Target::clock_hours(2),
        Target::clock_hours(4),
        Target::clock_hours(16),
        Target::clock_hours(24),
    ];

    /// Targets of product.md's Advanced plan.
    pub(crate) const ADVANCED: [Target; 4] = [
        Target::clock_hours(1),
        Target::clock_hours(2),
        Target::clock_hours(4),
        Target::clock_hours(14),
    ];

    /// The target for a severity.
    pub const fn target(&self, severity: Severity) -> Target {
        pick(&self.targets, severity)
    }
}

/// The target for a severity out of four in the order of [`Severity::ALL`].
pub(crate) const fn pick(targets: &[Target; 4], severity: Severity) -> Target {
    let [s0, s1, s2, s3] = *targets;
    match severity {
        Severity::S0 => s0,
        Severity::S1 => s1,
        Severity::S2 => s2,
        Severity::S3 => s3,
    }
}
