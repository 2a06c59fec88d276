//! Instants as the wire writes them: `2026-03-02T08:14:05Z`.
//!
//! chrono's own parser and formatter weigh 17 KB in the widget; this shape needs neither. Reading
//! also takes a fraction of a second (dropped) and a numeric offset, since other servers send them.

use crate::Time;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Writes an instant, e.g. `2026-03-02T08:14:05Z`; fractions of a second are dropped.
#[must_use]
pub fn format(time: Time) -> String {
    let mut text = String::with_capacity(20);
    let mut put = |number: u32, width: u32, end: char| {
        for place in (0..width).rev() {
            let digit = number / 10_u32.pow(place) % 10;
            text.push(char::from_digit(digit, 10).unwrap_or('0'));
        }
        text.push(end);
    };
    put(time.year().unsigned_abs(), 4, '-');
    put(time.month(), 2, '-');
    put(time.day(), 2, 'T');
    put(time.hour(), 2, ':');
    put(time.minute(), 2, ':');
    put(time.second(), 2, 'Z');
    text
}

/// Reads an instant; `None` for anything that is not a full ISO 8601 date and time with an offset.
#[must_use]
pub fn parse(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| -> Option<u32> {
        bytes.get(from..to)?.iter().try_fold(0_u32, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
        })
    };
    let is = |at: usize, one_of: &[u8]| bytes.get(at).is_some_and(|byte| one_of.contains(byte));
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let date =
        NaiveDate::from_ymd_opt(i32::try_from(digits(0, 4)?).ok()?, digits(5, 7)?, digits(8, 10)?)?;
    let local = date.and_hms_opt(digits(11, 13)?, digits(14, 16)?, digits(17, 19)?)?.and_utc();
    let mut at = 19;
    if is(at, b".,") {
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
    }
    let end = bytes.len();
    if is(at, b"Zz") && at + 1 == end {
        return Some(local);
    }
    if is(at, b"+-") && is(at + 3, b":") && at + 6 == end {
        let minutes = i64::from(digits(at + 1, at + 3)? * 60 + digits(at + 4, at + 6)?);
        let ahead = if is(at, b"+") { minutes } else { -minutes };
        return local.checked_sub_signed(TimeDelta::minutes(ahead));
    }
    None
}

/// An instant from unix seconds; the epoch for a number outside chrono's range.
#[must_use]
pub fn from_unix(seconds: i64) -> Time {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// For `#[serde(with = "crate::time")]`.
///
/// # Errors
/// Only those of the serializer.
pub fn serialize<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format(*time))
}

/// For `#[serde(with = "crate::time")]`.
///
/// # Errors
/// When the value is not a string in the shape that [`parse`] reads.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| D::Error::custom("not an ISO 8601 time"))
}

/// For `#[serde(default, with = "crate::time::option")]`: null and a missing key are `None`.
pub mod option {
    use super::{Deserialize, Deserializer, Error, Serializer, Time, format, parse};

    /// Null or the instant.
    ///
    /// # Errors
    /// Only those of the serializer.
    pub fn serialize<S: Serializer>(time: &Option<Time>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&format(*time)),
            None => to.serialize_none(),
        }
    }

    /// Null or an instant.
    ///
    /// # Errors
    /// When the value is a string that is not an instant, or of another type.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Time>, D::Error> {
        match Option::<String>::deserialize(from)? {
            None => Ok(None),
            Some(text) => {
                parse(&text).map(Some).ok_or_else(|| D::Error::custom("not an ISO 8601 time"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{format, from_unix, parse};

    #[test]
    fn writes_and_reads_whole_seconds() {
        for seconds in [0, 951_782_400, 1_772_439_245, 4_102_444_799] {
            let time = from_unix(seconds);
            assert_eq!(parse(&format(time)), Some(time));
        }
        assert_eq!(format(from_unix(1_772_439_245)), "2026-03-02T08:14:05Z");
    }

    #[test]
    fn reads_fractions_and_offsets() {
        let time = parse("2026-03-02T08:14:05Z");
        assert!(time.is_some());
        assert_eq!(parse("2026-03-02T08:14:05.123Z"), time);
        assert_eq!(parse("2026-03-02T09:14:05+01:00"), time);
        assert_eq!(parse("2026-03-01T22:44:05-09:30"), time);
    }

    #[test]
    fn refuses_what_is_not_an_instant() {
        for text in [
            "",
            "2026-03-02",
            "2026-03-02T08:14:05",
            "2026-13-02T08:14:05Z",
            "2026-02-30T08:14:05Z",
            "2026-03-02T08:14:05Zjunk",
            "2026-03-02T08:14:05+0100",
            "2o26-03-02T08:14:05Z",
            "２０２６-03-02T08:14:05Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
