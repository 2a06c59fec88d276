//! What the tests of `schedule` hold it to.

use chrono::NaiveDate;

use super::{Opening, Schedule, ScheduleError};
use crate::instant::instant;
use crate::{FAR_FUTURE, Target, Transition, Zone, ZoneError};

/// 2026-03-29, a Sunday, at 00:00Z; Berlin's clocks go forward an hour later.
const SPRING: i64 = 1_774_742_400;
/// 2026-10-25, a Sunday, at 00:00Z; Berlin's clocks go back an hour later.
const AUTUMN: i64 = 1_792_886_400;

fn opening(day: u8, from_minute: u16, to_minute: u16) -> Opening {
    Opening { day, from_minute, to_minute }
}

fn berlin(week: &[Opening]) -> Schedule {
    let transitions = [(0, 3_600), (SPRING + 3_600, 7_200), (AUTUMN + 3_600, 3_600)];
    Schedule {
        zone: Zone {
            name: "Europe/Berlin".to_owned(),
            transitions: transitions.map(|(at, offset)| Transition { at, offset }).to_vec(),
        },
        week: week.to_vec(),
        holidays: Vec::new(),
    }
}

/// Minutes after `from` at which the desk opens or closes in the next six hours.
fn edges(schedule: &Schedule, from: i64) -> Vec<i64> {
    let open = |minute: i64| schedule.is_open(instant(from + minute * 60));
    (1..360).filter(|&m| open(m) != open(m - 1)).collect()
}

#[test]
fn clocks_forward_skip_local_times() {
    // 01:00 is minute 0 of UTC, 02:00 CET is 03:00 CEST at minute 60.
    assert_eq!(edges(&berlin(&[opening(6, 90, 240)]), SPRING), [30, 120]);
    assert_eq!(edges(&berlin(&[opening(6, 90, 150)]), SPRING), [30, 60]);
    assert_eq!(edges(&berlin(&[opening(6, 150, 240)]), SPRING), [60, 120]);
    assert!(edges(&berlin(&[opening(6, 120, 180)]), SPRING).is_empty());
}

#[test]
fn clocks_back_repeat_local_times() {
    // 02:00 CEST is minute 0 of UTC, 03:00 CEST is 02:00 CET at minute 60.
    assert_eq!(edges(&berlin(&[opening(6, 150, 240)]), AUTUMN), [30, 60, 90, 180]);
    assert_eq!(edges(&berlin(&[opening(6, 90, 150)]), AUTUMN), [30, 60, 90]);
    assert_eq!(edges(&berlin(&[opening(6, 135, 150)]), AUTUMN), [15, 30, 75, 90]);
}

#[test]
fn a_holiday_closes_the_local_day_and_no_other() {
    let mut schedule = berlin(&Schedule::always().week);
    schedule.holidays = vec![NaiveDate::from_ymd_opt(2026, 3, 29).unwrap()];
    // Local midnight is 23:00Z the evening before; the day is an hour short.
    let (begin, end) = (SPRING - 3_600, SPRING - 3_600 + 23 * 3_600);
    let open = [begin - 1, begin, end - 1, end].map(|at| schedule.is_open(instant(at)));
    assert_eq!(open, [true, false, false, true]);
    assert_eq!(schedule.next_opening(instant(begin)), Some(instant(end)));
}

#[test]
fn a_schedule_that_never_opens_has_bounded_answers() {
    let weeks = [vec![], vec![opening(7, 0, 1440)], vec![opening(0, 600, 600)]];
    for schedule in weeks.map(|week| berlin(&week)) {
        assert!(schedule.validate().is_err());
        assert_eq!(schedule.add(instant(SPRING), 1), FAR_FUTURE);
        assert_eq!(schedule.add(instant(SPRING), 0), instant(SPRING));
        assert_eq!(schedule.next_opening(instant(SPRING)), None);
        assert!(schedule.between(instant(SPRING), FAR_FUTURE).is_zero());
    }
}

#[test]
fn an_opening_past_the_end_of_its_day_is_cut_at_midnight() {
    // Local midnight after Sunday 29 March is 22:00Z; Monday is closed.
    let schedule = berlin(&[opening(6, 1380, 1500)]);
    let midnight = SPRING + 22 * 3_600;
    let open = [midnight - 1, midnight].map(|at| schedule.is_open(instant(at)));
    assert_eq!(open, [true, false]);
    let hour = schedule.between(instant(midnight - 7_200), instant(midnight + 7_200));
    assert_eq!(hour.num_seconds(), 3_600);
}

#[test]
fn sums_beyond_the_far_future_saturate_there() {
    let near = FAR_FUTURE - chrono::TimeDelta::seconds(100);
    for target in [Target::business_hours(1), Target::clock_hours(1)] {
        assert_eq!(target.due(near, &Schedule::always()), FAR_FUTURE);
    }
}

#[test]
fn the_longest_target_on_the_shortest_week_saturates() {
    let schedule = berlin(&[opening(0, 0, 1)]);
    assert_eq!(schedule.add(instant(SPRING), u32::MAX), FAR_FUTURE);
    assert_eq!(schedule.validate(), Ok(()));
}

#[test]
fn each_mistake_has_its_error() {
    let check = |week: &[Opening]| berlin(week).validate();
    assert_eq!(Schedule::always().validate(), Ok(()));
    assert_eq!(check(&[opening(6, 0, 1440), opening(6, 5, 6)]), Ok(()));
    assert_eq!(check(&[]), Err(ScheduleError::NeverOpens));
    assert_eq!(
        check(&[opening(0, 0, 1), opening(7, 0, 1)]),
        Err(ScheduleError::NoSuchDay { day: 7 })
    );
    let late = opening(0, 0, 1441);
    assert_eq!(check(&[late]), Err(ScheduleError::EndsTooLate(late)));
    for empty in [opening(0, 540, 540), opening(0, 1320, 360)] {
        assert_eq!(check(&[empty]), Err(ScheduleError::EmptyOpening(empty)));
    }
    let mut unordered = Schedule::always();
    unordered.zone.transitions = [5, 5].map(|at| Transition { at, offset: 0 }).to_vec();
    let error = unordered.validate().unwrap_err();
    assert!(matches!(error, ScheduleError::Zone(ZoneError::Unordered { at: 5, .. })));
}

#[test]
fn errors_say_what_to_do() {
    let error = berlin(&[opening(0, 1320, 360)]).validate().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the opening on day 0 ends at minute 360, not after its start at 1320; \
         one that crosses midnight is written as two"
    );
}

#[test]
fn holidays_are_dates_in_json_and_may_be_left_out() {
    let json = r#"{"zone":{"name":"UTC"},"week":[]}"#;
    let schedule: Schedule = serde_json::from_str(json).unwrap();
    assert!(schedule.holidays.is_empty() && schedule.zone == Zone::default());
    let json = r#"{"zone":{"name":"UTC","transitions":[]},"week":[],"holidays":["2026-12-25"]}"#;
    let schedule: Schedule = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&schedule).unwrap(), json);
    let error = serde_json::from_str::<Schedule>(&json.replace("12-25", "12-32")).unwrap_err();
    assert!(error.to_string().contains("not a date like 2026-12-25"), "{error}");
}
