//! What the tests of `clock` hold it to.

use super::{Clock, Stage};
use crate::instant::instant;
use crate::{FAR_FUTURE, Schedule, Target};

/// 2026-03-02T08:14:05Z.
const START: i64 = 1_772_439_245;

#[test]
fn stages_have_one_name_in_code_and_json() {
    for stage in [Stage::Active, Stage::Paused, Stage::Achieved, Stage::Breached] {
        let json = serde_json::to_string(&stage).unwrap();
        assert_eq!(json, format!("\"{}\"", stage.name()));
    }
}

#[test]
fn fractions_of_a_second_are_cut_off_everywhere() {
    let schedule = Schedule::always();
    let half = chrono::TimeDelta::milliseconds(500);
    let start = instant(START);
    let clock = Clock::new(Target::clock_hours(1), start + half, None, &schedule);
    assert_eq!(clock, Clock::new(Target::clock_hours(1), start, None, &schedule));
    assert_eq!(clock.stage(clock.due_at + half, &schedule), Stage::Active);
    let reply = Some(clock.due_at + half);
    assert!(!Clock::new(Target::clock_hours(1), start, reply, &schedule).late());
}

#[test]
fn a_desk_that_never_opens_pauses_for_ever() {
    let schedule = Schedule { week: Vec::new(), ..Schedule::always() };
    let clock = Clock::new(Target::business_hours(1), instant(START), None, &schedule);
    assert_eq!(clock.due_at, FAR_FUTURE);
    assert_eq!(clock.stage(instant(START), &schedule), Stage::Paused);
    assert_eq!(clock.paused_until(instant(START), &schedule), None);
    assert!(clock.remaining(instant(START), &schedule).is_zero());
}

#[test]
fn a_reply_before_the_start_leaves_the_whole_target() {
    let schedule = Schedule::always();
    let reply = Some(instant(START - 60));
    let clock = Clock::new(Target::clock_hours(2), instant(START), reply, &schedule);
    assert_eq!(clock.remaining(instant(START), &schedule).num_seconds(), 7_200);
    assert!(!clock.late());
}
