//! What the tests of `policy` hold it to.

use super::{Policy, PolicyError};
use crate::{MAX_TARGET_SECONDS, Plan, ScheduleError, Severity, Target};

fn plan(name: &str, hours: u32) -> Plan {
    Plan { name: name.to_owned(), targets: [Target::clock_hours(hours); 4] }
}

fn policy(plans: &[Plan], default_plan: &str) -> Policy {
    Policy { plans: plans.to_vec(), default_plan: default_plan.to_owned(), ..Policy::default() }
}

fn hours(policy: &Policy, plan: &str) -> u32 {
    policy.target(plan, Severity::S1).seconds / 3_600
}

#[test]
fn the_shipped_policy_is_valid_and_has_the_documented_table() {
    let policy = Policy::default();
    assert_eq!(policy.validate(), Ok(()));
    for (plan, hours) in [("basic", [2, 4, 16, 24]), ("advanced", [1, 2, 4, 14])] {
        let targets = Severity::ALL.map(|severity| policy.target(plan, severity));
        assert_eq!(targets, hours.map(Target::clock_hours), "{plan}");
    }
}

#[test]
fn an_unknown_plan_falls_back_to_the_default_then_to_the_first() {
    let plans = [plan("one", 1), plan("two", 2)];
    assert_eq!(hours(&policy(&plans, "two"), "one"), 1);
    assert_eq!(hours(&policy(&plans, "two"), "three"), 2);
    assert_eq!(hours(&policy(&plans, "two"), ""), 2);
    assert_eq!(hours(&policy(&plans, "gone"), "three"), 1);
    assert_eq!(policy(&[], "two").plan("one"), None);
    assert_eq!(hours(&policy(&[], "two"), "one"), 4);
}

#[test]
fn case_of_a_plan_name_does_not_count() {
    assert_eq!(Policy::default().plan("Advanced").unwrap().name, "advanced");
}

#[test]
fn each_mistake_has_its_error() {
    let refused = |plans: &[Plan], default: &str| policy(plans, default).validate().unwrap_err();
    assert_eq!(refused(&[], "one"), PolicyError::NoPlans);
    assert_eq!(
        refused(&[plan("one", 1), plan(" ", 1)], "one"),
        PolicyError::UnnamedPlan { position: 2 }
    );
    let name = "One".to_owned();
    assert_eq!(
        refused(&[plan("one", 1), plan("One", 1)], "one"),
        PolicyError::DuplicatePlan { name }
    );
    let name = "two".to_owned();
    assert_eq!(refused(&[plan("one", 1)], "two"), PolicyError::UnknownDefaultPlan { name });
}

#[test]
fn targets_of_nothing_or_of_years_are_refused() {
    let mut long = plan("one", 1);
    long.targets[2].seconds = MAX_TARGET_SECONDS;
    assert_eq!(policy(&[long.clone()], "one").validate(), Ok(()));
    long.targets[2].seconds += 1;
    let error = policy(&[long], "one").validate().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the target of plan \"one\" for S2 is 31622401 seconds, which is more than a year"
    );
    let error = policy(&[plan("one", 0)], "one").validate().unwrap_err();
    assert_eq!(error.to_string(), "the target of plan \"one\" for S0 is zero");
}

#[test]
fn the_schedule_is_checked_too() {
    let mut policy = Policy::default();
    policy.schedule.week.clear();
    let error = policy.validate().unwrap_err();
    assert_eq!(error, PolicyError::Schedule(ScheduleError::NeverOpens));
    assert_eq!(error.to_string(), "the schedule: it has no opening and would never open");
}
