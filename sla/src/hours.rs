//! Arithmetic in open hours: add to an instant, count between two, find the next opening.
//!
//! It must terminate for every schedule, absurd ones too. Whatever can disturb the weekly rhythm
//! (a transition of the zone, a holiday) stands in a finite table; between two disturbances one
//! week is like the next, so whole weeks are skipped by multiplication and the work grows with
//! the tables, not with the span of time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Schedule;
use crate::instant::{FAR_FUTURE_SECONDS, delta, instant};

const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

impl Schedule {
    /// Whether the desk is open during the second that begins at `at`: an opening's first second
    /// is open, its end is not.
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        let at = at.timestamp();
        self.stretch(at, at + 1).is_some()
    }

    /// The first open instant at or after `at`: `at` itself while open. `None` when there is none
    /// before [`FAR_FUTURE`](crate::FAR_FUTURE), which no valid schedule answers in our time.
    pub fn next_opening(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut at = at.timestamp();
        while at < FAR_FUTURE_SECONDS {
            if let Some((opens, _)) = self.stretch(at, at + WEEK) {
                return Some(instant(opens));
            }
            at += self.weeks_alike(at) * WEEK;
        }
        None
    }

    /// The instant at which `seconds` open seconds have passed since `start`.
    ///
    /// The answer lies at the end of an open second: a target that is used up just as the desk
    /// closes is due at the closing, not at the next opening. Zero seconds are over at `start`.
    /// A schedule that never opens, or so many seconds that the year 9999 does not suffice, answers
    /// [`FAR_FUTURE`](crate::FAR_FUTURE) (or `start`, were that later still).
    pub fn add(&self, start: DateTime<Utc>, seconds: u32) -> DateTime<Utc> {
        let start = start.timestamp();
        let mut left = i64::from(seconds);
        let mut at = start;
        while left > 0 && at < FAR_FUTURE_SECONDS {
            let open = self.open_seconds(at, at + WEEK);
            if open >= left {
                at = self.run_out(at, left);
                left = 0;
            } else {
                // At least one second is kept, so that the end is found in a week walked through.
                let weeks = (left - 1).checked_div(open).unwrap_or(i64::MAX);
                let weeks = weeks.min(self.weeks_alike(at));
                left -= weeks * open;
                at += weeks * WEEK;
            }
        }
        let end = if left > 0 { FAR_FUTURE_SECONDS } else { at };
        instant(end.min(FAR_FUTURE_SECONDS).max(start))
    }

    /// The open time from one instant to another in whole seconds; negative when `to` is earlier.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let (from, to) = (from.timestamp(), to.timestamp());
        if to < from {
            delta(-self.open_between(to, from))
        } else {
            delta(self.open_between(from, to))
        }
    }

    /// Counts open seconds over any distance, by whole weeks where they are alike.
    fn open_between(&self, from: i64, to: i64) -> i64 {
        let mut at = from;
        let mut sum = 0;
        while to - at > WEEK {
            let weeks = self.weeks_alike(at).min((to - at) / WEEK);
            sum += weeks * self.open_seconds(at, at + WEEK);
            at += weeks * WEEK;
        }
        sum + self.open_seconds(at, to)
    }

    /// Counts open seconds by walking; for distances of about a week.
    fn open_seconds(&self, from: i64, to: i64) -> i64 {
        let mut at = from;
        let mut sum = 0;
        while let Some((opens, closes)) = self.stretch(at, to) {
            sum += closes - opens;
            at = closes;
        }
        sum
    }

    /// The end of the last of `left` open seconds; the caller knows that a week from `from` has them.
    fn run_out(&self, from: i64, mut left: i64) -> i64 {
        let mut at = from;
        while let Some((opens, closes)) = self.stretch(at, from + WEEK) {
            if closes - opens >= left {
                return opens + left;
            }
            left -= closes - opens;
            at = closes;
        }
        at
    }

    /// How many weeks from `at` on are all alike: at least 1, the week at `at` itself.
    fn weeks_alike(&self, at: i64) -> i64 {
        let (offset, mut calm_until) = self.zone.reign(at);
        for holiday in &self.holidays {
            let begins = i64::from(holiday.to_epoch_days()) * DAY - i64::from(offset);
            if begins + DAY > at {
                calm_until = calm_until.min(begins);
            }
        }
        // The tail without disturbances ends at i64::MAX; no sum of `at` and those weeks is beyond.
        (calm_until.saturating_sub(at) / WEEK).max(1)
    }

    /// The first stretch of open time within `[from, to)`, cut to it. A stretch ends where its
    /// opening, its local day or its offset ends, so that open time may go on in the next one.
    fn stretch(&self, from: i64, to: i64) -> Option<(i64, i64)> {
        let mut at = from;
        while at < to {
            let (offset, reign_ends) = self.zone.reign(at);
            let local = at + i64::from(offset);
            let day = local.div_euclid(DAY);
            let second = local.rem_euclid(DAY);
            let end = (at - second + DAY).min(reign_ends).min(to);
            if let Some((opens, closes)) = self.opening_on(day, second) {
                let opens = at - second + opens;
                let closes = at - second + closes;
                if opens < end {
                    return Some((opens, closes.min(end)));
                }
            }
            at = end;
        }
        None
    }

    /// The earliest open stretch of a local day at or after `second`, in seconds of the wall clock.
    /// It may run past the day's end; the caller cuts it there.
    fn opening_on(&self, day: i64, second: i64) -> Option<(i64, i64)> {
        let closed = |holiday: &chrono::NaiveDate| i64::from(holiday.to_epoch_days()) == day;
        if self.holidays.iter().any(closed) {
            return None;
        }
        // Day 0 of the unix epoch was a Thursday, which is 3.
        let weekday = (day + 3).rem_euclid(7);
        let mut first: Option<(i64, i64)> = None;
        for opening in &self.week {
            let opens = (i64::from(opening.from_minute) * 60).max(second);
            let closes = i64::from(opening.to_minute) * 60;
            if i64::from(opening.day) == weekday
                && opens < closes
                && first.is_none_or(|(earliest, _)| opens < earliest)
            {
                first = Some((opens, closes));
            }
        }
        first
    }
}
