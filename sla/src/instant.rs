//! The border between chrono's instants and the whole unix seconds that this crate reckons in.
//!
//! It must hold every conversion, because chrono's own operators panic at the ends of its range.

use chrono::{DateTime, TimeDelta, Utc};

/// 9999-12-31T23:59:59Z as unix seconds.
pub(crate) const FAR_FUTURE_SECONDS: i64 = 253_402_300_799;

/// 9999-12-31T23:59:59Z, the answer where there is no sensible one: a due time beyond it, or a
/// business-hours target on a schedule that never opens.
///
/// It is the last second that the wire's four-digit years can say, so it travels like any other.
pub const FAR_FUTURE: DateTime<Utc> = match DateTime::from_timestamp_secs(FAR_FUTURE_SECONDS) {
    Some(instant) => instant,
    None => DateTime::UNIX_EPOCH,
};

/// The instant at a number of unix seconds; beyond chrono's range, [`FAR_FUTURE`].
pub(crate) fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_secs(seconds).unwrap_or(FAR_FUTURE)
}

/// `start` and so many seconds of clock time, not later than [`FAR_FUTURE`] and not before `start`.
pub(crate) fn add_clock_seconds(start: i64, seconds: u32) -> i64 {
    start.saturating_add(i64::from(seconds)).min(FAR_FUTURE_SECONDS).max(start)
}

/// A signed number of seconds; chrono's range of instants is far smaller than that of `TimeDelta`.
pub(crate) fn delta(seconds: i64) -> TimeDelta {
    TimeDelta::try_seconds(seconds).unwrap_or_default()
}
