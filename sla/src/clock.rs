//! The clock of a promise: when it started, when it is due, how it stands.
//!
//! It must not read the time. Whoever asks says what "now" is, in a test as in a browser.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::instant::{delta, instant};
use crate::{Schedule, Target};

/// How a clock stands: Zendesk's stages of contract.md 7.4, and `breached`, which is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The time is running and not over; the second of the due time still belongs to the promise.
    Active,
    /// A business-hours clock, not over, while the desk is closed.
    Paused,
    /// The reply was given; whether in time, [`Clock::late`] says.
    Achieved,
    /// The due time is past and no reply was given, be the desk open or closed.
    Breached,
}

impl Stage {
    /// The stage of a word on the wire; `None` for one that we do not know.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Paused, Self::Achieved, Self::Breached]
            .into_iter()
            .find(|stage| stage.name() == name)
    }

    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Achieved => "achieved",
            Self::Breached => "breached",
        }
    }
}

/// A promise with its due time. All instants are whole seconds; fractions are cut off.
///
/// `due_at` depends on the schedule it was made with, so the methods want the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// When it started: the creation of the request.
    pub started_at: DateTime<Utc>,
    /// The last instant at which a reply is in time; Zendesk's `breach_at`.
    pub due_at: DateTime<Utc>,
    /// What was promised.
    pub target: Target,
    /// When the reply was given, if it was.
    pub fulfilled_at: Option<DateTime<Utc>>,
}

impl Clock {
    /// A clock with its due time computed. [`Policy::first_reply`](crate::Policy::first_reply) is
    /// the usual way here.
    pub fn new(
        target: Target,
        started_at: DateTime<Utc>,
        fulfilled_at: Option<DateTime<Utc>>,
        schedule: &Schedule,
    ) -> Self {
        Self {
            started_at: whole(started_at),
            due_at: target.due(started_at, schedule),
            target,
            fulfilled_at: fulfilled_at.map(whole),
        }
    }

    /// How it stands. A fulfilled clock is achieved whatever `now` says, because the asker's clock
    /// may be slow; for the same reason a `now` before the start counts as the start.
    pub fn stage(&self, now: DateTime<Utc>, schedule: &Schedule) -> Stage {
        let now = self.at_least_start(now);
        if self.fulfilled_at.is_some() {
            Stage::Achieved
        } else if now > self.due_at {
            Stage::Breached
        } else if self.target.business_hours && now < self.due_at && !schedule.is_open(now) {
            Stage::Paused
        } else {
            Stage::Active
        }
    }

    /// What is left until the due time, negative when overdue, counted in the clock's own hours:
    /// open hours for a business-hours target. Once fulfilled it is frozen at what was left then.
    ///
    /// It is never more than the target, and it is zero in the closed time just after a due time
    /// that fell on a closing: breached, but by no business second yet.
    pub fn remaining(&self, now: DateTime<Utc>, schedule: &Schedule) -> TimeDelta {
        let at = self.at_least_start(self.fulfilled_at.unwrap_or(now));
        if self.target.business_hours {
            schedule.between(at, self.due_at)
        } else {
            delta(self.due_at.timestamp() - at.timestamp())
        }
    }

    /// While paused, the opening at which it goes on; `None` in every other stage, and for a
    /// schedule that never opens again.
    pub fn paused_until(&self, now: DateTime<Utc>, schedule: &Schedule) -> Option<DateTime<Utc>> {
        if self.stage(now, schedule) == Stage::Paused {
            schedule.next_opening(self.at_least_start(now))
        } else {
            None
        }
    }

    /// Whether the reply was given after the due time. A clock not yet fulfilled is not late but,
    /// in due time, [`Stage::Breached`].
    pub fn late(&self) -> bool {
        self.fulfilled_at.is_some_and(|reply| reply > self.due_at)
    }

    fn at_least_start(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        whole(now).max(self.started_at)
    }
}

fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    instant(at.timestamp())
}

#[cfg(test)]
mod tests;
