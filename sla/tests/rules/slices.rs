//! A slice of a zone answers like the whole table, and is small.

use proptest::prelude::*;
use sla::Schedule;

use crate::generators::{DAY, schedule_and_start, utc, zone_and_start};
use crate::real_zones::ZONES;

proptest! {
    #[test]
    fn offsets_inside_the_window_are_the_same(
        (zone, from) in zone_and_start(),
        length in 0..800 * DAY,
        part in 0.0..=1.0,
    ) {
        let slice = zone.slice(utc(from), utc(from + length));
        slice.validate().unwrap();
        let inside = from + (length as f64 * part) as i64;
        for at in [from, inside, from + length].map(utc) {
            prop_assert_eq!(slice.offset_at(at), zone.offset_at(at), "{}", at);
        }
        for change in zone.transitions.iter().filter(|change| (from..=from + length).contains(&change.at)) {
            prop_assert_eq!(slice.offset_at(utc(change.at)), change.offset);
        }
    }

    #[test]
    fn every_kept_transition_matters((zone, from) in zone_and_start(), length in 0..800 * DAY) {
        let slice = zone.slice(utc(from), utc(from + length));
        prop_assert!(slice.transitions.iter().skip(1).all(|kept| (from + 1..=from + length).contains(&kept.at)));
        for pair in slice.transitions.windows(2) {
            prop_assert_ne!(pair[0].offset, pair[1].offset);
        }
        prop_assert_eq!(slice.slice(utc(from), utc(from + length)), slice);
    }

    #[test]
    fn schedules_answer_the_same_inside_the_window(
        (schedule, from) in schedule_and_start(),
        length in 40 * DAY..300 * DAY,
        seconds in 1_u32..100_000,
    ) {
        let to = from + length;
        let sliced = Schedule { zone: schedule.zone.slice(utc(from), utc(to)), ..schedule.clone() };
        prop_assert_eq!(sliced.between(utc(from), utc(to)), schedule.between(utc(from), utc(to)));
        let due = schedule.add(utc(from), seconds);
        if due <= utc(to) {
            prop_assert_eq!(sliced.add(utc(from), seconds), due);
        }
    }
}

#[test]
fn a_year_needs_no_more_than_five_offsets() {
    for zone in ZONES.iter() {
        let slice = zone.slice(utc(1_767_225_600), utc(1_767_225_600 + 365 * DAY));
        assert!(slice.transitions.len() <= 5, "{slice:?}");
    }
}
