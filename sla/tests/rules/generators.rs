//! What proptest draws from: schedules that a vendor might configure, and some that nobody should.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use sla::{Opening, Schedule, Severity, Target, Transition, Zone};

use crate::real_zones::{SPAN, ZONES};

pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 24 * HOUR;

pub(crate) fn utc(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_secs(seconds).unwrap()
}

/// A start well within the tables of the real zones, near a change of the clocks every other time.
pub(crate) fn zone_and_start() -> impl Strategy<Value = (Zone, i64)> {
    let (first, last) = (SPAN.0 + 400 * DAY, SPAN.1 - 400 * DAY);
    let near = (0..ZONES.len(), any::<prop::sample::Index>(), -5 * DAY..2 * DAY);
    let near = near.prop_map(move |(zone, change, ahead)| {
        let zone = ZONES[zone].clone();
        let at = change.get(&zone.transitions).at;
        (zone, (at + ahead).clamp(first, last))
    });
    let anywhere = (0..ZONES.len(), first..last);
    let anywhere = anywhere.prop_map(|(zone, start)| (ZONES[zone].clone(), start));
    prop_oneof![near, anywhere]
}

fn office() -> impl Strategy<Value = Vec<Opening>> {
    (0_u16..1_440, 1_u16..=1_440, 1_u8..=7).prop_map(|(from, length, days)| {
        (0..days)
            .map(|day| Opening { day, from_minute: from, to_minute: (from + length).min(1_440) })
            .collect()
    })
}

/// Valid openings anywhere, so that they overlap, touch and come in any order.
fn patchwork() -> impl Strategy<Value = Vec<Opening>> {
    let opening = (0_u8..7, 0_u16..1_440, 1_u16..=1_440).prop_map(|(day, from, length)| Opening {
        day,
        from_minute: from,
        to_minute: (from + length).min(1_440),
    });
    vec(opening, 1..8)
}

fn holidays(start: i64) -> impl Strategy<Value = Vec<NaiveDate>> {
    vec(-3_i64..30, 0..6).prop_map(move |days| {
        days.into_iter().map(|day| utc(start + day * DAY).date_naive()).collect()
    })
}

/// A valid schedule in a real zone, and a start.
pub(crate) fn schedule_and_start() -> impl Strategy<Value = (Schedule, i64)> {
    zone_and_start().prop_flat_map(|(zone, start)| {
        let week = prop_oneof![office(), patchwork()];
        (week, holidays(start)).prop_map(move |(week, holidays)| {
            let zone = zone.clone();
            (Schedule { zone, week, holidays }, start)
        })
    })
}

pub(crate) fn target() -> impl Strategy<Value = Target> {
    let seconds = prop_oneof![1_u32..200_000, (1_u32..60).prop_map(|hours| hours * 3_600)];
    (seconds, any::<bool>())
        .prop_map(|(seconds, business_hours)| Target { seconds, business_hours })
}

pub(crate) fn severity() -> impl Strategy<Value = Severity> {
    prop::sample::select(Severity::ALL.as_slice())
}

/// A schedule that `validate` may well refuse: no openings, days 7 and up, backward openings,
/// offsets of odd seconds, and tables in no order.
pub(crate) fn absurd_schedule() -> impl Strategy<Value = Schedule> {
    let at = prop_oneof![any::<i64>(), -9_000_000_000_000_i64..9_000_000_000_000];
    let transition = (at, any::<i32>()).prop_map(|(at, offset)| Transition { at, offset });
    let opening = (0_u8..9, any::<u16>(), any::<u16>())
        .prop_map(|(day, from_minute, to_minute)| Opening { day, from_minute, to_minute });
    let holiday = prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), any_date()];
    (vec(transition, 0..4), vec(opening, 0..5), vec(holiday, 0..4)).prop_map(
        |(transitions, week, holidays)| Schedule {
            zone: Zone { name: "Absurd/Zone".to_owned(), transitions },
            week,
            holidays,
        },
    )
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (-800_000_i64..3_000_000).prop_map(|day| utc(day * DAY).date_naive())
}

/// Any whole second that chrono can hold.
pub(crate) fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    prop_oneof![
        Just(first),
        Just(utc(last.timestamp())),
        Just(sla::FAR_FUTURE),
        (first.timestamp()..=last.timestamp()).prop_map(utc),
        (0_i64..4_000_000_000).prop_map(utc),
    ]
}
