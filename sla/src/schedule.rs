//! The open hours of a support desk: a week of openings, a time zone, holidays.
//!
//! It must hold the description only; the arithmetic on it stands in `hours.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Zone, ZoneError};

/// When the desk is open.
///
/// The rule is one question asked of each instant: *what does the wall clock in `zone` show?* The
/// desk is open when that local day is no holiday and one of its openings contains that local time.
/// Hence a local time that does not exist (clocks go forward) is no time at all, and one that exists
/// twice (clocks go back) is open, and counts, both times. An opening that ends inside the skipped
/// hour ends where the skip begins; one that begins inside the repeated hour closes again when the
/// clocks go back, until its beginning comes round the second time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Schedule {
    /// The time zone of the openings and of the holidays.
    pub zone: Zone,
    /// The openings, in any order; they may touch or overlap, and none counts twice.
    pub week: Vec<Opening>,
    /// Local days that are closed from midnight to midnight, in any order; in JSON `"YYYY-MM-DD"`.
    #[serde(default, with = "crate::holiday")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<NaiveDate>"))]
    pub holidays: Vec<NaiveDate>,
}

/// A stretch of one local day. A night shift is two of them: one to 1440, one from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opening {
    /// The weekday; Monday is 0, Sunday is 6.
    pub day: u8,
    /// The first open minute, counted from the wall clock's midnight.
    pub from_minute: u16,
    /// The first minute that is closed again; 1440 is the end of the day.
    pub to_minute: u16,
}

/// Why a schedule cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// There is no opening, so that a business-hours clock would never run.
    #[error("it has no opening and would never open")]
    NeverOpens,
    /// An opening is on no day of the week.
    #[error("an opening is on day {day}, but days are 0 (Monday) to 6 (Sunday)")]
    NoSuchDay {
        /// The day as given.
        day: u8,
    },
    /// An opening ends after the end of its day.
    #[error(
        "the opening on day {} ends at minute {}, after the end of its day at 1440",
        .0.day, .0.to_minute
    )]
    EndsTooLate(Opening),
    /// An opening is empty or runs backwards.
    #[error(
        "the opening on day {} ends at minute {}, not after its start at {}; \
         one that crosses midnight is written as two", .0.day, .0.to_minute, .0.from_minute
    )]
    EmptyOpening(Opening),
    /// The time zone's table is unusable.
    #[error(transparent)]
    Zone(#[from] ZoneError),
}

impl Default for Schedule {
    /// [`Schedule::always`].
    fn default() -> Self {
        Self::always()
    }
}

impl Schedule {
    /// Open at all times (24x7), in UTC, without holidays.
    pub fn always() -> Self {
        let week = (0..7).map(|day| Opening { day, from_minute: 0, to_minute: 1440 });
        Self { zone: Zone::default(), week: week.collect(), holidays: Vec::new() }
    }

    /// Tells the first mistake. The arithmetic takes unchecked schedules too: it ignores openings
    /// that are empty or on no day, cuts those that end too late, and is bounded in any case.
    ///
    /// Holidays cannot keep a schedule closed for ever, since they are finite and a week repeats.
    pub fn validate(&self) -> Result<(), ScheduleError> {
        self.zone.validate()?;
        if self.week.is_empty() {
            return Err(ScheduleError::NeverOpens);
        }
        for &opening in &self.week {
            if opening.day > 6 {
                return Err(ScheduleError::NoSuchDay { day: opening.day });
            }
            if opening.to_minute > 1440 {
                return Err(ScheduleError::EndsTooLate(opening));
            }
            if opening.from_minute >= opening.to_minute {
                return Err(ScheduleError::EmptyOpening(opening));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
