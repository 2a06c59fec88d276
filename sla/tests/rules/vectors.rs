//! The golden vectors; `tests/vectors/README.md` says what the files mean.

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use sla::{Policy, Severity};

use crate::generators::utc;
use crate::real_zones::build;

/// Calls `check` with each file's name, policy and content. There are six files.
fn each_file(check: impl Fn(&str, &Policy, &Value)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let content: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            let policy = serde_json::from_value(content["policy"].clone()).unwrap();
            check(&path.display().to_string(), &policy, &content);
            count += 1;
        }
    }
    assert_eq!(count, 6);
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

fn check_case(file: &str, policy: &Policy, case: &Value) {
    let name = format!("{file}: {}", case["name"]);
    let severity = Severity::from_name(case["severity"].as_str().unwrap()).unwrap();
    let plan = case["plan"].as_str().unwrap();
    let replied_at = case.get("replied_at").map(time);
    let clock = policy.first_reply(plan, severity, time(&case["started_at"]), replied_at);
    assert_eq!(clock.due_at, time(&case["due_at"]), "{name}");
    let late = case.get("late").is_some_and(|late| late.as_bool().unwrap());
    assert_eq!(clock.late(), late, "{name}");
    for look in case["at"].as_array().unwrap() {
        let now = time(&look["now"]);
        let name = format!("{name} at {now}");
        let schedule = &policy.schedule;
        let stage = clock.stage(now, schedule);
        assert_eq!(stage.name(), look["stage"].as_str().unwrap(), "{name}");
        let remaining = TimeDelta::seconds(look["remaining"].as_i64().unwrap());
        assert_eq!(clock.remaining(now, schedule), remaining, "{name}");
        let paused_until = look.get("paused_until").map(time);
        assert_eq!(clock.paused_until(now, schedule), paused_until, "{name}");
    }
}

#[test]
fn every_case_comes_out_as_reckoned_by_hand() {
    each_file(|file, policy, content| {
        policy.validate().unwrap();
        for case in content["cases"].as_array().unwrap() {
            check_case(file, policy, case);
        }
    });
}

#[test]
fn policies_are_written_as_they_were_read() {
    each_file(|file, policy, content| {
        let written = serde_json::to_value(policy).unwrap();
        assert_eq!(written, content["policy"], "{file}");
    });
}

#[test]
fn the_shipped_policy_is_the_one_in_the_vectors() {
    each_file(|file, policy, _| {
        if file.ends_with("around_the_clock.json") {
            assert_eq!(policy, &Policy::default());
        }
    });
}

#[test]
fn tables_of_offsets_are_those_of_the_iana_database() {
    let (from, to) = (1_767_225_600, 1_798_761_600);
    each_file(|file, policy, _| {
        let zone = &policy.schedule.zone;
        let real = build(&zone.name, (from, to));
        for at in (from..to).step_by(900).map(utc) {
            assert_eq!(zone.offset_at(at), real.offset_at(at), "{file} at {at}");
        }
    });
}
