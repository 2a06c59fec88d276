//! The slow and obvious answer: step through time and look at the wall clock at each step.
//!
//! It must share no arithmetic with the crate; chrono's calendar does the reckoning here.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use sla::{Schedule, Zone};

fn offset(zone: &Zone, at: DateTime<Utc>) -> i32 {
    let mut offset = zone.transitions.first().map_or(0, |first| first.offset);
    for transition in &zone.transitions {
        if transition.at <= at.timestamp() {
            offset = transition.offset;
        }
    }
    offset
}

pub(crate) fn is_open(schedule: &Schedule, at: DateTime<Utc>) -> bool {
    let shift = TimeDelta::seconds(i64::from(offset(&schedule.zone, at)));
    let wall = at.naive_utc() + shift;
    let minute = wall.hour() * 60 + wall.minute();
    !schedule.holidays.contains(&wall.date())
        && schedule.week.iter().any(|opening| {
            u32::from(opening.day) == wall.weekday().num_days_from_monday()
                && u32::from(opening.from_minute) <= minute
                && minute < u32::from(opening.to_minute)
        })
}

/// Counts open seconds in `[from, to)`, looking once in every `step` seconds of UTC.
///
/// Right when nothing changes within such a step, counted from the epoch.
pub(crate) fn between(schedule: &Schedule, from: i64, to: i64, step: i64) -> i64 {
    let mut at = from;
    let mut sum = 0;
    while at < to {
        let next = (at.div_euclid(step) * step + step).min(to);
        if is_open(schedule, DateTime::from_timestamp_secs(at).unwrap()) {
            sum += next - at;
        }
        at = next;
    }
    sum
}

/// The end of the last of `seconds` open seconds from `from`, or `None` when it is after `limit`.
pub(crate) fn add(
    schedule: &Schedule,
    from: i64,
    seconds: i64,
    limit: i64,
    step: i64,
) -> Option<i64> {
    let mut at = from;
    let mut left = seconds;
    while left > 0 {
        if at >= limit {
            return None;
        }
        let next = at.div_euclid(step) * step + step;
        if is_open(schedule, DateTime::from_timestamp_secs(at).unwrap()) {
            if next - at >= left {
                return Some(at + left);
            }
            left -= next - at;
        }
        at = next;
    }
    Some(at)
}
