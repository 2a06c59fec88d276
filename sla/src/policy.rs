//! Everything that decides a clock, in one value: it is configured on the server and travels to
//! the widget whole.
//!
//! It must not fail at run time: a lookup always has an answer, and mistakes are told once, by
//! [`Policy::validate`].

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::plan::pick;
use crate::{Clock, MAX_TARGET_SECONDS, Plan, Schedule, ScheduleError, Severity, Target};

/// The plans on offer and the hours in which business-hours targets count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Rules"))]
pub struct Policy {
    /// The plans, in the order in which they are shown.
    pub plans: Vec<Plan>,
    /// The name of the plan that holds for callers whose token names none, or none of these.
    pub default_plan: String,
    /// The open hours. Only targets with `business_hours` look at it.
    pub schedule: Schedule,
}

/// Why a policy cannot be served.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// There is no plan at all.
    #[error("the policy has no plan")]
    NoPlans,
    /// A plan's name is empty.
    #[error("plan number {position} has no name")]
    UnnamedPlan {
        /// Its place in the list, the first being 1.
        position: usize,
    },
    /// Two plans have one name; lookups do not see a difference of case.
    #[error("the plan {name:?} is there twice (case does not count)")]
    DuplicatePlan {
        /// The second one's name.
        name: String,
    },
    /// No plan has the name of the default plan.
    #[error("the default plan {name:?} is not one of the plans")]
    UnknownDefaultPlan {
        /// The name that was looked for.
        name: String,
    },
    /// A target is zero, so that its clock would be breached as it starts.
    #[error("the target of plan {plan:?} for {} is zero", severity.name())]
    ZeroTarget {
        /// The plan's name.
        plan: String,
        /// The severity of the target.
        severity: Severity,
    },
    /// A target is longer than [`MAX_TARGET_SECONDS`].
    #[error(
        "the target of plan {plan:?} for {} is {seconds} seconds, which is more than a year",
        severity.name()
    )]
    LongTarget {
        /// The plan's name.
        plan: String,
        /// The severity of the target.
        severity: Severity,
        /// The target's length.
        seconds: u32,
    },
    /// The schedule is unusable. It is checked even while no target counts business hours.
    #[error("the schedule: {0}")]
    Schedule(#[from] ScheduleError),
}

impl Default for Policy {
    /// product.md's table: the plans `basic` (the default) and `advanced`, in clock hours, 24x7.
    fn default() -> Self {
        Self {
            plans: vec![
                Plan { name: "basic".to_owned(), targets: Plan::BASIC },
                Plan { name: "advanced".to_owned(), targets: Plan::ADVANCED },
            ],
            default_plan: "basic".to_owned(),
            schedule: Schedule::always(),
        }
    }
}

impl Policy {
    /// The plan that holds for a caller: the one of that name, else the default plan, else the
    /// first. `None` only when there are no plans.
    ///
    /// ASCII case does not count, because a host's engineer who writes `Advanced` into the token
    /// means it, and would otherwise get lesser targets without a word.
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        self.named(name).or_else(|| self.named(&self.default_plan)).or_else(|| self.plans.first())
    }

    /// The target for a caller's plan and a severity. Plans are found as by [`Policy::plan`]; a
    /// policy without plans answers with product.md's Basic.
    pub fn target(&self, plan: &str, severity: Severity) -> Target {
        let targets = self.plan(plan).map_or(&Plan::BASIC, |plan| &plan.targets);
        pick(targets, severity)
    }

    /// The clock of the first public agent reply: Zendesk's `first_reply_time`, contract.md 7.4.
    ///
    /// `started_at` is the creation of the request, `replied_at` the first public agent reply. When
    /// the severity or the plan changes, call it again with the same two times: the target then
    /// counts from the original start, never from the change.
    pub fn first_reply(
        &self,
        plan: &str,
        severity: Severity,
        started_at: DateTime<Utc>,
        replied_at: Option<DateTime<Utc>>,
    ) -> Clock {
        let target = self.target(plan, severity);
        Clock::new(target, started_at, replied_at, &self.schedule)
    }

    /// Tells the first mistake, for the server to refuse its configuration at start.
    pub fn validate(&self) -> Result<(), PolicyError> {
        if self.plans.is_empty() {
            return Err(PolicyError::NoPlans);
        }
        for (index, plan) in self.plans.iter().enumerate() {
            if plan.name.trim().is_empty() {
                let position = index + 1;
                return Err(PolicyError::UnnamedPlan { position });
            }
            let earlier = self.plans.iter().take(index);
            if earlier.into_iter().any(|earlier| earlier.name.eq_ignore_ascii_case(&plan.name)) {
                let name = plan.name.clone();
                return Err(PolicyError::DuplicatePlan { name });
            }
            for severity in Severity::ALL {
                check_target(plan, severity)?;
            }
        }
        if self.named(&self.default_plan).is_none() {
            let name = self.default_plan.clone();
            return Err(PolicyError::UnknownDefaultPlan { name });
        }
        Ok(self.schedule.validate()?)
    }

    fn named(&self, name: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.name.eq_ignore_ascii_case(name))
    }
}

fn check_target(plan: &Plan, severity: Severity) -> Result<(), PolicyError> {
    let seconds = plan.target(severity).seconds;
    if seconds == 0 {
        let plan = plan.name.clone();
        return Err(PolicyError::ZeroTarget { plan, severity });
    }
    if seconds > MAX_TARGET_SECONDS {
        return Err(PolicyError::LongTarget { plan: plan.name.clone(), severity, seconds });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
