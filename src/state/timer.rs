//! A request's clock, in the terms that are shown: what is said, and how much time is named with it.

use api::{Time, sla_metrics::PolicyMetric};
use chrono::TimeDelta;
use sla::{Clock, Schedule, Stage, Target};

/// What a clock has to say at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Running: what is left.
    Due(TimeDelta),
    /// Outside business hours: it goes on at this time, if that is known.
    Paused(Option<Time>),
    /// Missed, and still no reply.
    Overdue(TimeDelta),
    Met,
    /// The reply came, this much too late.
    Late(TimeDelta),
}

impl Timer {
    /// Reads a request's clock at a moment. The server's record gives start, target and due time;
    /// how it stands at `now` is said by the rules themselves, so that a clock that stays on the
    /// screen stays true. `None` for a clock without a due time.
    #[must_use]
    pub fn read(
        metric: &PolicyMetric,
        created_at: Time,
        schedule: &Schedule,
        now: Time,
    ) -> Option<Self> {
        let clock = Clock {
            started_at: created_at,
            due_at: metric.breach_at?,
            target: Target {
                seconds: metric.target_in_seconds.unwrap_or_default(),
                business_hours: metric.business_hours,
            },
            fulfilled_at: metric.fulfilled_at,
        };
        let left = clock.remaining(now, schedule);
        Some(match clock.stage(now, schedule) {
            Stage::Active => Self::Due(left),
            Stage::Paused => Self::Paused(clock.paused_until(now, schedule)),
            Stage::Breached => Self::Overdue(-left),
            Stage::Achieved if clock.late() => Self::Late(-left),
            Stage::Achieved => Self::Met,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PolicyMetric, Timer};
    use api::time::from_unix;
    use chrono::TimeDelta;
    use sla::{Opening, Schedule, Stage};

    fn read(metric: &PolicyMetric, now: i64) -> Option<Timer> {
        Timer::read(metric, from_unix(2_800), &Schedule::always(), from_unix(now))
    }

    fn metric() -> PolicyMetric {
        PolicyMetric {
            metric: "first_reply_time".to_owned(),
            stage: Stage::Active,
            breach_at: Some(from_unix(10_000)),
            days: None,
            hours: Some(1),
            minutes: None,
            target_in_seconds: Some(7_200),
            business_hours: false,
            fulfilled_at: None,
        }
    }

    #[test]
    fn counts_down_and_turns_overdue_at_the_very_second() {
        assert_eq!(read(&metric(), 6_400), Some(Timer::Due(TimeDelta::hours(1))));
        assert_eq!(read(&metric(), 10_000), Some(Timer::Due(TimeDelta::zero())));
        assert_eq!(read(&metric(), 10_001), Some(Timer::Overdue(TimeDelta::seconds(1))));
        assert_eq!(read(&metric(), 10_060), Some(Timer::Overdue(TimeDelta::minutes(1))));
    }

    #[test]
    fn a_reply_stops_it_and_a_late_one_is_said_to_be_late() {
        let replied = |at| PolicyMetric { fulfilled_at: Some(from_unix(at)), ..metric() };
        assert_eq!(read(&replied(10_000), 90_000), Some(Timer::Met));
        assert_eq!(read(&replied(10_120), 90_000), Some(Timer::Late(TimeDelta::minutes(2))));
    }

    #[test]
    fn a_clock_without_a_due_time_says_nothing() {
        let unknown = PolicyMetric { breach_at: None, ..metric() };
        assert_eq!(read(&unknown, 0), None);
    }

    #[test]
    fn a_business_hours_clock_stands_while_the_desk_is_closed_and_says_until_when() {
        let nine_to_five = Schedule {
            week: vec![Opening { day: 3, from_minute: 9 * 60, to_minute: 17 * 60 }],
            ..Schedule::always()
        };
        // 1970-01-01 was a Thursday: opened at 32,400, created at 36,000, due at noon.
        let metric =
            PolicyMetric { business_hours: true, breach_at: Some(from_unix(43_200)), ..metric() };
        let read = |now| Timer::read(&metric, from_unix(36_000), &nine_to_five, from_unix(now));
        assert_eq!(read(39_600), Some(Timer::Due(TimeDelta::hours(1))));
        let next_week =
            PolicyMetric { breach_at: Some(from_unix(7 * 86_400 + 36_000)), ..metric.clone() };
        let read = |now| Timer::read(&next_week, from_unix(57_600), &nine_to_five, from_unix(now));
        assert_eq!(read(70_000), Some(Timer::Paused(Some(from_unix(7 * 86_400 + 32_400)))));
    }
}
