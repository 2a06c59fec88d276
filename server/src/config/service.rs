//! Plans, targets and calendar as people write them, turned into `sla`'s types.
//!
//! Time zones are named by people and counted by `sla` from a table of offsets; the table is made
//! here, once at start, because only the server carries a time zone database.

use super::ConfigError;
use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use sla::{Opening, Plan, Policy, Schedule, Severity, Target, Transition, Zone};
use std::collections::BTreeMap;

/// The commitment: what is promised to whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Service {
    /// Plan of callers whose token names none.
    pub default_plan: Option<String>,
    /// Severity of a request that names no priority: `S0` to `S3`.
    pub default_severity: Option<String>,
    /// The vendor's own words for a severity, by its name.
    pub meanings: BTreeMap<String, String>,
    /// Plans; none means the shipped `basic` and `advanced`.
    pub plans: Vec<PlanTargets>,
    /// Days after which a solved ticket is closed, 1 to 28.
    pub close_after_days: u32,
    /// Open hours for targets in business hours; none means always open.
    pub schedule: Option<ScheduleConfig>,
}

/// One plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTargets {
    pub name: String,
    /// Hours until the first reply, by severity; fractions are allowed.
    pub first_reply_hours: BTreeMap<String, f64>,
    /// Severities whose hours are the schedule's and not the clock's.
    #[serde(default)]
    pub business_hours: Vec<String>,
}

/// The calendar.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleConfig {
    /// IANA name, e.g. `Europe/Berlin`.
    pub time_zone: String,
    pub openings: Vec<OpeningHours>,
    /// Days that are closed, `YYYY-MM-DD`.
    #[serde(default)]
    pub holidays: Vec<String>,
}

/// Hours that hold on some days of the week.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningHours {
    /// `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.
    pub days: Vec<String>,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`, up to `24:00`.
    pub to: String,
}

impl Default for Service {
    fn default() -> Self {
        Self {
            default_plan: None,
            default_severity: None,
            meanings: BTreeMap::new(),
            plans: Vec::new(),
            close_after_days: 4,
            schedule: None,
        }
    }
}

impl Service {
    /// Severity of a request that names none; S3 unless configured, so that every request is
    /// promised something.
    pub(super) fn severity(&self) -> Result<Severity, ConfigError> {
        match &self.default_severity {
            None => Ok(Severity::S3),
            Some(name) => severity("service.default_severity", name),
        }
    }

    /// The vendor's words for a severity.
    #[must_use]
    pub fn meaning(&self, severity: Severity) -> Option<String> {
        self.meanings.get(severity.name()).cloned()
    }

    /// Zendesk's own system closes after 28 days at the latest.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        match self.close_after_days {
            1..=28 => Ok(()),
            _ => Err(ConfigError::value("service.close_after_days", "is not between 1 and 28")),
        }
    }

    /// All of it as `sla` wants it, checked.
    pub(super) fn policy(&self) -> Result<Policy, ConfigError> {
        for name in self.meanings.keys() {
            severity("service.meanings", name)?;
        }
        let mut policy = Policy::default();
        if !self.plans.is_empty() {
            policy.plans = self.plans.iter().map(PlanTargets::plan).collect::<Result<_, _>>()?;
            policy.default_plan =
                policy.plans.first().map(|plan| plan.name.clone()).unwrap_or_default();
        }
        if let Some(name) = &self.default_plan {
            policy.default_plan.clone_from(name);
        }
        if let Some(schedule) = &self.schedule {
            policy.schedule = schedule.schedule()?;
        }
        policy.validate().map_err(|error| ConfigError::value("service", error.to_string()))?;
        Ok(policy)
    }
}

fn severity(key: &'static str, name: &str) -> Result<Severity, ConfigError> {
    Severity::from_name(name)
        .ok_or_else(|| ConfigError::value(key, format!("{name} is not one of S0, S1, S2, S3")))
}

impl PlanTargets {
    fn plan(&self) -> Result<Plan, ConfigError> {
        const KEY: &str = "service.plans";
        for name in self.first_reply_hours.keys().chain(&self.business_hours) {
            severity(KEY, name)?;
        }
        let target = |severity: Severity| {
            let name = severity.name();
            let hours = self.first_reply_hours.get(name).copied().ok_or_else(|| {
                ConfigError::value(KEY, format!("{} has no hours for {name}", self.name))
            })?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a saturated target is refused by Policy::validate"
            )]
            let seconds = (hours * 3600.0).round() as u32;
            let business_hours = self.business_hours.iter().any(|other| other == name);
            Ok::<_, ConfigError>(Target { seconds, business_hours })
        };
        let [s0, s1, s2, s3] = Severity::ALL;
        let targets = [target(s0)?, target(s1)?, target(s2)?, target(s3)?];
        Ok(Plan { name: self.name.clone(), targets })
    }
}

impl ScheduleConfig {
    fn schedule(&self) -> Result<Schedule, ConfigError> {
        const KEY: &str = "service.schedule";
        let zone: Tz = self.time_zone.parse().map_err(|_| {
            ConfigError::value(KEY, format!("{} is not a known time zone", self.time_zone))
        })?;
        let mut week = Vec::new();
        for opening in &self.openings {
            let from_minute = minute(&opening.from)?;
            let to_minute = minute(&opening.to)?;
            for day in &opening.days {
                let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                let day = (0_u8..).zip(days).find(|(_, name)| day == name).ok_or_else(|| {
                    ConfigError::value(KEY, format!("{day} is not one of mon, tue … sun"))
                })?;
                week.push(Opening { day: day.0, from_minute, to_minute });
            }
        }
        let holidays = self.holidays.iter().map(|day| {
            day.parse::<NaiveDate>()
                .map_err(|_| ConfigError::value(KEY, format!("{day} is not a day")))
        });
        let holidays = holidays.collect::<Result<_, _>>()?;
        Ok(Schedule { zone: offsets(zone), week, holidays })
    }
}

/// Minutes since midnight of `HH:MM`.
fn minute(text: &str) -> Result<u16, ConfigError> {
    let read = || {
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
        (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
    };
    read().ok_or_else(|| ConfigError::value("service.schedule", format!("{text} is not HH:MM")))
}

/// Every change of offset from 2000 to 2100, found by looking at each day's start and halving.
fn offsets(zone: Tz) -> Zone {
    let at = |instant: DateTime<Utc>| {
        zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc()
    };
    let mut now = api::time::from_unix(946_684_800);
    let end = api::time::from_unix(4_102_444_800);
    let mut transitions = vec![Transition { at: now.timestamp(), offset: at(now) }];
    while now < end {
        let next = now + TimeDelta::days(1);
        if at(next) != at(now) {
            let (mut before, mut after) = (now.timestamp(), next.timestamp());
            while after - before > 1 {
                let middle = before.midpoint(after);
                if at(api::time::from_unix(middle)) == at(now) {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            transitions.push(Transition { at: after, offset: at(next) });
        }
        now = next;
    }
    Zone { name: zone.name().to_owned(), transitions }
}

#[cfg(test)]
mod tests {
    use super::offsets;

    #[test]
    fn a_zones_table_holds_the_very_second_of_each_change() {
        let zone = offsets(chrono_tz::Europe::Berlin);
        // 2026-03-29T01:00:00Z, clocks go forward.
        assert_eq!(zone.offset_at(api::time::from_unix(1_774_745_999)), 3600);
        assert_eq!(zone.offset_at(api::time::from_unix(1_774_746_000)), 7200);
        assert_eq!(zone.transitions.len(), 201);
        assert!(zone.validate().is_ok());
        assert_eq!(offsets(chrono_tz::UTC).transitions.len(), 1);
    }
}
