//! Properties of the arithmetic in open hours.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use sla::{FAR_FUTURE, Opening, Schedule, Transition, Zone};

use crate::generators::{
    DAY, HOUR, absurd_schedule, any_instant, schedule_and_start, utc, zone_and_start,
};
use crate::oracle;

/// All offsets of the real zones since 2008, and so all edges, fall on whole minutes.
const MINUTE: i64 = 60;

fn between(schedule: &Schedule, from: i64, to: i64) -> i64 {
    schedule.between(utc(from), utc(to)).num_seconds()
}

fn add(schedule: &Schedule, start: i64, seconds: u32) -> i64 {
    schedule.add(utc(start), seconds).timestamp()
}

proptest! {
    #[test]
    fn counting_agrees_with_the_oracle(
        (schedule, start) in schedule_and_start(),
        length in 0..20 * DAY,
    ) {
        let end = start + length;
        prop_assert_eq!(between(&schedule, start, end), oracle::between(&schedule, start, end, MINUTE));
    }

    #[test]
    fn adding_agrees_with_the_oracle(
        (schedule, start) in schedule_and_start(),
        seconds in 0_u32..200_000,
    ) {
        let limit = start + 25 * DAY;
        let due = add(&schedule, start, seconds);
        match oracle::add(&schedule, start, i64::from(seconds), limit, MINUTE) {
            Some(expected) => prop_assert_eq!(due, expected),
            None => prop_assert!(due > limit),
        }
    }

    #[test]
    fn openness_agrees_with_the_oracle(
        (schedule, start) in schedule_and_start(),
        steps in prop::collection::vec(0..9 * DAY, 50),
    ) {
        for at in steps.into_iter().map(|step| utc(start + step)) {
            prop_assert_eq!(schedule.is_open(at), oracle::is_open(&schedule, at), "{}", at);
        }
    }

    #[test]
    fn offsets_of_odd_seconds_agree_with_the_oracle(
        change in -7_200_i64..7_200, before in -50_000..50_000_i32, after in -50_000..50_000_i32,
        from in 0_u16..1_440, length in 1_u16..600,
    ) {
        let noon = 1_772_452_800;
        let transitions = vec![Transition { at: 0, offset: before }, Transition { at: noon + change, offset: after }];
        let week = (0..7).map(|day| Opening { day, from_minute: from, to_minute: (from + length).min(1_440) });
        let schedule = Schedule {
            zone: Zone { name: "Odd/Seconds".to_owned(), transitions },
            week: week.collect(),
            holidays: Vec::new(),
        };
        let (start, end) = (noon - 3 * HOUR, noon + 3 * HOUR);
        prop_assert_eq!(between(&schedule, start, end), oracle::between(&schedule, start, end, 1));
    }

    #[test]
    fn what_was_added_is_what_lies_between(
        (schedule, start) in schedule_and_start(),
        seconds in 0_u32..40_000_000,
    ) {
        let due = schedule.add(utc(start), seconds);
        let open = schedule.between(utc(start), due);
        let wanted = TimeDelta::seconds(i64::from(seconds));
        // A desk that opens for a minute a week does not open a year's worth before the year 9999.
        if due == FAR_FUTURE {
            prop_assert!(open <= wanted);
        } else {
            prop_assert_eq!(open, wanted);
        }
    }

    #[test]
    fn a_due_time_ends_an_open_second(
        (schedule, start) in schedule_and_start(),
        seconds in 1_u32..2_000_000,
    ) {
        let due = schedule.add(utc(start), seconds);
        prop_assert!(schedule.is_open(due - TimeDelta::seconds(1)));
    }

    /// Targets of exactly so many weeks' open time are used up as the desk closes, not weeks on.
    #[test]
    fn whole_weeks_of_open_time_end_with_an_open_second(
        (schedule, start) in schedule_and_start(),
        weeks in 1_i64..60,
    ) {
        let seconds = u32::try_from(between(&schedule, start, start + weeks * 7 * DAY)).unwrap();
        prop_assume!(seconds > 0);
        let due = add(&schedule, start, seconds);
        prop_assert!(due <= start + weeks * 7 * DAY);
        prop_assert_eq!(between(&schedule, start, due - 1), i64::from(seconds) - 1);
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        (schedule, start) in schedule_and_start(),
        delay in 0..10 * DAY,
        seconds in 0_u32..400_000,
    ) {
        prop_assert!(add(&schedule, start, seconds) <= add(&schedule, start + delay, seconds));
    }

    #[test]
    fn a_longer_target_is_due_later(
        (schedule, start) in schedule_and_start(),
        seconds in 0_u32..400_000,
        more in 1_u32..400_000,
    ) {
        prop_assert!(add(&schedule, start, seconds) < add(&schedule, start, seconds + more));
    }

    #[test]
    fn adding_in_two_steps_is_adding_once(
        (schedule, start) in schedule_and_start(),
        one in 0_u32..400_000,
        two in 0_u32..400_000,
    ) {
        let stop = add(&schedule, start, one);
        prop_assert_eq!(add(&schedule, stop, two), add(&schedule, start, one + two));
    }

    #[test]
    fn counting_is_additive_and_turns_its_sign(
        (schedule, start) in schedule_and_start(),
        one in 0..500 * DAY,
        two in 0..500 * DAY,
    ) {
        let (middle, end) = (start + one, start + one + two);
        let sum = between(&schedule, start, middle) + between(&schedule, middle, end);
        prop_assert_eq!(between(&schedule, start, end), sum);
        prop_assert_eq!(between(&schedule, end, start), -sum);
    }

    /// Whole weeks are skipped by multiplication; days counted one by one never are.
    #[test]
    fn skipping_weeks_counts_like_walking_days(
        (schedule, start) in schedule_and_start(),
        days in 0_i64..400,
    ) {
        let walked: i64 = (0..days).map(|day| between(&schedule, start + day * DAY, start + (day + 1) * DAY)).sum();
        prop_assert_eq!(between(&schedule, start, start + days * DAY), walked);
    }

    #[test]
    fn always_open_is_plain_addition_in_every_zone(
        (zone, start) in zone_and_start(),
        seconds in any::<u32>(),
    ) {
        let schedule = Schedule { zone, ..Schedule::always() };
        schedule.validate().unwrap();
        prop_assert_eq!(add(&schedule, start, seconds), start + i64::from(seconds));
        prop_assert_eq!(between(&schedule, start, start + i64::from(seconds)), i64::from(seconds));
        prop_assert_eq!(schedule.next_opening(utc(start)), Some(utc(start)));
    }

    #[test]
    fn the_next_opening_is_open_and_nothing_before_it_is(
        (schedule, start) in schedule_and_start(),
    ) {
        let opening = schedule.next_opening(utc(start)).unwrap();
        prop_assert!(schedule.is_open(opening));
        prop_assert_eq!(schedule.between(utc(start), opening), TimeDelta::zero());
        prop_assert_eq!(opening == utc(start), schedule.is_open(utc(start)));
    }

    #[test]
    fn generated_schedules_are_valid((schedule, _) in schedule_and_start()) {
        prop_assert_eq!(schedule.validate(), Ok(()));
    }

    #[test]
    fn order_and_repetition_of_openings_do_not_matter(
        (schedule, start) in schedule_and_start(),
        seconds in 0_u32..400_000,
    ) {
        let mut other = schedule.clone();
        other.week.extend(schedule.week.iter().rev().copied());
        other.week.reverse();
        other.holidays.extend(schedule.holidays.iter().rev().copied());
        prop_assert_eq!(add(&schedule, start, seconds), add(&other, start, seconds));
    }

    #[test]
    fn absurd_inputs_end_without_a_panic(
        schedule in absurd_schedule(),
        one in any_instant(),
        two in any_instant(),
        seconds in any::<u32>(),
    ) {
        let due: DateTime<Utc> = schedule.add(one, seconds);
        prop_assert!(due >= one && (due <= FAR_FUTURE || due == one));
        let opening = schedule.next_opening(one);
        prop_assert!(opening.is_none_or(|opening| opening >= one));
        let count = schedule.between(one, two);
        prop_assert!(count.abs() <= (two - one).abs());
        prop_assert_eq!(schedule.between(two, one), -count);
    }
}

#[test]
fn a_minute_a_week_never_adds_up_to_a_year() {
    let week = vec![Opening { day: 0, from_minute: 1_439, to_minute: 1_440 }];
    let schedule = Schedule { week, ..Schedule::always() };
    let (start, year) = (utc(1_238_363_952), 29_922_933);
    assert_eq!(schedule.add(start, year), FAR_FUTURE);
    assert!(schedule.between(start, FAR_FUTURE) < TimeDelta::seconds(i64::from(year)));
}
